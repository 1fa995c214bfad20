import { describe, expect, test } from 'vitest'
import type { WireRequest } from '../../src/dialects/dialect.js'
import { echo, fakeDialect, fakeRoute } from './fake-dialect.js'
import { rawExchange } from './raw-exchange.js'
import { mounted, servingEach } from './test-server.js'

const serve = servingEach()

describe('what is too large or too slow to be read', () => {
  test('a body above the limit is refused, and the client gets to read that', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'POST /shop': echo }))], { settings: { bodyBytes: 1_000 } })
    const { origin } = await server.listen()
    for (const size of [1_001, 7_000, 500_000]) {
      const body = Buffer.alloc(size, 'x')
      const answer = await server.inject({ method: 'POST', url: '/shop', body })
      expect(answer).toMatchObject({ status: 413, body: 'shop: too_large' })
    }
    const answer = await fetch(`${origin}/shop`, { method: 'POST', body: 'x'.repeat(7_000) })
    expect([answer.status, await answer.text()]).toEqual([413, 'shop: too_large'])
    const fits = await server.inject({ method: 'POST', url: '/shop', body: 'x'.repeat(1_000) })
    expect(fits.status).toBe(200)
  })

  test('a route with a limit of its own takes larger bodies, and only a few at a time', async () => {
    const large = { ...fakeRoute('POST /shop/import', echo), bodyBytes: 5_000 }
    const dialect = { ...fakeDialect('shop', { 'POST /shop': echo }), routes: [large] }
    const server = serve([mounted(dialect)], { settings: { bodyBytes: 1_000, requestMilliseconds: 300 } })
    const { port } = await server.listen()
    const post = (size: number) =>
      server.inject({ method: 'POST', url: '/shop/import', body: 'x'.repeat(size) }).then(answer => answer.status)
    expect(await post(5_000)).toBe(200)
    expect(await post(5_001)).toBe(413)
    const slow = 'POST /shop/import HTTP/1.1\r\nhost: x\r\ncontent-length: 4000\r\n\r\nx'
    const hogs = [rawExchange(port, slow), rawExchange(port, slow)]
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(await post(10)).toBe(429)
    await Promise.all(hogs)
    expect(await post(10)).toBe(200)
  })

  test('a route that looks first takes in nothing large of whoever may not send it', async () => {
    const handed: number[] = []
    const large = {
      ...fakeRoute('POST /shop/import', async request => {
        handed.push(request.body.length)
        return { status: 200, headers: {}, body: 'taken' }
      }),
      bodyBytes: 5_000,
      refuseUnread: (request: WireRequest) =>
        request.headers.authorization === 'key'
          ? undefined
          : { status: 401, headers: {}, body: `of ${request.body.length} bytes` },
    }
    const dialect = { ...fakeDialect('shop', { 'POST /shop': echo }), routes: [large] }
    const server = serve([mounted(dialect)], { settings: { bodyBytes: 1_000, requestMilliseconds: 300 } })
    const { port } = await server.listen()
    const url = '/shop/import'
    const body = 'x'.repeat(4_000)
    const refused = { status: 401, body: 'of 0 bytes' }
    const hogs = Array.from({ length: 4 }, () =>
      rawExchange(port, 'POST /shop/import HTTP/1.1\r\nhost: x\r\ncontent-length: 4000\r\n\r\nx'),
    )
    await new Promise(resolve => setTimeout(resolve, 100))
    const taken = await server.inject({ method: 'POST', url, body, headers: { authorization: 'key' } })
    expect(taken).toMatchObject({ status: 200, body: 'taken' })
    expect(await server.inject({ method: 'POST', url, body })).toMatchObject(refused)
    await Promise.all(hogs)
    expect(handed).toEqual([4_000])
  })

  test('a chunked body above the limit is refused without its length being told first', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'POST /shop': echo }))], { settings: { bodyBytes: 10 } })
    const { port } = await server.listen()
    const head = 'POST /shop HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n'
    const answer = await rawExchange(port, `${head}b\r\n12345678901\r\n0\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('a client that sends its body drop by drop is refused', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'POST /shop': echo }))], {
      settings: { requestMilliseconds: 80 },
    })
    const { port } = await server.listen()
    const answer = await rawExchange(port, 'POST /shop HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nx')
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toMatch(/connection: close/i)
    expect(answer).toContain('shop: too_slow')
  })
})
