import { beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../support/test-server.js'
import { describeStorefront, goods, openBrowser, readyCheckout, submit } from '../browser.js'
import { importBeside } from '../golden-store.js'

const off = (channel: string, integerId: number, benefit: object, code?: string) => ({
  id: `${channel}-off-${integerId.toString()}`,
  integerId,
  name: `Off ${integerId.toString()}`,
  channels: [channel],
  benefits: [benefit],
  ...(code === undefined ? {} : { coupons: [{ code, integerId }] }),
})

const rate = { id: 'inclusive', integerId: 881, name: '10 %', rate: '10', taxClasses: ['goods'] }

/** A shop whose prices are entered without tax and shown with it. */
const inclusive = {
  ...{ id: 'inclusive', name: 'Inclusive', currency: 'USD', locale: 'en-US', countries: ['US'], priceMode: 'net' },
  policy: { preset: 'netPerRate', tax: { display: 'gross' } },
  orderNumbers: { kind: 'counting', first: 88_000 },
  taxZones: [
    { id: 'guest', name: 'Guests', rates: [] },
    { id: 'inclusive-us', name: 'US', areas: ['US'], rates: [rate] },
  ],
  shippingMethods: [
    {
      ...{ id: 'inclusive-1', integerId: 881, name: 'Parcel', carrier: 'Parcel service', position: 1 },
      ...{ taxClass: 'goods', zones: ['US'], prices: { USD: '10.00' } },
    },
  ],
  paymentMethods: [
    {
      ...{ id: 'cod', integerId: 881, name: 'Cash on Delivery', providerName: 'offline', provider: 'manual' },
      ...{ paymentKind: 'cash_on_delivery', position: 1 },
    },
  ],
  settings: { bigcommerce: { storeHash: 'demo', channelId: 88 } },
}

const store = {
  version: 1,
  channels: [inclusive],
  variants: [
    {
      ...{ sku: 'INCLUSIVE', productId: 8801, variantId: 8801, name: 'Thing', taxClass: 'goods', stock: 9 },
      prices: { inclusive: '50.00' },
    },
  ],
  promotions: [
    off('us', 71, { kind: 'amount_off_lines', amount: { USD: '2.00' }, of: { skus: ['MUG-1'] } }),
    off('us', 72, { kind: 'amount_off_order', amount: { USD: '1.50' } }),
    off('us', 73, { kind: 'amount_off_shipping', amount: { USD: '1.00' } }),
    off('us', 74, { kind: 'amount_off_shipping', amount: { USD: '3.00' } }, 'SHIPTHREE'),
    off('inclusive', 75, { kind: 'amount_off_shipping', amount: { USD: '1.00' } }),
    off('inclusive', 76, { kind: 'amount_off_shipping', amount: { USD: '3.00' } }, 'SHIPTHREE-TOO'),
  ],
}

/**
 * Source: reference/orders.sf.yml (`displayDiscountTotal`, `comparisonShippingCost`), checkouts.sf.yml (`comparisonShippingCost`:
 * after automatic promotions).
 */
describeStorefront('what a page shows as taken off', (_open, server) => {
  beforeAll(() => importBeside(server(), store))
  const bought = async (
    browser: ReturnType<typeof openBrowser>,
    line: { readonly productId: number; readonly variantId: number },
    couponCode: string,
  ) => {
    const { id } = await readyCheckout(browser, [{ ...line, quantity: 2 }])
    const path = `/api/storefront/checkouts/${id}`
    const checkout = await browser.send('POST', `${path}/coupons`, { body: { couponCode } })
    const { orderId } = (await submit(browser, id, 'cod')).json.data.order
    return { checkout: checkout.json, order: (await browser.send('GET', `/api/storefront/orders/${orderId}`)).json }
  }

  describe('GET /api/storefront/checkouts/:cartId, GET /api/storefront/orders/:orderId', () => {
    it('leaves to shipping what promotions take off, and strikes through what a coupon does', async () => {
      const { checkout, order } = await bought(openBrowser(server()), goods.mug, 'SHIPTHREE')
      const shipping = { shippingCostBeforeDiscount: 8, comparisonShippingCost: 7 }
      const totals = {
        ...{ ...shipping, shippingCostTotal: 4 },
        ...{ totalDiscount: 9.5, displayDiscountTotal: 4.5, orderBasedAutoDiscountTotal: 1.5, manualDiscountTotal: 0 },
      }
      expect(checkout).toMatchObject({ ...totals, consignments: [{ ...shipping, shippingCost: 4 }] })
      expect(checkout).toMatchObject({ subtotal: 21, cart: { cartAmount: 19.5 }, taxTotal: 0.33, grandTotal: 23.83 })
      expect(order).toMatchObject({
        ...totals,
        ...{ productBasedAutoDiscountTotal: 4, productAutoDiscountedSubtotal: 21, orderAmount: 23.83 },
        consignments: { shipping: [{ ...shipping, costExTax: 4 }] },
      })
    })

    it('compares with what shipping cost before all of it where prices are shown otherwise than entered', async () => {
      const { storage } = server()
      const door = await startTestServer({ storage, besides: true, mounts: 'bigcommerce@inclusive' })
      try {
        const line = { productId: 8801, variantId: 8801 }
        const { checkout, order } = await bought(openBrowser(door), line, 'SHIPTHREE-TOO')
        const shipping = { shippingCostBeforeDiscount: 11, comparisonShippingCost: 11 }
        const totals = { ...shipping, shippingCostTotal: 6.6, totalDiscount: 4.4, displayDiscountTotal: 3.3 }
        expect(checkout).toMatchObject({ ...totals, consignments: [{ ...shipping, shippingCost: 6.6 }] })
        expect(order).toMatchObject({ ...totals, consignments: { shipping: [shipping] } })
      } finally {
        await door.close()
      }
    })
  })
})
