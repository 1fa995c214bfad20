import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import { runBuilt } from './killable-server.js'
import { killedGoods } from './killed-goods.js'
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.js'

const products = 1_500

describeOnPostgres('a command that is killed', () => {
  let url = ''
  let proxy: PostgresProxy
  let storage: OpenStorage
  let folder = ''

  beforeAll(async () => {
    url = await requestDatabase()
    expect((await runBuilt(['seed', 'demo'], { DATABASE_URL: url })).code).toBe(0)
    storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
    proxy = await startPostgresProxy(url)
    folder = await mkdtemp(join(tmpdir(), 'polytill-commands-'))
  })
  afterAll(async () => {
    await proxy?.close()
    await storage?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs it through the proxy and kills it at a statement. @returns the statement */
  async function killAt(
    command: readonly string[],
    databaseUrl: string,
    through: PostgresProxy,
    point: { readonly at: number; readonly when: 'before' | 'after'; readonly statement?: string },
  ): Promise<string | undefined> {
    const process: { kill?: () => void } = {}
    const { at, when, statement } = point
    const ignoring = statement === undefined ? {} : { ignoring: new RegExp(`^(?!${statement})`) }
    through.arm({ at, when, ...ignoring, act: () => process.kill?.() })
    const { code } = await runBuilt(command, { DATABASE_URL: databaseUrl }, child => {
      process.kill = () => void child.kill('SIGKILL')
    })
    expect(code).toBe(null)
    return through.disarm()
  }

  it('while it imports has imported nothing; with the last word said, everything', async () => {
    const file = join(folder, 'goods.jsonl')
    await writeFile(file, killedGoods(products))
    const imported = async () => {
      const { rows } = await storage.sql.query<{ n: number; stock: number }>(
        `select count(*)::integer as n, (select count(*)::integer from stock where sku like 'KILLED-%') as stock
          from variants where sku like 'KILLED-%'`,
      )
      return rows[0]
    }
    for (const point of [{ at: 4 }, { at: 8 }, { at: 1, statement: 'commit' }]) {
      expect(await killAt(['import', file], proxy.url, proxy, { ...point, when: 'before' })).toBeDefined()
      expect(await imported()).toEqual({ n: 0, stock: 0 })
    }
    expect(await killAt(['import', file], proxy.url, proxy, { at: 1, when: 'after', statement: 'commit' })).toBe(
      'commit',
    )
    expect(await imported()).toEqual({ n: products, stock: products })
    const again = await runBuilt(['import', file], { DATABASE_URL: url })
    expect(again, again.output).toMatchObject({ code: 0, output: expect.stringContaining(`imported ${products}`) })
    expect(await imported()).toEqual({ n: products, stock: products })
  }, 300_000)

  it('while it migrates has migrated nothing, and migrates the next time', async () => {
    const name = `empty_${randomUUID().replaceAll('-', '')}`
    await storage.sql.query(`create database ${name}`)
    const empty = new URL(url)
    empty.pathname = `/${name}`
    const through = await startPostgresProxy(empty.href)
    const database = await openStorage({ url: empty.href, dataDirectory: '', poolSize: 1 })
    try {
      for (const point of [{ at: 6 }, { at: 12 }, { at: 1, statement: 'commit' }]) {
        expect(await killAt(['migrate'], through.url, through, { ...point, when: 'before' })).toBeDefined()
        const { rows } = await database.sql.query(
          `select count(*)::integer as n from pg_tables where schemaname = 'public'`,
        )
        expect(rows).toEqual([{ n: 0 }])
      }
      const migrated = await runBuilt(['migrate'], { DATABASE_URL: empty.href })
      expect(migrated, migrated.output).toMatchObject({ code: 0 })
      const doctor = await runBuilt(['doctor', '--books'], { DATABASE_URL: empty.href })
      expect(doctor, doctor.output).toMatchObject({ code: 0, output: expect.stringContaining('The books balance.\n') })
    } finally {
      await database.close()
      await through.close()
    }
  }, 300_000)
})
