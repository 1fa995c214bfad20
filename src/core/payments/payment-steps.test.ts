import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Order } from '../orders/order.js'
import type { AttemptAnswer } from './apply-answer.js'
import { checkGatewayAnswer } from './check-answer.js'
import type { Payment, PaymentState, PaymentStep } from './payment.js'
import { paymentStatus } from './payment-status.js'
import { finishStep, planStep, type StepRequest, withStep } from './payment-steps.js'

const now = '2026-11-21T08:00:00.000Z'
const later = '2026-11-21T09:00:00.000Z'

function payment(changes: Partial<Payment> = {}): Payment {
  return {
    id: 'payment-1',
    integerId: 1,
    orderId: 'order-1',
    method: 'card',
    provider: 'sandbox',
    state: 'authorized',
    amount: 1_000n,
    currency: 'EUR',
    captured: 0n,
    refunded: 0n,
    idempotencyKey: 'payment-1',
    gatewayReference: 'ref-1',
    display: {},
    createdAt: now,
    updatedAt: now,
    version: 3,
    ...changes,
  }
}

/** As of an order that costs what the payment is about. */
const plan = (before: Payment, request: StepRequest, open = before.amount - before.captured) =>
  planStep(before, request, open, now)

const captured = payment({ state: 'captured', captured: 1_000n })

function answer(
  outcome: AttemptAnswer['outcome'],
  amount: bigint,
  changes: Partial<AttemptAnswer> = {},
): AttemptAnswer {
  return { outcome, amount, gatewayReference: 'ref-1', currency: 'EUR', orderId: 'order-1', ...changes }
}

/** One step from wish to answer, as a gateway would that does what it is asked. */
function take(before: Payment, request: StepRequest): Payment {
  const planned = plan(before, request)
  if (!planned.ok || planned.value === undefined) return before
  const outcomes = { capture: 'captured', void: 'voided', refund: 'refunded' } as const
  const step = planned.value
  const amount = step.kind === 'void' ? 0n : step.amount
  const outcome = finishStep(withStep(before, step, now), answer(outcomes[step.kind], amount), later)
  return outcome.kind === 'done' ? outcome.payment : before
}

describe('checking an answer', () => {
  const expected = { amount: 1_000n, currency: 'EUR', orderId: 'order-1' }

  test('an answer about our order, amount and currency passes', () => {
    expect(checkGatewayAnswer(answer('authorized', 1_000n), expected)).toEqual({ ok: true, value: null })
  })

  test('everything that differs is named', () => {
    const wrong = { amount: 999n, currency: 'USD', orderId: 'order-2' }
    expect(checkGatewayAnswer(wrong, expected)).toEqual({
      ok: false,
      error: { differs: ['amount', 'currency', 'order'], expected, actual: wrong },
    })
    expect(checkGatewayAnswer({ ...expected, amount: 1_001n }, expected)).toMatchObject({
      error: { differs: ['amount'] },
    })
    expect(checkGatewayAnswer({ ...expected, currency: 'eur' }, expected)).toMatchObject({
      error: { differs: ['currency'] },
    })
    expect(checkGatewayAnswer({ ...expected, orderId: '' }, expected)).toMatchObject({ error: { differs: ['order'] } })
  })
})

