import { expect, test } from 'vitest'
import type { CorsRules } from '../../src/dialects/dialect.js'
import { echo, fakeDialect } from './fake-dialect.js'
import { mounted, servingEach, type TestServer } from './test-server.js'

const open = servingEach()

const shop = 'https://shop.example.test'
const rules: CorsRules = {
  allowHeaders: ['authorization', 'content-type'],
  exposeHeaders: ['etag'],
  allowCredentials: true,
  maxAgeSeconds: 600,
}

function serve(allowedOrigins: readonly string[], changes: Partial<CorsRules> = {}): TestServer {
  const routes = { 'GET /shop/carts': echo, 'POST /shop/carts': echo, 'GET /shop/page#page': echo }
  const dialect = fakeDialect('shop', routes, { cors: { ...rules, ...changes } })
  return open([mounted(dialect)], { channels: [{ id: 'de', allowedOrigins, settings: {} }] })
}

const from = (origin: string) => ({ method: 'GET', url: '/shop/carts', headers: { origin } })

test('an origin that the channel allows is echoed, with credentials and exposed headers', async () => {
  const { headers } = await serve([shop]).inject(from(shop))
  expect(headers).toMatchObject({
    'access-control-allow-origin': shop,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'etag',
    vary: 'Origin',
  })
})

test('another origin is answered without any cross-origin header', async () => {
  for (const origin of ['https://evil.test', 'null', `${shop}.evil.test`]) {
    const { headers, status } = await serve([shop]).inject(from(origin))
    expect(status).toBe(200)
    expect(Object.keys(headers).filter(name => name.startsWith('access-control'))).toEqual([])
    expect(headers.vary).toBe('Origin')
  }
})

test('a star allows every origin: echoed with credentials, a star without', async () => {
  expect((await serve(['*']).inject(from(shop))).headers['access-control-allow-origin']).toBe(shop)
  const { headers } = await serve(['*'], { allowCredentials: false }).inject(from(shop))
  expect(headers['access-control-allow-origin']).toBe('*')
  expect(headers['access-control-allow-credentials']).toBeUndefined()
})

test('a star does not let a page that the channel does not name use cookies', async () => {
  const cookies = { usesCookies: true } as const
  const { headers } = await serve(['*', 'http://localhost:*'], cookies).inject(from(shop))
  expect(headers['access-control-allow-origin']).toBe('*')
  expect(headers['access-control-allow-credentials']).toBeUndefined()
  for (const origin of ['http://localhost', 'http://localhost:5173']) {
    const named = await serve(['*', 'http://localhost:*'], cookies).inject(from(origin))
    expect(named.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    })
  }
  for (const origin of [
    'http://localhost.evil.test',
    'http://localhost:80.evil.test',
    'https://localhost:5173',
    'null',
  ]) {
    const foreign = await serve(['http://localhost:*'], cookies).inject(from(origin))
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
  }
})

test('a preflight is told the methods of that path and the headers of the dialect', async () => {
  const headers = { origin: shop, 'access-control-request-method': 'POST' }
  const answer = await serve([shop]).inject({ method: 'OPTIONS', url: '/shop/carts', headers })
  expect(answer).toMatchObject({ status: 204, body: '' })
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': shop,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
    vary: 'Origin',
  })
})

test('a dialect may have its preflights answered with 200', async () => {
  const headers = { origin: shop, 'access-control-request-method': 'POST' }
  const answer = await serve([shop], { preflightStatus: 200 }).inject({
    method: 'OPTIONS',
    url: '/shop/carts',
    headers,
  })
  expect(answer).toMatchObject({ status: 200, body: '' })
})

test('errors carry the headers too, so that the client can read them', async () => {
  const { headers, status } = await serve([shop]).inject({ ...from(shop), url: '/shop/nothing' })
  expect(status).toBe(404)
  expect(headers['access-control-allow-origin']).toBe(shop)
})

test('hosted pages are for no other origin', async () => {
  const { headers } = await serve([shop]).inject({ ...from(shop), url: '/shop/page' })
  expect(headers['access-control-allow-origin']).toBeUndefined()
})
