import { beforeAll, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { choose, handIn, mugsTotal, openTill, overdue, secondProcess, sell, type Till } from './till.js'

const clerk: Caller = { kind: 'key', keyId: 'clerk', permissions: ['payments:write'] }
const onAccount = { payments: [{ method: 'dummyPaymentInvoice' }], instruments: [] }

describeOnEachDatabase('money that came in outside of every gateway', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  const record = (order: string, amount?: bigint, caller: Caller = clerk) =>
    till.server.operations.recordPayment(caller, { order, ...(amount === undefined ? {} : { amount }), method: 'cash' })

  async function books(cartId: string) {
    const { order, payments } = await till.saleOf(cartId)
    const states = payments.map(({ provider, state, captured }) => `${provider} ${state} ${captured}`)
    return { status: order.status, paymentStatus: order.paymentStatus, states }
  }

  it('redeems the promise of an order on account, once', async () => {
    const { cartId } = await sell(till, '', onAccount)
    const { order } = await till.saleOf(cartId)
    expect(await books(cartId)).toEqual({
      status: 'confirmed',
      paymentStatus: 'authorized',
      states: ['manual authorized 0'],
    })
    expect(await record(order.id)).toMatchObject({ ok: true, value: { order: { paymentStatus: 'paid' } } })
    const paid = { status: 'confirmed', paymentStatus: 'paid', states: [`manual captured ${mugsTotal}`] }
    expect(await books(cartId)).toEqual(paid)
    expect(await record(order.id)).toMatchObject({ ok: true })
    expect(await books(cartId)).toEqual(paid)
    await till.expectBooksInOrder()
  })

  it('comes in parts; the last one calls the promise off', async () => {
    const { cartId } = await sell(till, '', onAccount)
    const { order } = await till.saleOf(cartId)
    expect(await record(order.id, 1_000n)).toMatchObject({
      ok: true,
      value: { order: { paymentStatus: 'partially_paid' } },
    })
    expect(await record(order.id, mugsTotal)).toEqual({
      ok: false,
      error: { code: 'payment_amount_wrong', expected: mugsTotal - 1_000n, actual: mugsTotal },
    })
    expect(await record(order.id)).toMatchObject({ ok: true, value: { order: { paymentStatus: 'paid' } } })
    expect((await books(cartId)).states.sort()).toEqual([
      'manual captured 1000',
      `manual captured ${mugsTotal - 1_000n}`,
      'manual voided 0',
    ])
    await till.expectBooksInOrder()
  })

  it('confirms an order that waits for a page, and the page then takes nothing', async () => {
    const { cartId, answer } = await sell(till, 'redirect')
    const { order } = await till.saleOf(cartId)
    expect(order.status).toBe('pending')
    expect(await record(order.id)).toMatchObject({ ok: true, value: { order: { status: 'confirmed' } } })
    expect((await till.cart(cartId)).status).toBe('closed')
    expect(await books(cartId)).toEqual({
      status: 'confirmed',
      paymentStatus: 'paid',
      states: ['sandbox voided 0', `manual captured ${mugsTotal}`],
    })
    await choose(till, answer.ok ? answer.value.redirectUrl : null, 'approved')
    await till.expectBooksInOrder()
  })

  it('in part leaves an order waiting, and goes back when the rest never comes', async () => {
    const { cartId } = await sell(till, 'redirect')
    const { order } = await till.saleOf(cartId)
    expect(await record(order.id, 1_000n)).toMatchObject({ ok: true, value: { order: { status: 'pending' } } })
    await till.recoverAfter(overdue)
    expect(await books(cartId)).toMatchObject({
      status: 'canceled',
      states: ['sandbox voided 0', 'manual refunded 1000'],
    })
    expect(await record(order.id)).toEqual({ ok: false, error: { code: 'order_state', status: 'canceled' } })
    await till.expectBooksInOrder()
  })

  it('is recorded once, however many say so at the same moment', async () => {
    const { cartId } = await sell(till, 'redirect')
    const { order } = await till.saleOf(cartId)
    const answers = await Promise.all(Array.from({ length: 8 }, () => record(order.id, mugsTotal)))
    expect(answers.filter(answer => answer.ok)).toHaveLength(1)
    expect((await books(cartId)).states.filter(state => state.startsWith('manual'))).toEqual([
      `manual captured ${mugsTotal}`,
    ])
    await till.expectBooksInOrder()
  })

  it('goes back when the order is called off at the same moment, by somebody who has not seen it yet', async () => {
    const { caller, cartId } = await sell(till, 'approve', { keepsCartOpen: true, confirmsLater: true })
    const { order } = await till.saleOf(cartId)
    const { orders } = till.server.storage
    let isFirst = true
    const other = await secondProcess(till, {
      orders: {
        ...orders,
        settle: async input => {
          if (isFirst) {
            isFirst = false
            expect(await record(order.id, 1_000n)).toMatchObject({ ok: true })
          }
          return orders.settle(input)
        },
      },
    })
    const canceled = await other.operations.cancelOrder(caller, { id: order.id, reason: 'changed my mind' })
    expect(canceled).toMatchObject({ ok: true, value: { order: { status: 'canceled' } } })
    const { payments } = await till.saleOf(cartId)
    expect(payments.map(({ state, method }) => `${method} ${state}`).sort()).toEqual([
      'cash refunded',
      'dummyPaymentCreditCard voided',
    ])
    await till.expectBooksInOrder()
  })

  const paymentOf = async (cartId: string) => (await till.saleOf(cartId)).payments[0]?.id ?? ''

  it('in part leaves the card no more to take than the rest', async () => {
    const { cartId } = await sell(till, 'approve')
    const { order } = await till.saleOf(cartId)
    const { operations } = till.server
    expect(await record(order.id, 1_000n)).toMatchObject({ ok: true })
    const id = await paymentOf(cartId)
    expect(await operations.capturePayment(clerk, { id, amount: mugsTotal })).toEqual({
      ok: false,
      error: { code: 'payment_amount_wrong', expected: mugsTotal - 1_000n, actual: mugsTotal },
    })
    for (const time of ['first', 'again']) {
      expect([time, await operations.capturePayment(clerk, { id })]).toMatchObject([
        time,
        { ok: true, value: { order: { paymentStatus: 'paid' } } },
      ])
    }
    expect((await books(cartId)).states).toEqual([`sandbox captured ${mugsTotal - 1_000n}`, 'manual captured 1000'])
    await till.expectBooksInOrder()
  })

  it('in part and a capture of all at the same moment: nobody pays more than it costs', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { cartId } = await sell(till, 'approve')
      const { order } = await till.saleOf(cartId)
      const id = await paymentOf(cartId)
      const [recorded, captured] = await Promise.all([
        record(order.id, 1_000n),
        till.server.operations.capturePayment(clerk, { id }),
      ])
      expect(captured).toMatchObject({ ok: true })
      expect((await books(cartId)).states.sort()).toEqual(
        recorded.ok
          ? ['manual captured 1000', `sandbox captured ${mugsTotal - 1_000n}`]
          : [`sandbox captured ${mugsTotal}`],
      )
    }
    await till.expectBooksInOrder()
  })

  it('in part, and the page then takes all: what nobody owed goes back', async () => {
    const { cartId, answer } = await sell(till, 'redirect', { capture: true })
    const { order } = await till.saleOf(cartId)
    expect(await record(order.id, 1_000n)).toMatchObject({ ok: true, value: { order: { status: 'pending' } } })
    const { payload } = await choose(till, answer.ok ? answer.value.redirectUrl : null, 'approved')
    expect((await handIn(till, order.number, payload)).status).toBe(201)
    expect(await books(cartId)).toEqual({
      status: 'confirmed',
      paymentStatus: 'paid',
      states: [`sandbox captured ${mugsTotal}`, 'manual captured 1000'],
    })
    await till.recoverAfter(60_000)
    const { order: settled, payments } = await till.saleOf(cartId)
    expect(settled.paymentStatus).toBe('paid')
    expect(payments.map(({ captured, refunded }) => captured - refunded)).toEqual([mugsTotal - 1_000n, 1_000n])
    await till.expectBooksInOrder()
  })

  it.each([0n, -1n])('is more than nothing (%i)', async amount => {
    const { cartId } = await sell(till, '', onAccount)
    const { order } = await till.saleOf(cartId)
    expect(await record(order.id, amount)).toMatchObject({ ok: false, error: { code: 'payment_amount_wrong' } })
    expect(await books(cartId)).toMatchObject({ states: ['manual authorized 0'] })
  })

  it('is for keys that may: shoppers are told no, or that there is no such order', async () => {
    const { cartId, caller } = await sell(till, '', onAccount)
    const { order } = await till.saleOf(cartId)
    const reader: Caller = { kind: 'key', keyId: 'reader', permissions: ['orders:read'] }
    expect(await record(order.id, undefined, caller)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await record(order.id, undefined, reader)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await record(order.id, undefined, { kind: 'guest', guestKey: 'else' })).toMatchObject({
      ok: false,
      error: { code: 'order_not_found' },
    })
    expect(await record('no-such-order')).toMatchObject({ ok: false, error: { code: 'order_not_found' } })
    expect(await books(cartId)).toMatchObject({ states: ['manual authorized 0'] })
  })
})
