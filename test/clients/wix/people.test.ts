import { cart, checkout, currentCart, giftVouchers, orders, orderTransactions } from '@wix/ecom'
import { ApiKeyStrategy, createClient, OAuthStrategy } from '@wix/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchFrom } from '../../../src/dialects/wix/client-fetch.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { catalogAppId, clientId, customerId, secondId, shirt, site } from '../../wire/wix/people.js'

const address = {
  country: 'US',
  subdivision: 'US-NY',
  city: 'New York',
  postalCode: '10011',
  addressLine1: '1 Test Street',
}
const place = { address, contactDetails: { firstName: 'Carla', lastName: 'Customer', phone: '+12125550100' } }
const lineItems = [{ catalogReference: { appId: catalogAppId, catalogItemId: shirt }, quantity: 3 }]

// The platform's own client, as published; only scheme, host and port of what it asks change.
describeOnEachDatabase('the JavaScript SDK, as somebody known', getServer => {
  const globalFetch = globalThis.fetch
  beforeAll(() => {
    globalThis.fetch = fetchFrom(getServer().baseUrl, globalFetch)
  })
  afterAll(() => {
    globalThis.fetch = globalFetch
  })

  const newClient = () =>
    createClient({ modules: { currentCart, checkout, orders, orderTransactions }, auth: OAuthStrategy({ clientId }) })

  async function visitor() {
    const client = newClient()
    client.auth.setTokens(await client.auth.generateVisitorTokens())
    return client
  }

  const backend = () =>
    createClient({
      modules: { cart, checkout, orders, orderTransactions, giftVouchers },
      auth: ApiKeyStrategy({ apiKey: 'demo-wix-key', siteId: site }),
    })

  it('logs in with e-mail address and password, and the visitor’s cart comes along', async () => {
    const client = await visitor()
    await client.currentCart.addToCurrentCart({ lineItems })
    const state = await client.auth.login({ email: 'customer@polytill.test', password: 'change123' })
    expect(state.loginState).toBe('SUCCESS')
    const sessionToken = 'data' in state && 'sessionToken' in state.data ? String(state.data.sessionToken) : ''

    // What a browser does in a hidden frame: open the address, and take the code from where it leads.
    const oauth = client.auth.generateOAuthData('http://localhost:3000/callback')
    const options = { prompt: 'none', responseMode: 'query', sessionToken } as const
    const { authUrl } = await client.auth.getAuthUrl(oauth, options)
    const page = await globalFetch(authUrl, { redirect: 'manual' })
    const back = client.auth.parseFromUrl(page.headers.get('location') ?? '', 'query')
    const tokens = await client.auth.getMemberTokens(back.code, back.state, oauth)
    client.auth.setTokens(tokens)
    expect(client.auth.loggedIn()).toBe(true)

    const cart = await client.currentCart.getCurrentCart()
    expect(cart.buyerInfo?.memberId).toBe(customerId)
    expect(cart.lineItems?.[0]?.quantity).toBeGreaterThanOrEqual(3)
  })

  it('tells what was wrong in its own words', async () => {
    const client = await visitor()
    expect(await client.auth.login({ email: 'customer@polytill.test', password: 'wrong' })).toMatchObject({
      loginState: 'FAILURE',
      errorCode: 'invalidPassword',
    })
    const taken = await client.auth.register({ email: 'customer@polytill.test', password: 'change123' })
    expect(taken).toMatchObject({ loginState: 'FAILURE', errorCode: 'emailAlreadyExists' })
    const odd = await client.auth.register({ email: 'nonsense', password: 'change123' })
    expect(odd).toMatchObject({ loginState: 'FAILURE', errorCode: 'invalidEmail' })
    const fresh = await client.auth.register({ email: `${crypto.randomUUID()}@polytill.test`, password: 'change123' })
    expect(fresh.loginState).toBe('SUCCESS')
    const { logoutUrl } = await client.auth.logout('http://localhost:3000/')
    expect(logoutUrl).toContain('/logout?')
  })

  it('buys as a member, with coupon and gift card, and reads the order back', async () => {
    const client = await visitor()
    client.auth.setTokens(await client.auth.getMemberTokensForExternalLogin(secondId, 'demo-wix-key'))
    await client.currentCart.addToCurrentCart({ lineItems })
    const estimate = await client.currentCart.estimateCurrentCartTotals({ shippingAddress: address })
    expect(estimate.priceSummary?.total?.amount).toBe('40.00')
    const { checkoutId = '' } = await client.currentCart.createCheckoutFromCurrentCart({ channelType: 'WEB' })
    await client.checkout.updateCheckout(
      checkoutId,
      {
        buyerInfo: { email: 'second@polytill.test' },
        billingInfo: place,
        shippingInfo: { shippingDestination: place },
      },
      { couponCode: 'SUMMERSALE10', giftCardCode: 'GIFT50DEMO' },
    )
    const filled = await client.checkout.getCheckout(checkoutId)
    expect(filled.buyerInfo).toMatchObject({ memberId: secondId, email: 'second@polytill.test' })
    // 30 for three shirts, 10 off, 10 for shipping: the gift card covers it all.
    expect(filled.priceSummary?.total?.amount).toBe('0.00')
    const { orderId = '' } = await client.checkout.createOrder(checkoutId)
    const order = await client.orders.getOrder(orderId)
    expect(order).toMatchObject({
      status: 'APPROVED',
      paymentStatus: 'PAID',
      buyerInfo: { memberId: secondId },
      priceSummary: { total: { amount: '30.00' } },
    })
    const { orderTransactions: paid } = await client.orderTransactions.listTransactionsForSingleOrder(orderId)
    expect(paid?.payments).toMatchObject([{ giftcardPaymentDetails: {}, amount: { amount: '30.00' } }])
    const found = await client.orders.searchOrders({ filter: { number: order.number ?? '' } })
    expect(found.orders?.map(each => each._id)).toEqual([orderId])
    await expect((await visitor()).orders.getOrder(orderId)).rejects.toMatchObject({
      details: { applicationError: { code: 'READ_ORDER_FORBIDDEN' } },
    })
  })

  it('makes a checkout for anybody by API key, who then owns it; and settles its order', async () => {
    const desk = backend()
    const made = await desk.checkout.createCheckout({
      channelType: 'BACKOFFICE_MERCHANT',
      lineItems,
      checkoutInfo: {
        buyerInfo: { email: 'somebody@polytill.test' },
        billingInfo: place,
        shippingInfo: { shippingDestination: place },
      },
    })
    const id = made._id ?? ''
    await expect((await visitor()).checkout.getCheckout(id)).rejects.toMatchObject({
      details: { applicationError: { code: 'CHECKOUT_NOT_FOUND' } },
    })
    const { orderId = '' } = await desk.checkout.createOrder(id)
    const waiting = await desk.orders.getOrder(orderId)
    expect(waiting).toMatchObject({ status: 'INITIALIZED', paymentStatus: 'NOT_PAID' })
    const { paymentsIds } = await desk.orderTransactions.addPayments(orderId, [
      { amount: { amount: '40' }, regularPaymentDetails: { offlinePayment: true, paymentMethod: 'Cash' } },
    ])
    expect(paymentsIds).toHaveLength(1)
    expect(await desk.orders.getOrder(orderId)).toMatchObject({ status: 'APPROVED', paymentStatus: 'PAID' })
    expect((await desk.checkout.getCheckout(id)).completed).toBe(true)
    const canceled = await desk.orders.cancelOrder(orderId)
    expect(canceled.order?.status).toBe('CANCELED')
  })

  it('buys by API key: cart, estimate, checkout, coupon, gift card, order, and reads it back', async () => {
    const desk = backend()
    const made = await desk.cart.createCart({ lineItems: [{ ...lineItems[0], quantity: 1 }] })
    const cartId = made._id ?? ''
    const estimate = await desk.cart.estimateTotals(cartId, { shippingAddress: address })
    expect(estimate.priceSummary?.total?.amount).toBe('20.00')
    const { checkoutId = '' } = await desk.cart.createCheckout(cartId, { channelType: 'BACKOFFICE_MERCHANT' })
    const filled = await desk.checkout.updateCheckout(
      checkoutId,
      {
        buyerInfo: { email: 'desk@polytill.test' },
        billingInfo: place,
        shippingInfo: { shippingDestination: place },
      },
      { couponCode: 'SUMMERSALE10', giftCardCode: 'GIFT50DEMO', giftCardRedeemAmount: '5' },
    )
    expect(filled.priceSummary?.total?.amount).toBe('5.00')
    const { orderId = '' } = await desk.checkout.createOrder(checkoutId)
    expect(await desk.orders.getOrder(orderId)).toMatchObject({
      status: 'INITIALIZED',
      channelInfo: { type: 'BACKOFFICE_MERCHANT' },
      priceSummary: { total: { amount: '10.00' } },
      balanceSummary: { paid: { amount: '5.00' }, balance: { amount: '5.00' } },
    })
    await desk.orderTransactions.addPayments(orderId, [
      { amount: { amount: '5' }, regularPaymentDetails: { offlinePayment: true, paymentMethod: 'Cash' } },
    ])
    expect(await desk.orders.getOrder(orderId)).toMatchObject({ status: 'APPROVED', paymentStatus: 'PAID' })
    const { orderTransactions: paid } = await desk.orderTransactions.listTransactionsForSingleOrder(orderId)
    expect(paid?.payments?.filter(each => each.giftcardPaymentDetails)).toMatchObject([{ amount: { amount: '5.00' } }])
  })

  it('spends a gift card and gives it back', async () => {
    const desk = backend()
    const before = await desk.giftVouchers.getGiftCard('GIFT50DEMO')
    const { transactionId = '' } = await desk.giftVouchers.redeemGiftCard('GIFT50DEMO', {
      amount: { value: '5', currency: 'USD' },
      appId: catalogAppId,
    })
    await desk.giftVouchers.voidTransaction(transactionId, { appId: catalogAppId })
    const after = await desk.giftVouchers.getGiftCard('GIFT50DEMO')
    expect(after.giftCard?.balance).toEqual(before.giftCard?.balance)
  })
})
