import { expect, it } from 'vitest'
import { address, bag, describeShop, threeTotes, tote } from '../shop.js'

const unauthorized = { error: 'You are not authorized to perform that action.' }
const notFound = { error: 'The resource you were looking for could not be found.' }

describeShop('orders', shop => {
  it('are made with what came along: POST /api/orders', async () => {
    const made = await shop.send('POST', '/api/orders', {
      body: {
        order: {
          email: 'ann@example.com',
          special_instructions: 'Ring twice',
          line_items: { 0: { variant_id: tote, quantity: 2 }, 1: { sku: 'ROR-10012' } },
          bill_address: {
            ...address,
            state_name: undefined,
            state: { abbr: 'NY' },
            country_id: undefined,
            country: { iso: 'US' },
          },
          use_billing: 'true',
          coupon_code: '10OFF',
        },
      },
    })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      number: expect.stringMatching(/^R\d{9}$/),
      email: 'ann@example.com',
      special_instructions: 'Ring twice',
      total_quantity: 3,
      item_total: '54.97',
      adjustment_total: '-3.03',
      total: '51.94',
      bill_address: { city: 'Albany', state: { abbr: 'NY' } },
      ship_address: { city: 'Albany' },
    })
  })

  it('are refused with wrong parts, and none is left behind', async () => {
    const post = (order: object) => shop.send('POST', '/api/orders', { body: { order } })
    const { zipcode: _zip, ...unzipped } = address
    const wrong = await post({
      email: 'nobody',
      ship_address: { ...unzipped, zipcode: 'x' },
      line_items: [{ variant_id: tote, quantity: 'a' }],
    })
    expect([wrong.status, wrong.json]).toEqual([
      422,
      {
        error: 'Invalid resource. Please fix errors and try again.',
        errors: {
          email: ['is invalid'],
          'line_items.quantity': ['must be an integer'],
          'ship_address.zipcode': ['is invalid'],
        },
      },
    ])
    const unknown = await post({ line_items: [{ variant_id: 424_242 }] })
    expect([unknown.status, unknown.json]).toEqual([404, notFound])
    const coupon = await post({ coupon_code: 'nothing', line_items: [{ variant_id: tote }] })
    expect([coupon.status, Object.keys(coupon.json.errors)]).toEqual([422, ['coupon_code']])
  })

  it('are read by their token alone: GET /api/orders/:number', async () => {
    const { number, token } = await shop.newOrder(threeTotes)
    const read = (path: string, sent = {}) => shop.send('GET', path, sent)
    expect((await read(`/api/orders/${number}`, { token })).status).toBe(200)
    expect((await read(`/api/v1/orders/${number}.json?order_token=${token}`)).status).toBe(200)
    for (const sent of [{}, { token: '' }, { token: 'wrong' }, { token: `${token}x` }, { token: token.slice(1) }]) {
      const answer = await read(`/api/orders/${number}`, sent)
      expect([answer.status, answer.json]).toEqual([401, unauthorized])
    }
    const empty = await read(`/api/orders/${number}?order_token=`)
    expect([empty.status, empty.json]).toEqual([401, unauthorized])
    const unknown = await read('/api/orders/R000000000')
    expect([unknown.status, unknown.json]).toEqual([404, notFound])
    const guessed = await read('/api/orders/R000000000', { token })
    expect([guessed.status, guessed.json]).toEqual([401, unauthorized])
    expect(shop.server().log.join('\n')).not.toContain(token)
  })

  it('are changed without a step: PUT /api/orders/:number', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const { number, token } = shopper
    const put = (body: object) => shop.send('PUT', `/api/orders/${number}`, { token, body })
    const changed = await put({
      order: {
        email: 'bob@example.com',
        line_items: [
          { id: 1, quantity: 1 },
          { variant_id: bag, quantity: 2 },
          { id: 99, quantity: 5 },
        ],
      },
    })
    expect([changed.status, changed.json]).toMatchObject([
      200,
      { state: 'cart', email: 'bob@example.com', item_total: '61.97' },
    ])
    const unsaid = await put({})
    expect([unsaid.status, unsaid.json.item_total]).toEqual([200, '61.97'])
    const wrong = await put({ order: { email: 'new@example.com', line_items: [{ variant_id: bag, quantity: 'x' }] } })
    expect([wrong.status, wrong.json.errors]).toEqual([422, { 'line_items.quantity': ['must be an integer'] }])
    expect(await shop.read(shopper)).toMatchObject({ email: 'bob@example.com' })
    const stranger = await shop.send('PUT', `/api/orders/${number}`, { body: { order: { email: 'eve@example.com' } } })
    expect([stranger.status, stranger.json]).toEqual([401, unauthorized])
  })

  it('are emptied: PUT /api/orders/:number/empty', async () => {
    const shopper = await shop.walkTo('confirm')
    const { number, token } = shopper
    const [chosen] = (await shop.read(shopper)).payments
    expect((await shop.send('PUT', `/api/orders/${number}/empty`)).status).toBe(401)
    const emptied = await shop.send('PUT', `/api/checkouts/${number}/empty`, { token })
    expect([emptied.status, emptied.text]).toEqual([204, ''])
    expect(await shop.read(shopper)).toMatchObject({ state: 'cart', line_items: [], shipments: [], total: '0.0' })
    const given = await shop.send('GET', `/api/orders/${number}/payments/${chosen.number}`, { token })
    const { payment_method: _method, source: _source, updated_at: _at, ...same } = chosen
    expect([given.status, given.json]).toMatchObject([200, { ...same, state: 'invalid' }])
    const done = await shop.walkTo('complete')
    const late = await shop.send('PUT', `/api/orders/${done.number}/empty`, { token: done.token })
    expect([late.status, late.json]).toEqual([
      422,
      { exception: 'Order has already been processed so it cannot be emptied' },
    ])
  })

  it('move by the oldest forms: PUT /api/orders/:number/address, PUT /api/orders/:number/delivery', async () => {
    const { number, token } = await shop.newOrder(threeTotes)
    const send = (path: string, body?: object) =>
      shop.send('PUT', `/api/orders/${number}${path}`, { token, ...(body === undefined ? {} : { body }) })
    await send('', { order: { email: 'ann@example.com' } })
    expect((await send('/address', { billing_address: address, shipping_address: address })).json.state).toBe('address')
    expect((await send('/address', { shipping_address: address })).json.state).toBe('delivery')
    const unknown = await send('/delivery?shipping_method_id=4242')
    expect([unknown.status, unknown.json]).toEqual([422, { errors: ['Invalid shipping method specified.'] }])
    const { shipping_methods: methods } = (await shop.send('GET', `/api/orders/${number}`, { token })).json
    expect(methods.map(({ cost }: { cost: string }) => cost)).toEqual(['5.0', '10.0', '15.0'])
    const chosen = await send(`/delivery?shipping_method_id=${methods[2].id}`)
    expect([chosen.status, chosen.json]).toMatchObject([200, { state: 'payment', total: '65.37' }])
  })
})
