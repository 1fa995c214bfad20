import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { dialects as knownDialects } from './dialects/index.js'
import { type LogLevel, logLevels } from './http/logging.js'
import type { HttpSettings } from './http/server.js'
import { ownFile } from './own-files.js'
import type { StripeSettings } from './payments/stripe/open-stripe.js'

/** Where one dialect answers, and through which channel. */
export interface MountSettings {
  readonly onOrigin: boolean
  readonly prefixes: readonly string[]
  readonly hosts: readonly string[]
  readonly ports: readonly number[]
  readonly channel?: string
}

/** The environment, parsed: nothing else in this program reads `process.env`. */
export interface Config {
  readonly http: HttpSettings
  readonly database: DatabaseSettings
  readonly logLevel: LogLevel
  /** How many processes serve together at one port; 1: this one alone. */
  readonly processes: number
  /** How often orders that a crash or a silent gateway left open are looked for. */
  readonly recoverEveryMilliseconds: number
  /** Where outside providers of taxes may be asked besides the open network, by TLS or not. */
  readonly taxHosts: readonly string[]
  /** The account at Stripe; absent: nobody pays by it. */
  readonly stripe?: StripeSettings
  /** Absent: one is made at the first start and shown once. */
  readonly adminKey?: string
  /** By dialect name; a dialect without an entry answers on the shared origin. */
  readonly mounts: Readonly<Record<string, MountSettings>>
  readonly version: string
}

export type DatabaseSettings =
  /** PostgreSQL in process, in that directory. */
  | { readonly kind: 'embedded'; readonly directory: string }
  /** The same in memory: gone with the process. */
  | { readonly kind: 'memory' }
  | { readonly kind: 'server'; readonly url: string }

/** Every problem of the environment at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(readonly problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
  }
}

/** Names and meanings, for `--help`, the README and `doctor`. */
export const environmentVariables: Readonly<Record<string, string>> = {
  PORT: 'port of the shared origin (8080)',
  HOST: 'address to listen on (0.0.0.0: all)',
  DATABASE_URL: 'postgres://..., memory:, or nothing for the embedded database',
  POLYTILL_DATA_DIR: 'directory of the embedded database (.polytill)',
  POLYTILL_ADMIN_KEY: 'key of the admin API, at least 16 characters (made and shown once at the first start)',
  POLYTILL_BASE_URL: 'what clients call this server, e.g. https://checkout.example.com',
  POLYTILL_MOUNTS:
    'where dialects answer: name=/prefix, name=host.name, name=:port, name=root, name@channel; separated by spaces',
  POLYTILL_TRUST_PROXY: 'true: believe X-Forwarded-For, -Proto and -Host of the nearest proxy (false)',
  POLYTILL_REQUEST_TIMEOUT_SECONDS: 'longest time from headers to answer (30)',
  POLYTILL_HEADERS_TIMEOUT_SECONDS: 'longest time for request headers to arrive (10)',
  POLYTILL_IDLE_TIMEOUT_SECONDS: 'how long an idle connection is kept (65)',
  POLYTILL_SHUTDOWN_SECONDS: 'how long open requests may finish at shutdown (15)',
  POLYTILL_RECOVERY_SECONDS: 'how often orders that a crash or a silent gateway left open are looked for (5)',
  POLYTILL_TAX_HOSTS:
    'hosts (or host:port) of tax services that may be asked without TLS or at private addresses; separated by spaces (none)',
  POLYTILL_STRIPE_SECRET_KEY: 'secret or restricted key of a Stripe account (none: nobody pays by Stripe)',
  POLYTILL_STRIPE_WEBHOOK_SECRET:
    'signing secret of the endpoint that Stripe sends its events to (none: they are refused)',
  POLYTILL_STRIPE_URL: "where Stripe's API is, for tests (Stripe itself)",
  POLYTILL_PROCESSES:
    'how many processes serve together at one port, or all: one for each core; only with PostgreSQL (1)',
  POLYTILL_REQUESTS_PER_MINUTE: 'per client address and dialect, in each process (no limit)',
  LOG_LEVEL: `${logLevels.join(', ')} (info)`,
}

/** Where our own pages and the admin API answer: a dialect there would hide them. */
const ownFolders = new Set(['admin', 'demo', 'docs', 'gateways', 'health', 'metrics', 'pay', 'sandbox'])

const dialectNames = knownDialects.map(dialect => dialect.name)

const seconds = (fallback: number) =>
  z.coerce
    .number('must be a number of seconds')
    .positive('must be above 0')
    .max(3_600, 'must be at most 3600')
    .default(fallback)

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine(isBare, 'must have no query, no fragment and no user')
  .transform(text => text.replace(/\/+$/, ''))

function isBare(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { search, hash, username, password } = new URL(text)
  return `${search}${hash}${username}${password}` === ''
}

