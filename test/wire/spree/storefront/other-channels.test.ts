import { beforeAll, expect, it } from 'vitest'
import { importEntries } from '../../vtex/more-goods.js'
import { admin, describeShop } from '../shop.js'

/** A channel of the store in which amounts have no decimals, and goods that are sold nowhere else. */
const tokyo = {
  ...{ kind: 'channel', id: 'tokyo', name: 'Tokyo', currency: 'JPY', locale: 'en-US', countries: ['JP', 'US'] },
  ...{ priceMode: 'net', policy: 'unitMultiplierZeroTax', orderNumbers: { kind: 'random_digits', digits: 13 } },
}
const fan = { kind: 'variant', sku: 'FAN', variantId: 7100, productId: 7100, name: 'Fan', prices: { tokyo: '900' } }
const tea = {
  ...{ kind: 'variant', sku: 'TEA', variantId: 7101, productId: 7101, name: 'Tea' },
  prices: { tokyo: '500', 'us-spree': '5.00' },
}

// A cart of another channel keeps that channel's goods and currency, whichever API goes on with it.
describeShop('a cart of another channel, which is gone on with here', shop => {
  beforeAll(() => importEntries(shop.server(), [tokyo, { ...fan, stock: 100 }, { ...tea, stock: 100 }]))

  async function begun(): Promise<{ readonly number: string; readonly token: string }> {
    const { operations } = shop.server()
    const made = await operations.createCart({ kind: 'anonymous' }, { channel: 'tokyo', lines: [] })
    if (!made.ok) throw new Error(made.error.code)
    const { number, accessToken: token } = made.value.cart.cart
    return { number, token }
  }

  it('takes goods that its own channel alone sells (POST /api/orders/:number/line_items)', async () => {
    const { number, token } = await begun()
    const body = { line_item: { variant_id: 7100, quantity: 2 } }
    const added = await shop.send('POST', `/api/orders/${number}/line_items`, { token, body })
    expect([added.status, added.json.quantity, added.json.price]).toEqual([201, 2, '900.0'])
    const elsewhere = { line_item: { variant_id: 1, quantity: 1 } }
    const refused = await shop.send('POST', `/api/orders/${number}/line_items`, { token, body: elsewhere })
    expect(refused.status).toBe(404)
    expect(await shop.read({ number, token })).toMatchObject({ currency: 'JPY', item_total: '1800.0' })
  })

  it('takes them with other attributes too (PUT /api/checkouts/:number)', async () => {
    const shopper = await begun()
    const order = await shop.put(shopper, {
      order: {
        line_items: [
          { variant_id: 7100, quantity: 3 },
          { sku: 'FAN', quantity: 1 },
        ],
      },
    })
    expect(order).toMatchObject({ item_total: '900.0' })
  })

  it('has the prices that an administrator names in its own currency', async () => {
    const { number, token } = await begun()
    const one = { line_item: { variant_id: 7101, quantity: 1, price: '300' } }
    const added = await shop.send('POST', `/api/orders/${number}/line_items`, { key: admin, body: one })
    expect([added.status, added.json.price]).toEqual([201, '300.0'])
    const body = { order: { line_items: [{ variant_id: 7100, quantity: 1, price: '700' }] } }
    const put = await shop.send('PUT', `/api/orders/${number}`, { key: admin, body })
    expect([put.status, put.json.item_total]).toEqual([200, '1000.0'])
    expect(await shop.read({ number, token })).toMatchObject({ item_total: '1000.0' })
  })

  it('of this channel takes no goods of that one', async () => {
    const { number, token } = await shop.newOrder()
    const body = { line_item: { variant_id: 7100, quantity: 1 } }
    expect((await shop.send('POST', `/api/orders/${number}/line_items`, { token, body })).status).toBe(404)
    expect((await shop.send('POST', '/api/orders/R000000000/line_items', { token, body })).status).toBe(401)
  })
})
