import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import type { Cart } from '../../src/core/cart/cart.js'
import type { NewLine } from '../../src/core/cart/changes.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { anybody, memberOf, newCustomer } from './account-fixture.js'
import { guestCart, openTill, purchaseBy, secondProcess, type Till } from './till.js'

const password = 'right password'
const mugs = (quantity: number): NewLine => ({ sku: 'MUG-1', quantity })
const tee = (quantity: number): NewLine => ({ sku: 'TEE-1', quantity })
const piecesOf = (cart: Cart | undefined) => cart?.lineItems.map(line => `${line.quantity} ${line.sku}`)

describeOnEachDatabase('a guest who signs in', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  /** A customer with a cart of these lines, or without one. */
  async function customerWith(lines?: readonly NewLine[]) {
    const input = newCustomer()
    const email = `${crypto.randomUUID()}@polytill.test`
    const registered = await till.server.operations.registerCustomer(anybody, { ...input, email, password })
    if (!registered.ok) throw new Error(registered.error.code)
    const caller = memberOf(registered.value)
    if (lines !== undefined) await till.server.operations.createCart(caller, { channel: 'de', lines })
    return { caller, email, customerId: registered.value.id }
  }

  async function signIn(email: string, guestKey: string, at: Till['server']['operations'] = till.server.operations) {
    const guest = { kind: 'guest', guestKey } as const
    const clientAddress = '192.0.2.7'
    const signedIn = await at.signIn({ email, password, clientAddress, adoptCart: { guest, channel: 'de' } })
    expect(signedIn.ok).toBe(true)
  }

  async function cartsOf(caller: Caller) {
    const listed = await till.server.operations.listCarts(caller, { channel: 'de' })
    return listed.ok ? listed.value.map(view => view.cart.cart) : []
  }

  it('without a cart of one’s own keeps the very cart, with its codes', async () => {
    const { caller: guest, who, cartId } = await guestCart(till)
    const { operations } = till.server
    await operations.applyCode(guest, { cart: { key: { id: cartId } }, code: 'ONCE' })
    const { caller, email, customerId } = await customerWith()
    await signIn(email, who.guest)
    const carts = await cartsOf(caller)
    expect(carts).toMatchObject([
      {
        id: cartId,
        owner: { kind: 'member', customerId },
        buyer: { customerId },
        lineItems: [{ sku: 'MUG-1', quantity: 2 }],
        couponCodes: ['ONCE'],
      },
    ])
    expect(await cartsOf(guest)).toEqual([])
    const lost = await operations.readCart(guest, { key: { id: cartId } })
    expect(lost).toEqual({ ok: false, error: { code: 'cart_not_found' } })
  })

  it('who registers keeps the cart as well', async () => {
    const { who, cartId } = await guestCart(till)
    const email = `${crypto.randomUUID()}@polytill.test`
    const adoptCart = { guest: { kind: 'guest', guestKey: who.guest }, channel: 'de' } as const
    const made = await till.server.operations.registerCustomer(anybody, { ...newCustomer(), email, adoptCart })
    if (!made.ok) throw new Error(made.error.code)
    expect(await cartsOf(memberOf(made.value))).toMatchObject([{ id: cartId }])
  })

  it('with a cart of one’s own gets the lines joined; the codes stay behind, and the guest’s cart is gone', async () => {
    const { caller: guest, who, cartId } = await guestCart(till, [mugs(2), { sku: 'TEE-1', quantity: 1 }])
    await till.server.operations.applyCode(guest, { cart: { key: { id: cartId } }, code: 'ONCE' })
    const { caller, email } = await customerWith([mugs(3)])
    await signIn(email, who.guest)
    const [cart, ...others] = await cartsOf(caller)
    expect(others).toEqual([])
    expect(cart?.lineItems.map(line => [line.sku, line.quantity])).toEqual([
      ['MUG-1', 5],
      ['TEE-1', 1],
    ])
    expect(cart).toMatchObject({ couponCodes: [], notices: [], version: 2 })
    expect((await till.server.storage.carts.read({ id: cartId })).cart).toBeUndefined()
    // Once more brings nothing more.
    await signIn(email, who.guest)
    expect((await cartsOf(caller))[0]).toEqual(cart)
  })

  it('gets as many pieces as there are, and is told of the rest', async () => {
    const { who } = await guestCart(till, [{ sku: 'TWENTY', quantity: 15 }])
    const { caller, email } = await customerWith([{ sku: 'TWENTY', quantity: 8 }])
    await signIn(email, who.guest)
    expect(await cartsOf(caller)).toMatchObject([
      {
        lineItems: [{ sku: 'TWENTY', quantity: 20 }],
        notices: [
          { code: 'quantity_reduced', level: 'warning', data: { sku: 'TWENTY', reason: 'insufficient_stock' } },
        ],
      },
    ])
  })

  it('is told of lines that are gone, and gets the others', async () => {
    const { who } = await guestCart(till, [{ sku: 'LAST-ONE', quantity: 1 }, mugs(1)])
    const { caller, email } = await customerWith([mugs(1)])
    const { sql } = till.server.storage
    await sql.query(`update stock set available = 0 where sku = 'LAST-ONE'`)
    await signIn(email, who.guest)
    await sql.query(`update stock set available = 1 where sku = 'LAST-ONE'`)
    expect(await cartsOf(caller)).toMatchObject([
      {
        lineItems: [{ sku: 'MUG-1', quantity: 2 }],
        notices: [{ code: 'line_removed', data: { sku: 'LAST-ONE', reason: 'insufficient_stock' } }],
      },
    ])
  })

  it('with an empty cart, or none, changes nothing', async () => {
    const { who } = await guestCart(till, [])
    const { caller, email } = await customerWith([mugs(3)])
    const before = await cartsOf(caller)
    await signIn(email, who.guest)
    await signIn(email, 'nobody has this key')
    expect(await cartsOf(caller)).toEqual(before)
  })

  it('with a cart that is being ordered leaves it where it is', async () => {
    const { who, cartId, caller: guest } = await guestCart(till)
    await till.server.storage.sql.query(`update carts set status = 'placing' where id = $1`, [cartId])
    const { caller, email } = await customerWith()
    await signIn(email, who.guest)
    await till.server.storage.sql.query(`update carts set status = 'open' where id = $1`, [cartId])
    expect(await cartsOf(caller)).toEqual([])
    expect(await cartsOf(guest)).toHaveLength(1)
  })

  describe.each([
    ['whose cart is being paid for while it stays open', true],
    ['whose customer’s own cart is being paid for while it stays open', false],
  ])('%s', (_, isGuests) => {
    it('has one cart of both, and no longer what was bought once that is paid', async () => {
      const { operations } = till.server
      const { caller: guest, who, cartId: guestsId } = await guestCart(till, [mugs(2), tee(1)])
      const { caller, email } = await customerWith([mugs(1), tee(2)])
      const [own] = await cartsOf(caller)
      const [buyer, boughtId] = isGuests ? [guest, guestsId] : [caller, own?.id ?? '']
      const placement = purchaseBy('approve', { keepsCartOpen: true, confirmsLater: true })
      const placed = await operations.placeOrder(buyer, { cart: { key: { id: boughtId } }, placement })
      if (!placed.ok) throw new Error(placed.error.code)
      await signIn(email, who.guest)
      const [joined, ...others] = await cartsOf(caller)
      expect([joined?.id, others]).toEqual([boughtId, []])
      expect(piecesOf(joined)).toEqual(['3 MUG-1', '3 TEE-1'])
      const { order } = placed.value
      await operations.sendPayments(buyer, { id: order.id, instruments: [{ mode: 'approve' }] })
      expect(await operations.confirmOrder(buyer, { id: order.id })).toMatchObject({ ok: true })
      expect(piecesOf(await till.cart(boughtId))).toEqual(isGuests ? ['1 MUG-1', '2 TEE-1'] : ['2 MUG-1', '1 TEE-1'])
      await till.expectBooksInOrder()
    })
  })

  it('with a wrong password adopts nothing', async () => {
    const { who, cartId, caller: guest } = await guestCart(till)
    const { email } = await customerWith()
    const adoptCart = { guest: { kind: 'guest', guestKey: who.guest }, channel: 'de' } as const
    const refused = await till.server.operations.signIn({ email, password: 'wrong', clientAddress: '', adoptCart })
    expect(refused).toEqual({ ok: false, error: { code: 'credentials_wrong' } })
    expect(await cartsOf(guest)).toMatchObject([{ id: cartId }])
  })

  describe('at the same moment', () => {
    const later = { keepsCartOpen: true, confirmsLater: true } as const

    it('as the guest’s cart is ordered and stays open, keeps that very cart, out of which what was bought is taken', async () => {
      const { operations, storage } = till.server
      const { who, cartId, caller: guest } = await guestCart(till, [mugs(2), tee(1)])
      const { caller, email } = await customerWith([mugs(1)])
      const cart = { key: { id: cartId } }
      const placed: Awaited<ReturnType<typeof operations.placeOrder>>[] = []
      const merge: typeof storage.carts.merge = async (...merging) => {
        // Everything was read by now.
        if (placed.length === 0) {
          placed.push(await operations.placeOrder(guest, { cart, placement: purchaseBy('approve', later) }))
        }
        return storage.carts.merge(...merging)
      }
      const other = await secondProcess(till, { carts: { ...storage.carts, merge } })
      await signIn(email, who.guest, other.operations)
      const [order] = placed
      if (!order?.ok) throw new Error('the order was not placed')
      expect((await cartsOf(caller)).map(({ id }) => id)).toEqual([cartId])
      const { id } = order.value.order
      await operations.sendPayments(guest, { id, instruments: [{ mode: 'approve' }] })
      expect(await operations.confirmOrder(guest, { id })).toMatchObject({ ok: true })
      expect(piecesOf(await till.cart(cartId))).toEqual(['1 MUG-1'])
      await till.expectBooksInOrder()
    })

    it('as the guest’s cart is ordered, leaves nothing to order where the carts were joined first', async () => {
      const { storage } = till.server
      const { who, cartId, caller: guest } = await guestCart(till, [mugs(2)])
      const { caller, email } = await customerWith([mugs(1)])
      const before = await till.stockOf('MUG-1')
      const prepare: typeof storage.orders.prepare = async input => {
        await signIn(email, who.guest)
        return storage.orders.prepare(input)
      }
      const other = await secondProcess(till, { orders: { ...storage.orders, prepare } })
      const purchase = { cart: { key: { id: cartId } }, placement: purchaseBy('approve', later) }
      const refused = await other.operations.placeOrder(guest, purchase)
      expect(refused).toEqual({ ok: false, error: { code: 'cart_not_found' } })
      expect((await cartsOf(caller)).map(piecesOf)).toEqual([['3 MUG-1']])
      expect(await till.stockOf('MUG-1')).toBe(before)
      expect(await till.ordersOf(cartId)).toEqual([])
      await till.expectBooksInOrder()
    })

    it('twice, in two processes, joins once', async () => {
      const { who } = await guestCart(till, [mugs(2)])
      const { caller, email } = await customerWith([mugs(3)])
      const other = await secondProcess(till)
      await Promise.all([signIn(email, who.guest), signIn(email, who.guest, other.operations)])
      expect(await cartsOf(caller)).toMatchObject([{ lineItems: [{ sku: 'MUG-1', quantity: 5 }] }])
    })

    it('as a change of the cart, being forgotten leaves no cart behind', async () => {
      const { caller, customerId } = await customerWith([mugs(1)])
      const { carts } = till.server.storage
      let isFirst = true
      const other = await secondProcess(till, {
        carts: {
          ...carts,
          remove: async (...removal) => {
            if (isFirst) await till.server.operations.addLineItems(caller, { cart: { own: 'de' }, lines: [mugs(1)] })
            isFirst = false
            return carts.remove(...removal)
          },
        },
      })
      expect((await other.operations.anonymizeCustomer(caller, { id: customerId })).ok).toBe(true)
      expect(isFirst).toBe(false)
      expect(await cartsOf(caller)).toEqual([])
    })

    it('as adds to both carts, loses no piece', async () => {
      const { who, caller: guest } = await guestCart(till, [mugs(1)])
      const { caller, email } = await customerWith([mugs(1)])
      const other = await secondProcess(till)
      const add = (by: Caller) => other.operations.addLineItems(by, { cart: { own: 'de' }, lines: [mugs(1)] })
      const adds = Promise.all(Array.from({ length: 10 }, (_, at) => add(at % 2 === 0 ? guest : caller)))
      await signIn(email, who.guest)
      const added = (await adds).filter(({ ok }) => ok).length
      const pieces = (await cartsOf(caller))
        .flatMap(cart => cart.lineItems)
        .reduce((sum, line) => sum + line.quantity, 0)
      expect(pieces).toBe(2 + added)
    })
  })
})
