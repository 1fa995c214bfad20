import { expect, test } from 'vitest'
import type { Method, WireRequest } from '../dialect.js'
import { csrfCookieFor, mayChange } from './csrf.js'

const own = 'http://localhost:8080'

function wire(method: Method, headers: Readonly<Record<string, string>>, baseUrl = `${own}/bigcommerce`): WireRequest {
  return {
    method,
    path: '/api/storefront/carts',
    params: {},
    rawQuery: '',
    query: new URLSearchParams(),
    headers,
    body: Buffer.alloc(0),
    baseUrl,
    requestId: 'r',
    channel: 'us',
    clientAddress: '127.0.0.1',
  }
}

const cookie = 'SHOP_SESSION_TOKEN=s; XSRF-TOKEN=right'

test.each([
  ['the header repeats the cookie', { cookie, 'x-xsrf-token': 'right' }, true],
  ["a theme's header repeats it", { cookie, 'x-sf-csrf-token': 'right' }, true],
  ['the header is wrong', { cookie, 'x-xsrf-token': 'wrong' }, false],
  ['the header is a beginning of it', { cookie, 'x-xsrf-token': 'rig' }, false],
  ['the header is wrong, though from the same origin', { cookie, 'x-xsrf-token': 'wrong', origin: own }, false],
  ['there is no header', { cookie }, false],
  ['there is no header, from the same origin', { cookie, origin: own }, true],
  ['there is no header, and the browser says same-origin', { cookie, 'sec-fetch-site': 'same-origin' }, true],
  ['there is no header, from an allowed origin', { cookie, origin: 'https://shop.test' }, true],
  ['there is no header, from elsewhere', { cookie, origin: 'https://evil.test' }, false],
  ['the header is right, from elsewhere', { cookie, 'x-xsrf-token': 'right', origin: 'https://evil.test' }, false],
  ['no cookie, from elsewhere', { cookie: 'SHOP_SESSION_TOKEN=s', origin: 'https://evil.test' }, false],
  ['no cookie, the browser says cross-site', { cookie: 'SHOP_SESSION_TOKEN=s', 'sec-fetch-site': 'cross-site' }, false],
  ['no cookie, the browser says same-site', { cookie: 'SHOP_SESSION_TOKEN=s', 'sec-fetch-site': 'same-site' }, false],
  ['no cookie and no word', { cookie: 'SHOP_SESSION_TOKEN=s' }, true],
  ['an opaque origin', { cookie, origin: 'null', 'x-xsrf-token': 'right' }, false],
  ['another port of the same host', { cookie, origin: 'http://localhost:9090' }, false],
] as const)('a change when %s', (_name, headers, passes) => {
  expect(mayChange(wire('POST', headers), ['https://shop.test'])).toBe(passes)
  expect(mayChange(wire('DELETE', headers), ['https://shop.test'])).toBe(passes)
})

test('a star allows no origin to change anything', () => {
  expect(mayChange(wire('PUT', { cookie, origin: 'https://evil.test', 'x-xsrf-token': 'right' }), ['*'])).toBe(false)
})

test('a read passes from anywhere', () => {
  expect(mayChange(wire('GET', { cookie, origin: 'https://evil.test' }), [])).toBe(true)
})

test('a browser without a token gets one that scripts can read, secure over HTTPS', () => {
  expect(csrfCookieFor(wire('GET', { cookie }))).toEqual([])
  const plain = expect.stringMatching(/^XSRF-TOKEN=[\w-]{32}; Max-Age=5184000; Path=\/; SameSite=Lax$/)
  expect(csrfCookieFor(wire('GET', {}))).toEqual([plain])
  expect(csrfCookieFor(wire('GET', {}, 'https://shop.test'))[0]).toMatch(/; Secure; SameSite=Lax$/)
})
