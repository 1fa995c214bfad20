import { describe, expect, it } from 'vitest'
import {
  addressed,
  austin,
  cartOf,
  describeStorefront,
  expectInternalProblem,
  expectNotFound,
  expectShopperHeaders,
  goods,
  payByCard,
  readyCheckout,
  submit,
} from '../browser.js'
import { managementOver } from '../management.js'

const jwt = expect.stringMatching(/^JWT [\w-]+\.[\w-]+\.[\w-]+$/)
const hex32 = expect.stringMatching(/^[0-9a-f]{32}$/)
const bad = { status: 400, title: 'Bad Request' }

describeStorefront('submitting an order', (open, server) => {
  const stockOf = async (sku: string) => (await server().storage.catalog.stock([sku])).get(sku)

  describe('POST /internalapi/v1/checkout/order', () => {
    it('with an offline method places it at once: the cart is gone, and payment is awaited', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const before = (await stockOf('BREWER')) ?? 0
      const answer = await submit(browser, id, 'cod')
      expect(answer.status).toBe(201)
      expectShopperHeaders(answer)
      expect(answer.headers.token).toEqual(jwt)
      const { orderId } = answer.json.data.order
      const both = (amount: number, integerAmount: number) => ({ amount, integerAmount })
      expect(answer.json).toEqual({
        data: {
          order: {
            orderId: expect.any(Number),
            id: orderId,
            token: hex32,
            status: 'ORDER_STATUS_AWAITING_PAYMENT',
            payment: {
              id: 'cod',
              gateway: null,
              status: 'PAYMENT_STATUS_INITIALIZE',
              helpText: 'Pay the courier in cash.',
            },
            isComplete: true,
            isDownloadable: false,
            hasDigitalItems: false,
            customerCreated: false,
            customerCanBeCreated: true,
            callbackUrl: `${server().baseUrl}/internalapi/v1/checkout/order/${orderId}/payment`,
            currency: 'USD',
            items: [
              {
                id: expect.any(Number),
                type: 'ItemPhysicalEntity',
                name: 'Brewer',
                imageUrl: expect.stringMatching(/^http/),
                quantity: 1,
                amount: 225,
                discount: 0,
                amountAfterDiscount: 225,
                tax: expect.any(Number),
                attributes: [],
                integerAmount: 22500,
                integerDiscount: 0,
                integerAmountAfterDiscount: 22500,
                integerTax: expect.any(Number),
              },
            ],
            subtotal: both(225, 22500),
            coupon: { discountedAmount: 0, coupons: [] },
            discount: both(0, 0),
            discountNotifications: [],
            giftCertificate: { totalDiscountedAmount: 0, appliedGiftCertificates: {} },
            shipping: { ...both(8, 800), amountBeforeDiscount: 8, integerAmountBeforeDiscount: 800, required: true },
            storeCredit: { amount: 0 },
            // (225 + 8) at 8.25 %
            taxSubtotal: both(19.22, 1922),
            taxes: [{ name: 'Texas sales tax', amount: 19.22 }],
            taxTotal: both(19.22, 1922),
            handling: both(0, 0),
            grandTotal: both(252.22, 25222),
            socialData: {},
          },
        },
        meta: { deviceFingerprint: null },
      })
      expectNotFound(await browser.send('GET', `/api/storefront/checkout/${id}`))
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([])
      expect(await stockOf('BREWER')).toBe(before - 1)
      const settings = await browser.send('GET', '/api/storefront/checkout-settings')
      expect(settings.json.context.checkoutId).toBe('')
    })

    it('is one order however often it is clicked', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser, [{ ...goods.mug, quantity: 1 }])
      const before = (await stockOf('MUG-1')) ?? 0
      const answers = await Promise.all(Array.from({ length: 20 }, () => submit(browser, id, 'cod')))
      expect(answers.map(answer => answer.status)).toEqual(Array.from({ length: 20 }, () => 201))
      expect(new Set(answers.map(answer => answer.json.data.order.orderId)).size).toBe(1)
      expect(await stockOf('MUG-1')).toBe(before - 1)
      expect((await submit(browser, id, 'cod')).json.data.order.orderId).toBe(answers[0]?.json.data.order.orderId)
    })

    it('without a method makes an incomplete order that holds nothing; the cart stays', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const before = await stockOf('BREWER')
      const first = await submit(browser, id)
      expect(first).toMatchObject({
        status: 201,
        json: { data: { order: { status: 'ORDER_STATUS_INCOMPLETE', isComplete: false, payment: {} } } },
      })
      expect(first.headers.token).toEqual(jwt)
      expect(await stockOf('BREWER')).toBe(before)
      expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).status).toBe(200)
      const second = await submit(browser, undefined)
      expect(second.json.data.order.orderId).toBeGreaterThan(first.json.data.order.orderId)
    })

    it('with a gift certificate that covers all asks for no method', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser, [{ ...goods.mug, quantity: 1 }])
      const body = { giftCertificateCode: 'GIFT50DEMO' }
      const covered = await browser.send('POST', `/api/storefront/checkouts/${id}/gift-certificates`, { body })
      expect(covered.json.outstandingBalance).toBe(0)
      const answer = await submit(browser, id)
      expect(answer.status).toBe(201)
      const { order } = answer.json.data
      expect(order).toMatchObject({ status: 'ORDER_STATUS_AWAITING_FULFILLMENT', isComplete: true, payment: {} })
      expect(order.giftCertificate.totalDiscountedAmount).toBe(order.grandTotal.amount)
      expect(Object.keys(order.giftCertificate.appliedGiftCertificates)).toEqual(['GIFT50DEMO'])
    })

    it('keeps the message that comes with it', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const body = { cartId: id, customerMessage: 'Ring twice', payment: { name: 'cheque' } }
      const answer = await browser.send('POST', '/internalapi/v1/checkout/order', { body })
      const order = await browser.send('GET', `/api/storefront/orders/${answer.json.data.order.orderId}`)
      expect(order.json.customerMessage).toBe('Ring twice')
    })

    it('needs no address to send digital goods to', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.journal, quantity: 1 }])
      await browser.send('POST', `/api/storefront/checkouts/${id}/billing-address`, { body: austin })
      const answer = await submit(browser, id, 'cod')
      expect(answer).toMatchObject({ status: 201, json: { data: { order: { hasDigitalItems: true } } } })
      expect(answer.json.data.order.shipping.required).toBe(false)
    })

    it('refuses a session without a cart, and an emptied one', async () => {
      const empty = { ...bad, type: 'empty_cart', detail: 'The cart has no items.' }
      expectInternalProblem(await submit(open(), undefined, 'cod'), empty)
      const browser = open()
      const { id } = await readyCheckout(browser)
      await submit(browser, id, 'cod')
      expectInternalProblem(await submit(browser, undefined, 'cod'), empty)
    })

    it("refuses another session's cart and one that is none", async () => {
      const { id } = await readyCheckout(open())
      const missing = {
        status: 404,
        title: 'Not found',
        type: 'not_found',
        detail: 'The resource at that URL is not found.',
      }
      const stranger = open()
      await readyCheckout(stranger)
      expectInternalProblem(await submit(stranger, id, 'cod'), missing)
      expectInternalProblem(await submit(open(), id, 'cod'), missing)
      expectInternalProblem(await submit(stranger, 'no-id', 'cod'), missing)
    })

    it('refuses addresses that lack something, and goods without a way to ship', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.brewer, quantity: 1 }])
      const lacks = { ...bad, type: 'invalid_billing_address' }
      expectInternalProblem(await submit(browser, id, 'cod'), {
        ...lacks,
        detail:
          'A billing address for this order is incomplete: first_name, last_name, address1, city, postal_code, country_code, email.',
      })
      const path = `/api/storefront/checkouts/${id}`
      await browser.send('POST', `${path}/billing-address`, { body: austin })
      const shipping = { ...bad, type: 'invalid_shipping_address' }
      const nowhere = await submit(browser, id, 'cod')
      expectInternalProblem(nowhere, { ...shipping, detail: 'A shipping address for this order is incomplete.' })
      const { json } = await browser.send('GET', path)
      const lineItems = [{ itemId: json.cart.lineItems.physicalItems[0].id, quantity: 1 }]
      const query = '?include=consignments.availableShippingOptions'
      const made = await browser.send('POST', `${path}/consignments${query}`, {
        body: [{ address: { ...austin, city: '' }, lineItems }],
      })
      const detail = 'A shipping option has not been selected for every address.'
      expectInternalProblem(await submit(browser, id, 'cod'), { ...bad, type: 'missing_shipping_method', detail })
      const [consignment] = made.json.consignments
      await browser.send('PUT', `${path}/consignments/${consignment.id}`, {
        body: { shippingOptionId: consignment.availableShippingOptions[0].id },
      })
      const cityless = 'A shipping address for this order is incomplete: city.'
      expectInternalProblem(await submit(browser, id, 'cod'), { ...shipping, detail: cityless })
      expect((await browser.send('GET', path)).json.cart.id).toBe(id)
    })

    it('refuses a method that there is not', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const answer = await submit(browser, id, 'goldbars')
      expectInternalProblem(answer, {
        ...bad,
        type: 'invalid_payment_provider',
        detail: 'There is no such payment method.',
      })
      expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).status).toBe(200)
    })

    it('tells once of a coupon that ended meanwhile, and then goes on without it', async () => {
      const browser = open()
      const { id, checkout } = await readyCheckout(browser)
      const api = managementOver(server)
      const terms = { name: 'Ends soon', code: 'ENDS_SOON', type: 'per_total_discount', amount: '10' }
      const body = { ...terms, applies_to: { entity: 'categories', ids: [0] } }
      const made = await api.send('POST', '/v2/coupons', { body })
      const path = `/api/storefront/checkouts/${id}/coupons`
      expect((await browser.send('POST', path, { body: { couponCode: 'ENDS_SOON' } })).status).toBe(200)
      await api.send('PUT', `/v2/coupons/${made.json.id}`, { body: { enabled: false } })
      expectInternalProblem(await submit(browser, id, 'cod'), {
        status: 400,
        title: 'Bad Request',
        type: 'cart_has_changed',
        detail: 'The coupon code "ENDS_SOON" does not apply any longer.',
      })
      const shown = await browser.send('GET', `/api/storefront/checkout/${id}`)
      expect(shown.json).toMatchObject({ coupons: [], grandTotal: checkout.grandTotal })
      expect((await submit(browser, id, 'cod')).status).toBe(201)
    })

    it('refuses what was sold to somebody else meanwhile', async () => {
      const [first, second] = [open(), open()]
      const one = await readyCheckout(first, [{ ...goods.lastOne, quantity: 1 }])
      const other = await readyCheckout(second, [{ ...goods.lastOne, quantity: 1 }])
      const statuses = await Promise.all([submit(first, one.id, 'cod'), submit(second, other.id, 'cod')])
      expect(statuses.map(answer => answer.status).sort()).toEqual([201, 409])
      const refused = statuses.find(answer => answer.status === 409)
      expect(refused?.json).toEqual({
        status: 409,
        title: 'Conflict',
        type: 'stock_too_low',
        detail: 'The last one is out of stock.',
        errors: ['The last one is out of stock.'],
      })
    })
  })

  describe('POST /internalapi/v1/checkout/order/:orderId', () => {
    const finalize = (browser: ReturnType<typeof open>, orderId: number | string) =>
      browser.send('POST', `/internalapi/v1/checkout/order/${orderId}`)

    it('answers with the order once it is paid', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const submitted = await submit(browser, id)
      const { orderId } = submitted.json.data.order
      const detail = 'The order is not paid yet.'
      const type = 'order_could_not_be_finalized_error'
      expectInternalProblem(await finalize(browser, orderId), { status: 409, title: 'Conflict', type, detail })
      expect((await payByCard(browser, submitted, { number: '4111111111111111' })).status).toBe(200)
      const answer = await finalize(browser, orderId)
      expect(answer).toMatchObject({ status: 200, json: { data: { order: { orderId, isComplete: true } } } })
    })

    it('tells nobody else of it', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const stranger = open()
      await addressed(stranger, await cartOf(stranger, [{ ...goods.mug, quantity: 1 }]))
      const missing = {
        status: 404,
        title: 'Not found',
        type: 'invalid_order_id',
        detail: 'The requested resource was not found.',
      }
      for (const thief of [stranger, open()]) expectInternalProblem(await finalize(thief, orderId), missing)
      expectInternalProblem(await finalize(browser, 'x'), missing)
    })
  })
})