describe('planning', () => {
  test.each<[string, Payment, StepRequest, PaymentStep]>([
    ['capture of all', payment(), { kind: 'capture' }, { kind: 'capture', amount: 1_000n, since: now }],
    ['capture of a part', payment(), { kind: 'capture', amount: 1n }, { kind: 'capture', amount: 1n, since: now }],
    ['void', payment({ state: 'unknown' }), { kind: 'void' }, { kind: 'void', since: now }],
    ['refund of all', captured, { kind: 'refund', key: 'a' }, { kind: 'refund', amount: 1_000n, key: 'a', since: now }],
    [
      'refund of the rest',
      { ...captured, state: 'partially_refunded', refunded: 900n },
      { kind: 'refund', key: 'b' },
      { kind: 'refund', amount: 100n, key: 'b', since: now },
    ],
  ])('%s', (_, before, request, step) => {
    expect(plan(before, request)).toEqual({ ok: true, value: step })
  })

  test.each<[Payment, StepRequest]>([
    [captured, { kind: 'capture' }],
    [payment({ state: 'voided' }), { kind: 'void' }],
    [
      payment({ ...captured, refunded: 5n, refunds: [{ key: 'a', amount: 5n, at: now }] }),
      { kind: 'refund', key: 'a' },
    ],
  ])('a repeat has nothing to do: %#', (before, request) => {
    expect(plan(before, request)).toEqual({ ok: true, value: undefined })
  })

  test.each<[PaymentState, StepRequest['kind']]>([
    ['created', 'capture'],
    ['requires_action', 'capture'],
    ['unknown', 'capture'],
    ['failed', 'capture'],
    ['voided', 'capture'],
    ['created', 'void'],
    ['failed', 'void'],
    ['captured', 'void'],
    ['refunded', 'void'],
    ['authorized', 'refund'],
    ['failed', 'refund'],
    ['created', 'refund'],
  ])('%s: no %s', (state, kind) => {
    const request = kind === 'refund' ? { kind, key: 'a' } : { kind }
    const error = { code: 'payment_state', state }
    expect(plan(payment({ state }), request)).toEqual({ ok: false, error })
  })

  test('amounts beyond what there is are refused', () => {
    for (const amount of [0n, -1n, 1_001n]) {
      const error = { code: 'payment_amount_wrong', expected: 1_000n, actual: amount }
      expect(plan(payment(), { kind: 'capture', amount })).toEqual({ ok: false, error })
      expect(plan(captured, { kind: 'refund', key: 'a', amount })).toEqual({ ok: false, error })
    }
  })

  test('no more is captured than the order lacks', () => {
    expect(plan(payment(), { kind: 'capture' }, 400n)).toEqual({
      ok: true,
      value: { kind: 'capture', amount: 400n, since: now },
    })
    const error = { code: 'payment_amount_wrong', expected: 400n, actual: 401n }
    expect(plan(payment(), { kind: 'capture', amount: 401n }, 400n)).toEqual({ ok: false, error })
    const needless = { code: 'payment_state', state: 'authorized' }
    expect(plan(payment(), { kind: 'capture' }, 0n)).toEqual({ ok: false, error: needless })
    expect(plan(payment(), { kind: 'capture', amount: 1n }, 0n)).toEqual({ ok: false, error: needless })
    const partly = payment({ state: 'captured', captured: 400n })
    expect(plan(partly, { kind: 'capture' }, 0n)).toEqual({ ok: true, value: undefined })
  })

  test('a refund key with another amount, or a second capture of another amount, is refused', () => {
    const before = payment({ ...captured, refunded: 5n, refunds: [{ key: 'a', amount: 5n, at: now }] })
    const refund = plan(before, { kind: 'refund', key: 'a', amount: 6n })
    expect(refund).toEqual({ ok: false, error: { code: 'idempotency_mismatch' } })
    const capture = plan(captured, { kind: 'capture', amount: 999n })
    expect(capture).toEqual({ ok: false, error: { code: 'payment_state', state: 'captured' } })
  })
})

describe('finishing', () => {
  const capturing = withStep(payment(), { kind: 'capture', amount: 1_000n, since: now }, now)

  test('a captured amount is kept, and the step is gone', () => {
    const outcome = finishStep(capturing, answer('captured', 1_000n), later)
    expect(outcome).toEqual({
      kind: 'done',
      payment: payment({ state: 'captured', captured: 1_000n, updatedAt: later, version: 5 }),
    })
  })

  test('a decline leaves the payment as it was, without the step', () => {
    const outcome = finishStep(capturing, answer('declined', 0n, { declineReason: 'capture_declined' }), later)
    expect(outcome).toEqual({
      kind: 'declined',
      reason: 'capture_declined',
      payment: payment({ updatedAt: later, version: 5 }),
    })
  })

  test.each([
    answer('captured', 999n),
    answer('captured', 1_000n, { currency: 'USD' }),
    answer('captured', 1_000n, { orderId: 'order-2' }),
    answer('pending', 1_000n),
    answer('authorized', 1_000n),
    answer('refunded', 1_000n),
  ])('%o proves nothing', wrong => {
    expect(finishStep(capturing, wrong, later).kind).toBe('unsure')
  })

  test('a capture whose notification was faster is taken once, and kept', () => {
    const told = { ...capturing, state: 'captured', captured: 1_000n } as const
    const outcome = finishStep(told, answer('captured', 1_000n), later)
    expect(outcome).toMatchObject({ kind: 'done', payment: { state: 'captured', captured: 1_000n } })
  })

  test('what is taken after its order was given up is due back', () => {
    const outcome = finishStep({ ...capturing, state: 'refund_due' }, answer('captured', 1_000n), later)
    expect(outcome).toMatchObject({ kind: 'done', payment: { state: 'refund_due', captured: 1_000n } })
  })

  test('any wishes in any order: never more taken than authorized, never more back than taken', () => {
    const amount = fc.option(fc.bigInt(-5n, 1_200n), { nil: undefined })
    const wish = fc.oneof(
      amount.map(value => ({ kind: 'capture' as const, ...(value === undefined ? {} : { amount: value }) })),
      fc.constant({ kind: 'void' as const }),
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), amount).map(([key, value]) => ({
        kind: 'refund' as const,
        key,
        ...(value === undefined ? {} : { amount: value }),
      })),
    )
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), wishes => {
        let current = payment()
        for (const request of wishes) {
          const next = take(current, request)
          expect(take(next, request)).toBe(next)
          current = next
        }
        expect(current.captured).toBeLessThanOrEqual(current.amount)
        expect(current.refunded).toBeLessThanOrEqual(current.captured)
        expect((current.refunds ?? []).reduce((sum, refund) => sum + refund.amount, 0n)).toBe(current.refunded)
        if (current.state === 'voided') expect(current.captured).toBe(0n)
        if (current.state === 'refunded') expect(current.refunded).toBe(current.captured)
      }),
    )
  })
})

