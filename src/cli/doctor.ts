import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import { type Config, ConfigError, describeDatabase, readConfig, unknownVariables } from '../config.js'
import { createLog } from '../http/logging.js'
import { openConfiguredStorage } from '../open-configured-storage.js'
import { providerNames } from '../payments/provider-names.js'
import { pendingMigrations } from '../readiness.js'
import type { OpenStorage } from '../storage/open-storage.js'
import { DirectoryLocked } from '../storage/pglite/directory-lock.js'
import type { Output } from './output.js'
import { exitCodes } from './terminal.js'

type Environment = Readonly<Record<string, string | undefined>>

/** One thing that was looked at. */
interface Finding {
  readonly grade: 'ok' | 'warn' | 'fail'
  readonly what: string
  /** What to do about it. */
  readonly advice?: string
}

/** Oldest Node that can load what we depend on. */
const oldestNode = [20, 19] as const
const oldestPostgres = 150_000

/** `polytill doctor`: looks at everything that a start needs; 0 when it would start, 1 when not. */
export async function runDoctor(environment: Environment, output: Output): Promise<number> {
  const findings: Finding[] = []
  const tell = (found: readonly Finding[]): void => {
    for (const finding of found) {
      findings.push(finding)
      output.write(`${finding.grade.padEnd(4)}  ${finding.what}\n`)
      if (finding.advice !== undefined) output.write(`      ${finding.advice}\n`)
    }
  }
  tell([checkNode(process.versions.node), ...checkNames(environment)])
  const config = readOrTell(environment, tell)
  if (config) {
    tell(await checkDirectory(config))
    tell([await checkPort(config)])
    tell(await checkDatabase(config))
  }
  const failures = findings.filter(finding => finding.grade === 'fail').length
  output.write(failures === 0 ? 'All is well enough to start.\n' : `${failures} to repair.\n`)
  return failures === 0 ? exitCodes.done : exitCodes.failed
}

function readOrTell(environment: Environment, tell: (found: readonly Finding[]) => void): Config | undefined {
  try {
    const config = readConfig(environment)
    tell([{ grade: 'ok', what: 'The environment can be read.' }])
    return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    tell(error.problems.map(problem => ({ grade: 'fail', what: problem, advice: 'Correct it or unset it.' })))
    return undefined
  }
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])
  return isOld
    ? { grade: 'fail', what: `Node ${version} is too old.`, advice: `Install ${oldestNode.join('.')} or later.` }
    : { grade: 'ok', what: `Node ${version}` }
}

function checkNames(environment: Environment): readonly Finding[] {
  return unknownVariables(environment).map(name => ({
    grade: 'warn',
    what: `${name} is not a setting of Polytill.`,
    advice: 'Misspelt? "polytill --help" lists all settings.',
  }))
}

/** The folder, or where it would be made, can be written; others cannot read it. */
async function checkDirectory({ database }: Config): Promise<readonly Finding[]> {
  if (database.kind !== 'embedded') return []
  const directory = resolve(database.directory)
  const info = await stat(directory).catch(() => undefined)
  if (info && !info.isDirectory()) {
    return [{ grade: 'fail', what: `${directory} is no folder.`, advice: 'Move it away, or set POLYTILL_DATA_DIR.' }]
  }
  const isWritable = await access(info ? directory : dirname(directory), constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!isWritable) {
    return [
      {
        grade: 'fail',
        what: `${directory} cannot be written.`,
        advice: 'Give this user the folder, or set POLYTILL_DATA_DIR.',
      },
    ]
  }
  const isOpen = info !== undefined && process.platform !== 'win32' && (info.mode & 0o077) !== 0
  const advice = `It holds customers' data: chmod 700 ${directory}`
  return [isOpen ? { grade: 'warn', what: `Others can read ${directory}.`, advice } : { grade: 'ok', what: directory }]
}

async function checkPort({ http }: Config): Promise<Finding> {
  const problem = await new Promise<string | undefined>(settle => {
    const probe = createServer()
    probe.once('error', error => settle('code' in error ? String(error.code) : error.message))
    probe.listen({ port: http.port, host: http.host, exclusive: true }, () => probe.close(() => settle(undefined)))
  })
  if (problem === undefined) return { grade: 'ok', what: `Port ${http.port} is free.` }
  const what = `${http.host} port ${http.port} cannot be opened (${problem}).`
  if (problem === 'EADDRINUSE') {
    return { grade: 'warn', what, advice: 'Fine if that is Polytill itself; else set PORT.' }
  }
  const advice =
    problem === 'EACCES'
      ? 'Set PORT to one above 1023, or let this user open it.'
      : 'Set HOST to an address of this machine, or 0.0.0.0 for all.'
  return { grade: 'fail', what, advice }
}

