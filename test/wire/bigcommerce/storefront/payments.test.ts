import { describe, expect, it } from 'vitest'
import { cartOf, describeStorefront, expectProblem, expectShopperHeaders, goods } from '../browser.js'

/** A method as the platform's client must have it. */
function method(id: string, displayName: string, more: { readonly helpText?: string; readonly isCard?: boolean } = {}) {
  const { helpText = '', isCard = false } = more
  return {
    id,
    gateway: null,
    logoUrl: '',
    method: isCard ? 'zzzblackhole' : 'offline',
    supportedCards: isCard ? ['VISA', 'AMEX', 'MC', 'DISCOVER', 'DINERS', 'JCB'] : [],
    providesShippingAddress: false,
    config: {
      displayName,
      cardCode: isCard ? true : null,
      helpText,
      enablePaypal: null,
      merchantId: null,
      is3dsEnabled: null,
      testMode: isCard,
      isVisaCheckoutEnabled: null,
      requireCustomerCode: false,
      isVaultingEnabled: false,
      isVaultingCvvEnabled: null,
      hasDefaultStoredInstrument: false,
      isHostedFormEnabled: false,
      logo: null,
    },
    type: isCard ? 'PAYMENT_TYPE_API' : 'PAYMENT_TYPE_OFFLINE',
    initializationStrategy: { type: 'not_applicable' },
    nonce: null,
    initializationData: null,
    clientToken: null,
    returnUrl: null,
  }
}

describeStorefront('ways to pay', open => {
  describe('GET /api/storefront/payments', () => {
    it('lists them in the order of the store, for the session’s cart or the one that is named', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', '/api/storefront/payments')
      expect(answer.status).toBe(200)
      expectShopperHeaders(answer)
      expect(answer.json).toEqual([
        method('bigpaypay', 'Test Payment Provider', { isCard: true }),
        method('cod', 'Cash on Delivery', { helpText: 'Pay the courier in cash.' }),
        method('cheque', 'Check', { helpText: 'Make the check out to Polytill Demo.' }),
        method('bankdeposit', 'Bank Deposit', { helpText: 'Name the order number with your transfer.' }),
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
      expect(answer.json).toEqual(method('cheque', 'Check', { helpText: 'Make the check out to Polytill Demo.' }))
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
