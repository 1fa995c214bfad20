import { expect, it } from 'vitest'
import { admin, bag, describeShop, threeTotes, tote } from '../shop.js'

const unauthorized = { error: 'You are not authorized to perform that action.' }
const notFound = { error: 'The resource you were looking for could not be found.' }

describeShop('line items', shop => {
  it('names its attributes: GET /api/orders/:number/line_items/new', async () => {
    const { number, token } = await shop.newOrder()
    const answer = await shop.send('GET', `/api/orders/${number}/line_items/new`, { token })
    expect([answer.status, answer.json]).toEqual([
      200,
      { attributes: ['quantity', 'price', 'variant_id'], required_attributes: ['variant_id', 'quantity'] },
    ])
  })

  it('adds a line, and more pieces onto it: POST /api/orders/:number/line_items', async () => {
    const { number, token } = await shop.newOrder()
    const body = { line_item: { variant_id: String(tote), quantity: '2' } }
    const first = await shop.send('POST', `/api/orders/${number}/line_items`, { token, body })
    expect([first.status, first.json]).toMatchObject([201, { id: 1, quantity: 2, price: '15.99', total: '31.98' }])
    const again = await shop.send('POST', `/api/checkouts/${number}/line_items.json`, { token, body })
    expect([again.status, again.json]).toMatchObject([201, { id: 1, quantity: 4, display_amount: '$63.96' }])
  })

  it('refuses what cannot be added', async () => {
    const { number, token } = await shop.newOrder()
    const post = (body: object, sent = {}) =>
      shop.send('POST', `/api/orders/${number}/line_items`, { token, body, ...sent })
    const unknown = await post({ line_item: { variant_id: 999_999 } })
    expect([unknown.status, unknown.json]).toEqual([404, notFound])
    const empty = await post({})
    expect([empty.status, empty.json]).toEqual([
      422,
      { exception: 'param is missing or the value is empty: line_item' },
    ])
    const half = await post({ line_item: { variant_id: tote, quantity: 'abc' } })
    expect([half.status, half.json.errors]).toEqual([422, { quantity: ['must be an integer'] }])
    const short = await post({ line_item: { variant_id: 900, quantity: 2 } })
    expect([short.status, short.json.errors]).toEqual([
      422,
      { quantity: ['selected of "The last one" is not available.'] },
    ])
    const stranger = await shop.send('POST', `/api/orders/${number}/line_items`, {
      body: { line_item: { variant_id: 1 } },
    })
    expect([stranger.status, stranger.json]).toEqual([401, unauthorized])
    expect(await shop.read({ number, token })).toMatchObject({ line_items: [], total: '0.0' })
  })

  it('sets and removes: PUT and PATCH /api/orders/:number/line_items/:id, DELETE /api/orders/:number/line_items/:id', async () => {
    const shopper = await shop.newOrder([...threeTotes, { variant_id: bag, quantity: 1 }])
    const { number, token } = shopper
    const path = `/api/orders/${number}/line_items`
    const set = await shop.send('PUT', `${path}/1`, { token, body: { line_item: { quantity: 5 } } })
    expect([set.status, set.json.quantity]).toEqual([200, 5])
    const wrong = await shop.send('PUT', `${path}/1`, { token, body: { line_item: { quantity: 1.5 } } })
    expect([wrong.status, wrong.json.errors]).toEqual([422, { quantity: ['must be an integer'] }])
    // PUT /api/orders/:number/line_items/:id and PATCH /api/orders/:number/line_items/:id are the same.
    const gone = await shop.send('PATCH', `${path}/1`, { token, body: { line_item: { quantity: -1 } } })
    expect([gone.status, gone.text]).toEqual([204, ''])
    const absent = await shop.send('PUT', `${path}/1`, { token, body: { line_item: { quantity: 1 } } })
    expect([absent.status, absent.json]).toEqual([404, notFound])
    expect((await shop.send('DELETE', `${path}/2`, { token })).status).toBe(204)
    expect((await shop.send('DELETE', `${path}/2`, { token })).status).toBe(404)
    expect(await shop.read(shopper)).toMatchObject({ line_items: [], total: '0.0', state: 'cart' })
  })

  it('lets administrators alone name a price', async () => {
    const { number, token } = await shop.newOrder()
    const body = { line_item: { variant_id: tote, price: '1.00' } }
    const guest = await shop.send('POST', `/api/orders/${number}/line_items`, { token, body })
    expect(guest.json.price).toBe('15.99')
    const other = await shop.newOrder()
    const told = await shop.send('POST', `/api/orders/${other.number}/line_items`, { key: admin, body })
    expect([told.status, told.json.price]).toEqual([201, '1.0'])
  })

  it('sends an order with shipments back to the address', async () => {
    const shopper = await shop.walkTo('payment')
    const { number, token } = shopper
    await shop.send('POST', `/api/orders/${number}/line_items`, { token, body: { line_item: { variant_id: bag } } })
    expect(await shop.read(shopper)).toMatchObject({
      state: 'address',
      shipments: [],
      ship_total: '0.0',
      item_total: '70.96',
    })
    expect((await shop.read(shopper)).ship_address.address1).toBe('1 Road')
  })

  it('leaves completed orders as they are', async () => {
    const shopper = await shop.walkTo('complete')
    const { number, token } = shopper
    const before = await shop.read(shopper)
    const path = `/api/orders/${number}/line_items`
    const attempts = [
      await shop.send('POST', path, { token, body: { line_item: { variant_id: bag } } }),
      await shop.send('PUT', `${path}/1`, { token, body: { line_item: { quantity: 1 } } }),
      await shop.send('DELETE', `${path}/1`, { token }),
    ]
    expect(attempts.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(await shop.read(shopper)).toEqual(before)
  })
})
