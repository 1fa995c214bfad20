import { describe, expect, test } from 'vitest'
import type { Handler, Route } from '../../src/dialects/dialect.js'
import { echo, fakeDialect, fakeRoute } from './fake-dialect.js'
import { mounted, servingEach, type TestServer } from './test-server.js'

const serve = servingEach()

const say =
  (text: string): Handler =>
  async request => ({ status: 200, headers: {}, body: `${text} ${JSON.stringify(request.params)}` })

async function ask(server: TestServer, line: string, headers: Record<string, string> = {}, ownPort?: number) {
  const [method = 'GET', url = '/'] = line.split(' ')
  const { status, body } = await server.inject({ method, url, headers, ...(ownPort === undefined ? {} : { ownPort }) })
  return `${status} ${body}`
}

describe('routes', () => {
  const server = () =>
    serve([
      mounted(
        fakeDialect('shop', {
          'GET /carts': say('list'),
          'GET /carts/': say('slash'),
          'POST /carts/:uuid/items': say('add'),
          'PATCH /carts/:uuid/items/:key': say('change'),
          'GET /customers/mine': say('mine'),
          'GET /customers/:reference': say('one'),
          'PATCH /customers/:reference': say('patch'),
          'GET /customers/:id/carts': say('carts'),
        }),
      ),
    ])

  test('match an empty path parameter', async () => {
    expect(await ask(server(), 'PATCH /carts//items/x')).toBe('200 change {"uuid":"","key":"x"}')
    expect(await ask(server(), 'PATCH /carts//items/')).toBe('200 change {"uuid":"","key":""}')
    expect(await ask(server(), 'POST /carts//items')).toBe('200 add {"uuid":""}')
  })

  test('tell a path with a slash at its end from the one without', async () => {
    expect(await ask(server(), 'GET /carts')).toBe('200 list {}')
    expect(await ask(server(), 'GET /carts/')).toBe('200 slash {}')
    expect(await ask(server(), 'GET /customers/')).toBe('200 one {"reference":""}')
  })

  test('prefer the literal segment, yet find another method behind the parameter', async () => {
    expect(await ask(server(), 'GET /customers/mine')).toBe('200 mine {}')
    expect(await ask(server(), 'PATCH /customers/mine')).toBe('200 patch {"reference":"mine"}')
    expect(await ask(server(), 'GET /customers/mine/carts')).toBe('200 carts {"id":"mine"}')
  })

  test('decode parameters once, slashes and percent signs included', async () => {
    expect(await ask(server(), 'PATCH /carts/a%2Fb/items/50%25')).toBe('200 change {"uuid":"a/b","key":"50%"}')
    expect(await ask(server(), 'GET /customers/%E2%82%AC')).toBe('200 one {"reference":"€"}')
    expect(await ask(server(), 'GET /customers/a+b')).toBe('200 one {"reference":"a+b"}')
  })

  test('find nothing by names that every object has', async () => {
    expect(await ask(server(), 'GET /constructor')).toBe('404 shop: nothing at /constructor')
    expect(await ask(server(), 'GET /__proto__/x')).toBe('404 shop: nothing at /__proto__/x')
  })

  test('answer a wrong method with those that would do', async () => {
    expect(await ask(server(), 'DELETE /customers/mine')).toBe('405 shop: try GET or PATCH')
    expect(await ask(server(), 'PROPFIND /carts')).toBe('405 shop: try GET')
  })

  test('that stand twice in a table stop the start', () => {
    const twice = fakeDialect('shop', { 'GET /carts/:a': say('a'), 'GET /carts/:b': say('b') })
    expect(() => serve([mounted(twice)])).toThrow('GET /carts/:b is routed twice (also as /carts/:a)')
  })
})

