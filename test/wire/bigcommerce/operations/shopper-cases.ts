import { SignJWT } from 'jose'
import { expect } from 'vitest'
import type { TestAnswer } from '../../../support/test-server.js'
import { addressed, austin, type Browser, cartOf, goods, newAccount, payByCard, signedIn, submit } from '../browser.js'
import type { Ask, OperationCase, World } from './operation-case.js'

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
  { route: `DELETE ${sf}/carts/:cartId`, status: 204, make: ofCart(id => `${sf}/carts/${id}`) },
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
    make: ofCart(id => `${sf}/checkouts/${id}/store-credit`, {}),
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

const plain = (route: string, path = route.slice(route.indexOf('/'))): OperationCase => ({
  route,
  status: 200,
  ...anybodys,
  make: async ({ open }) => ({ path, browser: open() }),
})

/** An order that waits for its card. */
async function submitted({ open }: World) {
  const browser = open()
  const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
  await addressed(browser, id)
  const answer = await submit(browser, id)
  expect(answer.status, answer.text).toBe(201)
  return { browser, answer, orderId: String(answer.json.data.order.orderId) }
}

const accounts = ['customers', 'customer'].map(
  (folder): OperationCase => ({
    route: `POST ${sf}/${folder}`,
    status: folder === 'customers' ? 204 : 200,
    ...anybodys,
    make: async ({ open }) => ({ path: `${sf}/${folder}`, body: newAccount(), browser: open() }),
    refused: [
      { what: 'no e-mail address', body: { ...newAccount(), email: '' }, status: 422 },
      { what: 'one that is taken', body: { ...newAccount(), email: 'customer@polytill.test' }, status: 409 },
    ],
  }),
)

const shop: readonly OperationCase[] = [
  ...['orders', 'order'].map(
    (folder): OperationCase => ({
      route: `GET ${sf}/${folder}/:orderId`,
      status: 200,
      make: async world => {
        const { browser, orderId } = await submitted(world)
        return { path: `${sf}/${folder}/${orderId}`, browser }
      },
    }),
  ),
  plain(`GET ${sf}/form-fields`),
  ...accounts,
  {
    route: `POST ${sf}/customer-address`,
    status: 200,
    ...anybodys,
    make: async ({ open }) => {
      const browser = open()
      await signedIn(browser)
      return { path: `${sf}/customer-address`, body: austin, browser }
    },
    refused: [{ what: 'nothing in it', body: {}, status: 422 }],
  },
  {
    route: `POST ${sf}/subscriptions`,
    status: 200,
    ...anybodys,
    make: async ({ open }) => ({
      path: `${sf}/subscriptions`,
      body: { email: 'ada@example.test', acceptsMarketingNewsletter: true, acceptsAbandonedCartEmails: false },
      browser: open(),
    }),
    refused: [{ what: 'no e-mail address', body: { email: 'x' }, status: 422 }],
  },
  {
    route: `POST ${sf}/pickup-options`,
    status: 200,
    ...anybodys,
    make: async ({ open }) => ({
      path: `${sf}/pickup-options`,
      body: { searchArea: { radius: { value: 10, unit: 'KM' }, coordinates: { latitude: 30.2, longitude: -97.7 } } },
      browser: open(),
    }),
  },
  plain(`GET ${sf}/checkout-settings`),
  plain(`GET ${sf}/checkout-extensions`),
  plain(`GET ${sf}/payments`),
  {
    route: `GET ${sf}/payments/:methodId`,
    status: 200,
    ...anybodys,
    make: ofCart(() => `${sf}/payments/cod`),
  },
]

