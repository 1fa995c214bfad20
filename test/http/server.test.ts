import { describe, expect, test } from 'vitest'
import { StorageUnavailable } from '../../src/storage/storage.js'
import { echo, fakeDialect } from './fake-dialect.js'
import { openSocket, rawExchange, readUntil } from './raw-exchange.js'
import { createTestServer, mounted, servingEach } from './test-server.js'

const serve = servingEach()

describe('a request', () => {
  const server = () => serve([mounted(fakeDialect('shop', { 'POST /shop/carts': echo, 'GET /shop/carts': echo }))])

  test('arrives with its body byte for byte, whatever its content type says', async () => {
    const body = Buffer.from([0, 255, 10, 13, 200, 123])
    for (const type of ['application/json', 'text/plain;charset=UTF-8', 'nonsense', 'a/b; c="', '']) {
      const answer = await server().inject({
        method: 'POST',
        url: '/shop/carts',
        headers: { 'content-type': type },
        body,
      })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body).body).toBe(body.toString('base64'))
    }
  })

  test('without a content type still has its body', async () => {
    const { port } = await server().listen()
    const answer = await rawExchange(
      port,
      'POST /shop/carts HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi',
    )
    expect(answer).toContain('"body":"aGk="')
  })

  test('arrives with query, host, address and channel', async () => {
    const answer = await server().inject({
      method: 'GET',
      url: '/shop/carts?include=a,b&x=%20',
      headers: { host: 'glue.example.test:8080' },
    })
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'GET',
      path: '/shop/carts',
      rawQuery: 'include=a,b&x=%20',
      baseUrl: 'http://glue.example.test:8080',
      channel: 'de',
      clientAddress: '127.0.0.1',
    })
  })

  test('HEAD is answered like GET, without the body', async () => {
    const { port } = await server().listen()
    const answer = await rawExchange(port, 'HEAD /shop/carts HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    const [head = '', body] = answer.split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBeGreaterThan(10)
    expect(body).toBe('')
  })

  test('with an absolute address in its first line finds the same route', async () => {
    const { port } = await server().listen()
    const request = `GET http://other.test/shop/carts?a=1 HTTP/1.1\r\nhost: other.test\r\nconnection: close\r\n\r\n`
    expect(await rawExchange(port, request)).toContain('"rawQuery":"a=1"')
  })

  test('with a host name that could break out of a link is told another base URL', async () => {
    const { port } = await server().listen()
    const request = `GET /shop/carts HTTP/1.1\r\nhost: a"><script>\r\nconnection: close\r\n\r\n`
    expect(await rawExchange(port, request)).toContain(`"baseUrl":"http://localhost:${port}"`)
  })
})

