import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../src/dialects/bigcommerce/routes.js'
import { describeOnEachDatabase, type TestAnswer } from '../../support/test-server.js'
import { type Browser, openBrowser } from './browser.js'
import { managementOver, notThere } from './management.js'
import { cartCases } from './operations/cart-cases.js'
import { confirmationCases } from './operations/confirmation-cases.js'
import { customerCases } from './operations/customer-cases.js'
import { legacyCases } from './operations/legacy-cases.js'
import { metafieldCases } from './operations/metafield-cases.js'
import type { Ask, OperationCase, World } from './operations/operation-case.js'
import { paymentCases } from './operations/payment-cases.js'
import { serverCases } from './operations/server-cases.js'
import { cardCases, internalCases, landingCases, shopCases, vaultCases } from './operations/shop-cases.js'

const backendCases = [...customerCases, ...serverCases, ...metafieldCases, ...paymentCases, ...legacyCases]
const shopperCases = [
  ...[...cartCases, ...shopCases, ...internalCases, ...landingCases],
  ...[...confirmationCases, ...cardCases, ...vaultCases],
]

const statusCodes = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes'
const conflict = {
  status: 409,
  title: 'The request cannot be processed due to a possible conflict. Please review the changes and try again.',
  type: statusCodes,
}
const text = expect.stringMatching(/./)

/** Whole forms of the errors, one per surface. Source: dialects/bigcommerce.md 3.0. */
const forms = {
  v3: (status: number) => ({ status, title: text, type: statusCodes, errors: expect.any(Object) }),
  v2: (status: number) => [{ status, message: text }],
  payments: (status: number) => ({
    ...{ status, title: text, detail: text, type: statusCodes },
    ...{ code: expect.any(Number), errors: expect.any(Object) },
  }),
  storefront: (status: number) => ({ status, title: text, type: 'about:blank', detail: text, code: text }),
  internal: (status: number) => ({ status, title: text, type: text, detail: text, errors: [text] }),
  card: (_status: number) => ({ status: 'error', errors: [{ code: text, message: text }] }),
} as const
type Form = keyof typeof forms

function formOf(path: string): Form {
  if (/^\/stores\/[^/]+\/v3\/payments|^\/stores\/[^/]+\/payments/.test(path)) return 'payments'
  if (path.startsWith('/stores/')) return /^\/stores\/[^/]+\/v2/.test(path) ? 'v2' : 'v3'
  if (path.startsWith('/api/storefront')) return 'storefront'
  return /^\/api\/(public|v\d)\//.test(path) ? 'card' : 'internal'
}

function expectRefused(answer: TestAnswer, form: Form, status: number): void {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  if (form === 'v2') {
    const [{ details: _details, ...error }, ...others] = answer.json
    expect([error, ...others]).toEqual(forms.v2(status))
  } else expect(answer.json).toEqual(forms[form](status))
}

/** `PUT /v3/...` of a row. */
const methodOf = ({ route }: OperationCase) => route.slice(0, route.indexOf(' '))
const pathOf = ({ route }: OperationCase) => route.slice(route.indexOf(' ') + 1)
const parametersOf = (row: OperationCase) =>
  [...pathOf(row).matchAll(/:(\w+)/g)].flatMap(([, name = '']) => (name === 'storeHash' ? [] : [name]))

/** The path with another value where the route has that parameter. */
function replaced(row: OperationCase, path: string, name: string, value: string): string {
  const [asked = '', query] = path.split('?')
  const pattern = pathOf(row).replace('/stores/:storeHash', '').split('/')
  const parts = asked.split('/').map((part, at) => (pattern[at] === `:${name}` ? value : part))
  return parts.join('/') + (query === undefined ? '' : `?${query}`)
}

const isAnId = /^(cart|checkout|item)Id$/
const nothingBy = (name: string) => (isAnId.test(name) ? notThere : '424242')
/** A body that carries a version; lists carry it in their elements. */
const versioned = (body: Ask['body'], version: number) =>
  Array.isArray(body) ? body.map(one => ({ ...one, version })) : { ...(typeof body === 'object' ? body : {}), version }
const takesBody = (row: OperationCase) => methodOf(row) !== 'GET' && row.ignoresBody !== true

