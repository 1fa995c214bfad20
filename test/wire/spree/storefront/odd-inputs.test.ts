import { expect, it } from 'vitest'
import {
  address,
  admin,
  creditCard,
  customerKey,
  describeShop,
  type Shop,
  type Shopper,
  threeTotes,
  tote,
} from '../shop.js'

async function paidOrder(shop: Shop): Promise<Shopper & { readonly payment: string; readonly shipment: string }> {
  const shopper = await shop.walkTo('complete')
  const { payments, shipments } = await shop.read(shopper)
  return { ...shopper, payment: payments[0].number, shipment: shipments[0].number }
}

describeShop('odd inputs', shop => {
  it('search orders by names that no field has, and by times that no order has', async () => {
    const open = await shop.newOrder(threeTotes)
    const numbers = async (query: string, key = admin) => {
      const path = key === admin ? '/api/orders' : '/api/orders/mine'
      const answer = await shop.send('GET', `${path}?per_page=500&${query}`, { key })
      expect([query, answer.status]).toEqual([query, 200])
      return answer.json.orders.map(({ number }: { number: string }) => number)
    }
    for (const query of [
      'q[constructor_eq]=1',
      'q[s]=constructor%20desc',
      'q[s]=toString',
      'q[created_at_lt]=%2B275760-01-01T00:00:00.000Z',
      'q[created_at_gt]=-200000-01-01T00:00:00.000Z',
      'q[created_at_gt]=0000-01-01',
    ]) {
      expect(await numbers(query)).toContain(open.number)
      await numbers(query, customerKey)
    }
    expect(await numbers('q[created_at_lt]=0000-01-01')).toEqual([])
    expect(await numbers('q[payment_state_in][]=constructor&q[payment_state_in][]=failed')).not.toContain(open.number)
    expect(await numbers('q[shipment_state_eq]=hasOwnProperty')).toEqual([])
  })

  it('put lines with a blank id into an order, and lines with any id into a new one', async () => {
    for (const id of [null, '', 77]) {
      const body = { order: { line_items: [{ id, variant_id: tote, quantity: 2 }] } }
      const made = await shop.send('POST', '/api/orders', { body })
      expect([made.status, made.json.total_quantity]).toEqual([201, 2])
    }
    for (const id of [null, '']) {
      const shopper = await shop.newOrder()
      const body = { order: { line_items: [{ id, variant_id: tote, quantity: 3 }] } }
      const put = await shop.send('PUT', `/api/orders/${shopper.number}`, { token: shopper.token, body })
      expect([put.status, put.json.total_quantity]).toEqual([200, 3])
    }
  })

  it('refuse a price that cannot be read, rather than sell at another one', async () => {
    for (const [price, error] of [
      [-5, 'must be greater than or equal to 0'],
      ['-5', 'must be greater than or equal to 0'],
      [1e21, 'is not a number'],
      [0.001, 'is not a number'],
      ['1.234,50', 'is not a number'],
      ['abc', 'is not a number'],
    ] as const) {
      const line = { variant_id: tote, price }
      const made = await shop.send('POST', '/api/orders', { key: admin, body: { order: { line_items: [line] } } })
      expect([price, made.status, made.json.errors]).toEqual([price, 422, { 'line_items.price': [error] }])
      const { number, token } = await shop.newOrder(threeTotes)
      const put = await shop.send('PUT', `/api/orders/${number}`, {
        key: admin,
        body: { order: { line_items: [line] } },
      })
      expect([price, put.status, put.json.errors]).toEqual([price, 422, { 'line_items.price': [error] }])
      const path = `/api/orders/${number}/line_items`
      const added = await shop.send('POST', path, { key: admin, body: { line_item: line } })
      expect([price, added.status, added.json.errors]).toEqual([price, 422, { price: [error] }])
      expect(await shop.read({ number, token })).toMatchObject({ total: '47.97', total_quantity: 3 })
      // Whoever may not name a price is not told of it.
      const guest = await shop.send('POST', path, { token, body: { line_item: line } })
      expect([guest.status, guest.json.price]).toEqual([201, '15.99'])
    }
    const cheap = { variant_id: tote, price: '$1,234.50' }
    const made = await shop.send('POST', '/api/orders', { key: admin, body: { order: { line_items: [cheap] } } })
    expect(made.json.line_items[0].price).toBe('1234.5')
  })

  it('take a payment whose amount is null as one of all that is due', async () => {
    const { number, token } = await shop.walkTo('delivery')
    const source_attributes = { gateway_payment_profile_id: 'sbx_0', name: 'Ann Lee' }
    const body = { payment: { payment_method_id: creditCard, amount: null, source_attributes } }
    const made = await shop.send('POST', `/api/orders/${number}/payments`, { token, body })
    expect([made.status, made.json.amount]).toEqual([201, '55.37'])
  })

  it('make no order heavier than one request', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const { number, token } = shopper
    const put = (order: object) => shop.send('PUT', `/api/orders/${number}`, { token, body: { order } })
    const note = await put({ special_instructions: 'x'.repeat(10_001) })
    expect(note.status).toBe(422)
    expect((await put({ special_instructions: 'x'.repeat(10_000) })).status).toBe(200)
    const phone = await put({ bill_address: { ...address, alternative_phone: '1'.repeat(256) } })
    expect([phone.status, phone.json.errors]).toEqual([422, { 'bill_address.alternative_phone': ['is invalid'] }])
    const statuses: number[] = []
    for (let times = 0; times < 4; times += 1) {
      const source_attributes = { gateway_payment_profile_id: 'sbx_0', name: 'n'.repeat(400_000) }
      const body = { payment: { payment_method_id: creditCard, source_attributes } }
      statuses.push((await shop.send('POST', `/api/orders/${number}/payments`, { token, body })).status)
    }
    expect(statuses).toEqual([201, 201, 422, 422])
    expect((await put({ special_instructions: 'short' })).status).toBe(200)
  })

  it('send nothing that was given back or never paid whole: PUT /api/shipments/:shipment/ready, PUT /api/shipments/:shipment/ship', async () => {
    const refunded = await paidOrder(shop)
    const act = ({ number, payment }: typeof refunded, action: string, amount?: string) =>
      shop.send('PUT', `/api/orders/${number}/payments/${payment}/${action}`, {
        key: admin,
        ...(amount === undefined ? {} : { body: { amount } }),
      })
    const ship = (shipment: string, action: string) =>
      shop.send('PUT', `/api/shipments/${shipment}/${action}`, { key: admin })
    expect((await act(refunded, 'capture')).status).toBe(200)
    expect((await act(refunded, 'credit', '10.00')).status).toBe(200)
    // Money for what displeased is given back, and the goods still go.
    expect((await ship(refunded.shipment, 'ready')).status).toBe(200)
    expect((await act(refunded, 'credit', '45.37')).status).toBe(200)
    expect((await ship(refunded.shipment, 'ready')).status).toBe(422)
    expect((await ship(refunded.shipment, 'ship')).status).toBe(422)
    expect((await shop.read(refunded)).shipments[0].state).toBe('pending')
    const partly = await paidOrder(shop)
    expect((await act(partly, 'capture', '20.00')).status).toBe(200)
    expect((await act(partly, 'credit', '5.00')).status).toBe(200)
    expect((await ship(partly.shipment, 'ready')).status).toBe(422)
    expect((await ship(partly.shipment, 'ship')).status).toBe(422)
    expect((await shop.read(partly)).shipments[0].state).toBe('pending')
  })

  it("write a user's address once, however often it is sent: PUT /api/users/:id", async () => {
    const email = `grace-${shop.server().baseUrl.split(':').at(-1)}@example.com`
    const user = { email, password: 'secret123' }
    const made = await shop.send('POST', '/api/users', { body: { user } })
    const login = await shop.send('POST', '/login', { body: { spree_user: user } })
    const key = login.json.user.spree_api_key
    const put = (sent: object) => shop.send('PUT', `/api/users/${made.json.id}`, { key, body: { user: sent } })
    const both = { bill_address_attributes: address, ship_address_attributes: address }
    const first = await put(both)
    expect([first.status, first.json.bill_address.city]).toEqual([200, 'Albany'])
    const { bill_address: billing, ship_address: shipping } = first.json
    expect((await put({ bill_address_attributes: address })).json.bill_address).toEqual(billing)
    const moved = await put({ ship_address_attributes: { id: shipping.id, city: 'Troy' } })
    expect(moved.json).toMatchObject({ bill_address: billing, ship_address: { ...shipping, city: 'Troy' } })
    const other = await put({ ship_address_attributes: { ...address, city: 'Utica' } })
    expect(other.json).toMatchObject({ bill_address: billing, ship_address: { city: 'Utica' } })
    const back = await put(both)
    expect(back.json.ship_address).toEqual(billing)
  })
})
