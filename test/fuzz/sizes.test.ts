import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '../../src/dialects/dialect.js'
import { dialects } from '../../src/dialects/index.js'
import { checkBooks } from '../../src/operations/check-books.js'
import { requestTemplate } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'
import { faultOf } from './error-shapes.js'
import { describeRequest, exchange, type HostileRequest } from './exchange.js'
import { fillPath, type GoodRequests, recordGoodRequests } from './good-requests.js'
import { placesIn } from './hostile.js'

/** More than any route takes, and more entries than any list may have. */
const tenMegabytes = Buffer.alloc(10 * 1_048_576, ' ')
const manyEntries = 10_000

let server: TestServer
beforeAll(async () => {
  await requestTemplate()
  server = await startTestServer({})
})
afterAll(() => server.close())

describe.each(dialects.map(({ name, routes }) => ({ name, routes })))('$name', ({ name, routes }) => {
  let good: GoodRequests
  beforeAll(async () => {
    good = await (await recordGoodRequests(server, name, routes))()
  })

  it('refuses ten megabytes on every route, before it reads them', async () => {
    const taking = routes.filter(({ method, coverage }) => method !== 'GET' && coverage !== 'none')
    const faults: string[] = []
    for (const route of taking) {
      const sent = largeRequest(route, good)
      const answer = await exchange(server.baseUrl, sent)
      const fault = faultOf(name, answer) ?? (answer.status === 413 ? undefined : `${answer.status}, not 413`)
      if (fault !== undefined) faults.push(`${route.method} ${route.path}: ${fault}`)
    }
    expect(taking.length).toBeGreaterThan(10)
    expect(faults).toEqual([])
  }, 300_000)

  it('answers lists of 10,000 entries in its own words and in time, wherever a client may send a list', async () => {
    const requests = good.requests.flatMap(longLists)
    expect(requests.length).toBeGreaterThan(0)
    const faults: string[] = []
    for (const sent of requests) {
      const answer = await exchange(server.baseUrl, sent)
      const fault = faultOf(name, answer)
      if (fault !== undefined) faults.push(`${describeRequest(sent)}\n  -> ${fault}`)
    }
    expect(faults).toEqual([])
  }, 300_000)
})

it('leaves books that balance', async () => {
  const { findings } = await checkBooks({ books: server.storage.books, clock: () => new Date().toISOString() })
  expect(findings.filter(({ grade, total }) => grade === 'fault' && total > 0)).toEqual([])
})

function largeRequest(route: Route, good: GoodRequests): HostileRequest {
  const headers = { ...good.requests[0]?.headers, 'content-type': 'application/json' }
  return { method: route.method, path: fillPath(route.path, good, 0, 'x'), headers, body: tenMegabytes }
}

/** The request with each list of its body, one at a time, as long as nobody needs it. */
function longLists(request: HostileRequest): readonly HostileRequest[] {
  if (request.body === undefined) return []
  const body: unknown = JSON.parse(String(request.body))
  return placesIn(body)
    .map(place => ({ place, value: valueAt(body, place) }))
    .filter(({ value }) => Array.isArray(value) && value.length > 0)
    .map(({ place, value }) => {
      const [entry] = Array.isArray(value) ? value : []
      return {
        ...request,
        body: JSON.stringify(
          withValue(
            body,
            place,
            Array.from({ length: manyEntries }, () => entry),
          ),
        ),
      }
    })
}

type Place = readonly (string | number)[]

function valueAt(body: unknown, place: Place): unknown {
  return place.reduce<unknown>((at, step) => Object(at)[step], body)
}

function withValue(body: unknown, [step, ...rest]: Place, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(body)) return body.map((entry, index) => (index === step ? withValue(entry, rest, value) : entry))
  return Object.fromEntries(
    Object.entries(Object(body)).map(([name, entry]) => [name, name === step ? withValue(entry, rest, value) : entry]),
  )
}
