import type { PaymentSelection } from '../../../core/cart/cart.js'
import type { Json } from '../../../core/ids.js'
import type { Minor } from '../../../core/money.js'
import { isStray, type Payment } from '../../../core/payments/payment.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import type { Offers, PurchaseView } from '../../../operations/operations.js'
import { type LaterPayment, laterPayments, pastPayments } from '../extras.js'
import { integerOf, paymentId, paymentKey, paymentNumber, selectionKey } from '../ids.js'
import { display, toWire } from '../money.js'

export type PaymentState = 'checkout' | 'processing' | 'pending' | 'completed' | 'failed' | 'void' | 'invalid'

/** A payment of a purchase: one that is merely chosen, or an attempt that was made. */
export interface WirePayment {
  readonly key: string
  readonly id: number
  readonly number: string
  readonly state: PaymentState
  readonly amount: Minor
  readonly methodId: string
  readonly method: PaymentMethod | undefined
  readonly display: Readonly<Record<string, Json>>
  readonly reference: string | null
  readonly redirectUrl: string | null
  readonly createdAt: string
  readonly updatedAt: string
  /** Present once it was attempted. */
  readonly attempt?: Payment
  /** Present while it is merely chosen. */
  readonly selection?: PaymentSelection
  /** Present while it waits to be received for a completed order. */
  readonly later?: LaterPayment
  /** A part that went back, shown as a payment of its own. */
  readonly creditOf?: string
}

/** Every payment of a purchase, in the order in which they were made. */
export function paymentsOf(view: PurchaseView, offers: Offers): readonly WirePayment[] {
  const { cart: priced, order, ahead } = view
  const live = order === undefined && ahead === undefined ? priced.cart.payments : []
  const methodOf = (id: string) => offers.paymentMethods.find(method => method.id === id)
  const past = pastPayments(priced.cart).map(({ id, method, amount, display: shown, at, state }) =>
    wirePayment({ key: id, state, amount, methodId: method, method: methodOf(method), display: shown, at }),
  )
  const attempts = view.payments.flatMap(payment => attempted(view, payment, methodOf(payment.method)))
  const chosen = live.map(selection => {
    const amount =
      priced.payments.find(({ selection: { id } }) => id === selection.id)?.amount ?? selection.amount ?? 0n
    const at = textIn(selection.data, 'at') ?? priced.cart.updatedAt
    const base = { key: selectionKey(selection), state: 'checkout', amount, methodId: selection.method, at } as const
    return { ...wirePayment({ ...base, method: methodOf(selection.method), display: displayOf(selection) }), selection }
  })
  const awaited = laterPayments(order ?? { extras: {} })
    .filter(({ paymentId: received }) => received === undefined)
    .map(later => {
      const { key, state, amount, method, at } = later
      const made = wirePayment({ key, state, amount, methodId: method, method: methodOf(method), display: {}, at })
      return state === 'checkout' ? { ...made, later } : made
    })
  return [...past, ...attempts, ...chosen, ...awaited].sort((a, b) =>
    a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0,
  )
}

function wirePayment(made: {
  readonly key: string
  readonly state: PaymentState
  readonly amount: Minor
  readonly methodId: string
  readonly method: PaymentMethod | undefined
  readonly display: Readonly<Record<string, Json>>
  readonly at: string
}): WirePayment {
  const { at, ...rest } = made
  const { key } = rest
  const named = { id: paymentId(key), number: paymentNumber(key) }
  return { ...rest, ...named, reference: null, redirectUrl: null, createdAt: at, updatedAt: at }
}

function attempted(view: PurchaseView, payment: Payment, method: PaymentMethod | undefined): readonly WirePayment[] {
  const tries = [view.order, view.ahead, ...(view.tries ?? [])]
  const tried = tries.find(order => order?.id === payment.orderId)
  const chosen = tried?.snapshot.cart.payments.find(({ id }) => id === payment.display.selectionId)
  const later = laterPayments(view.order ?? { extras: {} }).find(({ paymentId: id }) => id === payment.id)
  const key = later?.key ?? paymentKey(payment, chosen)
  const whole: WirePayment = {
    ...wirePayment({
      key,
      state: stateOf(payment, method),
      amount: payment.captured > 0n ? payment.captured : payment.amount,
      methodId: payment.method,
      method,
      display: { ...payment.display, ...(chosen === undefined ? {} : displayOf(chosen)) },
      // It was made when it was chosen, and keeps its place among the others.
      at: textIn(chosen?.data, 'at') ?? payment.createdAt,
    }),
    reference: payment.gatewayReference ?? null,
    redirectUrl: payment.state === 'requires_action' ? (payment.redirectUrl ?? null) : null,
    updatedAt: payment.updatedAt,
    attempt: payment,
  }
  const refunds = isTakenBack(payment) ? [] : (payment.refunds ?? [])
  const credits = refunds.map(({ key: refundKey, amount, at }) => ({
    ...wirePayment({
      key: `${key} ${refundKey}`,
      state: 'completed',
      amount: -amount,
      methodId: payment.method,
      method,
      display: {},
      at,
    }),
    creditOf: key,
  }))
  return [whole, ...credits]
}

