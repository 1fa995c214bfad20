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
  /** As if an hour had passed: what nobody finished is looked after by the next sweep. Nobody serves. */
  letAnHourPass(): Promise<void>
  /**
   * Stops the server, lets an hour pass and what is left open be looked after, and sees that the books are in order. Then
   * it serves again.
   *
   * @returns what `look` found in the tables once nothing was left open
   */
  settle<T>(look: (storage: OpenStorage) => Promise<T>): Promise<T>
  /** `doctor` finds the books in order, of a shop whose stock may have changed. Nobody serves. */
  expectBalance(): Promise<void>
}

/** What the parts below share: where the shop is, and the server that runs there now. */
interface Place {
  parent: string
  server: KillableServer
  books: Books
}

/**
 * Hooks that open the shop before the first test of a file, and remove it after the last.
 *
 * @param options `isClosed`: nobody serves
 */
export function useEmbeddedShop(options: { readonly isClosed?: true } = {}): EmbeddedShop {
  const place = { parent: '' } as Place
  beforeAll(async () => {
    await requestTemplate()
    place.parent = await mkdtemp(join(tmpdir(), 'polytill-kills-'))
    expect((await runIn(place, ['seed', 'demo'])).code).toBe(0)
    place.books = await withStorageOf(place, storage => openBooks(storage.sql))
    if (options.isClosed !== true) place.server = await launch(place)
  })
  afterAll(async () => {
    await place.server?.stop()
    await rm(place.parent, { recursive: true, force: true })
  })
  return {
    server: () => place.server,
    beside: name => join(place.parent, name),
    ...killsOf(place),
    run: (command, directory) => runIn(place, command, directory),
    withStorage: use => withStorageOf(place, use),
    letAnHourPass: () => letAnHourPass(place),
    settle: look => settle(place, look),
    expectBalance: () => expectBalance(place),
  }
}

async function expectBalance(place: Place): Promise<void> {
  const doctor = await runIn(place, ['doctor', '--books'])
  expect(doctor, doctor.output).toMatchObject({ code: 0, output: expect.stringContaining('The books balance.\n') })
}

function killsOf(place: Place): Pick<EmbeddedShop, 'startUntil' | 'killAt' | 'killCommandAt'> {
  /** It died there, and nowhere else. */
  const expectHit = async (point: string): Promise<void> => {
    expect([point, existsSync(`${killFile(place)}.hit`)]).toEqual([point, true])
    await rm(`${killFile(place)}.hit`)
  }
  return {
    startUntil: async point => {
      await writeFile(killFile(place), point)
      // It may be over before it listens.
      const started = await launch(place).catch(() => undefined)
      await started?.ended
      await expectHit(point)
    },
    killAt: async (points, prepare, act) => {
      const subjects = []
      for (const point of points) {
        const subject = await prepare()
        await writeFile(killFile(place), point)
        expect([point, await orCutOff(act(subject))]).toEqual([point, undefined])
        await place.server.ended
        await expectHit(point)
        place.server = await launch(place)
        subjects.push(subject)
      }
      return subjects
    },
    killCommandAt: async (point, command, directory) => {
      await writeFile(killFile(place), point)
      const { code, output } = await runBuilt(command, environmentOf(place, directory), undefined, nodeOptions)
      expect([point, code], output).toEqual([point, null])
      await expectHit(point)
    },
  }
}

async function letAnHourPass(place: Place): Promise<void> {
  await withStorageOf(place, async ({ sql }) => {
    await sql.query(`update payments set updated_at = updated_at - interval '1 hour'`)
    await sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
  })
}

async function settle<T>(place: Place, look: (storage: OpenStorage) => Promise<T>): Promise<T> {
  await place.server.stop()
  await letAnHourPass(place)
  for (let tries = 0; tries < 5; tries += 1) {
    place.server = await launch(place)
    // The first sweep comes after 0.3 seconds, and whoever is told to stop finishes what they are at.
    await sleep(1_000)
    await place.server.stop()
    // Opening the files costs a second of processor time, so all that is to be read is read at once.
    const found = await withStorageOf(place, async storage => {
      const { rows } = await storage.sql.query<{ n: number }>(openQuery)
      if (rows[0]?.n !== 0) return undefined
      expect(await place.books.faults(storage.sql)).toEqual([])
      return { value: await look(storage) }
    })
    if (found === undefined) continue
    await expectBalance(place)
    place.server = await launch(place)
    return found.value
  }
  throw new Error('the recovery left something open')
}

function killFile({ parent }: Place): string {
  return join(parent, 'kill')
}

function environmentOf(place: Place, directory = join(place.parent, 'data')) {
  return { POLYTILL_DATA_DIR: directory, POLYTILL_RECOVERY_SECONDS: '0.3', KILL_FILE: killFile(place) }
}

function launch(place: Place): Promise<KillableServer> {
  return startKillable({ environment: environmentOf(place), nodeOptions })
}

function runIn(place: Place, command: readonly string[], directory?: string): ReturnType<typeof runBuilt> {
  return runBuilt(command, environmentOf(place, directory))
}

async function withStorageOf<T>(place: Place, use: (storage: OpenStorage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ url: undefined, dataDirectory: join(place.parent, 'data') })
  try {
    return await use(storage)
  } finally {
    await storage.close()
  }
}

/** What the recovery still has to look after. */
const openQuery = `
  select ((select count(*) from orders where status = 'pending') + (select count(*) from payments
    where state in ('created', 'unknown', 'refund_due') or step is not null))::integer as n`
