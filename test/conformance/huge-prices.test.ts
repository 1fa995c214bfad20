import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { managementOver } from '../wire/bigcommerce/management.js'
import { shopOver } from '../wire/spree/shop.js'
import { checkout, newCart, purchase } from '../wire/spryker/basket.js'
import { glueOver } from '../wire/spryker/glue.js'
import { importEntries } from '../wire/vtex/more-goods.js'
import { fillIn, transact } from '../wire/vtex/purchase.js'
import { checkoutPath, clientOf } from '../wire/vtex/shop.js'
import { siteOver } from '../wire/wix/people.js'
import { goods, item } from '../wire/wix/wix.js'

/** One is less than 2^53 - 1 minor units, two are more. */
const price = '60000000000000.00'

describeOnEachDatabase('goods of which a cart can hold one and no second', getServer => {
  beforeAll(async () => {
    const channels = ['de', 'br', 'us', 'us-spree', 'us-wix']
    await importEntries(
      getServer(),
      channels.map(channel => ({ kind: 'price', sku: 'MUG-1', channel, amount: price })),
    )
  })

  it('POST /carts/{cartUuid}/items: Spryker refuses the second, and shows the first', async () => {
    const glue = glueOver(getServer)
    const { token } = await glue.newCustomer()
    const cartId: string = (await newCart(glue, token)).json.data.id
    const add = () => {
      const data = { type: 'items', attributes: { sku: 'MUG-1', quantity: 1 } }
      return glue.send('POST', `/carts/${cartId}/items`, { token, data })
    }
    expect((await add()).status).toBe(201)
    const refused = await add()
    expect([refused.status, refused.json]).toEqual([
      422,
      { errors: [{ code: '113', detail: 'Cart item could not be added.', status: 422 }] },
    ])
    const read = await glue.send('GET', `/carts/${cartId}`, { token })
    expect([read.status, read.json.data.attributes.totals.subtotal]).toEqual([200, 6_000_000_000_000_000])
  })

  it('POST /orderForm/{orderFormId}/items and /orderForms/simulation: VTEX refuses the second, and shows the first', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 1 }])
    const orderItems = [{ id: '18', quantity: 2, seller: '1' }]
    const error = { code: 'CHK0062', message: 'Max allowed items exceeded: 9007199254740991', exception: null }
    const refused = await client.form(id, 'POST', '/items', { orderItems })
    expect([refused.status, refused.json]).toEqual([400, expect.objectContaining({ error })])
    const read = await client.form(id, 'GET', '')
    expect([read.status, read.json.value]).toEqual([200, 6_000_000_000_000_000])
    const body = { items: [{ id: '18', quantity: 2, seller: '1' }], country: 'BRA' }
    const simulated = await client.send('POST', `${checkoutPath}/orderForms/simulation`, body)
    expect([simulated.status, simulated.json]).toEqual([400, expect.objectContaining({ error })])
  })

  it('POST /v3/carts: BigCommerce refuses two', async () => {
    const api = managementOver(getServer)
    const line = { product_id: 18, variant_id: 18, quantity: 2 }
    const refused = await api.send('POST', '/v3/carts', { body: { line_items: [line] } })
    expect([refused.status, refused.json.title]).toEqual([422, 'There may be at most 9007199254740991 order_total.'])
  })

  it('POST /api/orders: Spree refuses two', async () => {
    const body = { order: { line_items: [{ sku: 'MUG-1', quantity: 2 }] } }
    const refused = await shopOver(getServer).send('POST', '/api/orders', { body })
    const error = 'Invalid resource. Please fix errors and try again.'
    expect([refused.status, refused.json]).toEqual([422, { error, errors: { base: ['is invalid'] } }])
  })

  it('POST /ecom/v1/carts: Wix refuses two', async () => {
    const site = siteOver(getServer)
    const refused = await site.send('POST', '/ecom/v1/carts', site.key(), { lineItems: [item(goods.mug, 2)] })
    const message = 'order_total has size greater than 9007199254740991'
    expect([refused.status, refused.json.message]).toEqual([400, message])
  })

  describe('in carts that hold two since before the price rose', () => {
    const priced = (sku: string, amount: string) =>
      importEntries(
        getServer(),
        ['de', 'br'].map(channel => ({ kind: 'price', sku, channel, amount })),
      )

    it('GET and DELETE /carts/{cartUuid}: Spryker shows them, orders none, and lets one go', async () => {
      await priced('TEE-1', '40.00')
      const glue = glueOver(getServer)
      const { token } = await glue.newCustomer()
      const cartId: string = (await newCart(glue, token)).json.data.id
      const line = { type: 'items', attributes: { sku: 'TEE-1', quantity: 2 } }
      const added = await glue.send('POST', `/carts/${cartId}/items`, { token, data: line })
      expect(added.status).toBe(201)
      await priced('TEE-1', price)
      const totals = async () => {
        const read = await glue.send('GET', `/carts/${cartId}?include=items`, { token })
        return [read.status, read.json.data.attributes.totals.subtotal]
      }
      expect(await totals()).toEqual([200, 12_000_000_000_000_000])
      expect((await checkout(glue, { token }, purchase(cartId))).status).toBe(422)
      const data = { type: 'items', attributes: { sku: 'TEE-1', quantity: 1 } }
      const fewer = await glue.send('PATCH', `/carts/${cartId}/items/TEE-1`, { token, data })
      expect([fewer.status, ...(await totals())]).toEqual([200, 200, 6_000_000_000_000_000])
    })

    it('GET /orderForm/{orderFormId} and /items/update: VTEX shows them, orders none, and lets one go', async () => {
      await priced('TEE-1', '40.00')
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '19', quantity: 2 }])
      await fillIn(client, id)
      await priced('TEE-1', price)
      const read = await client.form(id, 'GET', '')
      const value = 12_000_000_000_000_700
      expect([read.status, read.json.value]).toEqual([200, value])
      expect((await transact(client, id, value)).status).toBe(400)
      const orderItems = [{ index: 0, quantity: 1 }]
      const fewer = await client.form(id, 'POST', '/items/update', { orderItems })
      expect([fewer.status, fewer.json.value]).toEqual([200, 6_000_000_000_000_700])
    })
  })
})
