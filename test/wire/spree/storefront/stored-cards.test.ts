import { expect, it } from 'vitest'
import { address, addresses, card, creditCard, customerKey, describeShop, paidBy, secondKey, tote } from '../shop.js'

const invalid = {
  error: 'Invalid resource. Please fix errors and try again.',
  errors: { base: ['Invalid credit card.'] },
}

describeShop('cards of a user', shop => {
  const login = async (email: string) => {
    const spree_user = { email, password: 'change123' }
    return (await shop.send('POST', '/login', { body: { spree_user } })).json.user.id
  }
  const put = (number: string, body: object, key = customerKey) =>
    shop.send('PUT', `/api/checkouts/${number}`, { key, body })
  const atPayment = async (key = customerKey) => {
    const order = await shop.newOrder([{ variant_id: tote, quantity: 1 }], { key })
    for (const body of [{}, addresses, {}]) expect((await put(order.number, body, key)).status).toBe(200)
    return order
  }

  it('are those that paid their orders, and pay again: GET /api/users/:id/credit_cards', async () => {
    const id = await login('customer@polytill.test')
    const list = (key: string) => shop.send('GET', `/api/users/${id}/credit_cards`, { key })
    expect((await list(customerKey)).json).toEqual({ credit_cards: [], count: 0, current_page: 1, pages: 0 })
    const first = await atPayment()
    const confirm = await put(first.number, paidBy())
    expect((await list(customerKey)).json.count).toBe(0)
    expect((await put(first.number, {})).json.state).toBe('complete')
    const cards = (await list(customerKey)).json
    expect(cards).toEqual({
      credit_cards: [
        {
          id: confirm.json.payments[0].source_id,
          month: '1',
          year: '2031',
          cc_type: 'visa',
          last_digits: '1111',
          name: 'Ann Lee',
          gateway_customer_profile_id: null,
          gateway_payment_profile_id: null,
        },
      ],
      count: 1,
      current_page: 1,
      pages: 1,
    })
    expect((await list(secondKey)).status).toBe(404)

    const [kept] = cards.credit_cards
    const second = await atPayment()
    const again = await put(second.number, {
      order: { payments_attributes: [{ payment_method_id: creditCard }], existing_card: String(kept.id) },
      cvc_confirm: '123',
    })
    expect([again.status, again.json]).toMatchObject([
      200,
      {
        state: 'confirm',
        payments: [{ source_id: kept.id, source: { id: kept.id, last_digits: '1111' }, payment_method_id: creditCard }],
        credit_cards: [{ id: kept.id }],
      },
    ])
    const done = await put(second.number, {})
    expect(done.json).toMatchObject({ state: 'complete', payments: [{ state: 'pending', source_id: kept.id }] })
    expect((await list(customerKey)).json.credit_cards).toEqual([kept])
  })

  it('are nobody else’s to pay with', async () => {
    const mine = await atPayment()
    const paid = await put(mine.number, paidBy({ ...card, number: '5555555555554444', name: 'Ann Only' }))
    await put(mine.number, {})
    const { source_id: id } = paid.json.payments[0]
    const others = await atPayment(secondKey)
    const stolen = await put(others.number, { order: { existing_card: id } }, secondKey)
    expect([stolen.status, stolen.json]).toEqual([422, invalid])
    const guests = await shop.walkTo('payment')
    expect(await shop.put(guests, { order: { existing_card: id } }, 422)).toEqual(invalid)
    // The token of a user's order does not open the user's cards.
    const own = await atPayment()
    expect(await shop.put(own, { order: { existing_card: id } }, 422)).toEqual(invalid)
    expect((await put(own.number, { order: { existing_card: 1 } })).json).toEqual(invalid)
    expect((await put(own.number, { order: { existing_card: id } })).json.state).toBe('confirm')
  })

  it('that were declined are not kept', async () => {
    const order = await atPayment(secondKey)
    await put(order.number, paidBy({ ...card, number: '4000000000000002' }), secondKey)
    expect((await put(order.number, {}, secondKey)).status).toBe(422)
    const id = await login('second@polytill.test')
    expect((await shop.send('GET', `/api/users/${id}/credit_cards`, { key: secondKey })).json.count).toBe(0)
  })
})

