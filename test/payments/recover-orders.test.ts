import { describe, expect, test } from 'vitest'
import type { Payment } from '../../src/core/payments/payment.js'
import type { Deps } from '../../src/operations/deps.js'
import { recoverOrders } from '../../src/operations/recover-orders.js'
import { settleOrder } from '../../src/operations/settle-order.js'
import { GatewayUnknown, type PaymentProvider } from '../../src/payments/provider.js'
import { paidOrder } from './paid-order-fixture.js'
import { request, sandbox } from './sandbox-fixture.js'

const since = '2026-11-21T08:00:00.000Z'

/** A confirmed order whose payment the gateway has captured, and a recovery job that finds it. */
async function captured(change: (provider: PaymentProvider) => PaymentProvider = same => same) {
  const { provider } = sandbox()
  const answer = await provider.authorize(request(undefined, { capture: true }))
  const fixture = paidOrder(answer, change(provider))
  const rows = fixture.stored()
  rows.payment = { ...rows.payment, state: 'captured', captured: 61_877n }
  rows.order = { ...rows.order, paymentStatus: 'paid' }
  const { storage } = fixture.deps
  const deps = {
    ...fixture.deps,
    storage: {
      ...storage,
      orders: { ...storage.orders, overdue: async () => [] },
      payments: { ...storage.payments, unsettled: async () => [rows.payment] },
    },
  } as unknown as Deps
  const set = (changes: Partial<Payment>) => {
    rows.payment = { ...rows.payment, ...changes }
  }
  return { ...fixture, deps, provider, set }
}

describe('the recovery job', () => {
  test('finishes a refund that was begun before it returns the rest, so that nothing goes back twice', async () => {
    const { deps, set, stored, provider } = await captured()
    set({ state: 'refund_due', step: { kind: 'refund', amount: 20_000n, key: 'a', since } })
    await recoverOrders(deps)
    expect(stored().payment).toMatchObject({ state: 'refunded', captured: 61_877n, refunded: 61_877n })
    expect(stored().payment.step).toBeUndefined()
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'refunded', amount: 61_877n })
  })

  test('puts what a silent gateway keeps open behind the others that wait', async () => {
    const silent = async () => {
      throw new GatewayUnknown('silent')
    }
    const { deps, set, stored } = await captured(provider => ({ ...provider, find: silent, refund: silent }))
    set({ state: 'refund_due', updatedAt: since })
    await recoverOrders(deps)
    expect(stored().payment).toMatchObject({ state: 'refund_due', refunded: 0n, version: 2 })
    expect(stored().payment.updatedAt > since).toBe(true)
  })

  test('begins nothing more once it is to stop', async () => {
    const { deps, set, stored } = await captured()
    set({ state: 'refund_due' })
    await recoverOrders(deps, AbortSignal.abort())
    expect(stored().payment.state).toBe('refund_due')
  })
})

test('news of a captured payment makes a confirmed order paid', async () => {
  const { deps, set, stored, provider } = await captured()
  set({ state: 'authorized', captured: 0n })
  const answer = await provider.find('key-1')
  if (answer === undefined) throw new Error('the gateway knows its own attempt')
  await settleOrder(deps, stored().order.id, new Map([['payment-1', { kind: 'answer', answer }]]))
  expect(stored().payment).toMatchObject({ state: 'captured', captured: 61_877n })
  expect(stored().order).toMatchObject({ status: 'confirmed', paymentStatus: 'paid', version: 3 })
})