describe('an answer', () => {
  test('keeps status, reason phrase and headers exactly', async () => {
    const dialect = fakeDialect('shop', {
      'GET /shop': async () => ({
        status: 403,
        reason: 'Missing access token.',
        headers: { 'Content-Type': 'application/vnd.api+json', 'set-cookie': ['a=1', 'b=2'] },
        body: '{}',
      }),
    })
    const { port } = await serve([mounted(dialect)]).listen()
    const answer = await rawExchange(port, 'GET /shop HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 403 Missing access token\.\r\n/)
    expect(answer).toContain('Content-Type: application/vnd.api+json\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n')
    expect(answer.split('\r\n\r\n')[1]).toBe('{}')
  })

  test('204 has neither body nor content type nor length, even if the dialect gives them', async () => {
    const dialect = fakeDialect('shop', {
      'DELETE /shop': async () => ({ status: 204, headers: { 'content-type': 'application/json' }, body: '{}' }),
    })
    const { port } = await serve([mounted(dialect)]).listen()
    const answer = await rawExchange(port, 'DELETE /shop HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 204 No Content/)
    expect(answer).not.toMatch(/content-type|content-length|transfer-encoding/i)
    expect(answer.split('\r\n\r\n')[1]).toBe('')
  })

  test('without a body has no content type that nobody asked for', async () => {
    const dialect = fakeDialect('shop', { 'POST /shop': async () => ({ status: 201, headers: {} }) })
    const answer = await serve([mounted(dialect)]).inject({ method: 'POST', url: '/shop', body: 'x' })
    expect(answer).toMatchObject({ status: 201, body: '' })
    expect(answer.headers['content-type']).toBeUndefined()
  })

  test('with a header that cannot be sent becomes a crash in the shape of the dialect', async () => {
    const dialect = fakeDialect('shop', {
      'GET /shop': async () => ({ status: 200, headers: { etag: 'a\r\nset-cookie: stolen=1' }, body: 'x' }),
    })
    const server = serve([mounted(dialect)])
    const answer = await server.inject({ method: 'GET', url: '/shop' })
    expect(answer).toMatchObject({ status: 500, body: 'shop: internal' })
    expect(answer.headers['set-cookie']).toBeUndefined()
  })
})

describe('what goes wrong is worded by the dialect', () => {
  test('a crash is a 500 that tells nothing, and the log has it under the request id', async () => {
    const dialect = fakeDialect('shop', {
      'GET /shop': async () => {
        throw new Error('relation "carts" is on fire')
      },
    })
    const server = serve([mounted(dialect)])
    const answer = await server.inject({ method: 'GET', url: '/shop', headers: { 'x-request-id': 'abc-12345' } })
    expect(answer).toMatchObject({ status: 500, body: 'shop: internal' })
    expect(JSON.stringify(answer)).not.toContain('on fire')
    const line =
      server
        .logged()
        .split('\n')
        .find(each => each.includes('on fire')) ?? ''
    expect(JSON.parse(line)).toMatchObject({ requestId: 'abc-12345', dialect: 'shop', route: '/shop' })
  })

  test('a database that is away is a 503', async () => {
    const dialect = fakeDialect('shop', {
      'GET /shop': async () => {
        throw new StorageUnavailable('connect ECONNREFUSED')
      },
    })
    expect(await serve([mounted(dialect)]).inject({ method: 'GET', url: '/shop' })).toMatchObject({
      status: 503,
      body: 'shop: unavailable',
    })
  })

  test('a database that is away before the channel is known is a 503 as well', async () => {
    const listChannels = async () => {
      throw new StorageUnavailable('away')
    }
    const server = serve([mounted(fakeDialect('shop', { 'GET /shop': echo }))], { listChannels })
    expect(await server.inject({ method: 'GET', url: '/shop' })).toMatchObject({ status: 503 })
  })

  test('of a handler that takes too long the client learns in time, and its late answer goes nowhere', async () => {
    let answerLate: () => void = () => undefined
    const dialect = fakeDialect('shop', {
      'GET /shop': () =>
        new Promise(resolve => {
          answerLate = () => resolve({ status: 200, headers: {}, body: 'late' })
        }),
    })
    const server = serve([mounted(dialect)], { settings: { requestMilliseconds: 50 } })
    expect(await server.inject({ method: 'GET', url: '/shop' })).toMatchObject({ status: 408, body: 'shop: too_slow' })
    answerLate()
    await new Promise(resolve => setImmediate(resolve))
    expect(server.logged()).not.toContain('"level":50')
  })

  test('percent escapes that mean nothing are refused, in paths with and without a route', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'GET /shop/:code': echo }))])
    for (const url of ['/shop/%', '/shop/%zz', '/shop/%ff', '/shop/%00', '/shop/a/b/%E0%A4', '/shop/x?a=%00']) {
      const answer = await server.inject({ method: 'GET', url })
      expect([url, answer.status, answer.body]).toEqual([url, 400, 'shop: bad_request'])
    }
  })

  test('headers without end are refused before anybody reads them', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'GET /shop': echo }))])
    const { port } = await server.listen()
    const bomb = Array.from({ length: 400 }, (_, index) => `x-${index}: ${'y'.repeat(100)}\r\n`).join('')
    const answer = await rawExchange(port, `GET /shop HTTP/1.1\r\nhost: x\r\n${bomb}\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toContain('{"error":')
  })

  test('bytes that are no HTTP get a 400 and a closed connection', async () => {
    const { port } = await serve([]).listen()
    expect(await rawExchange(port, 'hello there\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('headers that never end are given up', async () => {
    const { port } = await serve([], { settings: { headersMilliseconds: 100 } }).listen()
    const answer = await rawExchange(port, 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ')
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('a client that goes away before its answer is not logged as an error', async () => {
    let answer: () => void = () => undefined
    const mayAnswer = new Promise<void>(resolve => {
      answer = resolve
    })
    let entered: () => void = () => undefined
    const isEntered = new Promise<void>(resolve => {
      entered = resolve
    })
    const dialect = fakeDialect('shop', {
      'GET /shop': async () => {
        entered()
        await mayAnswer
        return { status: 200, headers: {} }
      },
    })
    const server = serve([mounted(dialect)])
    const { port } = await server.listen()
    const socket = openSocket(port)
    socket.write('GET /shop HTTP/1.1\r\nhost: x\r\n\r\n')
    await isEntered
    socket.destroy()
    await expect.poll(() => socket.closed).toBe(true)
    answer()
    await expect.poll(() => server.logged()).toContain('"msg":"request"')
    expect(server.logged()).not.toContain('"level":50')
  })

  test('a client that asks too often is refused where a limit is set, and another one is not', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'GET /shop': echo }))], {
      settings: { requestsPerMinute: 3, trustProxy: true },
    })
    const ask = (address: string) =>
      server.inject({ method: 'GET', url: '/shop', headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } })
    const statuses = []
    for (let index = 0; index < 5; index += 1) statuses.push((await ask('10.0.0.1')).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect((await ask('10.0.0.2')).status).toBe(200)
  })
})

describe('request ids', () => {
  test('a sane one is taken over; anything else is replaced', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'GET /shop': echo }))])
    const ask = async (id: string) =>
      (await server.inject({ method: 'GET', url: '/shop', headers: { 'x-request-id': id } })).headers['x-request-id']
    expect(await ask('trace-0123456789')).toBe('trace-0123456789')
    for (const id of ['short', 'has space inside', 'x'.repeat(129), '{"json":"injection"}']) {
      expect(await ask(id)).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

describe('closing', () => {
  test('finishes the open request, takes no new ones, and says that it is not ready', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    let entered: () => void = () => undefined
    const isEntered = new Promise<void>(resolve => {
      entered = resolve
    })
    const dialect = fakeDialect('shop', {
      'GET /shop': async () => {
        entered()
        await held
        return { status: 200, headers: {}, body: 'done in the end' }
      },
    })
    const server = createTestServer([mounted(dialect)])
    const { port } = await server.listen()
    const idle = openSocket(port)
    const idleClosed = new Promise(resolve => idle.on('close', resolve))
    const asking = openSocket(port)
    asking.write('GET /shop HTTP/1.1\r\nhost: x\r\n\r\n')
    const answer = readUntil(asking, text => text.includes('done in the end'))
    await isEntered
    const closed = server.close()
    expect(await server.inject({ method: 'GET', url: '/health/ready' })).toMatchObject({ status: 503 })
    await expect(rawExchange(port, 'GET /shop HTTP/1.1\r\n\r\n')).rejects.toThrow()
    release()
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*connection: close[\s\S]*done in the end$/i)
    await closed
    await idleClosed
  })

  test('does not wait for ever', async () => {
    const dialect = fakeDialect('shop', { 'GET /shop': () => new Promise(() => undefined) })
    const server = createTestServer([mounted(dialect)], { settings: { shutdownMilliseconds: 100 } })
    const { port } = await server.listen()
    const answer = rawExchange(port, 'GET /shop HTTP/1.1\r\nhost: x\r\n\r\n').catch(() => '')
    await new Promise(resolve => setTimeout(resolve, 30))
    const begun = performance.now()
    await server.close()
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect(await answer).toBe('')
  })

  test('a port that is taken is told, and nothing stays open', async () => {
    const { port } = await serve([]).listen()
    await expect(createTestServer([], { settings: { port } }).listen()).rejects.toThrow(/EADDRINUSE/)
  })
})

describe('probes', () => {
  test('live says yes while ready follows the database', async () => {
    let isReady = true
    const server = serve([], { isReady: () => isReady })
    const status = async (url: string) => (await server.inject({ method: 'GET', url })).status
    expect(await status('/health/ready')).toBe(200)
    isReady = false
    expect(await status('/health/ready')).toBe(503)
    expect(await status('/health/live')).toBe(200)
  })

  test('metrics count requests by dialect, route pattern and status', async () => {
    const server = serve([mounted(fakeDialect('shop', { 'GET /shop/:secret': echo }))])
    await server.inject({ method: 'GET', url: '/shop/hunter2' })
    await server.inject({ method: 'GET', url: '/shop/hunter3' })
    const { body } = await server.inject({ method: 'GET', url: '/metrics' })
    expect(body).toContain(
      'polytill_http_request_seconds_count{dialect="shop",route="/shop/:secret",method="GET",status="200"} 2',
    )
    expect(body).not.toContain('hunter')
  })
})
