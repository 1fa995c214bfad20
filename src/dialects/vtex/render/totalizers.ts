import { type Minor, sumOf } from '../../../core/money.js'
import type { PricedCart, PricedConsignment } from '../../../core/pricing/priced-cart.js'
import { toWire } from '../money.js'
import { textsOf } from '../texts.js'
import type { RenderContext } from './context.js'
import { grossOf, servicesOf } from './item.js'

export type TotalizerId = 'Items' | 'Discounts' | 'Shipping' | 'Tax' | 'Interest'

/** The figures that add up to the value of a purchase. */
export function totalsById(priced: PricedCart): Readonly<Record<TotalizerId, Minor>> {
  const items = sumOf(priced.lines.map(line => grossOf(line) + servicesOf(line)))
  const discounts = sumOf(priced.lines.map(line => line.price - grossOf(line) - line.fullDiscount))
  const shipping = sumOf(priced.consignments.map(shippingPrice))
  const interest = sumOf(priced.payments.map(payment => payment.interest))
  // Taxes that prices do not hold, and surcharges of the store.
  const tax = priced.totals.grandTotal - items - discounts - shipping
  return { Items: items, Discounts: discounts, Shipping: shipping, Tax: tax, Interest: interest }
}

/** What the shipment of a consignment costs after discounts, in the cart's price mode. */
export function shippingPrice({ price, discount }: PricedConsignment): Minor {
  return price - discount
}

/** What the shopper pays in all, with interest. */
export function cartValue(priced: PricedCart): Minor {
  return priced.totals.grandTotal + totalsById(priced).Interest
}

/** Items as soon as there are any, Shipping as soon as an option is chosen, the others where they are not zero. */
export function renderTotalizers({ priced, locale }: Pick<RenderContext, 'priced' | 'locale'>) {
  const totals = totalsById(priced)
  const isShipped = priced.consignments.some(one => one.selected !== undefined)
  const isShown: Readonly<Record<TotalizerId, boolean>> = {
    Items: priced.lines.length > 0,
    Discounts: totals.Discounts !== 0n,
    Shipping: isShipped,
    Tax: totals.Tax !== 0n,
    Interest: totals.Interest !== 0n,
  }
  const ids: readonly TotalizerId[] = ['Items', 'Discounts', 'Shipping', 'Tax', 'Interest']
  return ids.filter(id => isShown[id]).map(id => renderTotal(id, totals[id], locale))
}

/** The four figures that every order has, and `interest` where it pays some: with it they add up to the order's value. */
export function renderOrderTotals({ priced, locale }: Pick<RenderContext, 'priced' | 'locale'>, interest: Minor = 0n) {
  const totals = totalsById(priced)
  const ids: readonly TotalizerId[] = ['Items', 'Discounts', 'Shipping', 'Tax']
  const always = ids.map(id => renderTotal(id, totals[id], locale))
  return interest === 0n ? always : [...always, renderTotal('Interest', interest, locale)]
}

function renderTotal(id: TotalizerId, value: Minor, locale: string) {
  return { id, name: textsOf(locale).totals[id], value: toWire(value) }
}
