import { cartV2, currentCartV2, orders } from '@wix/ecom'
import { createClient, OAuthStrategy } from '@wix/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchFrom } from '../../../src/dialects/wix/client-fetch.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { clientId } from '../../wire/wix/people.js'
import { appId, goods } from '../../wire/wix/wix.js'

const address = {
  country: 'US',
  subdivision: 'US-NY',
  city: 'New York',
  postalCode: '10011',
  addressLine1: '1 Test Street',
}
const reference = (catalogItemId: string) => ({ catalogReference: { appId, catalogItemId } })

// The platform's own client, as published; only scheme and host of what it asks change.
describeOnEachDatabase('the JavaScript SDK with Cart V2', getServer => {
  const globalFetch = globalThis.fetch
  beforeAll(() => {
    globalThis.fetch = fetchFrom(getServer().baseUrl, globalFetch)
  })
  afterAll(() => {
    globalThis.fetch = globalFetch
  })

  it('buys as a visitor: current cart, coupon, gift card, delivery, order, and reads it back', async () => {
    const client = createClient({ modules: { cartV2, currentCartV2, orders }, auth: OAuthStrategy({ clientId }) })
    client.auth.setTokens(await client.auth.generateVisitorTokens())
    await expect(client.currentCartV2.getCurrentCart()).rejects.toMatchObject({
      details: { applicationError: { code: 'OWNED_CART_NOT_FOUND' } },
    })
    const { cart: made } = await client.currentCartV2.createCurrentCart({
      catalogItems: [
        { ...reference(goods.shirt), quantity: 3 },
        { ...reference(goods.shoe), quantity: 1 },
      ],
    })
    const id = made?._id ?? ''
    expect(made?.lineItems?.map(line => line.pricing?.totalPrice?.amount)).toEqual(['30', '85'])
    await client.currentCartV2.updateCurrentCart({
      customerInfo: { email: 'buyer@polytill.test', firstName: 'Test', lastName: 'Buyer' },
      deliveryInfo: { address },
      paymentInfo: { billingAddress: address },
    })
    await client.currentCartV2.addCouponToCurrentCart({ code: 'SUMMERSALE10' })
    await client.currentCartV2.addGiftCardToCurrentCart({ code: 'GIFT50DEMO' })
    await client.currentCartV2.setDeliveryMethodForCurrentCart({ code: 'standard-us-shipping' })
    const { summary } = await client.currentCartV2.calculateCurrentCart()
    expect(summary?.priceSummary).toMatchObject({
      subtotal: { amount: '115.00' },
      discount: { amount: '10.00' },
      delivery: { amount: '10.00' },
      total: { amount: '115.00' },
    })
    expect(summary?.paymentSummary?.totalAfterGiftCards?.amount).toBe('65.00')
    const placed = await client.cartV2.placeOrder(id)
    expect(placed).toMatchObject({ completed: false })
    const order = await client.orders.getOrder(placed.orderId ?? '')
    expect(order).toMatchObject({
      checkoutId: id,
      priceSummary: { total: { amount: '115.00' } },
      balanceSummary: { balance: { amount: '65.00' } },
    })
    await expect(client.cartV2.placeOrder(id)).rejects.toMatchObject({
      details: { applicationError: { code: 'PAYMENT_ALREADY_IN_PROGRESS', data: { orderId: placed.orderId } } },
    })
  })
})
