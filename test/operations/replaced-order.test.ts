import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBooks } from '../support/books.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'
import { callBack, fillIn, place, sendPayments, transact } from '../wire/vtex/purchase.js'
import { clientOf } from '../wire/vtex/shop.js'

/**
 * A shopper changes a cart that stays open and orders it again, while the order of before is confirmed: between finding that
 * order waiting and calling it off, somebody may say that it shall stand.
 */
describeOnEachDatabase('an order that is about to be replaced', open => {
  let server: TestServer
  /** Happens when a placement has just found that the cart is ordered already. */
  let meanwhile: (() => Promise<void>) | undefined
  beforeAll(async () => {
    const storage = await open()
    const { orders } = storage
    const prepare: typeof orders.prepare = async input => {
      const outcome = await orders.prepare(input)
      if (outcome.kind === 'already_ordered') {
        const act = meanwhile
        meanwhile = undefined
        await act?.()
      }
      return outcome
    }
    server = await startTestServer({ storage: { ...storage, orders: { ...orders, prepare } } })
  })
  afterAll(() => server?.close())

  it('stands once it is confirmed, with what was bought', async () => {
    const books = await openBooks(server.storage.sql)
    const client = clientOf(() => server)
    const sale = await place(client)
    expect((await sendPayments(client, sale)).status).toBe(201)
    const cartId = sale.id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

    // The same worth, and yet another state of the cart.
    expect(await fillIn(client, sale.id)).toBe(sale.value)
    meanwhile = async () => {
      expect((await callBack(client, sale.orderGroup)).status).toBe(204)
    }
    const again = await transact(client, sale.id, sale.value)
    expect(meanwhile).toBeUndefined()
    expect(again.status).not.toBe(200)
    const orders = await server.storage.orders.ofCart(cartId)
    expect(orders.map(({ number, status, paymentStatus }) => [number, status, paymentStatus])).toEqual([
      [sale.orderGroup, 'confirmed', 'authorized'],
    ])
    expect((await callBack(client, sale.orderGroup)).status).toBe(204)
    expect(await books.faults()).toEqual([])
  })

  it('gives way while nobody has confirmed it', async () => {
    const client = clientOf(() => server)
    const sale = await place(client)
    expect(await fillIn(client, sale.id)).toBe(sale.value)
    const again = await transact(client, sale.id, sale.value)
    expect(again.status).toBe(200)
    expect(again.json.orderGroup).not.toBe(sale.orderGroup)
    const { rows } = await server.storage.sql.query(`select status from orders where number = $1`, [sale.orderGroup])
    expect(rows).toEqual([{ status: 'canceled' }])
  })
})
