import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { type Books, openBooks } from '../support/books.js'
import { requestTemplate } from '../support/databases.js'
import { type KillableServer, runBuilt, startKillable } from './killable-server.js'
import { orCutOff } from './purchases.js'

const nodeOptions = ['--import', fileURLToPath(new URL('./kill-worker.mjs', import.meta.url))]

/** A demo store in an embedded database on disk, which dies with its process in the middle of whatever it writes. */
export interface EmbeddedShop {
  server(): KillableServer
  /** A new directory beside that of the shop. */
  beside(name: string): string
  /** The server must have ended. */
  start(): Promise<void>
  /** Starts the server and lets it end at a point of what it does on its own: such as `before order_settle`. */
  startUntil(point: string): Promise<void>
  /** Does `act` once for each point, each time for a new subject, and starts the server again after each. */
  killAt<T>(
    points: readonly string[],
    prepare: () => Promise<T>,
    act: (subject: T) => Promise<unknown>,
  ): Promise<readonly T[]>
  /** Runs a command to that point, in the shop's directory or another one. */
  killCommandAt(point: string, command: readonly string[], directory?: string): Promise<void>
  /** Runs a command to its end, while no server runs. */
  run(command: readonly string[], directory?: string): ReturnType<typeof runBuilt>
  /** While nobody serves: the directory has one user. */
  withStorage<T>(use: (storage: OpenStorage) => Promise<T>): Promise<T>
  /** Stops the server, lets an hour pass and what is left open be looked after. Nobody serves then. */
  settle(): Promise<void>
  /** Nobody serves. `isChanged`: goods came in meanwhile, so nobody knows how many there were. */
  expectBooksInOrder(isChanged?: 'goods came in'): Promise<void>
}

/** Hooks that open the shop before the first test of a file, and remove it after the last. */
export function useEmbeddedShop(): EmbeddedShop {
  let parent = ''
  let books: Books
  let server: KillableServer
  const killFile = () => join(parent, 'kill')
  const environment = (directory = join(parent, 'data')) => ({
    POLYTILL_DATA_DIR: directory,
    POLYTILL_RECOVERY_SECONDS: '0.3',
    KILL_FILE: killFile(),
  })
  const launch = () => startKillable({ environment: environment(), nodeOptions })
  const run: EmbeddedShop['run'] = (command, directory) => runBuilt(command, environment(directory))

  beforeAll(async () => {
    await requestTemplate()
    parent = await mkdtemp(join(tmpdir(), 'polytill-kills-'))
    expect((await run(['seed', 'demo'])).code).toBe(0)
    books = await withStorage(storage => openBooks(storage.sql))
    server = await launch()
  })
  afterAll(async () => {
    await server?.stop()
    await rm(parent, { recursive: true, force: true })
  })

  async function withStorage<T>(use: (storage: OpenStorage) => Promise<T>): Promise<T> {
    const storage = await openStorage({ url: undefined, dataDirectory: join(parent, 'data') })
    try {
      return await use(storage)
    } finally {
      await storage.close()
    }
  }

  /** It died there, and nowhere else. */
  async function expectHit(point: string): Promise<void> {
    expect([point, existsSync(`${killFile()}.hit`)]).toEqual([point, true])
    await rm(`${killFile()}.hit`)
  }

  const shop: EmbeddedShop = {
    server: () => server,
    beside: name => join(parent, name),
    start: async () => {
      server = await launch()
    },
    startUntil: async point => {
      await writeFile(killFile(), point)
      // It may be over before it listens.
      const started = await launch().catch(() => undefined)
      await started?.ended
      await expectHit(point)
    },
    killAt: async (points, prepare, act) => {
      const subjects = []
      for (const point of points) {
        const subject = await prepare()
        await writeFile(killFile(), point)
        expect([point, await orCutOff(act(subject))]).toEqual([point, undefined])
        await server.ended
        await expectHit(point)
        server = await launch()
        subjects.push(subject)
      }
      return subjects
    },
    killCommandAt: async (point, command, directory) => {
      await writeFile(killFile(), point)
      const { code, output } = await runBuilt(command, environment(directory), undefined, nodeOptions)
      expect([point, code], output).toEqual([point, null])
      await expectHit(point)
    },
    run,
    withStorage,
    settle: async () => {
      await server.stop()
      await withStorage(async ({ sql }) => {
        await sql.query(`update payments set updated_at = updated_at - interval '1 hour'`)
        await sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
      })
      for (let tries = 0, left = -1; left !== 0 && tries < 5; tries += 1) {
        server = await launch()
        await sleep(2_000)
        await server.stop()
        left = await withStorage(async ({ sql }) => (await sql.query<{ n: number }>(openQuery)).rows[0]?.n ?? -1)
      }
    },
    expectBooksInOrder: async isChanged => {
      if (isChanged === undefined) expect(await withStorage(storage => books.faults(storage.sql))).toEqual([])
      const doctor = await run(['doctor', '--books'])
      expect(doctor, doctor.output).toMatchObject({ code: 0, output: expect.stringContaining('The books balance.\n') })
    },
  }
  return shop
}

/** What the recovery still has to look after. */
const openQuery = `
  select ((select count(*) from orders where status = 'pending') + (select count(*) from payments
    where state in ('created', 'unknown', 'refund_due') or step is not null))::integer as n`
