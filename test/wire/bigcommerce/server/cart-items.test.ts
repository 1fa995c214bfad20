import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { basket, brewer, coffeemaker, managementOver, mug, notThere } from '../management.js'

describeOnEachDatabase('items of a cart between servers', getServer => {
  const api = managementOver(getServer)
  const itemsOf = (cart: {
    line_items: { physical_items: readonly { id: string; sku: string; quantity: number }[] }
  }) => cart.line_items.physical_items.map(({ sku, quantity }) => [sku, quantity])

  describe('POST /stores/:storeHash/v3/carts/:cartId/items', () => {
    it('adds up the same product and sets another beside it (G4: 274.50, then 394.45)', async () => {
      const { id } = await api.newCart([brewer, coffeemaker])
      const answer = await api.send('POST', `/v3/carts/${id}/items`, { body: { line_items: [basket], version: 1 } })
      expect(answer.status).toBe(201)
      expect(answer.json.data).toMatchObject({ cart_amount: 394.45, version: 2 })
      const more = await api.send('POST', `/v3/carts/${id}/items`, { body: { line_items: [basket] } })
      expect(itemsOf(more.json.data)).toEqual([
        ['BREWER', 1],
        ['COFFEEMAKER', 1],
        ['BASKET', 2],
      ])
      const cheaper = { ...basket, list_price: 100 }
      const other = await api.send('POST', `/v3/carts/${id}/items`, { body: { line_items: [cheaper] } })
      expect(itemsOf(other.json.data)).toHaveLength(4)
    })

    it('refuses an old version, too much, nothing, and an unknown cart; the cart stays', async () => {
      const { id } = await api.newCart([mug])
      const send = (body: object, cart = id) => api.send('POST', `/v3/carts/${cart}/items`, { body })
      expect((await send({ line_items: [mug], version: 5 })).status).toBe(409)
      expect((await send({ line_items: [{ ...mug, quantity: 1000 }] })).status).toBe(422)
      expect((await send({})).status).toBe(422)
      expect((await send({ line_items: [mug] }, notThere)).status).toBe(404)
      expect((await api.send('GET', `/v3/carts/${id}`)).json.data.version).toBe(1)
    })

    it('50 at once: all are there', async () => {
      const { id } = await api.newCart([brewer])
      const add = () => api.send('POST', `/v3/carts/${id}/items`, { body: { line_items: [mug] } })
      const answers = await Promise.all(Array.from({ length: 50 }, add))
      expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([201]))
      const cart = (await api.send('GET', `/v3/carts/${id}`)).json.data
      expect(itemsOf(cart)).toEqual([
        ['BREWER', 1],
        ['MUG-1', 50],
      ])
      expect(cart.version).toBe(51)
    })
  })

  describe('PUT /stores/:storeHash/v3/carts/:cartId/items/:itemId', () => {
    it('gives a gift certificate another amount, other people and other words', async () => {
      const person = { name: 'A', email: 'a@example.com' }
      const certificate = {
        name: 'Gift',
        theme: 'Birthday',
        amount: 10,
        quantity: 1,
        sender: person,
        recipient: person,
      }
      const { id, line_items } = await api.newCart([mug], { gift_certificates: [certificate] })
      const [{ id: item }] = line_items.gift_certificates
      const put = (body: object, to = item) => api.send('PUT', `/v3/carts/${id}/items/${to}`, { body })
      const bo = { name: 'Bo', email: 'bo@example.com' }
      const other = { ...certificate, theme: 'Boy', amount: 25.5, recipient: bo, message: 'Hello' }
      const answer = await put({ gift_certificates: [other], version: 1 })
      expect([answer.status, answer.json.data.cart_amount, answer.json.data.version]).toEqual([200, 38, 2])
      expect(answer.json.data.line_items.gift_certificates).toEqual([
        { ...other, id: item, taxable: false, is_taxable: false },
      ])
      expect((await put({ gift_certificates: [other], version: 1 })).status).toBe(409)
      expect((await put({ gift_certificates: [] })).json.errors).toEqual({ line_item: 'required' })
      expect((await put({ gift_certificates: [{ ...other, amount: 1001 }] })).status).toBe(422)
      expect((await put({ gift_certificates: [other, other] })).status).toBe(422)
      expect((await put({ gift_certificates: [other] }, line_items.physical_items[0].id)).status).toBe(404)
    })

    it('a gift certificate stays one piece: each is a line of its own', async () => {
      const person = { name: 'A', email: 'a@example.com' }
      const certificate = {
        name: 'Gift',
        theme: 'Birthday',
        amount: 10,
        quantity: 2,
        sender: person,
        recipient: person,
      }
      const { id, line_items } = await api.newCart([], { gift_certificates: [certificate] })
      const [{ id: item }] = line_items.gift_certificates
      const put = (quantity: number) =>
        api.send('PUT', `/v3/carts/${id}/items/${item}`, { body: { line_item: { quantity } } })
      expect([(await put(5)).status, (await put(1)).status]).toEqual([422, 200])
      expect((await put(0)).json.data).toMatchObject({ cart_amount: 10, line_items: { gift_certificates: [{}] } })
    })

    it('sets quantity and price, and nothing else', async () => {
      const cart = await api.newCart([mug])
      const [{ id: item }] = cart.line_items.physical_items
      const body = { line_item: { quantity: 3, product_id: 86, variant_id: 66, list_price: 11 } }
      const answer = await api.send('PUT', `/v3/carts/${cart.id}/items/${item}`, { body })
      expect(answer.status).toBe(200)
      expect(answer.json.data.line_items.physical_items).toMatchObject([
        { id: item, sku: 'MUG-1', quantity: 3, list_price: 11, extended_sale_price: 33 },
      ])
    })

    it('quantity 0 removes; the last one takes the cart with it', async () => {
      const cart = await api.newCart([mug, brewer])
      const [first, second] = cart.line_items.physical_items
      const none = { line_item: { quantity: 0, product_id: 18 } }
      expect((await api.send('PUT', `/v3/carts/${cart.id}/items/${first.id}`, { body: none })).status).toBe(200)
      expect((await api.send('PUT', `/v3/carts/${cart.id}/items/${second.id}`, { body: none })).status).toBe(204)
      expect((await api.send('GET', `/v3/carts/${cart.id}`)).status).toBe(404)
    })

    it('refuses what makes no sense', async () => {
      const cart = await api.newCart([mug])
      const [{ id: item }] = cart.line_items.physical_items
      const put = (body: object, to = item) => api.send('PUT', `/v3/carts/${cart.id}/items/${to}`, { body })
      expect((await put({ line_item: { quantity: 5000 } })).status).toBe(422)
      expect((await put({ line_item: { quantity: 1.5 } })).status).toBe(422)
      expect((await put({ line_item: {} })).status).toBe(422)
      expect((await put({})).status).toBe(422)
      expect((await put({ line_item: { quantity: 2 } }, notThere)).status).toBe(404)
      expect((await put({ line_item: { quantity: 2 } }, 'x')).status).toBe(404)
      expect((await put({ line_item: { quantity: 2 }, version: 8 })).status).toBe(409)
    })
  })

  describe('DELETE /stores/:storeHash/v3/carts/:cartId/items/:itemId', () => {
    it('answers 200 with the cart, and 204 with the last item', async () => {
      const cart = await api.newCart([mug, brewer])
      const [first, second] = cart.line_items.physical_items
      const answer = await api.send('DELETE', `/v3/carts/${cart.id}/items/${first.id}`)
      expect(answer.status).toBe(200)
      expect(itemsOf(answer.json.data)).toEqual([['BREWER', 1]])
      expect((await api.send('DELETE', `/v3/carts/${cart.id}/items/${first.id}`)).status).toBe(404)
      expect((await api.send('DELETE', `/v3/carts/${cart.id}/items/${second.id}`)).status).toBe(204)
      expect((await api.send('GET', `/v3/checkouts/${cart.id}`)).status).toBe(404)
    })
  })
})