async function checkDatabase(config: Config): Promise<readonly Finding[]> {
  const description = describeDatabase(config.database)
  let storage: OpenStorage
  try {
    storage = await openConfiguredStorage(config, createLog({ level: 'silent' }))
  } catch (error) {
    return [unopened(description, error)]
  }
  try {
    return [...(await checkServer(storage, description)), ...(await checkTables(storage, config))]
  } catch (error) {
    return [unopened(description, error)]
  } finally {
    await storage.close()
  }
}

function unopened(description: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof DirectoryLocked) {
    return { grade: 'warn', what: reason, advice: 'Fine if that process is the server. Stop it to look inside.' }
  }
  return {
    grade: 'fail',
    what: `${description} cannot be opened: ${reason}`,
    advice: 'Check DATABASE_URL, that the server runs, and that user, password and database exist.',
  }
}

async function checkServer(storage: OpenStorage, description: string): Promise<readonly Finding[]> {
  const { rows } = await storage.sql.query<{ number: number; name: string; can_create: boolean }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name,
      has_schema_privilege(current_schema(), 'create') as can_create`,
  )
  const [server] = rows
  if (!server) return [{ grade: 'fail', what: `${description} did not tell its version.` }]
  const what = `${description}, version ${server.name}`
  return [
    server.number < oldestPostgres
      ? { grade: 'fail', what, advice: 'PostgreSQL 15 or later is needed.' }
      : { grade: 'ok', what },
    server.can_create
      ? { grade: 'ok', what: 'Tables may be created.' }
      : { grade: 'warn', what: 'This user may not create tables.', advice: 'Migrate as another user, or grant it.' },
  ]
}

async function checkTables(storage: OpenStorage, config: Config): Promise<readonly Finding[]> {
  const pending = await pendingMigrations(storage)
  if (pending.length > 0) {
    return [{ grade: 'fail', what: `${pending.length} migrations are missing.`, advice: 'Run "polytill migrate".' }]
  }
  const unwritable = await unwritableTables(storage)
  if (unwritable.length > 0) {
    const advice = 'Grant it, or take the user that owns the tables.'
    return [{ grade: 'fail', what: `This user may not write ${unwritable.join(', ')}.`, advice }]
  }
  const isEmpty = await storage.imports.isEmpty()
  const empty: Finding = {
    grade: 'warn',
    what: 'There is no channel and no product.',
    advice: 'Run "polytill import FILE" or "polytill seed demo".',
  }
  return [
    { grade: 'ok', what: 'All migrations are applied.' },
    isEmpty ? empty : { grade: 'ok', what: 'The store has data.' },
    ...(isEmpty ? [] : await checkMounts(storage, config)),
    ...(isEmpty ? [] : await checkProviders(storage, config)),
  ]
}

/** Tables of carts and orders that this user may not change: the server would start, and refuse every sale. */
async function unwritableTables({ sql }: OpenStorage): Promise<readonly string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select name from unnest(array['carts', 'orders']) as name
      where not (has_table_privilege(name, 'insert') and has_table_privilege(name, 'update')
        and has_table_privilege(name, 'delete'))`,
  )
  return rows.map(({ name }) => name)
}

/** A dialect whose mount names a channel that is not there answers each request with 503. */
async function checkMounts({ sql }: OpenStorage, { mounts }: Config): Promise<readonly Finding[]> {
  const { rows } = await sql.query<{ id: string }>('select id from channels')
  const known = new Set(rows.map(({ id }) => id))
  return Object.entries(mounts).flatMap(([name, { channel }]): readonly Finding[] =>
    channel === undefined || known.has(channel)
      ? []
      : [
          {
            grade: 'fail',
            what: `POLYTILL_MOUNTS names the channel ${channel} for ${name}, which the store does not have.`,
            advice: `It has ${[...known].sort().join(', ')}.`,
          },
        ],
  )
}

/** Shoppers are offered a way to pay that declines everybody. */
async function checkProviders({ sql }: OpenStorage, { stripe }: Config): Promise<readonly Finding[]> {
  const { rows } = await sql.query<{ method: string; channel: string; provider: string }>(
    `select id as method, channel, body->>'provider' as provider from payment_methods order by channel, position`,
  )
  const isThere = (provider: string) =>
    provider === 'stripe' ? stripe !== undefined : providerNames.some(name => name === provider)
  return rows
    .filter(({ provider }) => !isThere(provider))
    .map(({ method, channel, provider }) => ({
      grade: 'fail',
      what: `The payment method ${method} of the channel ${channel} is paid by ${provider}, which is not set up.`,
      advice: provider === 'stripe' ? 'Set POLYTILL_STRIPE_SECRET_KEY.' : `There are ${providerNames.join(', ')}.`,
    }))
}
