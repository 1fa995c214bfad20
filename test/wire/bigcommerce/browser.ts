import { parseSetCookie } from 'cookie'
import { expect } from 'vitest'
import { describeOnEachDatabase, type TestAnswer, type TestServer } from '../../support/test-server.js'
import { expectAsDescribed } from './expect-as-described.js'

export interface Sent {
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: string | object
  /** Besides, or instead of, those that the platform's client sends; an empty value takes one away. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One shopper's browser: keeps cookies, and sends what the Checkout SDK sends. */
export interface Browser {
  /** By name; what the server took away is not there. */
  readonly cookies: ReadonlyMap<string, string>
  send(method: string, path: string, sent?: Sent): Promise<TestAnswer>
}

/** Ids of the demo store's goods as this API names them. */
export const goods = {
  mug: { productId: 18, variantId: 18 },
  tee: { productId: 19, variantId: 19 },
  brewer: { productId: 86, variantId: 66 },
  coffeemaker: { productId: 88, variantId: 67 },
  basket: { productId: 97, variantId: 69 },
  journal: { productId: 189, variantId: 360 },
  lastOne: { productId: 900, variantId: 900 },
  twenty: { productId: 901, variantId: 901 },
} as const

/** Headers of the SDK, by the kind of path. Source: dialects/bigcommerce.md 2.2. */
function sdkHeaders(path: string): Readonly<Record<string, string>> {
  const isStorefront = path.startsWith('/api/storefront')
  return {
    accept: isStorefront ? 'application/vnd.bc.v1+json' : 'application/json, text/plain, */*',
    'content-type': 'application/json',
    'x-checkout-sdk-version': '1.983.2',
    ...(isStorefront
      ? { 'x-api-internal': 'This API endpoint is for internal use only and may change in the future' }
      : {}),
  }
}

/** A browser that has been nowhere yet, or one with these cookies. */
export function openBrowser(server: TestServer, cookies: ReadonlyMap<string, string> = new Map()): Browser {
  const jar = new Map(cookies)
  return {
    cookies: jar,
    send: async (method, path, sent = {}) => {
      const token = jar.get('XSRF-TOKEN')
      const headers = {
        ...sdkHeaders(path),
        ...(jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(token === undefined ? {} : { 'x-xsrf-token': token }),
        ...sent.headers,
      }
      const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
      const answer = await server.request(method, path, {
        headers: kept,
        ...(sent.body === undefined ? {} : { body: sent.body }),
      })
      expectAsDescribed(method, path, answer)
      for (const text of answer.cookies) {
        const { name, value, maxAge } = parseSetCookie(text)
        if (value === undefined || maxAge === 0) jar.delete(name)
        else jar.set(name, value)
      }
      return answer
    },
  }
}

/** Tests of shoppers' endpoints on each database, against a server of its own. */
export function describeStorefront(title: string, body: (open: () => Browser, server: () => TestServer) => void): void {
  describeOnEachDatabase(title, server => body(() => openBrowser(server()), server))
}

/** A cart of these goods in that browser; its id. */
export async function cartOf(
  browser: Browser,
  lineItems: readonly { readonly productId: number; readonly variantId?: number; readonly quantity: number }[],
): Promise<string> {
  const made = await browser.send('POST', '/api/storefront/carts', { body: { lineItems } })
  expect(made.status).toBe(200)
  return made.json.id
}

/** The whole answer is this problem, in the storefront's form. */
export function expectProblem(
  answer: TestAnswer,
  problem: { readonly status: number; readonly title: string; readonly detail: string; readonly code: string },
): void {
  expect(answer.json).toEqual({ ...problem, type: 'about:blank' })
  expect(answer.status).toBe(problem.status)
  expectShopperHeaders(answer)
}

/** The whole answer is this problem, in the internal endpoints' form. */
export function expectInternalProblem(
  answer: TestAnswer,
  problem: { readonly status: number; readonly title: string; readonly type: string; readonly detail: string },
): void {
  expect(answer.json).toEqual({ ...problem, errors: [problem.detail] })
  expect(answer.status).toBe(problem.status)
  expectShopperHeaders(answer)
}

/** A cart or checkout that is not there, or not this browser's. */
export function expectNotFound(answer: TestAnswer): void {
  expectProblem(answer, {
    status: 404,
    title: 'Not found',
    detail: 'The resource at that URL is not found.',
    code: 'not_found',
  })
}

export function expectShopperHeaders(answer: TestAnswer): void {
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.headers['cache-control']).toBe('no-store, no-cache, must-revalidate')
}

let accountsSoFar = 0

/** An account that no other test uses. */
export function newAccount() {
  accountsSoFar += 1
  const email = `bc-${process.pid}-${accountsSoFar}@polytill.test`
  return { firstName: 'Ada', lastName: 'Tester', email, password: 'change123' }
}

/** A browser in which a new customer is signed in. */
export async function signedIn(browser: Browser): Promise<{ readonly email: string; readonly password: string }> {
  const account = newAccount()
  const made = await browser.send('POST', '/api/storefront/customer', { body: account })
  expect(made.status).toBe(200)
  return account
}

/** An address in Austin, where sales tax is 8.25 %. */
export const austin = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  email: 'ana@example.test',
  company: '',
  address1: '9 Elm St',
  address2: '',
  city: 'Austin',
  stateOrProvince: 'Texas',
  stateOrProvinceCode: 'TX',
  country: 'United States',
  countryCode: 'US',
  postalCode: '78701',
  phone: '',
  customFields: [],
}

