import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll } from 'vitest'
import { runSeed } from '../../src/cli/seed.js'
import { readConfig } from '../../src/config.js'
import type { Instant } from '../../src/core/ids.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import { createLog } from '../../src/http/logging.js'
import { importDepsOf, start } from '../../src/main.js'
import type { Operations } from '../../src/operations/operations.js'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { describeOnEachDatabase as describeStorageOnEachDatabase, type Open, type Order } from './databases.js'
import { recorder } from './record-exchanges.js'

export interface TestAnswer {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>
  /** Each `Set-Cookie` as it was sent. */
  readonly cookies: readonly string[]
  readonly text: string
  /** Of any shape: a test that looks where nothing is fails by that. */
  readonly json: ReturnType<typeof JSON.parse>
}

export interface TestRequest {
  readonly headers?: Readonly<Record<string, string>>
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: string | object
}

/** The real server on a real socket, with the demo store in a real database. */
export interface TestServer {
  readonly baseUrl: string
  readonly operations: Operations
  readonly storage: OpenStorage
  /** Lines that were logged so far. */
  readonly log: readonly string[]
  request(method: string, path: string, options?: TestRequest): Promise<TestAnswer>
  /** The server's own time. */
  now(): Instant
  /** Moves the server's clock. */
  advance(milliseconds: number): void
  close(): Promise<void>
}

/** Starts a server over `storage` (emptied by whoever opened it; absent: PGlite in memory), and loads the demo store. */
export async function startTestServer(options: {
  readonly storage?: OpenStorage
  readonly listen?: boolean
  /** How long the server waits for a payment gateway; absent: as shipped. */
  readonly gatewayWaitMilliseconds?: number
  /** Stands between the server and every API that it mounts; absent: the run's recorder, where it has one. */
  readonly wrap?: (dialect: Dialect) => Dialect
  /** What stands in `POLYTILL_MOUNTS`. */
  readonly mounts?: string
  /** What clients call the server; absent: its own socket. */
  readonly publicUrl?: string
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>
  /** `storage` is another server's, which loaded the demo store and will close it. */
  readonly besides?: true
}): Promise<TestServer> {
  const own = options.storage ?? (await openStorage({ url: 'memory:', dataDirectory: '' }))
  const storage = options.besides ? { ...own, close: () => Promise.resolve() } : own
  const lines: string[] = []
  let ahead = 0
  if (!options.besides) await seedDemo(storage)
  const place = options.mounts === undefined ? {} : { POLYTILL_MOUNTS: options.mounts }
  const name = options.publicUrl === undefined ? {} : { POLYTILL_BASE_URL: options.publicUrl }
  const bare = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: 'memory:' }
  const config = readConfig({ ...bare, ...place, ...name, ...options.environment })
  const clock = () => new Date(Date.now() + ahead).toISOString()
  const { gatewayWaitMilliseconds, wrap = recorder } = options
  const running = await start(config, {
    storage,
    clock,
    ...(gatewayWaitMilliseconds === undefined ? {} : { gatewayWaitMilliseconds }),
    ...(wrap === undefined ? {} : { wrap }),
    log: createLog({ level: 'info', destination: { write: line => void lines.push(line) } }),
  })
  return {
    baseUrl: running.origin,
    operations: running.operations,
    storage,
    log: lines,
    request: (method, path, sent = {}) => exchange(running.port, method, path, sent),
    now: clock,
    advance: milliseconds => {
      ahead += milliseconds
    },
    close: () => running.stop(),
  }
}

async function seedDemo(storage: OpenStorage): Promise<void> {
  const said: string[] = []
  const code = await runSeed('demo', { deps: importDepsOf(storage), output: { write: text => void said.push(text) } })
  if (code !== 0) throw new Error(said.join(''))
}

/** The same suite on each database, over one server with a fresh demo store each. */
export function describeOnEachDatabase(
  name: string,
  define: (server: () => TestServer) => void,
  options: Pick<Parameters<typeof startTestServer>[0], 'gatewayWaitMilliseconds' | 'environment'> & {
    readonly order?: Order
  } = {},
): void {
  const { order, ...started } = options
  const onEach = (open: Open) => {
    let server: TestServer | undefined
    beforeAll(async () => {
      server = await startTestServer({ ...started, storage: await open() })
    })
    afterAll(() => server?.close())
    define(() => {
      if (server === undefined) throw new Error('the server starts before the first test')
      return server
    })
  }
  describeStorageOnEachDatabase(name, onEach, order)
}

/** One request over a socket of its own, read whole; nothing between it and the bytes of the answer. */
export function exchange(port: number, method: string, path: string, sent: TestRequest): Promise<TestAnswer> {
  const body = sent.body === undefined || typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body)
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const headers = { ...length, ...sent.headers }
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? '',
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [
              name,
              Array.isArray(value) ? value.join(', ') : (value ?? ''),
            ]),
          ),
          cookies: response.headers['set-cookie'] ?? [],
          text,
          json: parsed(text),
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
