import { beforeAll, describe, expect, it } from 'vitest'
import { type Books, openBooks } from '../../../support/books.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, journal, managementOver, mug, notThere } from '../management.js'
import { cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

describeOnEachDatabase('orders between servers', getServer => {
  const api = managementOver(getServer)
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/orders', () => {
    it('makes as many incomplete orders as wanted; the cart stays', async () => {
      const id = await readyCart(api, [mug])
      const answer = await api.send('POST', `/v3/checkouts/${id}/orders`, { body: {} })
      expect(answer.status).toBe(200)
      expect(answer.json).toEqual({ data: { id: expect.any(Number) }, meta: {} })
      const second = await newOrder(api, id)
      expect(second).toBeGreaterThan(answer.json.data.id)
      expect(answer.json.data.id).toBeGreaterThanOrEqual(100)
      expect((await api.send('GET', `/v2/orders/${second}`)).json).toMatchObject({
        status_id: 0,
        status: 'Incomplete',
        cart_id: id,
      })
      expect((await api.send('GET', `/v3/carts/${id}`)).status).toBe(200)
    })

    it('files need no consignment, but a billing address', async () => {
      const { id } = await api.newCart([journal])
      expect((await api.send('POST', `/v3/checkouts/${id}/orders`)).status).toBe(422)
      await api.send('POST', `/v3/checkouts/${id}/billing-address`, { body: austin })
      expect((await api.send('POST', `/v3/checkouts/${id}/orders`)).status).toBe(200)
    })

    it('says what is missing', async () => {
      const { id, line_items } = await api.newCart([mug])
      const order = async () => (await api.send('POST', `/v3/checkouts/${id}/orders`)).json
      expect(await order()).toMatchObject({
        status: 422,
        title: expect.stringContaining('A billing address for this order is incomplete'),
      })
      await api.send('POST', `/v3/checkouts/${id}/billing-address`, { body: austin })
      expect(await order()).toMatchObject({
        status: 422,
        title: expect.stringContaining('A shipping address for this order is incomplete'),
      })
      const items = [{ item_id: line_items.physical_items[0].id, quantity: 1 }]
      const path = `/v3/checkouts/${id}/consignments`
      const bare = { email: 'a@example.com', country_code: 'US' }
      const sent = await api.send('POST', path, { body: [{ address: bare, line_items: items }] })
      const [consignment] = sent.json.data.consignments
      expect((await order()).title).toMatch(/shipping/)
      await api.send('PUT', `${path}/${consignment.id}`, { body: { address: austin } })
      expect(await order()).toMatchObject({
        status: 422,
        title: 'A shipping option has not been selected for every address.',
      })
      expect((await api.send('POST', `/v3/checkouts/${notThere}/orders`)).status).toBe(404)
    })

    it('50 at once: 50 numbers', async () => {
      const id = await readyCart(api, [mug])
      const numbers = await Promise.all(Array.from({ length: 50 }, () => newOrder(api, id)))
      expect(new Set(numbers).size).toBe(50)
      expect(await books.faults()).toEqual([])
    })
  })

  describe('paying', () => {
    it('by card: 11, the cart is gone, the order can be read', async () => {
      const id = await readyCart(api, [{ ...brewer, quantity: 2 }])
      await api.send('POST', `/v3/checkouts/${id}/coupons`, { body: { coupon_code: 'SAVE20' } })
      const order = await newOrder(api, id)
      const paid = await pay(api, order)
      expect(paid.status).toBe(201)
      expect(paid.json).toEqual({
        data: { id: expect.any(String), transaction_type: 'purchase', status: 'success' },
        meta: {},
      })
      expect((await api.send('GET', `/v3/carts/${id}`)).status).toBe(404)
      expect((await api.send('GET', `/v3/checkouts/${id}`)).status).toBe(404)
      const read = await api.send('GET', `/v2/orders/${order}`)
      expect(read.json).toMatchObject({
        id: order,
        status_id: 11,
        status: 'Awaiting Fulfillment',
        payment_method: 'Test Payment Provider',
        subtotal_ex_tax: '450.0000',
        subtotal_inc_tax: '487.1300',
        coupon_discount: '90.0000',
        shipping_cost_ex_tax: '8.0000',
        total_inc_tax: '398.3600',
        order_source: 'checkout_api',
        payment_status: 'captured',
      })
      expect(await books.faults()).toEqual([])
    })

    it('of many orders of one cart exactly one is paid; the others are refused and never charged', async () => {
      const id = await readyCart(api, [mug])
      const orders = [await newOrder(api, id), await newOrder(api, id), await newOrder(api, id)]
      const answers = await Promise.all(orders.map(order => pay(api, order)))
      expect(answers.map(answer => answer.status).sort()).toEqual([201, 409, 409])
      const refused = answers.find(answer => answer.status === 409)
      expect(refused?.json).toMatchObject({ status: 409, code: 30101 })
      const statuses = await Promise.all(
        orders.map(async order => (await api.send('GET', `/v2/orders/${order}`)).json.status_id),
      )
      expect(statuses.sort()).toEqual([0, 0, 11])
      expect(await books.faults()).toEqual([])
    })

    it('cash on delivery (an extension of ours): 7 Awaiting Payment', async () => {
      const id = await readyCart(api, [mug])
      const order = await newOrder(api, id)
      expect((await pay(api, order, cashOnDelivery)).status).toBe(201)
      const read = await api.send('GET', `/v2/orders/${order}`)
      expect(read.json).toMatchObject({ status_id: 7, payment_method: 'Cash on Delivery', payment_status: 'pending' })
      const again = await api.send('POST', '/v3/payments/access_tokens', { body: { order: { id: order } } })
      expect([again.status, again.json.code]).toEqual([409, 30101])
    })
  })

  it("an order that a backend makes of a customer's cart came by the API, and keeps saying so", async () => {
    const order = await newOrder(api, await readyCart(api, [mug], { customer_id: 2 }))
    const read = async () => (await api.send('GET', `/v2/orders/${order}`)).json
    expect(await read()).toMatchObject({ customer_id: 2, status_id: 0, order_source: 'checkout_api' })
    await api.send('PUT', `/v2/orders/${order}`, { body: { staff_notes: 'Call first' } })
    await pay(api, order, cashOnDelivery)
    expect(await read()).toMatchObject({ status_id: 7, order_source: 'checkout_api', staff_notes: 'Call first' })
  })

  it('an order that a key makes which may place orders and not write on them came by the API as well', async () => {
    const id = await readyCart(api, [mug], { customer_id: 2 })
    const token = await getServer().operations.issueCredential({
      kind: 'api_key',
      subject: 'places orders',
      dialect: 'bigcommerce',
      permissions: ['carts:read', 'carts:admin', 'customers:read', 'orders:place'],
      data: { storeHash: 'demo', scopes: ['store_checkouts'] },
    })
    const made = await api.send('POST', `/v3/checkouts/${id}/orders`, { body: {}, token })
    expect(made.status).toBe(200)
    const read = await api.send('GET', `/v2/orders/${made.json.data.id}`)
    expect(read.json).toMatchObject({ customer_id: 2, order_source: 'checkout_api' })
    const refused = await api.send('PUT', `/v2/orders/${made.json.data.id}`, { body: { staff_notes: 'No' }, token })
    expect(refused.status).toBe(403)
  })
})
