import { fileURLToPath } from 'node:url'
import { createAdmin } from './admin/index.js'
import { type Assembly, assemble } from './assemble.js'
import { type Background, repeat } from './background.js'
import { type Config, describeDatabase } from './config.js'
import type { Instant } from './core/ids.js'
import { limits } from './core/limits.js'
import { presets } from './core/pricing/presets.js'
import type { Dialect } from './dialects/dialect.js'
import { dialects } from './dialects/index.js'
import { createLog, type Log } from './http/logging.js'
import { createMetrics } from './http/metrics.js'
import { baseUrlsOf, type MountedDialect } from './http/mount.js'
import { createPlainDialect } from './http/plain-dialect.js'
import { createServer, type Server } from './http/server.js'
import { openConfiguredStorage } from './open-configured-storage.js'
import { exportStoreFile } from './operations/export-store-file.js'
import { type ImportDeps, importStoreFile } from './operations/import-store-file.js'
import type { Operations } from './operations/operations.js'
import { ownFile } from './own-files.js'
import { createCheckoutPages } from './pages/checkout/checkout-pages.js'
import { demoImageRoute } from './pages/demo-images.js'
import { gatewayNotificationRoute } from './pages/gateway-notifications.js'
import { iconRoute } from './pages/icon.js'
import { referenceRoutes } from './pages/reference/reference-pages.js'
import { createSandboxPages } from './pages/sandbox/sandbox-pages.js'
import { type DialectEntry, startPageRoute } from './pages/start/start-page.js'
import { hashPassword } from './password-hasher.js'
import { providerNames } from './payments/provider-names.js'
import { openStripe } from './payments/stripe/open-stripe.js'
import { checkReadiness } from './readiness.js'
import type { OpenStorage } from './storage/open-storage.js'
import { StorageUnavailable } from './storage/storage.js'

/** A server that listens. */
export interface RunningServer {
  readonly origin: string
  readonly port: number
  readonly operations: Operations
  readonly adminKey: AdminKey
  /** Every dialect with its base URLs and a request to try. */
  readonly dialects: readonly DialectEntry[]
  /** Which database this is, without its password. */
  readonly database: string
  /** Finishes open requests, stops what runs in the background, closes the database. May be called again. */
  stop(): Promise<void>
}

export interface AdminKey {
  readonly key: string
  /** Made at this start: people must be shown it. */
  readonly isNew: boolean
}

export interface StartOptions {
  /** Before listening: `dev` fills an empty database here. */
  readonly prepare?: (storage: OpenStorage) => Promise<void>
  /** Absent: JSON lines on standard output. */
  readonly log?: Log
  /** Absent: the machine's clock. */
  readonly clock?: () => Instant
  /** How long a payment gateway is waited for, milliseconds; absent: `limits.gatewayWaitMilliseconds`. */
  readonly gatewayWaitMilliseconds?: number
  /** A database that is open already; it is closed with the server. */
  readonly storage?: OpenStorage
  /** Stands between the server and every API that it mounts. */
  readonly wrap?: (dialect: Dialect) => Dialect
}

/** How often what expired is deleted, milliseconds, and how many rows at a time. Ours. */
const pruneEveryMilliseconds = 60_000
const prunedAtOnce = 500
/** How long events wait for somebody to fetch them, milliseconds: 30 days. Ours. */
const eventsKeptMilliseconds = 30 * 24 * 3_600_000

const openApiDocuments = fileURLToPath(ownFile('../docs/openapi'))
const demoImages = fileURLToPath(ownFile('../demo/images'))

const embeddedWarning =
  'This is the embedded database: good for trying, developing and testing. A power cut may lose the last changes, ' +
  'and only one process can use it. Set DATABASE_URL to a PostgreSQL for a shop.'

/**
 * Opens the database, puts everything together by hand, and listens.
 *
 * @throws DirectoryLocked, StorageUnavailable, or the system's error when a port is taken; nothing stays open then
 */
export async function start(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog({ level: config.logLevel })
  const storage = options.storage ?? (await openConfiguredStorage(config, log))
  try {
    await options.prepare?.(storage)
    return await serve(config, storage, log, options)
  } catch (error) {
    await storage.close()
    throw error
  }
}

/** What reading a store file into this database needs. */
export function importDepsOf(storage: OpenStorage): ImportDeps {
  return {
    store: storage.imports,
    catalog: storage.catalog,
    presets,
    providers: providerNames,
    clock: () => new Date().toISOString(),
    hashPassword,
  }
}

