import { beforeAll, expect, it } from 'vitest'
import { type Books, openBooks } from '../../../support/books.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { shopOver } from '../../spree/shop.js'
import { managementOver, mug } from '../management.js'
import { cashOnDelivery, fillIn, newOrder, pay, readyCart } from '../purchase.js'

/** Number of the first order of this dialect's channel in the demo store. */
const firstNumber = 100

describeOnEachDatabase('orders whose numbers are no integers beside those whose are', getServer => {
  const api = managementOver(getServer)
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })

  it('each has an id of its own, and is read, paid and called off by it (GET /v2/orders/:orderId)', async () => {
    const numbered = await newOrder(api, await readyCart(api, [mug]))
    expect(numbered).toBe(firstNumber)
    // As after so many orders of other channels: the store counts all of them, and this one comes to the same figure.
    await getServer().storage.sql.query(`select setval('order_integer_ids', ${firstNumber - 1})`)
    const shopper = await shopOver(getServer).newOrder([{ variant_id: 18, quantity: 2 }])
    const { cart } = await getServer().storage.carts.read({ number: shopper.number })
    const id = cart?.id ?? ''
    await fillIn(api, id)
    const other = await newOrder(api, id)
    const [stored] = await getServer().storage.orders.ofCart(id)
    expect(stored).toMatchObject({ integerId: firstNumber, number: shopper.number })
    const read = async (order: number) => {
      const { json } = await api.send('GET', `/v2/orders/${order}`)
      return [json.id, json.cart_id === id, json.status, json.total_inc_tax]
    }
    expect(other).toBe(1_000_000_000 + firstNumber)
    expect(await read(numbered)).toEqual([firstNumber, false, 'Incomplete', '21.1600'])
    expect(await read(other)).toEqual([other, true, 'Incomplete', '30.0000'])

    const methods: readonly { readonly id: string; readonly name: string }[] = (
      await api.send('GET', `/v3/payments/methods?order_id=${other}`)
    ).json.data
    const check = methods.find(({ name }) => name === 'Check')
    const paid = await pay(api, other, { payment_method_id: check?.id })
    expect(paid.status, paid.text).toBe(201)
    expect(await read(numbered)).toEqual([firstNumber, false, 'Incomplete', '21.1600'])
    expect((await read(other))[2]).toBe('Awaiting Payment')
    const canceled = await api.send('PUT', `/v2/orders/${other}`, { body: { status_id: 5 } })
    expect([canceled.status, canceled.json.id, canceled.json.status]).toEqual([200, other, 'Cancelled'])
    expect((await pay(api, numbered, cashOnDelivery)).status).toBe(201)
    expect((await read(numbered))[2]).toBe('Awaiting Payment')
    expect(await books.faults()).toEqual([])
  })
})
