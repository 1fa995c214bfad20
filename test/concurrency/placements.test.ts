import { expect, it } from 'vitest'
import {
  approvedCard,
  countByStatus,
  expectRefusal,
  glue,
  guestWithCart,
  orderReferenceOf,
  placeOrder,
} from './glue-shopper.js'
import { describeShop, type Shop } from './shop.js'

/** What the tables say about the orders of one cart. */
async function ordersOfCart(shop: Shop, cartId: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return shop.rows(
    `select orders.number, orders.status, orders.grand_total::int as total, count(payments.id)::int as payments,
       coalesce(sum(payments.amount), 0)::int as paid
     from orders left join payments on payments.order_id = orders.id
     where orders.cart_id = $1 group by orders.id`,
    [cartId],
  )
}

async function stockOf(shop: Shop, sku: string): Promise<number> {
  const rows = await shop.rows('select sum(available)::int as available from stock where sku = $1', [sku])
  return Number(rows[0]?.available)
}

async function confirmedOrdersOf(shop: Shop, cartIds: readonly string[]): Promise<number> {
  const rows = await shop.rows(
    `select count(*)::int as orders from orders where cart_id = any($1) and status = 'confirmed'`,
    [cartIds],
  )
  return Number(rows[0]?.orders)
}

describeShop('parallel placements', getShop => {
  it.each([
    ['by invoice', undefined],
    ['by card', approvedCard],
  ])('50 parallel placements of one cart %s give one order and one payment', async (_, payment) => {
    const shop = getShop()
    const { who, cartId } = await guestWithCart(shop.baseUrl, '155_30149933', 2)
    const stockBefore = await stockOf(shop, '155_30149933')
    const attempts = Array.from({ length: 50 }, () => placeOrder(shop.baseUrl, who, cartId, payment))
    const answers = await Promise.all(attempts)
    expect(countByStatus(answers)).toEqual({ 201: 1, 422: 49 })
    const placed = answers.filter(({ status }) => status === 201)
    for (const answer of answers.filter(({ status }) => status === 422)) expectRefusal(answer, 422, ['1103'])
    // 2 x 80.05 less 10 %, delivery free above 30.00.
    const total = 14_409
    expect(await ordersOfCart(shop, cartId)).toEqual([
      { number: placed.map(orderReferenceOf)[0], status: 'confirmed', total, payments: 1, paid: total },
    ])
    expect(await stockOf(shop, '155_30149933')).toBe(stockBefore - 2)
    const carts = await glue(shop.baseUrl, who, 'GET', '/guest-carts')
    expect(carts).toMatchObject({ status: 200, body: { data: [] } })
  })

  it('64 buyers of 20 pieces give 20 orders and 44 refusals', async () => {
    const shop = getShop()
    const buyers = await Promise.all(Array.from({ length: 64 }, () => guestWithCart(shop.baseUrl, 'TWENTY')))
    const answers = await Promise.all(buyers.map(({ who, cartId }) => placeOrder(shop.baseUrl, who, cartId)))
    expect(countByStatus(answers)).toEqual({ 201: 20, 422: 44 })
    for (const answer of answers.filter(({ status }) => status === 422)) expectRefusal(answer, 422, ['1101', '1102'])
    expect(await stockOf(shop, 'TWENTY')).toBe(0)
    const cartIds = buyers.map(({ cartId }) => cartId)
    expect(await confirmedOrdersOf(shop, cartIds)).toBe(20)
    expect(new Set(answers.filter(({ status }) => status === 201).map(orderReferenceOf)).size).toBe(20)
  })

  it('a refused buyer keeps the cart', async () => {
    const shop = getShop()
    const [one, other] = await Promise.all([
      guestWithCart(shop.baseUrl, 'LAST-ONE'),
      guestWithCart(shop.baseUrl, 'LAST-ONE'),
    ])
    const answers = await Promise.all([
      placeOrder(shop.baseUrl, one.who, one.cartId),
      placeOrder(shop.baseUrl, other.who, other.cartId),
    ])
    expect(countByStatus(answers)).toEqual({ 201: 1, 422: 1 })
    const loser = answers[0]?.status === 422 ? one : other
    expectRefusal(answers[0]?.status === 422 ? answers[0] : answers[1], 422, ['1101', '1102'])
    expect(await stockOf(shop, 'LAST-ONE')).toBe(0)
    expect(await confirmedOrdersOf(shop, [one.cartId, other.cartId])).toBe(1)
    const cart = await glue(shop.baseUrl, loser.who, 'GET', `/guest-carts/${loser.cartId}?include=guest-cart-items`)
    expect(cart).toMatchObject({ status: 200, body: { included: [{ attributes: { sku: 'LAST-ONE', quantity: 1 } }] } })
  })

  it('a placement and adds to the same cart end in an order of what it then held', async () => {
    const shop = getShop()
    const { who, cartId } = await guestWithCart(shop.baseUrl, 'MUG-1')
    const path = `/guest-carts/${cartId}/guest-cart-items`
    const add = { type: 'guest-cart-items', attributes: { sku: 'MUG-1', quantity: 1 } }
    const adds = Array.from({ length: 20 }, () => glue(shop.baseUrl, who, 'POST', path, add))
    const placed = await placeOrder(shop.baseUrl, who, cartId)
    const applied = (await Promise.all(adds)).filter(({ status }) => status === 201).length
    expect(placed.status).toBe(201)
    for (const answer of await Promise.all(adds)) expect([201, 404]).toContain(answer.status)
    const rows = await shop.rows(
      `select sum((held ->> 'quantity')::int)::int as pieces from orders, json_array_elements(stock_taken) held
       where cart_id = $1`,
      [cartId],
    )
    expect(rows).toEqual([{ pieces: 1 + applied }])
  })
})
