import { describe, expect, it } from 'vitest'
import {
  cart,
  consignment,
  type FactsInput,
  facts,
  line,
  preset,
  promotion,
  rate,
  shippingMethod,
  taxRate,
  variant,
  zone,
} from '../../../test/golden/builders.js'
import type { Cart, Consignment } from '../cart/cart.js'
import type { ShippingMethod } from './facts.js'
import { priceCart } from './price-cart.js'

const policy = preset('grossCarried')
const variants = [
  variant('book', 1000n, { shippingCategory: 'small' }),
  variant('sofa', 90_000n, { shippingCategory: 'bulky' }),
  variant('file', 500n, { kind: 'digital' }),
]

function price(
  consignments: readonly Consignment[],
  methods: readonly ShippingMethod[],
  more: Partial<Cart> & { readonly known?: Partial<FactsInput> } = {},
) {
  const { known = {}, ...rest } = more
  const store = facts({ policy, variants, shippingMethods: methods, ...known })
  return priceCart(cart([line('book', 3), line('file', 1)], { consignments, ...rest }), store)
}

const to = (address: { country?: string; postalCode?: string; subdivision?: string }): Consignment =>
  consignment(undefined, { destination: { kind: 'address', address } })
const offered = (consignments: readonly Consignment[], ...methods: ShippingMethod[]) =>
  price(consignments, methods).consignments.map(one => one.offers.map(offer => offer.id))

describe('what is offered', () => {
  it('goes to the country, subdivision and postal range', () => {
    const germany = shippingMethod('de', 1n, { zones: [{ country: 'DE' }] })
    const berlin = shippingMethod('be', 1n, { zones: [{ country: 'DE', postalFrom: '10115', postalTo: '14199' }] })
    const bavaria = shippingMethod('by', 1n, { zones: [{ country: 'DE', subdivision: 'DE-BY' }] })
    const all = [germany, berlin, bavaria]
    expect(offered([to({ country: 'DE', postalCode: '10 115' })], ...all)).toEqual([['de', 'be']])
    expect(offered([to({ country: 'DE', postalCode: '14199-1' })], ...all)).toEqual([['de', 'be']])
    expect(offered([to({ country: 'DE', postalCode: '1011' })], ...all)).toEqual([['de']])
    expect(offered([to({ country: 'DE', subdivision: 'BY' })], ...all)).toEqual([['de', 'by']])
    expect(offered([to({ country: 'FR', postalCode: '10115' })], ...all)).toEqual([[]])
  })

  it('without an address is only what goes everywhere', () => {
    const methods = [shippingMethod('everywhere', 1n), shippingMethod('de', 1n, { zones: [{ country: 'DE' }] })]
    expect(offered([to({})], ...methods)).toEqual([['everywhere']])
    const unknown = price([{ ...to({}), destination: { kind: 'unknown' } }], methods.slice(1))
    expect(unknown.consignments[0]).toMatchObject({ offers: [], problem: 'no_address' })
  })

  it("has a price in the cart's currency and mode, covers the goods, and is active", () => {
    const methods = [
      shippingMethod('ok', 1n, { shippingCategories: ['small', 'bulky'] }),
      shippingMethod('francs', 1n, { currency: 'CHF' }),
      shippingMethod('net only', 1n, { prices: [{ currency: 'EUR', mode: 'net', amount: 1n }] }),
      shippingMethod('bulky', 1n, { shippingCategories: ['bulky'] }),
      shippingMethod('off', 1n, { isActive: false }),
    ]
    expect(offered([to({ country: 'DE' })], ...methods)).toEqual([['ok']])
    const none = price([to({ country: 'DE' })], methods.slice(1))
    expect(none.consignments[0]?.problem).toBe('not_deliverable')
    expect(none.problems).toContainEqual({ code: 'not_deliverable', consignmentId: 'consignment' })
  })

  it('stands in order of position, or of price where the policy says so', () => {
    const methods = [shippingMethod('late', 1n, { position: 2 }), shippingMethod('early', 9n, { position: 1 })]
    expect(offered([to({ country: 'DE' })], ...methods)).toEqual([['early', 'late']])
    const byPrice = { ...policy, shippingOrder: 'price' as const }
    const store = facts({ policy: byPrice, variants, shippingMethods: methods })
    const priced = priceCart(cart([line('book', 1)], { consignments: [to({ country: 'DE' })] }), store)
    expect(priced.consignments[0]?.offers.map(one => one.id)).toEqual(['late', 'early'])
  })

  it('at a pickup point is what serves it, taxed where the point is', () => {
    const point = (id: string, country: string, isActive = true) => ({
      id,
      name: id,
      address: { country },
      sellers: ['1'],
      hours: [],
      isActive,
      postalRanges: [],
    })
    const method = shippingMethod('pickup', 119n, { pickupPointIds: ['here', 'there', 'closed'] })
    const known = {
      pickupPoints: [point('here', 'DE'), point('there', 'FR'), point('closed', 'DE', false)],
      taxZones: [zone('de', ['DE'], [taxRate('19')]), zone('fr', ['FR'], [taxRate('20')])],
    }
    const at = (pickupPointId: string) => [
      consignment(`pickup/${pickupPointId}`, { destination: { kind: 'pickup', pickupPointId } }),
    ]
    const there = price(at('there'), [method], { known })
    expect(there.consignments[0]).toMatchObject({
      selected: { id: 'pickup/there', pickupPointId: 'there' },
      amount: { net: 99n, tax: 20n, gross: 119n },
    })
    expect(price(at('closed'), [method], { known }).consignments[0]?.offers).toEqual([])
    const home = price([to({ country: 'DE' })], [method], { known })
    expect(home.consignments[0]?.offers.map(one => one.id)).toEqual(['pickup/here'])
  })
})

