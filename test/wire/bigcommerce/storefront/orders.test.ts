import { describe, expect, it } from 'vitest'
import {
  austin,
  describeStorefront,
  expectProblem,
  expectShopperHeaders,
  goods,
  openBrowser,
  readyCheckout,
  signedIn,
  submit,
} from '../browser.js'
import { demoToken } from '../management.js'

const missing = { status: 404, title: 'Not found', detail: 'The requested resource was not found.', code: 'not_found' }

describeStorefront("a shopper's orders", (open, server) => {
  describe('GET /api/storefront/orders/:orderId, GET /api/storefront/order/:orderId', () => {
    it('tells what shipping cost before a coupon took something off, of each consignment as of the order', async () => {
      const coupon = { name: 'Off shipping', code: 'SHIP3', type: 'shipping_discount', amount: '3' }
      const body = { ...coupon, applies_to: { entity: 'categories', ids: [0] } }
      const headers = { 'x-auth-token': demoToken, 'content-type': 'application/json' }
      const made = await server().request('POST', '/stores/demo/v2/coupons', { body, headers })
      expect(made.status, made.text).toBe(201)
      const browser = open()
      const { id } = await readyCheckout(browser, [{ ...goods.mug, quantity: 1 }])
      await browser.send('POST', `/api/storefront/checkouts/${id}/coupons`, { body: { couponCode: 'SHIP3' } })
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const { json } = await browser.send('GET', `/api/storefront/orders/${orderId}`)
      const told = { shippingCostBeforeDiscount: 8, comparisonShippingCost: 8 }
      expect(json).toMatchObject({
        ...told,
        shippingCostTotal: 5,
        consignments: { shipping: [{ ...told, costExTax: 5 }] },
      })
    })

    it('shows the message that the shop wrote since, and the picture of a custom item', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser, [{ ...goods.mug, quantity: 1 }])
      const headers = { 'x-auth-token': demoToken, 'content-type': 'application/json' }
      const image_url = 'https://pictures.test/thing.png'
      const custom = { sku: 'X', name: 'Thing', quantity: 1, list_price: 5, image_url }
      const body = { custom_items: [custom] }
      const made = await server().request('POST', `/stores/demo/v3/carts/${id}/items`, { body, headers })
      expect(made.status, made.text).toBe(201)
      const [item] = made.json.data.line_items.custom_items
      const path = `/api/storefront/checkouts/${id}`
      const [first] = (await browser.send('GET', path)).json.consignments
      const lines = [...first.lineItemIds, item.id].map(itemId => ({ itemId, quantity: 1 }))
      const moved = await browser.send('PUT', `${path}/consignments/${first.id}`, { body: { lineItems: lines } })
      expect(moved.json.consignments[0].selectedShippingOption).not.toBeNull()
      await browser.send('PUT', path, { body: { customerMessage: 'Ring twice' } })
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const read = async () => (await browser.send('GET', `/api/storefront/orders/${orderId}`)).json
      expect(await read()).toMatchObject({
        customerMessage: 'Ring twice',
        lineItems: { customItems: [{ name: 'Thing', imageUrl: image_url, extendedListPrice: 5 }] },
      })
      const written = { body: { customer_message: 'Ring once' }, headers }
      const put = await server().request('PUT', `/stores/demo/v2/orders/${orderId}`, written)
      expect(put.status, put.text).toBe(200)
      expect(await read()).toMatchObject({ customerMessage: 'Ring once' })
    })

    it('shows what was bought, in whole numbers where the platform has them', async () => {
      const browser = open()
      const { id, checkout } = await readyCheckout(browser, [{ ...goods.brewer, quantity: 2 }])
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const answer = await browser.send('GET', `/api/storefront/orders/${orderId}?include=payments`)
      expect(answer.status).toBe(200)
      expectShopperHeaders(answer)
      const [line] = checkout.cart.lineItems.physicalItems
      const number = answer.json.lineItems.physicalItems[0].id
      const { stateOrProvinceCode: _code, ...shown } = austin
      const { originalPrice: _price, retailPrice: _retail, ...kept } = line
      const { isMutable: _mutable, isCustomPrice: _custom, addedByAttributeId: _attribute, ...rest } = kept
      const orderLine = { ...rest, id: number, options: [], socialMedia: [], categories: [] }
      expect(answer.json).toEqual({
        orderId,
        cartId: id,
        currency: checkout.cart.currency,
        isTaxIncluded: false,
        baseAmount: 450,
        discountAmount: 0,
        orderAmount: 495.79,
        orderAmountAsInteger: 49579,
        shippingCostTotal: 8,
        shippingCostBeforeDiscount: 8,
        comparisonShippingCost: 8,
        handlingCostTotal: 0,
        giftWrappingCostTotal: 0,
        coupons: [],
        lineItems: { physicalItems: [orderLine], digitalItems: [], giftCertificates: [], customItems: [] },
        customerId: 0,
        billingAddress: austin,
        status: 'AWAITING_PAYMENT',
        customerCanBeCreated: true,
        hasDigitalItems: false,
        isDownloadable: false,
        isComplete: true,
        customerMessage: '',
        taxes: [{ name: 'Texas sales tax', amount: 37.79 }],
        taxTotal: 37.79,
        displayDiscountTotal: 0,
        totalDiscount: 0,
        orderBasedAutoDiscountTotal: 0,
        manualDiscountTotal: 0,
        productAutoDiscountedSubtotal: 450,
        productBasedAutoDiscountTotal: 0,
        channelId: 1,
        fees: [],
        consignments: {
          shipping: [
            {
              ...shown,
              lineItems: [{ id: number }],
              shippingAddressId: expect.any(Number),
              itemsTotal: 2,
              itemsShipped: 0,
              shippingMethod: 'Ship by Weight',
              baseCost: 8,
              costExTax: 8,
              costIncTax: expect.any(Number),
              costTax: expect.any(Number),
              costTaxClassId: 2,
              shippingCostBeforeDiscount: 8,
              comparisonShippingCost: 8,
              baseHandlingCost: 0,
              handlingCostExTax: 0,
              handlingCostIncTax: 0,
              handlingCostTax: 0,
              handlingCostTaxClassId: 2,
              shippingZoneId: expect.any(Number),
              shippingZoneName: 'United States',
              discounts: [],
            },
          ],
        },
        payments: [
          {
            providerId: 'cod',
            gatewayId: null,
            methodId: null,
            description: 'Cash on Delivery',
            amount: 495.79,
            detail: { step: 'INITIALIZE', instructions: 'Pay the courier in cash.' },
            mandate: null,
          },
        ],
      })
      expect(Number.isInteger(number)).toBe(true)
      const alias = await browser.send('GET', `/api/storefront/order/${orderId}`)
      const { payments: _payments, ...bare } = answer.json
      expect(alias.json).toEqual(bare)
    })

    it('shows coupons and gift certificates by which it was paid', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const path = `/api/storefront/checkouts/${id}`
      await browser.send('POST', `${path}/coupons`, { body: { couponCode: 'SAVE20' } })
      const { json: paid } = await browser.send('POST', `${path}/gift-certificates`, {
        body: { giftCertificateCode: 'GIFT50DEMO' },
      })
      const { orderId } = (await submit(browser, id, 'bankdeposit')).json.data.order
      const { json } = await browser.send('GET', `/api/storefront/orders/${orderId}?include=payments`)
      expect(json).toMatchObject({ baseAmount: 225, orderAmount: paid.grandTotal, coupons: paid.coupons })
      const used = paid.giftCertificates[0].used
      expect(json.payments).toMatchObject([
        {
          providerId: 'giftcertificate',
          amount: used,
          detail: { code: 'GIFT50DEMO', remaining: paid.giftCertificates[0].remaining },
        },
        { providerId: 'bankdeposit', amount: paid.outstandingBalance },
      ])
    })

    it('is for the session that placed it, also after its shopper signs in, and for nobody else', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const read = (who: typeof browser, number: number | string = orderId) =>
        who.send('GET', `/api/storefront/orders/${number}`)
      await signedIn(browser)
      expect((await read(browser)).status).toBe(200)
      const stranger = open()
      await readyCheckout(stranger)
      const customer = open()
      await signedIn(customer)
      for (const thief of [stranger, customer, open()]) expectProblem(await read(thief), missing)
      for (const number of ['0', '-1', '1.5', 'x', '99999999']) expectProblem(await read(browser, number), missing)
    })

    it("is a customer's in every browser where they are signed in, and in none after signing out", async () => {
      const browser = open()
      const who = await signedIn(browser)
      const { id } = await readyCheckout(browser)
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const elsewhere = open()
      await elsewhere.send('POST', '/internalapi/v1/checkout/customer', { body: who })
      const answer = await elsewhere.send('GET', `/api/storefront/orders/${orderId}`)
      expect(answer).toMatchObject({
        status: 200,
        json: { customerId: expect.any(Number), customerCanBeCreated: false },
      })
      const before = openBrowser(server(), browser.cookies)
      await browser.send('DELETE', '/internalapi/v1/checkout/customer')
      for (const thief of [browser, before]) {
        expectProblem(await thief.send('GET', `/api/storefront/orders/${orderId}`), missing)
      }
    })
  })
})
