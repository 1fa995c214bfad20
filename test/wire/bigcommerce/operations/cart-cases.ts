import { expect } from 'vitest'
import type { TestAnswer } from '../../../support/test-server.js'
import { austin, type Browser, cartOf, goods, signedIn } from '../browser.js'
import { type Ask, type OperationCase, type World, withStoreCredit } from './operation-case.js'

const sf = '/api/storefront'
const checkouts = `${sf}/checkouts/:cartId`

/** A request about a new cart with two lines. */
const ofCart =
  (path: (id: string) => string, body?: object) =>
  async ({ open }: World): Promise<Ask> => {
    const browser = open()
    const id = await cartOf(browser, [
      { ...goods.brewer, quantity: 1 },
      { ...goods.tee, quantity: 2 },
    ])
    return { path: path(id), browser, ...(body === undefined ? {} : { body }) }
  }

/** A request that needs to know the checkout as it stands, after `before` changed it. */
const ofCheckout =
  (
    ask: (id: string, checkout: TestAnswer['json']) => Omit<Ask, 'browser'>,
    before?: (browser: Browser, path: string, checkout: TestAnswer['json']) => Promise<TestAnswer>,
  ) =>
  async (world: World): Promise<Ask> => {
    const { path, browser = world.open() } = await ofCart(id => `${sf}/checkouts/${id}`)(world)
    const read = await browser.send('GET', path)
    const changed = before === undefined ? read : await before(browser, path, read.json)
    expect(changed.status, changed.text).toBe(200)
    return { ...ask(read.json.id, changed.json), browser }
  }

const physical = (checkout: TestAnswer['json']) =>
  checkout.cart.lineItems.physicalItems.map((line: { id: string; quantity: number }) => ({
    itemId: line.id,
    quantity: line.quantity,
  }))
const consigned = (browser: Browser, path: string, checkout: TestAnswer['json']) =>
  browser.send('POST', `${path}/consignments?include=consignments.availableShippingOptions`, {
    body: [{ address: austin, lineItems: physical(checkout) }],
  })
const posted = (part: string, body: object) => (browser: Browser, path: string) =>
  browser.send('POST', `${path}/${part}`, { body })
const item = { lineItems: [{ ...goods.mug, quantity: 1 }] }
const anybodys = { isAnybodys: true } as const

const carts: readonly OperationCase[] = [
  { route: `GET ${sf}/carts`, status: 200, ...anybodys, make: ofCart(() => `${sf}/carts`) },
  {
    route: `POST ${sf}/carts`,
    status: 200,
    ...anybodys,
    make: async ({ open }) => ({ path: `${sf}/carts`, body: item, browser: open() }),
    refused: [
      { what: 'no goods', body: {}, status: 422, says: { code: 'invalid' } },
      { what: 'unknown goods', body: { lineItems: [{ productId: 424_242, quantity: 1 }] }, status: 422 },
      { what: 'more than there is', body: { lineItems: [{ ...goods.mug, quantity: 1001 }] }, status: 409 },
    ],
  },
  { route: `DELETE ${sf}/carts/:cartId`, ignoresBody: true, status: 204, make: ofCart(id => `${sf}/carts/${id}`) },
  {
    route: `POST ${sf}/carts/:cartId/items`,
    status: 200,
    isVersioned: true,
    make: ofCart(id => `${sf}/carts/${id}/items`, item),
    refused: [{ what: 'no goods', body: {}, status: 422 }],
  },
  {
    route: `PUT ${sf}/carts/:cartId/items/:itemId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout((id, checkout) => ({
      path: `${sf}/carts/${id}/items/${physical(checkout)[0].itemId}`,
      body: { lineItem: { ...goods.brewer, quantity: 2 } },
    })),
    refused: [{ what: 'no line', body: {}, status: 422 }],
  },
  {
    route: `DELETE ${sf}/carts/:cartId/items/:itemId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout((id, checkout) => ({ path: `${sf}/carts/${id}/items/${physical(checkout)[0].itemId}` })),
  },
  {
    route: `POST ${sf}/carts/:cartId/currency`,
    status: 200,
    make: ofCart(id => `${sf}/carts/${id}/currency`, { currencyCode: 'USD' }),
    refused: [
      { what: 'no currency', body: {}, status: 422 },
      { what: 'an unknown one', body: { currencyCode: 'JPY' }, status: 404 },
    ],
  },
]

const reads = ['checkouts', 'checkout'].flatMap((folder): readonly OperationCase[] => [
  { route: `GET ${sf}/${folder}/:cartId`, status: 200, make: ofCart(id => `${sf}/${folder}/${id}`) },
  {
    route: `PUT ${sf}/${folder}/:cartId`,
    status: 200,
    isVersioned: true,
    make: ofCart(id => `${sf}/${folder}/${id}`, { customerMessage: 'Hello' }),
    refused: [
      { what: 'no message', body: {}, status: 422 },
      { what: 'a long one', body: { customerMessage: 'x'.repeat(2001) }, status: 422 },
    ],
  },
  {
    route: `POST ${sf}/${folder}/:cartId/event`,
    ignoresBody: true,
    status: 204,
    ...anybodys,
    make: ofCart(id => `${sf}/${folder}/${id}/event`, {}),
    unknown: { cartId: 204 },
  },
])

