import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Assembly } from '../../src/assemble.js'
import { limits } from '../../src/core/limits.js'
import type { Placement } from '../../src/operations/operations.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { card, checkout, purchase } from '../wire/spryker/basket.js'
import {
  guestCart,
  mugsTotal,
  openTill,
  orphaned,
  overdue,
  purchaseBy,
  secondProcess,
  sell,
  type Till,
} from './till.js'

const gatewayWaitMilliseconds = 1_500
const soon = { timeout: 15_000, interval: 20 }

describeOnEachDatabase(
  'the recovery job',
  getServer => {
    let till: Till
    beforeAll(async () => {
      till = await openTill(getServer())
    })

    /** What became of the newest order of a cart: order status, payment states, cart status. */
    async function outcomeOf(cartId: string) {
      const { order, payments } = await till.saleOf(cartId)
      return [order.status, payments.map(({ state }) => state).join(), (await till.cart(cartId)).status]
    }

    const waiting = ['pending', 'unknown', 'placing']
    const sold = ['confirmed', 'authorized', 'closed']

    describe('after a silent gateway', () => {
      it('that never heard of it, cancels and gives the cart back with a word', async () => {
        const { who, cartId } = await guestCart(till)
        const answer = await checkout(till.glue, who, purchase(cartId, { payments: [card('4000000000001406')] }))
        const { order } = await till.saleOf(cartId)
        expect(answer.status).toBe(422)
        expect(answer.json.errors).toMatchObject([{ code: '1102', detail: expect.stringContaining(order.number) }])
        expect(await outcomeOf(cartId)).toEqual(waiting)

        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'failed', 'open'])
        expect((await till.cart(cartId)).notices).toMatchObject([{ code: 'payment_declined' }])
        await till.expectBooksInOrder()
        const paid = await checkout(till.glue, who, purchase(cartId, { payments: [card('4111111111111111')] }))
        expect(paid.status).toBe(201)
        await till.expectBooksInOrder()
      })

      it('whose request was only slow, charges nothing: the gateway is told to refuse it', async () => {
        const { cartId } = await sell(till, 'never')
        await till.recoverAfter(orphaned)
        const { payments } = await till.saleOf(cartId)
        const record = await till.server.storage.gatewayRecords.get(`attempt:${payments[0]?.idempotencyKey}`)
        expect(record?.value).toMatchObject({ state: 'voided', captured: '0' })
      })

      it.each([
        ['reserved', {}, sold],
        ['took', { capture: true }, ['confirmed', 'captured', 'closed']],
      ] as const)('that %s the money all the same, confirms once', async (_, more, expected) => {
        const { cartId, answer } = await sell(till, 'answer_lost', more)
        const { order } = await till.saleOf(cartId)
        const error = { code: 'payment_unknown', orderId: order.id, orderNumber: order.number }
        expect(answer).toEqual({ ok: false, error })
        expect(await outcomeOf(cartId)).toEqual(waiting)
        await till.recoverAfter(orphaned)
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(expected)
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
        await till.expectBooksInOrder()
      })

      it('that took the money, says that it went back where somebody calls the order off meanwhile', async () => {
        const { cartId } = await sell(till, 'answer_lost', { capture: true })
        const { order } = await till.saleOf(cartId)
        await till.server.operations.cancelOrder({ kind: 'system' }, { id: order.id, reason: 'changed my mind' })
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'refunded', 'open'])
        expect((await till.saleOf(cartId)).order.paymentStatus).toBe('refunded')
        await till.expectBooksInOrder()
      })

      it('leaves an attempt alone that may still be under way', async () => {
        const { cartId } = await sell(till, 'answer_lost')
        await till.server.operations.recoverOrders()
        expect(await outcomeOf(cartId)).toEqual(waiting)
      })

      it('asks again until the gateway is back', async () => {
        const { cartId } = await sell(till, 'outage')
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(waiting)
        await gatewayIsBack(till, cartId)
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(sold)
        await till.expectBooksInOrder()
      })

      it('gives up at the deadline, and gives the money back once the gateway is there again', async () => {
        const { cartId } = await sell(till, 'outage', { capture: true })
        await till.recoverAfter(overdue)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'refund_due', 'open'])
        await gatewayIsBack(till, cartId)
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'refunded', 'open'])
        await till.expectBooksInOrder()
      })

      it('is not held up by attempts that nobody answers for', async () => {
        const stuck = await Promise.all(Array.from({ length: 3 }, () => sell(till, 'outage')))
        const { cartId } = await sell(till, 'answer_lost')
        till.server.advance(orphaned * 1_000)
        const began = Date.now()
        await till.server.operations.recoverOrders()
        expect(await outcomeOf(cartId)).toEqual(sold)
        // Three silent attempts are waited for together, not one after the other.
        expect(Date.now() - began).toBeLessThan(2.9 * gatewayWaitMilliseconds)
        for (const each of stuck) await gatewayIsBack(till, each.cartId)
        await till.recoverAfter(orphaned)
        for (const each of stuck) expect(await outcomeOf(each.cartId)).toEqual(sold)
        await till.expectBooksInOrder()
      })
    })

    describe('is not needed', () => {
      it('where a late answer is notified', async () => {
        const { cartId, answer } = await sell(till, 'late')
        expect(answer).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
        await vi.waitFor(async () => expect(await outcomeOf(cartId)).toEqual(sold), soon)
        await till.expectBooksInOrder()
      })

      it('where a payment that was pending is notified', async () => {
        const { who, cartId } = await guestCart(till)
        const answer = await checkout(till.glue, who, purchase(cartId, { payments: [card('4000000000001802')] }))
        expect(answer.status).toBe(201)
        expect(answer.json.data.attributes.redirectUrl).toBeNull()
        expect(await outcomeOf(cartId)).toEqual(['pending', 'pending', 'placing'])
        await vi.waitFor(async () => expect(await outcomeOf(cartId)).toEqual(sold), soon)
        await till.expectBooksInOrder()
      })
    })

    it('makes a repeat under the same key wait as the first one did, and then tells of the order', async () => {
      const idempotencyKey = crypto.randomUUID()
      const { caller, cartId, answer } = await sell(till, 'answer_lost', { idempotencyKey })
      const again = () =>
        till.server.operations.placeOrder(caller, {
          cart: { key: { id: cartId } },
          placement: purchaseBy('approve', { idempotencyKey }),
        })
      expect(answer).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
      expect(await again()).toEqual(answer)
      await till.recoverAfter(orphaned)
      expect(await again()).toMatchObject({ ok: true, value: { isRepeat: true, order: { status: 'confirmed' } } })
      expect((await till.saleOf(cartId)).payments).toHaveLength(1)
    })

    describe('after a crash', () => {
      it('between prepare and pay, cancels an order that no gateway heard of', async () => {
        const { cartId } = await crash(till, 'before paying', 'approve')
        expect(await outcomeOf(cartId)).toEqual(['pending', 'created', 'placing'])
        await till.server.operations.recoverOrders()
        expect(await outcomeOf(cartId)).toEqual(['pending', 'created', 'placing'])
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'failed', 'open'])
        await till.expectBooksInOrder()
      })

      it('right after an order by invoice was written, has nothing to do: it was confirmed by the same transaction', async () => {
        const invoice = { payments: [{ method: 'dummyPaymentInvoice' }], instruments: [{}] }
        const { cartId } = await crash(till, 'before paying', 'approve', invoice)
        expect(await outcomeOf(cartId)).toEqual(sold)
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(sold)
        await till.expectBooksInOrder()
      })

      it.each([
        ['approve', {}, sold],
        ['approve', { capture: true }, ['confirmed', 'captured', 'closed']],
        ['decline', {}, ['canceled', 'failed', 'open']],
        ['wrong_amount', {}, ['canceled', 'voided', 'open']],
        ['wrong_currency', { capture: true }, ['canceled', 'refunded', 'open']],
      ] as const)('between pay and finalize (%s, %o), does what the gateway says', async (mode, more, expected) => {
        const { cartId } = await crash(till, 'before finalizing', mode, more)
        expect(await outcomeOf(cartId)).toEqual(['pending', 'created', 'placing'])
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(expected)
        await till.expectBooksInOrder()
      })

      it('between pay and finalize on the way to the payment page, waits for the shopper, then gives up', async () => {
        const { cartId } = await crash(till, 'before finalizing', 'redirect')
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(['pending', 'requires_action', 'placing'])
        await till.recoverAfter(overdue)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'voided', 'open'])
        await till.expectBooksInOrder()
      })

      it('before stray money went back, returns it', async () => {
        const { cartId } = await crash(till, 'before returning money', 'wrong_amount', { capture: true })
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'refund_due', 'open'])
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'refunded', 'open'])
        await till.expectBooksInOrder()
      })

      it('of the job itself, once the gateway was told to refuse an attempt, comes to the same', async () => {
        const { cartId } = await crash(till, 'before paying', 'approve')
        till.server.advance(orphaned * 1_000)
        const dying = await dyingProcess(till, 'before finalizing')
        await dying.operations.recoverOrders()
        expect(await outcomeOf(cartId)).toEqual(['pending', 'created', 'placing'])
        await till.recoverAfter(orphaned)
        expect(await outcomeOf(cartId)).toEqual(['canceled', 'failed', 'open'])
        expect((await till.cart(cartId)).notices).toMatchObject([{ code: 'payment_declined' }])
        await till.expectBooksInOrder()
      })

      it('is done once by ten processes at the same moment', async () => {
        const { cartId } = await crash(till, 'before finalizing', 'approve', { capture: true })
        till.server.advance(orphaned * 1_000)
        await Promise.all(Array.from({ length: 10 }, () => till.server.operations.recoverOrders()))
        const { order, payments } = await till.saleOf(cartId)
        expect(await outcomeOf(cartId)).toEqual(['confirmed', 'captured', 'closed'])
        expect(payments[0]?.captured).toBe(mugsTotal)
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
        await till.expectBooksInOrder()
      })
    })
  },
  // The server's own job stays out of it: the tests say when it runs.
  { gatewayWaitMilliseconds, order: 'side by side', environment: { POLYTILL_RECOVERY_SECONDS: '3600' } },
)