function isDatabase(text: string): boolean {
  return text === 'memory:' || (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text))
}

const portNumber = z.coerce.number('must be a port number').int('must be a whole number').min(0).max(65_535)

const schema = z.object({
  PORT: portNumber.default(8080),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z
    .string()
    .refine(isDatabase, 'must be postgres://user@host/database, with other characters as %40 and the like, or memory:')
    .optional(),
  POLYTILL_DATA_DIR: z.string().default('.polytill'),
  POLYTILL_ADMIN_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 letters, digits or signs of ASCII, without spaces')
    .optional(),
  POLYTILL_BASE_URL: origin.optional(),
  POLYTILL_MOUNTS: z.string().default(''),
  POLYTILL_TRUST_PROXY: z.enum(['true', 'false'], 'must be true or false').default('false'),
  POLYTILL_REQUEST_TIMEOUT_SECONDS: seconds(30),
  POLYTILL_HEADERS_TIMEOUT_SECONDS: seconds(10),
  POLYTILL_IDLE_TIMEOUT_SECONDS: seconds(65),
  POLYTILL_SHUTDOWN_SECONDS: seconds(15),
  POLYTILL_RECOVERY_SECONDS: seconds(5),
  POLYTILL_TAX_HOSTS: z
    .string()
    .regex(
      /^[A-Za-z0-9.:[\]_-]+([\s,]+[A-Za-z0-9.:[\]_-]+)*$/,
      'must be hosts such as taxes.internal or localhost:9000',
    )
    .optional(),
  POLYTILL_STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_\w+$/, 'must be a secret or restricted key: sk_... or rk_...')
    .optional(),
  POLYTILL_STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S+$/, 'must be a signing secret: whsec_...')
    .optional(),
  POLYTILL_STRIPE_URL: origin.optional(),
  POLYTILL_PROCESSES: z
    .string()
    .regex(/^(all|[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-6])$/, 'must be all or a whole number from 1 to 256')
    .transform(written => (written === 'all' ? availableParallelism() : Number(written)))
    .default(1),
  POLYTILL_REQUESTS_PER_MINUTE: z.coerce.number('must be a number').int().positive('must be above 0').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

/**
 * Reads the environment. Empty counts as unset.
 *
 * @param dialects  names that `POLYTILL_MOUNTS` may use
 * @throws ConfigError with every problem
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  dialects: readonly string[] = dialectNames,
): Config {
  const present = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      const trimmed = value?.trim() ?? ''
      return trimmed === '' ? [] : [[name, trimmed]]
    }),
  )
  const parsed = schema.safeParse(present)
  const mounts = readMounts(present.POLYTILL_MOUNTS ?? '', dialects)
  const problems = [
    ...(parsed.error?.issues ?? []).map(issue => `${issue.path.join('.')} ${issue.message}`),
    ...mounts.problems.map(problem => `POLYTILL_MOUNTS ${problem}`),
    ...(parsed.success ? contradictions(parsed.data, mounts.mounts) : []),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return configOf(parsed.data, mounts.mounts)
}

/** Values that are fine each, and not with each other. */
function contradictions(read: z.infer<typeof schema>, mounts: Config['mounts']): readonly string[] {
  const { POLYTILL_PROCESSES, DATABASE_URL, PORT } = read
  const isServer = databaseOf(DATABASE_URL, '').kind === 'server'
  const shared = Object.entries(mounts).filter(([, { ports }]) => ports.includes(PORT))
  return [
    ...(POLYTILL_PROCESSES > 1 && !isServer
      ? ['POLYTILL_PROCESSES must be 1 with the embedded database, which has room for one']
      : []),
    ...(['POLYTILL_STRIPE_WEBHOOK_SECRET', 'POLYTILL_STRIPE_URL'] as const)
      .filter(name => read[name] !== undefined && read.POLYTILL_STRIPE_SECRET_KEY === undefined)
      .map(name => `${name} means nothing without POLYTILL_STRIPE_SECRET_KEY`),
    ...shared.map(
      ([name]) => `POLYTILL_MOUNTS must give ${name} another port than PORT, ${PORT}, which is the shared one`,
    ),
  ]
}

