import { describe, expect, it } from 'vitest'
import { guestBasket, included, newGuest, notebook, plainTotals, warranty } from '../basket.js'
import { describeGlue, expectError, expectFieldErrors, expectNothing } from '../glue.js'

const unknown = '00000000-0000-4000-8000-000000000000'
const cartNotFound = 'Cart with given uuid not found.'

describeGlue('guest carts over the wire', glue => {
  describe('POST /guest-cart-items', () => {
    const post = (guest: string, attributes: object, query = '') =>
      glue.send('POST', `/guest-cart-items${query}`, { guest, data: { type: 'guest-cart-items', attributes } })

    // spryker/robotframework-suite-tests tests/api/b2c/glue/cart_endpoints/guest_cart_items/positive.robot
    it('answers with the items, whatever else is asked for, and so do the other writes of items', async () => {
      const { guest } = newGuest()
      const types = (answer: { readonly json: { readonly included?: readonly { readonly type: string }[] } }) =>
        (answer.json.included ?? []).map(({ type }) => type)
      const added = await post(guest, { sku: notebook, quantity: 1 }, '?include=items')
      expect(added.json.included).toMatchObject([
        { type: 'guest-cart-items', id: notebook, attributes: { quantity: 1 } },
      ])
      const { id } = added.json.data
      const withRules = await post(guest, { sku: notebook, quantity: 1 }, '?include=cart-rules')
      expect(types(withRules)).toEqual(['cart-rules', 'guest-cart-items'])
      const withProducts = await post(guest, { sku: notebook, quantity: 1 }, '?include=items,concrete-products')
      expect(types(withProducts)).toEqual(['concrete-products', 'guest-cart-items'])
      const write = (method: string, path: string, attributes: object) =>
        glue.send(method, `/guest-carts/${id}/guest-cart-items${path}`, {
          guest,
          data: { type: 'guest-cart-items', attributes },
        })
      expect(types(await write('POST', '?include=items', { sku: notebook, quantity: '1' }))).toEqual([
        'guest-cart-items',
      ])
      const changed = await write('PATCH', `/${notebook}?include=items`, { quantity: '10' })
      expect(changed.json.included).toMatchObject([{ type: 'guest-cart-items', attributes: { quantity: 10 } }])
      const read = await glue.send('GET', `/guest-carts/${id}?include=cart-rules`, { guest })
      expect(types(read)).toEqual(['cart-rules'])
      expect(types(await post(guest, { sku: notebook, quantity: 1 }, '?include='))).toEqual([])
    })

    it('makes the cart with the first item', async () => {
      const { guest } = newGuest()
      const answer = await post(guest, { sku: notebook, quantity: 1 }, '?include=guest-cart-items')
      const { id } = answer.json.data
      expect(answer.status).toBe(201)
      expect(answer.json).toEqual({
        data: {
          type: 'guest-carts',
          id,
          attributes: {
            priceMode: 'GROSS_MODE',
            currency: 'EUR',
            store: 'DE',
            totals: plainTotals(33265, 4780, 3327),
            discounts: [{ displayName: '10% Discount for all orders above', amount: 3327, code: null }],
            thresholds: [],
          },
          links: { self: `${glue.baseUrl()}/guest-carts/${id}` },
          relationships: { 'guest-cart-items': { data: [{ type: 'guest-cart-items', id: notebook }] } },
        },
        included: [
          {
            type: 'guest-cart-items',
            id: notebook,
            attributes: expect.objectContaining({ sku: notebook, quantity: 1, groupKey: notebook }),
            links: { self: `${glue.baseUrl()}/guest-carts/${id}/guest-cart-items/${notebook}` },
          },
        ],
      })
      expect(answer.headers).not.toHaveProperty('etag')
    })

    it('adds to the one cart that the guest has, also for two first items at the same moment', async () => {
      const { guest } = newGuest()
      const answers = await Promise.all(Array.from({ length: 8 }, () => post(guest, { sku: notebook, quantity: 1 })))
      expect(new Set(answers.map(({ json }) => json.data.id)).size).toBe(1)
      const carts = await glue.send('GET', '/guest-carts', { guest })
      expect(carts.json.data).toHaveLength(1)
      expect(included(carts, 'guest-cart-items')).toMatchObject([{ attributes: { quantity: 8 } }])
    })

    it('knows a guest by a key of any length', async () => {
      // Random, so that no database packs it into an index after all.
      const guest = Array.from({ length: 80 }, () => crypto.randomUUID()).join('')
      const answer = await post(guest, { sku: notebook, quantity: 1 })
      expect(answer.status).toBe(201)
      const carts = await glue.send('GET', '/guest-carts', { guest })
      expect(carts.json.data).toMatchObject([{ id: answer.json.data.id }])
      expect((await glue.send('GET', '/guest-carts', { guest: `${guest}x` })).json.data).toEqual([])
    })

    it('makes no cart when the item is refused', async () => {
      const { guest } = newGuest()
      expectError(await post(guest, { sku: 'fake', quantity: 1 }), 422, '102', 'Product "fake" not found')
      expect((await glue.send('GET', '/guest-carts', { guest })).json.data).toEqual([])
    })

    it('reads a body that calls itself text, as browsers do', async () => {
      const { guest } = newGuest()
      const data = { type: 'guest-cart-items', attributes: { sku: notebook, quantity: 1 } }
      const headers = { 'content-type': 'text/plain;charset=UTF-8' }
      expect((await glue.send('POST', '/guest-cart-items', { guest, data, headers })).status).toBe(201)
    })

    it('asks for the guest, no token, and the fields', async () => {
      const data = { type: 'guest-cart-items', attributes: { sku: notebook, quantity: 1 } }
      const nobody = await glue.send('POST', '/guest-cart-items', { data })
      expectError(nobody, 400, '109', 'Anonymous customer unique id is empty.')
      const blank = await glue.send('POST', '/guest-cart-items', { data, guest: '' })
      expectError(blank, 400, '109', 'Anonymous customer unique id is empty.')
      const { guest } = newGuest()
      const both = await glue.send('POST', '/guest-cart-items', { data, guest, token: 'bad' })
      const clash = "Headers request error. A user can't act as logged and not logged user at the same time."
      expectError(both, 400, '005', clash)
      expectFieldErrors(await post(guest, {}), ['sku => This field is missing.', 'quantity => This field is missing.'])
      const wrong = await glue.send('POST', '/guest-cart-items', { guest, data: { ...data, type: 'items' } })
      expectError(wrong, 400, undefined, 'Invalid type.')
    })
  })

  describe('guest carts', () => {
    it('are read as a collection and by id: GET /guest-carts, GET /guest-carts/:cartId', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const list = await glue.send('GET', '/guest-carts?include=', { ...who })
      const one = await glue.send('GET', `/guest-carts/${cartId}?include=`, { ...who })
      const { links: _list, ...listed } = list.json.data[0]
      const { links: _one, ...single } = one.json.data
      expect(list.json.data).toHaveLength(1)
      expect(listed).toEqual(single)
      expect(single).toMatchObject({ type: 'guest-carts', id: cartId })
    })

    it('are not found by other guests, nor are unknown ones', async () => {
      const { cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      for (const id of [unknown, 'fake', cartId]) {
        expectError(await glue.send('GET', `/guest-carts/${id}`, newGuest()), 404, '101', cartNotFound)
      }
    })

    it('change currency without a tag: PATCH /guest-carts/:cartId', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const data = { type: 'guest-carts', attributes: { currency: 'CHF' } }
      const answer = await glue.send('PATCH', `/guest-carts/${cartId}`, { ...who, data })
      expect(answer.status).toBe(200)
      expect(answer.json.data.attributes).toMatchObject({ currency: 'CHF', totals: { subtotal: 38255 } })
      const wrong = { ...data, attributes: { currency: 'XXX' } }
      const refused = await glue.send('PATCH', `/guest-carts/${cartId}`, { ...who, data: wrong })
      expectError(refused, 422, '117', 'Currency is incorrect.')
      expectError(await glue.send('PATCH', `/guest-carts/${unknown}`, { ...who, data }), 404, '101', cartNotFound)
    })

    it('take more items by their id: POST /guest-carts/:cartId/guest-cart-items', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const path = `/guest-carts/${cartId}/guest-cart-items`
      const attributes = { sku: notebook, quantity: 1, productOptions: [{ sku: warranty }] }
      const answer = await glue.send('POST', path, { ...who, data: { type: 'guest-cart-items', attributes } })
      expect(answer.status).toBe(201)
      expect(included(answer, 'guest-cart-items')).toHaveLength(2)
      const other = await glue.send('POST', path, { ...newGuest(), data: { type: 'guest-cart-items', attributes } })
      expectError(other, 404, '101', cartNotFound)
      const missing = await glue.send('POST', '/guest-carts//guest-cart-items', {
        ...who,
        data: { type: 'guest-cart-items', attributes },
      })
      expectError(missing, 400, '104', 'Cart uuid is missing.')
    })

    // PATCH /guest-carts/:cartId/guest-cart-items/:groupKey, DELETE /guest-carts/:cartId/guest-cart-items/:groupKey
    it('change and lose items', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const path = `/guest-carts/${cartId}/guest-cart-items/${notebook}`
      const data = { type: 'guest-cart-items', attributes: { quantity: 2 } }
      const changed = await glue.send('PATCH', path, { ...who, data })
      expect(changed.status).toBe(200)
      expect(included(changed, 'guest-cart-items')).toMatchObject([{ attributes: { quantity: 2 } }])
      expectError(await glue.send('DELETE', path, newGuest()), 404, '101', cartNotFound)
      expectNothing(await glue.send('DELETE', path, { ...who }))
      const detail = 'Item with the given group key not found in the cart.'
      expectError(await glue.send('DELETE', path, { ...who }), 404, '103', detail)
    })

    it('cannot be read by anybody without a name', async () => {
      const detail = 'Anonymous customer unique id is empty.'
      expectError(await glue.send('GET', '/guest-carts'), 400, '109', detail)
      const { token } = await glue.newCustomer()
      expectError(await glue.send('GET', '/guest-carts', { token }), 400, '109', detail)
    })
  })
})
