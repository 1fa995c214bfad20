import { expect, it } from 'vitest'
import { checkBooks } from '../../../../src/operations/check-books.js'
import type { TestAnswer } from '../../../support/test-server.js'
import {
  addresses,
  admin,
  bag,
  card,
  check,
  creditCard,
  describeShop,
  paidBy,
  type Shop,
  type Shopper,
} from '../shop.js'

// dialects/spree.md 3.10: an administrator reserves, takes and gives back money of an order that is not completed yet.

interface Early extends Shopper {
  /** The payment that was chosen. */
  readonly payment: string
  act(action: string, body?: object): Promise<TestAnswer>
}

/** An order in `confirm` (by card) or `payment` (by check), with its chosen payment. */
async function chosen(shop: Shop, by: 'card' | 'check' | object = 'card'): Promise<Early> {
  const shopper = await shop.walkTo('payment')
  const { number, token } = shopper
  if (by === 'check') {
    const made = await shop.send('POST', `/api/orders/${number}/payments`, {
      token,
      body: { payment: { payment_method_id: check } },
    })
    expect(made.status).toBe(201)
  } else await shop.put(shopper, paidBy(by === 'card' ? card : (by as object)))
  const payment = (await shop.read(shopper)).payments[0].number
  const act = (action: string, body: object = {}) =>
    shop.send('PUT', `/api/orders/${number}/payments/${payment}/${action}`, { key: admin, body })
  return { ...shopper, payment, act }
}

/** Every table agrees with every other one. */
async function expectBalance(shop: Shop): Promise<void> {
  const report = await checkBooks({ books: shop.server().storage.books, clock: shop.server().now })
  expect(report.findings.filter(({ grade, total }) => grade === 'fault' && total > 0)).toEqual([])
}

const states = (order: TestAnswer['json']) => order.payments.map(({ state }: { state: string }) => state)

