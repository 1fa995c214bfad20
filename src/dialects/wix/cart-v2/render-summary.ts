import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { wrappingFeeId } from '../../../core/pricing/wrappings.js'
import type { CartView } from '../../../operations/operations.js'
import { compact } from '../address.js'
import { lineIdOf } from '../ids.js'
import { type MoneyContext, renderRate } from '../money.js'
import { faceOf } from '../render/checkout.js'
import { giftCardIdOf } from '../render/discounts.js'
import { scheduleOf } from '../render/price-summary.js'
import { calculationProblems, renderCalculationErrors } from '../render/problems.js'
import { shipmentOf } from '../render/shipping.js'
import type { WixCall } from '../request.js'
import type { JsonObject } from '../validation.js'
import { renderPlainMoney } from './money.js'
import { isOfLines, linePricesV2, lineShares, renderDiscountSource, subtotalV2 } from './prices.js'
import { renderViolationsV2 } from './violations.js'

/** What a cart of V2 costs. Its total is before gift cards, which pay. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202. */
export function renderSummaryV2(call: Pick<WixCall, 'wire' | 'channel' | 'settings'>, view: CartView): JsonObject {
  const priced = view.cart
  const { cart } = priced
  const face = faceOf(call, cart)
  const money = (minor: bigint) => renderPlainMoney(minor, face)
  const problems = calculationProblems(priced)
  return compact({
    cartId: cart.id,
    cartRevision: String(cart.version),
    lineItems: priced.lines.map(line => {
      const { unit, all } = linePricesV2(line, priced)
      return {
        lineItemId: lineIdOf(line.item),
        quantity: line.quantity,
        unitPrice: money(unit),
        totalPrice: money(all),
      }
    }),
    discounts: renderDiscounts(priced, face),
    deliverySummary: renderDelivery(priced, face),
    additionalFees: renderFeesV2(priced, face),
    taxSummary: renderTaxes(priced, face),
    priceSummary: renderPrices(priced, face),
    paymentSummary: renderPayments(priced, face),
    calculationErrors: renderCalculationErrors(problems),
    violations: renderViolationsV2(priced, face),
  })
}

const scopes = { order: 'CART_SUBTOTAL', lines: 'LINE_ITEM', shipping: 'DELIVERY' } as const

/** Prices that add up: what lines lost is in the subtotal, what the cart lost beside it, tax only where it comes on top. */
function renderPrices(priced: PricedCart, face: MoneyContext): JsonObject {
  const { totals, cart } = priced
  const money = (minor: bigint) => renderPlainMoney(minor, face)
  const subtotal = subtotalV2(priced)
  return {
    subtotal: money(subtotal),
    discount: money(totals.itemDiscount - (totals.subtotal - subtotal)),
    delivery: money(totals.shipping - totals.shippingDiscount),
    additionalFees: money(totals.fees),
    tax: money(cart.priceMode === 'gross' ? 0n : totals.tax),
    total: money(totals.grandTotal),
  }
}

function renderDiscounts(priced: PricedCart, face: MoneyContext): readonly JsonObject[] {
  return priced.discounts.map(discount => ({
    name: { original: discount.name, translated: discount.name },
    source: renderDiscountSource(discount, priced),
    scope: scopes[discount.target],
    total: renderPlainMoney(discount.amount, face),
    lineItemDiscounts: priced.lines.flatMap(line =>
      lineShares(line, priced, one => one === discount && isOfLines(one)).map(({ amount }) => ({
        lineItemId: lineIdOf(line.item),
        amountOff: renderPlainMoney(amount, face),
      })),
    ),
  }))
}

/** Where fees come from: V2 has no word for what people charge by hand. */
const feeSources = {
  manual: 'UNKNOWN_ADDITIONAL_FEE_SOURCE',
  threshold: 'PLATFORM',
  wrapping: 'LINE_ITEM',
} as const

function renderFeesV2(priced: PricedCart, face: MoneyContext): readonly JsonObject[] {
  return priced.fees.map(({ id, kind, displayName, price }) => ({
    code: id,
    name: { original: displayName, translated: displayName },
    lineItemIds: priced.lines.flatMap(({ item }) => (wrappingFeeId(item) === id ? [lineIdOf(item)] : [])),
    price: renderPlainMoney(price, face),
    source: feeSources[kind],
  }))
}

function renderDelivery(priced: PricedCart, face: MoneyContext): JsonObject | undefined {
  const selected = shipmentOf(priced)?.selected
  if (selected === undefined) return undefined
  const title = { original: selected.name, translated: selected.name }
  return {
    method: { code: selected.id, title, pickup: false },
    price: renderPlainMoney(priced.totals.shipping, face),
  }
}

function renderTaxes(priced: PricedCart, face: MoneyContext): JsonObject {
  const money = (minor: bigint) => renderPlainMoney(minor, face)
  return {
    taxes: priced.taxes.map(tax => ({
      name: { original: tax.name, translated: tax.name },
      taxableAmount: money(tax.base),
      exemptAmount: money(0n),
      amount: money(tax.amount),
    })),
    pricesIncludeTax: priced.cart.priceMode === 'gross',
    lineItemTaxes: priced.lines.map(line => ({
      lineItemId: lineIdOf(line.item),
      tax: money(line.total.tax),
      rate: renderRate(line.taxRate),
    })),
    deliveryTax: money(priced.consignments.reduce((sum, one) => sum + one.amount.tax, 0n)),
    additionalFeeTaxes: priced.fees.map(fee => ({ additionalFeeCode: fee.id, tax: money(fee.amount.tax) })),
  }
}

function renderPayments(priced: PricedCart, face: MoneyContext): JsonObject {
  const { now, later, afterTrial } = scheduleOf(priced)
  const money = (minor: bigint) => renderPlainMoney(minor, face)
  return {
    giftCards: priced.giftCards.map(({ code, used }) => ({
      giftCardId: giftCardIdOf(code),
      redeemAmount: money(used),
    })),
    memberships: [],
    requiresPaymentAfterGiftCard: priced.totals.amountDue > 0n,
    totalAfterGiftCards: money(priced.totals.amountDue),
    payNow: money(now.total),
    payLater: money(later.total),
    ...(afterTrial === undefined ? {} : { payAfterFreeTrial: money(afterTrial.total) }),
  }
}
