import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, shippingMethod, variant } from '../../../test/golden/builders.js'
import type { Cart } from './cart.js'
import { type ConsignmentChange, changeConsignments } from './consignment-changes.js'
import { setQuantity } from './line-items.js'
import { withoutStaleChoices } from './stale-choices.js'

const store = facts({
  policy: preset('netPerRate'),
  variants: [
    variant('brewer', 22_500n, { currency: 'USD' }),
    variant('mug', 1_250n, { currency: 'USD' }),
    variant('file', 500n, { currency: 'USD', kind: 'digital' }),
  ],
  shippingMethods: [
    shippingMethod('weight', 800n, { currency: 'USD', zones: [{ country: 'US' }] }),
    shippingMethod('desk', 0n, { currency: 'USD', integerId: 9, pickupPointIds: ['austin'] }),
  ],
  pickupPoints: [
    {
      id: 'austin',
      name: 'Austin',
      address: { country: 'US' },
      sellers: [],
      hours: [],
      isActive: true,
      postalRanges: [],
    },
  ],
})

let count = 0
function newId(): string {
  count += 1
  return `new-${count.toString()}`
}
const context = { facts: store, newId }
const shop = (...lines: Cart['lineItems']) => cart(lines, { currency: 'USD', priceMode: 'net' })
const home = { kind: 'address', address: { country: 'US', city: 'Austin' } } as const

function change(before: Cart, ...changes: readonly ConsignmentChange[]): Cart {
  let after = before
  for (const one of changes) {
    const changed = changeConsignments(after, one, context)
    if (!changed.ok) throw new Error(changed.error.code)
    after = changed.value
  }
  return after
}

const faultOf = (before: Cart, one: ConsignmentChange) => {
  const changed = changeConsignments(before, one, context)
  return changed.ok ? undefined : changed.error.code
}
const add = (...items: { lineItemId: string; quantity: number }[]): ConsignmentChange => ({
  kind: 'add',
  consignments: [{ destination: home, items }],
})
const pieces = (one: Cart) => one.lineItems.map(({ quantity }) => quantity)
const assigned = (one: Cart) => one.consignments.map(({ items }) => items.map(({ quantity }) => quantity))

describe('assigning lines', () => {
  it('takes a whole line as it is', () => {
    const after = change(shop(line('brewer', 2)), add({ lineItemId: 'line-brewer', quantity: 2 }))
    expect(pieces(after)).toEqual([2])
    expect(after.consignments[0]?.items).toEqual([{ lineItemId: 'line-brewer', quantity: 2 }])
  })

  it('gives the part a number that no line ever had', () => {
    const after = change(
      { ...shop(line('brewer', 3)), lastSequence: 7 },
      add({ lineItemId: 'line-brewer', quantity: 1 }),
    )
    expect(after.lineItems.map(one => one.sequence)).toEqual([1, 8])
    expect(after.lastSequence).toBe(8)
  })

  it('splits a line of which a part goes, and the rest stays where it was', () => {
    const once = change(shop(line('brewer', 3)), add({ lineItemId: 'line-brewer', quantity: 1 }))
    expect(once.lineItems.map(one => [one.id === 'line-brewer', one.quantity])).toEqual([
      [true, 2],
      [false, 1],
    ])
    const twice = change(
      once,
      add({ lineItemId: 'line-brewer', quantity: 2 }),
      add({ lineItemId: 'line-brewer', quantity: 1 }),
    )
    expect(pieces(twice)).toEqual([1, 1, 1])
    expect(assigned(twice)).toEqual([[1], [1], [1]])
  })

  it('takes a line out of where it was; a consignment without lines disappears', () => {
    const first = change(shop(line('brewer', 1), line('mug', 1)), add({ lineItemId: 'line-brewer', quantity: 1 }))
    const moved = change(
      first,
      add({ lineItemId: 'line-brewer', quantity: 1 }, { lineItemId: 'line-mug', quantity: 1 }),
    )
    expect(assigned(moved)).toEqual([[1, 1]])
    expect(moved.consignments[0]?.id).not.toBe(first.consignments[0]?.id)
  })

  it('refuses unknown lines, files, too many pieces and nothing', () => {
    const before = shop(line('brewer', 2), line('file', 1))
    expect(faultOf(before, add({ lineItemId: 'gone', quantity: 1 }))).toBe('line_not_found')
    expect(faultOf(before, add({ lineItemId: 'line-file', quantity: 1 }))).toBe('invalid_input')
    expect(faultOf(before, add({ lineItemId: 'line-brewer', quantity: 3 }))).toBe('quantity_invalid')
    expect(faultOf(before, add({ lineItemId: 'line-brewer', quantity: 0.5 }))).toBe('quantity_invalid')
    expect(faultOf(before, add())).toBe('invalid_input')
    const twice = [
      { lineItemId: 'line-brewer', quantity: 1 },
      { lineItemId: 'line-brewer', quantity: 1 },
    ]
    expect(faultOf(before, add(...twice))).toBeUndefined()
  })
})