async function serve(config: Config, storage: OpenStorage, log: Log, options: StartOptions): Promise<RunningServer> {
  const place = { origin: config.http.baseUrl ?? '' }
  const assembly = await assemble({
    storage,
    gatewayRecords: storage.gatewayRecords,
    log,
    baseUrl: () => place.origin,
    taxHosts: config.taxHosts,
    ...(config.stripe === undefined ? {} : { stripe: await openStripe(config.stripe) }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.gatewayWaitMilliseconds === undefined
      ? {}
      : { gatewayWaitMilliseconds: options.gatewayWaitMilliseconds }),
  })
  const adminKey = await readAdminKey(config, storage, assembly)
  const shops = mountDialects(config)
  const mounts = [...houseMounts(config, storage, assembly, adminKey.key, shops), ...shops]
  const { wrap } = options
  const server = createServer({
    dialects: wrap === undefined ? mounts : mounts.map(mount => ({ ...mount, dialect: wrap(mount.dialect) })),
    operations: assembly.operations,
    settings: config.http,
    log,
    metrics: createMetrics({ withProcess: true }),
    readiness: () => checkReadiness(storage),
    isUnavailable: error => error instanceof StorageUnavailable,
  })
  const { port, origin } = await server.listen()
  place.origin = origin
  const { pid } = process
  log.info({ origin, database: describeDatabase(config.database), version: config.version, pid }, 'listening')
  const background = startBackground(storage, assembly, log, config.recoverEveryMilliseconds)
  return {
    origin,
    port,
    operations: assembly.operations,
    adminKey,
    dialects: entriesOf(shops, origin),
    database: describeDatabase(config.database),
    stop: once(() => stopAll(server, background, assembly, storage, log)),
  }
}

async function readAdminKey(config: Config, storage: OpenStorage, { deps }: Assembly): Promise<AdminKey> {
  if (config.adminKey !== undefined) return { key: config.adminKey, isNew: false }
  const made = deps.ids.secret()
  const key = await storage.settings.readOrCreate('admin-key', () => made)
  return { key, isNew: key === made }
}

/** Where each platform's API answers: on the shared origin, unless the environment says otherwise. */
export function mountDialects(config: Config): readonly MountedDialect[] {
  const onOrigin: Config['mounts'][string] = { onOrigin: true, prefixes: [], hosts: [], ports: [] }
  return dialects.map(dialect => ({ dialect, ...(config.mounts[dialect.name] ?? onOrigin) }))
}

function houseMounts(
  config: Config,
  storage: OpenStorage,
  { sandbox }: Assembly,
  adminKey: string,
  shops: readonly MountedDialect[],
): readonly MountedDialect[] {
  const house = { onOrigin: true, prefixes: [], hosts: [], ports: [], house: 'pages' } as const
  const imports = importDepsOf(storage)
  const admin = createAdmin({
    adminKey,
    importFile: file => importStoreFile(imports, file),
    exportFile: format => exportStoreFile({ store: storage.imports }, format),
  })
  const startPage = startPageRoute({
    version: config.version,
    database: describeDatabase(config.database),
    ...(config.database.kind === 'server' ? {} : { warning: embeddedWarning }),
    dialects: origin => entriesOf(shops, origin),
  })
  const reference = referenceRoutes(openApiDocuments, [admin, ...shops.map(shop => shop.dialect)])
  return [
    {
      ...house,
      dialect: createPlainDialect('pages', [startPage, iconRoute, demoImageRoute(demoImages), ...reference]),
    },
    { ...house, dialect: createCheckoutPages() },
    { ...house, dialect: createSandboxPages(sandbox) },
    { ...house, dialect: createPlainDialect('gateways', [gatewayNotificationRoute]) },
    { ...house, dialect: admin },
  ]
}

function entriesOf(mounts: readonly MountedDialect[], origin: string): readonly DialectEntry[] {
  return mounts.map(mount => {
    const baseUrls = baseUrlsOf(mount, origin)
    const { name, title, sample } = mount.dialect
    return { name, title, baseUrls, sampleTitle: sample.title, curl: sample.curl(baseUrls[0] ?? origin) }
  })
}

function startBackground(
  storage: OpenStorage,
  { operations }: Assembly,
  log: Log,
  recoverEveryMilliseconds: number,
): readonly Background[] {
  const recover = async (signal: AbortSignal): Promise<void> => {
    const orders = await operations.recoverOrders(signal)
    if (orders > 0) log.info({ orders }, 'orders that were left open were looked at')
  }
  const prune = async (signal: AbortSignal): Promise<void> => {
    const now = new Date().toISOString()
    for (const store of [storage.carts, storage.idempotency, storage.credentials, storage.attempts]) {
      // As long as there is a whole batch: more may expire in a minute than one statement should delete.
      while (!signal.aborted && (await store.prune(now, prunedAtOnce)) === prunedAtOnce);
    }
    const over = new Date(Date.parse(now) - limits.signInSeconds * 1000).toISOString()
    while (!signal.aborted && (await storage.signOuts.prune(over, prunedAtOnce)) === prunedAtOnce);
    const tooOld = new Date(Date.parse(now) - eventsKeptMilliseconds).toISOString()
    while (!signal.aborted && (await storage.outbox.prune(tooOld, prunedAtOnce)) === prunedAtOnce);
  }
  return [
    repeat('recover orders', recoverEveryMilliseconds, recover, log),
    repeat('prune', pruneEveryMilliseconds, prune, log),
  ]
}

async function stopAll(
  server: Server,
  background: readonly Background[],
  { sandbox }: Assembly,
  storage: OpenStorage,
  log: Log,
): Promise<void> {
  log.info({}, 'closing')
  await server.close()
  sandbox.close()
  await Promise.all(background.map(each => each.stop()))
  await sandbox.settled()
  await storage.close()
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
    return running
  }
}
