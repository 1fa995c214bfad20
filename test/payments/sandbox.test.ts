import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { checkGatewayAnswer } from '../../src/core/payments/check-answer.js'
import { createBoundedProvider } from '../../src/payments/bounded-provider.js'
import { GatewayUnknown } from '../../src/payments/provider.js'
import { passesLuhn, sandboxModes, testCards } from '../../src/payments/sandbox/test-cards.js'
import { orderId, request, type SandboxFixture, sandbox } from './sandbox-fixture.js'

const expected = { amount: 61_877n, currency: 'EUR', orderId }
const capture = { idempotencyKey: 'key-1', gatewayReference: '', amount: 61_877n }
let open: SandboxFixture[] = []

function start(options?: Parameters<typeof sandbox>[0]): SandboxFixture {
  const fixture = sandbox(options)
  open.push(fixture)
  return fixture
}

afterEach(() => {
  for (const { gateway } of open) gateway.close()
  open = []
})

describe('cards', () => {
  test('every documented card passes the Luhn check and every mode but the page variants has one', () => {
    expect([...testCards.keys()].filter(number => !passesLuhn(number))).toEqual([])
    const withoutCard = sandboxModes.filter(mode => ![...testCards.values()].includes(mode))
    expect(withoutCard).toEqual(['redirect_notify_first', 'redirect_notify_late', 'redirect_notify_twice'])
  })

  test('the table for people names exactly these cards and modes', () => {
    const rows = readFileSync(new URL('../../docs/payments.md', import.meta.url), 'utf8').matchAll(
      /^\| ([\d, -]+) \| `(\w+)` \|/gm,
    )
    const documented = [...rows].map(([, cards = '', mode = '']) => [mode, cards.match(/\d+/g) ?? []])
    const known = sandboxModes.map(mode => [
      mode,
      [...testCards].filter(card => card[1] === mode).map(([card]) => card),
    ])
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(known))
  })

  test('changing any one digit of a card breaks the Luhn check', () => {
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = [...'4111111111111111']
        digits[at] = String((Number(digits[at]) + by) % 10)
        expect(passesLuhn(digits.join(''))).toBe(false)
      }),
    )
  })

  test.each([...testCards].filter(([, mode]) => mode === 'approve'))('%s approves', async number => {
    const answer = await start().provider.authorize(request({ number }))
    expect(answer).toMatchObject({ outcome: 'authorized', ...expected })
    expect(answer.display).toMatchObject({ lastFour: number.slice(-4) })
  })

  test.each([
    ['4000000000000002', 'card_declined'],
    ['4000000000009995', 'insufficient_funds'],
    ['4000000000000069', 'card_expired'],
    ['4111111111111112', 'number_invalid'],
    ['1', 'number_invalid'],
    ['4000056655665556', 'test_card_required'],
  ])('%s is declined: %s', async (number, declineReason) => {
    expect(await start().provider.authorize(request({ number }))).toMatchObject({ outcome: 'declined', declineReason })
  })

  test('a number may be written with blanks or hyphens, and expiry as texts or numbers', async () => {
    const answer = await start().provider.authorize(
      request({ number: '4111 1111-1111 1111', expiryMonth: 1, expiryYear: '39', securityCode: '123' }),
    )
    expect(answer.outcome).toBe('authorized')
    expect(answer.display).toEqual({ brand: 'visa', lastFour: '1111', expiryMonth: 1, expiryYear: 2039 })
  })

  test.each([
    [{ expiryMonth: '13', expiryYear: '2039' }, 'expiry_invalid'],
    [{ expiryMonth: '1' }, 'expiry_invalid'],
    [{ expiryMonth: '10', expiryYear: '2026' }, 'card_expired'],
    [{ expiryMonth: '11', expiryYear: '26', securityCode: '12' }, 'security_code_invalid'],
    [{ mode: 'no such mode' }, 'mode_unknown'],
  ])('%j is declined: %s', async (more, declineReason) => {
    const { provider } = start({ now: () => '2026-11-30T23:59:59.999Z' })
    const answer = await provider.authorize(request({ number: '4111111111111111', ...more }))
    expect(answer).toMatchObject({ outcome: 'declined', declineReason })
  })

  test('a card is good until the end of its month', async () => {
    const { provider } = start({ now: () => '2026-11-30T23:59:59.999Z' })
    const instrument = { number: '4111111111111111', expiryMonth: '11', expiryYear: '26' }
    expect((await provider.authorize(request(instrument))).outcome).toBe('authorized')
  })

  test('a token or a mode stands for a card; an unknown token does not', async () => {
    const { provider } = start()
    const by = (key: string, instrument: Record<string, string>) =>
      provider.authorize(request(instrument, { idempotencyKey: key }))
    expect((await by('a', { token: 'sandbox_approve' })).outcome).toBe('authorized')
    expect((await by('b', { mode: 'insufficient_funds' })).declineReason).toBe('insufficient_funds')
    expect((await by('c', { token: 'sandbox_toString' })).declineReason).toBe('token_unknown')
    expect((await by('d', { token: 'approve' })).declineReason).toBe('token_unknown')
  })

  test('without any data the shopper is sent to the page', async () => {
    const answer = await start().provider.authorize(request({}))
    expect(answer.outcome).toBe('requires_action')
    expect(answer.redirectUrl).toMatch(/^http:\/\/localhost:8080\/sandbox\/pay\/[\w-]{43}$/)
  })

  test('neither number nor security code is kept, whatever becomes of the attempt', async () => {
    const { provider, store, delivered, gateway } = start()
    for (const number of testCards.keys()) {
      const instrument = { number, holder: 'Ana Secret', securityCode: '739', expiryMonth: 12, expiryYear: 2039 }
      const bounded = createBoundedProvider(provider, 60)
      const answer = await bounded
        .authorize(request(instrument, { idempotencyKey: `k${number.slice(0, 6)}${number.slice(-4)}` }))
        .catch((error: unknown) => String(error))
      expect(JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
        number,
      )
    }
    await gateway.settled()
    const kept = JSON.stringify([store.entries(), delivered])
    expect(store.entries().length).toBeGreaterThan(25)
    for (const number of testCards.keys()) expect(kept).not.toContain(number)
    expect(kept).not.toMatch(/739|Ana Secret/)
  })
})

