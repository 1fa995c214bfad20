import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, variant } from '../../../test/golden/builders.js'
import type { Cart } from '../cart/cart.js'
import type { DecisionContext } from '../cart/decision.js'
import { editCart } from '../cart/edits.js'
import { priceCart } from './price-cart.js'

const shop = facts({ policy: preset('grossCarried'), variants: [variant('mug', 1_500n)] })
const wrappings = [
  { integerId: 1, name: 'Paper', prices: [{ currency: 'EUR', amount: 250n }] },
  { integerId: 2, name: 'Box', prices: [{ currency: 'USD', amount: 500n }] },
]
const known = { ...shop, channel: { ...shop.channel, wrappings } }
const context: DecisionContext = { facts: known, newId: () => 'id' }
const mugs = cart([line('mug', 2)])
const wrap = (of: Cart, wrapping: { wrappingId: number; message?: string } | null) =>
  editCart(of, { kind: 'change_line', lineItemId: 'line-mug', changes: { wrapping } }, context)

describe('wrapping', () => {
  it('costs its price per piece, beside the goods', () => {
    const wrapped = wrap(mugs, { wrappingId: 1 })
    if (!wrapped.ok) throw new Error(wrapped.error.code)
    const { fees, totals } = priceCart(wrapped.value, known)
    expect(fees).toMatchObject([{ id: 'wrapping-line-mug', kind: 'wrapping', name: 'Paper', price: 500n }])
    expect([totals.subtotal, totals.fees, totals.grandTotal]).toEqual([3_000n, 500n, 3_500n])
    expect(wrap(wrapped.value, null)).toEqual({ ok: true, value: mugs })
  })

  it('that is not sold any more costs nothing', () => {
    const wrapped: Cart = { ...mugs, lineItems: mugs.lineItems.map(item => ({ ...item, wrapping: { wrappingId: 9 } })) }
    expect(priceCart(wrapped, known)).toMatchObject({ fees: [], totals: { grandTotal: 3_000n } })
  })

  it.each([
    [{ wrappingId: 9 }, 'unknown'],
    [{ wrappingId: 2 }, 'unknown'],
    [{ wrappingId: 1, message: 'x'.repeat(256) }, 'too_long'],
  ])('refuses %j', (wrapping, rule) => {
    expect(wrap(mugs, wrapping)).toEqual({ ok: false, error: { code: 'invalid_input', field: 'wrapping', rule } })
  })
})
