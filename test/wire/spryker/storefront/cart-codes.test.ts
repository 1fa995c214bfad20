import { expect, it } from 'vitest'
import { type Basket, customerBasket, guestBasket, included, notebook } from '../basket.js'
import { describeGlue, expectCustomerOnly, expectError, expectFieldErrors, expectNothing, type Glue } from '../glue.js'

const unknown = '00000000-0000-4000-8000-000000000000'
const notAdded = "Cart code can't be added."
const notFound = 'Cart code not found in cart.'

function add(glue: Glue, { who, path, cartId }: Basket, kind: string, attributes: object, query = '') {
  return glue.send('POST', `/${path}/${cartId}/${kind}${query}`, { ...who, data: { type: kind, attributes } })
}

function take(glue: Glue, { who, path, cartId }: Basket, kind: string, code: string) {
  return glue.send('DELETE', `/${path}/${cartId}/${kind}/${code}`, { ...who })
}

// POST /carts/:cartId/cart-codes, DELETE /carts/:cartId/cart-codes/:code
// POST /carts/:cartId/vouchers, DELETE /carts/:cartId/vouchers/:code
// POST /guest-carts/:cartId/cart-codes, DELETE /guest-carts/:cartId/cart-codes/:code
// POST /guest-carts/:cartId/vouchers, DELETE /guest-carts/:cartId/vouchers/:code
const baskets = [
  ['customer', (glue: Glue) => customerBasket(glue, { sku: notebook, quantity: 1 })],
  ['guest', (glue: Glue) => guestBasket(glue, { sku: notebook, quantity: 1 })],
] as const

