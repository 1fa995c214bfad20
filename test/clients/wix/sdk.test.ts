import { checkout, currentCart, orders } from '@wix/ecom'
import { ApiKeyStrategy, createClient, OAuthStrategy } from '@wix/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchFrom } from '../../../src/dialects/wix/client-fetch.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { appId, demoKey, goods, site } from '../../wire/wix/wix.js'

const clientId = 'c0ffee00-0001-4a6b-9b61-000000000001'

const address = {
  country: 'US',
  subdivision: 'US-NY',
  city: 'New York',
  postalCode: '10011',
  addressLine1: '1 Test Street',
}
const person = { firstName: 'Test', lastName: 'Buyer', phone: '+12125550100' }
const modules = { currentCart, checkout, orders }

const reference = (catalogItemId: string) => ({ catalogReference: { appId, catalogItemId } })

// The platform's own client; only scheme, host and port of what it asks change. Source: dialects/wix.md 6.1, 6.3.
describeOnEachDatabase('the JavaScript SDK', getServer => {
  const globalFetch = globalThis.fetch
  // The token call and the log-in calls take the global `fetch`, whatever the client was given.
  beforeAll(() => {
    globalThis.fetch = fetchFrom(getServer().baseUrl, globalFetch)
  })
  afterAll(() => {
    globalThis.fetch = globalFetch
  })

  async function visitor() {
    const client = createClient({ modules, auth: OAuthStrategy({ clientId }) })
    client.auth.setTokens(await client.auth.generateVisitorTokens())
    return client
  }

  it('buys as a visitor: cart, estimate, checkout, coupon, gift card, order, and the cart is gone', async () => {
    const client = await visitor()
    await expect(client.currentCart.getCurrentCart()).rejects.toMatchObject({
      details: { applicationError: { code: 'OWNED_CART_NOT_FOUND' } },
    })
    const { cart } = await client.currentCart.addToCurrentCart({
      lineItems: [
        { ...reference(goods.shirt), quantity: 3 },
        { ...reference(goods.shoe), quantity: 1 },
      ],
    })
    expect(cart?.lineItems?.map(line => [line.productName?.original, line.price?.formattedAmount])).toEqual([
      ['Shirt', '$10.00'],
      ['Shoe', '$85.00'],
    ])
    expect(cart?.lineItems?.[0]?.image).toMatch(/^wix:image:\/\/v1\/shirt\.svg/)
    const estimate = await client.currentCart.estimateCurrentCartTotals({ shippingAddress: address })
    expect(estimate.priceSummary?.total?.amount).toBe('125.00')

    const { checkoutId = '' } = await client.currentCart.createCheckoutFromCurrentCart({ channelType: 'WEB' })
    await client.checkout.updateCheckout(
      checkoutId,
      {
        buyerInfo: { email: 'buyer@polytill.test' },
        billingInfo: { address, contactDetails: person },
        shippingInfo: { shippingDestination: { address, contactDetails: person } },
      },
      { couponCode: 'SUMMERSALE10', giftCardCode: 'GIFT50DEMO' },
    )
    const filled = await client.checkout.getCheckout(checkoutId)
    expect(filled.priceSummary).toMatchObject({
      subtotal: { amount: '115.00' },
      discount: { amount: '10.00' },
      shipping: { amount: '10.00' },
      total: { amount: '65.00' },
    })
    expect(filled.shippingInfo?.shippingDestination?.address?.addressLine1).toBe('1 Test Street')
    const ordered = await client.checkout.createOrder(checkoutId)
    expect(ordered.orderId).toMatch(/^[0-9a-f-]{36}$/)
    expect(ordered.paymentGatewayOrderId).toBeDefined()
    const order = await client.orders.getOrder(ordered.orderId ?? '')
    expect(order).toMatchObject({
      status: 'INITIALIZED',
      paymentStatus: 'NOT_PAID',
      checkoutId,
      buyerInfo: { email: 'buyer@polytill.test' },
      priceSummary: { subtotal: { amount: '115.00' }, discount: { amount: '10.00' }, total: { amount: '115.00' } },
      balanceSummary: { paid: { amount: '50.00' }, balance: { amount: '65.00' } },
      billingInfo: { address: { addressLine1: '1 Test Street' }, contactDetails: person },
    })
    expect(order.lineItems?.map(line => [line.productName?.original, line.quantity])).toEqual([
      ['Shirt', 3],
      ['Shoe', 1],
    ])
    await expect((await visitor()).orders.getOrder(ordered.orderId ?? '')).rejects.toMatchObject({
      details: { applicationError: { code: 'READ_ORDER_FORBIDDEN' } },
    })
    await expect(client.checkout.createOrder(checkoutId)).rejects.toMatchObject({
      details: {
        applicationError: { code: 'CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS', data: { orderId: ordered.orderId } },
      },
    })
    await expect(client.currentCart.getCurrentCart()).rejects.toMatchObject({
      details: { applicationError: { code: 'OWNED_CART_NOT_FOUND' } },
    })
  })

  it('makes a checkout with an API key, and tells its violations', async () => {
    const client = createClient({ modules, auth: ApiKeyStrategy({ apiKey: demoKey, siteId: site }) })
    const made = await client.checkout.createCheckout({
      channelType: 'BACKOFFICE_MERCHANT',
      lineItems: [{ ...reference(goods.mug), quantity: 2 }],
      checkoutInfo: { buyerInfo: { openAccess: true } as object },
    })
    expect(made.lineItems?.[0]).toMatchObject({ quantity: 2, lineItemPrice: { amount: '25' } })
    const bad = client.checkout.createCheckout({
      channelType: 'WEB',
      lineItems: [{ ...reference(goods.mug), quantity: 0 }],
    })
    await expect(bad).rejects.toMatchObject({
      details: { validationError: { fieldViolations: [{ violatedRule: 'MIN' }] } },
    })
  })
})
