import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'
import type { Channel } from '../core/catalog/channel.js'
import { limits } from '../core/limits.js'
import type { Handler } from '../dialects/dialect.js'
import { type Answering, answerRequest } from './answer-request.js'
import { createChannelDirectory } from './channel-directory.js'
import { answerClientError } from './client-error.js'
import type { Log } from './logging.js'
import { createMetrics, type Metrics } from './metrics.js'
import { compileMounts, type MountedDialect } from './mount.js'
import { createPlainDialect } from './plain-dialect.js'
import { probeRoutes, type ReadinessCheck } from './probes.js'
import { createRequestGuard } from './request-guard.js'
import { compileRoutes } from './route-table.js'
import type { ProxySettings } from './wire-request.js'

/** What of the environment concerns bytes; all times in milliseconds. */
export interface HttpSettings extends ProxySettings {
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  /** From the end of the headers to the answer. */
  readonly requestMilliseconds: number
  /** For all headers to arrive. */
  readonly headersMilliseconds: number
  /** How long an idle connection is kept. */
  readonly idleMilliseconds: number
  /** How long open requests may take to finish at shutdown. */
  readonly shutdownMilliseconds: number
  /** Per client address and dialect; absent: no limit. */
  readonly requestsPerMinute?: number
  /** Largest request body; absent: `limits.bodyBytes`. */
  readonly bodyBytes?: number
}

export interface ServerParts {
  readonly dialects: readonly MountedDialect[]
  readonly operations: Parameters<Handler>[1]
  readonly settings: HttpSettings
  readonly log: Log
  readonly metrics?: Metrics
  readonly readiness: () => Promise<readonly ReadinessCheck[]>
  /** Whether a thrown error means that the database is away (503 rather than 500). */
  readonly isUnavailable: (error: unknown) => boolean
}

/** A request that never touches a socket; for tests. */
export interface InjectedRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** A dialect's own port; absent: the shared one. */
  readonly ownPort?: number
}

export interface InjectedResponse {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly body: string
  readonly bytes: Buffer
}

export interface Server {
  /** Opens every port; the origin that it answers at. Rejects when a port is taken. */
  listen(): Promise<{ readonly port: number; readonly origin: string }>
  /** Accepts nothing new, finishes what is open (within `shutdownMilliseconds`), closes every connection. */
  close(): Promise<void>
  inject(request: InjectedRequest): Promise<InjectedResponse>
}

/** Request line and headers together, bytes. */
const headerBytes = 16_384
/** How long the list of channels is kept, milliseconds: an import by another process shows after that. */
const keepChannelsMilliseconds = 2_000

type Listener = ReturnType<typeof createListener>

/**
 * An HTTP server that answers for all given dialects, and for itself under `/health` and `/metrics`.
 * The HTTP library is a local choice of this file.
 *
 * @throws Error when a dialect's table routes something twice
 */
export function createServer(parts: ServerParts): Server {
  const state = { isClosing: false, open: 0 }
  const answering = createAnswering(parts, () => state.isClosing)
  const ownPorts = [...new Set(parts.dialects.flatMap(mount => mount.ports))]
  const shared = createListener(answering, parts.settings, undefined, state)
  const own = new Map(ownPorts.map(port => [port, createListener(answering, parts.settings, port, state)]))
  const all: readonly Listener[] = [shared, ...own.values()]
  const { host, port } = parts.settings
  const close = (): Promise<void> => {
    state.isClosing = true
    return closeListeners(all, state, parts.settings.shutdownMilliseconds)
  }
  return {
    async listen() {
      try {
        await shared.listen({ host, port })
        for (const [ownPort, listener] of own) await listener.listen({ host, port: ownPort })
      } catch (error) {
        await close()
        throw error
      }
      const actual = portOf(shared)
      return { port: actual, origin: parts.settings.baseUrl ?? `http://${displayHost(host)}:${actual}` }
    },
    close,
    inject: request =>
      injectInto(request.ownPort === undefined ? shared : (own.get(request.ownPort) ?? shared), request),
  }
}

