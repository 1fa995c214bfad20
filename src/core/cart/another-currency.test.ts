import { describe, expect, it } from 'vitest'
import { cart, consignment, facts, giftCard, line, preset, prices, variant } from '../../../test/golden/builders.js'
import { inCurrency } from './another-currency.js'
import type { Cart } from './cart.js'

const both = [...prices(1_000n), ...prices(1_200n, 'CHF')]
const shop = facts({
  policy: preset('grossCarried'),
  shop: { currencies: ['EUR', 'CHF'] },
  variants: [variant('mug', 0n, { prices: both }), variant('tee', 900n), variant('nut', 0n, { prices: both })],
  giftCards: [giftCard('ANY', 500n), giftCard('EURO', 500n, { currency: 'EUR' })],
})
const context = { facts: shop, newId: () => 'new' }
const filled = cart([line('mug', 2)], { consignments: [consignment('standard')] })
const change = (of: Cart) => inCurrency(of, 'CHF', context)
const changed = (of: Cart) => {
  const result = change(of)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

describe('a cart in another currency', () => {
  it('keeps what has a price there, and gift cards that pay there', () => {
    const paying = { ...filled, giftCards: [{ code: 'ANY' }, { code: 'EURO' }] }
    expect(changed(paying)).toEqual({ ...filled, currency: 'CHF', giftCards: [{ code: 'ANY' }] })
    expect(inCurrency(filled, 'EUR', context)).toEqual({ ok: true, value: filled })
    expect(inCurrency(filled, 'USD', context)).toMatchObject({ ok: false, error: { code: 'currency_unsupported' } })
  })

  it.each<readonly [string, Partial<Cart>]>([
    ['a price', { lineItems: [line('mug', 1, { origin: { kind: 'manual', unitPrice: 1n } })] }],
    ['a discount', { manualDiscounts: [{ id: 'd', name: 'D', amount: 100n }] }],
    ['a fee', { fees: [{ id: 'f', name: 'F', displayName: 'F', amount: 100n }] }],
    [
      'the price of shipping',
      { consignments: [consignment('custom', { customOption: { name: 'By bike', price: 500n } })] },
    ],
    ['the most that a gift card pays', { giftCards: [{ code: 'ANY', limit: 100n }] }],
  ])('is refused where somebody typed %s', (_, typed) => {
    const error = { code: 'invalid_input', field: 'currency', rule: 'amounts_set_by_hand' }
    expect(change({ ...filled, ...typed })).toEqual({ ok: false, error })
  })

  it('forgets payments of an amount, which was one of the other currency', () => {
    const payments = [
      { id: 'a', method: 'card', amount: 700n },
      { id: 'b', method: 'invoice' },
    ]
    expect(changed({ ...filled, payments }).payments).toEqual([{ id: 'b', method: 'invoice' }])
  })

  it('loses lines without a price with all that hangs on them and all that is said of them', () => {
    const lines = [line('mug', 1), line('tee', 1), line('nut', 2, { parent: 'line-tee', componentOf: 'extras' })]
    const items = (...ids: string[]) => ids.map(lineItemId => ({ lineItemId, quantity: 1 }))
    const consignments = [
      consignment('standard', { id: 'a', items: items('line-mug', 'line-tee') }),
      consignment('standard', { id: 'b', items: items('line-tee') }),
    ]
    const left = changed(cart(lines, { consignments }))
    expect(left.lineItems.map(({ sku }) => sku)).toEqual(['mug'])
    expect(left.consignments.map(({ id, items: of }) => [id, of])).toEqual([['a', items('line-mug')]])
    expect(left.notices).toMatchObject([{ code: 'line_removed', data: { sku: 'tee', currency: 'CHF' } }])
  })
})
