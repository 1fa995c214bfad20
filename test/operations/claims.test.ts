import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller, CartOwner } from '../../src/core/access/caller.js'
import type { Operations } from '../../src/operations/operations.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { openTill, secondProcess, type Till } from './till.js'

const first: Caller = { kind: 'member', customerId: 'member-1' }
const second: Caller = { kind: 'member', customerId: 'member-2' }
const visitor: Caller = { kind: 'visitor', visitorId: 'visitor-1' }
const stranger: Caller = { kind: 'visitor', visitorId: 'visitor-2' }
const key: Caller = { kind: 'key', keyId: 'key', permissions: ['carts:read', 'carts:write', 'orders:place'] }
const reader: Caller = { kind: 'key', keyId: 'reader', permissions: ['orders:read'] }
const place = {
  firstName: 'Ada',
  line1: '1 Test Street',
  city: 'New York',
  postalCode: '10011',
  subdivision: 'NY',
  country: 'US',
}

describeOnEachDatabase('a cart that nobody owns for good', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })
  const operations = () => till.server.operations

  async function cartOf(owner: CartOwner): Promise<string> {
    const lines = [{ sku: 'SHIRT', quantity: 1 }]
    const made = await operations().createCart(key, { channel: 'us-wix', owner, lines })
    if (!made.ok) throw new Error(made.error.code)
    return made.value.cart.cart.id
  }

  const ways: Readonly<Record<string, (caller: Caller, id: string, on?: Operations) => Promise<{ ok: boolean }>>> = {
    'a look': (caller, id, on = operations()) => on.readCart(caller, { key: { id } }),
    'a quote': (caller, id, on = operations()) =>
      on.quoteCart(caller, { cart: { key: { id } }, plan: desk => desk.quote({}) }),
    'a change': (caller, id, on = operations()) =>
      on.addLineItems(caller, { cart: { key: { id } }, lines: [{ sku: 'MUG-1', quantity: 1 }] }),
    'a change that is refused': (caller, id, on = operations()) =>
      on.applyCoupon(caller, { cart: { key: { id } }, code: 'NO-SUCH-COUPON' }),
    'a change that changes nothing': (caller, id, on = operations()) =>
      on.changeCheckout(caller, { cart: { key: { id } }, changes: {} }),
  }

  describe.each(Object.entries(ways))('%s', (_name, reach) => {
    it.each([
      [
        'a visitor’s',
        { kind: 'visitor', visitorId: 'visitor-1' },
        stranger,
        { kind: 'visitor', visitorId: 'visitor-1' },
      ],
      ['a visitor’s', { kind: 'visitor', visitorId: 'visitor-1' }, first, { kind: 'member', customerId: 'member-1' }],
      ['an open', { kind: 'open' }, visitor, { kind: 'visitor', visitorId: 'visitor-1' }],
      ['an open', { kind: 'open' }, first, { kind: 'member', customerId: 'member-1' }],
      ['a visitor’s', { kind: 'visitor', visitorId: 'visitor-1' }, key, { kind: 'visitor', visitorId: 'visitor-1' }],
      ['an open', { kind: 'open' }, key, { kind: 'open' }],
      ['an open', { kind: 'open' }, reader, { kind: 'open' }],
      ['a closed', { kind: 'privileged' }, first, { kind: 'privileged' }],
    ] as const)('at %s cart (%o) by %o leaves the owner %o', async (_whose, owner, caller, expected) => {
      const id = await cartOf(owner)
      await reach(caller, id)
      expect((await till.cart(id)).owner).toEqual(expected)
    })

    it('of two members at once lets one have it; to the other it is not there', async () => {
      const other = await secondProcess(till)
      for (const owner of [{ kind: 'visitor', visitorId: 'visitor-1' }, { kind: 'open' }] as const) {
        const id = await cartOf(owner)
        await Promise.all([reach(first, id), reach(second, id, other.operations), reach(second, id)])
        const { owner: winner } = await till.cart(id)
        expect([first, second].map(caller => caller.kind === 'member' && caller.customerId)).toContain(
          winner.kind === 'member' ? winner.customerId : '',
        )
        const loser = winner.kind === 'member' && winner.customerId === 'member-1' ? second : first
        expect(await operations().readCart(loser, { key: { id } })).toEqual({
          ok: false,
          error: { code: 'cart_not_found' },
        })
      }
    })
  })

  it('that was ordered is the member’s too who looks at it first', async () => {
    const id = await cartOf({ kind: 'visitor', visitorId: 'visitor-1' })
    const cart = { key: { id } }
    const placement = {
      buyer: { email: 'v@polytill.test' },
      billingAddress: place,
      consignments: [
        { destination: { kind: 'address' as const, address: place }, selectedOption: 'standard-us-shipping' },
      ],
      payments: [{ method: 'offline' }],
    }
    expect(await operations().placeOrder(visitor, { cart, placement })).toMatchObject({ ok: true })
    expect((await till.cart(id)).status).toBe('closed')
    expect(await operations().readCart(second, cart)).toMatchObject({ ok: true })
    expect(await operations().readCart(first, cart)).toEqual({ ok: false, error: { code: 'cart_not_found' } })
    expect(await operations().readCart(visitor, cart)).toEqual({ ok: false, error: { code: 'cart_not_found' } })
    await till.expectBooksInOrder()
  })

  it('while its payment is awaited may change hands, and is settled all the same', async () => {
    const id = await cartOf({ kind: 'visitor', visitorId: 'visitor-1' })
    const cart = { key: { id } }
    const placement = {
      buyer: { email: 'v@polytill.test' },
      billingAddress: place,
      consignments: [
        { destination: { kind: 'address' as const, address: place }, selectedOption: 'standard-us-shipping' },
      ],
      payments: [{ method: 'creditCard' }],
      instruments: [{ mode: 'redirect' }],
    }
    const placed = await operations().placeOrder(visitor, { cart, placement })
    expect(placed).toMatchObject({ ok: true, value: { order: { status: 'pending' } } })
    expect(await operations().readCart(second, cart)).toMatchObject({ ok: true })
    const clerk: Caller = { kind: 'key', keyId: 'clerk', permissions: ['payments:write'] }
    const order = placed.ok ? placed.value.order.id : ''
    expect(await operations().recordPayment(clerk, { order })).toMatchObject({
      ok: true,
      value: { order: { status: 'confirmed' } },
    })
    expect(await till.cart(id)).toMatchObject({ status: 'closed', owner: { customerId: 'member-2' } })
    await till.expectBooksInOrder()
  })
})
