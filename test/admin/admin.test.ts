import { beforeEach, describe, expect, test } from 'vitest'
import { createAdmin } from '../../src/admin/index.js'
import type { Handler, WireRequest, WireResponse } from '../../src/dialects/dialect.js'
import { exportStoreFile } from '../../src/operations/export-store-file.js'
import { importStoreFile } from '../../src/operations/import-store-file.js'
import {
  linesOf,
  type RecordingStore,
  recordingDeps,
  recordingStore,
  shortChannel,
} from './store-file/recording-store.js'

const adminKey = 'a-key-that-nobody-guesses'
const bearer = { authorization: `Bearer ${adminKey}` }
let store: RecordingStore

beforeEach(() => {
  store = recordingStore()
})

function admin(key = adminKey) {
  return createAdmin({
    adminKey: key,
    importFile: file => importStoreFile(recordingDeps(store), file),
    exportFile: format => exportStoreFile({ store }, format),
  })
}

function request(method: WireRequest['method'], url: string, headers: Record<string, string>, body = ''): WireRequest {
  const [path = '', rawQuery = ''] = url.split('?')
  return {
    method,
    path,
    params: {},
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers,
    body: Buffer.from(body),
    baseUrl: 'http://localhost:8080',
    requestId: 'r1',
    channel: '',
    clientAddress: '127.0.0.1',
  }
}

/** The admin API needs none of the shop's operations. */
const operations = new Proxy(
  {},
  {
    get: () => {
      throw new Error('the admin API calls no operation of the shop')
    },
  },
) as Parameters<Handler>[1]

async function send(asked: WireRequest, key = adminKey): Promise<WireResponse> {
  const route = admin(key).routes.find(one => one.method === asked.method && one.path === asked.path)
  if (route === undefined) return admin(key).notFound(asked)
  return route.refuseUnread?.(asked) ?? route.handler(asked, operations)
}

const bodyOf = (response: WireResponse): unknown => JSON.parse(String(response.body))
const lines = linesOf(
  { kind: 'channel', ...shortChannel },
  { kind: 'variant', sku: 'A', variantId: 1, productId: 1, name: 'A' },
)

describe('POST /admin/v1/import', () => {
  test('takes JSON Lines and tells what was imported', async () => {
    const response = await send(
      request('POST', '/admin/v1/import', { ...bearer, 'content-type': 'application/x-ndjson' }, lines),
    )
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(bodyOf(response)).toEqual({ imported: { channel: 1, variant: 1 }, warnings: [] })
    expect(store.records.size).toBe(2)
  })

  test('takes JSON, with a charset', async () => {
    const body = JSON.stringify({ channels: [shortChannel] })
    const type = 'application/json; charset=utf-8'
    const response = await send(request('POST', '/admin/v1/import', { ...bearer, 'content-type': type }, body))
    expect(bodyOf(response)).toEqual({ imported: { channel: 1 }, warnings: [] })
  })

  test.each([
    ['products', 'sku,variantId,productId,name,stock\nB,2,2,B,5\n', { variant: 1, stock: 1 }],
    ['stock', 'sku,available\nA,5\n', { stock: 1 }],
  ])('takes a CSV of %s', async (of, body, imported) => {
    await send(request('POST', '/admin/v1/import', { ...bearer, 'content-type': 'application/x-ndjson' }, lines))
    const response = await send(
      request('POST', `/admin/v1/import?of=${of}`, { ...bearer, 'content-type': 'text/csv' }, body),
    )
    expect(bodyOf(response)).toEqual({ imported, warnings: [] })
  })

  test('refuses a faulty file with line, column, path and message, and writes nothing', async () => {
    const body = `${lines}${linesOf({ kind: 'stock', sku: 'A', available: -1 })}`
    const response = await send(
      request('POST', '/admin/v1/import', { ...bearer, 'content-type': 'application/x-ndjson' }, body),
    )
    expect(response.status).toBe(422)
    expect(bodyOf(response)).toEqual({
      errors: [{ line: 3, column: 39, path: 'available', message: 'must not be below zero' }],
      isCut: false,
    })
    expect(store.records.size).toBe(0)
  })

  test.each(['', '?of=', '?of=people'])('a CSV of %j is refused', async query => {
    const response = await send(
      request('POST', `/admin/v1/import${query}`, { ...bearer, 'content-type': 'text/csv' }, 'sku\n'),
    )
    expect(response.status).toBe(400)
    expect(bodyOf(response)).toMatchObject({ errors: [{ code: 'of_missing' }] })
  })

  test.each([{}, { 'content-type': 'application/xml' }])('another content type is refused: %j', async headers => {
    const response = await send(request('POST', '/admin/v1/import', { ...bearer, ...headers }, lines))
    expect(response.status).toBe(415)
    expect(bodyOf(response)).toMatchObject({ errors: [{ code: 'content_type' }] })
  })

  test('a store file may be larger than a storefront request', () => {
    const route = admin().routes.find(one => one.path === '/admin/v1/import')
    expect(route?.bodyBytes).toBe(67_108_864)
  })
})