describe('one effect', () => {
  test('the same key gives the same answer, once and in parallel', async () => {
    const { provider, store } = start()
    const answers = await Promise.all(Array.from({ length: 20 }, () => provider.authorize(request())))
    expect(new Set(answers.map(answer => answer.gatewayReference)).size).toBe(1)
    expect(store.entries()).toHaveLength(1)
    const declinedNow = await provider.authorize(request({ number: '4000000000000002' }, { amount: 1n }))
    expect(declinedNow).toEqual(answers[0])
  })

  test('capturing twice takes the money once; another amount is declined', async () => {
    const { provider } = start()
    await provider.authorize(request())
    const answers = await Promise.all([provider.capture(capture), provider.capture(capture)])
    expect(answers.map(({ outcome, amount }) => [outcome, amount])).toEqual([
      ['captured', 61_877n],
      ['captured', 61_877n],
    ])
    const other = await provider.capture({ ...capture, amount: 1n })
    expect(other).toMatchObject({ outcome: 'declined', declineReason: 'captured_already' })
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'captured', amount: 61_877n })
  })

  test.each([0n, -1n, 61_878n])('%s minor units cannot be captured', async amount => {
    const { provider } = start()
    await provider.authorize(request())
    expect((await provider.capture({ ...capture, amount })).outcome).toBe('declined')
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'authorized' })
  })

  test('refunds in parallel never give back more than was taken', async () => {
    const { provider } = start()
    await provider.authorize(request({ number: '4111111111111111' }, { capture: true }))
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => provider.refund({ ...capture, amount: 10_000n, refundKey: `r${n}` })),
    )
    expect(answers.filter(({ outcome }) => outcome === 'refunded')).toHaveLength(6)
    const rest = await provider.refund({ ...capture, amount: 1_877n, refundKey: 'rest' })
    expect(rest).toMatchObject({ outcome: 'refunded', amount: 1_877n })
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'refunded', amount: 61_877n })
  })

  test('a refund key refunds once; another amount under it is declined', async () => {
    const { provider } = start()
    await provider.authorize(request({ number: '4111111111111111' }, { capture: true }))
    const refund = { ...capture, amount: 100n, refundKey: 'r' }
    expect(await provider.refund(refund)).toEqual(await provider.refund(refund))
    const other = await provider.refund({ ...refund, amount: 101n })
    expect(other).toMatchObject({ outcome: 'declined', declineReason: 'refund_key_reused' })
    expect(await provider.find('key-1')).toMatchObject({ outcome: 'captured' })
  })

  test('what was not captured cannot be refunded, what was captured cannot be voided', async () => {
    const { provider } = start()
    await provider.authorize(request())
    expect((await provider.refund({ ...capture, refundKey: 'r' })).declineReason).toBe('attempt_authorized')
    await provider.capture(capture)
    expect((await provider.void(capture)).declineReason).toBe('captured_already')
  })

  test('voiding twice answers twice, and nothing can be captured afterwards', async () => {
    const { provider } = start()
    await provider.authorize(request())
    expect(await provider.void(capture)).toEqual(await provider.void(capture))
    expect((await provider.capture(capture)).declineReason).toBe('attempt_voided')
  })

  test('a cancellation that is faster than its request keeps it from charging', async () => {
    const { provider } = start()
    expect((await provider.void({ idempotencyKey: 'key-1' })).outcome).toBe('voided')
    expect((await provider.authorize(request())).outcome).toBe('voided')
  })

  test('an attempt that nobody made is not found, and cannot be captured', async () => {
    const { provider } = start()
    expect(await provider.find('nobody')).toBeUndefined()
    await expect(provider.capture({ ...capture, idempotencyKey: 'nobody' })).rejects.toThrow(GatewayUnknown)
  })

  test('capture_declined and refund_declined approve first', async () => {
    const { provider } = start()
    await provider.authorize(request({ mode: 'capture_declined' }))
    expect((await provider.capture(capture)).declineReason).toBe('capture_declined')
    await provider.authorize(request({ mode: 'refund_declined' }, { idempotencyKey: 'b', capture: true }))
    const refund = await provider.refund({ ...capture, idempotencyKey: 'b', refundKey: 'r' })
    expect(refund.declineReason).toBe('refund_declined')
  })
})