describe("an order's payment status", () => {
  const holds = { stock: [], coupons: [], giftCards: [] }
  const snapshot = { payments: [] } as unknown as Order['snapshot']
  const due = { amountDue: 1_000n, status: 'confirmed', holds, snapshot } as const

  test.each<[string, readonly Payment[]]>([
    ['none', []],
    ['pending', [payment({ state: 'created' })]],
    ['pending', [payment({ state: 'requires_action' })]],
    ['pending', [payment({ amount: 400n })]],
    ['authorized', [payment()]],
    ['authorized', [payment({ amount: 400n }), payment({ amount: 600n }), payment({ state: 'failed' })]],
    ['paid', [captured]],
    ['paid', [captured, payment({ state: 'voided' })]],
    ['partially_paid', [payment({ state: 'captured', captured: 999n })]],
    ['partially_refunded', [payment({ state: 'partially_refunded', captured: 1_000n, refunded: 1n })]],
    ['refunded', [payment({ state: 'refunded', captured: 1_000n, refunded: 1_000n })]],
    ['voided', [payment({ state: 'voided' }), payment({ state: 'failed' })]],
    ['failed', [payment({ state: 'failed' })]],
  ])('%s: %#', (status, payments) => {
    expect(paymentStatus(due, payments)).toBe(status)
  })

  test('what went back because nobody owed it counts only once the order is given up', () => {
    const excess = { key: 'payment-1:excess', amount: 400n, at: now }
    const over = payment({ state: 'partially_refunded', captured: 1_400n, refunded: 400n, refunds: [excess] })
    const stray = { key: 'payment-1:stray', amount: 1_000n, at: now }
    const late = payment({ state: 'refunded', captured: 1_000n, refunded: 1_000n, refunds: [stray] })
    expect(paymentStatus(due, [over])).toBe('paid')
    expect(paymentStatus(due, [captured, late])).toBe('paid')
    expect(paymentStatus(due, [payment(), late])).toBe('authorized')
    const canceled = { amountDue: 1_000n, status: 'canceled', holds, snapshot } as const
    expect(paymentStatus(canceled, [over])).toBe('partially_refunded')
    expect(paymentStatus(canceled, [late])).toBe('refunded')
  })

  test('what was given back before anybody counted it says so once the order is given up', () => {
    const uncounted = payment({ state: 'refunded' })
    const canceled = { ...due, status: 'canceled' } as const
    expect(paymentStatus(canceled, [uncounted])).toBe('refunded')
    expect(paymentStatus(canceled, [uncounted, payment({ state: 'voided' })])).toBe('refunded')
    expect(paymentStatus(due, [captured, uncounted])).toBe('paid')
  })

  test('what paying in installments costs on top is owed too', () => {
    const dearer = { ...due, snapshot: { payments: [{ interest: 50n }] } as unknown as Order['snapshot'] }
    expect(paymentStatus(dearer, [payment({ state: 'captured', amount: 1_050n, captured: 1_000n })])).toBe(
      'partially_paid',
    )
    expect(paymentStatus(dearer, [payment({ state: 'captured', amount: 1_050n, captured: 1_050n })])).toBe('paid')
    expect(paymentStatus(dearer, [payment({ amount: 1_000n })])).toBe('pending')
    expect(paymentStatus(dearer, [payment({ amount: 1_050n })])).toBe('authorized')
  })

  test('what gift cards paid is on them again once the order is given up', () => {
    const giftCards = [{ code: 'GIFT', amount: 1_000n }]
    const byCard = { ...due, amountDue: 0n, holds: { ...holds, giftCards } } as const
    expect(paymentStatus({ ...byCard, status: 'confirmed' }, [])).toBe('paid')
    expect(paymentStatus({ ...byCard, status: 'canceled' }, [])).toBe('voided')
    expect(paymentStatus({ ...due, amountDue: 0n, status: 'canceled' }, [])).toBe('paid')
  })

  test('nothing due and nothing paid is paid', () => {
    expect(paymentStatus({ ...due, amountDue: 0n }, [])).toBe('paid')
  })
})
