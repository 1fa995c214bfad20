import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scenarios } from '../../../test/golden/arbitraries.js'
import { present } from '../assert.js'
import { sumOf } from '../money.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { orderParts } from './order-parts.js'
import { pricedPart } from './priced-part.js'

/** The same cart with every second line from another seller: selling does not change what anything costs. */
function ofTwoSellers(priced: PricedCart): PricedCart {
  const lines = priced.lines.map((line, index) => ({
    ...line,
    item: { ...line.item, seller: index % 2 === 0 ? 'one' : 'two' },
  }))
  return { ...priced, lines, cart: { ...priced.cart, lineItems: lines.map(({ item }) => item) } }
}

function partsOf(priced: PricedCart): readonly PricedCart[] {
  return orderParts(priced, { groupSuffix: true }, '1').map((part, index) => pricedPart(priced, part, index === 0))
}

const figures = ['subtotal', 'itemDiscount', 'shippingDiscount', 'discount', 'shipping', 'fees'] as const

it('parts of an order add up to it in every figure', () => {
  fc.assert(
    fc.property(scenarios(), ({ cart, facts }) => {
      const whole = ofTwoSellers(priceCart(cart, facts))
      // What goes with no line at all stands in no part but the total of the first.
      fc.pre(whole.lines.length > 0 && whole.consignments.every(one => one.items.length > 0))
      const parts = partsOf(whole)
      for (const figure of figures) {
        expect(sumOf(parts.map(({ totals }) => totals[figure])), figure).toBe(whole.totals[figure])
      }
      for (const { totals, lines, consignments, discounts } of parts) {
        expect(totals.discount).toBe(sumOf(discounts.map(({ amount }) => amount)))
        expect(totals.grandTotal).toBe(totals.items.gross + totals.shippingAmount.gross + totals.feesAmount.gross)
        const own = new Set(lines.map(({ item }) => item.id))
        expect(consignments.flatMap(({ items }) => items).every(({ lineItemId }) => own.has(lineItemId))).toBe(true)
      }
      const totals = orderParts(whole, { groupSuffix: true }, '1').map(({ total }) => total)
      expect(parts.map(part => part.totals.grandTotal)).toEqual(totals)
    }),
    { numRuns: 300 },
  )
}, 60_000)

it('the only part of an order is the order', () => {
  fc.assert(
    fc.property(scenarios(), ({ cart, facts }) => {
      const priced = priceCart(cart, facts)
      const sellers = new Set(priced.lines.map(({ item }) => item.seller))
      fc.pre(sellers.size === 1)
      const [only] = orderParts(priced, { groupSuffix: false }, '1')
      expect(pricedPart(priced, present(only, 'a part'), true)).toBe(priced)
    }),
    { numRuns: 50 },
  )
}, 60_000)
