import { describe, expect, it } from 'vitest'
import { cartOf, describeStorefront, expectProblem, expectShopperHeaders, goods } from '../browser.js'

/** As the platform answers. Source: dialects/bigcommerce.md 3.7.4. */
const cashOnDelivery = {
  id: 'cod',
  gateway: null,
  logoUrl: '',
  method: 'offline',
  supportedCards: [],
  providesShippingAddress: false,
  config: {
    displayName: 'Cash on Delivery',
    cardCode: null,
    helpText: 'Pay the courier in cash.',
    enablePaypal: null,
    merchantId: null,
    is3dsEnabled: null,
    testMode: false,
    isVisaCheckoutEnabled: null,
    requireCustomerCode: false,
    isVaultingEnabled: false,
    isVaultingCvvEnabled: null,
    hasDefaultStoredInstrument: false,
    isHostedFormEnabled: false,
    logo: null,
  },
  type: 'PAYMENT_TYPE_OFFLINE',
  initializationStrategy: { type: 'not_applicable' },
  nonce: null,
  initializationData: null,
  clientToken: null,
  returnUrl: null,
}

/** The test provider there. */
const testCards = {
  id: 'bigpaypay',
  gateway: null,
  logoUrl: '',
  method: 'zzzblackhole',
  supportedCards: ['VISA', 'AMEX', 'MC', 'DISCOVER', 'DINERS', 'JCB'],
  providesShippingAddress: false,
  config: {
    displayName: 'Test Payment Provider',
    cardCode: true,
    helpText: '',
    enablePaypal: null,
    merchantId: null,
    is3dsEnabled: null,
    testMode: true,
    isVisaCheckoutEnabled: null,
    requireCustomerCode: false,
    isVaultingEnabled: true,
    isVaultingCvvEnabled: true,
    hasDefaultStoredInstrument: false,
    isHostedFormEnabled: false,
    logo: null,
  },
  type: 'PAYMENT_TYPE_API',
  initializationStrategy: { type: 'not_applicable' },
  nonce: null,
  initializationData: null,
  clientToken: null,
  returnUrl: null,
}

/** Another way to pay outside of every gateway. */
const offline = (id: string, displayName: string, helpText: string) => ({
  ...cashOnDelivery,
  id,
  config: { ...cashOnDelivery.config, displayName, helpText },
})

describeStorefront('ways to pay', open => {
  describe('GET /api/storefront/payments', () => {
    it('lists them in the order of the store, for the session’s cart or the one that is named', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', '/api/storefront/payments')
      expect(answer.status).toBe(200)
      expectShopperHeaders(answer)
      expect(answer.json).toEqual([
        testCards,
        cashOnDelivery,
        offline('cheque', 'Check', 'Make the check out to Polytill Demo.'),
        offline('bankdeposit', 'Bank Deposit', 'Name the order number with your transfer.'),
      ])
      const named = await browser.send('GET', `/api/storefront/payments?cartId=${id}`)
      expect(named.text).toBe(answer.text)
      expect(answer.headers['x-session-hash']).toMatch(/^[0-9a-f]{32}$/)
      expect(answer.headers['x-device-session-id']).toMatch(/^[0-9a-f]{32}$/)
      expect(browser.cookies.get('SHOP_SESSION_TOKEN')).not.toContain(answer.headers['x-session-hash'])
    })

    it('is empty without a cart, and for another session’s', async () => {
      const id = await cartOf(open(), [{ ...goods.mug, quantity: 1 }])
      expect((await open().send('GET', '/api/storefront/payments')).json).toEqual([])
      expect((await open().send('GET', `/api/storefront/payments?cartId=${id}`)).json).toEqual([])
    })
  })

  describe('GET /api/storefront/payments/:methodId', () => {
    it('shows one of them', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', `/api/storefront/payments/cheque?cartId=${id}&method=`)
      expect(answer.json).toEqual(offline('cheque', 'Check', 'Make the check out to Polytill Demo.'))
    })

    it('is 404 for one that there is not', async () => {
      const browser = open()
      await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', '/api/storefront/payments/goldbars')
      const detail = 'The requested resource was not found.'
      expectProblem(answer, { status: 404, title: 'Not found', detail, code: 'not_found' })
    })
  })
})
