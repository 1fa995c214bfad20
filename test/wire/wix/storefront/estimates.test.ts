import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importEntries } from '../extra-goods.js'
import { demoKey, goods, item, newYork, wixOver } from '../wix.js'

const site = {
  kind: 'channel',
  id: 'us-wix',
  name: 'Site',
  currency: 'USD',
  locale: 'en-US',
  countries: ['US', 'DE'],
  defaultCountry: 'US',
  priceMode: 'net',
  policy: 'netPerLineStacked',
  orderNumbers: { kind: 'counting', first: 10_001 },
  storesAnonymousAddresses: false,
  settings: { wix: { siteId: 'c0ffee00-0002-4a6b-9b61-000000000002' } },
  thresholds: [
    { kind: 'soft_minimum_fixed', currency: 'USD', amount: '500.00', fee: '3.00', message: 'Small orders cost 3.00.' },
  ],
}
const taxes = {
  kind: 'tax_zone',
  channel: 'us-wix',
  id: 'us',
  name: 'United States',
  areas: ['US'],
  rates: [{ id: 'us-10', integerId: 991, name: 'Sales tax', rate: '10', taxClasses: ['exempt'] }],
}

describeOnEachDatabase('estimates', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importEntries(getServer(), [site, taxes]))

  const families = [
    { version: 'V1', add: '/ecom/v1/carts/current/add-to-cart', items: 'lineItems', shipping: 'calculateShipping' },
    { version: 'V2', add: '/ecom/v2/carts/current', items: 'catalogItems', shipping: 'calculateDelivery' },
  ]

  describe.each(families)('$version', ({ version, add, items, shipping }) => {
    /** Figures of an estimate, as numbers in text; goods for 12.50 go to New York. */
    async function estimate(asked: object, address: object = newYork.address) {
      const auth = await wix.visitor()
      const own =
        version === 'V2' ? { cart: { deliveryInfo: { address }, customerInfo: { email: 'a@polytill.test' } } } : {}
      const added = await wix.send('POST', add, { auth, body: { [items]: [item(goods.mug)], ...own } })
      expect(added.status, added.text).toBe(200)
      const path = version === 'V2' ? '/ecom/v2/carts/current/estimate' : '/ecom/v1/carts/current/estimate-totals'
      const place = version === 'V2' ? {} : { shippingAddress: address }
      // V1 has everything unless it is told otherwise, V2 what it is told.
      const all = { [shipping]: true, calculateTax: true, calculateAdditionalFees: true }
      const figures = version === 'V2' ? { ...all, ...asked } : asked
      const { status, json } = await wix.send('POST', path, { auth, body: { ...place, ...figures } })
      expect(status).toBe(200)
      const totals = version === 'V2' ? json.summary : json
      const summary: Readonly<Record<string, { readonly amount: string }>> = totals.priceSummary
      const { generalShippingCalculationError } = totals.calculationErrors
      return {
        shipping: (summary.shipping ?? summary.delivery)?.amount,
        fees: summary.additionalFees?.amount,
        tax: summary.tax?.amount,
        total: summary.total?.amount,
        shippingError: generalShippingCalculationError?.applicationError.code,
      }
    }

    it('have everything but what is not asked for', async () => {
      const shippingError = undefined
      const whole = { shipping: '10.00', fees: '3.00', tax: '1.25', total: '26.75', shippingError }
      expect(await estimate({})).toEqual(whole)
      expect(await estimate({ calculateTax: false })).toEqual({ ...whole, tax: '0.00', total: '25.50' })
      expect(await estimate({ [shipping]: false })).toEqual({ ...whole, shipping: '0.00', total: '16.75' })
      expect(await estimate({ calculateAdditionalFees: false })).toEqual({ ...whole, fees: '0.00', total: '23.75' })
      const none = { [shipping]: false, calculateTax: false, calculateAdditionalFees: false }
      const bare = { shipping: '0.00', fees: '0.00', tax: '0.00', total: '12.50', shippingError }
      expect(await estimate(none)).toEqual(bare)
    })

    it('say nothing of shipping that nobody asked for', async () => {
      const berlin = { country: 'DE', city: 'Berlin', postalCode: '10115', addressLine: 'West road 1' }
      expect((await estimate({}, berlin)).shippingError).toBe('SHIPPING_REGION_NOT_FOUND')
      expect((await estimate({ [shipping]: false }, berlin)).shippingError).toBeUndefined()
    })
  })

  // Source: dialects/wix.md 4.1, 4.2.
  it('have no price for what the catalog does not know, as the cart has none', async () => {
    const auth = demoKey
    const catalogOverrideFields = { price: '5.55', fullPrice: '99.99' }
    const lineItems = [{ ...item(goods.nothing, 2), catalogOverrideFields }]
    const made = await wix.send('POST', '/ecom/v1/carts', { auth, body: { lineItems } })
    expect(made.status).toBe(200)
    const path = `/ecom/v1/carts/${made.json.cart.id}/estimate-totals`
    const { json } = await wix.send('POST', path, { auth, body: {} })
    const none = { amount: '0', convertedAmount: '0', formattedAmount: '', formattedConvertedAmount: '' }
    const { price, fullPrice, priceBeforeDiscounts, lineItemPrice } = json.cart.lineItems[0]
    expect({ price, fullPrice, priceBeforeDiscounts, lineItemPrice }).toEqual({
      price: none,
      fullPrice: none,
      priceBeforeDiscounts: none,
      lineItemPrice: none,
    })
    const { taxDetails: _taxes, ...breakdown } = json.calculatedLineItems[0].pricesBreakdown
    expect(breakdown).toEqual({
      totalPriceAfterTax: none,
      totalPriceBeforeTax: none,
      totalDiscount: none,
      price: none,
      priceBeforeDiscounts: none,
      lineItemPrice: none,
      fullPrice: none,
    })
    expect(json.priceSummary).toMatchObject({ subtotal: { amount: '0.00' } })
    const later = await wix.send('GET', `/ecom/v2/carts/${made.json.cart.id}`, { auth })
    expect(later.json.cart.lineItems[0].pricing.breakdown.fullPrice).toMatchObject({ amount: '0' })
  })
})