const items: readonly OperationCase[] = [
  {
    route: `PUT ${sf}/checkouts/:checkoutId/carts/:cartId/items/:itemId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout((id, checkout) => ({
      path: `${sf}/checkouts/${id}/carts/${id}/items/${physical(checkout)[0].itemId}`,
      body: { lineItem: { quantity: 2 } },
    })),
    refused: [{ what: 'no line', body: {}, status: 422 }],
  },
  {
    route: `DELETE ${sf}/checkouts/:checkoutId/carts/:cartId/items/:itemId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout((id, checkout) => ({
      path: `${sf}/checkouts/${id}/carts/${id}/items/${physical(checkout)[0].itemId}`,
    })),
  },
  {
    route: `POST ${checkouts}/billing-address`,
    status: 200,
    isVersioned: true,
    make: ofCart(id => `${sf}/checkouts/${id}/billing-address`, austin),
    refused: [{ what: 'members of another kind', body: { ...austin, city: [] }, status: 422 }],
  },
  {
    route: `PUT ${checkouts}/billing-address/:addressId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout(
      (id, { billingAddress }) => ({
        path: `${sf}/checkouts/${id}/billing-address/${billingAddress.id}`,
        body: { ...austin, city: 'Dallas' },
      }),
      posted('billing-address', austin),
    ),
  },
  {
    route: `POST ${checkouts}/consignments`,
    status: 200,
    isVersioned: true,
    make: ofCheckout((id, checkout) => ({
      path: `${sf}/checkouts/${id}/consignments`,
      body: [{ address: austin, lineItems: physical(checkout) }],
    })),
    refused: [
      { what: 'none', body: [], status: 422 },
      { what: 'no items', body: [{ address: austin, lineItems: [] }], status: 422 },
      { what: 'unknown items', body: [{ address: austin, lineItems: [{ itemId: 'x', quantity: 1 }] }], status: 422 },
    ],
  },
  {
    route: `PUT ${checkouts}/consignments/:consignmentId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout(
      (id, { consignments: [one] }) => ({
        path: `${sf}/checkouts/${id}/consignments/${one.id}`,
        body: { shippingOptionId: one.availableShippingOptions[0].id },
      }),
      consigned,
    ),
    refused: [
      { what: 'nothing', body: {}, status: 422 },
      { what: 'both kinds at once', body: { shippingOptionId: 'x', address: austin }, status: 422 },
      { what: 'an option that is not offered', body: { shippingOptionId: 'f'.repeat(32) }, status: 400 },
    ],
  },
  {
    route: `DELETE ${checkouts}/consignments/:consignmentId`,
    status: 200,
    isVersioned: true,
    make: ofCheckout(
      (id, { consignments: [one] }) => ({ path: `${sf}/checkouts/${id}/consignments/${one.id}` }),
      consigned,
    ),
  },
]

const codes: readonly OperationCase[] = [
  {
    route: `POST ${checkouts}/coupons`,
    status: 200,
    isVersioned: true,
    make: ofCart(id => `${sf}/checkouts/${id}/coupons`, { couponCode: 'SAVE20' }),
    refused: [
      { what: 'no code', body: {}, status: 422 },
      { what: 'an unknown one', body: { couponCode: 'NOPE' }, status: 400, says: { code: 'invalid' } },
    ],
  },
  {
    route: `DELETE ${checkouts}/coupons/:code`,
    status: 200,
    isVersioned: true,
    make: ofCheckout(
      id => ({ path: `${sf}/checkouts/${id}/coupons/SAVE20` }),
      posted('coupons', { couponCode: 'SAVE20' }),
    ),
  },
  {
    route: `POST ${checkouts}/gift-certificates`,
    status: 200,
    isVersioned: true,
    make: ofCart(id => `${sf}/checkouts/${id}/gift-certificates`, { giftCertificateCode: 'GIFT50DEMO' }),
    refused: [
      { what: 'no code', body: {}, status: 422 },
      { what: "a coupon's code", body: { giftCertificateCode: 'SAVE20' }, status: 404, says: { code: 'invalid' } },
    ],
  },
  {
    route: `DELETE ${checkouts}/gift-certificates/:code`,
    status: 200,
    isVersioned: true,
    make: ofCheckout(
      id => ({ path: `${sf}/checkouts/${id}/gift-certificates/GIFT50DEMO` }),
      posted('gift-certificates', { giftCertificateCode: 'GIFT50DEMO' }),
    ),
  },
  {
    route: `POST ${checkouts}/store-credit`,
    status: 200,
    isVersioned: true,
    make: async world => {
      const browser = world.open()
      await withStoreCredit(world, (await signedIn(browser)).email)
      const id = await cartOf(browser, [{ ...goods.tee, quantity: 1 }])
      return { path: `${sf}/checkouts/${id}/store-credit`, browser, body: {} }
    },
  },
  {
    route: `DELETE ${checkouts}/store-credit`,
    status: 200,
    isVersioned: true,
    make: ofCart(id => `${sf}/checkouts/${id}/store-credit`),
  },
  {
    route: `POST ${checkouts}/spam-protection`,
    status: 200,
    make: ofCart(id => `${sf}/checkouts/${id}/spam-protection`, { token: 'x' }),
    refused: [{ what: 'no token', body: {}, status: 422 }],
  },
]

/** Carts and checkouts of a browser. Source: dialects/bigcommerce.md 1.4. */
export const cartCases: readonly OperationCase[] = [...carts, ...reads, ...items, ...codes]
