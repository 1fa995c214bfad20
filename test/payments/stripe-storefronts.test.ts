import { afterAll, beforeAll, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { austin, linkedCart, pageShopper, pathOf } from '../pages/page-shopper.js'
import { openBooks } from '../support/books.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { managementOver, mug } from '../wire/bigcommerce/management.js'
import { card, newOrder, pay, readyCart } from '../wire/bigcommerce/purchase.js'
import { fault, filledIn, goods, item, wixOver } from '../wire/wix/wix.js'
import { startStripeStandIn } from './stripe-stand-in.js'

const standIn = await startStripeStandIn()
afterAll(() => standIn.close())

const environment = {
  POLYTILL_STRIPE_SECRET_KEY: standIn.secretKey,
  POLYTILL_STRIPE_WEBHOOK_SECRET: standIn.webhookSecret,
  POLYTILL_STRIPE_URL: standIn.url,
}

/** The demo store with Stripe where the test gateway was, seen by clients of three kinds. */
describeOnEachDatabase(
  'storefronts that are paid by Stripe',
  getServer => {
    let booksFaults: () => Promise<readonly string[]>
    beforeAll(async () => {
      const { storage } = getServer()
      const books = await openBooks(storage.sql)
      booksFaults = () => books.faults()
      await storage.sql.query(
        `update payment_methods set body = jsonb_set(body::jsonb, '{provider}', '"stripe"') where body->>'provider' = 'sandbox'`,
      )
      await storage.sql.query('update catalog_epoch set epoch = epoch + 1')
      getServer().advance(3_000)
    })

    it.each([
      ['pm_card_visa', 'success_url', 'Thank you, Ana'],
      ['', 'cancel_url', 'You canceled the payment. Nothing was charged.'],
    ] as const)(
      'the hosted page leads to Stripe’s; paid there by "%s", %s leads to: %s',
      async (method, way, sentence) => {
        const { link } = await linkedCart(getServer(), 'us', [{ sku: 'BREWER', quantity: 1 }])
        const shopper = pageShopper(getServer)
        const delivery = await shopper.send(await shopper.open(link), austin)
        const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
        const review = await shopper.send(payment, { method: 'bigpaypay' })
        const waiting = await shopper.send(review)
        const page = present([...standIn.pages.values()].at(-1), 'a page of Stripe’s was opened')
        // Browsers let a form lead to our own origin alone, so a link leads there.
        expect(waiting.text).toContain(`href="${page.url}"`)
        if (method !== '') standIn.payOn(page.id, method)
        const back = await shopper.open(pathOf(page[way]))
        expect([back.status, back.text.includes(sentence)]).toEqual([200, true])
        expect(await booksFaults()).toEqual([])
      },
    )

    it('Wix charges the token that Stripe’s scripts gave the browser', async () => {
      const wix = wixOver(getServer)
      const auth = await wix.visitor()
      const body = { channelType: 'WEB', lineItems: [item(goods.shirt, 2)], checkoutInfo: filledIn }
      const created = await wix.send('POST', '/ecom/v1/checkouts', { auth, body })
      const charge = (paymentToken: string) =>
        wix.send('POST', `/ecom/v1/checkouts/${created.json.checkout.id}/create-order-and-charge`, {
          auth,
          body: { paymentToken },
        })
      expect(fault(await charge('pm_card_chargeDeclined'))).toEqual([400, 'PAYMENT_ERROR'])
      const paid = await charge('pm_card_visa')
      expect([paid.status, paid.json]).toEqual([
        200,
        { orderId: expect.any(String), paymentResponseToken: expect.any(String) },
      ])
      expect(await booksFaults()).toEqual([])
    })

    it('BigCommerce charges a card by its number, and shows none of it', async () => {
      const api = managementOver(getServer)
      const order = await newOrder(api, await readyCart(api, [mug]))
      const declined = await pay(api, order, card('4000000000000002'))
      expect(declined.status).toBe(422)
      const paid = await pay(api, order, card('4111111111111111'))
      expect([paid.status, paid.json.data.status]).toEqual([201, 'success'])
      expect((await api.send('GET', `/v2/orders/${order}`)).json).toMatchObject({ status_id: 11 })
      expect(getServer().log.join('')).not.toMatch(/4111111111111111|4000000000000002/)
      const kept = await getServer().storage.sql.query<{ text: string }>('select payments::text as text from payments')
      expect(kept.rows.map(({ text }) => text).join('')).not.toMatch(/4111111111111111|4000000000000002/)
      expect(await booksFaults()).toEqual([])
    })
  },
  { environment },
)