describe('a gateway that is late, silent or wrong', () => {
  test('late: nobody knows in time; later it is found and was notified once', async () => {
    const { provider, gateway, delivered } = start()
    const bounded = createBoundedProvider(provider, 10)
    await expect(bounded.authorize(request({ number: '4000000000001109' }))).rejects.toThrow(GatewayUnknown)
    expect(await bounded.find('key-1')).toMatchObject({ outcome: 'pending' })
    await expect.poll(() => delivered.length).toBe(1)
    await gateway.settled()
    expect(await bounded.find('key-1')).toMatchObject({ outcome: 'authorized', ...expected })
    expect(await provider.authorize(request())).toMatchObject({ outcome: 'authorized' })
  })

  test('late, but voided meanwhile: it stays voided', async () => {
    const { provider, delivered } = start()
    const answer = provider.authorize(request({ mode: 'late' }))
    await expect.poll(() => provider.find('key-1')).toBeDefined()
    await provider.void({ idempotencyKey: 'key-1' })
    expect((await answer).outcome).toBe('voided')
    await expect.poll(() => delivered.length).toBe(1)
    expect(delivered[0]?.body).toContain('"voided"')
  })

  test('answer_lost: charged, and asking later tells', async () => {
    const { provider } = start()
    const bounded = createBoundedProvider(provider, 10)
    await expect(bounded.authorize(request({ number: '4000000000001307' }))).rejects.toThrow(GatewayUnknown)
    expect(await bounded.find('key-1')).toMatchObject({ outcome: 'authorized', ...expected })
  })

  test('never: not charged, and the gateway never heard of it', async () => {
    const { provider, store } = start()
    const bounded = createBoundedProvider(provider, 10)
    await expect(bounded.authorize(request({ number: '4000000000001406' }))).rejects.toThrow(GatewayUnknown)
    expect(await bounded.find('key-1')).toBeUndefined()
    expect(store.entries()).toEqual([])
  })

  test('outage: not even a question is answered, until it is called off', async () => {
    const { provider } = start()
    const bounded = createBoundedProvider(provider, 10)
    await expect(bounded.authorize(request({ number: '4000000000002008' }))).rejects.toThrow(GatewayUnknown)
    await expect(bounded.find('key-1')).rejects.toThrow(GatewayUnknown)
    expect((await bounded.void({ idempotencyKey: 'key-1' })).outcome).toBe('voided')
  })

  test('pending: answered at once, approved and notified later', async () => {
    const { provider, delivered } = start()
    expect((await provider.authorize(request({ mode: 'pending' }))).outcome).toBe('pending')
    await expect.poll(() => delivered.length).toBe(1)
    const told = await provider.parseWebhook(delivered[0]?.headers ?? {}, delivered[0]?.body ?? '')
    expect(told).toMatchObject({ idempotencyKey: 'key-1', answer: { outcome: 'authorized', ...expected } })
  })

  test('twice: one charge, two notifications, once per attempt', async () => {
    const { provider, gateway, delivered, store } = start()
    await provider.authorize(request({ number: '4000000000001208' }))
    await provider.authorize(request({ number: '4000000000001208' }))
    await gateway.settled()
    expect(delivered).toHaveLength(2)
    expect(store.entries()).toHaveLength(1)
  })

  test.each([
    ['4000000000001505', ['amount']],
    ['4000000000001604', ['currency']],
    ['4000000000001703', ['order']],
  ])('%s answers with another %j, and so does asking', async (number, differs) => {
    const { provider } = start()
    const answered = checkGatewayAnswer(await provider.authorize(request({ number })), expected)
    expect(answered).toMatchObject({ ok: false, error: { differs, expected } })
    const found = await provider.find('key-1')
    expect(found && checkGatewayAnswer(found, expected)).toEqual(answered)
  })

  test('closing gives up what waits', async () => {
    const { provider, gateway, delivered } = start()
    await provider.authorize(request({ mode: 'pending' }))
    gateway.close()
    await gateway.settled()
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(delivered).toEqual([])
  })
})