it('every operation has a row here, and every row is one', () => {
  const rows = [...backendCases, ...shopperCases]
  const served = routes.map(({ method, path }) => `${method} ${path}`)
  expect(rows.map(({ route }) => route).sort()).toEqual(served.sort())
})

describeOnEachDatabase('every operation between servers', getServer => {
  const api = managementOver(getServer)
  const world: World = { api, open: () => openBrowser(getServer()) }
  const send = (row: OperationCase, ask: Ask, changes: Parameters<typeof api.send>[2] = {}) => {
    const isByToken = ask.headers?.authorization !== undefined
    return api.send(methodOf(row), ask.path, {
      ...(isByToken ? { token: null } : {}),
      ...(ask.body === undefined ? {} : { body: ask.body }),
      ...changes,
      headers: { ...ask.headers, ...changes.headers },
    })
  }
  const tokens = { none: '', reader: '' }
  beforeAll(async () => {
    const issue = (subject: string, scopes: readonly string[]) =>
      getServer().operations.issueCredential({
        ...{ kind: 'api_key', subject, dialect: 'bigcommerce' },
        permissions: ['carts:read', 'carts:write', 'carts:admin', 'orders:read', 'customers:read'],
        data: { storeHash: 'demo', scopes },
      })
    tokens.none = await issue('none', [])
    const names = ['store_cart', 'store_checkouts', 'store_v2_orders', 'store_v2_marketing', 'store_v2_information']
    tokens.reader = await issue(
      'reader',
      names.map(name => `${name}_read_only`),
    )
  })

  describe.each(backendCases.map(row => [row.route, row] as const))('%s', (_route, row) => {
    const form = formOf(pathOf(row))
    const byToken = pathOf(row) === '/stores/:storeHash/payments'

    it('answers', async () => {
      const answer = await send(row, await row.make(world))
      expect(answer.status, answer.text).toBe(row.status)
    })

    if (!byToken)
      it('asks for a token of this store that may do it', async () => {
        const ask = await row.make(world)
        const errors = form === 'payments' ? 'v3' : form
        for (const token of [null, 'guessed', 'demo-spree-key'])
          expectRefused(await send(row, ask, { token }), errors, 401)
        const headers = { 'x-auth-token': 'demo-bigcommerce-token', 'content-type': 'application/json' }
        const body = ask.body === undefined ? {} : { body: ask.body }
        const other = await getServer().request(methodOf(row), `/stores/other${ask.path}`, { headers, ...body })
        expectRefused(other, errors, 401)
        expectRefused(await send(row, ask, { token: tokens.none }), errors, 403)
        if (methodOf(row) !== 'GET') expectRefused(await send(row, ask, { token: tokens.reader }), errors, 403)
        const good = await send(row, ask)
        expect(good.status, good.text).toBe(row.status)
      })

    if (parametersOf(row).length > 0)
      it('knows nothing by another id', async () => {
        const ask = await row.make(world)
        for (const name of parametersOf(row)) {
          for (const value of [nothingBy(name), 'no-such-thing']) {
            const answer = await send(row, { ...ask, path: replaced(row, ask.path, name, value) })
            const isCheckoutRead = row.route === 'GET /stores/:storeHash/v3/checkouts/:checkoutId'
            if (isCheckoutRead) expect(answer).toMatchObject({ status: 404, json: { errors: [{ status: 404 }] } })
            else expectRefused(answer, form, row.unknown?.[name] ?? 404)
          }
        }
      })

    if (takesBody(row))
      it('refuses what is no JSON', async () => {
        const ask = await row.make(world)
        expectRefused(await send(row, { ...ask, body: '{"half":' }), form, 400)
        const headers = { 'content-type': 'application/xml' }
        expectRefused(await send(row, { ...ask, body: '<a/>' }, { headers }), form, 415)
      })

    if (row.isVersioned)
      it('refuses an old version, and changes nothing', async () => {
        const ask = await row.make(world)
        const [id = ''] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(ask.path) ?? []
        const before = await api.checkout(id)
        const answer = await send(row, { ...ask, body: versioned(ask.body, 99) })
        expect(answer.json).toEqual(conflict)
        expect(await api.checkout(id)).toEqual(before)
        const current = await send(row, { ...ask, body: versioned(ask.body, before.version) })
        expect(current.status, current.text).toBe(row.status)
      })

    it.each((row.refused ?? []).map(each => [each.what, each] as const))('refuses %s', async (_what, refused) => {
      const good = await row.make(world)
      const { path = good.path, body = good.body } = refused
      const { status, says } = refused
      const answer = await send(row, { ...good, path, ...(body === undefined ? {} : { body }) })
      expectRefused(answer, form, status)
      if (says !== undefined) expect(answer.json).toMatchObject(says)
    })
  })
})

