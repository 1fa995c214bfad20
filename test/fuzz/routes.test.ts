import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAdmin } from '../../src/admin/index.js'
import type { Route } from '../../src/dialects/dialect.js'
import { dialects } from '../../src/dialects/index.js'
import { checkBooks } from '../../src/operations/check-books.js'
import { requestTemplate } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'
import { faultOf } from './error-shapes.js'
import { describeRequest, exchange, type HostileRequest } from './exchange.js'
import { fillPath, type GoodRequests, recordGoodRequests } from './good-requests.js'
import { placesIn, type RawBody, rawBodies, type Spoiling, segment, spoil, spoiling, trap } from './hostile.js'

/** The same seed sends the same requests; `FUZZ_SEED` and `FUZZ_RUNS` look elsewhere, and longer. */
const seed = Number(process.env.FUZZ_SEED ?? '20261121')
const runs = Number(process.env.FUZZ_RUNS ?? '220')

/** Who is asking, where a dialect has several kinds of callers. */
const callers: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  spryker: [{}],
  vtex: [{}, { 'x-vtex-api-appkey': 'demo-vtex-key', 'x-vtex-api-apptoken': 'demo-vtex-token' }],
  bigcommerce: [{}, { 'x-auth-token': 'demo-bigcommerce-token' }],
  spree: [{}, { 'x-spree-token': 'demo-spree-key' }, { 'x-spree-token': 'demo-spree-customer-key' }],
  wix: [{}, { authorization: 'demo-wix-key' }],
}

/** What is sent: a good request spoiled at one place, a route with hostile parts, or a body that is none. */
type Plan =
  | { readonly kind: 'spoiled'; readonly which: number; readonly at: number; readonly spoiling: Spoiling }
  | {
      readonly kind: 'route'
      readonly which: number
      readonly pick: number
      readonly segment: string
      readonly query: string
      readonly caller: number
      readonly body: unknown
    }
  | {
      readonly kind: 'raw'
      readonly which: number
      readonly pick: number
      readonly caller: number
      readonly raw: RawBody
    }

const plan: fc.Arbitrary<Plan> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('spoiled' as const), which: fc.nat(), at: fc.nat(), spoiling }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('route' as const),
      which: fc.nat(),
      pick: fc.nat(),
      segment,
      query: fc.oneof(
        { weight: 3, arbitrary: fc.constant('') },
        segment.map(value => `?page=${value}&limit=${value}&a[b][]=${value}`),
      ),
      caller: fc.nat(),
      body: trap,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('raw' as const),
      which: fc.nat(),
      pick: fc.nat(),
      caller: fc.nat(),
      raw: fc.constantFrom(...rawBodies),
    }),
  },
)

/** Traps that every value of every good request is replaced by once. */
const everywhere: readonly unknown[] = [
  'a\u0000b',
  '\ud800',
  null,
  -1,
  2 ** 53 + 2,
  [],
  { a: {} },
  { toString: 1, valueOf: 2 },
]

let server: TestServer
beforeAll(async () => {
  await requestTemplate()
  server = await startTestServer({})
})
afterAll(() => server.close())