const internal: readonly OperationCase[] = [
  plain('GET /internalapi/v1/shipping/countries'),
  plain('GET /internalapi/v1/store/countries'),
  {
    route: 'POST /internalapi/v1/checkout/customer',
    status: 200,
    ...anybodys,
    make: async ({ open }) => ({
      path: '/internalapi/v1/checkout/customer',
      body: { email: 'customer@polytill.test', password: 'change123' },
      browser: open(),
    }),
    refused: [
      { what: 'no password', body: { email: 'customer@polytill.test' }, status: 422 },
      {
        what: 'another password',
        body: { email: 'customer@polytill.test', password: 'wrong' },
        status: 401,
        says: { type: 'invalid_login' },
      },
    ],
  },
  {
    route: 'DELETE /internalapi/v1/checkout/customer',
    status: 200,
    ...anybodys,
    make: ofCart(() => '/internalapi/v1/checkout/customer'),
  },
  {
    route: 'POST /internalapi/v1/checkout/order',
    status: 201,
    ...anybodys,
    make: async ({ open }) => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      await addressed(browser, id)
      return { path: '/internalapi/v1/checkout/order', body: { cartId: id, payment: { name: 'cod' } }, browser }
    },
    refused: [
      {
        what: 'another way to pay',
        body: { payment: { name: 'gold' } },
        status: 400,
        says: { type: 'invalid_payment_provider' },
      },
      { what: 'no cart by that id', body: { cartId: '00000000-0000-4000-8000-000000000000' }, status: 404 },
    ],
  },
  {
    route: 'POST /internalapi/v1/checkout/order/:orderId',
    status: 200,
    make: async world => {
      const { browser, answer, orderId } = await submitted(world)
      expect((await payByCard(browser, answer, { number: '4111111111111111' })).status).toBe(200)
      return { path: `/internalapi/v1/checkout/order/${orderId}`, browser, body: {} }
    },
  },
]

const loginToken = async (): Promise<string> =>
  new SignJWT({ operation: 'customer_login', store_hash: 'demo', customer_id: 1, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('demo-bigcommerce-client')
    .setIssuedAt()
    .sign(new TextEncoder().encode('demo-bigcommerce-client-secret'))

/** Places that other sites may send a browser to. Source: dialects/bigcommerce.md 1.6, 3.8, 3.10. */
export const landingCases: readonly OperationCase[] = [
  {
    route: 'GET /cart.php',
    status: 302,
    ...anybodys,
    make: async ({ api, open }) => {
      const { id } = await api.newCart([{ product_id: 18, variant_id: 18, quantity: 1 }])
      const links = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
      const { pathname, search } = new URL(links.json.data.checkout_url)
      return { path: pathname + search, browser: open() }
    },
    refused: [
      { what: 'no action', path: '/cart.php', status: 404 },
      {
        what: 'a token that is none',
        path: '/cart.php?action=load&id=00000000-0000-4000-8000-000000000000&token=x',
        status: 404,
      },
    ],
  },
  {
    route: 'GET /login/token/:token',
    status: 302,
    ...anybodys,
    unknown: { token: 302 },
    make: async ({ open }) => ({ path: `/login/token/${await loginToken()}`, browser: open() }),
  },
  {
    route: 'POST /login/token/:token',
    status: 200,
    ...anybodys,
    unknown: { token: 401 },
    make: async ({ open }) => ({ path: `/login/token/${await loginToken()}`, browser: open() }),
  },
]

/** Card data for an order: its token counts, no session. */
export const cardCases: readonly OperationCase[] = [
  {
    route: 'POST /api/public/v1/orders/payments',
    status: 200,
    ...anybodys,
    make: async world => {
      const { answer, orderId } = await submitted(world)
      return {
        path: '/api/public/v1/orders/payments',
        browser: world.open(),
        headers: { authorization: answer.headers.token ?? '' },
        body: {
          order: { id: orderId },
          payment: {
            gateway: 'bigpaypay',
            credit_card: { number: '4111111111111111', month: 12, year: 2040, verification_value: '123' },
          },
        },
      }
    },
    refused: [
      { what: 'no order', body: { payment: { gateway: 'bigpaypay' } }, status: 422 },
      { what: "another order's token", body: { order: { id: 1 }, payment: { gateway: 'x' } }, status: 401 },
    ],
  },
]

/** What a shopper's browser calls. Source: dialects/bigcommerce.md 1.4, 1.5. */
export const storefrontCases: readonly OperationCase[] = [...carts, ...reads, ...items, ...codes, ...shop, ...internal]