it('an attempt is left alone for longer than anybody waits for a gateway', () => {
  expect(orphaned * 1_000).toBeGreaterThan(2 * limits.gatewayWaitMilliseconds)
})

/** The outage ends: the gateway answers for that cart's attempt from now on. */
async function gatewayIsBack(till: Till, cartId: string): Promise<void> {
  const { payments } = await till.saleOf(cartId)
  await till.server.storage.sql.query(
    `update gateway_records set value = replace(value::text, '"outage"', '"approve"')::json where key = $1`,
    [`attempt:${payments[0]?.idempotencyKey}`],
  )
}

type Moment = 'before paying' | 'before finalizing' | 'before returning money'

/** A purchase in another process over the same database, which dies at that moment: it never writes anything again. */
async function crash(till: Till, moment: Moment, mode: string, more: Partial<Placement> = {}) {
  const guest = await guestCart(till)
  const { operations } = await dyingProcess(till, moment)
  const placing = operations.placeOrder(guest.caller, {
    cart: { key: { id: guest.cartId } },
    placement: purchaseBy(mode, more),
  })
  await expect(placing).rejects.toThrow(moment)
  return guest
}

function dyingProcess(till: Till, moment: Moment): Promise<Assembly> {
  const { storage } = till.server
  const die = async (): Promise<never> => {
    throw new Error(`killed ${moment}`)
  }
  const dying: Readonly<Record<Moment, Partial<OpenStorage>>> = {
    'before paying': {
      orders: {
        ...storage.orders,
        prepare: async input => {
          await storage.orders.prepare(input)
          return die()
        },
      },
    },
    'before finalizing': { orders: { ...storage.orders, settle: die } },
    'before returning money': { payments: { ...storage.payments, save: die } },
  }
  return secondProcess(till, dying[moment])
}
