import { afterAll, describe, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { createBoundedProvider } from '../../src/payments/bounded-provider.js'
import { type AuthorizeRequest, GatewayUnknown, PayloadRefused } from '../../src/payments/provider.js'
import { openStripe } from '../../src/payments/stripe/open-stripe.js'
import { attempt, factsOf, hashIn, startStripe, token, told, visa } from './stripe-attempts.js'

const { standIn, provider } = await startStripe()
afterAll(() => standIn.close())

describe('a payment method of the shopper', () => {
  it.each([
    [{ token: 'pm_card_visa' }],
    [{ token: 'tok_visa' }],
    [{ number: '4242 4242 4242 4242', expiryMonth: '12', expiryYear: '40', securityCode: '123', holder: 'Ada' }],
  ])('%j is reserved, or taken where that is asked for', async instrument => {
    const reserved = attempt(instrument)
    const answer = await provider.authorize(reserved)
    expect(told(reserved, answer)).toEqual({ outcome: 'authorized', amount: 61_877n, display: visa })
    const taken = attempt(instrument, { capture: true })
    expect(told(taken, await provider.authorize(taken))).toEqual({
      outcome: 'captured',
      amount: 61_877n,
      display: visa,
    })
  })

  it('is declined with the reason of the bank, and with what may be shown of the card', async () => {
    const asked = attempt({ token: 'pm_card_chargeDeclined' })
    const answer = await provider.authorize(asked)
    expect(told(asked, answer)).toEqual({
      outcome: 'declined',
      amount: 61_877n,
      declineReason: 'generic_decline',
      display: visa,
    })
  })

  it.each([
    [{ token: 'pm_nobody' }, 'resource_missing'],
    [{ number: '4242424242424241', expiryMonth: 1, expiryYear: 2040 }, 'incorrect_number'],
  ])('%j that Stripe does not take is declined as %s', async (instrument, declineReason) => {
    const asked = attempt(instrument)
    expect(told(asked, await provider.authorize(asked))).toEqual({
      outcome: 'declined',
      amount: 61_877n,
      declineReason,
    })
  })

  it('sends the shopper to the bank where it asks for that; its word counts', async () => {
    for (const isGranted of [true, false]) {
      const asked = attempt({ token: 'pm_card_authenticationRequired' })
      const waiting = await provider.authorize(asked)
      const redirectUrl = `https://hooks.stripe.test/3ds/${waiting.gatewayReference}`
      expect(told(asked, waiting)).toEqual({ outcome: 'requires_action', amount: 61_877n, redirectUrl })
      const reference = { idempotencyKey: asked.idempotencyKey, gatewayReference: waiting.gatewayReference }
      const way = returnUrlOf(waiting.gatewayReference)
      expect(way.startsWith('https://shop.example/back?step=3&')).toBe(true)
      expect(told(asked, await provider.confirm(reference, hashIn(way)))).toMatchObject({ outcome: 'requires_action' })
      standIn.authenticate(waiting.gatewayReference, isGranted)
      const back = await provider.confirm(reference, hashIn(way))
      const found = present(
        await provider.find(asked.idempotencyKey, { ...factsOf(asked), gatewayReference: waiting.gatewayReference }),
        'it was made',
      )
      expect(back).toEqual(found)
      expect(told(asked, found)).toEqual(
        isGranted
          ? { outcome: 'authorized', amount: 61_877n, display: visa }
          : { outcome: 'declined', amount: 61_877n, declineReason: 'generic_decline', display: visa },
      )
    }
  })

  it('that is sent again takes money once', async () => {
    const asked = attempt(token, { capture: true })
    const answers = [await provider.authorize(asked), await provider.authorize(asked)]
    expect(answers[1]).toEqual(answers[0])
    expect(intentsOf(asked)).toMatchObject([{ status: 'succeeded', amount_received: 61_877 }])
  })
})

/** Where the bank sends the shopper. */
function returnUrlOf(reference: string): string {
  const { next_action: action } = present(standIn.intents.get(reference), 'it was made')
  return (action as { readonly redirect_to_url: { readonly return_url: string } }).redirect_to_url.return_url
}

function intentsOf({ idempotencyKey }: Pick<AuthorizeRequest, 'idempotencyKey'>) {
  return [...standIn.intents.values()].filter(({ metadata }) => metadata.polytill_payment === idempotencyKey)
}

describe('an attempt whose answer is lost', () => {
  it('is unknown, and found by its key alone with what became of it', async () => {
    const asked = attempt(token)
    standIn.loseAnswers(/POST .*\/confirm$/, 2)
    await expect(provider.authorize(asked)).rejects.toThrow(GatewayUnknown)
    const found = present(await provider.find(asked.idempotencyKey, factsOf(asked)), 'Stripe heard of it')
    expect(told(asked, found)).toEqual({ outcome: 'authorized', amount: 61_877n, display: visa })
    expect(intentsOf(asked)).toHaveLength(1)
  })

  it('was never heard of where nothing was tried; what is still under way runs into the mark', async () => {
    const asked = attempt(token)
    standIn.dropRequests(/POST .*\/confirm$/, 2)
    await expect(provider.authorize(asked)).rejects.toThrow(GatewayUnknown)
    expect(await provider.find(asked.idempotencyKey, factsOf(asked))).toBeUndefined()
    const marked = await provider.void({ idempotencyKey: asked.idempotencyKey }, factsOf(asked))
    expect(told(asked, marked)).toEqual({ outcome: 'voided', amount: 61_877n })
    const late = await provider.authorize(asked)
    const declineReason = 'payment_intent_unexpected_state'
    expect(told(asked, late)).toEqual({ outcome: 'declined', amount: 61_877n, declineReason })
    expect(intentsOf(asked)).toMatchObject([{ status: 'canceled', amount_received: 0 }])
  })

  it('of a page is unknown; nobody knows the address of that page', async () => {
    const asked = attempt()
    standIn.loseAnswers(/checkout\/sessions$/, 2)
    await expect(provider.authorize(asked)).rejects.toThrow(GatewayUnknown)
    expect(await provider.find(asked.idempotencyKey, factsOf(asked))).toBeUndefined()
  })

  it('is repeated once within the same wait where only the connection broke', async () => {
    const asked = attempt(token, { capture: true })
    standIn.loseAnswers(/POST .*\/confirm$/, 1)
    expect(told(asked, await provider.authorize(asked))).toMatchObject({ outcome: 'captured' })
    expect(intentsOf(asked)).toMatchObject([{ amount_received: 61_877 }])
  })

  it('of a key that opens nothing is unknown too: no order is lost by it', async () => {
    const { url } = standIn
    const stranger = createBoundedProvider(await openStripe({ url, secretKey: 'sk_test_other' }))
    for (const instrument of [token, {}]) {
      await expect(stranger.authorize(attempt(instrument))).rejects.toThrow(GatewayUnknown)
    }
  })
})

describe('a page of Stripe’s', () => {
  it('is where the shopper goes without a payment method, with two ways back that prove whose they are', async () => {
    const asked = attempt()
    const answer = await provider.authorize(asked)
    const page = present(standIn.pages.get(answer.gatewayReference), 'it was opened')
    expect(told(asked, answer)).toEqual({ outcome: 'requires_action', amount: 61_877n, redirectUrl: page.url })
    expect(page).toMatchObject({ currency: 'eur', amount_total: 61_877, customer_email: 'ada@polytill.test' })
    const ways = [page.success_url, page.cancel_url].map(way => new URL(way))
    expect(ways.map(way => [way.origin, way.pathname, way.searchParams.get('step')])).toEqual(
      ways.map(() => ['https://shop.example', '/back', '3']),
    )
    expect(ways.map(way => way.searchParams.get('status'))).toEqual(['approved', 'canceled'])
    const reference = { idempotencyKey: asked.idempotencyKey, gatewayReference: answer.gatewayReference }
    // Who comes back without having paid proves nothing.
    expect(told(asked, await provider.confirm(reference, hashIn(page.success_url)))).toMatchObject({
      outcome: 'requires_action',
    })
    standIn.payOn(page.id, 'pm_card_chargeDeclined')
    expect(told(asked, await provider.confirm(reference, hashIn(page.success_url)))).toMatchObject({
      outcome: 'requires_action',
    })
    standIn.payOn(page.id, 'pm_card_visa')
    const paid = await provider.confirm(reference, hashIn(page.success_url))
    expect(told(asked, paid)).toEqual({ outcome: 'authorized', amount: 61_877n, display: visa })
    expect(paid.gatewayReference).toBe(page.payment_intent?.id)
  })

  it('is closed by who turns back, unless they paid on it', async () => {
    for (const isPaid of [false, true]) {
      const asked = attempt()
      const { gatewayReference } = await provider.authorize(asked)
      const page = present(standIn.pages.get(gatewayReference), 'it was opened')
      if (isPaid) standIn.payOn(page.id, 'pm_card_visa')
      const { idempotencyKey } = asked
      const back = await provider.confirm({ idempotencyKey, gatewayReference }, hashIn(page.cancel_url))
      expect(told(asked, back)).toEqual(
        isPaid
          ? { outcome: 'authorized', amount: 61_877n, display: visa }
          : { outcome: 'declined', amount: 61_877n, declineReason: 'canceled_by_shopper' },
      )
      expect([page.status, page.payment_intent?.status]).toEqual(
        isPaid ? ['complete', 'requires_capture'] : ['expired', undefined],
      )
    }
  })

  it('is not called off by a stranger, nor by the proof of another payment', async () => {
    const [one, other] = [attempt(), attempt()]
    const answer = await provider.authorize(one)
    const theirs = present(standIn.pages.get((await provider.authorize(other)).gatewayReference), 'it was opened')
    const reference = { idempotencyKey: one.idempotencyKey, gatewayReference: answer.gatewayReference }
    for (const payload of [
      hashIn(theirs.cancel_url),
      { type: 'payment-confirmation', hash: 'x' },
      {},
      null,
      'approved',
    ]) {
      await expect(provider.confirm(reference, payload)).rejects.toThrow(PayloadRefused)
    }
    expect(standIn.pages.get(answer.gatewayReference)?.status).toBe('open')
  })

  it('is given up with its order, also after it was paid', async () => {
    const open = attempt()
    const opened = await provider.authorize(open)
    const one = { idempotencyKey: open.idempotencyKey, gatewayReference: opened.gatewayReference }
    expect(told(open, await provider.void(one))).toEqual({ outcome: 'voided', amount: 61_877n })
    expect(told(open, await provider.void(one))).toEqual({ outcome: 'voided', amount: 61_877n })
    const paid = attempt({}, { capture: true })
    const { gatewayReference } = await provider.authorize(paid)
    standIn.payOn(gatewayReference, 'pm_card_visa')
    expect(told(paid, await provider.void({ idempotencyKey: paid.idempotencyKey, gatewayReference }))).toMatchObject({
      outcome: 'declined',
      declineReason: 'payment_intent_unexpected_state',
    })
    const found = await provider.find(paid.idempotencyKey, { ...factsOf(paid), gatewayReference })
    expect(told(paid, present(found, 'it was paid'))).toEqual({ outcome: 'captured', amount: 61_877n, display: visa })
  })
})

describe('money', () => {
  async function reserved() {
    const asked = attempt(token)
    const { gatewayReference } = await provider.authorize(asked)
    return { asked, reference: { idempotencyKey: asked.idempotencyKey, gatewayReference } }
  }

  it('is taken once, wholly or in part; the rest of the reservation ends', async () => {
    for (const amount of [61_877n, 10_000n]) {
      const { asked, reference } = await reserved()
      const first = await provider.capture({ ...reference, amount })
      expect(told(asked, first)).toEqual({ outcome: 'captured', amount, display: visa })
      expect(await provider.capture({ ...reference, amount })).toEqual(first)
      expect(told(asked, await provider.capture({ ...reference, amount: amount - 1n }))).toMatchObject({
        outcome: 'declined',
        declineReason: 'payment_intent_unexpected_state',
      })
      expect(intentsOf(asked)).toMatchObject([{ amount_received: Number(amount), amount_capturable: 0 }])
    }
  })

  it('that was called off is taken by nobody', async () => {
    const { asked, reference } = await reserved()
    expect(told(asked, await provider.void(reference))).toMatchObject({ outcome: 'voided' })
    expect(told(asked, await provider.capture({ ...reference, amount: 61_877n }))).toMatchObject({
      outcome: 'declined',
    })
    expect(intentsOf(asked)).toMatchObject([{ status: 'canceled', amount_received: 0 }])
  })

  it('goes back once for each key, also after Stripe has forgotten the key, and never beyond what was taken', async () => {
    const { asked, reference } = await reserved()
    await provider.capture({ ...reference, amount: 61_877n })
    const part = { ...reference, amount: 20_000n, refundKey: `${asked.idempotencyKey}-a` }
    const answer = { outcome: 'refunded', amount: 20_000n, display: visa }
    expect(told(asked, await provider.refund(part))).toEqual(answer)
    expect(told(asked, await provider.refund(part))).toEqual(answer)
    // Looked through before it is asked for: the second one sent no request that moves money.
    expect(standIn.asked.filter(what => what === 'POST /v1/refunds').length).toBe(1)
    const tooMuch = { ...reference, amount: 41_878n, refundKey: `${asked.idempotencyKey}-b` }
    expect(told(asked, await provider.refund(tooMuch))).toMatchObject({ outcome: 'declined' })
    const known = { ...factsOf(asked), gatewayReference: reference.gatewayReference }
    const before = present(await provider.find(asked.idempotencyKey, known), 'it was paid')
    expect(told(asked, before)).toEqual({ outcome: 'captured', amount: 61_877n, display: visa })
    await provider.refund({ ...reference, amount: 41_877n, refundKey: `${asked.idempotencyKey}-c` })
    const after = present(await provider.find(asked.idempotencyKey, known), 'it was paid')
    expect(told(asked, after)).toEqual({ outcome: 'refunded', amount: 61_877n, display: visa })
  })

  it.each([
    ['JPY', 1_500n, 1_500],
    ['KWD', 12_340n, 12_340],
    ['ISK', 1_500n, 150_000],
  ])('in %s is counted as Stripe counts it', async (currency, amount, atStripe) => {
    const asked = attempt(token, { currency, amount, capture: true })
    expect(told(asked, await provider.authorize(asked))).toEqual({ outcome: 'captured', amount, display: visa })
    expect(intentsOf(asked)).toMatchObject([{ amount: atStripe, currency: currency.toLowerCase() }])
  })

  it.each([
    ['KWD', 12_345n],
    ['EUR', 100_000_000n],
  ])('in %s that Stripe cannot count, %i, is declined before it is asked', async (currency, amount) => {
    for (const instrument of [token, {}]) {
      const asked = attempt(instrument, { currency, amount })
      const answer = await provider.authorize(asked)
      expect(told(asked, answer)).toEqual({ outcome: 'declined', amount, declineReason: 'amount_not_supported' })
      expect(intentsOf(asked)).toEqual([])
    }
  })
})

it('without facts or a reference nothing can be looked for', async () => {
  await expect(provider.find('key-unknown')).rejects.toThrow(GatewayUnknown)
  await expect(provider.void({ idempotencyKey: 'key-unknown' })).rejects.toThrow(GatewayUnknown)
})
