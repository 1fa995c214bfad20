import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { floorSchema } from './floor-schema.js'
import type { Checkout } from './flow.js'

/**
 * The floor: the rows of one checkout written by hand-made SQL through the same driver, nothing computed in between.
 * Insert a cart, five versioned updates of a 4 kB row, one placing transaction: 12 statements besides begin and commit.
 */
export interface Floor {
  readonly checkout: Checkout
  readonly orders: () => Promise<number>
  close(): Promise<void>
}

/** The pool of the server has as many. */
const poolSize = 16
const cartText = realisticText(4_096)
const orderText = realisticText(6_144)

const insertCart = `insert into floor_carts (id, owner, version, status, body, expires_at)
  values ($1, $2, 1, 'open', $3, now() + interval '30 days')`
const updateCart = `update floor_carts set body = $3, version = version + 1, updated_at = now()
  where id = $1 and version = $2`
const takeStock = 'update floor_stock set available = available - $2 where sku = $1 and available >= $2'
const insertOrder = `insert into floor_orders (id, number, cart_id, status, total, body) values ($1, $2, $3, 'confirmed', $4, $5)`
const insertPayment = `insert into floor_payments (id, order_id, state, amount, idempotency_key) values ($1, $2, 'authorized', $3, $4)`
const closeCart = `update floor_carts set status = 'closed', version = version + 1, updated_at = now()
  where id = $1 and version = $2`
const insertEvent = `insert into floor_outbox (type, subject, data) values ('order.placed', $1, $2)`

/** Makes the tables in the database at `url`, with stock for every SKU, and a pool to write through. */
export async function openFloor(url: string, skus: readonly string[]): Promise<Floor> {
  const pool = new pg.Pool({ connectionString: url, max: poolSize })
  // An idle connection that breaks shows itself at the next statement; without a listener it would end the process.
  pool.on('error', () => undefined)
  await pool.query(floorSchema)
  await pool.query('insert into floor_stock (sku, available) select unnest($1::text[]), 1000000000', [skus])
  const steps = ['insert cart', 'update 1', 'update 2', 'update 3', 'update 4', 'update 5', 'place']
  return {
    checkout: {
      steps,
      async run(lane, around) {
        const cartId = randomUUID()
        const owner = `lane-${lane}`
        await around(0, () => expectOne(pool.query(named('insert_cart', insertCart, [cartId, owner, cartText]))))
        for (let version = 1; version <= 5; version += 1) {
          const values = [cartId, version, cartText]
          await around(version, () => expectOne(pool.query(named('update_cart', updateCart, values))))
        }
        await around(6, () => place(pool, cartId, pickTwo(skus)))
      },
    },
    async orders() {
      const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from floor_orders')
      return rows[0]?.count ?? 0
    },
    close: () => pool.end(),
  }
}

async function place(pool: pg.Pool, cartId: string, skus: readonly [string, string]): Promise<void> {
  const client = await pool.connect()
  const orderId = randomUUID()
  try {
    await client.query('begin')
    for (const sku of skus) await expectOne(client.query(named('take_stock', takeStock, [sku, 1])))
    await expectOne(
      client.query(named('insert_order', insertOrder, [orderId, `N-${orderId}`, cartId, 8_490, orderText])),
    )
    await expectOne(client.query(named('insert_payment', insertPayment, [randomUUID(), orderId, 8_490, orderId])))
    await expectOne(client.query(named('close_cart', closeCart, [cartId, 6])))
    await expectOne(client.query(named('insert_event', insertEvent, [orderId, '{"total":8490}'])))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

function named(name: string, text: string, values: readonly unknown[]): pg.QueryConfig {
  return { name, text, values: [...values] }
}

async function expectOne(pending: Promise<pg.QueryResult>): Promise<void> {
  const result = await pending
  if (result.rowCount !== 1) throw new Error(`A statement of the floor wrote ${result.rowCount} rows instead of one`)
}

/** JSON of at least that many bytes that packs about as well as a cart does: field names repeat, ids do not. */
export function realisticText(bytes: number): string {
  const lineItems: object[] = []
  let text = ''
  while (text.length < bytes) {
    lineItems.push({
      id: randomUUID(),
      sku: randomUUID().slice(0, 12),
      quantity: lineItems.length + 1,
      unitPrice: '8490',
    })
    text = JSON.stringify({ currency: 'EUR', status: 'open', lineItems })
  }
  return text
}

/** Two different ones, in the order in which stock is taken, so that no two checkouts wait for each other crosswise. */
export function pickTwo(skus: readonly string[]): readonly [string, string] {
  const first = Math.floor(Math.random() * skus.length)
  const second = (first + 1 + Math.floor(Math.random() * (skus.length - 1))) % skus.length
  const [low, high] = [skus[Math.min(first, second)], skus[Math.max(first, second)]]
  if (low === undefined || high === undefined) throw new Error('The floor needs at least two SKUs')
  return [low, high]
}