describe('several dialects on one origin', () => {
  const first = fakeDialect('first', {
    'GET /checkout': say('data'),
    'GET /first': say('first'),
    'GET /both': say('1'),
  })
  const second = fakeDialect('second', {
    'GET /checkout#page': say('page'),
    'GET /second': say('second'),
    'POST /both': say('2'),
  })
  const server = () => serve([mounted(first), mounted(second)])

  test('each answers its own routes', async () => {
    expect(await ask(server(), 'GET /first')).toBe('200 first {}')
    expect(await ask(server(), 'GET /second')).toBe('200 second {}')
  })

  test('a path of both goes to the one that knows the method', async () => {
    expect(await ask(server(), 'GET /both')).toBe('200 1 {}')
    expect(await ask(server(), 'POST /both')).toBe('200 2 {}')
    expect(await ask(server(), 'DELETE /both')).toBe('405 first: try GET')
  })

  test('an unmatched path is answered by its owner, else by a plain 404', async () => {
    expect(await ask(server(), 'GET /second/nothing')).toBe('404 second: nothing at /second/nothing')
    expect(await ask(server(), 'GET /first/nothing')).toBe('404 first: nothing at /first/nothing')
    expect(await ask(server(), 'GET /nobody')).toBe('404 {"error":"Nothing answers at this address."}')
  })

  test('where a page and an endpoint share method and path, browsers get the page and clients the endpoint', async () => {
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    expect(await ask(server(), 'GET /checkout', { accept: browser })).toBe('200 page {}')
    expect(await ask(server(), 'GET /checkout', { accept: 'application/vnd.api+json' })).toBe('200 data {}')
    expect(await ask(server(), 'GET /checkout', { accept: '*/*' })).toBe('200 data {}')
    expect(await ask(server(), 'GET /checkout')).toBe('200 data {}')
  })

  test('of several pages at one path, the one whose thing the address names answers, then the one that knows the browser', async () => {
    const page = (name: string): Route => ({
      ...fakeRoute('GET /checkout#page', say(name)),
      claims: ({ rawQuery, headers }) => {
        if (rawQuery.includes(name)) return 'named'
        return (headers.cookie ?? '').includes(name) ? 'remembered' : undefined
      },
    })
    const third = { ...fakeDialect('third', {}), routes: [page('third')] }
    const fourth = { ...fakeDialect('fourth', {}), routes: [page('fourth')] }
    const started = serve([first, third, fourth].map(dialect => mounted(dialect)))
    const browser = (cookie: string) => ({ accept: 'text/html', cookie })
    expect(await ask(started, 'GET /checkout', browser(''))).toBe('200 third {}')
    expect(await ask(started, 'GET /checkout', browser('fourth=1'))).toBe('200 fourth {}')
    expect(await ask(started, 'GET /checkout', browser('fourth=1; third=1'))).toBe('200 third {}')
    expect(await ask(started, 'GET /checkout?fourth=1', browser('third=1'))).toBe('200 fourth {}')
    expect(await ask(started, 'GET /checkout?fourth=1')).toBe('200 fourth {}')
    expect(await ask(started, 'GET /checkout', { cookie: 'fourth=1' })).toBe('200 data {}')
  })

  test('a browser that asks before it sends is answered by the one that it will send to', async () => {
    const rules = { allowHeaders: [], exposeHeaders: [], allowCredentials: false, maxAgeSeconds: 600 }
    const allowing = (dialect: typeof first, header: string) => ({
      ...dialect,
      cors: { ...rules, allowHeaders: [header] },
    })
    const channels = [{ id: 'de', allowedOrigins: ['*'], settings: {} }]
    const started = serve([mounted(allowing(second, 'X-Second')), mounted(allowing(first, 'X-First'))], { channels })
    const preflight = async (url: string, method: string) => {
      const asked = { origin: 'https://shop.test', 'access-control-request-method': method }
      const { headers } = await started.inject({ method: 'OPTIONS', url, headers: asked })
      return `${headers['access-control-allow-methods']}; ${headers['access-control-allow-headers']}`
    }
    expect(await preflight('/both', 'GET')).toBe('GET, OPTIONS; X-First')
    expect(await preflight('/both', 'POST')).toBe('POST, OPTIONS; X-Second')
    expect(await preflight('/both', 'DELETE')).toBe('POST, OPTIONS; X-Second')
    expect(await preflight('/checkout', 'GET')).toBe('GET, OPTIONS; X-First')
  })

  test('the channel is the one whose settings name the dialect, else the first', async () => {
    const channels = [
      { id: 'us', allowedOrigins: [], settings: {} },
      { id: 'de', allowedOrigins: [], settings: { second: {} } },
    ]
    const both = [
      mounted(fakeDialect('first', { 'GET /first': echo })),
      mounted(fakeDialect('second', { 'GET /second': echo })),
      mounted(fakeDialect('third', { 'GET /third': echo }), { channel: 'de' }),
    ]
    const started = serve(both, { channels })
    const channelOf = async (url: string) => JSON.parse((await started.inject({ method: 'GET', url })).body).channel
    expect(await channelOf('/first')).toBe('us')
    expect(await channelOf('/second')).toBe('de')
    expect(await channelOf('/third')).toBe('de')
  })
})