describe('what a consignment carries', () => {
  const methods = [shippingMethod('1', 490n)]

  it('is what it names, as far as there are pieces, and the rest where nothing is named', () => {
    const named = consignment('1', { id: 'c1', items: [{ lineItemId: 'line-book', quantity: 1 }] })
    const rest = consignment('1', { id: 'c2' })
    const priced = price([named, rest], methods)
    expect(priced.consignments.map(one => one.items)).toEqual([
      [{ lineItemId: 'line-book', quantity: 1 }],
      [{ lineItemId: 'line-book', quantity: 2 }],
    ])
    expect(priced.problems).toEqual([])
  })

  it('leaves a problem for pieces that go nowhere, digital goods aside', () => {
    const named = consignment('1', {
      items: [
        { lineItemId: 'line-book', quantity: 2 },
        { lineItemId: 'line-file', quantity: 1 },
        { lineItemId: 'gone', quantity: 1 },
      ],
    })
    const priced = price([named], methods)
    expect(priced.consignments[0]?.items).toEqual([{ lineItemId: 'line-book', quantity: 2 }])
    expect(priced.problems).toEqual([{ code: 'line_unassigned', lineItemId: 'line-book', quantity: 1 }])
  })

  it('shares its cost over its lines by their worth', () => {
    const lineItems = [line('book', 3), line('sofa', 1)]
    const priced = price([consignment('1')], methods, { lineItems })
    expect(priced.consignments[0]?.lineShares.map(share => share.gross)).toEqual([16n, 474n])
  })

  it('is nothing for digital goods alone, and nothing is asked', () => {
    const priced = price([consignment()], methods, { lineItems: [line('file', 1)] })
    expect(priced.consignments[0]).toMatchObject({ items: [], offers: [], price: 0n, lineShares: [] })
    expect(priced.problems).toEqual([])
  })
})

