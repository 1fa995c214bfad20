import { describe, expect, it } from 'vitest'
import {
  type Browser,
  cartOf,
  describeStorefront,
  expectNotFound,
  expectProblem,
  expectShopperHeaders,
  goods,
} from '../browser.js'

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)

describeStorefront("a browser's carts", (open, server) => {
  /** A line of a Brewer as the storefront shows it. */
  const brewerLine = (baseUrl: string) => ({
    id: uuid,
    parentId: null,
    variantId: 66,
    productId: 86,
    sku: 'BREWER',
    name: 'Brewer',
    url: expect.any(String),
    quantity: 1,
    brand: expect.any(String),
    isTaxable: true,
    imageUrl: expect.stringMatching(new RegExp(`^${baseUrl}/`)),
    discounts: [],
    discountAmount: 0,
    couponAmount: 0,
    originalPrice: 225,
    listPrice: 225,
    salePrice: 225,
    retailPrice: null,
    extendedListPrice: 225,
    extendedSalePrice: 225,
    comparisonPrice: 225,
    extendedComparisonPrice: 225,
    isShippingRequired: true,
    type: 'physical',
    giftWrapping: null,
    addedByPromotion: false,
    addedByAttributeId: null,
    isMutable: true,
    isCustomPrice: false,
  })

  describe('GET /api/storefront/carts', () => {
    it('is an empty list for a browser that has none, and opens no session', async () => {
      const browser = open()
      const answer = await browser.send('GET', '/api/storefront/carts')
      expect(answer).toMatchObject({ status: 200, json: [] })
      expectShopperHeaders(answer)
      expect([...browser.cookies.keys()]).toEqual(['XSRF-TOKEN'])
    })

    it('lists the one cart of the session', async () => {
      const browser = open()
      const made = await browser.send('POST', '/api/storefront/carts', {
        body: { lineItems: [{ ...goods.mug, quantity: 2 }] },
      })
      const listed = await browser.send('GET', '/api/storefront/carts')
      expect(listed.json).toEqual([made.json])
    })
  })

  // The vendor's own snippets ask for `/api/storefront/cart` (cart-and-checkout-overview), scripts of themes for `carts/`.
  describe.each(['/api/storefront/cart', '/api/storefront/cart/', '/api/storefront/carts/'])('%s', path => {
    it('is GET and POST /api/storefront/carts, and leads on to what is below it', async () => {
      const browser = open()
      expect(await browser.send('GET', path)).toMatchObject({ status: 200, json: [] })
      const lineItems = [{ ...goods.mug, quantity: 2 }]
      const made = await browser.send('POST', path, { body: { lineItems } })
      expect(made).toMatchObject({ status: 200, json: { lineItems: { physicalItems: [{ quantity: 2 }] } } })
      expect((await browser.send('GET', path)).json).toEqual([made.json])
      const below = `${path.replace(/\/$/, '')}/${made.json.id}`
      const more = await browser.send('POST', `${below}/items`, { body: { lineItems } })
      expect(more.json.lineItems.physicalItems).toMatchObject([{ quantity: 4 }])
      expect((await browser.send('DELETE', below)).status).toBe(204)
      expect((await browser.send('GET', path)).json).toEqual([])
    })
  })

  it('finds nothing under words that are nearly a path of it', async () => {
    for (const path of ['/api/storefront/cart/1/2', '/api/storefront/cartz', '/api/storefront/']) {
      expect((await open().send('GET', path)).status, path).toBe(404)
    }
  })

  describe('POST /api/storefront/carts', () => {
    it('makes a cart, and a session that nobody but the browser knows', async () => {
      const browser = open()
      const made = await browser.send('POST', '/api/storefront/carts', {
        body: { lineItems: [{ ...goods.brewer, quantity: 1 }] },
      })
      expect(made.status).toBe(200)
      expectShopperHeaders(made)
      expect(made.json).toEqual({
        id: uuid,
        customerId: 0,
        email: '',
        currency: { name: 'US Dollar', code: 'USD', symbol: '$', decimalPlaces: 2 },
        isTaxIncluded: false,
        baseAmount: 225,
        discountAmount: 0,
        manualDiscountAmount: 0,
        cartAmount: 225,
        coupons: [],
        discounts: [{ id: made.json.lineItems.physicalItems[0].id, discountedAmount: 0 }],
        lineItems: {
          physicalItems: [brewerLine(server().baseUrl)],
          digitalItems: [],
          giftCertificates: [],
          customItems: [],
        },
        createdTime: time,
        updatedTime: time,
        locale: 'en-US',
        version: 1,
        companyId: null,
        companyName: null,
      })
      expect(made.cookies).toEqual([
        expect.stringMatching(/^SHOP_SESSION_TOKEN=[^;]{20,}; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Lax$/),
        expect.stringMatching(/^XSRF-TOKEN=[^;]{20,}; Max-Age=5184000; Path=\/; SameSite=Lax$/),
      ])
    })

    it('puts the goods into the cart that the session has; equal ones add up', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const again = await browser.send('POST', '/api/storefront/carts', {
        body: {
          lineItems: [
            { ...goods.mug, quantity: 2 },
            { productId: '88', quantity: '1' },
          ],
        },
      })
      expect(again.json.id).toBe(id)
      const lines = again.json.lineItems.physicalItems
      expect(lines.map((line: { sku: string; quantity: number }) => [line.sku, line.quantity])).toEqual([
        ['MUG-1', 3],
        ['COFFEEMAKER', 1],
      ])
    })

    it('sells digital goods and gift certificates; several certificates are as many lines', async () => {
      const certificate = {
        name: '$10 Gift Certificate',
        theme: 'Birthday',
        amount: 10,
        quantity: 2,
        sender: { name: 'Ada', email: 'ada@example.test' },
        recipient: { name: 'Bob', email: 'bob@example.test' },
        message: 'Enjoy',
      }
      const made = await open().send('POST', '/api/storefront/carts', {
        body: { lineItems: [{ ...goods.journal, quantity: 1 }], giftCertificates: [certificate] },
      })
      const { quantity: _, ...shown } = certificate
      const { digitalItems, giftCertificates } = made.json.lineItems
      expect(digitalItems).toMatchObject([
        { sku: 'JOURNAL-PDF', isShippingRequired: false, type: 'digital', salePrice: 18.95 },
      ])
      const line = { ...shown, id: uuid, taxable: false, type: 'giftCertificate' }
      expect(giftCertificates).toEqual([line, line])
      expect(made.json).toMatchObject({ baseAmount: 38.95, cartAmount: 38.95 })
    })

    it('with the source BUY_NOW makes a cart beside, which never becomes the active one', async () => {
      const browser = open()
      const buy = (lineItems: object[], more: object = {}) =>
        browser.send('POST', '/api/storefront/carts', { body: { lineItems, ...more } })
      const first = await buy([{ ...goods.mug, quantity: 1 }], { source: 'BUY_NOW' })
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([])
      const active = await buy([{ ...goods.tee, quantity: 1 }])
      expect(active.json.id).not.toBe(first.json.id)
      const second = await buy([{ ...goods.mug, quantity: 1 }], { source: 'BUY_NOW' })
      expect(new Set([first.json.id, active.json.id, second.json.id]).size).toBe(3)
      const listed = await browser.send('GET', '/api/storefront/carts')
      expect(listed.json).toEqual([active.json])
      expect((await browser.send('GET', `/api/storefront/checkout/${first.json.id}`)).status).toBe(200)
    })

    it('loses nothing when fifty arrive at once', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.tee, quantity: 1 }])
      const body = { lineItems: [{ ...goods.mug, quantity: 1 }] }
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => browser.send('POST', '/api/storefront/carts', { body })),
      )
      expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
      const read = await browser.send('GET', '/api/storefront/carts')
      expect(read.json[0].id).toBe(id)
      expect(read.json[0].lineItems.physicalItems[1]).toMatchObject({ sku: 'MUG-1', quantity: 50 })
    })

    it.each([
      ['nothing', {}, 'lineItems required', 'invalid'],
      ['an empty list', { lineItems: [] }, 'lineItems required', 'invalid'],
      ['no quantity', { lineItems: [{ productId: 18 }] }, 'lineItems.0.quantity required', 'invalid'],
      [
        'a quantity of 0',
        { lineItems: [{ productId: 18, quantity: 0 }] },
        'lineItems.0.quantity must be at least 1',
        'invalid',
      ],
      [
        'a product that there is not',
        { lineItems: [{ productId: 424242, quantity: 1 }] },
        'There is no product 424242.',
        'invalid',
      ],
      [
        "another product's variant",
        { lineItems: [{ productId: 18, variantId: 66, quantity: 1 }] },
        'The variant does not belong to this product.',
        'invalid',
      ],
    ])('refuses %s, and opens no session', async (_what, body, detail, code) => {
      const browser = open()
      const answer = await browser.send('POST', '/api/storefront/carts', { body })
      expectProblem(answer, { status: 422, title: 'Unprocessable Entity', detail, code })
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(false)
    })

    it('refuses more than there is, in words', async () => {
      const answer = await open().send('POST', '/api/storefront/carts', {
        body: { lineItems: [{ ...goods.twenty, quantity: 21 }] },
      })
      const detail = 'Not enough stock for Twenty of these: only 20 left.'
      expectProblem(answer, { status: 409, title: 'Conflict', detail, code: 'insufficient_stock' })
    })

    it('takes no price from a shopper', async () => {
      const made = await open().send('POST', '/api/storefront/carts', {
        body: {
          lineItems: [{ ...goods.brewer, quantity: 1, listPrice: 1, list_price: 1 }],
          customItems: [{ name: 'x' }],
        },
      })
      expect(made.json).toMatchObject({ cartAmount: 225, lineItems: { customItems: [] } })
    })

    it('refuses what is no JSON', async () => {
      const answer = await open().send('POST', '/api/storefront/carts', { body: '{"lineItems":' })
      expectProblem(answer, { status: 400, title: 'Bad Request', detail: 'Syntax error', code: 'malformed' })
    })

    it('refuses what is clearly something else', async () => {
      const headers = { 'content-type': 'application/xml' }
      const answer = await open().send('POST', '/api/storefront/carts', { body: '<cart/>', headers })
      const title = 'Unsupported Media Type'
      expectProblem(answer, { status: 415, title, detail: 'Unsupported media type', code: 'media_type' })
    })
  })

  describe('DELETE /api/storefront/carts/:cartId', () => {
    it('takes the cart away', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const gone = await browser.send('DELETE', `/api/storefront/carts/${id}`)
      expect(gone).toMatchObject({ status: 204, text: '' })
      expect(gone.headers['content-type']).toBeUndefined()
      expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([])
      expectNotFound(await browser.send('DELETE', `/api/storefront/carts/${id}`))
    })
  })

  describe('POST /api/storefront/carts/:cartId/currency', () => {
    const choose = (browser: Browser, id: string, body: object) =>
      browser.send('POST', `/api/storefront/carts/${id}/currency`, { body })

    it('keeps the cart in a currency that the store sells in', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await choose(browser, id, { currencyCode: 'usd' })
      expect(answer).toMatchObject({ status: 200, json: { id, currency: { code: 'USD' }, cartAmount: 12.5 } })
    })

    it('refuses any other', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const other = await choose(browser, id, { currencyCode: 'EUR' })
      expectProblem(other, {
        status: 404,
        title: 'Not found',
        detail: 'The store does not sell in EUR.',
        code: 'currency',
      })
      const none = await choose(browser, id, {})
      expectProblem(none, {
        status: 422,
        title: 'Unprocessable Entity',
        detail: 'currencyCode required',
        code: 'invalid',
      })
      expectNotFound(await choose(browser, crypto.randomUUID(), { currencyCode: 'USD' }))
    })
  })

  it('is nobody else’s: every door of another session answers 404', async () => {
    const owner = open()
    const id = await cartOf(owner, [{ ...goods.mug, quantity: 1 }])
    const before = (await owner.send('GET', '/api/storefront/carts')).json
    const item = before[0].lineItems.physicalItems[0].id
    const stranger = open()
    await cartOf(stranger, [{ ...goods.tee, quantity: 1 }])
    const change = { lineItem: { productId: 18, quantity: 5 } }
    for (const thief of [stranger, open()]) {
      expectNotFound(await thief.send('DELETE', `/api/storefront/carts/${id}`))
      expectNotFound(
        await thief.send('POST', `/api/storefront/carts/${id}/items`, {
          body: { lineItems: [{ ...goods.mug, quantity: 1 }] },
        }),
      )
      expectNotFound(await thief.send('PUT', `/api/storefront/carts/${id}/items/${item}`, { body: change }))
      expectNotFound(await thief.send('DELETE', `/api/storefront/carts/${id}/items/${item}`))
      expectNotFound(
        await thief.send('POST', `/api/storefront/carts/${id}/currency`, { body: { currencyCode: 'USD' } }),
      )
    }
    expect((await owner.send('GET', '/api/storefront/carts')).json).toEqual(before)
  })
})