/** Brings a checkout to where it can be paid: billing address, one consignment to Austin, the cheapest option. */
export async function addressed(browser: Browser, id: string): Promise<TestAnswer> {
  const path = `/api/storefront/checkouts/${id}`
  const billed = await browser.send('POST', `${path}/billing-address`, { body: austin })
  const lineItems = billed.json.cart.lineItems.physicalItems.map((line: { id: string; quantity: number }) => ({
    itemId: line.id,
    quantity: line.quantity,
  }))
  if (lineItems.length === 0) return billed
  const query = '?include=consignments.availableShippingOptions'
  const sent = await browser.send('POST', `${path}/consignments${query}`, { body: [{ address: austin, lineItems }] })
  const [consignment] = sent.json.consignments
  const chosen = await browser.send('PUT', `${path}/consignments/${consignment.id}`, {
    body: { shippingOptionId: consignment.availableShippingOptions[0].id },
  })
  expect(chosen.status).toBe(200)
  return chosen
}

/** A checkout of these goods that can be paid. */
export async function readyCheckout(
  browser: Browser,
  lineItems: Parameters<typeof cartOf>[1] = [{ ...goods.brewer, quantity: 1 }],
): Promise<{ readonly id: string; readonly checkout: TestAnswer['json'] }> {
  const id = await cartOf(browser, lineItems)
  return { id, checkout: (await addressed(browser, id)).json }
}

/** Submits an order as the SDK does. */
export function submit(browser: Browser, id: string | undefined, method?: string): Promise<TestAnswer> {
  const cartId = id === undefined ? {} : { cartId: id }
  const payment = method === undefined ? {} : { payment: { name: method } }
  return browser.send('POST', '/internalapi/v1/checkout/order', {
    body: { ...cartId, customerMessage: '', ...payment },
  })
}

/** Pays for a submitted order as the SDK does: with the header of its answer, and prices that do not count. */
export function payByCard(
  browser: Browser,
  submitted: TestAnswer,
  card: { readonly number: string; readonly year?: number } & Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<TestAnswer> {
  const { order } = submitted.json.data
  return browser.send('POST', '/api/public/v1/orders/payments', {
    headers: { authorization: submitted.headers.token ?? '', accept: 'application/json', 'x-xsrf-token': '' },
    body: {
      customer: { geo_ip_country_code: 'US', session_token: 'opaque' },
      notify_url: order.callbackUrl,
      order: {
        id: String(order.orderId),
        token: order.token,
        currency: 'USD',
        totals: { handling: 0, shipping: 1, subtotal: 1, tax: 1 },
        items: [{ code: 'x', price: 1, unit_price: 1, quantity: 1 }],
      },
      payment: {
        gateway: 'bigpaypay',
        method: 'credit-card',
        vault_payment_instrument: false,
        credit_card: { account_name: 'Ana Ruiz', month: 12, year: 2040, verification_value: '123', ...card },
      },
      store: {},
      ...changes,
    },
  })
}
