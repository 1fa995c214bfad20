import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { brewer, managementOver } from '../management.js'

/** Source: dialects/bigcommerce.md 3.1 and 3.2: a price that is sent is the price, or it is refused; never another one. */
describeOnEachDatabase('prices that a backend sets', getServer => {
  const api = managementOver(getServer)
  const tooHigh = [1e12, 1e15, 1e18, 1e21, '1000000000000', '9'.repeat(400)]
  const remainder = 0.1 + 0.2 - 0.3
  const custom = (list_price: unknown) => ({ custom_items: [{ sku: 'X-1', name: 'Table', quantity: 1, list_price }] })

  describe('POST /stores/:storeHash/v3/carts', () => {
    it('a price that is too high is refused, it becomes neither the price of the catalog nor nothing', async () => {
      for (const list_price of tooHigh) {
        for (const body of [{ line_items: [{ ...brewer, list_price }] }, custom(list_price)]) {
          const answer = await api.send('POST', '/v3/carts', { body })
          expect([list_price, answer.status]).toEqual([list_price, 422])
          expect(Object.keys(answer.json.errors)[0]).toMatch(/^(line|custom)_items\.0\.list_price$/)
        }
      }
    })

    it('what computing in floats leaves of nothing is nothing', async () => {
      expect(String(remainder)).toBe('5.551115123125783e-17')
      const body = { line_items: [{ ...brewer, list_price: remainder }], ...custom(`2.5${'0'.repeat(30)}1`) }
      const { data } = (await api.send('POST', '/v3/carts', { body })).json
      expect(data.line_items.physical_items).toMatchObject([{ list_price: 0, original_price: 225 }])
      expect(data.line_items.custom_items).toMatchObject([{ list_price: 2.5 }])
      expect(data.cart_amount).toBe(2.5)
    })

    it('the highest price is exact', async () => {
      const { data } = (await api.send('POST', '/v3/carts', { body: custom(999_999_999_998.99) })).json
      expect(data.cart_amount).toBe(999_999_999_998.99)
    })
  })

  it('PUT /stores/:storeHash/v3/carts/:cartId/items/:itemId, POST .../fees and .../discounts refuse the same', async () => {
    const { id, line_items } = await api.newCart([brewer])
    const [line] = line_items.physical_items
    const fee = { type: 'custom_fee', name: 'n', display_name: 'd', source: 's' }
    for (const price of tooHigh) {
      const sent = [
        await api.send('PUT', `/v3/carts/${id}/items/${line.id}`, { body: { line_item: { list_price: price } } }),
        await api.send('POST', `/v3/checkouts/${id}/fees`, { body: { fees: [{ ...fee, cost: price }] } }),
        await api.send('POST', `/v3/checkouts/${id}/discounts`, {
          body: { cart: { discounts: [{ discounted_amount: price }] } },
        }),
      ]
      expect(sent.map(answer => answer.status)).toEqual([422, 422, 422])
    }
    expect(await api.checkout(id)).toMatchObject({ version: 1, grand_total: 247.5, fees: [] })
  })
})
