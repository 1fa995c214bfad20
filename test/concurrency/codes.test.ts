import { expect, it } from 'vitest'
import { addCode, countByStatus, expectRefusal, guestWithCart, placeOrder } from './glue-shopper.js'
import { describeShop, type Shop } from './shop.js'

/** One mug: 12.50 and 4.90 for delivery. */
const mugTotal = 1_740

async function buyersWithCode(
  shop: Shop,
  count: number,
  code: string,
): Promise<Awaited<ReturnType<typeof guestWithCart>>[]> {
  const buyers = await Promise.all(Array.from({ length: count }, () => guestWithCart(shop.baseUrl, 'MUG-1')))
  const added = await Promise.all(buyers.map(({ who, cartId }) => addCode(shop.baseUrl, who, cartId, code)))
  expect(countByStatus(added)).toEqual({ 201: count })
  return buyers
}

describeShop('codes that run out', getShop => {
  it('a coupon for one use is counted once among 10 parallel buyers', async () => {
    const shop = getShop()
    const buyers = await buyersWithCode(shop, 10, 'ONCE')
    const answers = await Promise.all(buyers.map(({ who, cartId }) => placeOrder(shop.baseUrl, who, cartId)))
    for (const { status } of answers) expect([201, 422]).toContain(status)
    for (const answer of answers.filter(({ status }) => status === 422)) expectRefusal(answer, 422, ['1101', '1102'])
    const uses = await shop.rows(`select used from coupons where code_key = 'once'`, [])
    expect(uses.map(row => Number(row.used))).toEqual([1])
    const orders = await shop.rows(
      `select grand_total::int as total from orders where cart_id = any($1) and status = 'confirmed' order by 1`,
      [buyers.map(({ cartId }) => cartId)],
    )
    const totals = orders.map(row => Number(row.total))
    expect(totals).toHaveLength(answers.filter(({ status }) => status === 201).length)
    expect(totals[0]).toBe(mugTotal - 500)
    expect(totals.slice(1).every(total => total === mugTotal)).toBe(true)
  })

  it('a gift card is never overdrawn by 10 parallel buyers', async () => {
    const shop = getShop()
    const buyers = await buyersWithCode(shop, 10, 'GIFT50DEMO')
    const answers = await Promise.all(buyers.map(({ who, cartId }) => placeOrder(shop.baseUrl, who, cartId)))
    for (const { status } of answers) expect([201, 422]).toContain(status)
    for (const answer of answers.filter(({ status }) => status === 422)) expectRefusal(answer, 422, ['1101', '1102'])
    const [card] = await shop.rows(
      `select balance::int as balance, (select sum(amount)::int from gift_card_ledger l where l.code_key = c.code_key) as ledger
       from gift_cards c where code_key = 'gift50demo'`,
      [],
    )
    expect(Number(card?.balance)).toBeGreaterThanOrEqual(0)
    expect(card?.ledger).toBe(card?.balance)
    const orders = await shop.rows(
      `select o.grand_total::int as total,
         coalesce((select -sum(l.amount) from gift_card_ledger l where l.order_id = o.id), 0)::int as by_card,
         coalesce((select sum(p.amount) from payments p where p.order_id = o.id), 0)::int as by_payment
       from orders o where o.cart_id = any($1) and o.status = 'confirmed'`,
      [buyers.map(({ cartId }) => cartId)],
    )
    expect(orders).toHaveLength(answers.filter(({ status }) => status === 201).length)
    // 50.00 pays at least two mugs with delivery in full.
    expect(orders.length).toBeGreaterThanOrEqual(2)
    for (const order of orders) {
      expect(order.total).toBe(mugTotal)
      expect(Number(order.by_card) + Number(order.by_payment)).toBe(mugTotal)
    }
    const spent = orders.reduce((sum, order) => sum + Number(order.by_card), 0)
    expect(spent + Number(card?.balance)).toBe(5_000)
  })
})