describe('changing a consignment', () => {
  const split = change(shop(line('brewer', 2)), add({ lineItemId: 'line-brewer', quantity: 1 }))
  const part = split.consignments[0]?.items[0]?.lineItemId ?? ''

  it('gives up lines that are named no longer; parts become one line again', () => {
    const both = change(split, add({ lineItemId: 'line-brewer', quantity: 1 }))
    const removed = change(both, { kind: 'remove', find: one => one === both.consignments[1] })
    expect(pieces(removed)).toEqual([1, 1])
    const none = change(removed, { kind: 'remove', find: () => true })
    expect(none.lineItems.map(one => [one.id, one.quantity])).toEqual([['line-brewer', 2]])
    expect(none.consignments).toEqual([])
  })

  it('sends its lines elsewhere and keeps its id', () => {
    const address = { country: 'US', city: 'Dallas' }
    const find = () => true
    const after = change(split, { kind: 'change', find, destination: { kind: 'address', address } })
    expect(after.consignments).toEqual([{ ...split.consignments[0], destination: { kind: 'address', address } }])
    const items = [
      { lineItemId: part, quantity: 1 },
      { lineItemId: 'line-brewer', quantity: 1 },
    ]
    expect(assigned(change(split, { kind: 'change', find, items }))).toEqual([[1, 1]])
  })

  it('takes an option that is offered, one by hand, and a place to pick up', () => {
    const find = () => true
    const chosen = change(split, { kind: 'choose_option', find, matches: offer => offer.id === 'weight' })
    expect(chosen.consignments[0]).toMatchObject({ selectedOption: 'weight', selectedPrice: 800n })
    expect(faultOf(split, { kind: 'choose_option', find, matches: () => false })).toBe('shipping_option_not_found')
    const custom = change(chosen, { kind: 'set_custom_option', find, name: 'Courier', price: 1n })
    expect(custom.consignments[0]).toMatchObject({
      selectedOption: 'custom',
      customOption: { name: 'Courier', price: 1n },
    })
    const pickup = change(split, { kind: 'change', find, destination: { kind: 'pickup_method', integerId: 9 } })
    expect(pickup.consignments[0]).toMatchObject({
      destination: { kind: 'pickup', pickupPointId: 'austin' },
      selectedOption: 'desk',
    })
    const unknown = { kind: 'pickup_method', integerId: 1 } as const
    expect(faultOf(split, { kind: 'change', find, destination: unknown })).toBe('shipping_option_not_found')
  })

  it('is refused where there is none', () => {
    const find = () => false
    const changes: readonly ConsignmentChange[] = [
      { kind: 'change', find },
      { kind: 'remove', find },
      { kind: 'choose_option', find, matches: () => true },
      { kind: 'set_custom_option', find, name: '', price: 0n },
    ]
    expect(changes.map(one => faultOf(split, one))).toEqual(Array(4).fill('consignment_not_found'))
  })
})

it('pieces that are added to a line that goes to one place go there too', () => {
  const before = change(shop(line('brewer', 1)), add({ lineItemId: 'line-brewer', quantity: 1 }))
  const after = setQuantity(before, 'line-brewer', 3, context)
  expect(after.ok && assigned(after.value)).toEqual([[3]])
})

describe('a chosen option', () => {
  const before = change(shop(line('brewer', 1)), add({ lineItemId: 'line-brewer', quantity: 1 }), {
    kind: 'choose_option',
    find: () => true,
    matches: () => true,
  })

  it('stands while the offers are the same', () => {
    const after = { ...before, customerNote: 'Hello' }
    expect(withoutStaleChoices(before, after, store)).toBe(after)
  })

  it('goes when something else is offered', () => {
    const address = { country: 'CA' }
    const after = change(before, { kind: 'change', find: () => true, destination: { kind: 'address', address } })
    expect(withoutStaleChoices(before, after, store).consignments[0]).not.toHaveProperty('selectedOption')
  })
})
