import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { brewer, journal, managementOver, mug } from '../management.js'
import { cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

const four = /^-?\d+\.\d{4}$/

describeOnEachDatabase('orders of the older API', getServer => {
  const api = managementOver(getServer)
  const ordered = async (lines: readonly object[] = [brewer, mug, journal]) => {
    const id = await readyCart(api, lines)
    await api.send('POST', `/v3/checkouts/${id}/coupons`, { body: { coupon_code: 'SAVE20' } })
    const order = await newOrder(api, id)
    await pay(api, order, cashOnDelivery)
    return { order, id }
  }

  it('GET /stores/:storeHash/v2/orders/:orderId reads a bare order; 404 is a list', async () => {
    const { order, id } = await ordered()
    const { json, status } = await api.send('GET', `/v2/orders/${order}`)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      id: order,
      cart_id: id,
      customer_id: 0,
      items_total: 3,
      currency_code: 'USD',
      billing_address: {
        first_name: 'Ana',
        street_1: '9 Elm St',
        state: 'Texas',
        country_iso2: 'US',
        email: 'ana@example.com',
      },
      products: { resource: `/orders/${order}/products` },
    })
    for (const name of ['total_inc_tax', 'subtotal_ex_tax', 'coupon_discount', 'store_credit_amount'])
      expect(json[name]).toMatch(four)
    for (const unknown of ['99999999', 'abc', '0']) {
      const answer = await api.send('GET', `/v2/orders/${unknown}`)
      expect([answer.status, answer.json]).toEqual([
        404,
        [{ status: 404, message: 'The requested resource was not found.' }],
      ])
    }
  })

  it('parts of an order are lists', async () => {
    const { order } = await ordered()
    const read = async (name: string) => (await api.send('GET', `/v2/orders/${order}/${name}`)).json
    // GET /stores/:storeHash/v2/orders/:orderId/products
    expect(await read('products')).toMatchObject([
      {
        order_id: order,
        sku: 'BREWER',
        base_price: '225.0000',
        quantity: 1,
        applied_discounts: [{ id: 'coupon', code: 'SAVE20', amount: '45.0000' }],
      },
      { sku: 'MUG-1', type: 'physical' },
      { sku: 'JOURNAL-PDF', type: 'digital', order_address_id: 0 },
    ])
    // GET /stores/:storeHash/v2/orders/:orderId/shipping_addresses
    expect(await read('shipping_addresses')).toMatchObject([
      { city: 'Austin', shipping_method: 'Ship by Weight', base_cost: '8.0000', items_total: 2 },
    ])
    // GET /stores/:storeHash/v2/orders/:orderId/coupons
    expect(await read('coupons')).toMatchObject([{ coupon_id: 2, code: 'SAVE20', type: 1, discount: 51.29 }])
    // GET /stores/:storeHash/v2/orders/:orderId/taxes
    expect(await read('taxes')).toMatchObject([{ name: 'Texas sales tax', rate: '8.2500' }])
    // GET /stores/:storeHash/v2/orders/:orderId/consignments
    const lines: readonly { readonly id: number }[] = (await read('products')).slice(0, 2)
    const products = lines.map(({ id }) => ({ resource: `/orders/${order}/products/${id}` }))
    expect(await read('consignments')).toMatchObject({ shipping: [{ city: 'Austin', line_items: products }] })
    // GET /stores/:storeHash/v2/orders/:orderId/fees
    expect((await api.send('GET', `/v2/orders/${order}/fees`)).status).toBe(204)
    expect((await api.send('GET', '/v2/orders/99999999/products')).status).toBe(404)
  })

  it('an order has links to its fees and consignments, or all of them where include asks', async () => {
    const { order } = await ordered()
    const read = async (include: string) => (await api.send('GET', `/v2/orders/${order}?include=${include}`)).json
    const link = (name: string) => ({ resource: `/orders/${order}/${name}`, url: expect.stringMatching(/^http/) })
    expect(await read('')).toMatchObject({ fees: link('fees'), consignments: link('consignments') })
    expect(await read('fees')).toMatchObject({ fees: [], consignments: link('consignments') })
    const { consignments } = await read('consignments,consignments.line_items')
    const [{ line_items }] = consignments.shipping
    expect(line_items.map((line: { sku: string }) => line.sku)).toEqual(['BREWER', 'MUG-1'])
    expect(consignments).toMatchObject({ pickups: [], downloads: [{ line_items: [{ sku: 'JOURNAL-PDF' }] }] })
  })

  it('GET /stores/:storeHash/v2/orders lists, filters and pages; 204 for none', async () => {
    const { order, id } = await ordered([mug])
    const list = (query: string) => api.send('GET', `/v2/orders?${query}`)
    expect((await list(`cart_id=${id}`)).json.map((one: { id: number }) => one.id)).toEqual([order])
    expect((await list(`min_id=${order}&max_id=${order}&status_id=7`)).json).toHaveLength(1)
    expect((await list('limit=1&sort=id:desc')).json).toMatchObject([{ id: order }])
    const none = await list('email=nobody@example.com')
    expect([none.status, none.text]).toEqual([204, ''])
  })

  it('GET /stores/:storeHash/v2/orders/count counts by status', async () => {
    await ordered([mug])
    const { json } = await api.send('GET', '/v2/orders/count')
    expect(json.statuses).toHaveLength(15)
    expect(json.count).toBe(json.statuses.reduce((sum: number, one: { count: number }) => sum + one.count, 0))
  })

  it('PUT /stores/:storeHash/v2/orders/:orderId calls an order off; knows no other status and no other order', async () => {
    const { order } = await ordered([mug])
    const put = (body: object, to = order) => api.send('PUT', `/v2/orders/${to}`, { body })
    expect((await put({ status_id: 7 })).json.status_id).toBe(7)
    expect((await put({ status_id: 99 })).status).toBe(422)
    expect((await put({ status_id: 5 }, 99_999_999)).status).toBe(404)
    const canceled = await put({ status_id: 5 })
    expect([canceled.status, canceled.json.status_id]).toEqual([200, 5])
  })

  it('PUT /stores/:storeHash/v2/orders/:orderId writes notes beside the record, each on its own', async () => {
    const { order } = await ordered([mug])
    const read = async () => (await api.send('GET', `/v2/orders/${order}`)).json
    const put = (body: object) => api.send('PUT', `/v2/orders/${order}`, { body })
    const before = await read()
    expect(before).toMatchObject({ staff_notes: '', external_order_id: '' })
    const first = await put({ staff_notes: '#1: call first', external_order_id: '#ERP-7' })
    expect(first.status, first.text).toBe(200)
    const written = { staff_notes: '#1: call first', external_order_id: '#ERP-7', date_modified: expect.any(String) }
    expect(first.json).toEqual({ ...before, ...written })
    const second = await put({ customer_message: 'By the door', staff_notes: '', status_id: 7 })
    expect(second.json).toEqual({ ...first.json, customer_message: 'By the door', staff_notes: '' })
    expect(await read()).toEqual(second.json)
    const found = await api.send('GET', `/v2/orders?external_order_id=${encodeURIComponent('#ERP-7')}`)
    expect(found.json).toMatchObject([{ id: order }])
    expect((await api.send('GET', '/v2/orders?external_order_id=ERP-7')).status).toBe(204)
    const called = await put({ status_id: 5, staff_notes: 'Called off' })
    expect(called.json).toMatchObject({ status_id: 5, staff_notes: 'Called off', customer_message: 'By the door' })
    expect((await put({ staff_notes: 'x'.repeat(10_001) })).status).toBe(422)
    expect((await put({ staff_notes: 7 })).status).toBe(422)
    const many = await Promise.all(Array.from({ length: 5 }, (_, at) => put({ external_order_id: `E${at}` })))
    expect(many.map(answer => answer.status)).toEqual([200, 200, 200, 200, 200])
    expect(await read()).toMatchObject({ staff_notes: 'Called off', external_order_id: expect.stringMatching(/^E\d$/) })
  })

  it('GET /stores/:storeHash/v2/order_statuses and GET /stores/:storeHash/v2/order_statuses/:statusId', async () => {
    expect((await api.send('GET', '/v2/order_statuses')).json).toHaveLength(15)
    expect((await api.send('GET', '/v2/order_statuses/7')).json).toMatchObject({
      id: 7,
      name: 'Awaiting Payment',
      order: 2,
    })
    expect((await api.send('GET', '/v2/order_statuses/77')).status).toBe(404)
  })

  it('a token without the scope: 403 as a list', async () => {
    const token = await api.server.operations.issueCredential({
      kind: 'api_key',
      subject: 'carts only',
      dialect: 'bigcommerce',
      data: { storeHash: 'demo', scopes: ['store_cart'] },
    })
    const answer = await api.send('GET', '/v2/orders', { token })
    expect([answer.status, answer.json]).toEqual([403, [{ status: 403, message: 'Forbidden' }]])
  })
})
