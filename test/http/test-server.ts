import { Writable } from 'node:stream'
import { afterEach } from 'vitest'
import type { Channel } from '../../src/core/catalog/channel.js'
import type { Handler } from '../../src/dialects/dialect.js'
import { createLog } from '../../src/http/logging.js'
import type { MountedDialect } from '../../src/http/mount.js'
import { createServer, type HttpSettings, type Server } from '../../src/http/server.js'
import { StorageUnavailable } from '../../src/storage/storage.js'

type Operations = Parameters<Handler>[1]

export interface TestServer extends Server {
  /** Everything that was logged so far, as it was written. */
  readonly logged: () => string
}

export const testSettings: HttpSettings = {
  port: 0,
  host: '127.0.0.1',
  trustProxy: false,
  requestMilliseconds: 5_000,
  headersMilliseconds: 5_000,
  idleMilliseconds: 5_000,
  shutdownMilliseconds: 2_000,
}

/** A mount on the shared origin, unless `changes` say more. */
export function mounted(dialect: MountedDialect['dialect'], changes: Partial<MountedDialect> = {}): MountedDialect {
  return { dialect, onOrigin: true, prefixes: [], hosts: [], ports: [], ...changes }
}

/** A real server whose operations know nothing but these channels. */
export function createTestServer(
  dialects: readonly MountedDialect[],
  options: {
    readonly settings?: Partial<HttpSettings>
    readonly channels?: readonly Partial<Channel>[]
    readonly listChannels?: () => Promise<readonly Channel[]>
    readonly isReady?: () => boolean
  } = {},
): TestServer {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const channels = (options.channels ?? [{ id: 'de', allowedOrigins: [], settings: {} }]) as readonly Channel[]
  const listChannels = options.listChannels ?? (async () => channels)
  const server = createServer({
    dialects,
    operations: { listChannels } as Operations,
    settings: { ...testSettings, ...options.settings },
    log: createLog({ level: 'debug', destination }),
    readiness: async () => [{ name: 'database', isOk: options.isReady?.() ?? true }],
    isUnavailable: error => error instanceof StorageUnavailable,
  })
  return { ...server, logged: () => lines.join('') }
}

/** Starts servers that are closed after each test of the file. */
export function servingEach(): typeof createTestServer {
  const open: TestServer[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map(server => server.close()))
  })
  return (...parameters) => {
    const server = createTestServer(...parameters)
    open.push(server)
    return server
  }
}