function stateOf(payment: Payment, method: PaymentMethod | undefined): PaymentState {
  switch (payment.state) {
    case 'created':
    case 'unknown':
      return 'processing'
    case 'authorized':
      // What nobody reserves, such as a check, waits to be received.
      return method === undefined || method.provider !== 'manual' ? 'pending' : 'checkout'
    case 'requires_action':
    case 'pending':
      return 'pending'
    case 'captured':
    case 'partially_refunded':
      return 'completed'
    case 'refunded':
      return isTakenBack(payment) ? 'void' : 'completed'
    case 'failed':
      return 'failed'
    case 'voided':
    case 'refund_due':
      return 'void'
  }
}

/** Given back as a whole in one go, or with the order that it paid for: as if it had never been taken. */
function isTakenBack(payment: Payment): boolean {
  const [only, ...others] = payment.refunds ?? []
  if (only === undefined || others.length > 0) return false
  return only.key === 'void' || only.key === `${payment.id}:rest` || isStray(payment)
}

/** What may be shown of a chosen instrument. */
export function displayOf(selection: PaymentSelection): Readonly<Record<string, Json>> {
  const shown = selection.data?.display
  return typeof shown === 'object' && shown !== null && !Array.isArray(shown)
    ? (shown as Readonly<Record<string, Json>>)
    : {}
}

function textIn(data: PaymentSelection['data'], name: string): string | undefined {
  const value = data?.[name]
  return typeof value === 'string' ? value : undefined
}

/** A payment alone. */
export function renderPayment(payment: WirePayment, currency: string) {
  const isCard = payment.method?.kind === 'card'
  const sourceType = payment.creditOf !== undefined ? 'Spree::Payment' : isCard ? 'Spree::CreditCard' : null
  const sourceId = payment.creditOf !== undefined ? paymentId(payment.creditOf) : isCard ? cardId(payment) : null
  return {
    id: payment.id,
    number: payment.number,
    source_type: sourceType,
    source_id: sourceId,
    amount: toWire(payment.amount, currency),
    display_amount: display(payment.amount, currency),
    payment_method_id: payment.method?.integerId ?? integerOf(payment.methodId),
    state: payment.state,
    avs_response: null,
    response_code: payment.reference,
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
    ...(payment.redirectUrl === null ? {} : { redirect_url: payment.redirectUrl }),
  }
}

/** A payment inside an order. */
export function renderNestedPayment(payment: WirePayment, currency: string, isAdmin: boolean) {
  const { method } = payment
  return {
    ...renderPayment(payment, currency),
    payment_method:
      method === undefined ? null : { id: method.integerId, name: method.name, environment: 'production' },
    source: renderSource(payment, isAdmin),
  }
}

/** Administrators see that there are names at the gateway; what they are stays with the server. */
function renderSource(payment: WirePayment, isAdmin: boolean) {
  const card = renderCard(payment)
  if (card === undefined) return null
  const { gateway_customer_profile_id, gateway_payment_profile_id, ...shown } = card
  return isAdmin ? { ...shown, gateway_customer_profile_id, gateway_payment_profile_id } : shown
}

/** A card that was used before keeps the id that it had then. */
function cardId({ key, display: { cardId: known } }: WirePayment): number {
  return typeof known === 'number' ? known : integerOf(`card ${key}`)
}

/** The card behind a payment; undefined where it is none. */
export function renderCard(payment: WirePayment) {
  if (payment.method?.kind !== 'card' || payment.creditOf !== undefined) return undefined
  const { display: shown } = payment
  const text = (name: string) => {
    const value = shown[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
  return {
    id: cardId(payment),
    month: text('expiryMonth'),
    year: text('expiryYear'),
    cc_type: typeOfCard(text('brand')),
    last_digits: text('lastFour'),
    name: text('holder'),
    gateway_customer_profile_id: null,
    gateway_payment_profile_id: null,
  }
}

function typeOfCard(brand: string | null): string | null {
  if (brand === 'mastercard') return 'master'
  return brand === null || brand === 'card' ? null : brand.replaceAll('-', '_')
}

/** A way to pay as the payment step lists it. */
export function renderPaymentMethod(method: PaymentMethod) {
  return {
    id: method.integerId,
    name: method.name,
    method_type: methodType(method),
    environment: 'production',
    description: method.instructions ?? null,
  }
}

/** `gateway` for cards, `check` for checks: what chooses the form that clients show. */
export function methodType({ kind }: Pick<PaymentMethod, 'kind'>): string {
  return kind === 'card' ? 'gateway' : kind
}