describe.each(dialects.map(({ name, routes }) => ({ name, routes })))('$name', ({ name, routes }) => {
  let begin: () => Promise<GoodRequests>
  beforeAll(async () => {
    begin = await recordGoodRequests(server, name, routes)
  })

  it(`answers ${runs} hostile requests in its own words, and a refusal changes nothing (FUZZ_SEED=${seed})`, async () => {
    const open = routes.filter(route => route.coverage !== 'none')
    const plans = fc.sample(plan, { numRuns: runs, seed })
    const told: Told = { faults: [], statuses: [] }
    // A hostile request may also be a good one, and buy the cart: now and then there is a new one.
    for (let at = 0; at < plans.length; at += 50) {
      const good = await begin()
      await attack(
        name,
        plans.slice(at, at + 50).map(each => requestOf(each, good, open)),
        told,
      )
    }
    expect(told.faults).toEqual([])
    expectBothWays(told)
  }, 120_000)

  it('takes a trap in place of any value of a good request', async () => {
    const told: Told = { faults: [], statuses: [] }
    for (const by of everywhere) {
      const { requests } = await begin()
      const spoiled = requests.flatMap(request => {
        if (request.body === undefined) return []
        const body = JSON.parse(String(request.body))
        return placesIn(body).map((_, at) => ({ ...request, body: textOf(spoil(body, at, { how: 'replace', by })) }))
      })
      await attack(name, spoiled, told)
    }
    expect(told.faults).toEqual([])
    expectBothWays(told)
  }, 120_000)

  it('answers every route, whoever asks, with a body that is none and a parameter that is none', async () => {
    const good = await begin()
    const requests = routes.flatMap((route, index) => {
      const raw = rawBodies[index % rawBodies.length] ?? rawBodies[0]
      const path = fillPath(route.path, good, index * 3, '%00')
      const headers = callers[name]?.at(-1) ?? {}
      return raw === undefined ? [] : [withRaw(route.method, path, headers, raw)]
    })
    const told: Told = { faults: [], statuses: [] }
    await attack(name, requests, told)
    expect(told.faults).toEqual([])
  }, 120_000)
})

/** Some got through, and some were refused for what they said: else they all stopped at the door, and nothing was tried. */
function expectBothWays({ statuses }: Told): void {
  expect(statuses.filter(status => status < 400).length).toBeGreaterThan(0)
  expect(statuses.filter(status => [400, 409, 422, 428].includes(status)).length).toBeGreaterThan(3)
}

describe('admin', () => {
  it('answers hostile requests in its own words, with the key and without', async () => {
    const key = await server.storage.settings.readOrCreate('admin-key', () => '')
    const { routes } = createAdmin({
      adminKey: key,
      importFile: () => Promise.reject(new Error('only the routes are looked at')),
      exportFile: () => (async function* () {})(),
    })
    const requests = routes.flatMap(route =>
      [{}, { authorization: `Bearer ${key}` }].flatMap(headers =>
        rawBodies.map(raw => withRaw(route.method, route.path, headers, raw)),
      ),
    )
    const told: Told = { faults: [], statuses: [] }
    await attack('admin', requests, told)
    expect(told.faults).toEqual([])
    expectBothWays(told)
  }, 120_000)
})

