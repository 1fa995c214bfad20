import { describe, expect, test } from 'vitest'
import { type AttemptAnswer, applyNews } from './apply-answer.js'
import { isDead, mayBecome, type Payment, type PaymentState } from './payment.js'

const now = '2026-11-21T09:00:00.000Z'
const payment: Payment = {
  id: 'p1',
  integerId: 1,
  orderId: 'o1',
  method: 'card',
  provider: 'sandbox',
  state: 'created',
  amount: 61877n,
  currency: 'EUR',
  captured: 0n,
  refunded: 0n,
  idempotencyKey: 'p1',
  display: {},
  createdAt: now,
  updatedAt: now,
  version: 1,
}
const answer: AttemptAnswer = {
  outcome: 'authorized',
  gatewayReference: 'g1',
  amount: 61877n,
  currency: 'EUR',
  orderId: 'o1',
}
const told = (changes: Partial<AttemptAnswer>) => ({ kind: 'answer', answer: { ...answer, ...changes } }) as const

test('an authorization that fits is taken over, one version later', () => {
  const after = applyNews(payment, told({ display: { brand: 'visa' } }), now)
  expect(after).toMatchObject({ state: 'authorized', gatewayReference: 'g1', version: 2, display: { brand: 'visa' } })
})

test('a capture counts the whole amount as taken', () => {
  expect(applyNews(payment, told({ outcome: 'captured' }), now)).toMatchObject({ state: 'captured', captured: 61877n })
})

test('the same answer twice changes nothing the second time', () => {
  const once = applyNews(payment, told({}), now)
  expect(applyNews(once, told({}), now)).toBe(once)
})

test('what the gateway tells again after a part was captured gives nothing back', () => {
  const part: Payment = { ...payment, state: 'captured', captured: 20_000n }
  expect(applyNews(part, told({ outcome: 'captured', amount: 20_000n }), now)).toBe(part)
  const partlyReturned: Payment = { ...part, state: 'partially_refunded', refunded: 1n }
  expect(applyNews(partlyReturned, told({ outcome: 'captured', amount: 20_000n }), now)).toBe(partlyReturned)
  const reserved: Payment = { ...payment, state: 'authorized' }
  expect(applyNews(reserved, told({ outcome: 'captured', amount: 20_000n }), now).state).toBe('refund_due')
})

test.each([
  ['capture', 'authorized', { kind: 'capture', amount: 20_000n, since: now }, { outcome: 'captured', amount: 20_000n }],
  ['refund', 'captured', { kind: 'refund', amount: 61_877n, key: 'a', since: now }, { outcome: 'refunded' }],
  ['void', 'authorized', { kind: 'void', since: now }, { outcome: 'voided' }],
] as const)('news waits while a %s of ours is under way', (_what, state, step, changes) => {
  const busy: Payment = { ...payment, state, captured: state === 'captured' ? 61_877n : 0n, step }
  expect(applyNews(busy, told(changes), now)).toBe(busy)
  expect(applyNews(busy, { kind: 'unknown' }, now)).toBe(busy)
})

test.each([
  ['another amount', { amount: 1n }],
  ['another currency', { currency: 'USD' }],
  ['another order', { orderId: 'o2' }],
] as const)('an authorization for %s never counts as paid: the money is due back', (_what, changes) => {
  expect(applyNews(payment, told(changes), now).state).toBe('refund_due')
})

test('a decline about another amount is still a decline', () => {
  expect(applyNews(payment, told({ outcome: 'declined', amount: 1n, declineReason: 'funds' }), now)).toMatchObject({
    state: 'failed',
    declineReason: 'funds',
  })
})

test.each(['failed', 'voided'] as const)('an authorization after we gave up (%s) is due back', state => {
  expect(applyNews({ ...payment, state }, told({}), now).state).toBe('refund_due')
})

test('a late decline does not undo a capture', () => {
  const captured: Payment = { ...payment, state: 'captured', captured: 61877n }
  expect(applyNews(captured, told({ outcome: 'declined' }), now)).toBe(captured)
})

test('silence makes an attempt unknown, but not one that is secured already', () => {
  expect(applyNews(payment, { kind: 'unknown' }, now).state).toBe('unknown')
  const secured: Payment = { ...payment, state: 'authorized' }
  expect(applyNews(secured, { kind: 'unknown' }, now)).toBe(secured)
})

test('a gateway that never heard of an attempt ends it', () => {
  expect(applyNews({ ...payment, state: 'unknown' }, { kind: 'never_heard' }, now).state).toBe('failed')
  expect(applyNews({ ...payment, state: 'refund_due' }, { kind: 'never_heard' }, now).state).toBe('voided')
  const waiting: Payment = { ...payment, state: 'requires_action' }
  expect(applyNews(waiting, { kind: 'never_heard' }, now)).toBe(waiting)
})

describe('the life of a payment', () => {
  const states: readonly PaymentState[] = [
    'created',
    'unknown',
    'requires_action',
    'pending',
    'authorized',
    'captured',
    'voided',
    'failed',
    'partially_refunded',
    'refunded',
    'refund_due',
  ]

  test('what is refunded stays refunded', () => {
    expect(states.filter(state => mayBecome('refunded', state))).toEqual([])
  })

  test.each(states.filter(isDead))('a %s payment only comes back as money that is due back', state => {
    expect(states.filter(next => mayBecome(state, next))).toEqual(['refund_due'])
  })

  test('nothing goes from captured back to authorized', () => {
    expect(mayBecome('captured', 'authorized')).toBe(false)
  })
})
