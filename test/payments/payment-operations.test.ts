import { describe, expect, test } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { capturePayment } from '../../src/operations/capture-payment.js'
import { refundPayment } from '../../src/operations/refund-payment.js'
import { finishBegunStep } from '../../src/operations/take-payment-step.js'
import { voidPayment } from '../../src/operations/void-payment.js'
import { createBoundedProvider } from '../../src/payments/bounded-provider.js'
import type { PaymentProvider } from '../../src/payments/provider.js'
import { paidOrder } from './paid-order-fixture.js'
import { request, sandbox } from './sandbox-fixture.js'

const clerk: Caller = { kind: 'key', keyId: 'k', permissions: ['payments:write'] }

/** An order of 618.77 EUR whose card payment was authorized by the sandbox. */
async function authorized(instrument = {}, change: (provider: PaymentProvider) => PaymentProvider = same => same) {
  const { provider, gateway } = sandbox()
  const answer = await provider.authorize(request({ number: '4111111111111111', ...instrument }))
  const calls: string[] = []
  const counting = <T>(call: string, answer: Promise<T>): Promise<T> => {
    calls.push(call)
    return answer
  }
  const counted: PaymentProvider = {
    ...provider,
    capture: attempt => counting('capture', provider.capture(attempt)),
    void: attempt => counting('void', provider.void(attempt)),
    refund: attempt => counting(`refund ${attempt.refundKey}`, provider.refund(attempt)),
  }
  return { ...paidOrder(answer, change(counted)), gateway, calls, provider }
}

describe('capturing', () => {
  test('takes the money and the order is paid', async () => {
    const { deps, id, stored } = await authorized()
    const result = await capturePayment(deps, clerk, { id })
    expect(result).toMatchObject({ ok: true, value: { order: { paymentStatus: 'paid', version: 4 } } })
    expect(stored().payment).toMatchObject({ state: 'captured', captured: 61_877n })
    expect(stored().payment.step).toBeUndefined()
    expect(stored().events).toEqual(['payment.captured'])
  })

  test('a repeat has one effect and the same answer', async () => {
    const { deps, id, calls } = await authorized()
    const first = await capturePayment(deps, clerk, { id })
    expect(await capturePayment(deps, clerk, { id, amount: 61_877n })).toEqual(first)
    expect(calls).toEqual(['capture'])
  })

  test('twenty at once take the money once', async () => {
    const { deps, id, stored, provider } = await authorized()
    const results = await Promise.all(Array.from({ length: 20 }, () => capturePayment(deps, clerk, { id })))
    expect(results.every(result => result.ok)).toBe(true)
    expect(stored()).toMatchObject({ payment: { captured: 61_877n }, events: ['payment.captured'] })
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'captured', amount: 61_877n })
  })

  test('a part of it leaves the order partially paid', async () => {
    const { deps, id } = await authorized()
    const result = await capturePayment(deps, clerk, { id, amount: 61_876n })
    expect(result).toMatchObject({ ok: true, value: { order: { paymentStatus: 'partially_paid' } } })
    const again = await capturePayment(deps, clerk, { id })
    expect(again).toEqual({ ok: false, error: { code: 'payment_state', state: 'captured' } })
  })

  test('a decline is told and changes nothing', async () => {
    const { deps, id, stored } = await authorized({ mode: 'capture_declined' })
    const declined = { ok: false, error: { code: 'payment_declined', reason: 'capture_declined' } }
    expect(await capturePayment(deps, clerk, { id })).toEqual(declined)
    expect(await capturePayment(deps, clerk, { id })).toEqual(declined)
    expect(stored()).toMatchObject({ payment: { state: 'authorized', captured: 0n }, events: [] })
    expect(stored().payment.step).toBeUndefined()
  })

  test('a silent gateway leaves the step begun, and doing it again finishes it', async () => {
    let isSilent = true
    const { deps, id, stored, provider } = await authorized({}, inner =>
      createBoundedProvider(
        {
          ...inner,
          async capture(attempt) {
            const answer = await inner.capture(attempt)
            return isSilent ? new Promise<never>(() => undefined) : answer
          },
        },
        10,
      ),
    )
    expect(await capturePayment(deps, clerk, { id })).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
    expect(stored().payment).toMatchObject({ state: 'authorized', step: { kind: 'capture', amount: 61_877n } })
    isSilent = false
    expect(await capturePayment(deps, clerk, { id })).toMatchObject({ ok: true })
    expect(stored().payment).toMatchObject({ state: 'captured', captured: 61_877n })
    expect(await provider.find('key-1')).toMatchObject({ amount: 61_877n })
  })

  test('a void finds a capture that a crash left behind, finishes it and is refused', async () => {
    const { deps, id, stored, claim } = await authorized()
    claim({ kind: 'capture', amount: 61_877n, since: '2026-11-21T08:00:00.000Z' })
    const result = await voidPayment(deps, clerk, { id })
    expect(result).toEqual({ ok: false, error: { code: 'payment_state', state: 'captured' } })
    expect(stored()).toMatchObject({ payment: { state: 'captured' }, order: { paymentStatus: 'paid' } })
  })

  test('the recovery job finishes what a crash left behind, and leaves the rest alone', async () => {
    const { deps, id, stored, claim, calls } = await authorized()
    expect(await finishBegunStep(deps, id)).toBe(true)
    expect(calls).toEqual([])
    claim({ kind: 'capture', amount: 61_877n, since: '2026-11-21T08:00:00.000Z' })
    expect(await finishBegunStep(deps, id)).toBe(true)
    expect(stored()).toMatchObject({ payment: { state: 'captured' }, order: { paymentStatus: 'paid' } })
  })

  test.each(['amount', 'currency', 'orderId'] as const)('an answer with another %s is not believed', async field => {
    const { deps, id, stored } = await authorized({}, inner => ({
      ...inner,
      capture: async attempt => {
        const answer = await inner.capture(attempt)
        return { ...answer, [field]: field === 'amount' ? answer.amount + 1n : 'XYZ' }
      },
    }))
    expect(await capturePayment(deps, clerk, { id })).toMatchObject({ ok: false, error: { code: 'payment_unknown' } })
    expect(stored().payment).toMatchObject({ state: 'authorized', captured: 0n })
  })

  test('an order that is not confirmed is not captured', async () => {
    const { deps, id, calls, setOrder } = await authorized()
    setOrder({ status: 'pending' })
    const result = await capturePayment(deps, clerk, { id })
    expect(result).toEqual({ ok: false, error: { code: 'order_state', status: 'pending' } })
    expect(calls).toEqual([])
  })
})

