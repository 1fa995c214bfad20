import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/http/logging.js'
import { echo, fakeDialect } from './fake-dialect.js'
import { createTestServer, mounted } from './test-server.js'

function captureLog() {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: createLog({ level: 'debug', destination }), text: () => lines.join('') }
}

const secrets = {
  card: '4111 1111 1111 1111',
  email: 'customer@polytill.test',
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  street: 'Julie-Wolfthorn-Strasse 1',
}

describe('a log line', () => {
  test('holds no card number, e-mail address, token or password, wherever they stand', () => {
    const { log, text } = captureLog()
    log.info(
      {
        headers: { authorization: `Bearer ${secrets.token}`, Cookie: 'id=1', 'X-Spree-Token': 'hunter2hunter2' },
        deep: { list: [{ cardNumber: secrets.card, address1: secrets.street, password: 'change123' }] },
        free: `paid with ${secrets.card} by ${secrets.email}, Bearer ${secrets.token}`,
        url: '/api/orders/R1?order_token=hunter2hunter2&include=a',
      },
      `sent to ${secrets.email}`,
    )
    for (const secret of [...Object.values(secrets), 'hunter2', 'change123', 'id=1'])
      expect(text()).not.toContain(secret)
    expect(text()).toContain('include=a')
  })

  test('of an error keeps type, message, code and stack, scrubbed, and leaves its other members out', () => {
    const { log, text } = captureLog()
    const cause = new Error(`card 5555555555554444 of ${secrets.email}`)
    const error = Object.assign(new Error('duplicate key', { cause }), {
      code: '23505',
      detail: `Key (email)=(${secrets.email}) already exists.`,
    })
    log.error({ err: error }, 'failed')
    const line = JSON.parse(text())
    expect(line.err).toMatchObject({ type: 'Error', message: 'duplicate key', code: '23505' })
    expect(line.err.cause.message).toBe('card [redacted] of [redacted]')
    expect(text()).not.toContain('polytill.test')
  })

  test('does not put database passwords into the log', () => {
    const { log, text } = captureLog()
    log.error({ err: new Error('cannot reach postgres://shop:hunter2@db.internal/shop') }, 'failed')
    expect(text()).toContain('db.internal')
    expect(text()).not.toContain('hunter2')
  })

  test('keeps ids, order numbers and amounts readable', () => {
    const { log, text } = captureLog()
    const fields = { orderNumber: '1234567890123-01', id: '0b0f41ac-6e3a-4a5b-9c1d-1234567890ab', total: 61_877n }
    log.info(fields, 'order DE--17 placed')
    expect(JSON.parse(text())).toMatchObject({ ...fields, total: '61877', msg: 'order DE--17 placed' })
  })

  test('survives a value that contains itself', () => {
    const { log, text } = captureLog()
    const loop: Record<string, unknown> = { name: 'loop' }
    loop.self = loop
    log.info({ loop }, 'round')
    expect(text()).toContain('[deeper]')
  })
})

test('a request is logged by its route pattern, without path, query, headers and body', async () => {
  const server = createTestServer([mounted(fakeDialect('shop', { 'POST /shop/:token': echo }))])
  await server.inject({
    method: 'POST',
    url: '/shop/path-secret?order_token=query-secret',
    headers: { authorization: 'Bearer header-secret', cookie: 'session=cookie-secret' },
    body: JSON.stringify({ cardNumber: '4111111111111111', note: 'body-secret' }),
  })
  await server.close()
  const line = JSON.parse(server.logged())
  expect(line).toMatchObject({ dialect: 'shop', method: 'POST', route: '/shop/:token', status: 200, msg: 'request' })
  expect(server.logged()).not.toMatch(/secret|4111/)
})
