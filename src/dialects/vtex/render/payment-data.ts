import type { Minor } from '../../../core/money.js'
import { installmentPlan } from '../../../core/payments/installments.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import { priceCart } from '../../../core/pricing/price-cart.js'
import type { PricedCart, PricedPayment } from '../../../core/pricing/priced-cart.js'
import { withTaxesOf } from '../../../core/pricing/tax-question.js'
import type { Rate } from '../../../core/rate.js'
import { extrasOf } from '../extras.js'
import { toWire } from '../money.js'
import { dayAfter } from '../time.js'
import { cardValidatorOf } from './card-validators.js'
import type { RenderContext } from './context.js'

/** Millionths in a hundredth of a percent: `interestRate` 200 is 2 % per period. */
const hundredthOfPercentMicros = 100n

/** Number of a payment system, as a text. */
export function paymentSystemOf({ integerId }: Pick<PaymentMethod, 'integerId'>): string {
  return String(integerId)
}

/** What can be paid with, in which installments, and what was chosen. */
export function renderPaymentData(context: RenderContext) {
  const { priced } = context
  return {
    updateStatus: 'updated',
    ...renderPaymentOffers(context, null),
    payments: priced.payments.map(payment => renderPayment(payment, context)),
    giftCards: renderGiftCards(context),
    giftCardMessages: [],
    availableAccounts: [],
    availableTokens: [],
    availableAssociations: {},
  }
}

/** Installments and systems; `naming` fills names in where a quote has no cart to look them up in. */
export function renderPaymentOffers(context: RenderContext, naming: 'named' | null) {
  const methods = context.priced.lines.length === 0 ? [] : context.priced.paymentMethods
  return {
    installmentOptions: methods.map(method => renderInstallmentOption(method, context, naming)),
    paymentSystems: methods.map(method => renderPaymentSystem(method, context)),
  }
}

function renderInstallmentOption(method: PaymentMethod, context: RenderContext, naming: 'named' | null) {
  const { installments } = renderInstallments(method, context)
  return {
    paymentSystem: paymentSystemOf(method),
    bin: null,
    paymentName: naming === null ? null : method.name,
    paymentGroupName: naming === null ? null : groupNameOf(method),
    value: toWire(context.priced.totals.amountDue),
    installments,
  }
}

/** Installments of one system, and the amount that they are of. */
export function renderInstallments(method: PaymentMethod, context: RenderContext) {
  const plans = method.installments ?? [{ count: 1, interestRate: { micros: 0n } }]
  const installments = plans.map(({ count, interestRate }) => {
    const amount = amountDueWith(method, count, context)
    const plan = installmentPlan(amount, count, interestRate)
    const figures = {
      count,
      hasInterestRate: plan.interest > 0n,
      interestRate: plan.interest > 0n ? hundredths(interestRate) : 0,
      value: toWire(plan.value),
      total: toWire(plan.total),
    }
    return { ...figures, sellerMerchantInstallments: [{ id: context.settings.merchantName, ...figures }] }
  })
  return { installments }
}

/** Hundredths of a percent per period. */
export function hundredths({ micros }: Rate): number {
  return Number(micros / hundredthOfPercentMicros)
}

/** What is left to pay if the cart is paid like that: a promotion may be for one way of paying only. */
function amountDueWith(method: PaymentMethod, installments: number, { priced, facts }: RenderContext): Minor {
  const { cart, totals } = priced
  const whole = wholeFacts(facts)
  const isTied = whole?.promotions.some(
    one => one.isActive && one.conditions.some(({ kind }) => kind === 'payment_method'),
  )
  if (whole === undefined || isTied !== true) return totals.amountDue
  const payments = [{ id: 'quote', method: method.id, installments }]
  return priceCart({ ...cart, payments }, withTaxesOf(priced, whole)).totals.amountDue
}

function wholeFacts(facts: RenderContext['facts']): Parameters<typeof priceCart>[1] | undefined {
  return facts.channel === undefined || facts.promotions === undefined
    ? undefined
    : (facts as Parameters<typeof priceCart>[1])
}

/** `creditCardPaymentGroup` and its like; a method of another kind of channel stands in a group of its own. */
export function groupNameOf(method: PaymentMethod): string {
  if (method.providerName.endsWith('PaymentGroup')) return method.providerName
  return method.kind === 'card' ? 'creditCardPaymentGroup' : `custom${method.integerId}PaymentGroupPaymentGroup`
}

function renderPaymentSystem(method: PaymentMethod, { now }: RenderContext) {
  const groupName = groupNameOf(method)
  return {
    id: method.integerId,
    name: method.name,
    groupName,
    validator: cardValidatorOf(groupName, method.name),
    stringId: paymentSystemOf(method),
    template: `${groupName}-template`,
    requiresDocument: false,
    displayDocument: false,
    isCustom: groupName.startsWith('custom'),
    description: method.instructions ?? null,
    requiresAuthentication: false,
    dueDate: dueDate(now),
    availablePayments: null,
  }
}

const dueDays = 7

/** When a slip would be due: in a week. Ours. */
function dueDate(now: string): string {
  return dayAfter(now, dueDays)
}

/** One chosen payment: `value` with interest, `referenceValue` without. */
export function renderPayment(payment: PricedPayment, { settings }: Pick<RenderContext, 'settings'>) {
  const { selection, method, amount, interest } = payment
  const count = selection.installments ?? 1
  const rate = method.installments?.find(one => one.count === count)?.interestRate
  const plan = installmentPlan(amount, count, rate ?? { micros: 0n })
  const figures = { installments: count, referenceValue: toWire(amount), value: toWire(amount + interest) }
  const { bin, accountId, tokenId } = selection.data ?? {}
  return {
    paymentSystem: paymentSystemOf(method),
    bin: textOrNull(bin),
    accountId: textOrNull(accountId),
    tokenId: textOrNull(tokenId),
    ...figures,
    merchantSellerPayments: [
      {
        id: settings.merchantName,
        ...figures,
        interestRate: interest > 0n && rate !== undefined ? hundredths(rate) : 0,
        installmentValue: toWire(plan.value),
      },
    ],
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Gift cards on the cart that pay something. */
export function renderGiftCards({ priced }: Pick<RenderContext, 'priced'>) {
  const sent = extrasOf(priced.cart).giftCards ?? {}
  return priced.giftCards.filter(isUsed).map(card => {
    const own = sent[card.code] ?? {}
    return {
      redemptionCode: card.code,
      provider: typeof own.provider === 'string' ? own.provider : 'VtexGiftCard',
      value: toWire(card.used),
      balance: toWire(card.balance),
      name: card.name === '' ? null : card.name,
      id: typeof own.id === 'string' ? own.id : String(card.integerId),
      inUse: true,
      isSpecialCard: own.isSpecialCard === true,
    }
  })
}

function isUsed(card: PricedCart['giftCards'][number]): boolean {
  return card.status === 'applied'
}
