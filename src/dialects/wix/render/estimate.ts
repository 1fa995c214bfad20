import { fullTaxes } from '../../../core/pricing/full-shares.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import { compact } from '../address.js'
import { extrasOf, lineExtrasOf } from '../extras.js'
import { lineIdOf } from '../ids.js'
import { renderMoney, renderNoPrice } from '../money.js'
import type { WixCall } from '../request.js'
import type { JsonObject } from '../validation.js'
import { renderCart } from './cart.js'
import { faceOf, renderMemberships } from './checkout.js'
import { renderAppliedDiscounts, renderFees, renderGiftCard } from './discounts.js'
import { isUnknown, type LineFace, paymentOptionOf, pricesOf } from './line-item.js'
import { renderSummaries } from './price-summary.js'
import { calculationProblems, renderCalculationErrors, renderViolations } from './problems.js'
import { renderShippingChoice } from './shipping.js'
import { renderTaxDetails, renderTaxSummary } from './taxes.js'

/** What a cart would cost. Source: dialects/wix.md 4.6. */
export function renderEstimate(call: Pick<WixCall, 'wire' | 'channel' | 'settings'>, view: CartView): JsonObject {
  return { cart: renderCart(call, view), ...renderTotals(call, view) }
}

/** The same without the cart: totals of what is nobody's cart yet. */
export function renderTotals(call: Pick<WixCall, 'wire' | 'channel' | 'settings'>, view: CartView): JsonObject {
  const priced = view.cart
  const face = faceOf(call, priced.cart)
  const problems = calculationProblems(priced)
  return compact({
    calculatedLineItems: priced.lines.map(line => renderCalculatedLine(line, priced, face)),
    ...renderSummaries(priced, face),
    giftCard: renderGiftCard(priced, face),
    taxSummary: renderTaxSummary(priced, face),
    shippingInfo: renderShippingChoice(priced, face),
    appliedDiscounts: renderAppliedDiscounts(priced, face),
    calculationErrors: { ...renderCalculationErrors(problems), giftCardCalculationErrors: [] },
    weightUnit: call.settings.weightUnit,
    currency: priced.currency,
    membershipOptions: renderMemberships(extrasOf(priced.cart).selectedMemberships),
    additionalFees: renderFees(priced, face),
    violations: renderViolations(problems, priced),
  })
}

function renderCalculatedLine(line: PricedLine, priced: PricedCart, face: LineFace): JsonObject {
  const prices = pricesOf(line, priced)
  const money = (minor: bigint) => (isUnknown(line) ? renderNoPrice(face) : renderMoney(minor, face, 'calculated'))
  const { shown = {}, taxableAddress } = lineExtrasOf(line.item)
  return compact({
    lineItemId: lineIdOf(line.item),
    pricesBreakdown: {
      totalPriceAfterTax: money(line.total.gross),
      totalPriceBeforeTax: money(line.total.net),
      taxDetails: renderTaxDetails({ taxes: fullTaxes(line), rate: line.taxRate, amount: line.total }, face),
      totalDiscount: money(prices.discount),
      price: money(prices.price),
      priceBeforeDiscounts: money(prices.beforeDiscounts),
      lineItemPrice: money(prices.all),
      fullPrice: money(prices.full),
    },
    paymentOption: paymentOptionOf(shown),
    taxableAddress,
    modifiers: [],
  })
}