describeGlue('codes on a cart', glue => {
  it.each(baskets)('a %s adds a voucher, by either path, and takes it off', async (_who, basket) => {
    const own = await basket(glue)
    for (const kind of ['cart-codes', 'vouchers']) {
      const query = '?include=vouchers,cart-rules,gift-cards,promotional-items,bundle-items'
      const answer = await add(glue, own, kind, { code: 'ONCE' }, query)
      expect(answer.status).toBe(201)
      expect(answer.json.data).toMatchObject({
        type: own.path,
        attributes: {
          totals: { subtotal: 33265, discountTotal: 3827, grandTotal: 29438 },
          discounts: [
            { amount: 500, code: 'ONCE' },
            { amount: 3327, code: null },
          ],
        },
        links: { self: `${glue.baseUrl()}/${own.path}/${own.cartId}` },
        relationships: {
          vouchers: { data: [{ type: 'vouchers', id: 'ONCE' }] },
          'cart-rules': { data: [{ type: 'cart-rules', id: expect.any(String) }] },
        },
      })
      expect(included(answer, 'vouchers')).toEqual([
        {
          type: 'vouchers',
          id: 'ONCE',
          attributes: {
            amount: 500,
            code: 'ONCE',
            discountType: 'voucher',
            displayName: expect.any(String),
            isExclusive: false,
            expirationDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
            discountPromotionAbstractSku: null,
            discountPromotionQuantity: null,
          },
          links: { self: `${glue.baseUrl()}/vouchers/ONCE` },
        },
      ])
      expectNothing(await take(glue, own, kind, 'ONCE'))
      expectError(await take(glue, own, kind, 'ONCE'), 422, '3301', notFound)
    }
  })

  it.each(baskets)('a %s pays a part by gift card, which is no discount', async (_who, basket) => {
    const own = await basket(glue)
    const answer = await add(glue, own, 'cart-codes', { code: 'GIFT50DEMO' }, '?include=gift-cards')
    expect(answer.status).toBe(201)
    expect(answer.json.data.attributes.totals).toMatchObject({ grandTotal: 29938, priceToPay: 24938 })
    expect(answer.json.included).toEqual([
      {
        type: 'gift-cards',
        id: 'GIFT50DEMO',
        attributes: {
          code: 'GIFT50DEMO',
          name: expect.any(String),
          value: 5000,
          currencyIsoCode: 'EUR',
          actualValue: 5000,
          isActive: true,
        },
        links: { self: `${glue.baseUrl()}/${own.path}/${own.cartId}/cart-codes/GIFT50DEMO` },
      },
    ])
    expectNothing(await take(glue, own, 'cart-codes', 'GIFT50DEMO'))
    expectError(await take(glue, own, 'cart-codes', 'GIFT50DEMO'), 422, '3301', notFound)
  })

  it.each(baskets)('a %s cannot add what is unknown, added already or of no use here', async (_who, basket) => {
    const own = await basket(glue)
    expectError(await add(glue, own, 'cart-codes', { code: 'FAKE' }), 422, '3302', notAdded)
    expectError(await add(glue, own, 'vouchers', { code: 'SAVE20' }), 422, '3302', notAdded)
    expectError(await add(glue, own, 'vouchers', { code: 'GIFT50DEMO' }), 422, '3302', notAdded)
    expect((await add(glue, own, 'cart-codes', { code: 'ONCE' })).status).toBe(201)
    expectError(await add(glue, own, 'cart-codes', { code: 'once' }), 422, '3302', notAdded)
  })

  it('an empty cart takes no code of any kind', async () => {
    const own = await customerBasket(glue)
    for (const code of ['ONCE', 'GIFT50DEMO', 'FAKE']) {
      expectError(await add(glue, own, 'cart-codes', { code }), 422, '3302', notAdded)
    }
    expectError(await add(glue, own, 'vouchers', { code: 'ONCE' }), 422, '3302', notAdded)
    expectError(await take(glue, own, 'cart-codes', 'GIFT50DEMO'), 422, '3301', notFound)
  })

  it.each(baskets)('a %s names the code', async (_who, basket) => {
    const own = await basket(glue)
    expectFieldErrors(await add(glue, own, 'cart-codes', {}), ['code => This field is missing.'])
    expectFieldErrors(await add(glue, own, 'vouchers', { code: '' }), ['code => This value should not be blank.'])
    expectError(await take(glue, own, 'cart-codes', ''), 400, undefined, 'Resource id is not specified.')
  })

  it('nobody reaches the carts of others', async () => {
    const theirs = await guestBasket(glue, { sku: notebook, quantity: 1 })
    const own = await guestBasket(glue, { sku: notebook, quantity: 1 })
    for (const cartId of [unknown, 'fake', theirs.cartId]) {
      const basket = { ...own, cartId }
      const detail = 'Cart with given uuid not found.'
      expectError(await add(glue, basket, 'cart-codes', { code: 'ONCE' }), 404, '101', detail)
      expectError(await take(glue, basket, 'cart-codes', 'ONCE'), 404, '101', detail)
    }
  })

  it('the customer paths are for customers, the guest paths for guests', async () => {
    const data = { type: 'cart-codes', attributes: { code: 'ONCE' } }
    await expectCustomerOnly(glue, 'POST', `/carts/${unknown}/cart-codes`, { data })
    const answer = await glue.send('POST', `/guest-carts/${unknown}/cart-codes`, { data })
    expectError(answer, 400, '109', 'Anonymous customer unique id is empty.')
  })

  it('makes those wait who guess: a good code in between buys no further guesses', async () => {
    const own = await guestBasket(glue, { sku: notebook, quantity: 1 })
    for (let guess = 0; guess < 30; guess += 1) {
      expectError(await add(glue, own, 'cart-codes', { code: `GUESS-${guess}` }), 422, '3302', notAdded)
      if (guess === 20) expect((await add(glue, own, 'cart-codes', { code: 'ONCE' })).status).toBe(201)
    }
    const answer = await add(glue, own, 'cart-codes', { code: 'GUESS-30' })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    // Not from this cart any more; the address as a whole may mistype more often.
    const other = await guestBasket(glue, { sku: notebook, quantity: 1 })
    expect((await add(glue, other, 'cart-codes', { code: 'ONCE' })).status).toBe(201)
  })
})