describeShop('addresses of a user', shop => {
  const put = (number: string, body: object | undefined, key: string) =>
    shop.send('PUT', `/api/checkouts/${number}`, { key, ...(body === undefined ? {} : { body }) })

  it('come into an order with its first step, whatever that says, and not before', async () => {
    const made = await shop.newOrder([{ variant_id: tote, quantity: 1 }], { key: customerKey })
    const noted = await shop.send('PUT', `/api/orders/${made.number}`, {
      key: customerKey,
      body: { order: { special_instructions: 'Ring' } },
    })
    expect(noted.json).toMatchObject({ state: 'cart', bill_address: null, ship_address: null })
    const stepped = await put(made.number, undefined, customerKey)
    expect(stepped.json).toMatchObject({ state: 'address', email: 'customer@polytill.test' })
    expect(stepped.json.ship_address).not.toBeNull()
    const other = await shop.newOrder([{ variant_id: tote, quantity: 1 }], { key: customerKey })
    const next = await shop.send('PUT', `/api/checkouts/${other.number}/next`, { key: customerKey })
    expect(next.json.ship_address).toEqual({ ...stepped.json.ship_address, id: expect.any(Number) })
  })

  it('are taken from the first order of a user who has none', async () => {
    const email = 'grace@example.com'
    const user = { email, password: 'secret123' }
    const made = await shop.send('POST', '/api/users', { body: { user } })
    const login = await shop.send('POST', '/login', { body: { spree_user: user } })
    const key = login.json.user.spree_api_key
    const order = await shop.newOrder([{ variant_id: tote, quantity: 1 }], { key })
    await put(order.number, {}, key)
    const shipping = { ...address, city: 'Troy' }
    const moved = await put(
      order.number,
      { order: { bill_address_attributes: address, ship_address_attributes: shipping } },
      key,
    )
    expect(moved.json.state).toBe('delivery')
    const read = async () => (await shop.send('GET', `/api/users/${made.json.id}`, { key })).json
    expect(await read()).toMatchObject({ bill_address: { city: 'Albany' }, ship_address: { city: 'Troy' } })
    const next = await shop.newOrder([{ variant_id: tote, quantity: 1 }], { key })
    expect((await put(next.number, {}, key)).json).toMatchObject({
      bill_address: { city: 'Albany' },
      ship_address: { city: 'Troy' },
    })
    const elsewhere = { ...address, city: 'Utica' }
    await put(next.number, { order: { ship_address_attributes: elsewhere } }, key)
    expect(await read()).toMatchObject({ ship_address: { city: 'Troy' } })
  })

  it('an order of nobody becomes theirs who work on it with a key', async () => {
    const guest = await shop.newOrder([{ variant_id: tote, quantity: 1 }])
    const joined = await shop.send('PUT', `/api/checkouts/${guest.number}`, {
      key: customerKey,
      token: guest.token,
      body: {},
    })
    expect(joined.json).toMatchObject({
      state: 'address',
      email: 'customer@polytill.test',
      user_id: expect.any(Number),
    })
    expect((await shop.send('GET', `/api/orders/${guest.number}`, { key: customerKey })).status).toBe(200)
    const helped = await shop.send('PUT', `/api/orders/${guest.number}`, {
      key: secondKey,
      token: guest.token,
      body: { order: { special_instructions: 'Ring' } },
    })
    expect(helped.json).toMatchObject({ email: 'customer@polytill.test', special_instructions: 'Ring' })
    expect((await shop.send('GET', `/api/orders/${guest.number}`, { key: secondKey })).status).toBe(401)
  })
})
