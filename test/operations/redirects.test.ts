import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { present } from '../../src/core/assert.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { card, checkout, purchase } from '../wire/spryker/basket.js'
import { expectError } from '../wire/spryker/glue.js'
import { choose, guestCart, handIn, mugsTotal, openTill, overdue, purchaseBy, sell, type Till } from './till.js'

const cardWithPage = '4000000000003220'
const anybody: Caller = { kind: 'anonymous' }
/** A notification that is late comes a second after this. */
const gatewayWaitMilliseconds = 2_000
const soon = { timeout: 15_000, interval: 20 }

describeOnEachDatabase(
  'an order that waits for the payment page',
  getServer => {
    let till: Till
    beforeAll(async () => {
      till = await openTill(getServer())
    })

    /** A purchase whose card leads to the gateway's page. */
    async function sentAway(mode = 'redirect') {
      const sold = await sell(till, mode)
      const placed = sold.answer.ok ? sold.answer.value : undefined
      const { order, redirectUrl } = present(placed, 'the order was placed')
      return { ...sold, order, redirectUrl }
    }

    async function statusOf(cartId: string): Promise<string> {
      return (await till.saleOf(cartId)).order.status
    }

    it('is pending, holds the goods and freezes the cart', async () => {
      const before = await till.stockOf('MUG-1')
      const { caller, who, cartId } = await guestCart(till)
      const answer = await checkout(till.glue, who, purchase(cartId, { payments: [card(cardWithPage)] }))
      expect(answer.status).toBe(201)
      const { order, payments } = await till.saleOf(cartId)
      const redirectUrl = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/sandbox\/pay\/[\w-]+$/)
      expect(answer.json.data.attributes).toEqual({
        orderReference: order.number,
        redirectUrl,
        isExternalRedirect: true,
      })
      expect(order).toMatchObject({ status: 'pending', paymentStatus: 'pending' })
      expect(payments).toMatchObject([{ state: 'requires_action', amount: mugsTotal }])
      expect(await till.stockOf('MUG-1')).toBe(before - 2)

      const cart = { key: { id: cartId } }
      const locked = { ok: false, error: { code: 'cart_locked' } }
      const { operations } = till.server
      const lines = [{ sku: 'MUG-1', quantity: 1 }]
      expect(await operations.addLineItems(caller, { cart, lines })).toEqual(locked)
      expect(await operations.applyCode(caller, { cart, code: 'ONCE' })).toEqual(locked)
      expect(await operations.deleteCart(caller, { cart })).toEqual(locked)
      expect((await till.cart(cartId)).lineItems).toMatchObject([{ sku: 'MUG-1', quantity: 2 }])
      await till.expectBooksInOrder()
    })

    it('is confirmed once by the shopper who comes back, however often', async () => {
      const { who, cartId } = await guestCart(till)
      const placed = await checkout(till.glue, who, purchase(cartId, { payments: [card(cardWithPage)] }))
      const { orderReference, redirectUrl } = placed.json.data.attributes
      const page = await till.server.request('GET', new URL(redirectUrl).pathname)
      expect(page.status).toBe(200)
      expect(page.text).toContain(orderReference)

      const { payload } = await choose(till, redirectUrl, 'approved')
      const first = await handIn(till, orderReference, payload)
      expect(first.status).toBe(201)
      const repeats = await Promise.all(Array.from({ length: 5 }, () => handIn(till, orderReference, payload)))
      for (const repeat of repeats) expect([repeat.status, repeat.json]).toEqual([201, first.json])

      const { order, payments } = await till.saleOf(cartId)
      expect(order).toMatchObject({ status: 'confirmed', paymentStatus: 'authorized' })
      expect(payments).toMatchObject([{ state: 'authorized' }])
      expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
      expect((await till.cart(cartId)).status).toBe('closed')
      await till.expectBooksInOrder()
    })

    it('goes back to the address it was placed with; the first decision stays', async () => {
      const { order, redirectUrl, cartId } = await sentAway('redirect_notify_late')
      const { status, location, payload } = await choose(till, redirectUrl, 'declined')
      expect(status).toBe(303)
      const back = new URL(location)
      expect(`${back.origin}${back.pathname}`).toBe('https://shop.example/back')
      expect(Object.fromEntries(back.searchParams)).toEqual({ step: '3', status: 'declined', hash: payload.hash })
      expect((await choose(till, redirectUrl, 'approved')).location).toBe(location)
      expectError(await handIn(till, order.number, payload), 422, '2401', 'Order payment is not updated.')
      expect(await statusOf(cartId)).toBe('canceled')
      await till.expectBooksInOrder()
    })

    it.each(['declined', 'canceled'] as const)(
      '%s gives the cart back, and another card then buys it',
      async choice => {
        const before = await till.stockOf('MUG-1')
        const { caller, cartId, order, redirectUrl } = await sentAway()
        const { payload } = await choose(till, redirectUrl, choice)
        for (let times = 0; times < 2; times += 1) {
          expectError(await handIn(till, order.number, payload), 422, '2401', 'Order payment is not updated.')
        }
        const reason = choice === 'canceled' ? 'canceled_by_shopper' : 'card_declined'
        expect((await till.saleOf(cartId)).order).toMatchObject({ status: 'canceled', cancelReason: reason })
        expect((await till.cart(cartId)).notices).toMatchObject([{ code: 'payment_declined', data: { reason } }])
        expect(await till.stockOf('MUG-1')).toBe(before)
        await till.expectBooksInOrder()
        const cart = { key: { id: cartId } }
        const again = await till.server.operations.placeOrder(caller, { cart, placement: purchaseBy('approve') })
        expect(again).toMatchObject({ ok: true, value: { order: { status: 'confirmed' } } })
        // The hash of the first attempt says nothing about the second order.
        const late = await handIn(till, again.ok ? again.value.order.number : '', payload)
        expectError(late, 422, '2401', 'Order payment is not updated.')
        expect(await statusOf(cartId)).toBe('confirmed')
        await till.expectBooksInOrder()
      },
    )

    describe('and a notification', () => {
      it('that comes before the browser confirms; the browser gets the same answer', async () => {
        const { cartId, order, redirectUrl } = await sentAway('redirect_notify_first')
        const { payload } = await choose(till, redirectUrl, 'approved')
        expect(await statusOf(cartId)).toBe('confirmed')
        expect((await handIn(till, order.number, payload)).status).toBe(201)
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
        await till.expectBooksInOrder()
      })

      it('that comes long after the browser changes nothing', async () => {
        const { cartId, order, redirectUrl } = await sentAway('redirect_notify_late')
        const { payload } = await choose(till, redirectUrl, 'approved')
        expect(await statusOf(cartId)).toBe('pending')
        expect((await handIn(till, order.number, payload)).status).toBe(201)
        const settled = await till.saleOf(cartId)
        expect(settled.order.status).toBe('confirmed')
        await new Promise(resolve => setTimeout(resolve, gatewayWaitMilliseconds + 1_500))
        expect(await till.saleOf(cartId)).toEqual(settled)
        await till.expectBooksInOrder()
      })

      it('alone confirms, where the shopper never comes back', async () => {
        const { cartId, redirectUrl } = await sentAway()
        await choose(till, redirectUrl, 'approved')
        await vi.waitFor(async () => expect(await statusOf(cartId)).toBe('confirmed'), soon)
        await till.expectBooksInOrder()
      })

      it('that comes twice races five browsers: one effect, the same answer for all', async () => {
        const { cartId, order, redirectUrl } = await sentAway('redirect_notify_twice')
        const { payload } = await choose(till, redirectUrl, 'approved')
        const answers = await Promise.all(Array.from({ length: 5 }, () => handIn(till, order.number, payload)))
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
        expect(await statusOf(cartId)).toBe('confirmed')
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
        await till.expectBooksInOrder()
      })

      it('is believed only with the signature of the gateway', async () => {
        const { cartId, order } = await sentAway()
        const { payments } = await till.saleOf(cartId)
        const [payment] = payments
        const data = {
          idempotencyKey: payment?.idempotencyKey,
          reference: payment?.gatewayReference,
          outcome: 'captured',
          amount: mugsTotal.toString(),
          currency: 'EUR',
          orderId: order.id,
          display: {},
        }
        const headers = {
          'webhook-id': 'msg_1',
          'webhook-timestamp': `${Math.floor(Date.parse(till.server.now()) / 1000)}`,
          'webhook-signature': `v1,${Buffer.from('forged').toString('base64')}`,
        }
        const body = JSON.stringify({ type: 'attempt.updated', data })
        const { operations } = till.server
        const refused = { ok: false, error: { code: 'invalid_input', field: 'body', rule: 'signature' } }
        expect(await operations.receiveWebhook({ provider: 'sandbox', headers, body })).toEqual(refused)
        expect(await operations.receiveWebhook({ provider: 'sandbox', headers: {}, body })).toEqual(refused)
        const unknown = await operations.receiveWebhook({ provider: 'nobody', headers, body })
        expect(unknown).toEqual({ ok: false, error: { code: 'payment_not_found' } })
        expect(await statusOf(cartId)).toBe('pending')
      })
    })

    describe('when its deadline passes', () => {
      it('and nobody came back, is canceled with everything released; the cart can be bought again', async () => {
        const { caller, cartId, redirectUrl } = await sentAway()
        await till.recoverAfter(1)
        expect(await statusOf(cartId)).toBe('pending')
        await till.recoverAfter(overdue)
        const { order, payments } = await till.saleOf(cartId)
        expect(order).toMatchObject({ status: 'canceled', cancelReason: 'payment_expired', paymentStatus: 'failed' })
        expect(payments).toMatchObject([{ state: 'voided' }])
        expect(await till.cart(cartId)).toMatchObject({ status: 'open', notices: [{ code: 'payment_expired' }] })
        await till.expectBooksInOrder()

        // The page is closed by now: a late shopper pays nothing.
        const late = await choose(till, redirectUrl, 'approved')
        expect(late.payload.hash).toBeNull()
        await till.expectBooksInOrder()
        const cart = { key: { id: cartId } }
        const again = await till.server.operations.placeOrder(caller, { cart, placement: purchaseBy('approve') })
        expect(again.ok).toBe(true)
        await till.expectBooksInOrder()
      })

      it('but the gateway says that it was paid, is confirmed', async () => {
        const { cartId, order, redirectUrl } = await sentAway('redirect_notify_late')
        await choose(till, redirectUrl, 'approved')
        expect(await statusOf(cartId)).toBe('pending')
        await till.recoverAfter(overdue)
        expect(await statusOf(cartId)).toBe('confirmed')
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
        await till.expectBooksInOrder()
      })

      it('while the shopper hands in the proof, ends in one of both, never in half', async () => {
        const { cartId, order, redirectUrl } = await sentAway('redirect_notify_late')
        const { payload } = await choose(till, redirectUrl, 'approved')
        till.server.advance(overdue * 1_000)
        const { operations } = till.server
        await Promise.all([
          operations.recoverOrders(),
          operations.confirmPayment(anybody, { order: order.number, payload }),
          operations.recoverOrders(),
        ])
        expect(await statusOf(cartId)).toBe('confirmed')
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
        await till.expectBooksInOrder()
      })
    })

    it('is given back at once when it is canceled by whoever may', async () => {
      const { caller, cartId, order } = await sentAway()
      const { operations } = till.server
      const stranger: Caller = { kind: 'guest', guestKey: 'somebody else' }
      const input = { id: order.id, reason: 'changed my mind' }
      expect(await operations.cancelOrder(stranger, input)).toEqual({ ok: false, error: { code: 'order_not_found' } })
      const canceled = await operations.cancelOrder(caller, input)
      expect(canceled).toMatchObject({
        ok: true,
        value: { order: { status: 'canceled' }, payments: [{ state: 'voided' }] },
      })
      expect(await till.cart(cartId)).toMatchObject({ status: 'open', notices: [] })
      await till.expectBooksInOrder()
      const cart = { key: { id: cartId } }
      const again = await operations.placeOrder(caller, { cart, placement: purchaseBy('approve') })
      expect(again.ok).toBe(true)
      await till.expectBooksInOrder()
    })
  },
  { gatewayWaitMilliseconds, order: 'side by side' },
)
