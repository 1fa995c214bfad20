import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { addToGuestCart, glue, quantitiesOf } from '../concurrency/glue-shopper.js'
import { type Books, openBooks } from '../support/books.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import { type KillableServer, runBuilt, startKillable } from './killable-server.js'
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.js'
import { type Buyer, buy, cards, newBuyer, orCutOff, sku } from './purchases.js'

/** Statements of the background, which come at any time. */
const background =
  /^(orders_overdue|payments_unsettled|carts_prune|idempotency_prune|credentials_prune|outbox_prune|select 1)/
const allStatements = 40

describeOnPostgres('a server that is killed', () => {
  let url = ''
  let proxy: PostgresProxy
  let storage: OpenStorage
  let books: Books
  let server: KillableServer

  beforeAll(async () => {
    url = await requestDatabase()
    const seeded = await runBuilt(['seed', 'demo'], { DATABASE_URL: url })
    expect(seeded.code, seeded.output).toBe(0)
    storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
    books = await openBooks(storage.sql)
    proxy = await startPostgresProxy(url)
    server = await start()
  })
  afterAll(async () => {
    await server?.stop()
    await proxy?.close()
    await storage?.close()
  })

  function start(): Promise<KillableServer> {
    return startKillable({ environment: { DATABASE_URL: proxy.url, POLYTILL_RECOVERY_SECONDS: '0.3' } })
  }

  /**
   * Does `act` again and again, each time with the server killed one statement later, until it gets through; and once more
   * with the last statement done and its answer lost.
   *
   * @returns the statements, in order, with those for whom each was in vain
   */
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

  /** As if an hour had passed: what nobody finished is looked after by the next sweep. */
  async function letAnHourPass(): Promise<void> {
    await storage.sql.query(`update payments set updated_at = updated_at - interval '1 hour'`)
    await storage.sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
    await expect
      .poll(() => countOf(`select count(*)::integer as n from orders where status = 'pending'`), { timeout: 20_000 })
      .toBe(0)
    const open = `select count(*)::integer as n from payments
      where state in ('created', 'unknown', 'refund_due') or step is not null`
    await expect.poll(() => countOf(open), { timeout: 20_000 }).toBe(0)
  }

  async function countOf(text: string, parameters: readonly string[] = []): Promise<number> {
    return (await storage.sql.query<{ n: number }>(text, parameters)).rows[0]?.n ?? -1
  }

  async function expectBooksInOrder(): Promise<void> {
    expect(await books.faults()).toEqual([])
    const doctor = await runBuilt(['doctor', '--books'], { DATABASE_URL: url })
    expect(doctor, doctor.output).toMatchObject({ code: 0, output: expect.stringContaining('The books balance.\n') })
  }

  it('between any two steps of a cart write loses no acknowledged write, and writes none twice', async () => {
    const points = await killBetweenAll(
      () => newBuyer(server.baseUrl),
      async ({ who }) => {
        for (const _ of [1, 2, 3]) expect((await addToGuestCart(server.baseUrl, who, sku)).status).toBe(201)
      },
    )
    expect(points.length).toBeGreaterThan(3)
    for (const [index, { subject, statement }] of points.entries()) {
      const cart = await glue(server.baseUrl, subject.who, 'GET', '/guest-carts?include=guest-cart-items')
      // One was there; each add is a read and a write, and only the write that got through counts.
      const isLast = index === points.length - 1
      expect([statement, quantitiesOf(cart)]).toEqual([statement, { [sku]: isLast ? 4 : 1 + Math.floor(index / 2) }])
    }
    await expectBooksInOrder()
  }, 120_000)

  describe.each([
    ['is approved', cards.approved, 'confirmed'],
    ['answers with another amount', cards.wrongAmount, 'canceled'],
  ] as const)('between any two steps of a purchase whose card %s', (_, card, end) => {
    it('leaves one order or none, and no payment without an order', async () => {
      const points = await killBetweenAll(
        () => newBuyer(server.baseUrl),
        buyer => buy(server.baseUrl, buyer, card),
      )
      const statements = points.map(({ statement }) => statement)
      expect(statements).toContain('before order_place')
      expect(statements).toContain('before order_settle')
      await letAnHourPass()
      const ends: string[] = []
      for (const { subject } of points) ends.push(await endOf(subject))
      // Until the order is written there is none; then the gateway's word counts, heard or not.
      expect(new Set(ends)).toEqual(new Set(['none', 'canceled', end]))
      expect(ends.at(-1)).toBe(end)
      await expectBooksInOrder()
      for (const { subject } of points) expect(await finish(subject)).toBe('confirmed')
      await expectBooksInOrder()
    }, 120_000)
  })

  it('between any two steps of the recovery sweep leaves the rest to the next one', async () => {
    const hits: string[] = []
    for (let at = 1; at < allStatements; at += 1) {
      const buyer = await newBuyer(server.baseUrl)
      expect((await buy(server.baseUrl, buyer, cards.redirect)).status).toBe(201)
      proxy.arm({ at, when: 'before', ignoring: background, act: () => server.kill() })
      await storage.sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
      const { ended } = server
      let isDead = false
      void ended.then(() => {
        isDead = true
      })
      const isOver = async () => isDead || (await endOf(buyer)) === 'canceled'
      await expect.poll(isOver, { timeout: 20_000, interval: 50 }).toBe(true)
      const hit = proxy.disarm()
      if (hit !== undefined) {
        await server.ended
        server = await start()
      }
      await letAnHourPass()
      expect(await endOf(buyer)).toBe('canceled')
      if (hit === undefined) break
      hits.push(hit)
    }
    expect(hits).toContain('order_settle')
    await expectBooksInOrder()
  }, 120_000)

  it('while it starts, starts again', async () => {
    await server.stop()
    for (let at = 1; at <= 3; at += 1) {
      proxy.arm({ at, when: 'before', act: () => starting.kill?.() })
      const starting: { kill?: () => void } = {}
      const ended = await runBuilt(['serve'], { DATABASE_URL: proxy.url }, child => {
        starting.kill = () => void child.kill('SIGKILL')
      })
      expect([proxy.disarm() === undefined, ended.code]).toEqual([false, null])
    }
    server = await start()
    await expectBooksInOrder()
  }, 60_000)

  /** What became of a buyer's cart; holds that at most one order stands. */
  async function endOf({ cartId }: Buyer): Promise<string> {
    const orders = await storage.orders.ofCart(cartId)
    const standing = orders.filter(({ status }) => status === 'confirmed' || status === 'pending')
    expect(standing.length).toBeLessThanOrEqual(1)
    return standing[0]?.status ?? (orders.length === 0 ? 'none' : 'canceled')
  }

  /** Whoever has no order yet can still buy, and whoever has one cannot buy again. */
  async function finish(buyer: Buyer): Promise<string> {
    const before = await endOf(buyer)
    const answer = await buy(server.baseUrl, buyer, cards.approved)
    expect([before, answer.status]).toEqual([before, before === 'confirmed' ? 422 : 201])
    return endOf(buyer)
  }
})
