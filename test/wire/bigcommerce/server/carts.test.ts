import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { basket, brewer, coffeemaker, journal, managementOver, mug, notThere } from '../management.js'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/
const errorType = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes'

describeOnEachDatabase('carts between servers', getServer => {
  const api = managementOver(getServer)

  describe('POST /stores/:storeHash/v3/carts', () => {
    it('answers 201 with the whole cart', async () => {
      const answer = await api.send('POST', '/v3/carts', { body: { line_items: [brewer], locale: 'en-US' } })
      expect(answer.status).toBe(201)
      expect(answer.headers['content-type']).toBe('application/json')
      expect(answer.json).toEqual({
        data: {
          id: expect.stringMatching(uuid),
          customer_id: 0,
          channel_id: 1,
          email: '',
          currency: { code: 'USD' },
          tax_included: false,
          base_amount: 225,
          discount_amount: 0,
          manual_discount_amount: 0,
          cart_amount: 225,
          coupons: [],
          discounts: [{ id: expect.stringMatching(uuid), discounted_amount: 0 }],
          line_items: {
            physical_items: [
              {
                id: expect.stringMatching(uuid),
                parent_id: null,
                variant_id: 66,
                product_id: 86,
                sku: 'BREWER',
                name: 'Brewer',
                url: '',
                quantity: 1,
                taxable: true,
                is_taxable: true,
                image_url: `${api.server.baseUrl}/demo/images/brewer.svg`,
                discounts: [],
                coupons: [],
                discount_amount: 0,
                coupon_amount: 0,
                original_price: 225,
                list_price: 225,
                sale_price: 225,
                extended_list_price: 225,
                extended_sale_price: 225,
                comparison_price: 225,
                extended_comparison_price: 225,
                is_require_shipping: true,
                is_mutable: true,
                added_by_promotion: false,
                gift_wrapping: null,
              },
            ],
            digital_items: [],
            gift_certificates: [],
            custom_items: [],
          },
          created_time: expect.stringMatching(time),
          updated_time: expect.stringMatching(time),
          locale: 'en-US',
          version: 1,
        },
        meta: {},
      })
    })

    it('takes digital goods, custom items, certificates, prices by hand and names', async () => {
      const person = { name: 'A', email: 'a@example.com' }
      const body = {
        line_items: [journal, { ...mug, quantity: 2, list_price: 10.005, name: 'Our mug' }],
        custom_items: [{ sku: 'X-1', name: 'Engraving', quantity: 2, list_price: 1.5 }],
        gift_certificates: [
          {
            name: 'Gift',
            theme: 'Birthday',
            amount: 10,
            quantity: 2,
            sender: person,
            recipient: person,
            message: 'Hi',
          },
        ],
      }
      const answer = await api.send('POST', '/v3/carts?include=line_items.digital_items.options', { body })
      expect(answer.status).toBe(201)
      const { line_items, base_amount, cart_amount } = answer.json.data
      expect(line_items.digital_items).toMatchObject([
        { sku: 'JOURNAL-PDF', is_require_shipping: false, download_file_urls: [], options: [] },
      ])
      expect(line_items.physical_items).toMatchObject([
        { sku: 'MUG-1', name: 'Our mug', list_price: 10.01, original_price: 12.5, quantity: 2, is_taxable: false },
      ])
      expect(line_items.physical_items[0]).not.toHaveProperty('options')
      expect(line_items.custom_items).toMatchObject([
        { sku: 'X-1', name: 'Engraving', quantity: 2, list_price: 1.5, extended_list_price: 3 },
      ])
      expect(line_items.gift_certificates).toMatchObject([
        { name: 'Gift', theme: 'Birthday', amount: 10, quantity: 1, sender: person, recipient: person, message: 'Hi' },
        { amount: 10, quantity: 1 },
      ])
      expect([base_amount, cart_amount]).toEqual([61.97, 61.97])
    })

    it('gives the cart to a customer', async () => {
      const cart = await api.newCart([mug], { customer_id: 1 })
      expect(cart).toMatchObject({ customer_id: 1, email: 'customer@polytill.test' })
    })

    it.each([
      ['nothing to buy', {}, 422, { line_items: 'required' }],
      ['an empty list', { line_items: [] }, 422, { line_items: 'required' }],
      [
        'an unknown product',
        { line_items: [{ product_id: 4711, quantity: 1 }] },
        422,
        { 'line_items.0.product_id': 'unknown' },
      ],
      [
        'another product’s variant',
        { line_items: [{ ...brewer, variant_id: 67 }] },
        422,
        { 'line_items.0.variant_id': 'unknown' },
      ],
      ['no quantity', { line_items: [{ product_id: 86 }] }, 422, { 'line_items.0.quantity': 'required' }],
      [
        'no pieces',
        { line_items: [{ ...brewer, quantity: 0 }] },
        422,
        { 'line_items.0.quantity': 'must be at least 1' },
      ],
      ['more than there are', { line_items: [{ product_id: 900, variant_id: 900, quantity: 2 }] }, 422, {}],
      [
        'a foreign currency',
        { line_items: [brewer], currency: { code: 'eur' } },
        400,
        { 'currency.code': 'unsupported' },
      ],
      ['an unknown customer', { line_items: [brewer], customer_id: 4711 }, 422, { customer_id: 'unknown' }],
      ['an unknown channel', { line_items: [brewer], channel_id: 77 }, 422, { channel_id: 'unknown' }],
      ['a list', [brewer], 422, { body: 'must be of type object' }],
    ])('refuses %s', async (_, body, status, errors) => {
      const answer = await api.send('POST', '/v3/carts', { body })
      expect(answer.status).toBe(status)
      expect(answer.json).toEqual({ status, title: expect.any(String), type: errorType, errors })
    })

    it('refuses what is no JSON, and another content type', async () => {
      const broken = await api.send('POST', '/v3/carts', { body: '{"line_items":' })
      expect([broken.status, broken.json.title]).toEqual([400, 'Syntax error'])
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await api.send('POST', '/v3/carts', { body: 'a=1', headers: form })).status).toBe(415)
    })
  })

  describe('GET /stores/:storeHash/v3/carts/:cartId', () => {
    it('reads the same bytes each time', async () => {
      const { id } = await api.newCart([brewer, coffeemaker])
      const first = await api.send('GET', `/v3/carts/${id}`)
      expect(first.status).toBe(200)
      expect(first.json.data.cart_amount).toBe(274.5)
      expect((await api.send('GET', `/v3/carts/${id.toUpperCase()}`)).text).toBe(first.text)
    })

    it.each([[notThere], ['no-uuid'], ['%00']])('answers 404 for %s', async id => {
      const answer = await api.send('GET', `/v3/carts/${id}`)
      expect([400, 404]).toContain(answer.status)
      expect(answer.json).toMatchObject({ status: answer.status, type: errorType })
    })
  })

  describe('PUT /stores/:storeHash/v3/carts/:cartId', () => {
    it('gives the cart to a customer and back, and answers 201', async () => {
      const { id } = await api.newCart([mug])
      const answer = await api.send('PUT', `/v3/carts/${id}`, { body: { customer_id: 2, version: 1 } })
      expect(answer.status).toBe(201)
      expect(answer.json.data).toMatchObject({ id, customer_id: 2, version: 2 })
      const back = await api.send('PUT', `/v3/carts/${id}`, { body: { customer_id: 0 } })
      expect(back.json.data).toMatchObject({ customer_id: 0, version: 3 })
    })

    it('refuses an unknown customer, an old version, an unknown cart', async () => {
      const { id } = await api.newCart([mug])
      expect((await api.send('PUT', `/v3/carts/${id}`, { body: { customer_id: 4711 } })).status).toBe(422)
      expect((await api.send('PUT', `/v3/carts/${id}`, { body: {} })).status).toBe(422)
      expect((await api.send('PUT', `/v3/carts/${notThere}`, { body: { customer_id: 1 } })).status).toBe(404)
      const old = await api.send('PUT', `/v3/carts/${id}`, { body: { customer_id: 1, version: 9 } })
      expect(old.status).toBe(409)
      expect(old.json).toEqual({
        status: 409,
        title: 'The request cannot be processed due to a possible conflict. Please review the changes and try again.',
        type: errorType,
      })
    })
  })

  describe('DELETE /stores/:storeHash/v3/carts/:cartId', () => {
    it('answers 204, then the cart is gone', async () => {
      const { id } = await api.newCart([mug])
      const answer = await api.send('DELETE', `/v3/carts/${id}`)
      expect([answer.status, answer.text]).toEqual([204, ''])
      expect((await api.send('GET', `/v3/carts/${id}`)).status).toBe(404)
      expect((await api.send('DELETE', `/v3/carts/${id}`)).status).toBe(404)
    })
  })

  describe('tokens', () => {
    it.each([
      ['none', null],
      ['an unknown one', 'guessed'],
      ["another dialect's", 'demo-spree-key'],
    ])('%s: 401', async (_, token) => {
      const answer = await api.send('POST', '/v3/carts', { body: { line_items: [basket] }, token })
      expect(answer.status).toBe(401)
      expect(answer.json).toEqual({ status: 401, title: 'Unauthorized', type: errorType, errors: {} })
    })

    it('of another store: 401', async () => {
      const headers = { 'x-auth-token': 'demo-bigcommerce-token', 'content-type': 'application/json' }
      const answer = await api.server.request('POST', '/stores/other/v3/carts', {
        headers,
        body: { line_items: [basket] },
      })
      expect(answer.status).toBe(401)
    })

    it('without the scope: 403; one that may only read reads', async () => {
      const issue = (scopes: readonly string[]) =>
        api.server.operations.issueCredential({
          kind: 'api_key',
          subject: 'reader',
          dialect: 'bigcommerce',
          permissions: ['carts:read', 'customers:read'],
          data: { storeHash: 'demo', scopes },
        })
      const { id } = await api.newCart([mug])
      const reader = await issue(['store_cart_read_only'])
      expect((await api.send('GET', `/v3/carts/${id}`, { token: reader })).status).toBe(200)
      const answer = await api.send('DELETE', `/v3/carts/${id}`, { token: reader })
      expect(answer.status).toBe(403)
      expect(answer.json).toEqual({ status: 403, title: 'Forbidden', type: errorType, errors: {} })
      const stranger = await issue(['store_v2_orders'])
      expect((await api.send('GET', `/v3/carts/${id}`, { token: stranger })).status).toBe(403)
    })

    it('tells of the rate limit', async () => {
      const { headers } = await api.send('GET', `/v3/carts/${notThere}`)
      expect(headers['x-rate-limit-requests-quota']).toBe('150')
      expect(headers['x-rate-limit-time-window-ms']).toBe('30000')
    })
  })

  it('an unknown path below the store is answered in the form of its API', async () => {
    const v3 = await api.send('GET', '/v3/nothing')
    expect([v3.status, v3.json.type]).toEqual([404, errorType])
    const v2 = await api.send('GET', '/v2/nothing')
    expect([v2.status, v2.json]).toEqual([404, [{ status: 404, message: 'The requested resource was not found.' }]])
    const method = await api.send('PATCH', '/v3/carts')
    expect([method.status, method.headers.allow]).toEqual([405, 'POST'])
  })
})
