import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, journal, managementOver, mug } from '../management.js'
import { approved, newOrder, pay, readyCart } from '../purchase.js'

const person = (email: string) => ({ name: 'A', email })
const certificate = (recipient: string, quantity = 1) => ({
  name: 'Gift',
  theme: 'General',
  amount: 10,
  quantity,
  sender: person('ana@example.com'),
  recipient: person(recipient),
})
const system = { kind: 'system' } as const

/** Source: dialects/bigcommerce.md 3.9 and 4.6, and the published description of the older orders. */
describeOnEachDatabase('parts of an order of the older API', getServer => {
  const api = managementOver(getServer)
  const read = async (order: number, part: string) => (await api.send('GET', `/v2/orders/${order}/${part}`)).json
  /** Two brewers to two places, one of them wrapped, a mug, a journal, a fee with a tax class, 20 % off. */
  const rich = async () => {
    const gift_wrapping = { wrap_together: false, wrap_details: [{ id: 1 }] }
    const lines = [{ ...brewer, quantity: 2, gift_wrapping }, mug, journal]
    const gifts = [certificate('bo@example.com', 2), certificate('cy@example.com')]
    const id = await readyCart(api, lines, { gift_certificates: gifts })
    const [first] = (await api.checkout(id)).cart.line_items.physical_items
    const path = `/v3/checkouts/${id}/consignments`
    const dallas = { ...austin, city: 'Dallas', postal_code: '75201' }
    const include = '?include=consignments.available_shipping_options'
    const body = [{ address: dallas, line_items: [{ item_id: first.id, quantity: 1 }] }]
    const sent = await api.send('POST', path + include, { body })
    const added = sent.json.data.consignments.at(-1)
    const shipping_option_id = added.available_shipping_options[0].id
    await api.send('PUT', `${path}/${added.id}`, { body: { shipping_option_id } })
    const fee = { type: 'custom_fee', name: 'n', display_name: 'd', source: 's', cost: 5, tax_class_id: 7 }
    await api.send('POST', `/v3/checkouts/${id}/fees`, { body: { fees: [fee] } })
    await api.send('POST', `/v3/checkouts/${id}/coupons`, { body: { coupon_code: 'SAVE20' } })
    const order = await newOrder(api, id)
    expect((await pay(api, order, approved)).status).toBe(201)
    return order
  }
  const sum = (amounts: readonly string[]) =>
    amounts.reduce((total, amount) => total + Math.round(Number(amount) * 100), 0) / 100

  describe('GET /stores/:storeHash/v2/orders/:orderId/taxes', () => {
    it('with details, says of which thing each tax is; the rows add up to the order', async () => {
      const order = await rich()
      const { total_tax } = (await api.send('GET', `/v2/orders/${order}`)).json
      const products = await read(order, 'products')
      const rows = await read(order, 'taxes?details=true')
      const nameOf = (id: string | null) => products.find((one: { id: number }) => String(one.id) === id)?.sku ?? null
      const told = rows.map((row: Record<string, string>) => [
        row.line_item_type,
        nameOf(row.order_product_id ?? null),
        row.rate,
      ])
      expect(told).toEqual(expect.arrayContaining([['item', 'BREWER', '8.2500']]))
      expect(told).toEqual(expect.arrayContaining([['item', 'JOURNAL-PDF', '8.2500']]))
      expect(told).toEqual(expect.arrayContaining([['shipping', null, '8.2500']]))
      expect(told).toEqual(expect.arrayContaining([['gift-wrapping', null, '8.2500']]))
      expect(sum(rows.map((row: { line_amount: string }) => row.line_amount))).toBe(Number(total_tax))
      expect(new Set(rows.map((row: { id: number }) => row.id)).size).toBe(rows.length)
    })

    it('without, has a row for each rate and address', async () => {
      const order = await rich()
      const { total_tax } = (await api.send('GET', `/v2/orders/${order}`)).json
      const addresses = await read(order, 'shipping_addresses')
      const rows = await read(order, 'taxes')
      const row = (at: number, amount: string) => ({
        id: expect.any(Number),
        order_id: order,
        order_pickup_method_id: 0,
        order_address_id: addresses[at].id,
        tax_rate_id: expect.any(Number),
        tax_class_id: 0,
        name: 'Texas sales tax',
        class: 'Default Tax Class',
        rate: '8.2500',
        priority: 1,
        priority_amount: amount,
        line_amount: amount,
      })
      // 180 of goods and 8 of shipping go to each place, the wrapping (2.50) to Dallas; the journal (15.16) counts with the first.
      expect(rows).toHaveLength(2)
      expect(rows).toEqual(expect.arrayContaining([row(0, '16.7600'), row(1, '15.7200')]))
      expect(total_tax).toBe('32.4800')
    })
  })

  it("GET /stores/:storeHash/v2/orders/:orderId/coupons: amount is the coupon's own, discount what it took off", async () => {
    const [coupon] = await read(await rich(), 'coupons')
    expect(coupon).toMatchObject({ code: 'SAVE20', type: 1, amount: '20.0000', discount: 96.29 })
  })

  it('GET /stores/:storeHash/v2/orders/:orderId/fees: tax_class_id is the one that was sent', async () => {
    expect(await read(await rich(), 'fees')).toMatchObject([{ cost_ex_tax: '5.0000', tax_class_id: 7 }])
  })

  describe('GET /stores/:storeHash/v2/orders/:orderId/consignments', () => {
    it('has downloads, and who gets which gift certificates', async () => {
      const order = await rich()
      const told = await read(order, 'consignments')
      const products: readonly { readonly id: number; readonly type: string }[] = await read(order, 'products')
      const link = (at: number, type: string) => {
        const resource = `/orders/${order}/products/${products.filter(one => one.type === type)[at]?.id ?? ''}`
        return { url: expect.stringMatching(new RegExp(`/v2${resource}$`)), resource }
      }
      expect(told).toMatchObject({
        pickups: [],
        shipping: [{ city: 'Austin' }, { city: 'Dallas' }],
        downloads: [{ recipient_email: 'ana@example.com', line_items: [link(0, 'digital')] }],
        email: {
          gift_certificates: [
            { recipient_email: 'bo@example.com', line_items: [0, 1].map(at => link(at, 'giftcertificate')) },
            { recipient_email: 'cy@example.com', line_items: [link(2, 'giftcertificate')] },
          ],
        },
      })
      const include = 'include=consignments,consignments.line_items'
      const { consignments } = (await api.send('GET', `/v2/orders/${order}?${include}`)).json
      expect(consignments).toMatchObject({
        downloads: [{ line_items: [{ sku: 'JOURNAL-PDF' }] }],
        email: {
          gift_certificates: [
            { line_items: [{ type: 'giftcertificate' }, { type: 'giftcertificate' }] },
            { line_items: [{ type: 'giftcertificate' }] },
          ],
        },
      })
    })

    it('has none of both where nothing is sent so', async () => {
      const order = await newOrder(api, await readyCart(api, [mug]))
      const { downloads, email } = await read(order, 'consignments')
      expect([downloads, email]).toEqual([[], { gift_certificates: [] }])
    })
  })

  it('lists of an order go by page and limit, and end with 204', async () => {
    const order = await rich()
    const products = await read(order, 'products')
    expect(products).toHaveLength(7)
    expect(await read(order, 'products?limit=3')).toEqual(products.slice(0, 3))
    expect(await read(order, 'products?page=3&limit=3')).toEqual(products.slice(6))
    expect((await api.send('GET', `/v2/orders/${order}/products?page=2`)).status).toBe(204)
    const [, second] = await read(order, 'shipping_addresses')
    expect(await read(order, 'shipping_addresses?page=2&limit=1')).toEqual([second])
    expect(await read(order, 'taxes?details=true&limit=2')).toHaveLength(2)
    expect((await api.send('GET', `/v2/orders/${order}/coupons?page=2`)).status).toBe(204)
  })

  it('every link that an order has leads to what it names', async () => {
    const order = await rich()
    type Link = { readonly url: string; readonly resource: string }
    const linksIn = (value: unknown): readonly Link[] => {
      if (typeof value !== 'object' || value === null) return []
      return 'resource' in value ? [value as Link] : Object.values(value).flatMap(linksIn)
    }
    const { id: _id, ...whole } = (await api.send('GET', `/v2/orders/${order}`)).json
    const parts = [await read(order, 'consignments'), await read(order, 'shipping_addresses')]
    const links = [whole, ...parts].flatMap(linksIn)
    expect(links.length).toBeGreaterThan(12)
    // GET /stores/:storeHash/v2/orders/:orderId/shipping_addresses/:addressId/shipping_quotes
    // GET /stores/:storeHash/v2/orders/:orderId/consignments/shipping/:addressId/shipping_quotes
    for (const { url, resource } of links) {
      expect(new URL(url).pathname).toBe(`/stores/demo/v2${resource}`)
      const answer = await api.send('GET', `/v2${resource}`)
      expect([resource, answer.status]).toEqual([resource, resource.endsWith('_quotes') ? 204 : 200])
    }
    // GET /stores/:storeHash/v2/orders/:orderId/products/:productId
    const [product] = await read(order, 'products')
    expect(await read(order, `products/${product.id}`)).toEqual(product)
    // GET /stores/:storeHash/v2/orders/:orderId/shipping_addresses/:addressId
    const [address] = await read(order, 'shipping_addresses')
    expect(await read(order, `shipping_addresses/${address.id}`)).toEqual(address)
    const other = await newOrder(api, await readyCart(api, [mug]))
    const strange = [`products/${product.id}`, `shipping_addresses/${address.id}`]
    for (const part of [...strange, `shipping_addresses/${address.id}/shipping_quotes`])
      expect((await api.send('GET', `/v2/orders/${other}/${part}`)).status).toBe(404)
  })

  it('all products are given back with the whole of the money, and none with a part of it', async () => {
    const order = await newOrder(api, await readyCart(api, [{ ...mug, quantity: 2 }, journal]))
    await pay(api, order, approved)
    const told = async () =>
      (await read(order, 'products')).map((one: Record<string, unknown>) => [one.is_refunded, one.quantity_refunded])
    const refund = async (more: object) => {
      const view = await getServer().operations.readOrder(system, { number: order.toString() })
      const id = view.ok ? (view.value.payments[0]?.id ?? '') : ''
      const input = { id, refundKey: JSON.stringify([order, Object.keys(more)]), ...more }
      expect(await getServer().operations.refundPayment(system, input)).toMatchObject({ ok: true })
    }
    const none = [false, 0]
    expect(await told()).toEqual([none, none])
    await refund({ amount: 100n })
    expect(await told()).toEqual([none, none])
    await refund({})
    expect(await told()).toEqual([
      [true, 2],
      [true, 1],
    ])
  })

  it('what was sent is counted by line and by address: products, shipping_addresses, and the order', async () => {
    const order = await rich()
    const view = await getServer().operations.readOrder(system, { number: order.toString() })
    if (!view.ok) throw new Error(JSON.stringify(view.error))
    const { id } = view.value.order
    const consignmentId = view.value.order.snapshot.consignments[0]?.consignment.id ?? ''
    expect(await getServer().operations.fulfillOrder(system, { id, consignmentId })).toMatchObject({ ok: true })
    expect((await api.send('GET', `/v2/orders/${order}`)).json).toMatchObject({ status_id: 3, items_shipped: 2 })
    expect(await read(order, 'shipping_addresses')).toMatchObject([
      { city: 'Austin', items_total: 2, items_shipped: 2 },
      { city: 'Dallas', items_total: 1, items_shipped: 0 },
    ])
    const products = await read(order, 'products')
    const shipped = products.map((one: Record<string, unknown>) => [one.order_address_id !== 0, one.quantity_shipped])
    expect(shipped.filter(([, pieces]: [boolean, number]) => pieces === 1)).toHaveLength(2)
    expect(
      shipped.filter(([hasAddress]: [boolean]) => !hasAddress).map(([, pieces]: [boolean, number]) => pieces),
    ).toEqual([0, 0, 0, 0])
  })
})
