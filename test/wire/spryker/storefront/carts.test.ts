import { describe, expect, it } from 'vitest'
import { customerBasket, included, newCart, notebook, plainTotals } from '../basket.js'
import { describeGlue, expectCustomerOnly, expectError, expectFieldErrors, type Glue } from '../glue.js'

const unknown = '00000000-0000-4000-8000-000000000000'
const empty = {
  priceMode: 'GROSS_MODE',
  currency: 'EUR',
  store: 'DE',
  totals: plainTotals(0, 0),
  discounts: [],
  thresholds: [],
}

describeGlue('carts', glue => {
  describe('POST /carts', () => {
    const post = (token: string, attributes: object) =>
      glue.send('POST', '/carts', { token, data: { type: 'carts', attributes } })

    it('makes an empty cart with zeros for totals', async () => {
      const { token } = await glue.newCustomer()
      const answer = await newCart(glue, token)
      const { id } = answer.json.data
      expect(answer.status).toBe(201)
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(answer.json).toEqual({
        data: { type: 'carts', id, attributes: empty, links: { self: `${glue.baseUrl()}/carts/${id}` } },
      })
      expect(answer.headers).toMatchObject({
        'content-type': 'application/vnd.api+json',
        'content-language': 'en_US',
        etag: expect.stringMatching(/^"[^"]+"$/),
      })
    })

    it('makes it in another currency and price mode', async () => {
      const { token } = await glue.newCustomer()
      const answer = await newCart(glue, token, { currency: 'CHF', priceMode: 'NET_MODE' })
      expect(answer.json.data.attributes).toMatchObject({ currency: 'CHF', priceMode: 'NET_MODE' })
    })

    it('refuses a second one', async () => {
      const { token } = await glue.newCustomer()
      await newCart(glue, token)
      expectError(await newCart(glue, token), 422, '110', 'Customer already has a cart.')
    })

    it('makes one of two at the same moment', async () => {
      const { token } = await glue.newCustomer()
      const answers = await Promise.all([newCart(glue, token), newCart(glue, token)])
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
    })

    it('tells of every missing and every blank field', async () => {
      const { token } = await glue.newCustomer()
      const names = ['priceMode', 'currency', 'store']
      expectFieldErrors(
        await post(token, {}),
        names.map(name => `${name} => This field is missing.`),
      )
      expectFieldErrors(
        await post(token, { priceMode: '', currency: '', store: '' }),
        names.map(name => `${name} => This value should not be blank.`),
      )
    })

    it('refuses a currency, a price mode and a store that are not there', async () => {
      const { token } = await glue.newCustomer()
      expectError(await newCart(glue, token, { currency: 'XXX' }), 422, '117', 'Currency is incorrect.')
      expectError(await newCart(glue, token, { priceMode: 'X_MODE' }), 422, '119', 'Price mode is incorrect.')
      expectError(await newCart(glue, token, { store: 'XX' }), 422, '112', 'Store data is invalid.')
    })

    it('asks for a customer and the right envelope', async () => {
      const data = { type: 'carts', attributes: { priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE' } }
      await expectCustomerOnly(glue, 'POST', '/carts', { data })
      const wrong = await glue.send('POST', '/carts', { data: { ...data, type: 'cart' } })
      expectError(wrong, 400, undefined, 'Invalid type.')
      expectError(await glue.send('POST', '/carts', { body: 'no json' }), 400, undefined, 'Post data is invalid.')
    })
  })

  describe('GET /carts and GET /customers/:reference/carts', () => {
    it('is a collection of none, then of one', async () => {
      const { token, reference } = await glue.newCustomer()
      const links = { self: `${glue.baseUrl()}/carts` }
      const before = await glue.send('GET', '/carts', { token })
      expect(before.json).toEqual({ data: [], links })
      const { id } = (await newCart(glue, token)).json.data
      const cart = { type: 'carts', id, attributes: empty, links: { self: `${glue.baseUrl()}/carts/${id}` } }
      expect((await glue.send('GET', '/carts', { token })).json).toEqual({ data: [cart], links })
      const own = await glue.send('GET', `/customers/${reference}/carts`, { token })
      expect(own.json).toEqual({ data: [cart], links: { self: `${glue.baseUrl()}/customers/${reference}/carts` } })
    })

    it('has the tag of the one cart in it, by which that is changed', async () => {
      const { token, reference } = await glue.newCustomer()
      expect((await glue.send('GET', '/carts', { token })).headers).not.toHaveProperty('etag')
      const { etag } = (await newCart(glue, token)).headers
      const { id } = (await glue.send('GET', '/carts', { token })).json.data[0]
      for (const path of ['/carts', `/customers/${reference}/carts?include=items`, `/carts/${id}`]) {
        expect((await glue.send('GET', path, { token })).headers.etag).toBe(etag)
      }
    })

    it('refuses the carts of another, unknown or unnamed customer', async () => {
      const { token } = await glue.newCustomer()
      const other = await glue.newCustomer()
      for (const reference of [other.reference, 'DE--999999', '']) {
        const answer = await glue.send('GET', `/customers/${reference}/carts`, { token })
        expectError(answer, 403, '802', 'Unauthorized request.')
      }
    })

    it('asks for a customer', async () => {
      await expectCustomerOnly(glue, 'GET', '/carts')
      await expectCustomerOnly(glue, 'GET', `/carts/${unknown}`)
    })
  })

  describe('GET /carts/:cartId', () => {
    it('shows the cart; items come without being asked for, unless something else is asked for', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const eager = await glue.send('GET', `/carts/${cartId}`, { token })
      expect(eager.json.data.relationships).toEqual({ items: { data: [{ type: 'items', id: notebook }] } })
      expect(included(eager, 'items')).toHaveLength(1)
      const bare = await glue.send('GET', `/carts/${cartId}?include=`, { token })
      expect(bare.json).not.toHaveProperty('included')
      expect(bare.json.data).not.toHaveProperty('relationships')
      expect(bare.json.data.links.self).toBe(`${glue.baseUrl()}/carts/${cartId}?include=`)
      const products = await glue.send('GET', `/carts/${cartId}?include=items,concrete-products,cart-rules`, { token })
      expect(products.json.included.map(({ type }: { type: string }) => type)).toEqual([
        'concrete-products',
        'items',
        'cart-rules',
      ])
      const sparse = await glue.send('GET', `/carts/${cartId}?include=&fields[carts]=currency`, { token })
      expect(sparse.json.data.attributes).toEqual({ currency: 'EUR' })
    })

    it('says what stands in the way of ordering in the language that is asked for, under the same tag', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 31 })
      const read = async (language: string) => {
        const path = `/carts/${cartId}?include=`
        const { json, headers } = await glue.send('GET', path, { token, headers: { 'accept-language': language } })
        return { thresholds: json.data.attributes.thresholds, tag: headers.etag }
      }
      const threshold = (message: string) => [
        { type: 'hard-maximum-threshold', threshold: 1_000_000, fee: null, deltaWithSubtotal: 31_215, message },
      ]
      const english = await read('en')
      expect(english.thresholds).toEqual(
        threshold(
          'The cart value cannot be higher than €10,000.00. Please remove some items to proceed with the order',
        ),
      )
      const german = await read('de')
      expect(german.thresholds).toEqual(
        threshold('Der Warenwert darf 10.000,00 € nicht übersteigen. Bitte einige Artikel entfernen'),
      )
      expect(german.tag).toBe(english.tag)
      const data = { type: 'carts', attributes: { currency: 'EUR' } }
      const headers = { 'accept-language': 'de', 'if-match': String(english.tag) }
      expect((await glue.send('PATCH', `/carts/${cartId}`, { token, data, headers })).status).toBe(200)
    })

    it('does not find unknown carts, and those of others', async () => {
      const { cartId } = await customerBasket(glue)
      const { token } = await glue.newCustomer()
      for (const id of [unknown, 'fake', cartId]) {
        expectError(await glue.send('GET', `/carts/${id}`, { token }), 404, '101', 'Cart with given uuid not found.')
      }
    })
  })

  describe('PATCH /carts/:cartId', () => {
    const patch = (token: string, cartId: string, attributes: object, tag?: string) =>
      glue.send('PATCH', `/carts/${cartId}`, {
        token,
        data: { type: 'carts', attributes },
        headers: tag === undefined ? {} : { 'if-match': tag },
      })
    const tagOf = async (glueClient: Glue, token: string, cartId: string) =>
      String((await glueClient.send('GET', `/carts/${cartId}`, { token })).headers.etag)

    it('reprices in another currency', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const answer = await patch(token, cartId, { currency: 'CHF' }, '*')
      expect(answer.status).toBe(200)
      expect(answer.json.data.attributes).toEqual({
        ...empty,
        currency: 'CHF',
        totals: plainTotals(38255, 5497, 3826),
        discounts: [{ displayName: '10% Discount for all orders above', amount: 3826, code: null }],
      })
    })

    it('takes the tag quoted, bare or as a star, and refuses an old one', async () => {
      const { token, cartId } = await customerBasket(glue)
      const tag = await tagOf(glue, token, cartId)
      expect((await patch(token, cartId, { currency: 'CHF' }, tag)).status).toBe(200)
      const stale = await patch(token, cartId, { currency: 'EUR' }, tag)
      expectError(stale, 412, '006', 'If-Match header value is invalid.')
      const bare = (await tagOf(glue, token, cartId)).replaceAll('"', '')
      const back = await patch(token, cartId, { currency: 'EUR' }, bare)
      expect(back.status).toBe(200)
      expect(back.headers.etag).not.toBe(tag)
      expectError(await patch(token, cartId, { currency: 'EUR' }), 428, '005', 'If-Match header is missing.')
    })

    it('lets one of two with the same tag through', async () => {
      const { token, cartId } = await customerBasket(glue)
      const tag = await tagOf(glue, token, cartId)
      const answers = await Promise.all([
        patch(token, cartId, { currency: 'CHF' }, tag),
        patch(token, cartId, { priceMode: 'NET_MODE' }, tag),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    })

    it('changes nothing for empty texts, not even the tag', async () => {
      const { token, cartId } = await customerBasket(glue)
      const tag = await tagOf(glue, token, cartId)
      const answer = await patch(token, cartId, { currency: '', priceMode: '', store: '', cartId }, tag)
      expect(answer.status).toBe(200)
      expect(answer.json.data.attributes).toEqual(empty)
      expect(answer.headers.etag).toBe(tag)
    })

    it('keeps the price mode while items are in the cart', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const detail = 'Can’t switch price mode when there are items in the cart.'
      expectError(await patch(token, cartId, { priceMode: 'NET_MODE' }, '*'), 422, '111', detail)
    })

    it('tells of a bad currency and a bad price mode together', async () => {
      const { token, cartId } = await customerBasket(glue)
      const answer = await patch(token, cartId, { currency: 'XXX', priceMode: 'X_MODE' }, '*')
      expect(answer.status).toBe(422)
      expect(answer.json).toEqual({
        errors: [
          { code: '117', detail: 'Currency is incorrect.', status: 422 },
          { code: '119', detail: 'Price mode is incorrect.', status: 422 },
        ],
      })
    })

    it('tells an unknown cart from one of another customer only to who holds a tag of an own cart', async () => {
      const theirs = await customerBasket(glue)
      const { token, cartId } = await customerBasket(glue)
      const tag = await tagOf(glue, token, cartId)
      const wrong = 'If-Match header value is invalid.'
      expectError(await patch(token, unknown, { currency: 'CHF' }, '"other"'), 412, '006', wrong)
      expectError(await patch(token, 'fake', { currency: 'CHF' }, tag), 412, '006', wrong)
      const foreign = await patch(token, theirs.cartId, { currency: 'CHF' }, tag)
      expectError(foreign, 404, '101', 'Cart with given uuid not found.')
    })

    it('needs an id', async () => {
      const { token } = await glue.newCustomer()
      expectError(await patch(token, '', {}, '*'), 400, undefined, 'Resource id is not specified.')
    })
  })

  describe('DELETE /carts/:cartId', () => {
    it('keeps the only cart', async () => {
      const { token, cartId } = await customerBasket(glue)
      expectError(await glue.send('DELETE', `/carts/${cartId}`, { token }), 422, '105', 'Cart could not be deleted.')
      expect((await glue.send('GET', `/carts/${cartId}`, { token })).status).toBe(200)
    })

    it('does not find unknown carts, and those of others', async () => {
      const { cartId } = await customerBasket(glue)
      const { token } = await glue.newCustomer()
      for (const id of [unknown, 'fake', cartId]) {
        expectError(await glue.send('DELETE', `/carts/${id}`, { token }), 404, '101', 'Cart with given uuid not found.')
      }
    })
  })
})
