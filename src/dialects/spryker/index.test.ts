import { describe, expect, it } from 'vitest'
import type { Method, WireRequest } from '../dialect.js'
import { sprykerDialect } from './index.js'

const dialect = sprykerDialect()

function request(method: Method, path: string, body = ''): WireRequest {
  return {
    method,
    path,
    params: {},
    rawQuery: '',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(body),
    baseUrl: 'https://glue.example.test',
    requestId: 'r',
    channel: 'de',
    clientAddress: '127.0.0.1',
  }
}

function errorsOf(response: { readonly body?: string | Buffer }) {
  return JSON.parse(String(response.body)).errors
}

describe('a path without a route', () => {
  it('is not found, without a code', () => {
    const response = dialect.notFound(request('GET', '/unknown'))
    expect(response.status).toBe(404)
    expect(response.headers['Content-Type']).toBe('application/vnd.api+json')
    expect(errorsOf(response)).toEqual([{ detail: 'Not Found', status: 404 }])
  })

  it('is not found either where only the method is wrong', () => {
    const response = dialect.methodNotAllowed(request('POST', '/customers/DE--1'), ['GET'])
    expect(errorsOf(response)).toEqual([{ detail: 'Not Found', status: 404 }])
  })

  it.each([
    ['DELETE', '/customers'],
    ['DELETE', '/customers/DE--1/addresses'],
    ['DELETE', '/refresh-tokens'],
  ] as const)('%s %s lacks its id', (method, path) => {
    const response = dialect.methodNotAllowed(request(method, path), ['GET'])
    expect(response.status).toBe(400)
    expect(errorsOf(response)).toEqual([{ detail: 'Resource id is not specified.', status: 400 }])
  })

  it('looks at a body before it tells that the id is missing', () => {
    const path = '/customers/DE--1/addresses'
    const good = '{"data":{"type":"addresses","attributes":{}}}'
    const wrong = '{"data":{"type":"customers","attributes":{}}}'
    const detail = (body: string) => errorsOf(dialect.methodNotAllowed(request('PATCH', path, body), []))[0].detail
    expect(detail(good)).toBe('Resource id is not specified.')
    expect(detail(wrong)).toBe('Invalid type.')
    expect(detail('')).toBe('Post data is invalid.')
  })

  it('belongs to this dialect where the resource does', () => {
    expect(dialect.owns('/customers/x/y/z')).toBe(true)
    expect(dialect.owns('/token')).toBe(true)
    expect(dialect.owns('/api/checkout')).toBe(false)
    expect(dialect.owns('/')).toBe(false)
  })
})

describe('what could not be handled', () => {
  it.each([
    ['too_large', 413],
    ['too_slow', 408],
    ['bad_request', 400],
    ['too_many_requests', 429],
  ] as const)('%s is %d', (why, status) => {
    const response = dialect.refused(request('POST', '/customers'), why)
    expect(response.status).toBe(status)
    expect(errorsOf(response)).toEqual([{ detail: expect.any(String), status }])
  })

  it('is a JSON:API error even when it is a crash', () => {
    const response = dialect.failed(request('GET', '/customers'), 'internal')
    expect(response.status).toBe(500)
    expect(errorsOf(response)).toEqual([{ detail: 'Internal Server Error', status: 500 }])
    expect(dialect.failed(request('GET', '/customers'), 'unavailable').status).toBe(503)
  })
})

describe('the table of routes', () => {
  it('has no path and method twice', () => {
    const names = dialect.routes.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
