import { beforeAll, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import type { Placement } from '../../src/operations/operations.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { openTill, type Till } from './till.js'

const place = {
  firstName: 'Ada',
  lastName: 'Tester',
  line1: 'West road',
  city: 'New York',
  postalCode: '10011',
  subdivision: 'NY',
  country: 'US',
}
const caller: Caller = { kind: 'guest', guestKey: 'numbers' }
const lines = [{ sku: 'MUG-1', quantity: 1 }]

/** In the demo store that is the channel of the Spree dialect; its carts may be ordered through all the others. */
describeOnEachDatabase('a cart that gives its orders their numbers', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  async function readyCart() {
    const { operations } = till.server
    const made = await operations.createCart(caller, { channel: 'us-spree', lines })
    if (!made.ok) throw new Error(made.error.code)
    const { id, number } = made.value.cart.cart
    const cart = { key: { id } }
    const placement: Placement = {
      buyer: { email: 'first@polytill.test' },
      billingAddress: place,
      consignments: [{ destination: { kind: 'address', address: place }, selectedOption: 'ups-ground' }],
      payments: [{ method: 'check' }],
      requires: ['payment', 'shipping_option'],
    }
    const order = async (more: Placement = {}) => {
      const placed = await operations.placeOrder(caller, { cart, placement: { ...placement, ...more } })
      return placed.ok ? placed.value.order.number : placed.error.code
    }
    const draft = async () => {
      const drafted = await operations.draftOrder(caller, { cart })
      if (!drafted.ok) throw new Error(drafted.error.code)
      return drafted.value.order
    }
    return { id, number, cart, order, draft }
  }

  it('may have several drafts, and be bought all the same', async () => {
    const { id, number, draft, order } = await readyCart()
    const drafts = [await draft(), await draft()]
    expect(drafts.map(one => one.number)).toEqual([number, number])
    expect(await order()).toBe(number)
    const numbers = (await till.ordersOf(id)).map(one => [one.status, one.number, one.parts[0]?.number])
    const [first, second] = drafts.map(one => `${number}-${one.integerId}`)
    expect(numbers).toEqual([
      ['confirmed', number, number],
      ['incomplete', second, second],
      ['incomplete', first, first],
    ])
    await till.expectBooksInOrder()
  })

  it('may be bought by a draft that another one took the number from', async () => {
    const { number, draft } = await readyCart()
    const [first, second] = [await draft(), await draft()]
    const placement = { payments: [{ method: 'check' }] }
    const placed = await till.server.operations.placeDraft(caller, { id: first.id, placement })
    expect(placed).toMatchObject({ ok: true, value: { order: { number: `${number}-${first.integerId}` } } })
    expect(second.number).toBe(number)
    await till.expectBooksInOrder()
  })

  it('may be bought again where it stays open', async () => {
    const { number, cart, order } = await readyCart()
    expect(await order({ keepsCartOpen: true })).toBe(number)
    for (const next of [`${number}-2`, `${number}-3`]) {
      await till.server.operations.addLineItems(caller, { cart, lines })
      expect(await order({ keepsCartOpen: true })).toBe(next)
    }
    await till.expectBooksInOrder()
  })
})