function configOf(read: z.infer<typeof schema>, mounts: Config['mounts']): Config {
  return {
    http: {
      port: read.PORT,
      host: read.HOST,
      trustProxy: read.POLYTILL_TRUST_PROXY === 'true',
      ...(read.POLYTILL_BASE_URL === undefined ? {} : { baseUrl: read.POLYTILL_BASE_URL }),
      requestMilliseconds: read.POLYTILL_REQUEST_TIMEOUT_SECONDS * 1_000,
      headersMilliseconds: read.POLYTILL_HEADERS_TIMEOUT_SECONDS * 1_000,
      idleMilliseconds: read.POLYTILL_IDLE_TIMEOUT_SECONDS * 1_000,
      shutdownMilliseconds: read.POLYTILL_SHUTDOWN_SECONDS * 1_000,
      ...(read.POLYTILL_REQUESTS_PER_MINUTE === undefined
        ? {}
        : { requestsPerMinute: read.POLYTILL_REQUESTS_PER_MINUTE }),
    },
    database: databaseOf(read.DATABASE_URL, read.POLYTILL_DATA_DIR),
    logLevel: read.LOG_LEVEL,
    processes: read.POLYTILL_PROCESSES,
    recoverEveryMilliseconds: read.POLYTILL_RECOVERY_SECONDS * 1_000,
    taxHosts: (read.POLYTILL_TAX_HOSTS ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(host => host !== ''),
    ...stripeOf(read),
    ...(read.POLYTILL_ADMIN_KEY === undefined ? {} : { adminKey: read.POLYTILL_ADMIN_KEY }),
    mounts,
    version: packageVersion(),
  }
}

function stripeOf(read: z.infer<typeof schema>): Pick<Config, 'stripe'> {
  const { POLYTILL_STRIPE_SECRET_KEY: secretKey, POLYTILL_STRIPE_WEBHOOK_SECRET: webhookSecret } = read
  if (secretKey === undefined) return {}
  const url = read.POLYTILL_STRIPE_URL
  return {
    stripe: {
      secretKey,
      ...(webhookSecret === undefined ? {} : { webhookSecret }),
      ...(url === undefined ? {} : { url }),
    },
  }
}

function databaseOf(url: string | undefined, directory: string): DatabaseSettings {
  if (url === undefined) return { kind: 'embedded', directory }
  return url === 'memory:' ? { kind: 'memory' } : { kind: 'server', url }
}

/** What people are told about the database; never its password. */
export function describeDatabase(settings: DatabaseSettings): string {
  switch (settings.kind) {
    case 'embedded':
      return `embedded PostgreSQL in ${settings.directory}`
    case 'memory':
      return 'embedded PostgreSQL in memory, gone when the process ends'
    case 'server': {
      if (!URL.canParse(settings.url)) return 'PostgreSQL'
      const { host, pathname } = new URL(settings.url)
      return `PostgreSQL at ${host}${pathname}`
    }
  }
}

/** Variables that look like ours and are not: misspelt ones, for `doctor` (an orchestrator may inject some of its own). */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(environment).filter(name => name.startsWith('POLYTILL_') && !(name in environmentVariables))
}

interface MountsRead {
  readonly mounts: Readonly<Record<string, MountSettings>>
  readonly problems: readonly string[]
}

/** `spryker=:8081 spryker=/glue vtex=vtex.shop.test vtex@br`: all places of one dialect add up. */
function readMounts(text: string, dialects: readonly string[]): MountsRead {
  const mounts = new Map<string, MountSettings>()
  const problems: string[] = []
  for (const entry of text.split(/[\s,]+/).filter(each => each !== '')) {
    const [, name = '', sign, place = ''] = /^([a-z0-9-]+)([=@])(.+)$/.exec(entry) ?? []
    if (!dialects.includes(name)) {
      problems.push(`"${entry}" must begin with one of ${dialects.join(', ')}, then = or @`)
      continue
    }
    if (ownFolders.has(/^\/([^/]+)/.exec(place)?.[1] ?? '')) {
      problems.push(`"${place}" in "${entry}" is an address of Polytill itself`)
      continue
    }
    const settled = mounts.get(name) ?? { onOrigin: false, prefixes: [], hosts: [], ports: [] }
    const added = sign === '@' ? { ...settled, channel: place } : addPlace(settled, place)
    if (added) mounts.set(name, added)
    else problems.push(`"${place}" in "${entry}" is no /prefix, host.name, :port or root`)
  }
  const settled = [...mounts].map(([name, mount]) => [name, isPlaced(mount) ? mount : { ...mount, onOrigin: true }])
  return { mounts: Object.fromEntries(settled), problems }
}

function addPlace(mount: MountSettings, place: string): MountSettings | undefined {
  if (place === 'root') return { ...mount, onOrigin: true }
  if (/^(\/[A-Za-z0-9._~-]+)+$/.test(place)) return { ...mount, prefixes: [...mount.prefixes, place] }
  const port = /^:(\d{1,5})$/.exec(place)?.[1]
  if (port !== undefined && Number(port) > 0 && Number(port) < 65_536) {
    return { ...mount, ports: [...mount.ports, Number(port)] }
  }
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(place) || place === 'localhost') {
    return { ...mount, hosts: [...mount.hosts, place.toLowerCase()] }
  }
  return undefined
}

function isPlaced(mount: MountSettings): boolean {
  return mount.onOrigin || mount.prefixes.length + mount.hosts.length + mount.ports.length > 0
}

/** Of package.json. */
export function packageVersion(): string {
  const text = readFileSync(ownFile('../package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
