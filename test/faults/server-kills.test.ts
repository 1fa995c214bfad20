import { describe, expect, it } from 'vitest'
import { addToGuestCart, glue, quantitiesOf } from '../concurrency/glue-shopper.js'
import { describeOnPostgres } from '../support/databases.js'
import { runBuilt } from './killable-server.js'
import { allStatements, background, useKillableShop } from './killable-shop.js'
import { type Buyer, buy, cards, newBuyer, sku } from './purchases.js'

describeOnPostgres('a server that is killed', () => {
  const shop = useKillableShop()
  const { killBetweenAll, letAnHourPass, expectBooksInOrder } = shop

  it('between any two steps of a cart write loses no acknowledged write, and writes none twice', async () => {
    const points = await killBetweenAll(
      () => newBuyer(shop.server().baseUrl),
      async ({ who }) => {
        for (const _ of [1, 2, 3]) expect((await addToGuestCart(shop.server().baseUrl, who, sku)).status).toBe(201)
      },
    )
    expect(points.length).toBeGreaterThan(3)
    for (const [index, { subject, statement }] of points.entries()) {
      const cart = await glue(shop.server().baseUrl, subject.who, 'GET', '/guest-carts?include=guest-cart-items')
      // One was there; each add is a read and a write, and only the write that got through counts.
      const isLast = index === points.length - 1
      expect([statement, quantitiesOf(cart)]).toEqual([statement, { [sku]: isLast ? 4 : 1 + Math.floor(index / 2) }])
    }
    await expectBooksInOrder()
  }, 300_000)

  describe.each([
    ['is approved', cards.approved, 'confirmed'],
    ['answers with another amount', cards.wrongAmount, 'canceled'],
  ] as const)('between any two steps of a purchase whose card %s', (_, card, end) => {
    it('leaves one order or none, and no payment without an order', async () => {
      const points = await killBetweenAll(
        () => newBuyer(shop.server().baseUrl),
        buyer => buy(shop.server().baseUrl, buyer, card),
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
    }, 300_000)
  })

  it('between any two steps of the recovery sweep leaves the rest to the next one', async () => {
    const hits: string[] = []
    for (let at = 1; at < allStatements; at += 1) {
      const buyer = await newBuyer(shop.server().baseUrl)
      expect((await buy(shop.server().baseUrl, buyer, cards.redirect)).status).toBe(201)
      shop.proxy().arm({ at, when: 'before', ignoring: background, act: () => shop.server().kill() })
      await shop
        .storage()
        .sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
      const { ended } = shop.server()
      let isDead = false
      void ended.then(() => {
        isDead = true
      })
      const isOver = async () => isDead || (await endOf(buyer)) === 'canceled'
      await expect.poll(isOver, { timeout: 20_000, interval: 50 }).toBe(true)
      const hit = shop.proxy().disarm()
      if (hit !== undefined) {
        await shop.server().ended
        await shop.startAgain()
      }
      await letAnHourPass()
      expect(await endOf(buyer)).toBe('canceled')
      if (hit === undefined) break
      hits.push(hit)
    }
    expect(hits).toContain('order_settle')
    await expectBooksInOrder()
  }, 300_000)

  it('while it starts, starts again', async () => {
    await shop.server().stop()
    for (let at = 1; at <= 3; at += 1) {
      shop.proxy().arm({ at, when: 'before', act: () => starting.kill?.() })
      const starting: { kill?: () => void } = {}
      const ended = await runBuilt(['serve'], { DATABASE_URL: shop.proxy().url }, child => {
        starting.kill = () => void child.kill('SIGKILL')
      })
      expect([shop.proxy().disarm() === undefined, ended.code]).toEqual([false, null])
    }
    await shop.startAgain()
    await expectBooksInOrder()
  }, 300_000)

  /** What became of a buyer's cart; holds that at most one order stands. */
  async function endOf({ cartId }: Buyer): Promise<string> {
    const orders = await shop.storage().orders.ofCart(cartId)
    const standing = orders.filter(({ status }) => status === 'confirmed' || status === 'pending')
    expect(standing.length).toBeLessThanOrEqual(1)
    return standing[0]?.status ?? (orders.length === 0 ? 'none' : 'canceled')
  }

  /** Whoever has no order yet can still buy, and whoever has one cannot buy again. */
  async function finish(buyer: Buyer): Promise<string> {
    const before = await endOf(buyer)
    const answer = await buy(shop.server().baseUrl, buyer, cards.approved)
    expect([before, answer.status]).toEqual([before, before === 'confirmed' ? 422 : 201])
    return endOf(buyer)
  }
})
