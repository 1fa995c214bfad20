import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { guestCart, mugsTotal, openTill, orphaned, purchaseBy, sell, type Till } from './till.js'

describeOnEachDatabase('an order that is called off', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })
  const cancel = (id: string) =>
    till.server.operations.cancelOrder({ kind: 'system' }, { id, reason: 'changed my mind' })

  it.each([
    [false, 'voided', 'voided', []],
    [true, 'refunded', 'refunded', [mugsTotal]],
  ] as const)('with the money taken: %s, says that it was %s', async (capture, status, state, refunds) => {
    const before = await till.stockOf('MUG-1')
    const { cartId } = await sell(till, 'approve', { capture })
    const { order } = await till.saleOf(cartId)
    const [first, second] = await Promise.all([cancel(order.id), cancel(order.id)])
    expect(first.ok && second.ok).toBe(true)
    const sale = await till.saleOf(cartId)
    expect(sale).toMatchObject({
      order: { status: 'canceled', paymentStatus: status, cancelReason: 'changed my mind' },
      payments: [{ state }],
    })
    expect((sale.payments[0]?.refunds ?? []).map(({ amount }) => amount)).toEqual(refunds)
    expect(await till.stockOf('MUG-1')).toBe(before)
    await till.recoverAfter(orphaned)
    await till.expectBooksInOrder()
  })

  describe('in a channel whose carts give orders their numbers', () => {
    it('lets the next try have the number', async () => {
      const { operations, storage } = till.server
      await storage.sql.query(
        `update channels set body = jsonb_set(body::jsonb, '{orderNumbers}',
          '{"kind": "cart_number", "prefix": "", "first": 1, "groupSuffix": false}')::json where id = 'de'`,
      )
      await storage.sql.query('update catalog_epoch set epoch = epoch + 1')
      const { caller, cartId } = await guestCart(till)
      const cart = { key: { id: cartId } }
      const { number } = await till.cart(cartId)
      for (const mode of ['decline', 'decline', 'approve']) {
        const placed = await operations.placeOrder(caller, { cart, placement: purchaseBy(mode) })
        expect(placed.ok).toBe(mode === 'approve')
      }
      const orders = await till.ordersOf(cartId)
      const numbers = orders.map(order => [order.status, order.number === number, order.number.startsWith(number)])
      expect(numbers.sort()).toEqual([
        ['canceled', false, true],
        ['canceled', false, true],
        ['confirmed', true, true],
      ])
      const parts = orders.map(order => order.parts.map(part => part.number === order.number))
      expect(parts).toEqual([[true], [true], [true]])
      await till.expectBooksInOrder()
    })
  })
})