describe('the choice', () => {
  const methods = [shippingMethod('1', 490n), shippingMethod('2', 290n, { position: 2 })]

  it.each([
    ['none', undefined],
    ['first', '1'],
    ['cheapest', '2'],
  ] as const)('unasked is by the policy: %s', (defaultShippingOption, expected) => {
    const store = facts({ policy: { ...policy, defaultShippingOption }, variants, shippingMethods: methods })
    const priced = priceCart(cart([line('book', 1)], { consignments: [to({ country: 'DE' })] }), store)
    expect(priced.consignments[0]?.selected?.id).toBe(expected)
    const codes = priced.problems.map(problem => problem.code)
    expect(codes).toEqual(expected === undefined ? ['shipping_option_missing'] : [])
  })

  it('unasked binds nobody to an hour', () => {
    const window = { start: '2026-12-01T08:00:00.000Z', end: '2026-12-01T10:00:00.000Z', price: 0n }
    const scheduled = shippingMethod('3', 100n, { position: 3, deliveryWindows: [window] })
    const choose = (shippingMethods: readonly ShippingMethod[]) => {
      const known = facts({ policy: { ...policy, defaultShippingOption: 'cheapest' }, variants, shippingMethods })
      return priceCart(cart([line('book', 1)], { consignments: [to({ country: 'DE' })] }), known)
    }
    expect(choose([...methods, scheduled]).consignments[0]?.selected?.id).toBe('2')
    const only = choose([scheduled])
    expect(only.consignments[0]).toMatchObject({ offers: [{ id: '3' }] })
    expect(only.consignments[0]?.selected).toBeUndefined()
  })

  it('that is gone is a problem, and no other takes its place', () => {
    const store = facts({ policy: { ...policy, defaultShippingOption: 'first' }, variants, shippingMethods: methods })
    const priced = priceCart(cart([line('book', 1)], { consignments: [consignment('3')] }), store)
    expect(priced.consignments[0]?.selected).toBeUndefined()
    expect(priced.totals.shipping).toBe(0n)
    expect(priced.problems).toEqual([{ code: 'shipping_option_gone', consignmentId: 'consignment', optionId: '3' }])
  })

  it('of a delivery window is asked for in the channel’s own currency alone; one that costs nothing is offered in all', () => {
    const window = { start: '2026-12-01T08:00:00.000Z', end: '2026-12-01T10:00:00.000Z', price: 200n }
    const free = { ...window, end: '2026-12-01T12:00:00.000Z', price: 0n }
    const method = shippingMethod('1', 490n, { currency: 'CHF', deliveryWindows: [window, free] })
    const variants = [variant('a', 1_000n, { currency: 'CHF' })]
    const held = cart([line('a', 1)], { currency: 'CHF', consignments: [consignment('1', { deliveryWindow: window })] })
    const offered = (one: typeof method) =>
      priceCart(held, facts({ policy, variants, shippingMethods: [one] })).consignments[0]?.offers
    expect(offered(method)).toMatchObject([{ price: 490n, deliveryWindows: [free] }])
    expect(offered({ ...method, deliveryWindows: [window] })).toEqual([])
  })

  it('of a delivery window costs what the offer says, whatever the cart holds', () => {
    const window = { start: '2026-12-01T08:00:00.000Z', end: '2026-12-01T10:00:00.000Z' }
    const method = shippingMethod('1', 490n, { deliveryWindows: [{ ...window, price: 200n }] })
    const chosen = consignment('1', { deliveryWindow: { ...window, price: 1n } })
    expect(price([chosen], [method]).totals.shipping).toBe(690n)
    const other = consignment('1', { deliveryWindow: { ...window, end: window.start, price: 1n } })
    expect(price([other], [method]).totals.shipping).toBe(490n)
  })
})

describe('discounts on shipping', () => {
  const methods = [shippingMethod('1', 490n), shippingMethod('2', 590n, { position: 2 })]

  it('show on every offer that they would lower, chosen or not', () => {
    const free = promotion(
      { kind: 'percent_off_shipping', rate: rate('100') },
      { conditions: [{ kind: 'shipping_option', options: ['1'] }] },
    )
    const two = promotion({ kind: 'amount_off_shipping', amount: { EUR: 200n } })
    const chosen = (option?: string) =>
      price([consignment(option)], methods, { known: { promotions: [free, two] } }).consignments[0]
    expect(chosen('1')?.offers.map(one => one.discountedPrice)).toEqual([0n, 390n])
    expect(chosen('2')?.offers.map(one => one.discountedPrice)).toEqual([0n, 390n])
    expect(chosen()?.offers.map(one => one.discountedPrice)).toEqual([0n, 390n])
    expect(chosen('2')).toMatchObject({ price: 590n, discount: 200n, amount: { gross: 390n } })
  })

  it('of a fixed amount are taken once, over all consignments', () => {
    const two = promotion({ kind: 'amount_off_shipping', amount: { EUR: 200n } })
    const first = consignment('1', { id: 'c1', items: [{ lineItemId: 'line-book', quantity: 1 }] })
    const priced = price([first, consignment('2', { id: 'c2' })], methods, { known: { promotions: [two] } })
    expect(priced.consignments.map(one => one.discount)).toEqual([91n, 109n])
  })

  it('make a free option only while their promotion applies', () => {
    const makes = promotion({ kind: 'free_shipping_option', name: 'Free' }, { id: 'makes' })
    const exclusive = promotion({ kind: 'percent_off_order', rate: rate('10') }, { isExclusive: true })
    const chosen = [consignment('free-makes')]
    const applies = price(chosen, methods, { known: { promotions: [makes] } })
    expect(applies.consignments[0]?.selected).toMatchObject({ id: 'free-makes', price: 0n })
    const beaten = price(chosen, methods, { known: { promotions: [makes, exclusive] } })
    expect(beaten.consignments[0]?.offers.map(one => one.id)).toEqual(['1', '2'])
    expect(beaten.problems.map(problem => problem.code)).toEqual(['shipping_option_gone'])
  })
})
