import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../src/config.js'
import { dialects } from '../../src/dialects/index.js'
import { createLog } from '../../src/http/logging.js'
import { type RunningServer, start } from '../../src/main.js'
import { openStorage } from '../../src/storage/open-storage.js'
import { requestTemplate } from '../support/databases.js'
import { exchange } from '../support/test-server.js'

const lines: string[] = []
let server: RunningServer
beforeAll(async () => {
  await requestTemplate()
  const storage = await openStorage({ url: 'memory:', dataDirectory: '' })
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', DATABASE_URL: 'memory:' })
  const log = createLog({ level: 'info', destination: { write: line => void lines.push(line) } })
  server = await start(config, { storage, log })
})
afterAll(() => server.stop())

const asked = {
  spryker: ['POST', '/guest-cart-items', { errors: [{ status: 503, detail: 'Service Unavailable' }] }],
  vtex: [
    'GET',
    '/api/checkout/pub/orderForm',
    {
      fields: {},
      error: { code: 'CHK0292', message: 'A lock operation timed out', exception: null },
      operationId: expect.any(String),
    },
  ],
  bigcommerce: [
    'GET',
    '/api/storefront/carts',
    {
      ...{ status: 503, title: 'Service Unavailable', code: 'unavailable', type: 'about:blank' },
      detail: 'The service is not available now. Please try again.',
    },
  ],
  spree: ['POST', '/api/orders', { exception: 'Service Unavailable' }],
  wix: ['POST', '/oauth2/token', { message: '', details: {} }],
} as const

it('every dialect has a request here', () => {
  expect(Object.keys(asked).sort()).toEqual(dialects.map(({ name }) => name).sort())
})

it.each(Object.entries(asked))(
  'a store without a channel answers %s with 503 in its own shape, and the log says what to do',
  async (name, [method, path, body]) => {
    lines.length = 0
    const options = { headers: { 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) }
    const answer = await exchange(server.port, method, path, options)
    expect([answer.status, answer.json]).toEqual([503, body])
    expect(lines.map(line => JSON.parse(line)).filter(({ level }) => level >= 40)).toMatchObject([
      { level: 40, dialect: name, msg: 'the store has no channel: import a store file, or correct POLYTILL_MOUNTS' },
    ])
  },
)
