import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { drivers } from '../conformance/drivers.js'
import { orphaned } from '../operations/till.js'
import { type Books, openBooks } from '../support/books.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.js'

/** Every statement but the one that writes an order. */
const allElse = /^(?!order_place)/

describeOnPostgres('a purchase through every dialect, with a database', () => {
  let proxy: PostgresProxy
  let server: TestServer
  /** Past the proxy. */
  let storage: OpenStorage
  let books: Books
  const statuses: number[] = []

  beforeAll(async () => {
    const url = await requestDatabase()
    proxy = await startPostgresProxy(url)
    storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
    const started = await startTestServer({
      storage: await openStorage({ url: proxy.url, dataDirectory: '', poolSize: 8 }),
    })
    server = {
      ...started,
      request: async (...sent) => {
        const answer = await started.request(...sent)
        statuses.push(answer.status)
        return answer
      },
    }
    books = await openBooks(storage.sql)
  })
  afterAll(async () => {
    await server?.close()
    await proxy?.close()
    await storage?.close()
  })

  async function salesOf(cartId: string): Promise<readonly string[]> {
    const states = await storage.orders.statesOfCart(cartId)
    return states
      .filter(({ order }) => order.status === 'pending' || order.status === 'confirmed')
      .map(({ order, payments }) => {
        const secured = payments.filter(({ state }) => state === 'authorized' || state === 'captured')
        return `${order.status} ${secured.length}`
      })
  }

  describe.each(drivers)('$dialect', ({ arrive }) => {
    async function newCart() {
      const shopper = await arrive(server)
      const { cartId } = await shopper.begin([{ sku: 'MUG-1', quantity: 1 }])
      statuses.length = 0
      return { shopper, cartId }
    }

    it.each(['40001', '40P01'])(
      'that asks to do it again (%s): nobody notices',
      async code => {
        const { shopper, cartId } = await newCart()
        proxy.arm({ at: 1, when: 'before', ignoring: allElse, act: { refuse: code } })
        const number = await shopper.place(cartId)
        expect([proxy.disarm(), typeof number]).toEqual(['order_place', 'string'])
        expect(await salesOf(cartId)).toEqual(['confirmed 1'])
        expect(statuses.filter(status => status >= 500)).toEqual([])
        expect(await books.faults()).toEqual([])
      },
      60_000,
    )

    it('that is slow: it waits, and is placed once', async () => {
      const { shopper, cartId } = await newCart()
      proxy.arm({ at: 1, when: 'before', ignoring: allElse, act: { delayMilliseconds: 1_500 } })
      const began = performance.now()
      const number = await shopper.place(cartId)
      expect([proxy.disarm(), typeof number]).toEqual(['order_place', 'string'])
      expect(performance.now() - began).toBeGreaterThan(1_400)
      expect(await salesOf(cartId)).toEqual(['confirmed 1'])
      expect(await books.faults()).toEqual([])
    }, 60_000)

    it('that goes away once it is written: told, and one order however often it is asked for again', async () => {
      const { shopper, cartId } = await newCart()
      proxy.arm({ at: 1, when: 'after', ignoring: allElse, act: () => proxy.cut() })
      // Whoever shops takes what is not an answer of theirs for a fault.
      await shopper.place(cartId).catch(() => undefined)
      expect(proxy.disarm()).toBe('order_place')
      expect(statuses.filter(status => status === 503).length).toBeGreaterThan(0)
      expect(statuses.filter(status => status === 500)).toEqual([])
      proxy.heal()
      await expect
        .poll(async () => (await server.request('GET', '/health/ready')).status, { timeout: 10_000 })
        .toBe(200)
      await shopper.place(cartId).catch(() => undefined)
      // An order whose payment nobody sent any more is given up by the recovery; then it can be bought.
      server.advance(orphaned * 1_000)
      await server.operations.recoverOrders()
      if ((await salesOf(cartId)).length === 0) await shopper.place(cartId)
      expect(await salesOf(cartId)).toEqual(['confirmed 1'])
      expect(await books.faults()).toEqual([])
    }, 60_000)
  })
})