describe('GET /admin/v1/export', () => {
  test('gives back what was imported, as JSON Lines', async () => {
    const type = { 'content-type': 'application/x-ndjson' }
    await send(request('POST', '/admin/v1/import', { ...bearer, ...type }, lines))
    const response = await send(request('GET', '/admin/v1/export', bearer))
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    const before = [...store.records]
    const again = await send(request('POST', '/admin/v1/import', { ...bearer, ...type }, String(response.body)))
    expect(again.status).toBe(200)
    expect([...store.records]).toEqual(before)
  })

  test('gives JSON to those who ask for it', async () => {
    const response = await send(request('GET', '/admin/v1/export', { ...bearer, accept: 'application/json' }))
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(bodyOf(response)).toEqual({ version: 1 })
  })
})

describe('the admin key', () => {
  const wrong: readonly (readonly [string, Record<string, string>])[] = [
    ['no header', {}],
    ['another key', { authorization: 'Bearer something-else' }],
    ['the beginning of the key', { authorization: `Bearer ${adminKey.slice(0, -1)}` }],
    ['the key and more', { authorization: `Bearer ${adminKey}x` }],
    ['another scheme', { authorization: `Basic ${adminKey}` }],
    ['the bare key', { authorization: adminKey }],
    ['an empty token', { authorization: 'Bearer ' }],
  ]
  test.each(wrong)('%s opens nothing', async (_, headers) => {
    for (const asked of [
      request('GET', '/admin/v1/export', headers),
      request('POST', '/admin/v1/import', { ...headers, 'content-type': 'application/x-ndjson' }, lines),
    ]) {
      const response = await send(asked)
      expect(response.status).toBe(401)
      expect(bodyOf(response)).toMatchObject({ errors: [{ code: 'unauthorized' }] })
      expect(response.headers).toMatchObject({ 'www-authenticate': 'Bearer' })
    }
    expect(store.records.size).toBe(0)
  })

  test('an empty key of the server is opened by nothing', async () => {
    expect((await send(request('GET', '/admin/v1/export', { authorization: 'Bearer ' }), '')).status).toBe(401)
    expect((await send(request('GET', '/admin/v1/export', {}), '')).status).toBe(401)
  })
})

describe('what the admin API says around its endpoints', () => {
  const asked = request('DELETE', '/admin/v1/nothing', {})
  const answers: readonly (readonly [string, WireResponse, number, string])[] = [
    ['an unknown path', admin().notFound(asked), 404, 'not_found'],
    ['another method', admin().methodNotAllowed(asked, ['GET']), 405, 'method_not_allowed'],
    ['too large a body', admin().refused(asked, 'too_large'), 413, 'too_large'],
    ['an unreadable request', admin().refused(asked, 'bad_request'), 400, 'bad_request'],
    ['a slow request', admin().refused(asked, 'too_slow'), 408, 'too_slow'],
    ['a crowd', admin().refused(asked, 'too_many_requests'), 429, 'too_many_requests'],
    ['a crash', admin().failed(asked, 'internal'), 500, 'internal'],
    ['an absent database', admin().failed(asked, 'unavailable'), 503, 'unavailable'],
  ]
  test('a method that is not possible comes with those that are, as HTTP wants it', () => {
    expect(admin().methodNotAllowed(asked, ['GET', 'POST']).headers).toMatchObject({ allow: 'GET, POST' })
  })

  test.each(answers)('%s is answered in one shape', (_, response, status, code) => {
    expect(response.status).toBe(status)
    expect(bodyOf(response)).toEqual({ errors: [{ code, message: expect.stringMatching(/\.$/) }] })
  })

  test('it owns its paths and no others', () => {
    const owned = ['/admin', '/admin/v1/x', '/administrator', '/', '/carts'].map(path => admin().owns(path))
    expect(owned).toEqual([true, true, false, false, false])
  })
})
