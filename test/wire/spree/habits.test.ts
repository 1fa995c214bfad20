import { expect, it } from 'vitest'
import { address, addresses, admin, card, customerKey, describeShop, paidBy, threeTotes, tote } from './shop.js'

// What public clients rely on, one fact each. Source: dialects/spree.md 6; whole checkouts are in test/clients/spree.

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describeShop('habits of clients', shop => {
  it('number and token of the first answer are enough, by header or in the query', async () => {
    const { json: made } = await shop.send('POST', '/api/checkouts')
    expect(made.token).toBe(made.guest_token)
    const byHeader = await shop.send('GET', `/api/orders/${made.number}`, { token: made.token })
    const byQuery = await shop.send('GET', `/api/orders/${made.number}?order_token=${made.token}`)
    const byBody = await shop.send('PUT', `/api/orders/${made.number}`, { body: { order_token: made.token } })
    expect([byHeader.status, byQuery.status, byBody.status]).toEqual([200, 200, 200])
    expect(byQuery.json).toEqual(byHeader.json)
  })

  it('a suffix changes nothing, on whatever path, under both prefixes', async () => {
    const { number, token } = await shop.newOrder(threeTotes)
    const plain = await shop.send('GET', `/api/orders/${number}`, { token })
    for (const path of [`/api/orders/${number}.json`, `/api/v1/orders/${number}`, `/api/v1/orders/${number}.json`]) {
      expect((await shop.send('GET', path, { token })).json).toEqual(plain.json)
    }
    const next = await shop.send('PUT', `/api/v1/checkouts/${number}/next.json`, { token })
    expect([next.status, next.json.state]).toEqual([200, 'address'])
    const stuck = await shop.send('PUT', `/api/checkouts/${number}.json`, { token })
    expect(stuck.json.errors).toEqual({ email: ["can't be blank"] })
  })

  it('no body, an empty object, an empty form and a body of spaces are the same', async () => {
    for (const sent of [
      {},
      { body: {} },
      { body: '{}', headers: { 'content-type': 'application/json' } },
      { body: '', headers: { 'content-type': 'application/json' } },
      { body: '', headers: form },
      { body: ' ', headers: { 'content-type': 'application/json' } },
      { body: '{}' },
      { body: { order: {} } },
      { body: { order: null } },
    ]) {
      const { number, token } = await shop.newOrder(threeTotes)
      const answer = await shop.send('PUT', `/api/checkouts/${number}`, { token, ...sent })
      expect([sent, answer.status, answer.json.state]).toEqual([sent, 200, 'address'])
    }
  })

  it('a list may be an object whose keys are indexes, a single object, or brackets of a form', async () => {
    const lines = async (body: object | string, headers = {}) => {
      const made = await shop.send('POST', '/api/orders', { body, headers })
      expect(made.status).toBe(201)
      return made.json.line_items.map((line: { variant_id: number; quantity: number }) => [
        line.variant_id,
        line.quantity,
      ])
    }
    const both = [
      [1, 2],
      [2, 1],
    ]
    const indexed = { 0: { variant_id: '1', quantity: '2' }, 1: { variant_id: 2 } }
    expect(await lines({ order: { line_items: indexed } })).toEqual(both)
    expect(await lines({ order: { line_items_attributes: indexed } })).toEqual(both)
    expect(await lines({ line_items: indexed })).toEqual(both)
    expect(await lines({ order: { line_items: { variant_id: 1, quantity: 2 } } })).toEqual([[1, 2]])
    const brackets =
      'order[line_items][][variant_id]=1&order[line_items][][quantity]=2&order[line_items][][variant_id]=2'
    expect(await lines(brackets, form)).toEqual(both)
    expect(await lines('order[line_items][0][variant_id]=1&order[line_items][0][quantity]=2', form)).toEqual([[1, 2]])
    const parts = ['order[line_items][0][variant_id]', '1', 'order[line_items][0][quantity]', '2']
    expect(await lines(multipart(parts), { 'content-type': 'multipart/form-data; boundary=xx' })).toEqual([[1, 2]])
  })

  it('what is current is nothing for a guest, without an error', async () => {
    for (const path of ['/api/orders/current', '/api/v1/orders/current.json']) {
      const answer = await shop.send('GET', path)
      expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([204, '', undefined])
    }
  })

  it('a new line answers the line, and the order is read again', async () => {
    const shopper = await shop.newOrder()
    const path = `/api/orders/${shopper.number}/line_items`
    const { token } = shopper
    const made = await shop.send('POST', path, { token, body: { line_item: { variant_id: tote, quantity: 1 } } })
    expect([made.status, made.json]).toMatchObject([201, { id: 1, quantity: 1, variant_id: tote }])
    expect(made.json.number).toBeUndefined()
    expect((await shop.read(shopper)).line_items).toEqual([made.json])
  })

  it('an amount may be a number, a text, or a text with a symbol', async () => {
    const { number, token } = await shop.walkTo('payment')
    const path = `/api/orders/${number}/payments`
    for (const amount of [55.37, '55.37', '$55.37', 'USD 55.37']) {
      const paid = await shop.send('POST', path, { token, body: { payment: { payment_method_id: 3, amount } } })
      expect([amount, paid.status, paid.json.amount]).toEqual([amount, 201, '55.37'])
    }
    for (const amount of ['', 'much', '-1', '1.234', {}, true]) {
      const wrong = await shop.send('POST', path, { token, body: { payment: { payment_method_id: 3, amount } } })
      expect([amount, wrong.status, wrong.json.errors]).toEqual([amount, 422, { amount: ['is not a number'] }])
    }
  })

  it('addresses may stand in the query of a PUT whose body is empty', async () => {
    const shopper = await shop.walkTo('delivery')
    const { ship_address: shipping } = await shop.read(shopper)
    const path = `/api/orders/${shopper.number}/addresses/${shipping.id}`
    const query = `address[firstname]=Grace&address[lastname]=Hopper&order_token=${shopper.token}`
    const changed = await shop.send('PUT', `${path}?${query}`, { body: {} })
    expect([changed.status, changed.json]).toMatchObject([200, { full_name: 'Grace Hopper', city: 'Albany' }])
    const { number, token } = await shop.walkTo('address')
    const all = Object.entries({ ...address, state_name: 'New York' })
      .flatMap(([name, value]) =>
        ['bill', 'ship'].map(role => `order[${role}_address_attributes][${name}]=${encodeURIComponent(value)}`),
      )
      .join('&')
    const moved = await shop.send('PUT', `/api/checkouts/${number}?order[email]=a@b.co&${all}&order_token=${token}`, {
      body: {},
    })
    expect([moved.status, moved.json.state]).toEqual([200, 'delivery'])
  })

  it('a state that a client sends along is where it believes to be', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const states = []
    for (const [state, body] of [
      ['cart', {}],
      ['address', addresses],
      ['delivery', {}],
      ['payment', paidBy()],
      ['confirm', {}],
    ] as const) {
      states.push((await shop.put(shopper, { ...body, state })).state)
    }
    expect(states).toEqual(['address', 'delivery', 'payment', 'confirm', 'complete'])
    expect((await shop.put(shopper, { state: 'confirm' })).state).toBe('complete')
  })

  it('errors of a card stand under their own key, in sentences that are split at blanks', async () => {
    const shopper = await shop.walkTo('payment')
    const errors = async (source: object) => (await shop.put(shopper, paidBy(source), 422)).errors
    const { number: _number, ...unnumbered } = card
    expect(await errors(unnumbered)).toEqual({ 'payments.Credit Card': ["Number can't be blank"] })
    expect(await errors({ ...card, month: 'x', year: undefined })).toEqual({
      'payments.Credit Card': ['Month is not a number', 'Year is not a number'],
    })
    const elsewhere = { order: { payments_attributes: [{ payment_method_id: 1 }] }, payment_source: { 2: card } }
    expect((await shop.put(shopper, elsewhere, 422)).errors['payments.Credit Card']).toHaveLength(5)
    expect(await shop.read(shopper)).toMatchObject({ state: 'payment', payments: [] })
  })

  it('a card may stand inside the order, beside it, or with the payment; names and expiry in two ways', async () => {
    const payment = { payment_method_id: 1 }
    const { name: _name, month: _month, year: _year, ...rest } = card
    const otherWay = { ...rest, first_name: 'Ann', last_name: 'Lee', expiry: '01/31' }
    for (const body of [
      { order: { payments_attributes: [payment] }, payment_source: { 1: card, 2: {} } },
      { order: { payments_attributes: [payment], payment_source: { 1: card } } },
      { order: { payments_attributes: [{ ...payment, source_attributes: card }] } },
      { order: { payments_attributes: { 0: { ...payment, source_attributes: otherWay } } } },
      { order: { payments_attributes: { ...payment, source_attributes: { ...otherWay, expiry: '0131' } } } },
      { order: { payments: [payment] }, payment_source: { 1: { ...otherWay, expiry: '1 / 2031' } } },
    ]) {
      const shopper = await shop.walkTo('payment')
      const after = await shop.put(shopper, body)
      expect([body, after.state, after.payments[0].source]).toMatchObject([
        body,
        'confirm',
        { month: '1', year: '2031', name: 'Ann Lee', last_digits: '1111', cc_type: 'visa' },
      ])
    }
  })

  it("a user's key alone walks a checkout to its end, and lists it", async () => {
    const { number } = await shop.newOrder(threeTotes, { key: customerKey })
    const put = (body: object) => shop.send('PUT', `/api/checkouts/${number}`, { key: customerKey, body })
    const bodies = [{}, { order: { ship_address: address, use_billing: false } }, {}, paidBy(), {}]
    const states = []
    for (const body of bodies) states.push((await put(body)).json.state)
    expect(states).toEqual(['address', 'delivery', 'payment', 'confirm', 'complete'])
    const mine = await shop.send('GET', '/api/orders/mine.json?q[s]=id%20desc', { key: customerKey })
    expect(mine.json.orders[0]).toMatchObject({ number, state: 'complete', user_id: expect.any(Number) })
    expect((await shop.send('GET', '/api/orders/current', { key: customerKey })).json?.number).not.toBe(number)
  })

  it('pages of the browser may send every header that clients send, and get no cookies', async () => {
    const headers = [
      'x-spree-token',
      'x-spree-order-token',
      'x-spree-order-id',
      'guest-order-token',
      'auth-token',
      'token-type',
      'uid',
      'client',
      'ng-api',
      'content-type',
    ]
    const asked = await shop.send('OPTIONS', '/api/checkouts', {
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers.join(','),
      },
    })
    expect(asked.status).toBeLessThan(300)
    const allowed = (asked.headers['access-control-allow-headers'] ?? '').toLowerCase()
    for (const name of headers) expect([name, allowed.includes(name)]).toEqual([name, true])
    expect(asked.headers['access-control-allow-methods']).toContain('POST')
    const answer = await shop.send('POST', '/api/checkouts', { headers: { origin: 'https://shop.example' } })
    expect([answer.headers['access-control-allow-origin'], answer.cookies]).toEqual(['*', []])
  })

  it('a callback is passed over, and what nobody serves is the 404 of this API', async () => {
    const answer = await shop.send('GET', '/api/config?callback=alert')
    expect([answer.headers['content-type'], answer.json.default_country_id]).toEqual([
      'application/json; charset=utf-8',
      236,
    ])
    for (const [method, path] of [
      ['GET', '/api/products/1/nothing'],
      ['DELETE', '/api/orders/R000000000'],
      ['GET', '/api/v1/checkouts'],
    ] as const) {
      const absent = await shop.send(method, path, { key: admin })
      expect([path, absent.status, absent.json]).toEqual([
        path,
        404,
        { error: 'The resource you were looking for could not be found.' },
      ])
    }
    const broken = await shop.send('POST', '/api/orders', {
      body: '{"order":',
      headers: { 'content-type': 'application/json' },
    })
    expect([broken.status, Object.keys(broken.json)]).toEqual([422, ['exception']])
  })

  it('a form names a payment by the id of its method', async () => {
    const fields = (source: number) => ({
      'order[payments_attributes][][payment_method_id]': '1',
      [`payment_source[${source}][number]`]: '4111 1111 1111 1111',
      [`payment_source[${source}][expiry]`]: '1/31',
      [`payment_source[${source}][verification_value]`]: '123',
      [`payment_source[${source}][first_name]`]: 'Ann',
      [`payment_source[${source}][last_name]`]: 'Lee',
    })
    const send = async (fields: Readonly<Record<string, string>>) => {
      const { number, token } = await shop.walkTo('payment')
      const body = new URLSearchParams(fields).toString()
      return shop.send('PUT', `/api/checkouts/${number}`, { token, body, headers: form })
    }
    const paid = await send(fields(1))
    expect([paid.status, paid.json.state, paid.json.payments[0].source]).toEqual([
      200,
      'confirm',
      { id: expect.any(Number), month: '1', year: '2031', cc_type: 'visa', last_digits: '1111', name: 'Ann Lee' },
    ])
    for (const other of [0, 2, 300]) {
      const refused = await send(fields(other))
      expect([other, refused.status, Object.keys(refused.json.errors)]).toEqual([other, 422, ['payments.Credit Card']])
    }
  })
})

function multipart(pairs: readonly string[]): string {
  const fields = pairs.flatMap((name, index) =>
    index % 2 === 0 ? [`--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${pairs[index + 1]}\r\n`] : [],
  )
  return `${fields.join('')}--xx--\r\n`
}
