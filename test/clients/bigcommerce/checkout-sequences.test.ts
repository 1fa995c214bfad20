import { describe, expect, it } from 'vitest'
import {
  austin,
  type Browser,
  cartOf,
  describeStorefront,
  goods,
  payByCard,
  signedIn,
  submit,
} from '../../wire/bigcommerce/browser.js'

/**
 * The requests of the platform's Checkout SDK in the order in which it sends them, recorded from releases 1.983.2 and
 * 1.234.0; the client is ours. Source: dialects/bigcommerce.md 6.1 to 6.4.
 */
const include = encodeURIComponent(
  [
    'cart.lineItems.physicalItems.options',
    'cart.lineItems.digitalItems.options',
    'cart.lineItems.physicalItems.stockPosition',
    'customer',
    'customer.customerGroup',
    'payments',
    'promotions.banners',
  ].join(','),
)
const withOptions = `${include}${encodeURIComponent(',consignments.availableShippingOptions')}`
const orderInclude = encodeURIComponent('payments,lineItems.physicalItems.socialMedia,lineItems.physicalItems.options')

interface Line {
  readonly id: string
  readonly quantity: number
}

/** What the SDK holds between requests: the last checkout that it was given. */
function sdk(browser: Browser, id: string) {
  const ok = async (method: string, path: string, body?: object) => {
    const answer = await browser.send(method, path, body === undefined ? {} : { body })
    expect({ path, status: answer.status }).toEqual({ path, status: answer.status < 300 ? answer.status : 200 })
    return answer
  }
  const checkouts = `/api/storefront/checkouts/${id}`
  return {
    load: async () => {
      await Promise.all([
        ok('GET', `/api/storefront/checkout-settings?checkoutId=${id}`),
        ok('GET', '/api/storefront/form-fields'),
      ])
      await ok('GET', `/api/storefront/checkout/${id}?include=${include}`)
      await ok('GET', '/internalapi/v1/shipping/countries?channel_id=1')
      await ok('GET', '/internalapi/v1/store/countries')
    },
    read: async () => (await ok('GET', `/api/storefront/checkout/${id}?include=${withOptions}`)).json,
    asGuest: (email: string) =>
      ok('POST', `${checkouts}/billing-address?include=${include}`, { email, shouldSaveAddress: false }),
    consign: async (parts: readonly { readonly address: object; readonly lines: readonly Line[] }[]) => {
      const body = parts.map(({ address, lines }) => ({
        address,
        lineItems: lines.map(line => ({ itemId: line.id, quantity: line.quantity })),
      }))
      return (await ok('POST', `${checkouts}/consignments?include=${withOptions}`, body)).json
    },
    choose: async (consignment: {
      readonly id: string
      readonly availableShippingOptions: readonly { readonly id: string }[]
    }) =>
      (
        await ok('PUT', `${checkouts}/consignments/${consignment.id}?include=${withOptions}`, {
          shippingOptionId: consignment.availableShippingOptions[0]?.id,
        })
      ).json,
    bill: async () => {
      const { billingAddress } = (await ok('GET', `/api/storefront/checkout/${id}?include=${include}`)).json
      // Whoever is signed in is not asked for an e-mail address, and sends none.
      const { email: _asked, ...place } = austin
      const told = billingAddress?.email === undefined ? {} : { email: billingAddress.email }
      const body = { ...place, ...told, id: billingAddress?.id, shouldSaveAddress: false }
      if (billingAddress?.id === undefined) return (await ok('POST', `${checkouts}/billing-address`, body)).json
      return (await ok('PUT', `${checkouts}/billing-address/${billingAddress.id}?include=${include}`, body)).json
    },
    ...payingSteps(browser, id, ok),
  }
}