describe('voiding', () => {
  test('gives the reservation up, once', async () => {
    const { deps, id, calls, provider } = await authorized()
    const first = await voidPayment(deps, clerk, { id })
    expect(first).toMatchObject({ ok: true, value: { order: { paymentStatus: 'voided' } } })
    expect(await voidPayment(deps, clerk, { id })).toEqual(first)
    expect(calls).toEqual(['void'])
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'voided' })
  })

  test('capture and void at the same time: one wins, and the gateway agrees', async () => {
    const { deps, id, stored, provider } = await authorized()
    const results = await Promise.all([capturePayment(deps, clerk, { id }), voidPayment(deps, clerk, { id })])
    expect(results.filter(result => result.ok)).toHaveLength(1)
    expect((await provider.find('key-1'))?.outcome).toBe(stored().payment.state)
  })
})

describe('refunding', () => {
  async function capturedOrder() {
    const fixture = await authorized()
    await capturePayment(fixture.deps, clerk, { id: fixture.id })
    return fixture
  }

  test('in parts, then the rest; the order follows', async () => {
    const { deps, id, stored, provider } = await capturedOrder()
    const part = await refundPayment(deps, clerk, { id, amount: 1_877n, refundKey: 'a' })
    expect(part).toMatchObject({ ok: true, value: { order: { paymentStatus: 'partially_refunded' } } })
    const rest = await refundPayment(deps, clerk, { id, refundKey: 'b' })
    expect(rest).toMatchObject({ ok: true, value: { order: { paymentStatus: 'refunded' } } })
    expect(stored().payment.refunds).toMatchObject([
      { key: 'a', amount: 1_877n },
      { key: 'b', amount: 60_000n },
    ])
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'refunded', amount: 61_877n })
  })

  test('a key refunds once, also in parallel; another amount under it is refused', async () => {
    const { deps, id, stored } = await capturedOrder()
    const refund = { id, amount: 100n, refundKey: 'a' }
    const results = await Promise.all(Array.from({ length: 8 }, () => refundPayment(deps, clerk, refund)))
    expect(results.every(result => result.ok)).toBe(true)
    expect(stored().payment.refunded).toBe(100n)
    const other = await refundPayment(deps, clerk, { ...refund, amount: 101n })
    expect(other).toEqual({ ok: false, error: { code: 'idempotency_mismatch' } })
  })

  test('different keys in parallel give back each, never more than was taken', async () => {
    const { deps, id, stored, provider } = await capturedOrder()
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) => refundPayment(deps, clerk, { id, amount: 10_000n, refundKey: `k${n}` })),
    )
    expect(results.filter(result => result.ok)).toHaveLength(6)
    expect(stored().payment.refunded).toBe(60_000n)
    await refundPayment(deps, clerk, { id, refundKey: 'rest' })
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'refunded', amount: 61_877n })
  })

  test('nothing captured, nothing to refund', async () => {
    const { deps, id, calls } = await authorized()
    const result = await refundPayment(deps, clerk, { id, refundKey: 'a' })
    expect(result).toEqual({ ok: false, error: { code: 'payment_state', state: 'authorized' } })
    expect(calls).toEqual([])
  })
})

describe('who may', () => {
  const steps = [
    (fixture: Awaited<ReturnType<typeof authorized>>, caller: Caller) =>
      capturePayment(fixture.deps, caller, { id: fixture.id }),
    (fixture: Awaited<ReturnType<typeof authorized>>, caller: Caller) =>
      voidPayment(fixture.deps, caller, { id: fixture.id }),
    (fixture: Awaited<ReturnType<typeof authorized>>, caller: Caller) =>
      refundPayment(fixture.deps, caller, { id: fixture.id, refundKey: 'a' }),
  ]
  const forbidden = { code: 'forbidden', permission: 'payments:write' }
  const hidden = { code: 'payment_not_found' }

  test.each<[Caller, object]>([
    [{ kind: 'member', customerId: 'customer-1' }, forbidden],
    [{ kind: 'anonymous', heldCarts: ['cart-1'] }, forbidden],
    [{ kind: 'key', keyId: 'k', permissions: ['payments:read', 'orders:write'] }, forbidden],
    [{ kind: 'member', customerId: 'customer-2' }, hidden],
    [{ kind: 'anonymous' }, hidden],
    [{ kind: 'guest', guestKey: 'g' }, hidden],
  ])('%o is refused', async (caller, error) => {
    const fixture = await authorized()
    for (const step of steps) expect(await step(fixture, caller)).toEqual({ ok: false, error })
    expect(fixture.calls).toEqual([])
  })

  test('a payment that does not exist is not found', async () => {
    const { deps } = await authorized()
    const result = await capturePayment(deps, clerk, { id: 'nobody' })
    expect(result).toEqual({ ok: false, error: hidden })
  })
})