describeOnEachDatabase('every operation of a shopper', getServer => {
  const api = managementOver(getServer)
  const open = () => openBrowser(getServer())
  const world: World = { api, open }
  const send = (row: OperationCase, ask: Ask, browser: Browser = ask.browser ?? open()) =>
    browser.send(methodOf(row), ask.path, {
      ...(ask.body === undefined ? {} : { body: ask.body }),
      ...(ask.headers === undefined ? {} : { headers: ask.headers }),
    })
  const isOpen = new Set([...landingCases, ...cardCases, ...vaultCases])

  describe.each(shopperCases.map(row => [row.route, row] as const))('%s', (_route, row) => {
    const form = formOf(pathOf(row))

    it('answers', async () => {
      const answer = await send(row, await row.make(world))
      expect(answer.status, answer.text).toBe(row.status)
    })

    if (!(isOpen.has(row) || methodOf(row) === 'GET'))
      it('refuses what another site sends', async () => {
        const ask = await row.make(world)
        const headers = { origin: 'https://evil.test', 'x-xsrf-token': '', 'sec-fetch-site': 'cross-site' }
        const answer = await send(row, { ...ask, headers })
        const problem = { status: 403, title: 'Forbidden', type: 'about:blank', detail: 'CSRF token mismatch' }
        expect(answer.json).toEqual(form === 'internal' ? { ...problem, errors: [problem.detail] } : problem)
        expect(answer.status).toBe(403)
      })

    if (!row.isAnybodys)
      it("knows nothing of another session's", async () => {
        const ask = await row.make(world)
        expectRefused(await send(row, ask, open()), form, 404)
        const stranger = open()
        await stranger.send('POST', '/api/storefront/carts', { body: { lineItems: [{ productId: 18, quantity: 1 }] } })
        expect(stranger.cookies.has('SHOP_SESSION_TOKEN')).toBe(true)
        expectRefused(await send(row, ask, stranger), form, 404)
        const own = await send(row, ask)
        expect(own.status, own.text).toBe(row.status)
      })

    if (parametersOf(row).length > 0)
      it('knows nothing by another id', async () => {
        const ask = await row.make(world)
        for (const name of parametersOf(row)) {
          const answer = await send(row, { ...ask, path: replaced(row, ask.path, name, nothingBy(name)) })
          const status = row.unknown?.[name] ?? 404
          if (status < 400) expect(answer.status).toBe(status)
          else expectRefused(answer, form, status)
        }
      })

    if (takesBody(row))
      it('refuses what is no JSON', async () => {
        const ask = await row.make(world)
        expectRefused(await send(row, { ...ask, body: '{"half":' }), form, 400)
      })

    if (row.isVersioned)
      it('refuses an old version, and changes nothing', async () => {
        const ask = await row.make(world)
        const [id = ''] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(ask.path) ?? []
        const checkout = () => (ask.browser ?? open()).send('GET', `/api/storefront/checkouts/${id}`)
        const before = await checkout()
        const answer = await send(row, { ...ask, body: versioned(ask.body, 99) })
        expect(answer.json).toEqual({ ...conflict, detail: '' })
        expect((await checkout()).text).toBe(before.text)
        const current = await send(row, { ...ask, body: versioned(ask.body, before.json.version) })
        expect(current.status, current.text).toBe(row.status)
      })

    it.each((row.refused ?? []).map(each => [each.what, each] as const))('refuses %s', async (_what, refused) => {
      const good = await row.make(world)
      const { path = good.path, body = good.body } = refused
      const answer = await send(row, { ...good, path, ...(body === undefined ? {} : { body }) })
      expectRefused(answer, form, refused.status)
      if (refused.says !== undefined) expect(answer.json).toMatchObject(refused.says)
    })
  })
})