describeShop('payments before completion', shop => {
  it('are reserved, and the order completes with them: PUT /api/orders/:number/payments/:payment/authorize', async () => {
    const early = await chosen(shop)
    const before = await shop.read(early)
    const reserved = await early.act('authorize')
    expect([reserved.status, reserved.json]).toMatchObject([
      200,
      { number: early.payment, state: 'pending', amount: '55.37', response_code: expect.any(String) },
    ])
    const waiting = await shop.read(early)
    expect(waiting).toMatchObject({
      state: 'confirm',
      total: before.total,
      completed_at: null,
      payment_state: null,
      shipment_state: null,
      payment_total: '0.0',
      permissions: { can_update: true },
      payment_methods: before.payment_methods,
    })
    expect([states(waiting), Object.keys(waiting)]).toEqual([['pending'], Object.keys(before)])
    expect((await early.act('authorize')).json).toEqual(reserved.json)
    await expectBalance(shop)
    const done = await shop.put(early)
    expect(done).toMatchObject({ state: 'complete', number: early.number, payment_state: 'balance_due' })
    expect(done.payments).toMatchObject([{ number: early.payment, state: 'pending', amount: '55.37' }])
    expect((await early.act('capture')).json.state).toBe('completed')
    expect(await shop.read(early)).toMatchObject({ payment_state: 'paid', payment_total: '55.37' })
    await expectBalance(shop)
  })

  it('are taken at once, or after they were reserved: PUT /api/orders/:number/payments/:payment/purchase', async () => {
    for (const actions of [['purchase'], ['authorize', 'capture'], ['authorize', 'purchase']]) {
      const early = await chosen(shop)
      for (const action of actions) expect((await early.act(action)).status).toBe(200)
      expect(await shop.read(early)).toMatchObject({ state: 'confirm', payment_total: '55.37', completed_at: null })
      expect((await early.act('purchase')).json.state).toBe('completed')
      const done = await shop.put(early)
      expect(done).toMatchObject({ state: 'complete', payment_state: 'paid', payment_total: '55.37' })
      expect(states(done)).toEqual(['completed'])
    }
    await expectBalance(shop)
  })

  it('are nothing to take before they are reserved: PUT /api/orders/:number/payments/:payment/capture', async () => {
    const early = await chosen(shop)
    const text = 'Nothing is authorized yet.'
    const refused = await early.act('capture')
    expect([refused.status, refused.json]).toEqual([
      422,
      { error: `There was a problem with the payment gateway: ${text}`, errors: { base: [text] } },
    ])
    expect(states(await shop.read(early))).toEqual(['checkout'])
  })

  it('by check are received, and have nothing to reserve', async () => {
    const early = await chosen(shop, 'check')
    for (const action of ['authorize', 'purchase']) {
      const same = await early.act(action)
      expect([same.status, same.json.state]).toEqual([200, 'checkout'])
    }
    const received = await early.act('capture')
    expect([received.status, received.json]).toMatchObject([200, { number: early.payment, state: 'completed' }])
    expect(await shop.read(early)).toMatchObject({ state: 'payment', payment_total: '55.37' })
    expect(await shop.put(early)).toMatchObject({ state: 'complete', payment_state: 'paid' })
    await expectBalance(shop)
  })

  it('are not taken before it is known how the goods are sent', async () => {
    const base = ['We are unable to calculate shipping rates for the selected items.']
    for (const [action, method] of [
      ['capture', { payment_method_id: check }],
      ['authorize', { payment_method_id: creditCard, source_attributes: card }],
    ] as const) {
      const shopper = await shop.walkTo('address')
      const { number, token } = shopper
      await shop.send('PUT', `/api/orders/${number}`, { token, body: addresses })
      const made = await shop.send('POST', `/api/orders/${number}/payments`, { token, body: { payment: method } })
      const before = await shop.read(shopper)
      const path = `/api/orders/${number}/payments/${made.json.number}/${action}`
      const refused = await shop.send('PUT', path, { key: admin })
      expect([refused.status, refused.json.errors]).toEqual([422, { base }])
      expect(await shop.read(shopper)).toEqual(before)
      expect(await shop.put(shopper)).toMatchObject({ state: 'delivery', ship_total: '5.0', total: '55.37' })
    }
    await expectBalance(shop)
  })

  it('that a gateway refuses fail, and another one may be chosen', async () => {
    const early = await chosen(shop, { ...card, number: '4000000000000002' })
    const text = 'Bogus Gateway: Forced failure'
    const refused = await early.act('authorize')
    expect([refused.status, refused.json]).toEqual([
      422,
      { error: `There was a problem with the payment gateway: ${text}`, errors: { base: [text] } },
    ])
    const after = await shop.read(early)
    expect(after.payments).toMatchObject([{ number: early.payment, state: 'failed' }])
    expect(await shop.put(early, { state: 'payment', ...paidBy() })).toMatchObject({ state: 'confirm' })
    expect(states(await shop.put(early))).toEqual(['failed', 'pending'])
    await expectBalance(shop)
  })

  it('go back when the order is changed, and what changes nothing leaves them', async () => {
    for (const action of ['authorize', 'purchase']) {
      const early = await chosen(shop)
      await early.act(action)
      const { number, token } = early
      const held = await shop.read(early)
      const same = { email: held.email, bill_address: { ...held.bill_address, id: undefined, country: undefined } }
      await shop.send('PUT', `/api/orders/${number}`, { token, body: { order: same } })
      expect(states(await shop.read(early))).toEqual([action === 'purchase' ? 'completed' : 'pending'])
      const added = await shop.send('POST', `/api/orders/${number}/line_items`, {
        token,
        body: { line_item: { variant_id: bag } },
      })
      expect(added.status).toBe(201)
      const after = await shop.read(early)
      expect(after).toMatchObject({ state: 'address', payment_total: '0.0', total_quantity: 4 })
      expect(after.payments).toMatchObject([{ number: early.payment, state: 'void' }])
      await expectBalance(shop)
      for (const body of [{}, {}, paidBy()]) await shop.put(early, body)
      expect(states(await shop.put(early))).toEqual(['void', 'pending'])
    }
    await expectBalance(shop)
  })

  it('go back when the order is emptied, voided, credited, or not completed in time', async () => {
    const back: readonly ((early: Early) => Promise<unknown>)[] = [
      early => shop.send('PUT', `/api/orders/${early.number}/empty`, { token: early.token }),
      early => early.act('void'),
      early => early.act('credit', { amount: '55.37' }),
      async () => {
        shop.server().advance(3_600_000)
        await shop.server().operations.recoverOrders()
      },
    ]
    for (const giveUp of back) {
      const early = await chosen(shop)
      await early.act('purchase')
      await giveUp(early)
      const after = await shop.read(early)
      expect(after).toMatchObject({ payment_total: '0.0', completed_at: null })
      expect(after.payments).toMatchObject([{ number: early.payment, state: 'void' }])
      expect((await early.act('void')).json.state).toBe('void')
    }
    const early = await chosen(shop)
    await early.act('purchase')
    const part = await early.act('credit', { amount: '10.0' })
    const text = 'Before the order is completed, a payment is given back whole.'
    expect([part.status, part.json.errors]).toEqual([422, { base: [text] }])
    await expectBalance(shop)
  })

  it('must cover the order', async () => {
    const early = await chosen(shop)
    await shop.send('PUT', `/api/orders/${early.number}/payments/${early.payment}`, {
      key: admin,
      body: { payment: { amount: '10.0' } },
    })
    const short = await early.act('authorize')
    expect([short.status, short.json.errors]).toEqual([
      422,
      { base: ['Payment could not be processed, please check the details you entered'] },
    ])
    expect(states(await shop.read(early))).toEqual(['checkout'])
  })

  it('are sent once and kept once, however many ask', async () => {
    const early = await chosen(shop)
    const sent = await Promise.all(Array.from({ length: 8 }, () => early.act('authorize')))
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]))
    const done = await Promise.all(
      Array.from({ length: 8 }, () => shop.send('PUT', `/api/checkouts/${early.number}`, { token: early.token })),
    )
    expect(done.map(({ status, json }) => [status, json.state])).toEqual(done.map(() => [200, 'complete']))
    expect(states(await shop.read(early))).toEqual(['pending'])
    await expectBalance(shop)
  })

  it('are changed and completed at once: one of both is first', async () => {
    for (let round = 0; round < 4; round += 1) {
      const early = await chosen(shop)
      await early.act('purchase')
      const { number, token } = early
      await Promise.all([
        shop.send('PUT', `/api/checkouts/${number}`, { token }),
        shop.send('POST', `/api/orders/${number}/line_items`, { token, body: { line_item: { variant_id: bag } } }),
        early.act('void'),
      ])
      const after = await shop.read(early)
      if (after.completed_at === null) expect(after.payment_total).toBe('0.0')
      else expect(after.total_quantity).toBe(3)
    }
    await expectBalance(shop)
  })
})
