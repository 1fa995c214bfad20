import { expect } from 'vitest'
import { addressed, austin, cartOf, goods, newAccount, payByCard, signedIn, submit } from '../browser.js'
import { loginToken } from '../login-tokens.js'
import { customerWithCards, instrumentPaths } from '../stored-cards.js'
import type { OperationCase, World } from './operation-case.js'

const sf = '/api/storefront'
const anybodys = { isAnybodys: true } as const

/** A browser with something in its cart. */
async function withCart({ open }: World) {
  const browser = open()
  await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
  return { browser }
}

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

/** The shop around the cart. Source: dialects/bigcommerce.md 1.4. */
export const shopCases: readonly OperationCase[] = [
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
    make: async world => ({ ...(await withCart(world)), path: `${sf}/payments/cod` }),
  },
]

/** What the Checkout SDK calls besides. Source: dialects/bigcommerce.md 1.5. */
export const internalCases: readonly OperationCase[] = [
  plain('GET /internalapi/v1/shipping/countries'),
  plain('GET /internalapi/v1/store/countries'),
  {
    route: 'GET /internalapi/v1/checkout/payments/vault-access-token',
    status: 200,
    isAnybodys: true,
    make: async ({ open }) => {
      const browser = open()
      await signedIn(browser)
      return { path: '/internalapi/v1/checkout/payments/vault-access-token', browser }
    },
  },
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
    ignoresBody: true,
    status: 200,
    ...anybodys,
    make: async world => ({ ...(await withCart(world)), path: '/internalapi/v1/checkout/customer' }),
  },
  {
    route: 'POST /login.php',
    status: 200,
    ...anybodys,
    make: async ({ open }) => ({
      path: '/login.php?action=passwordless_login',
      body: { email: newAccount().email, redirect_url: '/checkout' },
      browser: open(),
    }),
    refused: [
      { what: 'nothing in it', body: {}, status: 422, says: { detail: 'email required' } },
      { what: 'no e-mail address', body: { email: 'ada' }, status: 422, says: { type: 'invalid' } },
      {
        what: 'a page of another site',
        body: { email: 'ada@example.test', redirect_url: 'https://evil.test/' },
        status: 422,
      },
      { what: 'another action', path: '/login.php?action=check_login', status: 404 },
      { what: 'no action', path: '/login.php', status: 404 },
    ],
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
    ignoresBody: true,
    status: 200,
    make: async world => {
      const { browser, answer, orderId } = await submitted(world)
      expect((await payByCard(browser, answer, { number: '4111111111111111' })).status).toBe(200)
      return { path: `/internalapi/v1/checkout/order/${orderId}`, browser, body: {} }
    },
  },
]

/** Places that other sites may send a browser to. Source: dialects/bigcommerce.md 1.6, 3.8, 3.10. */
export const landingCases: readonly OperationCase[] = [
  ...['/checkout', '/checkout/', '/embedded-checkout'].map(path => ({
    route: `GET ${path}`,
    status: 302,
    ...anybodys,
    make: async (world: World) => ({ ...(await withCart(world)), path, headers: { accept: 'text/html' } }),
  })),
  {
    route: 'GET /embedded-checkout/allow-cookie',
    status: 302,
    ...anybodys,
    make: async ({ open }) => ({
      path: `/embedded-checkout/allow-cookie?returnUrl=${encodeURIComponent('http://localhost:3000/')}`,
      browser: open(),
    }),
    refused: [
      { what: 'another site', path: '/embedded-checkout/allow-cookie?returnUrl=https://evil.test/', status: 400 },
    ],
  },
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
    ignoresBody: true,
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

const instruments = '/api/v3/stores/:storeId/shoppers/:shopperId/instruments'

/** A customer with a stored card, and what opens it. */
async function withStoredCard({ open }: World) {
  const { vault, token } = await customerWithCards(open())
  const headers = { authorization: vault.authorization }
  return { browser: open(), headers, paths: instrumentPaths(vault.shopperId), token }
}

/** Stored cards: their own token counts, no session. */
export const vaultCases: readonly OperationCase[] = [
  {
    route: `GET ${instruments}`,
    status: 200,
    isAnybodys: true,
    unknown: { storeId: 401, shopperId: 401 },
    make: async world => {
      const { paths, browser, headers } = await withStoredCard(world)
      return { path: paths.list, browser, headers }
    },
  },
  {
    route: `POST ${instruments}/trusted_shipping_address`,
    status: 200,
    ...anybodys,
    ignoresBody: true,
    unknown: { storeId: 401, shopperId: 401 },
    make: async world => {
      const { paths, browser, headers } = await withStoredCard(world)
      return { path: paths.trusted, body: {}, browser, headers }
    },
  },
  {
    route: 'DELETE /api/v2/stores/:storeId/shoppers/:shopperId/instruments/:instrumentId',
    status: 200,
    isAnybodys: true,
    ignoresBody: true,
    unknown: { storeId: 401, shopperId: 401 },
    make: async world => {
      const { paths, browser, headers, token } = await withStoredCard(world)
      return { path: paths.one(token), browser, headers }
    },
  },
]
