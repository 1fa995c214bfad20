import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { addToGuestCart, glue, quantitiesOf } from '../concurrency/glue-shopper.js'
import { type Books, openBooks } from '../support/books.js'
import { requestTemplate } from '../support/databases.js'
import { type KillableServer, runBuilt, startKillable } from './killable-server.js'
import { type Buyer, buy, cards, newBuyer, orCutOff, sku } from './purchases.js'

const preload = fileURLToPath(new URL('./kill-worker.mjs', import.meta.url))

let folder = ''
let killFile = ''
let books: Books
let server: KillableServer

beforeAll(async () => {
  await requestTemplate()
  const parent = await mkdtemp(join(tmpdir(), 'polytill-kills-'))
  folder = join(parent, 'data')
  killFile = join(parent, 'kill')
  expect((await runBuilt(['seed', 'demo'], environment())).code).toBe(0)
  books = await withStorage(storage => openBooks(storage.sql))
  server = await start()
})
afterAll(async () => {
  await server?.stop()
  await rm(join(folder, '..'), { recursive: true, force: true })
})

function environment(): Readonly<Record<string, string>> {
  return { POLYTILL_DATA_DIR: folder, POLYTILL_RECOVERY_SECONDS: '0.3', KILL_FILE: killFile }
}

function start(): Promise<KillableServer> {
  return startKillable({ environment: environment(), nodeOptions: ['--import', preload] })
}

/** While nobody serves: the folder has one user. */
async function withStorage<T>(use: (storage: OpenStorage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ url: undefined, dataDirectory: folder })
  try {
    return await use(storage)
  } finally {
    await storage.close()
  }
}

/** The embedded database dies with the process, in the middle of whatever it writes. One new buyer for each point. */
async function killAt(points: readonly string[], act: (buyer: Buyer) => Promise<unknown>): Promise<readonly Buyer[]> {
  const buyers: Buyer[] = []
  for (const point of points) {
    const buyer = await newBuyer(server.baseUrl)
    await writeFile(killFile, point)
    expect([point, await orCutOff(act(buyer))]).toEqual([point, undefined])
    await server.ended
    expect(existsSync(`${killFile}.hit`)).toBe(true)
    await rm(`${killFile}.hit`)
    server = await start()
    buyers.push(buyer)
  }
  return buyers
}

it('an embedded database that is killed between any two steps of a cart write keeps what was acknowledged', async () => {
  const points = ['before cart_by', 'before cart_save', 'after cart_save']
  const buyers = await killAt(points, ({ who }) => addToGuestCart(server.baseUrl, who, sku))
  for (const [index, { who }] of buyers.entries()) {
    const cart = await glue(server.baseUrl, who, 'GET', '/guest-carts?include=guest-cart-items')
    expect([points[index], quantitiesOf(cart)]).toEqual([points[index], { [sku]: index === 2 ? 2 : 1 }])
  }
}, 300_000)

it('and between any two steps of a purchase, leaves one order or none, and books that balance', async () => {
  const points = ['cart_by', 'order_place', 'gateway_record_insert', 'order_settle'].map(name => `before ${name}`)
  const buyers = await killAt([...points, 'after order_settle'], buyer => buy(server.baseUrl, buyer, cards.approved))
  await server.stop()
  await withStorage(async ({ sql }) => {
    await sql.query(`update payments set updated_at = updated_at - interval '1 hour'`)
    await sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
  })
  for (let tries = 0, left = -1; left !== 0 && tries < 5; tries += 1) {
    server = await start()
    await sleep(2_000)
    await server.stop()
    const pending = `select count(*)::integer as n from orders where status = 'pending'`
    left = await withStorage(async ({ sql }) => (await sql.query<{ n: number }>(pending)).rows[0]?.n ?? -1)
  }
  const ends = await withStorage(async storage => {
    expect(await books.faults(storage.sql)).toEqual([])
    return Promise.all(
      buyers.map(async ({ cartId }) => (await storage.orders.ofCart(cartId)).map(({ status }) => status).join()),
    )
  })
  // Until the order is written there is none; what the gateway never heard of is given up, and else its word counts.
  expect(ends).toEqual(['', '', 'canceled', 'confirmed', 'confirmed'])
  const doctor = await runBuilt(['doctor', '--books'], environment())
  expect(doctor, doctor.output).toMatchObject({ code: 0, output: expect.stringContaining('The books balance.\n') })
  server = await start()
  for (const [index, buyer] of buyers.entries()) {
    expect((await buy(server.baseUrl, buyer, cards.approved)).status).toBe(ends[index] === 'confirmed' ? 422 : 201)
  }
}, 300_000)

it('and while it makes its files for the first time, starts all the same', async () => {
  for (const milliseconds of [300, 700, 1_200]) {
    const directory = join(folder, '..', `first-${milliseconds}`)
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
