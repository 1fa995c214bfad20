import { expect, it } from 'vitest'
import { addresses, card, creditCard, describeShop, paidBy, threeTotes } from '../shop.js'

describeShop('the walk of a checkout', shop => {
  it('goes from cart to complete in five PUTs and costs 65.37: POST /api/checkouts, PUT /api/checkouts/:number', async () => {
    const made = await shop.send('POST', '/api/checkouts')
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      state: 'cart',
      total: '0.0',
      email: null,
      checkout_steps: ['address', 'delivery', 'complete'],
    })
    const shopper = { number: made.json.number, token: made.json.token }
    const added = await shop.send('PUT', `/api/orders/${shopper.number}`, {
      token: shopper.token,
      body: { order: { line_items: threeTotes } },
    })
    expect(added.status).toBe(200)
    expect(await shop.put(shopper)).toMatchObject({ state: 'address', item_total: '47.97', total: '47.97' })
    const delivery = await shop.put(shopper, addresses)
    expect(delivery).toMatchObject({
      state: 'delivery',
      total: '55.37',
      additional_tax_total: '2.4',
      ship_total: '5.0',
    })
    const [shipment] = delivery.shipments
    const rates = shipment.shipping_rates
    expect(rates.map((rate: { cost: string; selected: boolean }) => [rate.cost, rate.selected])).toEqual([
      ['5.0', true],
      ['10.0', false],
      ['15.0', false],
    ])
    const chosen = {
      order: { shipments_attributes: { 0: { id: shipment.id, selected_shipping_rate_id: rates[2].id } } },
    }
    expect(await shop.put(shopper, chosen)).toMatchObject({ state: 'payment', total: '65.37', ship_total: '15.0' })
    const confirm = await shop.put(shopper, paidBy())
    expect(confirm).toMatchObject({
      state: 'confirm',
      payments: [{ amount: '65.37', state: 'checkout', payment_method_id: creditCard }],
    })
    const done = await shop.put(shopper)
    expect(done).toMatchObject({ state: 'complete', total: '65.37', payments: [{ amount: '65.37', state: 'pending' }] })
    expect(done.completed_at).toEqual(expect.any(String))
    expect(await shop.read(shopper)).toEqual(done)
    expect(JSON.stringify(done)).not.toContain(card.number)
  })

  it('moves by next and advance: PUT /api/checkouts/:number/next, PUT /api/checkouts/:number/advance', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const { number, token } = shopper
    const next = await shop.send('PUT', `/api/v1/checkouts/${number}/next.json`, { token })
    expect([next.status, next.json.state]).toEqual([200, 'address'])
    const stuck = await shop.send('PUT', `/api/checkouts/${number}/next`, { token })
    expect([stuck.status, stuck.json]).toEqual([
      422,
      {
        error: 'The order could not be transitioned. Please fix the errors and try again.',
        errors: { email: ["can't be blank"] },
      },
    ])
    await shop.put(shopper, addresses)
    const far = await shop.send('PUT', `/api/checkouts/${number}/advance`, { token })
    expect([far.status, far.json.state]).toEqual([200, 'payment'])
  })

  it('redirects a read to the order: GET /api/checkouts/:number', async () => {
    const { number, token } = await shop.newOrder()
    const answer = await shop.send('GET', `/api/v1/checkouts/${number}?order_token=${token}`)
    expect([answer.status, answer.text]).toEqual([301, ''])
    expect(answer.headers.location).toBe(`${shop.server().baseUrl}/api/v1/orders/${number}?order_token=${token}`)
  })

  it('completes at the total that the client expects: PUT /api/checkouts/:number/complete', async () => {
    const { number, token } = await shop.walkTo('confirm')
    const wrong = await shop.send('PUT', `/api/checkouts/${number}/complete`, {
      token,
      body: { expected_total: '1.0' },
    })
    expect([wrong.status, Object.keys(wrong.json.errors)]).toEqual([400, ['expected_total']])
    const done = await shop.send('PUT', `/api/checkouts/${number}/complete`, {
      token,
      body: { expected_total: '55.37' },
    })
    expect([done.status, done.json.state]).toEqual([200, 'complete'])
  })

  it('takes a PATCH as a PUT: PATCH /api/checkouts/:number, PATCH /api/orders/:number', async () => {
    const { number, token } = await shop.newOrder(threeTotes)
    const moved = await shop.send('PATCH', `/api/checkouts/${number}`, { token })
    expect([moved.status, moved.json.state]).toEqual([200, 'address'])
    const noted = await shop.send('PATCH', `/api/orders/${number}`, {
      token,
      body: { order: { special_instructions: 'Ring twice' } },
    })
    expect(noted.json).toMatchObject({ special_instructions: 'Ring twice', state: 'address' })
  })
})
