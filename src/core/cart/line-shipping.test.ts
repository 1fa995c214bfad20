import { describe, expect, it } from 'vitest'
import { facts, line, netCart, preset, shippingMethod, variant } from '../../../test/golden/builders.js'
import type { Cart } from './cart.js'
import { type LineShipping, shipLines } from './line-shipping.js'

const brazil = [{ country: 'BR' }]
const method = (id: string, amount: bigint, more: Parameters<typeof shippingMethod>[2] = {}) =>
  shippingMethod(id, amount, { currency: 'BRL', zones: brazil, ...more })
const point = {
  id: 'rio',
  name: 'Rio',
  address: { country: 'BR' },
  sellers: ['1'],
  hours: [],
  isActive: true,
  postalRanges: [],
}
const window = { start: '2027-01-04T09:00:00.000Z', end: '2027-01-04T12:00:00.000Z', price: 300n }

const store = facts({
  policy: preset('unitMultiplierZeroTax'),
  shop: { currency: 'BRL', currencies: ['BRL'] },
  variants: [
    variant('tea', 1000n, { currency: 'BRL' }),
    variant('cup', 500n, { currency: 'BRL' }),
    variant('pot', 700n, { currency: 'BRL', seller: '2' }),
    variant('book', 900n, { currency: 'BRL', kind: 'digital' }),
  ],
  shippingMethods: [
    method('normal', 700n),
    method('fast', 1500n, { position: 2 }),
    method('evening', 100n, { position: 3, deliveryWindows: [window] }),
    method('pickup', 0n, { position: 4, pickupPointIds: ['rio'] }),
  ],
  pickupPoints: [point],
})

const context = { facts: store, newId: () => crypto.randomUUID() }
const home = { country: 'BR', postalCode: '22250040' }
const bought = netCart('BRL', [line('tea', 2), line('cup', 1, { sequence: 2 })])
const ship = (cart: Cart, shipping: Partial<LineShipping> = {}) => shipLines(cart, { wishes: [], ...shipping }, context)
const wish = (sku: string, option: string | null) => ({ lineItemId: `line-${sku}`, option })

/** Which lines go by which option; the first consignment takes what no other names. */
const ways = (cart: Cart) =>
  cart.consignments.map(({ items, selectedOption }) => [selectedOption, items.map(item => item.lineItemId)])

describe('an option per line', () => {
  it('is the cheapest that neither binds the shopper to an hour nor sends them anywhere', () => {
    const shipped = ship(bought, { destination: home })
    expect(ways(shipped)).toEqual([['normal', []]])
    expect(shipped.consignments[0]).toMatchObject({
      destination: { kind: 'address', address: home },
      selectedPrice: 700n,
    })
    expect(shipped.notices).toEqual([])
  })

  it('is what is wanted; lines by the same option are one shipment', () => {
    const shipped = ship(bought, { destination: home, wishes: [wish('cup', 'fast')] })
    expect(ways(shipped)).toEqual([
      ['normal', []],
      ['fast', ['line-cup']],
    ])
    expect(ways(ship(shipped, { wishes: [wish('tea', 'fast')] }))).toEqual([['fast', []]])
  })

  it('stays when something else changes, and a new line gets the automatic one', () => {
    const fast = ship(bought, { destination: home, wishes: [wish('tea', 'fast'), wish('cup', 'pickup')] })
    const more = { ...fast, lineItems: [...fast.lineItems, line('pot', 1, { sequence: 3, seller: '2' })] }
    expect(ways(ship(more, { wishes: [wish('pot', null)] }))).toEqual([
      ['fast', []],
      ['pickup', ['line-cup']],
      ['normal', ['line-pot']],
    ])
  })

  it('stays apart for goods of another seller', () => {
    const both = { ...bought, lineItems: [...bought.lineItems, line('pot', 1, { sequence: 3, seller: '2' })] }
    expect(ways(ship(both, { destination: home }))).toEqual([
      ['normal', []],
      ['normal', ['line-pot']],
    ])
  })

  it('is not given to what is not shipped', () => {
    const both = { ...bought, lineItems: [line('book', 1), ...bought.lineItems] }
    expect(ways(ship(both, { destination: home }))).toEqual([['normal', []]])
  })

  it('that is not offered is told, and the automatic one counts', () => {
    const shipped = ship(bought, { destination: home, wishes: [wish('tea', 'dragon')] })
    expect(ways(shipped)).toEqual([['normal', []]])
    expect(shipped.notices).toMatchObject([{ code: 'shipping_option_gone', data: { option: 'dragon', sku: 'tea' } }])
  })

  it('whose price moved since it was chosen is told', () => {
    const chosen = ship(bought, { destination: home })
    const dearer = { ...store, shippingMethods: [method('normal', 900n)] }
    const again = shipLines(chosen, { wishes: [] }, { ...context, facts: dearer })
    expect(again.notices.map(({ code }) => code)).toEqual(['shipping_price_changed', 'shipping_price_changed'])
    expect(again.consignments[0]?.selectedPrice).toBe(900n)
  })

  it('carries the window that was chosen with it, at the offer’s price', () => {
    const { start, end } = window
    const wishes = [{ lineItemId: 'line-tea', option: 'evening', window: { start, end } }]
    const shipped = ship(bought, { destination: home, wishes })
    expect(shipped.consignments[0]).toMatchObject({
      selectedOption: 'evening',
      deliveryWindow: window,
      selectedPrice: 400n,
    })
    expect(ship(shipped)).toBe(shipped)
    const other = [{ lineItemId: 'line-tea', option: 'evening', window: { start, end: start } }]
    expect(ship(bought, { destination: home, wishes: other }).consignments[0]).not.toHaveProperty('deliveryWindow')
  })

  it('and a place of its own', () => {
    const [here, there] = [
      { ...home, id: 'here' },
      { ...home, id: 'there' },
    ]
    const places = (cart: Cart) =>
      cart.consignments.map(({ destination, items }) => [
        destination.kind === 'address' ? destination.address.id : destination.kind,
        items.map(item => item.lineItemId),
      ])
    const apart = ship(bought, { destination: here, wishes: [{ lineItemId: 'line-cup', destination: there }] })
    expect(places(apart)).toEqual([
      ['here', []],
      ['there', ['line-cup']],
    ])
    expect(apart.consignments.map(one => one.selectedPrice)).toEqual([700n, 700n])
    // It stays there while nobody says otherwise, and as long as the place is one of those that goods may go to.
    expect(ship(apart)).toBe(apart)
    const renamed = { ...there, line1: 'New name' }
    const kept = ship(apart, { destination: here, alsoTo: [here, renamed] })
    expect(kept.consignments[1]?.destination).toEqual({ kind: 'address', address: renamed })
    expect(places(ship(apart, { destination: here, alsoTo: [here] }))).toEqual([['here', []]])
    expect(places(ship(apart, { wishes: [{ lineItemId: 'line-cup', destination: here }] }))).toEqual([['here', []]])
  })

  it('is nothing where nothing goes, and the same cart where nothing changed', () => {
    const shipped = ship(bought, { destination: home })
    expect(ship(shipped)).toBe(shipped)
    expect(ship(shipped, { destination: null }).consignments).toEqual([])
    expect(ship(bought)).toBe(bought)
    const abroad = ship(bought, { destination: { country: 'DE' } })
    expect(ways(abroad)).toEqual([[undefined, []]])
  })
})
