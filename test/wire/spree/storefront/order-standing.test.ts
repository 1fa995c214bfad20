import { expect, it } from 'vitest'
import { present } from '../../../../src/core/assert.js'
import { admin, describeShop, type Shopper, threeTotes } from '../shop.js'

/** How an order and its only payment may stand; money in cents, of 55.37 that are due. */
interface Standing {
  readonly status: 'pending' | 'confirmed' | 'canceled'
  readonly paymentStatus: 'pending' | 'failed'
  readonly fulfillmentStatus: 'unfulfilled' | 'partially_fulfilled' | 'fulfilled'
  readonly captured: number
  readonly refunded: number
  /** What paying in installments costs on top, as another API offers it. */
  readonly interest: number
  /** Whether no order stood behind what was given back. */
  readonly isStray: boolean
}

const due = 5537
const sold = { status: 'confirmed', paymentStatus: 'pending', fulfillmentStatus: 'unfulfilled' } as const
const paid = { captured: due, refunded: 0, interest: 0, isStray: false }

/** Whatever was captured and given back of an order that stands, and whatever became of one that was paid. */
const standings: readonly Standing[] = [
  ...[0, 500, due, due + 463].flatMap(captured =>
    [...new Set([0, Math.min(captured, 463), captured])].flatMap(refunded =>
      (refunded === 0 ? [false] : [false, true]).flatMap(isStray =>
        [0, 463].map(interest => ({ ...sold, captured, refunded, isStray, interest })),
      ),
    ),
  ),
  ...(['pending', 'confirmed', 'canceled'] as const).flatMap(status =>
    (['pending', 'failed'] as const).flatMap(paymentStatus =>
      (['unfulfilled', 'partially_fulfilled', 'fulfilled'] as const).flatMap(fulfillmentStatus =>
        [0, 463, due].map(refunded => ({ ...paid, status, paymentStatus, fulfillmentStatus, refunded })),
      ),
    ),
  ),
]

describeShop('orders are found by the words that they show: GET /api/orders', shop => {
  const sql = () => shop.server().storage.sql

  async function stand({ number }: Shopper, standing: Standing) {
    const { captured, refunded, isStray, interest, ...stored } = standing
    const { rows } = await sql().query<{ id: string }>(
      `update orders set status = $1, body = (body::jsonb || $2)::json,
        snapshot = jsonb_set(snapshot::jsonb, '{payments,0,interest}', $4)::json where number = $3 returning (
        select id from payments where order_id = orders.id) as id`,
      [stored.status, JSON.stringify(stored), number, JSON.stringify(`#${interest}`)],
    )
    const id = present(rows[0]?.id, 'the order has a payment')
    const key = isStray ? `${id}:stray` : 'asked'
    const refunds = [{ key, amount: `#${refunded}`, at: '2026-01-01T00:00:00.000Z' }]
    await sql().query(
      `update payments set state = 'captured', amount = greatest(amount, $1), captured = $1, refunded = $2, refunds = $3 where id = $4`,
      [captured, refunded, refunded === 0 ? null : JSON.stringify(refunds), id],
    )
  }

  const isFound = async ({ number }: Shopper, query: string) => {
    const { status, json } = await shop.send('GET', `/api/orders?q[number_eq]=${number}&${query}`, { key: admin })
    expect(status).toBe(200)
    return json.orders.length === 1
  }

  it('whatever was captured and given back', async () => {
    const shopper = await shop.walkTo('complete', threeTotes)
    const words = { payment: new Set<string | null>(), shipment: new Set<string | null>() }
    for (const standing of standings) {
      await stand(shopper, standing)
      const shown = await shop.read(shopper)
      for (const kind of ['payment', 'shipment'] as const) {
        const word: string | null = shown[`${kind}_state`]
        words[kind].add(word)
        const name = `q[${kind}_state`
        const own = word === null ? `${name}_null]=1` : `${name}_eq]=${word}`
        const others = word === null ? `${name}_not_null]=1` : `${name}_not_eq]=${word}`
        const found = [await isFound(shopper, own), await isFound(shopper, others)]
        expect({ ...standing, word, found }).toEqual({ ...standing, word, found: [true, false] })
      }
    }
    expect(words.payment).toEqual(new Set([null, 'balance_due', 'paid', 'credit_owed', 'failed', 'void']))
    expect(words.shipment).toEqual(new Set([null, 'pending', 'ready', 'partial', 'shipped', 'canceled']))
  })
})
