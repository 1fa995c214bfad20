import { expect, it } from 'vitest'
import { checkBooks } from '../../../../src/operations/check-books.js'
import { stage } from '../contract/stages.js'
import { admin, card, check, creditCard, describeShop, type Shop } from '../shop.js'

// dialects/spree.md 3.10: what a payment that was captured in part leaves to be paid.

const system = { kind: 'system' } as const

const post = (shop: Shop, number: string, payment: object, sent = {}) =>
  shop.send('POST', `/api/orders/${number}/payments`, { key: admin, body: { payment }, ...sent })

describeShop('payments of completed orders', shop => {
  /** An order of 55.37 of which 30.00 was captured. */
  const partlyPaid = async () => {
    const scene = await stage(shop, 'complete')
    const path = `/api/orders/${scene.number}/payments`
    const act = (payment: string, action: string, body: object = {}) =>
      shop.send('PUT', `${path}/${payment}/${action}`, { key: admin, body })
    const captured = await act(scene.order.payments[0].number, 'capture', { amount: '30.0' })
    expect([captured.status, captured.json.amount]).toEqual([200, '30.0'])
    return { ...scene, act }
  }

  it('bring in the rest, once: POST /api/orders/:number/payments', async () => {
    const { act, ...scene } = await partlyPaid()
    const { number } = scene
    expect(await shop.read(scene)).toMatchObject({ payment_state: 'balance_due', payment_total: '30.0' })
    const more = await post(shop, number, { payment_method_id: check, amount: '25.38' })
    expect([more.status, more.json.errors]).toEqual([422, { amount: ['is invalid'] }])
    const first = await post(shop, number, { payment_method_id: check, amount: '5.0' })
    expect([first.status, first.json]).toMatchObject([201, { state: 'checkout', amount: '5.0', source_type: null }])
    const second = await post(shop, number, { payment_method_id: check })
    expect([second.status, second.json]).toMatchObject([201, { state: 'checkout', amount: '25.37' }])
    expect((await act(second.json.number, 'authorize')).json.state).toBe('checkout')
    const received = await Promise.all(Array.from({ length: 4 }, () => act(second.json.number, 'capture')))
    expect(received.map(({ status }) => [200, 422].includes(status))).toEqual([true, true, true, true])
    const paid = await shop.read(scene)
    expect(paid).toMatchObject({ payment_state: 'paid', payment_total: '55.37', shipment_state: 'ready' })
    expect(paid.payments.map(({ state, amount }: { state: string; amount: string }) => [state, amount])).toEqual([
      ['completed', '30.0'],
      ['invalid', '5.0'],
      ['completed', '25.37'],
    ])
    expect(paid.payments[2].number).toBe(second.json.number)
    const beyond = await post(shop, number, { payment_method_id: check, amount: '0.01' })
    expect([beyond.status, beyond.json.errors]).toEqual([422, { amount: ['is invalid'] }])
    const report = await checkBooks({ books: shop.server().storage.books, clock: shop.server().now })
    expect(report.faults).toBe(0)
  })

  it('leave a card only what is lacking once a part came in elsewhere: PUT .../capture', async () => {
    const scene = await stage(shop, 'complete')
    const { operations } = shop.server()
    const placed = await operations.readOrder(system, { number: scene.number })
    if (!placed.ok) throw new Error(placed.error.code)
    const part = await operations.recordPayment(system, { order: placed.value.order.id, amount: 2000n, method: 'cash' })
    expect(part.ok).toBe(true)
    const path = `/api/orders/${scene.number}/payments/${scene.order.payments[0].number}/capture`
    const whole = await shop.send('PUT', path, { key: admin, body: { amount: '55.37' } })
    const tooMuch = 'The amount is not possible for this payment.'
    const refusal = { error: `There was a problem with the payment gateway: ${tooMuch}`, errors: { base: [tooMuch] } }
    expect([whole.status, whole.json]).toEqual([422, refusal])
    const captured = await shop.send('PUT', path, { key: admin })
    expect([captured.status, captured.json]).toMatchObject([200, { state: 'completed', amount: '35.37' }])
    expect(await shop.read(scene)).toMatchObject({ payment_state: 'paid', payment_total: '55.37' })
    const report = await checkBooks({ books: shop.server().storage.books, clock: shop.server().now })
    expect(report.faults).toBe(0)
  })

  it('are given up before they came in, and given back after', async () => {
    const { act, ...scene } = await partlyPaid()
    const dropped = (await post(shop, scene.number, { payment_method_id: check })).json.number
    expect((await act(dropped, 'void')).json.state).toBe('void')
    expect((await act(dropped, 'capture')).status).toBe(422)
    const next = (await post(shop, scene.number, { payment_method_id: check })).json.number
    await act(next, 'capture')
    const credited = await act(next, 'credit', { amount: '5.37' })
    expect([credited.status, credited.json.number]).toEqual([200, next])
    expect(await shop.read(scene)).toMatchObject({ payment_total: '50.0', payment_state: 'balance_due' })
  })

  it('are refused for what they cannot be', async () => {
    const scene = await stage(shop, 'complete')
    const { number, token } = scene
    const refusals = [
      [{ payment_method_id: check }, 422, { amount: ['is invalid'] }],
      [{ payment_method_id: check, amount: 'much' }, 422, { amount: ['is not a number'] }],
      [
        { payment_method_id: creditCard, source_attributes: card },
        422,
        { base: ['That payment method is unsupported. Please choose another one.'] },
      ],
      [{ payment_method_id: 99 }, 404, undefined],
    ] as const
    for (const [payment, status, errors] of refusals) {
      const refused = await post(shop, number, payment)
      expect([payment, refused.status, refused.json.errors]).toEqual([payment, status, errors])
    }
    expect((await post(shop, number, { payment_method_id: check }, { key: undefined, token })).status).toBe(401)
    expect(await shop.read(scene)).toEqual(scene.order)
  })
})
