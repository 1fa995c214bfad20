import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvariantError } from '../../src/core/assert.js'
import { createBoundedProvider } from '../../src/payments/bounded-provider.js'
import { createManualProvider } from '../../src/payments/manual/manual-provider.js'
import { GatewayUnknown, PayloadRefused, type PaymentProvider } from '../../src/payments/provider.js'
import { orderId, request } from './sandbox-fixture.js'

const manual = createManualProvider()
const about = { amount: 61_877n, currency: 'EUR', orderId }

describe('manual payments', () => {
  test('are promised at once, the same for the same key', async () => {
    const answer = await manual.authorize(request({}, { capture: true }))
    expect(answer).toMatchObject({ outcome: 'authorized', ...about })
    expect(await manual.authorize(request())).toEqual(answer)
    const other = await manual.authorize(request({}, { idempotencyKey: 'key-2' }))
    expect(other.gatewayReference).not.toBe(answer.gatewayReference)
  })

  test('find answers what authorizing answered', async () => {
    const answer = await manual.authorize(request())
    expect(await manual.find('key-1', about)).toEqual(answer)
    expect(await manual.find('key-1')).toBeUndefined()
  })

  test('capture, void and refund answer for any amount, order and currency', async () => {
    const money = fc.record({
      amount: fc.bigInt(0n, 10n ** 15n),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
      orderId: fc.uuid(),
      idempotencyKey: fc.string({ minLength: 1 }),
    })
    await fc.assert(
      fc.asyncProperty(money, async ({ idempotencyKey, ...known }) => {
        const { gatewayReference } = await manual.authorize(request({}, { idempotencyKey, ...known }))
        const attempt = { idempotencyKey, gatewayReference, amount: known.amount }
        const answer = { gatewayReference, ...known }
        expect(await manual.capture(attempt)).toEqual({ outcome: 'captured', ...answer })
        expect(await manual.refund({ ...attempt, refundKey: 'r' })).toEqual({ outcome: 'refunded', ...answer })
        expect(await manual.void(attempt)).toEqual({ outcome: 'voided', ...answer })
        const tooMuch = { ...attempt, amount: known.amount + 1n }
        expect((await manual.capture(tooMuch)).declineReason).toBe('amount_too_large')
        expect((await manual.refund({ ...tooMuch, refundKey: 'r' })).declineReason).toBe('amount_too_large')
      }),
    )
  })

  test('a reference of another attempt is a bug', async () => {
    const { gatewayReference } = await manual.authorize(request())
    const attempt = { idempotencyKey: 'key-2', gatewayReference, amount: 1n }
    await expect(manual.capture(attempt)).rejects.toThrow(InvariantError)
  })

  test('have nothing to confirm and send nothing', async () => {
    await expect(manual.confirm({ idempotencyKey: 'key-1' }, {})).rejects.toThrow(PayloadRefused)
    await expect(manual.parseWebhook({}, '')).rejects.toThrow(PayloadRefused)
  })
})

function failing(error: unknown): PaymentProvider {
  const fail = async () => Promise.reject(error)
  return { ...manual, name: 'gateway', authorize: fail, find: fail, confirm: fail, parseWebhook: fail }
}

describe('a bounded provider', () => {
  test('hands answers through', async () => {
    const bounded = createBoundedProvider(manual, 1_000)
    expect(await bounded.authorize(request())).toEqual(await manual.authorize(request()))
    expect(await bounded.find('key-1', about)).toEqual(await manual.find('key-1', about))
    expect([bounded.name, bounded.isLocal]).toEqual(['manual', true])
  })

  test('makes silence unknown, in time', async () => {
    const silent = { ...manual, authorize: () => new Promise<never>(() => undefined) }
    const began = Date.now()
    await expect(createBoundedProvider(silent, 20).authorize(request())).rejects.toThrow(GatewayUnknown)
    expect(Date.now() - began).toBeLessThan(1_000)
  })

  test('makes failures of a gateway unknown, and repeats none of its words', async () => {
    const error = new TypeError('could not send card 4111111111111111')
    const caught = await createBoundedProvider(failing(error), 1_000)
      .authorize(request())
      .catch((reason: unknown) => reason)
    expect(caught).toBeInstanceOf(GatewayUnknown)
    expect(JSON.stringify(caught, Object.getOwnPropertyNames(caught))).not.toContain('4111')
  })

  test.each([
    [new PayloadRefused('no'), PayloadRefused],
    [new InvariantError('bug'), InvariantError],
    [new GatewayUnknown('gone'), GatewayUnknown],
    ['a thrown text', GatewayUnknown],
  ])('lets %s be what it is', async (error, kind) => {
    await expect(createBoundedProvider(failing(error), 1_000).find('key-1')).rejects.toThrow(kind)
  })
})
