import { beforeAll, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import type { CheckoutChanges } from '../../src/operations/operations.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { openTill, type Till } from './till.js'

const secrets = ['Adelheid', 'Gasse 17', '60311', '+49 69 1234']
const address = {
  firstName: 'Adelheid',
  line1: 'Gasse 17',
  city: 'New York',
  postalCode: '60311',
  subdivision: 'NY',
  country: 'US',
}
const filledIn: CheckoutChanges = {
  buyer: { firstName: 'Adelheid', phone: '+49 69 1234' },
  billingAddress: address,
  consignments: [{ destination: { kind: 'address', address }, selectedOption: 'standard-us-shipping' }],
}

describeOnEachDatabase('in a channel that keeps nothing of people it does not know', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  async function cartOf(caller: Caller, more: object = {}): Promise<string> {
    const lines = [{ sku: 'SHIRT', quantity: 1 }]
    const made = await till.server.operations.createCart(caller, { channel: 'us-wix', lines, ...more })
    if (!made.ok) throw new Error(made.error.code)
    return made.value.cart.cart.id
  }

  /** Everything that any table says, as one text, of rows with that id in them. */
  async function storedTextOf(cartId: string): Promise<string> {
    const { rows } = await till.server.storage.sql.query<{ text: string }>(
      `select c::text as text from carts c where id = $1 union all select o::text from outbox o where subject = $1`,
      [cartId],
    )
    return rows.map(({ text }) => text).join()
  }

  it('a visitor’s address is priced and answered, and stored nowhere', async () => {
    const visitor: Caller = { kind: 'visitor', visitorId: 'v-1' }
    const cartId = await cartOf(visitor)
    const cart = { key: { id: cartId } }
    const changed = await till.server.operations.changeCheckout(visitor, { cart, changes: filledIn })
    expect(changed).toMatchObject({
      ok: true,
      value: { cart: { cart: { billingAddress: address, buyer: filledIn.buyer }, totals: { grandTotal: 2_000n } } },
    })
    const text = await storedTextOf(cartId)
    expect(text).toContain('SHIRT')
    for (const secret of secrets) expect(text).not.toContain(secret)
    const read = await till.server.operations.readCart(visitor, cart)
    expect(read).toMatchObject({ ok: true, value: { cart: { cart: { buyer: {}, lineItems: [{ sku: 'SHIRT' }] } } } })
  })

  it('what a new cart is told of its buyer is not stored either', async () => {
    const cartId = await cartOf({ kind: 'visitor', visitorId: 'v-2' }, { buyer: filledIn.buyer })
    for (const secret of secrets) expect(await storedTextOf(cartId)).not.toContain(secret)
  })

  it('whoever gives an e-mail address, or is a member, is remembered', async () => {
    const visitor: Caller = { kind: 'visitor', visitorId: 'v-3' }
    const member: Caller = { kind: 'member', customerId: 'c-1' }
    const buyer = { ...filledIn.buyer, email: 'known@polytill.test' }
    for (const [caller, changes] of [
      [visitor, { ...filledIn, buyer }],
      [member, filledIn],
    ] as const) {
      const cartId = await cartOf(caller)
      const cart = { key: { id: cartId } }
      expect((await till.server.operations.changeCheckout(caller, { cart, changes })).ok).toBe(true)
      expect(await till.cart(cartId)).toMatchObject({ billingAddress: address })
      for (const secret of secrets) expect(await storedTextOf(cartId)).toContain(secret)
    }
  })

  it('of a purchase that is declined, the cart keeps no more than before', async () => {
    const visitor: Caller = { kind: 'visitor', visitorId: 'v-4' }
    const cartId = await cartOf(visitor)
    const placement = { ...filledIn, payments: [{ method: 'creditCard' }], instruments: [{ mode: 'decline' }] }
    const placed = await till.server.operations.placeOrder(visitor, { cart: { key: { id: cartId } }, placement })
    expect(placed).toEqual({ ok: false, error: { code: 'payment_declined', reason: 'card_declined' } })
    expect((await till.cart(cartId)).status).toBe('open')
    for (const secret of secrets) expect(await storedTextOf(cartId)).not.toContain(secret)
    await till.expectBooksInOrder()
  })
})
