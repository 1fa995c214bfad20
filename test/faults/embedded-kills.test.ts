import { expect, it } from 'vitest'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { addToGuestCart, glue, quantitiesOf } from '../concurrency/glue-shopper.js'
import { useEmbeddedShop } from './embedded-shop.js'
import { runBuilt } from './killable-server.js'
import { type Buyer, buy, cards, newBuyer, sku } from './purchases.js'

const shop = useEmbeddedShop()
const newcomer = () => newBuyer(shop.server().baseUrl)

it('an embedded database that is killed between any two steps of a cart write keeps what was acknowledged', async () => {
  const points = ['before cart_by', 'before cart_save', 'after cart_save']
  const buyers = await shop.killAt(points, newcomer, ({ who }) => addToGuestCart(shop.server().baseUrl, who, sku))
  for (const [index, { who }] of buyers.entries()) {
    const cart = await glue(shop.server().baseUrl, who, 'GET', '/guest-carts?include=guest-cart-items')
    expect([points[index], quantitiesOf(cart)]).toEqual([points[index], { [sku]: index === 2 ? 2 : 1 }])
  }
}, 300_000)

it('and between any two steps of a purchase, leaves one order or none, and books that balance', async () => {
  const points = ['cart_by', 'order_place', 'gateway_record_insert', 'order_settle'].map(name => `before ${name}`)
  const buyers = await shop.killAt([...points, 'after order_settle'], newcomer, buyer =>
    buy(shop.server().baseUrl, buyer, cards.approved),
  )
  const ends = await shop.settle(statusesOf(buyers))
  // Until the order is written there is none; what the gateway never heard of is given up, and else its word counts.
  expect(ends).toEqual(['', '', 'canceled', 'confirmed', 'confirmed'])
  for (const [index, buyer] of buyers.entries()) {
    const again = await buy(shop.server().baseUrl, buyer, cards.approved)
    expect(again.status).toBe(ends[index] === 'confirmed' ? 422 : 201)
  }
}, 300_000)

it('and between any two steps of the recovery sweep, leaves the rest to the next one', async () => {
  const buyers = await Promise.all([1, 2, 3, 4].map(newcomer))
  for (const buyer of buyers) expect((await buy(shop.server().baseUrl, buyer, cards.redirect)).status).toBe(201)
  await shop.server().stop()
  await shop.withStorage(({ sql }) =>
    sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`),
  )
  const points = ['orders_overdue', 'payments_unsettled', 'gateway_record_read', 'order_settle']
  for (const point of points) await shop.startUntil(`before ${point}`)
  // Nothing was settled so far; from here on it is, each with its goods given back once.
  expect(await shop.withStorage(statusesOf(buyers))).toEqual(buyers.map(() => 'pending'))
  await shop.startUntil('after order_settle')
  await shop.startUntil('before gateway_record_replace')
  // Else the sweep waits for half a minute: whoever made these attempts may still be there.
  await shop.letAnHourPass()
  await shop.startUntil('after gateway_record_replace')
  expect(await shop.settle(statusesOf(buyers))).toEqual(buyers.map(() => 'canceled'))
  for (const buyer of buyers) expect((await buy(shop.server().baseUrl, buyer, cards.approved)).status).toBe(201)
}, 300_000)

it('and while it makes its files for the first time, starts all the same', async () => {
  for (const milliseconds of [300, 700, 1_200]) {
    const directory = shop.beside(`first-${milliseconds}`)
    const ended = await runBuilt(['seed', 'demo'], { POLYTILL_DATA_DIR: directory }, child => {
      setTimeout(() => child.kill('SIGKILL'), milliseconds)
    })
    expect([null, 0]).toContain(ended.code)
    const again = await runBuilt(['seed', 'demo'], { POLYTILL_DATA_DIR: directory })
    // All of the demo store or nothing of it.
    expect(again.output).toMatch(/imported .* from store\.json|this database is not empty/)
    const doctor = await runBuilt(['doctor', '--books'], { POLYTILL_DATA_DIR: directory })
    expect(doctor, doctor.output).toMatchObject({ code: 0 })
  }
}, 300_000)

/** What became of the carts of these buyers: the states of their orders. */
function statusesOf(buyers: readonly Buyer[]): (storage: OpenStorage) => Promise<readonly string[]> {
  return storage =>
    Promise.all(
      buyers.map(async ({ cartId }) => (await storage.orders.ofCart(cartId)).map(({ status }) => status).join()),
    )
}
