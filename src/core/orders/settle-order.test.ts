import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excessKey, type Payment, type PaymentState } from '../payments/payment.js'
import type { Order } from './order.js'
import { givenUp, settledOrder, verdictOn, withoutSurplus } from './settle-order.js'

const now = '2026-11-21T09:00:00.000Z'
const order = {
  id: 'o1',
  number: 'DE--1',
  status: 'pending',
  paymentStatus: 'pending',
  fulfillmentStatus: 'unfulfilled',
  amountDue: 100n,
  snapshot: { payments: [] },
  deadline: now,
  version: 1,
} as unknown as Order

function attempt(state: PaymentState, amount: bigint, more: Partial<Payment> = {}): Payment {
  return { id: `${state}${amount}`, state, amount, captured: 0n, refunded: 0n, version: 1, ...more } as Payment
}

describe('the verdict on a pending order', () => {
  test.each([
    ['nothing is due', [], 0n, false, 'confirmed'],
    ['one attempt covers it', [attempt('authorized', 100n)], 100n, false, 'confirmed'],
    [
      'two attempts cover it together',
      [attempt('authorized', 60n), attempt('captured', 40n)],
      100n,
      false,
      'confirmed',
    ],
    [
      'the other half still waits',
      [attempt('authorized', 60n), attempt('requires_action', 40n)],
      100n,
      false,
      'waiting',
    ],
    ['the gateway is silent', [attempt('unknown', 100n)], 100n, false, 'waiting'],
    ['one half is declined', [attempt('authorized', 60n), attempt('failed', 40n)], 100n, false, 'canceled'],
    ['what was taken is wrong', [attempt('refund_due', 100n)], 100n, false, 'canceled'],
    ['the deadline is over', [attempt('requires_action', 100n)], 100n, true, 'canceled'],
    ['it is paid although the deadline is over', [attempt('authorized', 100n)], 100n, true, 'confirmed'],
    ['there is no attempt at all', [], 100n, false, 'canceled'],
  ] as const)('%s', (_what, payments, amountDue, isOverdue, verdict) => {
    expect(verdictOn({ ...order, amountDue }, payments, isOverdue)).toBe(verdict)
  })

  test('waits for every share where one of them bears interest', () => {
    const snapshot = {
      payments: [
        { amount: 95n, interest: 6n },
        { amount: 5n, interest: 0n },
      ],
    } as unknown as Order['snapshot']
    const first = attempt('authorized', 101n)
    const verdict = (second: Payment) => verdictOn({ ...order, snapshot }, [first, second], false)
    expect(verdict(attempt('requires_action', 5n))).toBe('waiting')
    expect(verdict(attempt('failed', 5n))).toBe('canceled')
    expect(verdict(attempt('authorized', 5n))).toBe('confirmed')
  })

  test('is confirmed only when the secured money covers what is due', () => {
    const states = fc.constantFrom<PaymentState>('created', 'unknown', 'authorized', 'captured', 'failed', 'refund_due')
    const payments = fc.array(fc.tuple(states, fc.bigInt(1n, 200n)), { maxLength: 5 })
    fc.assert(
      fc.property(payments, fc.bigInt(0n, 300n), fc.boolean(), (list, amountDue, isOverdue) => {
        const attempts = list.map(([state, amount]) => attempt(state, amount))
        const secured = attempts
          .filter(({ state }) => state === 'authorized' || state === 'captured')
          .reduce((sum, { amount }) => sum + amount, 0n)
        const verdict = verdictOn({ ...order, amountDue }, attempts, isOverdue)
        expect(verdict === 'confirmed').toBe(secured >= amountDue)
        if (isOverdue) expect(verdict).not.toBe('waiting')
      }),
    )
  })
})

test('a confirmed order has no deadline and knows how far it is paid', () => {
  const settled = settledOrder(order, [attempt('captured', 100n, { captured: 100n })], 'confirmed', now)
  expect(settled).toMatchObject({ status: 'confirmed', paymentStatus: 'paid', version: 2 })
  expect(settled).not.toHaveProperty('deadline')
  expect(settledOrder(order, [attempt('authorized', 100n)], 'confirmed', now).paymentStatus).toBe('authorized')
})

test('a canceled order says why', () => {
  const declined = settledOrder(order, [attempt('failed', 100n, { declineReason: 'funds' })], 'canceled', now)
  expect(declined).toMatchObject({ status: 'canceled', paymentStatus: 'failed', cancelReason: 'funds' })
  expect(settledOrder(order, [attempt('created', 100n)], 'canceled', now).cancelReason).toBe('payment_expired')
})

test('a waiting order keeps its deadline', () => {
  expect(settledOrder(order, [attempt('requires_action', 100n)], 'waiting', now).deadline).toBe(now)
})

test('giving an order up makes everything that took money, or may have, due back', () => {
  const payments = (['created', 'unknown', 'authorized', 'captured', 'failed', 'voided'] as const).map(state =>
    attempt(state, 10n),
  )
  expect(givenUp(payments, now).map(payment => payment.state)).toEqual([
    'refund_due',
    'refund_due',
    'refund_due',
    'refund_due',
    'failed',
    'voided',
  ])
})

describe('news about an order that is confirmed already', () => {
  const paid = attempt('captured', 100n)
  const confirmed = { ...order, status: 'confirmed' } as Order

  test('a second payment that is secured late is due back', () => {
    const after = withoutSurplus(confirmed, [paid, attempt('unknown', 100n)], [paid, attempt('authorized', 100n)], now)
    expect(after.map(payment => payment.state)).toEqual(['captured', 'refund_due'])
  })

  test('a payment that was secured before stays, whatever it is told', () => {
    const before = [attempt('authorized', 100n)]
    const after = [attempt('captured', 100n)]
    expect(withoutSurplus(confirmed, before, after, now)).toEqual(after)
  })

  test('of what is taken late beyond what was left, the rest is due back', () => {
    const part = { ...attempt('captured', 40n), captured: 40n }
    const late = { ...attempt('captured', 100n), captured: 100n }
    const after = withoutSurplus(confirmed, [part, attempt('requires_action', 100n)], [part, late], now)
    expect(after[0]).toBe(part)
    expect(after[1]?.step).toEqual({ kind: 'refund', amount: 40n, key: excessKey(late.id), since: now })
    // As the gateway tells it of what was authorized before.
    const told = withoutSurplus(confirmed, [part, attempt('authorized', 100n)], [part, late], now)
    expect(told[1]?.step).toEqual({ kind: 'refund', amount: 40n, key: excessKey(late.id), since: now })
    // A promise is captured as far as it is needed.
    const promised = [part, attempt('authorized', 100n)]
    expect(withoutSurplus(confirmed, [part, attempt('requires_action', 100n)], promised, now)).toEqual(promised)
  })

  test('on a canceled order everything that is secured late is due back', () => {
    const canceled = { ...order, status: 'canceled' } as Order
    const after = withoutSurplus(canceled, [attempt('pending', 60n)], [attempt('authorized', 60n)], now)
    expect(after.map(payment => payment.state)).toEqual(['refund_due'])
  })
})
