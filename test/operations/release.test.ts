import { expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { anybody, memberOf, newCustomer } from './account-fixture.js'

const guest = () => ({ kind: 'guest', guestKey: `g-${crypto.randomUUID()}` }) as const
const lines = [{ sku: 'MUG-1', quantity: 2 }]

describeOnEachDatabase('a customer who signs out and leaves the cart to the browser', getServer => {
  async function customerWithCart() {
    const { operations } = getServer()
    const registered = await operations.registerCustomer(
      anybody,
      newCustomer({ email: `${crypto.randomUUID()}@p.test` }),
    )
    if (!registered.ok) throw new Error(registered.error.code)
    const caller = memberOf(registered.value)
    const made = await operations.createCart(caller, { channel: 'us', lines })
    if (!made.ok) throw new Error(made.error.code)
    await operations.changeCheckout(caller, {
      cart: { key: { id: made.value.cart.cart.id } },
      changes: { buyer: { email: 'ada@example.test' }, billingAddress: { line1: 'Street 1' } },
    })
    return { caller, cart: { key: { id: made.value.cart.cart.id } } }
  }

  it('leaves the lines under the same id, and nothing personal', async () => {
    const { operations } = getServer()
    const { caller, cart } = await customerWithCart()
    const to = guest()
    const released = await operations.releaseCart(caller, { cart, to })
    expect(released).toMatchObject({ ok: true, value: { cart: { cart: { owner: to, buyer: {} } } } })
    const read = await operations.readCart(to, cart)
    expect(read).toMatchObject({ ok: true, value: { cart: { cart: { lineItems: [{ sku: 'MUG-1', quantity: 2 }] } } } })
    expect(JSON.stringify(read.ok && read.value.cart.cart)).not.toMatch(/ada@example|Street 1/)
  })

  it('cannot reach that cart any more', async () => {
    const { operations } = getServer()
    const { caller, cart } = await customerWithCart()
    await operations.releaseCart(caller, { cart, to: guest() })
    expect(await operations.readCart(caller, cart)).toEqual({ ok: false, error: { code: 'cart_not_found' } })
    expect(await operations.releaseCart(caller, { cart, to: guest() })).toMatchObject({ ok: false })
  })

  it('is the only one who can do that', async () => {
    const { operations } = getServer()
    const { caller, cart } = await customerWithCart()
    const others: readonly Caller[] = [
      guest(),
      memberOf({ id: crypto.randomUUID() }),
      { ...guest(), heldCarts: [cart.key.id] },
      { kind: 'key', keyId: 'k', permissions: ['carts:write'] },
    ]
    for (const other of others) {
      const refused = await operations.releaseCart(other, { cart, to: guest() })
      expect(refused).toEqual({ ok: false, error: { code: 'cart_not_found' } })
    }
    expect((await operations.readCart(caller, cart)).ok).toBe(true)
  })
})