describe('gateways', () => {
  it('answer hostile notifications, signed by nobody', async () => {
    const paths = ['sandbox', 'stripe', 'manual', '%00', '..', encodeURIComponent("x' or 1=1--")].map(
      provider => `/gateways/${provider}/notifications`,
    )
    const signatures: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'stripe-signature': 't=1,v1=00' },
      { 'webhook-id': 'a', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`, 'webhook-signature': 'v1,' },
    ]
    const requests = paths.flatMap(path =>
      signatures.flatMap(headers => rawBodies.map(raw => withRaw('POST', path, headers, raw))),
    )
    const told: Told = { faults: [], statuses: [] }
    await attack('gateways', requests, told)
    expect(told.faults).toEqual([])
    expect([...new Set(told.statuses)].sort()).toEqual([400, 404])
  }, 120_000)
})

it('leaves a store whose books balance and whose orders can be listed', async () => {
  const { findings } = await checkBooks({ books: server.storage.books, clock: () => new Date().toISOString() })
  expect(findings.filter(({ grade, total }) => grade === 'fault' && total > 0)).toEqual([])
  const headers = { 'x-spree-token': 'demo-spree-key' }
  expect((await exchange(server.baseUrl, { method: 'GET', path: '/api/orders', headers })).status).toBe(200)
})

function requestOf(planned: Plan, good: GoodRequests, routes: readonly Route[]): HostileRequest {
  if (planned.kind === 'spoiled') {
    const withBody = good.requests.filter(({ body }) => body !== undefined)
    const chosen = withBody[planned.which % withBody.length]
    if (chosen === undefined) throw new Error('clients send bodies')
    const before = JSON.parse(String(chosen.body))
    return { ...chosen, body: textOf(spoil(before, planned.at, planned.spoiling)) }
  }
  const route = routes[planned.which % routes.length]
  if (route === undefined) throw new Error('a dialect has routes')
  const identities = callers[good.dialect] ?? [{}]
  const identity = planned.caller % identities.length
  // Somebody else who holds a cart's secret takes it over by looking at it, refused or not: one identity at a time.
  const headers = identities[identity] ?? {}
  const held = identity === 0 ? good.requests[planned.pick % good.requests.length]?.headers : undefined
  if (planned.kind === 'raw') {
    return withRaw(route.method, fillPath(route.path, good, planned.pick, 'x'), { ...headers, ...held }, planned.raw)
  }
  const path = `${fillPath(route.path, good, planned.pick, planned.segment)}${planned.query}`
  // What asks for a page is a browser; where two APIs have one path, another client gets the other one's answer.
  const page = route.isPage === true ? { accept: 'text/html' } : {}
  if (route.method === 'GET') return { method: 'GET', path, headers: { ...headers, ...held, ...page } }
  return {
    method: route.method,
    path,
    headers: { ...headers, ...held, 'content-type': 'application/json' },
    body: textOf(planned.body),
  }
}

function withRaw(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  raw: RawBody,
): HostileRequest {
  return { method, path, headers: { ...headers, 'content-type': raw.contentType }, body: raw.bytes }
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? ''
}

/**
 * Refusals that leave something behind, as documented: a payment that was declined leaves its order, called off, and in one
 * API what was sent is kept where only going on to the next step is refused.
 */
const leavesSomething: Readonly<Record<string, RegExp>> = {
  bigcommerce: /declined/i,
  spree: /could not be transitioned/,
  spryker: /"code":"1102"/,
  vtex: /CHK020[4-6]/,
  wix: /PAYMENT_ERROR/,
}

/** What came of an attack. */
interface Told {
  readonly faults: string[]
  readonly statuses: number[]
}

/** Sends one after the other; notes what was answered wrongly, and what changed although it was refused. */
async function attack(dialect: string, requests: readonly HostileRequest[], told: Told): Promise<void> {
  let before = await digest()
  for (const request of requests) {
    const logged = server.log.length
    const answer = await exchange(server.baseUrl, request)
    const after = await digest()
    const isChanged = answer.status >= 400 && after !== before && !leavesSomething[dialect]?.test(answer.text)
    const fault =
      errorLogged(logged) ??
      faultOf(dialect, answer) ??
      (isChanged ? `${answer.status} ${answer.text.slice(0, 200)} and yet changed ${before} to ${after}` : undefined)
    before = after
    told.statuses.push(answer.status)
    // The same fault in a hundred requests is one to repair.
    if (fault !== undefined && told.faults.length < 20) told.faults.push(`${describeRequest(request)}\n  -> ${fault}`)
  }
}

function errorLogged(since: number): string | undefined {
  return server.log
    .slice(since)
    .find(line => line.includes('"level":50'))
    ?.slice(0, 1_500)
}

/** What a refusal must not move: every book by its number of rows and its versions or amounts. */
async function digest(): Promise<string> {
  const { rows } = await server.storage.sql.query<{ digest: string }>({
    name: 'fuzz_digest',
    text: `select concat_ws(' ',
      (select 'carts ' || count(*) || '/' || coalesce(sum(version), 0) from carts),
      (select 'orders ' || count(*) || '/' || coalesce(sum(version), 0) from orders),
      (select 'payments ' || count(*) || '/' || coalesce(sum(version), 0) from payments),
      (select 'stock ' || sum(available) from stock), (select 'coupons ' || sum(used) from coupons),
      (select 'cards ' || sum(balance) from gift_cards), (select 'ledger ' || count(*) from gift_card_ledger),
      (select 'customers ' || count(*) || '/' || sum(version) from customers),
      (select 'settings ' || count(*) || '/' || coalesce(sum(version), 0) from channel_settings),
      (select 'variants ' || count(*) from variants), (select 'channels ' || count(*) from channels)) as digest`,
  })
  return rows[0]?.digest ?? ''
}
