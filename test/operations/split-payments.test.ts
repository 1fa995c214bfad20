import { beforeAll, expect, it } from 'vitest'
import type { Placement } from '../../src/operations/operations.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { choose, guestCart, handIn, mugsTotal, openTill, orphaned, overdue, purchaseBy, type Till } from './till.js'

const byCard = 'dummyPaymentCreditCard'

describeOnEachDatabase(
  'an order that is paid in two parts',
  getServer => {
    let till: Till
    beforeAll(async () => {
      till = await openTill(getServer())
    })

    /** 10.00 by a card that behaves in the first way, the rest by one that behaves in the second. */
    async function sellInParts(first: string, second: string, more: Partial<Placement> = {}) {
      const guest = await guestCart(till)
      const answer = await till.server.operations.placeOrder(guest.caller, {
        cart: { key: { id: guest.cartId } },
        placement: purchaseBy('', {
          payments: [{ method: byCard, amount: 1_000n }, { method: byCard }],
          instruments: [{ mode: first }, { mode: second }],
          ...more,
        }),
      })
      return { ...guest, answer, ...(await till.saleOf(guest.cartId)) }
    }

    async function statesOf(cartId: string) {
      const { order, payments } = await till.saleOf(cartId)
      return [order.status, ...payments.map(({ state }) => state).sort()]
    }

    it('is confirmed by both; each has its own part', async () => {
      const { answer, cartId, payments } = await sellInParts('approve', 'approve')
      expect(answer.ok).toBe(true)
      expect(payments.map(({ amount }) => amount)).toEqual([1_000n, mugsTotal - 1_000n])
      expect(await statesOf(cartId)).toEqual(['confirmed', 'authorized', 'authorized'])
      await till.expectBooksInOrder()
    })

    it.each([
      ['approve', 'decline', {}, ['canceled', 'failed', 'voided']],
      ['decline', 'approve', { capture: true }, ['canceled', 'failed', 'refunded']],
      ['approve', 'wrong_amount', { capture: true }, ['canceled', 'refunded', 'refunded']],
      ['redirect', 'decline', {}, ['canceled', 'failed', 'voided']],
    ] as const)('%s and %s (%o) is not sold, and both parts go back', async (first, second, more, expected) => {
      const { answer, cartId } = await sellInParts(first, second, more)
      expect(answer).toMatchObject({ ok: false, error: { code: 'payment_declined' } })
      expect(await statesOf(cartId)).toEqual(expected)
      expect((await till.cart(cartId)).status).toBe('open')
      await till.expectBooksInOrder()
    })

    it('waits for the page of one part, and is confirmed by it', async () => {
      const { answer, cartId, order } = await sellInParts('approve', 'redirect_notify_late')
      expect(await statesOf(cartId)).toEqual(['pending', 'authorized', 'requires_action'])
      const { payload } = await choose(till, answer.ok ? answer.value.redirectUrl : null, 'approved')
      expect((await handIn(till, order.number, payload)).status).toBe(201)
      expect(await statesOf(cartId)).toEqual(['confirmed', 'authorized', 'authorized'])
      await till.expectBooksInOrder()
    })

    it('of which one is never decided gives both back at the deadline', async () => {
      const { cartId } = await sellInParts('approve', 'redirect', { capture: true })
      await till.recoverAfter(overdue)
      expect(await statesOf(cartId)).toEqual(['canceled', 'refunded', 'voided'])
      await till.expectBooksInOrder()
    })

    it.each([
      ['answer_lost', ['confirmed', 'authorized', 'authorized']],
      ['never', ['canceled', 'failed', 'voided']],
    ] as const)('of which one is silent (%s) is decided once the gateway was asked', async (mode, expected) => {
      const { answer, cartId } = await sellInParts('approve', mode)
      expect(answer).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
      expect(await statesOf(cartId)).toEqual(['pending', 'authorized', 'unknown'])
      await till.recoverAfter(orphaned)
      expect(await statesOf(cartId)).toEqual(expected)
      await till.expectBooksInOrder()
    })

    it('is not placed where the parts are less than the whole, or one is of no known kind', async () => {
      const guest = await guestCart(till)
      const place = (payments: NonNullable<Placement['payments']>) =>
        till.server.operations.placeOrder(guest.caller, {
          cart: { key: { id: guest.cartId } },
          placement: purchaseBy('approve', { payments, instruments: [{ mode: 'approve' }, { mode: 'approve' }] }),
        })
      const short = { code: 'payment_short', missing: mugsTotal - 1_999n }
      const parts = [
        { method: byCard, amount: 1_000n },
        { method: byCard, amount: 999n },
      ]
      expect(await place(parts)).toMatchObject({ ok: false, error: { code: 'cart_invalid', problems: [short] } })
      const unknown = { code: 'payment_method_unknown', method: 'gold' }
      const gold = await place([{ method: 'gold' }, { method: byCard }])
      expect(gold).toMatchObject({ ok: false, error: { code: 'cart_invalid', problems: [unknown] } })
      expect(await till.ordersOf(guest.cartId)).toEqual([])
    })

    it('never costs more than the whole, whatever the shopper states', async () => {
      const guest = await guestCart(till)
      const answer = await till.server.operations.placeOrder(guest.caller, {
        cart: { key: { id: guest.cartId } },
        placement: purchaseBy('approve', {
          payments: [{ method: byCard, amount: -5_000n }, { method: byCard, amount: 9_000_000n }, { method: byCard }],
          instruments: [{ mode: 'approve' }, { mode: 'approve' }, { mode: 'approve' }],
        }),
      })
      expect(answer.ok).toBe(true)
      expect((await till.saleOf(guest.cartId)).payments).toMatchObject([{ amount: mugsTotal }])
      await till.expectBooksInOrder()
    })
  },
  { gatewayWaitMilliseconds: 1_500 },
)
