import { describe, expect, it } from 'vitest'
import { type Browser, cartOf, describeStorefront, expectNotFound, expectProblem, goods } from '../browser.js'

const conflict = {
  status: 409,
  title: 'The request cannot be processed due to a possible conflict. Please review the changes and try again.',
  type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
  detail: '',
}

describeStorefront('items of a cart in a browser', open => {
  /** A cart of two Mugs, its id and that of the line. */
  async function mugs(browser: Browser) {
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 2 }])
    const [cart] = (await browser.send('GET', '/api/storefront/carts')).json
    return { id, item: cart.lineItems.physicalItems[0].id as string, cart }
  }

  describe('POST /api/storefront/carts/:cartId/items', () => {
    it('adds goods and counts the version up', async () => {
      const browser = open()
      const { id } = await mugs(browser)
      const body = { lineItems: [{ ...goods.brewer, quantity: 1 }], version: 1 }
      const added = await browser.send('POST', `/api/storefront/carts/${id}/items`, { body })
      expect(added).toMatchObject({ status: 200, json: { id, version: 2, cartAmount: 250 } })
    })

    it('refuses an old version, no goods and more than there is', async () => {
      const browser = open()
      const { id, cart } = await mugs(browser)
      const add = (body: object) => browser.send('POST', `/api/storefront/carts/${id}/items`, { body })
      const late = await add({ lineItems: [{ ...goods.brewer, quantity: 1 }], version: 7 })
      expect(late).toMatchObject({ status: 409, json: conflict })
      expect(late.json).toEqual(conflict)
      expectProblem(await add({}), {
        status: 422,
        title: 'Unprocessable Entity',
        detail: 'lineItems required',
        code: 'invalid',
      })
      const detail = 'Not enough stock for The last one: only 1 left.'
      const much = await add({ lineItems: [{ ...goods.lastOne, quantity: 2 }] })
      expectProblem(much, { status: 409, title: 'Conflict', detail, code: 'insufficient_stock' })
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([cart])
    })
  })

  describe('PUT /api/storefront/carts/:cartId/items/:itemId', () => {
    const put = (browser: Browser, id: string, item: string, body: object) =>
      browser.send('PUT', `/api/storefront/carts/${id}/items/${item}`, { body })

    it('sets the quantity; the variant stays', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      const changed = await put(browser, id, item, { lineItem: { ...goods.brewer, quantity: 5, giftWrapping: null } })
      expect(changed.status).toBe(200)
      expect(changed.json.lineItems.physicalItems).toMatchObject([{ id: item, sku: 'MUG-1', quantity: 5 }])
    })

    it('with 0 takes the line out, and the cart with the last one', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      const gone = await put(browser, id, item, { lineItem: { productId: 18, quantity: 0 } })
      expect(gone).toMatchObject({ status: 204, text: '' })
      expectNotFound(await browser.send('GET', `/api/storefront/checkout/${id}`))
    })

    it('changes a gift certificate', async () => {
      const browser = open()
      const person = { name: 'Ada', email: 'ada@example.test' }
      const certificate = { name: 'Gift', theme: 'General', amount: 10, quantity: 1, sender: person, recipient: person }
      const made = await browser.send('POST', '/api/storefront/carts', { body: { giftCertificates: [certificate] } })
      const [line] = made.json.lineItems.giftCertificates
      const giftCertificate = { ...certificate, amount: 25.5, theme: 'Girl', message: 'Hello' }
      const changed = await put(browser, made.json.id, line.id, { giftCertificate })
      expect(changed.json.lineItems.giftCertificates).toEqual([
        { ...line, amount: 25.5, theme: 'Girl', message: 'Hello' },
      ])
      expect(changed.json.cartAmount).toBe(25.5)
      const more = await put(browser, made.json.id, line.id, { lineItem: { quantity: 4 } })
      expect(more.status).toBe(400)
      expect((await browser.send('GET', '/api/storefront/carts')).json).toMatchObject([
        { cartAmount: 25.5, version: 2 },
      ])
    })

    it('makes no gift certificate of a product', async () => {
      const browser = open()
      const { id, item, cart } = await mugs(browser)
      const person = { name: 'Ada', email: 'ada@example.test' }
      const giftCertificate = { name: 'Gift', theme: 'General', amount: 1, sender: person, recipient: person }
      const answer = await put(browser, id, item, { giftCertificate })
      const detail = 'The cart has no such item.'
      expectProblem(answer, { status: 404, title: 'Not found', detail, code: 'not_found' })
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([cart])
    })

    it('refuses no quantity, a strange one, an old version and an unknown line', async () => {
      const browser = open()
      const { id, item, cart } = await mugs(browser)
      const invalid = { status: 422, title: 'Unprocessable Entity', code: 'invalid' }
      expectProblem(await put(browser, id, item, {}), { ...invalid, detail: 'lineItem required' })
      const negative = await put(browser, id, item, { lineItem: { productId: 18, quantity: -1 } })
      expectProblem(negative, { ...invalid, detail: 'lineItem.quantity must be at least 0' })
      const broken = await put(browser, id, item, { lineItem: { productId: 18, quantity: 1.5 } })
      expect(broken.status).toBe(422)
      const late = await put(browser, id, item, { lineItem: { productId: 18, quantity: 3 }, version: 9 })
      expect(late.json).toEqual(conflict)
      for (const unknown of [crypto.randomUUID(), 'no-id']) {
        const answer = await put(browser, id, unknown, { lineItem: { productId: 18, quantity: 3 } })
        const detail = 'The cart has no such item.'
        expectProblem(answer, { status: 404, title: 'Not found', detail, code: 'not_found' })
      }
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([cart])
    })
  })

  describe('DELETE /api/storefront/carts/:cartId/items/:itemId', () => {
    it('takes a line out', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      await browser.send('POST', `/api/storefront/carts/${id}/items`, {
        body: { lineItems: [{ ...goods.tee, quantity: 1 }] },
      })
      const left = await browser.send('DELETE', `/api/storefront/carts/${id}/items/${item}`)
      expect(left.status).toBe(200)
      expect(left.json.lineItems.physicalItems).toMatchObject([{ sku: 'TEE-1' }])
    })

    it('takes the cart with the last line', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      const gone = await browser.send('DELETE', `/api/storefront/carts/${id}/items/${item}`)
      expect(gone).toMatchObject({ status: 204, text: '' })
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([])
      const answer = await browser.send('DELETE', `/api/storefront/carts/${id}/items/${item}`)
      expectNotFound(answer)
    })
  })

  describe('PUT /api/storefront/checkouts/:checkoutId/carts/:cartId/items/:itemId', () => {
    it('answers with the checkout', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      const path = `/api/storefront/checkouts/${id}/carts/${id}/items/${item}`
      const changed = await browser.send('PUT', path, { body: { lineItem: { quantity: 4 } } })
      expect(changed).toMatchObject({ status: 200, json: { id, subtotal: 50, cart: { id, cartAmount: 50 } } })
      expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).text).toBe(changed.text)
    })

    it('is 404 once nothing is left, and for another cart’s id', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      const body = { lineItem: { quantity: 0 } }
      expectNotFound(
        await browser.send('PUT', `/api/storefront/checkouts/${crypto.randomUUID()}/carts/${id}/items/${item}`, {
          body,
        }),
      )
      expectNotFound(await browser.send('PUT', `/api/storefront/checkouts/${id}/carts/${id}/items/${item}`, { body }))
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([])
    })
  })

  describe('DELETE /api/storefront/checkouts/:checkoutId/carts/:cartId/items/:itemId', () => {
    it('answers with the checkout, and 404 once nothing is left', async () => {
      const browser = open()
      const { id, item } = await mugs(browser)
      await browser.send('POST', `/api/storefront/carts/${id}/items`, {
        body: { lineItems: [{ ...goods.tee, quantity: 1 }] },
      })
      const path = `/api/storefront/checkouts/${id}/carts/${id}/items`
      const left = await browser.send('DELETE', `${path}/${item}`)
      expect(left).toMatchObject({ status: 200, json: { id, subtotal: 40 } })
      const [{ id: tee }] = left.json.cart.lineItems.physicalItems
      expectNotFound(await browser.send('DELETE', `${path}/${tee}`))
    })
  })
})
