import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { present } from '../../src/core/assert.js'
import {
  guestCart,
  handIn,
  mugsTotal,
  openTill,
  orphaned,
  overdue,
  purchaseBy,
  sell,
  type Till,
} from '../operations/till.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { type Page, startStripeStandIn } from './stripe-stand-in.js'

const standIn = await startStripeStandIn()
afterAll(() => standIn.close())

const adminKey = 'the key of this test'.replaceAll(' ', '-')
const environment = {
  POLYTILL_ADMIN_KEY: adminKey,
  POLYTILL_STRIPE_SECRET_KEY: standIn.secretKey,
  POLYTILL_STRIPE_WEBHOOK_SECRET: standIn.webhookSecret,
  POLYTILL_STRIPE_URL: standIn.url,
}
const clerk: Caller = {
  kind: 'key',
  keyId: 'clerk',
  permissions: ['orders:read', 'orders:write', 'payments:read', 'payments:write'],
}
const byToken = (token: string) => ({ instruments: [{ token }] })
const byPage = { instruments: [] }

describeOnEachDatabase(
  'orders that are paid by Stripe',
  getServer => {
    let till: Till
    beforeAll(async () => {
      till = await openTill(getServer())
      const entry = {
        kind: 'payment_method',
        ...{ channel: 'de', id: 'dummyPaymentCreditCard', integerId: 102, name: 'credit card' },
        ...{ providerName: 'DummyPayment', provider: 'stripe', paymentKind: 'card', position: 2 },
      }
      const imported = await getServer().request('POST', '/admin/v1/import', {
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/x-ndjson' },
        body: JSON.stringify(entry),
      })
      expect([imported.status, imported.json]).toEqual([200, { imported: { payment_method: 1 }, warnings: [] }])
      // Other processes see it within two seconds, and so does this one.
      getServer().advance(3_000)
    })
    beforeEach(() => {
      standIn.asked.length = 0
    })

    /** A purchase that leads to a page of Stripe's. */
    async function sentAway() {
      const sold = await sell(till, '', byPage)
      const { order, redirectUrl } = present(sold.answer.ok ? sold.answer.value : undefined, 'the order was placed')
      const page = present(
        [...standIn.pages.values()].find(({ metadata }) => metadata.polytill_order === order.id),
        'a page was opened',
      )
      expect(redirectUrl).toBe(page.url)
      return { ...sold, order, page }
    }
    const proofIn = (address: string) => ({
      type: 'payment-confirmation',
      hash: new URL(address).searchParams.get('hash'),
    })
    const tell = (type: string, object: object) => {
      const { headers, body } = standIn.event(type, object)
      return getServer().request('POST', '/gateways/stripe/notifications', { headers, body })
    }
    const intentsOf = (orderId: string) =>
      [...standIn.intents.values()].filter(({ metadata }) => metadata.polytill_order === orderId)
    /** What stands about a purchase here and at Stripe. */
    const standing = async (cartId: string) => {
      const { order, payments } = await till.saleOf(cartId)
      await till.expectBooksInOrder()
      return [
        order.status,
        ...payments.map(({ state }) => state),
        ...intentsOf(order.id).map(({ status }) => `at Stripe ${status}`),
      ]
    }

    it('on its page wait for the shopper, who comes back, however often', async () => {
      const { cartId, order, page } = await sentAway()
      expect(await standing(cartId)).toEqual(['pending', 'requires_action'])
      standIn.payOn(page.id, 'pm_card_visa')
      const proof = proofIn(page.success_url)
      const first = await handIn(till, order.number, proof)
      expect(first.status).toBe(201)
      const repeats = await Promise.all(Array.from({ length: 5 }, () => handIn(till, order.number, proof)))
      for (const repeat of repeats) expect([repeat.status, repeat.json]).toEqual([201, first.json])
      expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
      expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
      const { payments } = await till.saleOf(cartId)
      expect(payments).toMatchObject([
        {
          provider: 'stripe',
          amount: mugsTotal,
          gatewayReference: page.payment_intent?.id,
          display: { brand: 'visa', lastFour: '4242', expiryMonth: 12, expiryYear: 2040 },
        },
      ])
    })

    it('are captured and refunded by whoever may, with as much here as there', async () => {
      const { cartId, answer } = await sell(till, '', byToken('pm_card_visa'))
      expect(answer.ok).toBe(true)
      expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
      const { order, payments } = await till.saleOf(cartId)
      const { operations } = till.server
      const id = present(payments[0], 'it was paid').id
      expect((await operations.capturePayment(clerk, { id })).ok).toBe(true)
      for (let times = 0; times < 2; times += 1) {
        expect((await operations.refundPayment(clerk, { id, amount: 990n, refundKey: 'one' })).ok).toBe(true)
      }
      expect((await till.saleOf(cartId)).payments).toMatchObject([
        { state: 'partially_refunded', captured: mugsTotal, refunded: 990n },
      ])
      expect(intentsOf(order.id)).toMatchObject([{ amount_received: 2_990, latest_charge: { amount_refunded: 990 } }])
      expect((await operations.refundPayment(clerk, { id, refundKey: 'rest' })).ok).toBe(true)
      expect(await standing(cartId)).toEqual(['confirmed', 'refunded', 'at Stripe succeeded'])
      expect(intentsOf(order.id)).toMatchObject([{ latest_charge: { amount_refunded: 2_990 } }])
    })

    it.each([
      ['pm_card_chargeDeclined', 'generic_decline'],
      ['pm_nobody', 'resource_missing'],
    ])('by %s are given up, and another card then buys the cart', async (token, reason) => {
      const { caller, cartId, answer } = await sell(till, '', byToken(token))
      expect(answer).toEqual({ ok: false, error: { code: 'payment_declined', reason } })
      expect((await till.saleOf(cartId)).order).toMatchObject({ status: 'canceled', cancelReason: reason })
      const cart = { key: { id: cartId } }
      const placement = { ...purchaseBy(''), ...byToken('pm_card_visa') }
      expect(await till.server.operations.placeOrder(caller, { cart, placement })).toMatchObject({ ok: true })
      expect((await standing(cartId)).slice(0, 2)).toEqual(['confirmed', 'authorized'])
    })

    it('that the shopper turns back from are given up, and their page is closed', async () => {
      const { cartId, order, page } = await sentAway()
      expect((await handIn(till, order.number, proofIn(page.cancel_url))).status).toBe(422)
      expect(await standing(cartId)).toEqual(['canceled', 'failed'])
      expect((await till.saleOf(cartId)).order.cancelReason).toBe('canceled_by_shopper')
      expect(page.status).toBe('expired')
    })

    it('that were paid on the page stay, also for a shopper who then turns back', async () => {
      const { cartId, order, page } = await sentAway()
      standIn.payOn(page.id, 'pm_card_visa')
      const answers = await Promise.all([
        handIn(till, order.number, proofIn(page.cancel_url)),
        tell('checkout.session.completed', page),
        handIn(till, order.number, proofIn(page.cancel_url)),
      ])
      expect(answers.map(({ status }) => status)).toEqual([201, 200, 201])
      expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
    })

    describe('and a notification', () => {
      it('alone confirms; twice at once and beside the browser it has one effect', async () => {
        const { cartId, order, page } = await sentAway()
        standIn.payOn(page.id, 'pm_card_visa')
        const answers = await Promise.all([
          tell('checkout.session.completed', page),
          tell('payment_intent.amount_capturable_updated', present(page.payment_intent, 'it was paid')),
          handIn(till, order.number, proofIn(page.success_url)),
          tell('checkout.session.completed', page),
        ])
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200])
        expect([answers[0]?.json, answers[0]?.headers['content-type']]).toEqual([
          { received: true },
          'application/json; charset=utf-8',
        ])
        expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
      })

      it('while Stripe cannot be asked is to come again, and then confirms', async () => {
        const { cartId, order, page } = await sentAway()
        standIn.payOn(page.id, 'pm_card_visa')
        standIn.dropRequests(/GET .*checkout\/sessions/, 2)
        const early = await tell('checkout.session.completed', page)
        expect([early.status, early.json]).toEqual([503, { error: 'The gateway cannot be asked now. Send it again.' }])
        expect((await till.saleOf(cartId)).order).toEqual(order)
        expect((await tell('checkout.session.completed', page)).status).toBe(200)
        expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
      })

      it('about nothing of ours is taken; one that is not signed, or not for a gateway, is not', async () => {
        const { cartId, order, page } = await sentAway()
        standIn.payOn(page.id, 'pm_card_visa')
        const of = (payment: string) => ({ ...page, metadata: { ...page.metadata, polytill_payment: payment } })
        const stranger = { ...of('somebody else'), id: 'cs_stranger' }
        ;(standIn.pages as Map<string, Page>).set(stranger.id, stranger)
        expect((await tell('checkout.session.completed', stranger)).status).toBe(200)
        expect((await tell('customer.created', { id: 'cus_1' })).status).toBe(200)
        const { headers, body } = standIn.event('checkout.session.completed', page)
        const post = (path: string, sent: string, signature = headers['stripe-signature'] ?? '') =>
          getServer().request('POST', path, { headers: { ...headers, 'stripe-signature': signature }, body: sent })
        const refused = { error: 'The notification is not signed by this gateway.' }
        for (const answer of [
          await post('/gateways/stripe/notifications', `${body} `),
          await post('/gateways/stripe/notifications', body, 't=1,v1=00'),
          await post('/gateways/stripe/notifications', ''),
          await post('/gateways/sandbox/notifications', body),
        ]) {
          expect([answer.status, answer.json]).toEqual([400, refused])
        }
        const unknown = await post('/gateways/nobody/notifications', body)
        expect([unknown.status, unknown.json]).toEqual([404, { error: 'There is no such gateway.' }])
        const read = await getServer().request('GET', '/gateways/stripe/notifications')
        expect([read.status, read.headers.allow]).toEqual([405, 'POST'])
        expect((await till.saleOf(cartId)).order).toEqual(order)
      })

      it('of money that differs from the order’s confirms nothing, and sends the money back', async () => {
        const { cartId, order, page } = await sentAway()
        const capturing = { ...page.intentForm, capture_method: 'automatic' }
        Object.assign(page, { amount_total: page.amount_total - 100, intentForm: capturing })
        standIn.payOn(page.id, 'pm_card_visa')
        expect((await tell('checkout.session.completed', page)).status).toBe(200)
        expect(await standing(cartId)).toEqual(['canceled', 'refunded', 'at Stripe succeeded'])
        expect(intentsOf(order.id)).toMatchObject([
          { amount_received: 2_890, latest_charge: { amount_refunded: 2_890 } },
        ])
      })
    })

    describe('whose answer is lost', () => {
      it('are confirmed by the next sweep, with one charge', async () => {
        standIn.loseAnswers(/POST .*\/confirm$/, 2)
        const { cartId, answer } = await sell(till, '', byToken('pm_card_visa'))
        expect(answer).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
        expect((await till.saleOf(cartId)).payments).toMatchObject([{ state: 'unknown' }])
        await till.recoverAfter(orphaned)
        expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
      })

      it('and whose request never arrived are given up; a late one takes nothing', async () => {
        standIn.dropRequests(/POST .*\/confirm$/, 2)
        const { cartId, answer } = await sell(till, '', byToken('pm_card_visa'))
        expect(answer).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
        await till.recoverAfter(orphaned)
        expect(await standing(cartId)).toEqual(['canceled', 'failed', 'at Stripe canceled'])
      })

      it('and of which nothing can be learned wait until Stripe answers again', async () => {
        standIn.loseAnswers(/POST .*\/confirm$/, 2)
        const { cartId } = await sell(till, '', byToken('pm_card_visa'))
        standIn.dropRequests(/payment_intents/, 4)
        await till.recoverAfter(orphaned)
        expect((await till.saleOf(cartId)).order.status).toBe('pending')
        await till.recoverAfter(orphaned)
        await till.recoverAfter(orphaned)
        expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
      })
    })

    describe('when their deadline passes', () => {
      it('are canceled, and nobody can pay on the page any more', async () => {
        const { caller, cartId, page } = await sentAway()
        await till.recoverAfter(overdue)
        expect(await standing(cartId)).toEqual(['canceled', 'voided'])
        expect(page.status).toBe('expired')
        const cart = { key: { id: cartId } }
        const placement = { ...purchaseBy(''), ...byToken('pm_card_visa') }
        expect(await till.server.operations.placeOrder(caller, { cart, placement })).toMatchObject({ ok: true })
      })

      it('but were paid on the page, are confirmed though nobody came back', async () => {
        const { cartId, page } = await sentAway()
        standIn.payOn(page.id, 'pm_card_visa')
        await till.recoverAfter(overdue)
        expect(await standing(cartId)).toEqual(['confirmed', 'authorized', 'at Stripe requires_capture'])
      })
    })

    it('are canceled by whoever may: the page is closed, a reservation given up', async () => {
      const { operations } = till.server
      const waiting = await sentAway()
      const reason = 'changed my mind'
      expect((await operations.cancelOrder(waiting.caller, { id: waiting.order.id, reason })).ok).toBe(true)
      expect(await standing(waiting.cartId)).toEqual(['canceled', 'voided'])
      expect(waiting.page.status).toBe('expired')
      const { caller, cartId } = await sell(till, '', byToken('pm_card_visa'))
      const { order } = await till.saleOf(cartId)
      expect((await operations.cancelOrder(caller, { id: order.id, reason })).ok).toBe(true)
      expect(await standing(cartId)).toEqual(['canceled', 'voided', 'at Stripe canceled'])
    })

    it('50 times at once give one order and one charge', async () => {
      const { caller, cartId } = await guestCart(till)
      const placement = { ...purchaseBy(''), ...byToken('pm_card_visa'), capture: true }
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          till.server.operations.placeOrder(caller, { cart: { key: { id: cartId } }, placement }),
        ),
      )
      const codes = answers.map(answer => (answer.ok ? 'placed' : answer.error.code))
      expect(codes.filter(code => code === 'placed')).toHaveLength(1)
      expect(codes.filter(code => code !== 'placed' && code !== 'cart_already_ordered')).toEqual([])
      expect(await standing(cartId)).toEqual(['confirmed', 'captured', 'at Stripe succeeded'])
    })
  },
  { environment },
)

describeOnEachDatabase('a payment method of Stripe that is not set up', getServer => {
  it('is declined, and nothing breaks', async () => {
    const till = await openTill(getServer())
    await till.server.storage.sql.query(
      `update payment_methods set body = jsonb_set(body::jsonb, '{provider}', '"stripe"') where body::jsonb->>'id' = 'dummyPaymentCreditCard'`,
    )
    await till.server.storage.sql.query('update catalog_epoch set epoch = epoch + 1')
    getServer().advance(3_000)
    const { answer } = await sell(till, '', byToken('pm_card_visa'))
    expect(answer).toEqual({ ok: false, error: { code: 'payment_declined', reason: 'provider_not_set_up' } })
    const told = await getServer().request('POST', '/gateways/stripe/notifications', { body: '{}' })
    expect([told.status, told.json]).toEqual([400, { error: 'The notification is not signed by this gateway.' }])
    await till.expectBooksInOrder()
  })
})