function createAnswering(parts: ServerParts, isClosing: () => boolean): Answering {
  const metrics = parts.metrics ?? createMetrics({ withProcess: false })
  const probes = probeRoutes({ readiness: parts.readiness, metrics: metrics.render, isClosing })
  const house = { onOrigin: true, prefixes: [], hosts: [], ports: [], house: 'probes' } as const
  const mounts = compileMounts([{ ...house, dialect: createPlainDialect('probes', probes) }, ...parts.dialects])
  const fallback = { ...house, dialect: createPlainDialect('none', []), table: compileRoutes([]) }
  const now = (): number => performance.now()
  const list = async (): Promise<readonly Channel[]> => parts.operations.listChannels()
  return {
    mounts,
    fallback,
    operations: parts.operations,
    channels: createChannelDirectory(list, { keepMilliseconds: keepChannelsMilliseconds, now }),
    log: parts.log,
    metrics,
    guard: createRequestGuard(parts.settings.requestsPerMinute, now),
    proxy: parts.settings,
    bodyBytes: parts.settings.bodyBytes ?? limits.bodyBytes,
    largeBodies: { open: 0 },
    requestMilliseconds: parts.settings.requestMilliseconds,
    isUnavailable: parts.isUnavailable,
    isClosing,
    now,
  }
}

/**
 * One Fastify instance per port. It listens, keeps connections in order and injects test requests; routing and bodies
 * are ours, since five dialects disagree on empty path parameters, content types, 404s and reason phrases.
 */
function createListener(
  answering: Answering,
  settings: HttpSettings,
  ownPort: number | undefined,
  state: { open: number },
) {
  const app = fastify({
    logger: false,
    return503OnClosing: false,
    // the whole request, body included; our own time limit answers first, this one guards against a stuck socket
    requestTimeout: settings.requestMilliseconds + 5_000,
    keepAliveTimeout: settings.idleMilliseconds,
    http: {
      maxHeaderSize: headerBytes,
      headersTimeout: settings.headersMilliseconds,
      connectionsCheckingInterval: Math.min(5_000, settings.headersMilliseconds),
    },
    clientErrorHandler: answerClientError,
    // every path goes to the one hook below; Fastify's router never sees it
    rewriteUrl: () => '/',
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.hijack()
    state.open += 1
    reply.raw.once('close', () => {
      state.open -= 1
    })
    await answerRequest(answering, { request: request.raw, response: reply.raw, url: request.originalUrl }, ownPort)
  })
  return app
}

/** Connections that say nothing would hold the server open, so they are closed as soon as no request is. */
async function closeListeners(
  listeners: readonly Listener[],
  state: { readonly open: number },
  graceMilliseconds: number,
): Promise<void> {
  const deadline = performance.now() + graceMilliseconds
  const closing = Promise.all(listeners.map(listener => listener.close()))
  const sweep = setInterval(() => {
    if (state.open > 0 && performance.now() < deadline) return
    for (const listener of listeners) listener.server.closeAllConnections()
  }, 50)
  await closing.finally(() => clearInterval(sweep))
}

async function injectInto(listener: Listener, request: InjectedRequest): Promise<InjectedResponse> {
  // the test transport knows the usual methods by name, and passes others on as they are
  const method = request.method as 'GET'
  const response = await listener.inject({
    method,
    url: request.url,
    headers: { ...request.headers },
    ...(request.body === undefined ? {} : { payload: request.body }),
  })
  return {
    status: response.statusCode,
    reason: response.statusMessage,
    headers: response.headers,
    body: response.payload,
    bytes: response.rawPayload,
  }
}

function portOf(listener: Listener): number {
  const address: AddressInfo | string | null = listener.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** An address that a browser can open: what listens on all interfaces is reached by name. */
function displayHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
