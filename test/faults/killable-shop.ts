import { afterAll, beforeAll, expect } from 'vitest'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { type KillableServer, runBuilt, startKillable } from './killable-server.js'
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.js'
import { orCutOff } from './purchases.js'
import { openSeededStore, type SeededStore } from './seeded-store.js'

/** Statements that come at any time: those of the background, and the look at a key, which is kept for two seconds. */
export const background =
  /^(orders_overdue|payments_unsettled|carts_prune|idempotency_prune|credentials_prune|failed_attempts_prune|outbox_prune|credential_read|select 1)/
/** More than any request sends. */
export const allStatements = 40

/** A demo store on a real PostgreSQL whose server can be killed at any statement, and started again. */
export interface KillableShop {
  server(): KillableServer
  storage(): OpenStorage
  proxy(): PostgresProxy
  /** The one that ended must have ended. */
  startAgain(): Promise<void>
  /**
   * Does `act` again and again, each time with the server killed one statement later, until it gets through; and once more
   * with the last statement done and its answer lost.
   *
   * @returns the statements, in order, with those for whom each was in vain
   */
  killBetweenAll<T>(
    prepare: () => Promise<T>,
    act: (subject: T) => Promise<unknown>,
  ): Promise<readonly { readonly statement: string; readonly subject: T }[]>
  /** As if an hour had passed: what nobody finished is looked after by the next sweep. */
  letAnHourPass(): Promise<void>
  expectBooksInOrder(): Promise<void>
}

/** Hooks that open the shop before the first test of a suite and close it after the last. */
export function useKillableShop(): KillableShop {
  let store: SeededStore
  let proxy: PostgresProxy
  let server: KillableServer

  beforeAll(async () => {
    store = await openSeededStore()
    proxy = await startPostgresProxy(store.url)
    server = await start()
  })
  afterAll(async () => {
    await server?.stop()
    await proxy?.close()
    await store?.storage.close()
  })

  function start(): Promise<KillableServer> {
    return startKillable({ environment: { DATABASE_URL: proxy.url, POLYTILL_RECOVERY_SECONDS: '0.3' } })
  }

  async function killBetweenAll<T>(prepare: () => Promise<T>, act: (subject: T) => Promise<unknown>) {
    const points: { readonly statement: string; readonly subject: T }[] = []
    const attempt = async (at: number, when: 'before' | 'after'): Promise<boolean> => {
      const subject = await prepare()
      proxy.arm({ at, when, ignoring: background, act: () => server.kill() })
      const answer = await orCutOff(act(subject))
      const statement = proxy.disarm()
      if (statement === undefined) return false
      expect(answer).toBeUndefined()
      await server.ended
      server = await start()
      points.push({ statement: `${when} ${statement}`, subject })
      return true
    }
    let at = 1
    while (at < allStatements && (await attempt(at, 'before'))) at += 1
    expect(await attempt(at - 1, 'after')).toBe(true)
    return points
  }

  async function expectBooksInOrder(): Promise<void> {
    expect(await store.books.faults()).toEqual([])
    const doctor = await runBuilt(['doctor', '--books'], { DATABASE_URL: store.url })
    expect(doctor, doctor.output).toMatchObject({ code: 0, output: expect.stringContaining('The books balance.\n') })
  }

  return {
    server: () => server,
    storage: () => store.storage,
    proxy: () => proxy,
    startAgain: async () => {
      server = await start()
    },
    killBetweenAll,
    letAnHourPass: () => letAnHourPass(store.storage),
    expectBooksInOrder,
  }
}

async function letAnHourPass({ sql }: OpenStorage): Promise<void> {
  const countOf = async (text: string) => (await sql.query<{ n: number }>(text)).rows[0]?.n ?? -1
  await sql.query(`update payments set updated_at = updated_at - interval '1 hour'`)
  await sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
  await expect
    .poll(() => countOf(`select count(*)::integer as n from orders where status = 'pending'`), { timeout: 20_000 })
    .toBe(0)
  const open = `select count(*)::integer as n from payments
    where state in ('created', 'unknown', 'refund_due') or step is not null`
  await expect.poll(() => countOf(open), { timeout: 20_000 }).toBe(0)
}
