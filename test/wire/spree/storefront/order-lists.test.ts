import { expect, it } from 'vitest'
import {
  address,
  addresses,
  admin,
  card,
  customerKey,
  describeShop,
  paidBy,
  secondKey,
  threeTotes,
  tote,
} from '../shop.js'

const unauthorized = { error: 'You are not authorized to perform that action.' }
const one = [{ variant_id: tote, quantity: 1 }]

describeShop('lists of orders', shop => {
  it('are for administrators, in pages and searched: GET /api/orders', async () => {
    const done = await shop.walkTo('complete')
    const open = await shop.newOrder(threeTotes)
    expect((await shop.send('GET', '/api/orders', { token: open.token })).json).toEqual(unauthorized)
    expect((await shop.send('GET', '/api/orders', { key: customerKey })).status).toBe(401)
    const list = async (query: string) => (await shop.send('GET', `/api/v1/orders.json?${query}`, { key: admin })).json
    const all = await list('per_page=1&q[s]=created_at desc'.replaceAll(' ', '%20'))
    expect(all).toMatchObject({
      count: 1,
      current_page: 1,
      orders: [{ number: open.number, state: 'cart', total: '47.97' }],
    })
    expect(all.pages).toBeGreaterThanOrEqual(2)
    expect(Object.keys(all.orders[0])).not.toContain('line_items')
    expect((await list('page=9999')).orders).toEqual([])
    const byNumber = await list(`q[number_eq]=${done.number.toLowerCase()}`)
    expect(byNumber).toMatchObject({
      count: 1,
      pages: 1,
      orders: [{ number: done.number, state: 'complete', payment_state: 'balance_due' }],
    })
    const numbers = async (query: string) => (await list(query)).orders.map(({ number }: { number: string }) => number)
    expect(await numbers('q[completed_at_not_null]=1')).toContain(done.number)
    expect(await numbers('q[completed_at_not_null]=1')).not.toContain(open.number)
    expect(await numbers('q[email_cont]=ann@&q[state_eq]=complete')).toContain(done.number)
    expect(await numbers('q[email_cont]=%25')).toEqual([])
    expect(await numbers('q[total_gt]=55.00&q[total_lteq]=55.37')).toContain(done.number)
    expect(await numbers('q[state_in][]=cart&q[state_in][]=complete')).toEqual(
      expect.arrayContaining([done.number, open.number]),
    )
    expect(await numbers('q[payment_state_eq]=paid')).not.toContain(done.number)
    expect(await numbers('q[nonsense_eq]=1')).toContain(open.number)
  })

  it('are found by channel, risk and addresses, before and after completion: GET /api/orders', async () => {
    const done = await shop.walkTo('complete')
    const open = await shop.walkTo('address')
    const put = (number: string, order: object) =>
      shop.send('PUT', `/api/orders/${number}`, { key: admin, body: { order } })
    const troy = { ...address, city: 'Troy', lastname: "O'Hara 100%", zipcode: '12180' }
    for (const { number } of [done, open]) {
      expect((await put(number, { channel: 'phone', ship_address: troy, bill_address: address })).status).toBe(200)
    }
    const both = [done.number, open.number].sort()
    const found = async (query: string) => {
      const answer = await shop.send('GET', `/api/orders?per_page=500&${query}`, { key: admin })
      expect([query, answer.status]).toEqual([query, 200])
      return answer.json.orders.map(({ number }: { number: string }) => number).sort()
    }
    for (const query of [
      'q[channel_eq]=Phone',
      'q[channel_not_eq]=spree',
      'q[ship_address_city_eq]=troy',
      "q[ship_address_lastname_cont]=o'hara%20100%25",
      'q[ship_address_zipcode_start]=1218&q[bill_address_city_eq]=Albany',
    ]) {
      expect([query, await found(query)]).toEqual([query, both])
    }
    expect(await found('q[bill_address_city_eq]=Troy')).toEqual([])
    expect(await found('q[channel_eq]=spree')).not.toContain(done.number)
    expect(await found('q[considered_risky_true]=1')).toEqual([])
    expect(await found('q[considered_risky_false]=1')).toEqual(expect.arrayContaining(both))
    expect(await found('q[total_true]=1&q[channel_eq]=phone')).toEqual(both)
    expect(await found(`q[channel_in][]=phone&q[channel_in][]=x&q[s]=channel%20asc`)).toEqual(both)
  })

  it('show a user what is theirs: GET /api/orders/mine, GET /api/orders/current', async () => {
    expect((await shop.send('GET', '/api/orders/mine')).json).toEqual(unauthorized)
    const nothing = await shop.send('GET', '/api/orders/current', { key: secondKey })
    expect([nothing.status, nothing.text]).toEqual([204, ''])
    expect((await shop.send('GET', '/api/orders/current.json')).status).toBe(204)
    const first = await shop.newOrder(one, { key: secondKey })
    const second = await shop.newOrder(one, { key: secondKey })
    const current = await shop.send('GET', '/api/orders/current', { key: secondKey })
    expect([current.status, current.json]).toMatchObject([
      200,
      { number: second.number, email: 'second@polytill.test', user_id: expect.any(Number) },
    ])
    const path = `/api/checkouts/${first.number}`
    const bodies = [{}, {}, {}, { order: { payments_attributes: [{ payment_method_id: 3 }] } }]
    const put = (body: object) => shop.send('PUT', path, { key: secondKey, body })
    await put({})
    const [, ...rest] = bodies
    const { address } = await import('../shop.js')
    await put({ order: { ship_address: address, use_billing: false } })
    for (const body of rest.slice(1)) await put(body)
    const mine = await shop.send('GET', '/api/orders/mine', { key: secondKey })
    expect(mine.json).toMatchObject({
      count: 2,
      orders: [
        { number: first.number, state: 'complete' },
        { number: second.number, state: 'cart' },
      ],
    })
    const sorted = await shop.send('GET', '/api/orders/mine?q[s]=id%20desc', { key: secondKey })
    expect(sorted.json.count).toBe(2)
    const others = await shop.send('GET', `/api/orders/${second.number}`, { key: customerKey })
    expect([others.status, others.json]).toEqual([401, unauthorized])
  })

  it('show each order as it is read alone: GET /api/orders/mine, GET /api/orders/current', async () => {
    const user = { email: 'whole@example.com', password: 'change123', password_confirmation: 'change123' }
    await shop.send('POST', '/api/users', { body: { user } })
    const login = await shop.send('POST', '/login.json', { body: { spree_user: user } })
    const key: string = login.json.user.spree_api_key
    const began = async () => (await shop.newOrder(threeTotes, { key })).number
    const walk = async (number: string, bodies: readonly object[]) => {
      for (const body of bodies) await shop.send('PUT', `/api/checkouts/${number}`, { key, body })
    }
    const declined = [{}, addresses, {}, paidBy({ ...card, number: '4000000000000002' }), {}]
    const [done, tried] = [await began(), await began()]
    await walk(done, [...declined, paidBy()])
    await walk(tried, declined)
    const alone = async (number: string) => (await shop.send('GET', `/api/orders/${number}`, { key })).json
    const [first, second] = [await alone(done), await alone(tried)]
    expect([first, second]).toMatchObject([
      { state: 'complete', payments: [{ state: 'failed' }, { state: 'pending' }] },
      { state: 'confirm', payments: [{ state: 'failed' }], line_items: [{ variant: { in_stock: true } }] },
    ])
    expect(second.line_items[0].variant.total_on_hand).toBeGreaterThan(0)
    expect((await shop.send('GET', '/api/orders/mine', { key })).json.orders).toEqual([first, second])
    expect((await shop.send('GET', '/api/orders/current', { key })).json).toEqual(second)
    const canceled = await shop.send('PUT', `/api/orders/${done}/cancel`, { key: admin })
    expect(canceled.json.payments).toMatchObject([{ state: 'failed' }, { state: 'void' }])
    expect(canceled.json).toEqual((await shop.send('GET', `/api/orders/${done}`, { key: admin })).json)
  })

  it('are called off by administrators: PUT /api/orders/:number/cancel', async () => {
    const shopper = await shop.walkTo('complete')
    const path = `/api/orders/${shopper.number}/cancel`
    expect((await shop.send('PUT', path, { token: shopper.token })).json).toEqual(unauthorized)
    const canceled = await shop.send('PUT', path, { key: admin })
    expect([canceled.status, canceled.json]).toMatchObject([
      200,
      {
        state: 'canceled',
        payment_state: 'void',
        shipment_state: 'canceled',
        payments: [{ state: 'void' }],
        shipments: [{ state: 'canceled' }],
      },
    ])
    expect((await shop.send('PUT', path, { key: admin })).status).toBe(422)
    expect(await shop.read(shopper)).toMatchObject({ number: shopper.number, state: 'canceled' })
    const open = await shop.newOrder(threeTotes)
    const early = await shop.send('PUT', `/api/orders/${open.number}/cancel`, { key: admin })
    expect([early.status, early.json.errors]).toEqual([422, { state: ['cannot transition via "cancel"'] }])
  })

  it('are approved by administrators: PUT /api/orders/:number/approve', async () => {
    const shopper = await shop.walkTo('complete')
    expect((await shop.send('PUT', `/api/orders/${shopper.number}/approve`, { token: shopper.token })).status).toBe(401)
    const approved = await shop.send('PUT', `/api/orders/${shopper.number}/approve`, { key: admin })
    expect([approved.status, approved.json.considered_risky]).toEqual([200, false])
  })

  it('take goods back: POST /api/orders/:number/return_authorizations and below', async () => {
    // GET /api/orders/:number/return_authorizations, GET /api/orders/:number/return_authorizations/new
    // GET /api/orders/:number/return_authorizations/:id, PUT /api/orders/:number/return_authorizations/:id
    // PATCH /api/orders/:number/return_authorizations/:id, DELETE /api/orders/:number/return_authorizations/:id
    // PUT /api/orders/:number/return_authorizations/:id/add, PUT /api/orders/:number/return_authorizations/:id/cancel
    // PUT /api/orders/:number/return_authorizations/:id/receive
    const shopper = await shop.walkTo('complete')
    const order = await shop.read(shopper)
    const path = `/api/orders/${shopper.number}/return_authorizations`
    const send = (method: string, rest = '', body?: object) =>
      shop.send(method, `${path}${rest}`, { key: admin, ...(body === undefined ? {} : { body }) })
    const wanted = { return_authorization: { stock_location_id: 1, memo: 'Too small', reason: 'size', amount: '5.5' } }
    expect((await send('POST', '', wanted)).status).toBe(422)
    await shop.send('PUT', `/api/orders/${shopper.number}/payments/${order.payments[0].number}/capture`, { key: admin })
    await shop.send('PUT', `/api/shipments/${order.shipments[0].number}/ship`, { key: admin })
    expect((await shop.send('POST', path, { token: shopper.token, body: wanted })).json).toEqual(unauthorized)
    const made = await send('POST', '', wanted)
    expect([made.status, made.json]).toMatchObject([
      201,
      { id: 1, state: 'authorized', order_id: shopper.number, memo: 'Too small', amount: '5.5', reason: 'size' },
    ])
    expect((await send('GET', '/1')).json).toEqual(made.json)
    expect((await send('GET')).json).toMatchObject({ count: 1, return_authorizations: [{ id: 1 }] })
    expect((await send('GET', '/new')).json.required_attributes).toEqual(['stock_location_id'])
    expect((await send('PUT', '/1', { return_authorization: { memo: 'Too big' } })).json.memo).toBe('Too big')
    expect((await send('PATCH', '/1', {})).json.memo).toBe('Too big')
    expect((await send('PUT', '/1/add')).status).toBe(200)
    expect((await send('PUT', '/1/receive')).json.state).toBe('received')
    expect((await send('PUT', '/1/cancel')).status).toBe(422)
    expect((await send('DELETE', '/1')).status).toBe(204)
    expect((await send('GET', '/1')).status).toBe(404)
  })
})