/** From the message to the order's own page. */
function payingSteps(
  browser: Browser,
  id: string,
  ok: (method: string, path: string, body?: object) => ReturnType<Browser['send']>,
) {
  const checkouts = `/api/storefront/checkouts/${id}`
  return {
    message: async (customerMessage: string) =>
      (await ok('PUT', `/api/storefront/checkout/${id}`, { customerMessage })).json,
    coupon: async (couponCode: string) => {
      const tried = await browser.send('POST', `${checkouts}/gift-certificates?include=${withOptions}`, {
        body: { giftCertificateCode: couponCode },
      })
      expect(tried.status).toBe(404)
      return (await ok('POST', `${checkouts}/coupons?include=${withOptions}`, { couponCode })).json
    },
    certificate: async (giftCertificateCode: string) =>
      (await ok('POST', `${checkouts}/gift-certificates?include=${withOptions}`, { giftCertificateCode })).json,
    methods: async () => (await ok('GET', `/api/storefront/payments?cartId=${id}`)).json,
    /** Refuses to go on when the checkout is not what it was, as the SDK does. */
    submitOrder: async (held: { readonly outstandingBalance: number; readonly cart: object }, method?: string) => {
      const { json: now } = await ok('GET', `/api/storefront/checkout/${id}?include=${include}`)
      expect(now.outstandingBalance).toBe(held.outstandingBalance)
      const submitted = await submit(browser, id, method)
      expect(submitted.status).toBe(201)
      const { orderId } = submitted.json.data.order
      await ok('GET', `/api/storefront/orders/${orderId}?include=${orderInclude}`)
      return submitted
    },
    order: async (orderId: number) => {
      const order = (await ok('GET', `/api/storefront/orders/${orderId}?include=${orderInclude}`)).json
      const settings = (await ok('GET', '/api/storefront/checkout-settings')).json
      await ok('GET', '/api/storefront/form-fields')
      return { order, settings }
    },
  }
}