describe('a dialect mounted elsewhere', () => {
  const routes = { 'GET /': echo, 'GET /carts': echo }
  const places = [
    mounted(fakeDialect('one', routes), { onOrigin: false, prefixes: ['/one'] }),
    mounted(fakeDialect('two', routes), { onOrigin: false, hosts: ['two.example.test'] }),
    mounted(fakeDialect('three', routes), { onOrigin: false, ports: [39_471] }),
  ]

  test('by prefix sees its paths without it and its base URL with it', async () => {
    const answer = await serve(places).inject({ method: 'GET', url: '/one/carts', headers: { host: 'shop.test' } })
    expect(JSON.parse(answer.body)).toMatchObject({ path: '/carts', baseUrl: 'http://shop.test/one' })
    expect(await ask(serve(places), 'GET /one')).toContain('"path":"/"')
    expect(await ask(serve(places), 'GET /one/x')).toBe('404 one: nothing at /x')
    expect(await ask(serve(places), 'GET /onerous')).toBe('404 {"error":"Nothing answers at this address."}')
  })

  test('by host name owns every path there, and keeps that name in its links', async () => {
    const server = serve(places, { settings: { baseUrl: 'https://shop.test' } })
    const answer = await server.inject({ method: 'GET', url: '/carts', headers: { host: 'TWO.example.test:8080' } })
    expect(JSON.parse(answer.body)).toMatchObject({ baseUrl: 'https://TWO.example.test:8080' })
    expect(await ask(server, 'GET /x', { host: 'two.example.test' })).toBe('404 two: nothing at /x')
    expect(await ask(server, 'GET /carts', { host: 'other.test' })).toBe(
      '404 {"error":"Nothing answers at this address."}',
    )
  })

  test('by port owns every path there, probes included', async () => {
    const server = serve(places)
    expect(await ask(server, 'GET /carts', {}, 39_471)).toContain('"path":"/carts"')
    expect(await ask(server, 'GET /health/live', {}, 39_471)).toBe('404 three: nothing at /health/live')
    expect(await ask(server, 'GET /carts')).toBe('404 {"error":"Nothing answers at this address."}')
  })

  test('a configured base URL wins over what the request says, on the shared origin', async () => {
    const server = serve([mounted(fakeDialect('one', routes))], { settings: { baseUrl: 'https://shop.test' } })
    const answer = await server.inject({ method: 'GET', url: '/carts', headers: { host: 'evil.test' } })
    expect(JSON.parse(answer.body).baseUrl).toBe('https://shop.test')
  })

  test('forwarded headers count only where the proxy is trusted', async () => {
    const headers = { host: 'in.test', 'x-forwarded-host': 'out.test', 'x-forwarded-proto': 'https' }
    const one = [mounted(fakeDialect('one', routes))]
    const base = async (trustProxy: boolean) =>
      JSON.parse(
        (await serve(one, { settings: { trustProxy } }).inject({ method: 'GET', url: '/carts', headers })).body,
      )
    expect((await base(false)).baseUrl).toBe('http://in.test')
    expect((await base(true)).baseUrl).toBe('https://out.test')
  })
})

describe('our own pages', () => {
  const pages = fakeDialect('pages', { 'GET /': say('start'), 'GET /pages/:token': say('page') })
  const shop = mounted(fakeDialect('shop', { 'GET /shop': say('shop') }), { onOrigin: true, hosts: ['shop.test'] })
  const server = () => serve([mounted(pages, { house: 'pages' }), shop])

  test('answer on the shared origin, with their own 404 for what they own', async () => {
    expect(await ask(server(), 'GET /')).toBe('200 start {}')
    expect(await ask(server(), 'GET /pages')).toBe('404 pages: nothing at /pages')
  })

  test('stay away from the host name of a dialect, where the probes still answer', async () => {
    expect(await ask(server(), 'GET /', { host: 'shop.test' })).toBe('404 shop: nothing at /')
    expect(await ask(server(), 'GET /health/live', { host: 'shop.test' })).toBe('200 {"status":"live"}')
  })
})
