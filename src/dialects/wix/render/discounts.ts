import { fullDiscounts } from '../../../core/pricing/full-shares.js'
import type { AppliedDiscount, PricedCart, PricedCoupon, PricedFee } from '../../../core/pricing/priced-cart.js'
import { compact } from '../address.js'
import { derivedGuid, lineIdOf } from '../ids.js'
import { type MoneyContext, renderMoney } from '../money.js'
import type { JsonObject } from '../validation.js'
import { renderTaxDetails } from './taxes.js'

/** Everything that takes something off, and the coupon also while it takes nothing. Source: dialects/wix.md 4.8. */
export function renderAppliedDiscounts(priced: PricedCart, context: MoneyContext): readonly JsonObject[] {
  const idle = priced.coupons.filter(coupon => coupon.status !== 'applied')
  const lines = priced.lines.map(line => ({ id: lineIdOf(line.item), shares: fullDiscounts(line) }))
  return [
    ...priced.discounts.map(discount => {
      const isOn = (line: (typeof lines)[number]) => line.shares.some(share => share.discountId === discount.id)
      const ids = discount.target === 'lines' ? lines.filter(isOn).map(({ id }) => id) : []
      return renderDiscount(discount, ids, priced.coupons, context)
    }),
    ...idle.map(coupon => ({ discountType: 'GLOBAL', lineItemIds: [], coupon: renderCoupon(coupon, 0n, context) })),
  ]
}

const targets = { order: 'GLOBAL', lines: 'SPECIFIC_ITEMS', shipping: 'SHIPPING' } as const

function renderDiscount(
  { id, name, source, target, amount }: AppliedDiscount,
  lineItemIds: readonly string[],
  coupons: readonly PricedCoupon[],
  context: MoneyContext,
): JsonObject {
  const type = { discountType: targets[target], lineItemIds }
  const money = renderMoney(amount, context, 'calculated')
  if (source === 'manual') return { ...type, merchantDiscount: { amount: money } }
  if (source === 'promotion') {
    const rule = { id: derivedGuid('discount-rule', id), name: { original: name, translated: name }, amount: money }
    return { ...type, discountRule: rule }
  }
  const coupon = coupons.find(one => one.promotionId === id)
  if (coupon === undefined) return { ...type, merchantDiscount: { amount: money } }
  return { ...type, coupon: renderCoupon({ ...coupon, name }, amount, context) }
}

function renderCoupon(coupon: PricedCoupon, amount: bigint, context: MoneyContext): JsonObject {
  const { code, name = code } = coupon
  return { id: couponIdOf(code), code, name, amount: renderMoney(amount, context, 'calculated') }
}

/** Id of a coupon, as a GUID. */
export function couponIdOf(code: string): string {
  return derivedGuid('coupon', code.toLowerCase())
}

/** What a cart tells of its discounts: the coupon, and what people took off. Source: dialects/wix.md 4.6. */
export function renderCartDiscounts(priced: PricedCart, context: MoneyContext): readonly JsonObject[] {
  return [
    ...priced.coupons.map(({ code }) => ({ coupon: { id: couponIdOf(code), code } })),
    ...priced.discounts
      .filter(discount => discount.source === 'manual')
      .map(({ amount }) => ({ merchantDiscount: { amount: renderMoney(amount, context, 'calculated') } })),
  ]
}

/** Gift cards live in an app of their own on this platform; this one is ours. */
export const giftCardAppId = derivedGuid('app', 'gift-cards')

/** Id of a gift card, as a GUID. */
export function giftCardIdOf(code: string): string {
  return derivedGuid('gift-card', code.toLowerCase())
}

/** The gift card, where there is one; its code is shown by its last four characters. */
export function renderGiftCard(priced: PricedCart, context: MoneyContext): JsonObject | undefined {
  const [card] = priced.giftCards
  const [use] = priced.cart.giftCards
  if (card === undefined || use === undefined) return undefined
  return compact({
    id: giftCardIdOf(card.code),
    obfuscatedCode: obfuscated(card.code),
    amount: renderMoney(card.used, context, 'calculated'),
    requestedAmount: use.limit === undefined ? undefined : renderMoney(use.limit, context, 'calculated'),
    appId: giftCardAppId,
  })
}

/** All but the last four characters masked. */
export function obfuscated(code: string): string {
  return `****-****-****-${code.slice(-4)}`
}

/** Charges beside goods and shipping. Source: dialects/wix.md 4.8. */
export function renderFees(priced: PricedCart, context: MoneyContext): readonly JsonObject[] {
  return priced.fees.map(fee => renderFee(fee, context))
}

function renderFee(fee: PricedFee, context: MoneyContext): JsonObject {
  const money = (minor: bigint) => renderMoney(minor, context, 'calculated')
  return {
    code: fee.id,
    name: fee.displayName.slice(0, 50),
    translatedName: fee.displayName.slice(0, 50),
    price: money(fee.price),
    priceBeforeTax: money(fee.amount.net),
    priceAfterTax: money(fee.amount.gross),
    taxDetails: renderTaxDetails({ taxes: fee.taxes, rate: fee.taxRate, amount: fee.amount }, context),
    lineItemIds: [],
    source: fee.kind === 'manual' ? 'MANUAL' : 'PLATFORM',
  }
}