describeStorefront('the Checkout SDK’s sequence of requests', open => {
  async function begin(lineItems: Parameters<typeof cartOf>[1]) {
    const browser = open()
    const id = await cartOf(browser, lineItems)
    const client = sdk(browser, id)
    await client.load()
    return { browser, id, client }
  }

  describe('a guest', () => {
    it('sends everything to one place, with a coupon and a gift certificate, and pays on delivery', async () => {
      const { client } = await begin([
        { ...goods.brewer, quantity: 1 },
        { ...goods.coffeemaker, quantity: 2 },
      ])
      const known = await client.asGuest('ana@example.test')
      const sent = await client.consign([{ address: austin, lines: known.json.cart.lineItems.physicalItems }])
      await client.choose(sent.consignments[0])
      await client.bill()
      await client.message('Ring twice')
      const reduced = await client.coupon('SAVE20')
      // 324 less 20 % is 259.20; with 8 for shipping, at 8.25 %
      expect(reduced).toMatchObject({ subtotal: 324, shippingCostTotal: 8, taxTotal: 22.04, grandTotal: 289.24 })
      const paid = await client.certificate('GIFT50DEMO')
      const used = paid.giftCertificates[0].used
      expect(paid.outstandingBalance).toBeCloseTo(289.24 - used, 2)
      expect((await client.methods()).map((method: { id: string }) => method.id)).toContain('cod')
      const submitted = await client.submitOrder(await client.read(), 'cod')
      const { order, settings } = await client.order(submitted.json.data.order.orderId)
      expect(order).toMatchObject({
        status: 'AWAITING_PAYMENT',
        isComplete: true,
        orderAmount: 289.24,
        customerMessage: 'Ring twice',
      })
      expect(settings.context.checkoutId).toBe('')
    })

    it('sends parts of it to several places and pays by card', async () => {
      const { browser, client } = await begin([
        { ...goods.brewer, quantity: 2 },
        { ...goods.journal, quantity: 1 },
      ])
      const known = await client.asGuest('ana@example.test')
      const [line] = known.json.cart.lineItems.physicalItems
      const dallas = { ...austin, city: 'Dallas', postalCode: '75201' }
      await client.consign([{ address: austin, lines: [{ id: line.id, quantity: 1 }] }])
      const both = await client.consign([{ address: dallas, lines: [{ id: line.id, quantity: 1 }] }])
      expect(both.consignments).toHaveLength(2)
      for (const consignment of both.consignments) await client.choose(consignment)
      await client.bill()
      const held = await client.read()
      expect(held).toMatchObject({ shippingCostTotal: 16, subtotal: 468.95 })
      const submitted = await client.submitOrder(held)
      expect((await payByCard(browser, submitted, { number: '4111111111111111' })).json).toEqual({
        status: 'ok',
        errors: [],
      })
      const { order } = await client.order(submitted.json.data.order.orderId)
      expect(order).toMatchObject({
        status: 'AWAITING_FULFILLMENT',
        orderAmount: held.grandTotal,
        hasDigitalItems: true,
      })
      expect(order.consignments.shipping).toHaveLength(2)
    })
  })

  it('a customer signs in on the way, finds the checkout again, and sees the order everywhere', async () => {
    const elsewhere = open()
    const who = await signedIn(elsewhere)
    const { browser, id, client } = await begin([{ ...goods.mug, quantity: 3 }])
    const login = await browser.send('POST', '/internalapi/v1/checkout/customer', { body: { ...who, cartId: id } })
    expect(login.json.data.persistentCartRetrievalInformation).toBeUndefined()
    await client.load()
    const known = await client.read()
    expect(known.customer).toMatchObject({ isGuest: false, email: who.email })
    const sent = await client.consign([{ address: austin, lines: known.cart.lineItems.physicalItems }])
    await client.choose(sent.consignments[0])
    await client.bill()
    const submitted = await client.submitOrder(await client.read(), 'bankdeposit')
    const { orderId } = submitted.json.data.order
    expect((await elsewhere.send('GET', `/api/storefront/orders/${orderId}`)).status).toBe(200)
  })

  it('a customer stores a card with one order, pays by it with the next, and deletes it', async () => {
    const browser = open()
    await signedIn(browser)
    const ready = async () => {
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const client = sdk(browser, id)
      await client.load()
      const known = await client.read()
      const sent = await client.consign([{ address: austin, lines: known.cart.lineItems.physicalItems }])
      await client.choose(sent.consignments[0])
      await client.bill()
      return { id, client, customerId: known.cart.customerId, settings: await settingsOf(id) }
    }
    const settingsOf = async (id: string) =>
      (await browser.send('GET', `/api/storefront/checkout-settings?checkoutId=${id}`)).json.storeConfig
    const first = await ready()
    expect(first.settings.checkoutSettings.isCardVaultingEnabled).toBe(true)
    const [{ config }] = await first.client.methods()
    expect(config).toMatchObject({ isVaultingEnabled: true, isVaultingCvvEnabled: true })
    const submitted = await first.client.submitOrder(await first.client.read())
    const kept = { vault_payment_instrument: true, set_as_default_stored_instrument: true }
    const credit_card = { account_name: 'Ada', number: '4111111111111111', month: 12, year: 2040 }
    const byNewCard = { payment: { gateway: 'bigpaypay', method: 'zzzblackhole', ...kept, credit_card } }
    expect((await payByCard(browser, submitted, { number: '' }, byNewCard)).json).toEqual({ status: 'ok', errors: [] })

    const next = await ready()
    const [withDefault] = await next.client.methods()
    expect(withDefault.config.hasDefaultStoredInstrument).toBe(true)
    const access = await browser.send('GET', '/internalapi/v1/checkout/payments/vault-access-token')
    const headers = { authorization: access.json.data.token, accept: 'application/json' }
    const { storeId } = next.settings.storeProfile
    const { code } = next.settings.shopperCurrency
    const path = (version: string) => `/api/${version}/stores/${storeId}/shoppers/${next.customerId}/instruments`
    const listed = await browser.send('POST', `${path('v3')}/trusted_shipping_address?currency_code=${code}`, {
      headers,
      body: { shipping_address: { address_line_1: '9 Elm St', city: 'Austin', country_code: 'US', state: {} } },
    })
    const [instrument] = listed.json.vaulted_instruments
    expect(instrument).toMatchObject({ provider: 'bigpaypay', method_type: 'card', default_instrument: true })
    const again = await next.client.submitOrder(await next.client.read())
    const bigpay_token = { token: instrument.bigpay_token, verification_value: '123' }
    const byStored = { payment: { gateway: 'bigpaypay', method: 'zzzblackhole', bigpay_token } }
    // The client sends both tokens with a stored card.
    const both = { ...again, headers: { token: `${again.headers.token}, ${headers.authorization}` } }
    expect((await payByCard(browser, both, { number: '' }, byStored)).json).toEqual({ status: 'ok', errors: [] })
    const { order } = await next.client.order(again.json.data.order.orderId)
    expect(order).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true })

    const one = `${path('v2')}/${instrument.bigpay_token}?currency_code=${code}`
    expect((await browser.send('DELETE', one, { headers })).json).toEqual({ vaulted_instruments: [] })
    expect((await browser.send('GET', `${path('v3')}?currency_code=${code}`, { headers })).json).toEqual({
      vaulted_instruments: [],
    })
  })
})
