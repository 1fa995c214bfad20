import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importBeside } from '../golden-store.js'
import { austin, managementOver } from '../management.js'

const both = (dollars: string, yen: string) => ({ USD: dollars, JPY: yen })

const store = {
  version: 1,
  channels: [
    {
      id: 'yen',
      name: 'Dollars and yen',
      currency: 'USD',
      currencies: ['USD', 'JPY'],
      locale: 'en-US',
      countries: ['US'],
      priceMode: 'net',
      policy: { preset: 'netPerRate', tax: {} },
      orderNumbers: { kind: 'counting', first: 81_000 },
      taxZones: [{ id: 'guest', name: 'Guests', rates: [] }],
      shippingMethods: [
        {
          id: 'yen-1',
          integerId: 811,
          name: 'Parcel',
          carrier: 'Parcel service',
          position: 1,
          zones: ['US'],
          prices: both('8.00', '900'),
        },
      ],
      paymentMethods: [],
      settings: { bigcommerce: { storeHash: 'demo', channelId: 81 } },
    },
  ],
  variants: [
    {
      sku: 'YEN-TEA',
      productId: 8101,
      variantId: 8101,
      name: 'Tea',
      taxClass: 'goods',
      prices: { yen: both('20.00', '3000') },
      stock: 100,
    },
  ],
}

/** Source: dialects/bigcommerce.md, conventions: money is a number of major units, of the cart's currency. */
describeOnEachDatabase('amounts for a cart in yen, of a channel in dollars', getServer => {
  const api = managementOver(getServer)
  beforeAll(() => importBeside(getServer(), store))
  const yenCart = async () => {
    const more = { channel_id: 81, currency: { code: 'JPY' } }
    const cart = await api.newCart([{ product_id: 8101, variant_id: 8101, quantity: 2 }], more)
    expect(cart).toMatchObject({ currency: { code: 'JPY' }, cart_amount: 6000 })
    return cart
  }
  const fee = { type: 'custom_fee', name: 'Box', display_name: 'Box', source: 'app' }

  describe('POST, PUT /stores/:storeHash/v3/checkouts/:checkoutId/fees', () => {
    it('a fee of 500 is 500 yen', async () => {
      const { id } = await yenCart()
      const path = `/v3/checkouts/${id}/fees`
      const added = await api.send('POST', path, { body: { fees: [{ ...fee, cost: 500 }] } })
      expect(added.json.data).toMatchObject({ grand_total: 6500, fees: [{ cost_ex_tax: 500 }] })
      const [{ id: feeId }] = added.json.data.fees
      const changed = await api.send('PUT', path, { body: { fees: [{ ...fee, id: feeId, cost: '450.4' }] } })
      expect(changed.json.data).toMatchObject({ grand_total: 6450, fees: [{ id: feeId, cost_ex_tax: 450 }] })
    })
  })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/discounts', () => {
    it('a discount of 1000 is 1000 yen', async () => {
      const { id } = await yenCart()
      const body = { cart: { discounts: [{ discounted_amount: 1000 }] } }
      const answer = await api.send('POST', `/v3/checkouts/${id}/discounts`, { body })
      expect(answer.json.data).toMatchObject({ grand_total: 5000, cart: { manual_discount_amount: 1000 } })
    })
  })

  describe('PUT /stores/:storeHash/v3/checkouts/:checkoutId/consignments/:consignmentId', () => {
    it('shipping by hand for 700 is 700 yen', async () => {
      const { id, line_items } = await yenCart()
      const [line] = line_items.physical_items
      const path = `/v3/checkouts/${id}/consignments`
      const sent = await api.send('POST', path, {
        body: [{ address: austin, line_items: [{ item_id: line.id, quantity: 2 }] }],
      })
      const [consignment] = sent.json.data.consignments
      const body = { custom_shipping: { price: 700, description: 'By hand' } }
      const answer = await api.send('PUT', `${path}/${consignment.id}`, { body })
      expect(answer.json.data).toMatchObject({
        grand_total: 6700,
        consignments: [{ selected_shipping_option: { type: 'custom', cost: 700 } }],
      })
    })
  })

  it('a checkout that is not there is 404 as before', async () => {
    const path = '/v3/checkouts/00000000-0000-4000-8000-000000000000/fees'
    expect((await api.send('POST', path, { body: { fees: [{ ...fee, cost: 5 }] } })).status).toBe(404)
  })
})
