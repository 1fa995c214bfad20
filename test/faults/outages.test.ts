import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { addToGuestCart, expectRefusal, newGuest, placeOrder, quantitiesOf } from '../concurrency/glue-shopper.js'
import { type Books, openBooks } from '../support/books.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import { type KillableServer, runBuilt, startKillable } from './killable-server.js'
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.js'
import { buy, cards, newBuyer, sku } from './purchases.js'

/** Statements of the background, which come at any time. */
const background =
  /^(orders_overdue|payments_unsettled|carts_prune|idempotency_prune|credentials_prune|failed_attempts_prune|outbox_prune)/
const except = (name: string) => new RegExp(`${background.source}|^(?!${name})`)

describeOnPostgres('a database', () => {
  let proxy: PostgresProxy
  let storage: OpenStorage
  let books: Books
  let server: KillableServer

  beforeAll(async () => {
    const url = await requestDatabase()
    expect((await runBuilt(['seed', 'demo'], { DATABASE_URL: url })).code).toBe(0)
    storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
    books = await openBooks(storage.sql)
    proxy = await startPostgresProxy(url)
    server = await startKillable({ environment: { DATABASE_URL: proxy.url } })
  })
  afterAll(async () => {
    await server?.stop()
    await proxy?.close()
    await storage?.close()
  })

  it('that is away is told in the words of the API, at once, and used again when it is back', async () => {
    const who = newGuest()
    expect((await addToGuestCart(server.baseUrl, who, sku)).status).toBe(201)
    proxy.cut()
    const answers = await Promise.all([1, 2, 3].map(() => addToGuestCart(server.baseUrl, who, sku)))
    for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { errors: [{ status: 503 }] } })
    expect((await fetch(`${server.baseUrl}/health/ready`)).status).toBe(503)
    expect((await fetch(`${server.baseUrl}/health/live`)).status).toBe(200)
    proxy.heal()
    await expect.poll(async () => (await fetch(`${server.baseUrl}/health/ready`)).status, { timeout: 10_000 }).toBe(200)
    expect(quantitiesOf(await addToGuestCart(server.baseUrl, who, sku))).toEqual({ [sku]: 2 })
  })

  it('that goes away while it writes an order has written it once, whatever the buyer was told', async () => {
    const buyer = await newBuyer(server.baseUrl)
    proxy.arm({ at: 1, when: 'after', ignoring: except('order_place'), act: () => proxy.cut() })
    const first = await placeOrder(server.baseUrl, buyer.who, buyer.cartId)
    expect(proxy.disarm()).toBe('order_place')
    expect(first.status).toBe(503)
    proxy.heal()
    expectRefusal(await placeOrder(server.baseUrl, buyer.who, buyer.cartId), 422, ['1103'])
    expect((await storage.orders.ofCart(buyer.cartId)).map(({ status }) => status)).toEqual(['confirmed'])
    expect(await books.faults()).toEqual([])
  })

  it.each([
    ['a purchase', 'order_place', '40001'],
    ['a purchase', 'order_place', '40P01'],
    ['the end of a purchase', 'order_settle', '40001'],
  ])('that asks to do %s again (%s, %s) is asked again, and nobody notices', async (_, statement, code) => {
    const buyer = await newBuyer(server.baseUrl)
    proxy.arm({ at: 1, when: 'before', ignoring: except(statement), act: { refuse: code } })
    const answer = await buy(server.baseUrl, buyer, cards.approved)
    expect([proxy.disarm(), answer.status]).toEqual([statement, 201])
    expect((await storage.orders.ofCart(buyer.cartId)).map(({ status }) => status)).toEqual(['confirmed'])
    expect(await books.faults()).toEqual([])
  })

  it('that is slow with one statement keeps nobody else waiting', async () => {
    const [slow, quick] = [newGuest(), newGuest()]
    for (const who of [slow, quick]) expect((await addToGuestCart(server.baseUrl, who, sku)).status).toBe(201)
    proxy.arm({ at: 1, when: 'before', ignoring: except('cart_save'), act: { delayMilliseconds: 3_000 } })
    const begin = performance.now()
    let isSlowDone = false
    const waiting = addToGuestCart(server.baseUrl, slow, sku).then(answer => {
      isSlowDone = true
      return answer
    })
    await sleep(200)
    for (let count = 2; count < 5; count += 1) {
      expect(quantitiesOf(await addToGuestCart(server.baseUrl, quick, sku))).toEqual({ [sku]: count })
    }
    expect(isSlowDone).toBe(false)
    expect(quantitiesOf(await waiting)).toEqual({ [sku]: 2 })
    expect(performance.now() - begin).toBeGreaterThan(2_900)
    expect(proxy.disarm()).toBe('cart_save')
  })
})
