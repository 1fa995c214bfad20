import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/storage/open-database.js'
import { openStorage } from '../../src/storage/open-storage.js'
import { lockDirectory } from '../../src/storage/pglite/directory-lock.js'
import { openPglite } from '../../src/storage/pglite/pglite-driver.js'
import { makeTemplate, readTemplate, unpackTemplate } from '../../src/storage/pglite/template.js'
import { createDatabase } from '../../src/storage/postgres/database.js'
import { describeOnPostgres, requestDatabase, requestTemplate } from '../support/databases.js'
import { insertCart } from './samples.js'

let directory = ''
beforeAll(requestTemplate)
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'polytill-embedded-'))
})
afterEach(async () => {
  await rm(directory, { recursive: true, force: true })
})

const lockFile = () => path.join(directory, 'lock')

describe('the lock on a data directory', () => {
  it('is held by one at a time and says who has it', async () => {
    const unlock = await lockDirectory(directory)
    await expect(lockDirectory(directory)).rejects.toThrow('already open in this process')
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
    await unlock()
    expect(await readdir(directory)).toEqual([])
    await (await lockDirectory(directory))()
  })

  it('of a living process is respected, with its pid in the message', async () => {
    const holder = { pid: process.ppid, host: hostname(), since: '2026-11-21T08:00:00.000Z' }
    await writeFile(lockFile(), JSON.stringify(holder))
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${process.ppid} on ${hostname()} since 2026`)
    expect(await readdir(directory)).toEqual(['lock'])
  })

  it('of another host is respected', async () => {
    await writeFile(lockFile(), JSON.stringify({ pid: 1, host: 'elsewhere', since: 'x' }))
    await expect(lockDirectory(directory)).rejects.toThrow('process 1 on elsewhere')
  })

  it('that nobody can read is respected, with advice', async () => {
    await writeFile(lockFile(), '{')
    await expect(lockDirectory(directory)).rejects.toThrow('remove it if no polytill process')
  })

  it('of a dead process, or of an earlier one with the same pid, is taken over', async () => {
    const dead = spawn(process.execPath, ['-e', ''])
    await new Promise(resolve => dead.once('exit', resolve))
    for (const pid of [dead.pid, process.pid]) {
      await writeFile(lockFile(), JSON.stringify({ pid, host: hostname(), began: 'earlier', since: 'x' }))
      const unlock = await lockDirectory(directory)
      const holder = JSON.parse(await readFile(lockFile(), 'utf8'))
      expect(holder).toMatchObject({ pid: process.pid, host: hostname() })
      expect(holder.since).not.toBe('x')
      await unlock()
      expect(await readdir(directory)).toEqual([])
    }
  })
})

async function templateOption() {
  const template = await readTemplate()
  return template === undefined ? {} : { template }
}

/** Opens the directory in another process and returns what that says first. */
function openElsewhere(): { readonly child: ChildProcess; readonly said: Promise<string> } {
  const file = fileURLToPath(new URL('./open-and-exit.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (text: Buffer) => resolve(text.toString('utf8').trim()))
    child.once('exit', () => reject(new Error('the other process said nothing')))
  })
  return { child, said }
}

describe('the embedded database', () => {
  it('keeps what was written when it is opened again', async () => {
    const first = await openStorage({ url: undefined, dataDirectory: directory })
    const cart = await insertCart(first)
    await first.close()
    const second = await openStorage({ url: undefined, dataDirectory: directory })
    expect((await second.carts.read({ id: cart.id })).cart).toStrictEqual(cart)
    expect((await second.migrate()).applied).toEqual([])
    await second.close()
    await expect(second.ping()).rejects.toMatchObject({ name: 'StorageUnavailable' })
  })

  it('is refused to a second process, and survives kill -9 of the first', async () => {
    const first = openElsewhere()
    expect(await first.said).toBe('open')
    const second = openElsewhere()
    expect(await second.said).toMatch(`DirectoryLocked: ${directory} is in use by process ${first.child.pid}`)
    await expect(openDatabase({ url: undefined, dataDirectory: directory })).rejects.toThrow('in use by process')
    first.child.kill('SIGKILL')
    await new Promise(resolve => first.child.once('exit', resolve))
    const database = await openDatabase({ url: undefined, dataDirectory: directory })
    expect((await database.query('select epoch from catalog_epoch')).count).toBe(1)
    await database.close()
    expect(existsSync(lockFile())).toBe(false)
  })

  it('refuses the outer handle inside a transaction at once instead of waiting for ever', async () => {
    const storage = await openStorage({ url: 'memory:', dataDirectory: directory })
    const { sql, carts } = storage
    await sql.transaction(async tx => {
      await expect(sql.query('select 1')).rejects.toThrow('inside a transaction')
      await expect(sql.transaction(async () => 1)).rejects.toThrow('inside a transaction')
      await expect(carts.read({ id: 'x' })).rejects.toThrow('inside a transaction')
      await tx.query('select 1')
    })
    expect((await sql.query('select 1 as one')).count).toBe(1)
    await storage.close()
  })

  it('gives up a transaction that never ends, so that others get their turn', async () => {
    const driver = await openPglite({ description: 'test', ...(await templateOption()) })
    const database = createDatabase(driver, 200)
    const stuck = database.transaction(async tx => {
      await tx.query("insert into settings (name, value) values ('a', 'b')")
      await new Promise(() => undefined)
    })
    const next = database.query('select 1 from settings')
    await expect(stuck).rejects.toThrow('longer than 200 ms')
    expect((await next).count).toBe(0)
    await database.close()
  })

  it('begins anew when its first start was cut off halfway', async () => {
    await unpackTemplate(await readFile((await makeTemplate()).file), path.join(directory, 'pgdata.partial'))
    await rm(path.join(directory, 'pgdata.partial', 'global'), { recursive: true })
    const database = await openDatabase({ url: undefined, dataDirectory: directory })
    expect((await database.query('select 1')).count).toBe(1)
    await database.close()
    expect(existsSync(path.join(directory, 'pgdata.partial'))).toBe(false)
  })

  it('refuses a template that names a file outside of its directory', async () => {
    const header = Buffer.alloc(1024)
    header.write('../../outside', 0)
    header.write('00000000000', 124)
    await expect(unpackTemplate(gzipSync(header), path.join(directory, 'x'))).rejects.toThrow('damaged')
  })
})

describe('opening', () => {
  it('refuses a URL that is neither PostgreSQL nor memory', async () => {
    await expect(openDatabase({ url: 'mysql://x', dataDirectory: directory })).rejects.toThrow(RangeError)
  })

  it('a server that is away fails as unavailable, without its password in the message', async () => {
    const url = 'postgres://user:hunter2@127.0.0.1:1/none'
    const database = await openDatabase({ url, dataDirectory: directory })
    expect(database.description).toBe('PostgreSQL at 127.0.0.1:1/none')
    const failure = database.query('select 1')
    await expect(failure).rejects.toMatchObject({ name: 'StorageUnavailable' })
    await expect(failure).rejects.not.toThrow('hunter2')
    await database.close()
  })
})

describeOnPostgres('a server', open => {
  it('is migrated once, by whichever of several processes comes first', async () => {
    const { sql } = await open()
    const url = await requestDatabase()
    const storages = await Promise.all([1, 2, 3].map(() => openStorage({ url, dataDirectory: '', poolSize: 2 })))
    await storages[0]?.sql.query('drop schema public cascade')
    await storages[0]?.sql.query('create schema public')
    const reports = await Promise.all(storages.map(storage => storage.migrate()))
    const migrations = await readdir('src/storage/migrations')
    const highest = Math.max(...migrations.map(name => Number(name.slice(0, 4))))
    expect(reports.map(report => report.applied.length).sort()).toEqual([0, 0, migrations.length])
    expect(reports.map(report => report.current)).toEqual([highest, highest, highest])
    await Promise.all(storages.map(storage => storage.close()))
    expect((await sql.query('select 1')).count).toBe(1)
  })

  it('is not migrated when an applied migration was another text, nor when it is newer than this program', async () => {
    const storage = await openStorage({ url: await requestDatabase(), dataDirectory: '', poolSize: 2 })
    await storage.sql.query("insert into schema_migrations (number, name, checksum) values (9000, 'later', 'x')")
    expect(await storage.migrate()).toEqual({ applied: [], current: 9000 })
    await storage.sql.query("update schema_migrations set checksum = 'x' where number = 1")
    await expect(storage.migrate()).rejects.toThrow('0001-catalog.sql was changed')
    await storage.close()
  })

  it('that drops a connection gets a new one, and the caller hears of it', async () => {
    const { sql } = await open()
    await expect(sql.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({
      name: 'StorageUnavailable',
    })
    expect((await sql.query('select 1')).count).toBe(1)
    const broken = sql.transaction(async tx => void (await tx.query('select pg_terminate_backend(pg_backend_pid())')))
    await expect(broken).rejects.toMatchObject({ name: 'StorageUnavailable' })
    expect((await sql.query('select 1')).count).toBe(1)
  })

  it('that takes too long for a statement counts as unavailable', async () => {
    const url = await requestDatabase()
    const storage = await openStorage({ url, dataDirectory: '', poolSize: 1, statementTimeoutMs: 100 })
    await expect(storage.sql.query('select pg_sleep(5)')).rejects.toMatchObject({ name: 'StorageUnavailable' })
    await storage.ping()
    await storage.close()
  })
})
