import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, managementOver, mug } from '../management.js'
import { approved, card, cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

interface Listed {
  readonly id: number
  readonly status_id: number
  readonly customer_id: number
  readonly total_inc_tax: string
  readonly date_created: string
  readonly payment_method: string
  readonly cart_id: string
}

describeOnEachDatabase('lists of orders', getServer => {
  const api = managementOver(getServer)
  const system = { kind: 'system' } as const
  const list = async (query = ''): Promise<readonly Listed[]> => {
    const answer = await api.send('GET', `/v2/orders?${query}`)
    if (answer.status === 204) return []
    expect(answer.status, answer.text).toBe(200)
    return answer.json
  }
  const idsBy = async (query: string) => (await list(query)).map(({ id }) => id)
  const make = async (payment?: object, lines: readonly object[] = [mug], more: object = {}) => {
    const order = await newOrder(api, await readyCart(api, lines, more))
    if (payment !== undefined) await pay(api, order, payment)
    return order
  }
  const stateOf = async (order: number) => {
    const read = await getServer().operations.readOrder(system, { number: order.toString() })
    if (!read.ok) throw new Error(read.error.code)
    return read.value
  }
  const refund = async (order: number, amount?: bigint) => {
    const [payment] = (await stateOf(order)).payments
    const part = amount === undefined ? {} : { amount }
    const input = { id: payment?.id ?? '', refundKey: `refund ${order}`, ...part }
    expect(await getServer().operations.refundPayment(system, input)).toMatchObject({ ok: true })
  }
  const fulfill = async (order: number) => {
    const { id, snapshot } = (await stateOf(order)).order
    const consignmentId = snapshot.consignments[0]?.consignment.id ?? ''
    expect(await getServer().operations.fulfillOrder(system, { id, consignmentId })).toMatchObject({ ok: true })
  }
  const cancel = (order: number) => api.send('PUT', `/v2/orders/${order}`, { body: { status_id: 5 } })

  beforeAll(async () => {
    await make()
    await make(card('4000000000000002'))
    await make(cashOnDelivery)
    await make(approved, [brewer])
    await make(approved, [mug], { customer_id: 1 })
    await make(cashOnDelivery, [mug], { customer_id: 2 })
    await refund(await make(approved))
    await refund(await make(approved), 100n)
    await fulfill(await make(approved))
    await fulfill(await make(cashOnDelivery))
    await fulfill(await make(approved, [mug, brewer]))
    await cancel(await make(approved))
    await cancel(await make(cashOnDelivery))
  })

  it('GET /stores/:storeHash/v2/orders?status_id= names exactly those that show it', async () => {
    const all = await list()
    expect(all).toHaveLength(13)
    expect(new Set(all.map(order => order.status_id)).size).toBeGreaterThan(6)
    const counted = (await api.send('GET', '/v2/orders/count')).json
    expect(counted.count).toBe(13)
    for (let status = 0; status <= 14; status += 1) {
      const shown = all.filter(order => order.status_id === status).map(({ id }) => id)
      expect(await idsBy(`status_id=${status}`), `status ${status}`).toEqual(shown)
      const entry = counted.statuses.find((one: { id: number }) => one.id === status)
      expect(entry.count, `status ${status}`).toBe(shown.length)
    }
  })

  it('sorts and pages', async () => {
    const all = await idsBy('')
    expect(all).toEqual([...all].sort((one, other) => one - other))
    expect(await idsBy('sort=id:desc')).toEqual([...all].reverse())
    expect(await idsBy('limit=5&page=2')).toEqual(all.slice(5, 10))
    expect(await idsBy('limit=5&page=3&sort=id:desc')).toEqual([...all].reverse().slice(10))
    expect(await idsBy('limit=5&page=9')).toEqual([])
    expect(await idsBy('sort=date_created:desc&limit=1')).toEqual(all.slice(-1))
    await api.send('PUT', `/v2/orders/${all[0]}`, { body: { staff_notes: 'last' } })
    expect(await idsBy('sort=date_modified:desc&limit=1')).toEqual(all.slice(0, 1))
  })

  it('filters by ids, totals, carts, customers, addresses and methods', async () => {
    const all = await list()
    const where = (wanted: (order: Listed) => boolean) => all.filter(wanted).map(({ id }) => id)
    const [, , third] = all
    expect(await idsBy(`min_id=${third?.id}`)).toEqual(where(({ id }) => id >= (third?.id ?? 0)))
    expect(await idsBy(`min_id=${third?.id}&max_id=${third?.id}`)).toEqual([third?.id])
    expect(await idsBy(`cart_id=${third?.cart_id}`)).toEqual([third?.id])
    const large = where(order => Number(order.total_inc_tax) > 100)
    expect(await idsBy('min_total=100.01')).toEqual(large)
    expect(await idsBy('max_total=100')).toEqual(where(order => Number(order.total_inc_tax) <= 100))
    expect(await idsBy('customer_id=1')).toEqual(where(order => order.customer_id === 1))
    expect(await idsBy('customer_id=2&status_id=7')).toHaveLength(1)
    expect(await idsBy('customer_id=424242')).toEqual([])
    expect(await idsBy('customer_id=0')).toEqual(where(order => order.customer_id === 0))
    expect(await idsBy(`email=${austin.email.toUpperCase()}`)).toHaveLength(13)
    expect(await idsBy('email=nobody@example.com')).toEqual([])
    const byHand = where(order => order.payment_method === 'Cash on Delivery')
    expect(byHand.length).toBeGreaterThan(2)
    expect(await idsBy('payment_method=cash%20on%20delivery')).toEqual(byHand)
    expect(await idsBy('payment_method=gold')).toEqual([])
    expect(await idsBy('channel_id=1&limit=250')).toHaveLength(13)
    expect(await idsBy('channel_id=7&status_id=7')).toEqual([])
  })

  it('filters by times, in both ways in which they are written', async () => {
    const [first] = await list()
    const created = first?.date_created ?? ''
    expect(await idsBy(`max_date_created=${encodeURIComponent(created)}&limit=1`)).toEqual([first?.id])
    expect(await idsBy(`min_date_created=${encodeURIComponent(created)}`)).toHaveLength(13)
    const tomorrow = new Date(Date.parse(created) + 86_400_000).toISOString()
    expect(await idsBy(`min_date_created=${tomorrow}`)).toEqual([])
    for (const none of ['min_date_created=%2B275760-09-13T00:00:00Z', 'max_date_created=-100000-01-01T00:00:00Z']) {
      expect(await idsBy(none)).toEqual([])
    }
    expect(await idsBy('min_date_created=0000-01-01')).toHaveLength(13)
    expect(await idsBy(`min_date_modified=${tomorrow}`)).toEqual([])
    expect(await idsBy(`max_date_modified=${tomorrow}`)).toHaveLength(13)
    // Scripts build the address by hand, so that the plus comes as a space: PHP's date('c'), date('r').
    for (const plain of ['2020-01-02T03:04:05+00:00', 'Thu, 02 Jan 2020 03:04:05 +0000', '2020-01-02 03:04:05']) {
      const sent = plain.replaceAll(' ', '%20')
      expect(await idsBy(`min_date_created=${sent}`), plain).toHaveLength(13)
      expect(await idsBy(`max_date_created=${sent}`), plain).toEqual([])
    }
  })

  // The vendor's first documents write paths so, and clients of then add it: troycox/bigcommerce-api-docs resources/orders.
  it('answers under paths that end in .json, too', async () => {
    const [first] = await list()
    for (const path of ['orders', 'orders/count', `orders/${first?.id}`, `orders/${first?.id}/products`, 'coupons']) {
      const [plain, named] = [await api.send('GET', `/v2/${path}`), await api.send('GET', `/v2/${path}.json?limit=50`)]
      expect([path, named.status, named.json]).toEqual([path, plain.status, plain.json])
    }
    expect((await api.send('PUT', `/v2/orders/${first?.id}.json`, { body: { staff_notes: 'x' } })).status).toBe(200)
    for (const other of ['/v2/orders.xml', '/v2/nothing.json', '/v3/carts.json']) {
      expect((await api.send('GET', other)).status, other).toBe(404)
    }
  })

  it.each([
    ['status_id', 'paid'],
    ['min_id', '-1'],
    ['max_total', '1e3'],
    ['customer_id', 'me'],
    ['min_date_created', 'yesterday'],
  ])('refuses %s=%s', async (name, value) => {
    for (const path of ['/v2/orders', '/v2/orders/count']) {
      const answer = await api.send('GET', `${path}?${name}=${value}`)
      expect(answer).toMatchObject({ status: 422, json: [{ status: 422, details: { [name]: expect.any(String) } }] })
    }
  })

  it('asks the database no more for many orders than for one', async () => {
    const { sql } = getServer().storage
    // What is kept for two seconds (token, catalog) may be asked for in one of them.
    const statements = async (send: () => Promise<unknown>) => {
      const counts: number[] = []
      for (let run = 0; run < 3; run += 1) {
        const before = sql.statementCount()
        await send()
        counts.push(sql.statementCount() - before)
      }
      return Math.min(...counts)
    }
    // Customer, page, payments, customers.
    expect(await statements(() => list('limit=1&customer_id=1'))).toBe(4)
    expect(await statements(() => list('limit=250'))).toBe(3)
    expect(await statements(() => api.send('GET', '/v2/orders/count'))).toBe(1)
  })
})
