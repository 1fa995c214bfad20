import { expect, it } from 'vitest'
import { checkBooks } from '../../../../src/operations/check-books.js'
import { admin, card, check, creditCard, describeShop, paidBy, type Shop, type Shopper } from '../shop.js'

const unauthorized = { error: 'You are not authorized to perform that action.' }
const notFound = { error: 'The resource you were looking for could not be found.' }

/** A completed order, paid by card or check, with its only payment. */
async function completed(
  shop: Shop,
  body: object = paidBy(),
): Promise<Shopper & { readonly payment: string; readonly path: string }> {
  const shopper = await shop.walkTo('payment')
  const after = await shop.put(shopper, body)
  const done = after.state === 'complete' ? after : await shop.put(shopper)
  const { number } = done.payments[0]
  return { ...shopper, payment: number, path: `/api/orders/${shopper.number}/payments/${number}` }
}

const byCheck = { order: { payments_attributes: [{ payment_method_id: check }] } }

describeShop('payments', shop => {
  it('name their attributes and the ways to pay: GET /api/orders/:number/payments/new', async () => {
    const { number, token } = await shop.walkTo('payment')
    const answer = await shop.send('GET', `/api/orders/${number}/payments/new`, { token })
    expect(answer.status).toBe(200)
    expect(answer.json.attributes).toContain('payment_method_id')
    expect(answer.json.payment_methods).toEqual([
      { id: creditCard, name: 'Credit Card', description: null, method_type: 'gateway' },
      { id: check, name: 'Check', description: null, method_type: 'check' },
    ])
  })

  it('are made, and the newest alone counts: POST /api/orders/:number/payments', async () => {
    const shopper = await shop.walkTo('payment')
    const { number, token } = shopper
    const post = (payment: object) => shop.send('POST', `/api/orders/${number}/payments`, { token, body: { payment } })
    const first = await post({ payment_method_id: String(check), amount: '$55.37' })
    expect([first.status, first.json]).toMatchObject([
      201,
      {
        number: expect.stringMatching(/^P[A-Z0-9]{7}$/),
        amount: '55.37',
        display_amount: '$55.37',
        state: 'checkout',
        payment_method_id: check,
        source_type: null,
        response_code: null,
      },
    ])
    const second = await post({ payment_method_id: creditCard, source_attributes: card })
    expect([second.status, second.json.amount, second.json.source_type]).toEqual([201, '55.37', 'Spree::CreditCard'])
    const list = await shop.send('GET', `/api/orders/${number}/payments`, { token })
    // GET /api/orders/:number/payments
    expect(list.json).toMatchObject({ count: 2, current_page: 1, pages: 1 })
    expect(list.json.payments.map((payment: { state: string }) => payment.state)).toEqual(['invalid', 'checkout'])
    const order = await shop.read(shopper)
    expect(order).toMatchObject({
      state: 'payment',
      credit_cards: [{ last_digits: '1111', cc_type: 'visa', month: '1', year: '2031' }],
    })
    expect(JSON.stringify(order)).not.toContain(card.number)
  })

  it('are refused without what they need', async () => {
    const { number, token } = await shop.walkTo('payment')
    const post = (body: object, sent = {}) =>
      shop.send('POST', `/api/orders/${number}/payments`, { token, body, ...sent })
    expect((await post({})).json).toEqual({ exception: 'param is missing or the value is empty: payment' })
    const unknown = await post({ payment: { payment_method_id: 99 } })
    expect([unknown.status, unknown.json]).toEqual([404, notFound])
    const blank = await post({ payment: { payment_method_id: creditCard } })
    expect([blank.status, blank.json]).toEqual([
      422,
      {
        error: 'Invalid resource. Please fix errors and try again.',
        errors: {
          'payments.Credit Card': [
            "Number can't be blank",
            'Month is not a number',
            'Year is not a number',
            "Verification Value can't be blank",
            "Name can't be blank",
          ],
        },
      },
    ])
    const stranger = await shop.send('POST', `/api/orders/${number}/payments`, {
      body: { payment: { payment_method_id: check } },
    })
    expect([stranger.status, stranger.json]).toEqual([401, unauthorized])
  })

  it('are read by number and by id: GET /api/orders/:number/payments/:payment', async () => {
    const { number, token, path } = await completed(shop)
    const one = await shop.send('GET', path, { token })
    expect([one.status, one.json.state]).toEqual([200, 'pending'])
    const byId = await shop.send('GET', `/api/orders/${number}/payments/${one.json.id}`, { token })
    expect(byId.json).toEqual(one.json)
    expect((await shop.send('GET', `/api/orders/${number}/payments/PNONE000`, { token })).status).toBe(404)
    expect((await shop.send('GET', path)).status).toBe(401)
  })

  it('change while nothing was charged: PUT and PATCH /api/orders/:number/payments/:payment', async () => {
    const shopper = await shop.walkTo('confirm')
    const { number } = shopper
    const [payment] = (await shop.read(shopper)).payments
    // PUT /api/orders/:number/payments/:payment and PATCH /api/orders/:number/payments/:payment are the same.
    const path = `/api/orders/${number}/payments/${payment.number}`
    const guest = await shop.send('PUT', path, { token: shopper.token, body: { payment: { amount: 1 } } })
    expect([guest.status, guest.json]).toEqual([401, unauthorized])
    const less = await shop.send('PATCH', path, { key: admin, body: { payment: { amount: '10.00' } } })
    expect([less.status, less.json.amount, less.json.number]).toEqual([200, '10.0', payment.number])
    const short = await shop.put(shopper, {}, 422)
    expect(short.errors).toEqual({ base: ['Payment could not be processed, please check the details you entered'] })
    const source_attributes = { ...card, number: '5555555555554444' }
    const other = await shop.send('PUT', path, {
      key: admin,
      body: { payment: { amount: '55.37', source_attributes } },
    })
    const { updated_at: _updated, ...same } = other.json
    expect([other.status, payment]).toMatchObject([200, { ...same, source: { last_digits: '1111' } }])
    expect((await shop.read(shopper)).payments).toMatchObject([{ ...same, source: { last_digits: '4444' } }])
    const done = await completed(shop)
    await shop.send('PUT', `${done.path}/capture`, { key: admin })
    const late = await shop.send('PUT', done.path, { key: admin, body: { payment: { amount: 1 } } })
    expect([late.status, late.json]).toEqual([
      403,
      { error: 'This payment cannot be updated because it is completed.' },
    ])
  })

  it('are captured, once: PUT /api/orders/:number/payments/:payment/capture, PUT /api/orders/:number/payments/:payment/purchase, PUT /api/orders/:number/payments/:payment/authorize', async () => {
    const { path, ...shopper } = await completed(shop)
    expect(await shop.read(shopper)).toMatchObject({
      payment_state: 'balance_due',
      shipment_state: 'pending',
      payment_total: '0.0',
    })
    expect((await shop.send('PUT', `${path}/capture`, { token: shopper.token })).json).toEqual(unauthorized)
    expect((await shop.send('PUT', `${path}/authorize`, { key: admin })).json.state).toBe('pending')
    const captured = await shop.send('PUT', `${path}/capture`, { key: admin })
    expect([captured.status, captured.json.state, captured.json.amount]).toEqual([200, 'completed', '55.37'])
    const again = await shop.send('PUT', `${path}/purchase`, { key: admin })
    expect([again.status, again.json.state]).toEqual([200, 'completed'])
    expect(await shop.read(shopper)).toMatchObject({
      payment_state: 'paid',
      shipment_state: 'ready',
      payment_total: '55.37',
    })
  })

  it('by check wait to be received', async () => {
    const { path, ...shopper } = await completed(shop, byCheck)
    expect(await shop.read(shopper)).toMatchObject({
      state: 'complete',
      payment_state: 'balance_due',
      payments: [{ state: 'checkout' }],
    })
    expect((await shop.send('PUT', `${path}/capture`, { key: admin })).json.state).toBe('completed')
  })

  it('are voided: PUT /api/orders/:number/payments/:payment/void', async () => {
    const { path } = await completed(shop)
    expect((await shop.send('PUT', `${path}/void`, { key: admin })).json.state).toBe('void')
    expect((await shop.send('PUT', `${path}/void`, { key: admin })).status).toBe(200)
    const shopper = await shop.walkTo('confirm')
    const [chosen] = (await shop.read(shopper)).payments
    const dropped = await shop.send('PUT', `/api/orders/${shopper.number}/payments/${chosen.number}/void`, {
      key: admin,
    })
    expect([dropped.status, dropped.json.state, dropped.json.number]).toEqual([200, 'void', chosen.number])
    expect((await shop.put(shopper, {}, 422)).errors).toEqual({ base: ['No payment found'] })
  })

  it('are given back in parts: PUT /api/orders/:number/payments/:payment/credit', async () => {
    const { path, ...shopper } = await completed(shop)
    await shop.send('PUT', `${path}/capture`, { key: admin })
    const tooMuch = await shop.send('PUT', `${path}/credit`, { key: admin, body: { amount: '55.38' } })
    expect([tooMuch.status, tooMuch.json]).toEqual([
      422,
      {
        error:
          'This payment can only be credited up to 55.37. Please specify an amount less than or equal to this number.',
      },
    ])
    const part = await shop.send('PUT', `${path}/credit?amount=5.37`, { key: admin })
    expect([part.status, part.json.state]).toEqual([200, 'completed'])
    const order = await shop.read(shopper)
    expect(order).toMatchObject({ payment_total: '50.0', payment_state: 'balance_due' })
    expect(order.payments[1]).toMatchObject({ source_type: 'Spree::Payment', amount: '-5.37' })
  })

  it('that a gateway refuses fail, and another one may be tried', async () => {
    const shopper = await shop.walkTo('payment')
    await shop.put(shopper, paidBy({ ...card, number: '4000000000000002' }))
    const declined = await shop.put(shopper, {}, 422)
    expect(declined).toEqual({
      error: 'The order could not be transitioned. Please fix the errors and try again.',
      errors: { base: ['Bogus Gateway: Forced failure'] },
    })
    const stuck = await shop.read(shopper)
    expect(stuck).toMatchObject({ state: 'confirm', completed_at: null, payments: [{ state: 'failed' }] })
    // A progress bar finds the step where it is. Source: spree/spree_gateway app/models/spree_gateway/apple_pay_order_decorator.rb
    expect(stuck.checkout_steps).toEqual(['address', 'delivery', 'payment', 'confirm', 'complete'])
    expect((await shop.put(shopper, {}, 422)).errors).toEqual({ base: ['No payment found'] })
    expect(await shop.put(shopper, { state: 'payment', ...paidBy() })).toMatchObject({ state: 'confirm' })
    const done = await shop.put(shopper)
    expect(done).toMatchObject({
      state: 'complete',
      number: shopper.number,
      payments: [{ state: 'failed' }, { state: 'pending' }],
    })
  })

  it('by a card that needs a page wait for it', async () => {
    const shopper = await shop.walkTo('payment')
    await shop.put(shopper, paidBy({ ...card, number: '4000000000003220' }))
    const waiting = await shop.put(shopper)
    expect(waiting).toMatchObject({
      state: 'confirm',
      completed_at: null,
      payments: [{ state: 'pending', redirect_url: expect.stringMatching(/^http/) }],
    })
    expect(await shop.put(shopper)).toEqual(waiting)
    const page = new URL(waiting.payments[0].redirect_url)
    await shop.send('POST', page.pathname, {
      body: 'decision=approved',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    await expect.poll(async () => (await shop.read(shopper)).state, { timeout: 10_000 }).toBe('complete')
  })

  it('by a card that needs a page cannot be changed before it is decided on: it is in progress, and no stranger’s', async () => {
    const shopper = await shop.walkTo('payment')
    await shop.put(shopper, paidBy({ ...card, number: '4000000000003220' }))
    const waiting = await shop.put(shopper)
    const path = `/api/orders/${shopper.number}`
    const [line] = waiting.line_items
    const attempts: readonly [string, string, object][] = [
      ['PUT', path, { order: { email: 'bea@example.com' } }],
      ['PUT', `/api/checkouts/${shopper.number}`, { state: 'payment', ...paidBy() }],
      ['POST', `${path}/line_items`, { line_item: { variant_id: 1, quantity: 1 } }],
      ['PUT', `${path}/line_items/${line.id}`, { line_item: { quantity: 1 } }],
      ['PUT', `${path}/addresses/${waiting.bill_address.id}`, { address: { city: 'Troy' } }],
      ['POST', `${path}/payments`, { payment: { payment_method_id: 1 } }],
    ]
    const inProgress = {
      error: 'Invalid resource. Please fix errors and try again.',
      errors: { base: ['The order is being processed.'] },
    }
    for (const [method, to, body] of attempts) {
      const { status, json } = await shop.send(method, to, { token: shopper.token, body })
      expect([method, to, status, json]).toEqual([method, to, 422, inProgress])
      expect((await shop.send(method, to, { token: 'wrong', body })).status).toBe(401)
    }
    const coupon = await shop.send('PUT', `${path}/apply_coupon_code?coupon_code=10off`, { token: shopper.token })
    expect([coupon.status, coupon.json.status_code]).toEqual([422, 'coupon_code_unknown_error'])
    expect(await shop.read(shopper)).toEqual(waiting)
  })

  // dialects/spree.md 5.6: a retry needs a new payment
  it('by a card that needs a page are no choice any more once that page, or an administrator, says no', async () => {
    const ends: readonly [string, (payment: { number: string; redirect_url: string }, order: string) => unknown][] = [
      [
        'failed',
        ({ redirect_url: page }) =>
          shop.send('POST', new URL(page).pathname, {
            body: 'decision=declined',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          }),
      ],
      ['void', ({ number }, order) => shop.send('PUT', `/api/orders/${order}/payments/${number}/void`, { key: admin })],
    ]
    for (const [state, end] of ends) {
      const shopper = await shop.walkTo('payment')
      await shop.put(shopper, paidBy({ ...card, number: '4000000000003220' }))
      const waiting = await shop.put(shopper)
      const [sent] = waiting.payments
      await end(sent, shopper.number)
      await expect.poll(async () => (await shop.read(shopper)).payments[0].state, { timeout: 10_000 }).toBe(state)
      const after = await shop.read(shopper)
      expect(after).toMatchObject({ state: 'confirm', completed_at: null, total: waiting.total, credit_cards: [] })
      expect(after.payments).toMatchObject([{ id: sent.id, number: sent.number, state }])
      expect((await shop.put(shopper, undefined, 422)).errors).toEqual({ base: ['No payment found'] })
      const done = await shop.put(shopper, byCheck)
      expect(done).toMatchObject({
        state: 'complete',
        payments: [{ number: sent.number, state }, { state: 'checkout' }],
      })
    }
    expect((await checkBooks({ books: shop.server().storage.books, clock: shop.server().now })).faults).toBe(0)
  })

  it('keep the time at which they were made when they are charged', async () => {
    const shopper = await shop.walkTo('confirm')
    const [chosen] = (await shop.read(shopper)).payments
    const done = await shop.put(shopper)
    const [{ id, number, state, created_at }] = done.payments
    expect({ id, number, state, created_at }).toEqual({
      id: chosen.id,
      number: chosen.number,
      state: 'pending',
      created_at: chosen.created_at,
    })
  })
})
