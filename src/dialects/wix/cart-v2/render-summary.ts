import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import { compact } from '../address.js'
import { lineIdOf } from '../ids.js'
import type { MoneyContext } from '../money.js'
import { faceOf } from '../render/checkout.js'
import { giftCardIdOf, renderFees } from '../render/discounts.js'
import { pricesOf } from '../render/line-item.js'
import { scheduleOf } from '../render/price-summary.js'
import { calculationProblems, renderCalculationErrors, renderViolations } from '../render/problems.js'
import { shipmentOf } from '../render/shipping.js'
import type { WixCall } from '../request.js'
import { type JsonObject, objectAt } from '../validation.js'
import { renderPlainMoney, withoutSigns } from './money.js'

/** What a cart of V2 costs. Its total is before gift cards, which pay. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202. */
export function renderSummaryV2(call: Pick<WixCall, 'wire' | 'channel' | 'settings'>, view: CartView): JsonObject {
  const priced = view.cart
  const { totals, cart } = priced
  const face = faceOf(call, cart)
  const money = (minor: bigint) => renderPlainMoney(minor, face)
  const problems = calculationProblems(priced)
  return compact({
    cartId: cart.id,
    cartRevision: String(cart.version),
    lineItems: priced.lines.map(line => {
      const { price, all } = pricesOf(line, priced)
      return {
        lineItemId: lineIdOf(line.item),
        quantity: line.quantity,
        unitPrice: money(price),
        totalPrice: money(all),
      }
    }),
    discounts: renderDiscounts(priced, face),
    deliverySummary: renderDelivery(priced, face),
    additionalFees: renderFees(priced, face).map(({ code, name, price, source }) => ({
      code,
      name: { original: name, translated: name },
      lineItemIds: [],
      price: withoutSigns(objectAt({ price }, 'price')),
      source,
    })),
    taxSummary: renderTaxes(priced, face),
    priceSummary: {
      subtotal: money(totals.subtotal),
      discount: money(totals.discount),
      delivery: money(totals.shipping),
      additionalFees: money(totals.fees),
      tax: money(totals.tax),
      total: money(totals.grandTotal),
    },
    paymentSummary: renderPayments(priced, face),
    calculationErrors: renderCalculationErrors(problems),
    violations: renderViolations(problems, priced).map(({ severity, target, description }) => ({
      scope: 'lineItem' in objectAt({ target }, 'target') ? 'LINE_ITEM' : 'GLOBAL',
      code: 'lineItem' in objectAt({ target }, 'target') ? 'LINE_ITEMS_OUT_OF_STOCK' : 'CUSTOM_VALIDATION',
      description,
      severity,
    })),
  })
}

const scopes = { order: 'CART_SUBTOTAL', lines: 'LINE_ITEM', shipping: 'DELIVERY' } as const
const sources = { coupon: 'COUPON', promotion: 'DISCOUNT_RULE', manual: 'MERCHANT_DISCOUNT' } as const

function renderDiscounts(priced: PricedCart, face: MoneyContext): readonly JsonObject[] {
  return priced.discounts.map(({ id, name, source, target, amount }) => ({
    name: { original: name, translated: name },
    source: compact({
      sourceType: sources[source],
      couponCode: priced.coupons.find(coupon => coupon.promotionId === id)?.code,
    }),
    scope: scopes[target],
    total: renderPlainMoney(amount, face),
    lineItemDiscounts: priced.lines.flatMap(line => {
      const share = line.discounts.reduce((sum, one) => (one.discountId === id ? sum + one.amount : sum), 0n)
      return share === 0n ? [] : [{ lineItemId: lineIdOf(line.item), amountOff: renderPlainMoney(share, face) }]
    }),
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
    lineItemTaxes: priced.lines.map(line => ({ lineItemId: lineIdOf(line.item), tax: money(line.total.tax) })),
    deliveryTax: money(priced.consignments.reduce((sum, one) => sum + one.amount.tax, 0n)),
    additionalFeeTaxes: [],
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
