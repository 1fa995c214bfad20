import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Books, openBooks } from '../../../support/books.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { brewer, journal, managementOver, mug } from '../management.js'
import { approved, cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

/**
 * What a back office sets. The platform takes any status; here money and stock stay with what happened.
 * Source: dialects/bigcommerce.md 3.2, 3.9; reference/orders.v2.oas2.yml `status_id`.
 */
describeOnEachDatabase('the status of an order that a backend sets', getServer => {
  const api = managementOver(getServer)
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })
  afterAll(async () => expect(await books.faults()).toEqual([]))

  const ordered = async (payment: object = cashOnDelivery, lines: readonly object[] = [mug]) => {
    const order = await newOrder(api, await readyCart(api, lines))
    expect((await pay(api, order, payment)).status).toBe(201)
    return order
  }
  const put = (order: number, body: object) => api.send('PUT', `/v2/orders/${order}`, { body })
  const read = async (order: number) => (await api.send('GET', `/v2/orders/${order}`)).json
  const idsIn = async (status: number): Promise<readonly number[]> => {
    const listed = await api.send('GET', `/v2/orders?status_id=${status}&limit=250`)
    return listed.status === 204 ? [] : listed.json.map((one: { id: number }) => one.id)
  }
  const refused = async (order: number, status_id: number, status: number) => {
    const before = await read(order)
    const answer = await put(order, { status_id, staff_notes: 'never written' })
    expect(answer.status, `${status_id}: ${answer.text}`).toBe(status)
    expect(answer.json).toMatchObject([{ status }])
    expect(await read(order)).toEqual(before)
  }

  it.each([
    [1, 'Pending'],
    [3, 'Partially Shipped'],
    [8, 'Awaiting Pickup'],
    [9, 'Awaiting Shipment'],
    [11, 'Awaiting Fulfillment'],
    [12, 'Manual Verification Required'],
    [13, 'Disputed'],
  ])('%i (%s) is said of an order that is not sent, moves no money, and is found by it', async (id, name) => {
    const order = await ordered()
    const before = await read(order)
    expect(before).toMatchObject({ status_id: 7, payment_status: 'pending' })
    const answer = await put(order, { status_id: id })
    const told = { status_id: id, status: name, custom_status: name, date_modified: expect.any(String) }
    expect([answer.status, answer.json]).toEqual([200, { ...before, ...told }])
    expect(await read(order)).toEqual(answer.json)
    expect(await idsIn(id)).toContain(order)
    expect(await idsIn(7)).not.toContain(order)
    const { statuses } = (await api.send('GET', '/v2/orders/count')).json
    for (const status of statuses)
      expect([status.id, status.count]).toEqual([status.id, (await idsIn(status.id)).length])
    expect((await put(order, { status_id: 7 })).json).toMatchObject({ status_id: 7, status: 'Awaiting Payment' })
    expect(await idsIn(7)).toContain(order)
  })

  it('2 (Shipped) sends all goods once, and the order cannot be called off any more', async () => {
    const order = await ordered(cashOnDelivery, [brewer, mug, journal])
    const sent = await put(order, { status_id: 2, staff_notes: 'Box 4' })
    expect(sent.json).toMatchObject({
      ...{ status_id: 2, status: 'Shipped', staff_notes: 'Box 4', items_shipped: 2, payment_status: 'pending' },
      date_shipped: expect.stringMatching(/ \+0000$/),
    })
    expect(await read(order)).toEqual(sent.json)
    expect((await api.send('GET', `/v2/orders/${order}/shipping_addresses`)).json).toMatchObject([{ items_shipped: 2 }])
    expect((await api.send('GET', `/v2/orders/${order}/products`)).json).toMatchObject([
      { quantity_shipped: 1 },
      { quantity_shipped: 1 },
      { quantity_shipped: 0 },
    ])
    expect((await put(order, { status_id: 2 })).json).toEqual(sent.json)
    for (const status of [5, 6, 3, 8, 9, 11]) await refused(order, status, 409)
    expect((await put(order, { status_id: 5 })).text).toContain('cannot become \\"Cancelled\\" any more')
    for (const status of [0, 4, 14]) await refused(order, status, 422)
    const completed = await put(order, { status_id: 10 })
    expect(completed.json).toMatchObject({ status_id: 10, status: 'Completed', date_shipped: sent.json.date_shipped })
    expect([(await idsIn(10)).includes(order), (await idsIn(2)).includes(order)]).toEqual([true, false])
    expect((await put(order, { status_id: 2 })).json).toMatchObject({ status_id: 2 })
  })

  it('10 (Completed) sends what was not sent, also where nothing has to be carried', async () => {
    const order = await ordered(approved)
    await put(order, { status_id: 9 })
    expect((await put(order, { status_id: 10 })).json).toMatchObject({ status_id: 10, items_shipped: 1 })
    const download = await ordered(approved, [journal])
    expect((await put(download, { status_id: 10 })).json).toMatchObject({ status_id: 10, items_shipped: 0 })
  })

  it('6 (Declined) calls the order off and gives its goods back, as 5 does', async () => {
    const stockOf = async (): Promise<number> => {
      const sql = `select sum(available)::integer as pieces from stock where sku = 'MUG-1'`
      return (await getServer().storage.sql.query<{ pieces: number }>(sql)).rows[0]?.pieces ?? 0
    }
    const before = await stockOf()
    const order = await ordered(approved)
    expect(await stockOf()).toBe(before - 1)
    await put(order, { status_id: 12 })
    expect((await put(order, { status_id: 6 })).json).toMatchObject({ status_id: 6, status: 'Declined' })
    expect(await stockOf()).toBe(before)
    expect(await idsIn(6)).toContain(order)
    expect((await put(order, { status_id: 5 })).json).toMatchObject({ status_id: 5 })
    expect([(await idsIn(5)).includes(order), (await idsIn(6)).includes(order)]).toEqual([true, false])
    for (const status of [1, 2, 7, 9, 10, 11, 14]) await refused(order, status, 409)
  })

  it('places an incomplete order that was paid elsewhere, by an offline method', async () => {
    const id = await readyCart(api, [mug])
    const order = await newOrder(api, id)
    for (const status of [4, 14]) await refused(order, status, 422)
    const placed = await put(order, { status_id: 11, payment_method: 'Stripe' })
    expect(placed.json).toMatchObject({ status_id: 11, payment_method: 'Check', payment_status: 'pending' })
    expect((await api.send('GET', `/v3/carts/${id}`)).status).toBe(404)
    const other = await newOrder(api, await readyCart(api, [mug]))
    const cash = await put(other, { status_id: 7, payment_method: 'cash on delivery' })
    expect(cash.json).toMatchObject({ status_id: 7, payment_method: 'Cash on Delivery' })
    const sent = await put(await newOrder(api, await readyCart(api, [mug])), { status_id: 2 })
    expect(sent.json).toMatchObject({ status_id: 2, items_shipped: 1 })
  })

  it('a status that was set holds until goods are sent', async () => {
    const order = await ordered(approved)
    await put(order, { status_id: 13 })
    const { operations } = getServer()
    const found = await operations.readOrder({ kind: 'system' }, { number: order.toString() })
    await operations.fulfillOrder({ kind: 'system' }, { id: found.ok ? found.value.order.id : '', isAll: true })
    expect(await read(order)).toMatchObject({ status_id: 2 })
    expect([(await idsIn(2)).includes(order), (await idsIn(13)).includes(order)]).toEqual([true, false])
  })
})
