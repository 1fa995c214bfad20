import { afterAll, describe, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { PayloadRefused } from '../../src/payments/provider.js'
import { openStripe, StripeMissing } from '../../src/payments/stripe/open-stripe.js'
import { attempt, startStripe, token, told, visa } from './stripe-attempts.js'

const { standIn, provider } = await startStripe()
afterAll(() => standIn.close())

describe('an event', () => {
  it('tells of what is so now, whenever it was sent', async () => {
    const asked = attempt(token)
    const { gatewayReference } = await provider.authorize(asked)
    const intent = present(standIn.intents.get(gatewayReference), 'it was made')
    const early = standIn.event('payment_intent.amount_capturable_updated', intent)
    await provider.capture({ idempotencyKey: asked.idempotencyKey, gatewayReference, amount: 61_877n })
    const { idempotencyKey, answer } = present(await provider.parseWebhook(early.headers, early.body), 'it is ours')
    expect(idempotencyKey).toBe(asked.idempotencyKey)
    expect(told(asked, answer)).toEqual({ outcome: 'captured', amount: 61_877n, display: visa })
    await provider.refund({ idempotencyKey, gatewayReference, amount: 61_877n, refundKey: `${idempotencyKey}-all` })
    const refund = standIn.event('charge.refunded', { id: 'ch_1', payment_intent: gatewayReference })
    const told2 = present(await provider.parseWebhook(refund.headers, refund.body), 'it is ours')
    expect(told(asked, told2.answer)).toMatchObject({ outcome: 'refunded', amount: 61_877n })
  })

  it('of a page tells what became of it; a card that is declined there is no end of it', async () => {
    const asked = attempt()
    const { gatewayReference } = await provider.authorize(asked)
    const page = present(standIn.pages.get(gatewayReference), 'it was opened')
    standIn.payOn(page.id, 'pm_card_chargeDeclined')
    const failed = standIn.event('payment_intent.payment_failed', present(page.payment_intent, 'the shopper tried'))
    expect(await provider.parseWebhook(failed.headers, failed.body)).toBeUndefined()
    standIn.payOn(page.id, 'pm_card_visa')
    const done = standIn.event('checkout.session.completed', page)
    const news = present(await provider.parseWebhook(done.headers, done.body), 'it is ours')
    expect(told(asked, news.answer)).toEqual({ outcome: 'authorized', amount: 61_877n, display: visa })
  })

  it('of what is none of ours is taken and says nothing', async () => {
    const stranger = { ...present([...standIn.intents.values()][0], 'some were made'), id: 'pi_stranger', metadata: {} }
    ;(standIn.intents as Map<string, typeof stranger>).set(stranger.id, stranger)
    for (const [type, object] of [
      ['payment_intent.succeeded', stranger],
      ['customer.created', { id: 'cus_1' }],
      ['charge.succeeded', { id: 'ch_1', payment_intent: null }],
    ] as const) {
      const { headers, body } = standIn.event(type, object)
      expect([type, await provider.parseWebhook(headers, body)]).toEqual([type, undefined])
    }
  })

  it('is believed with Stripe’s signature alone', async () => {
    const { headers, body } = standIn.event('payment_intent.succeeded', { id: 'pi_1' })
    const bare = await openStripe({ url: standIn.url, secretKey: standIn.secretKey })
    await expect(provider.parseWebhook(headers, `${body} `)).rejects.toThrow(PayloadRefused)
    await expect(provider.parseWebhook({}, body)).rejects.toThrow(PayloadRefused)
    await expect(provider.parseWebhook({ ...headers, 'stripe-signature': 't=1,v1=00' }, body)).rejects.toThrow(
      PayloadRefused,
    )
    await expect(bare.parseWebhook(headers, body)).rejects.toThrow(PayloadRefused)
  })
})

it('the SDK that is not installed is asked for by name; whatever else keeps it from loading is told as it is', async () => {
  const settings = { secretKey: 'sk_test_x' }
  const missing = Object.assign(new Error("Cannot find package 'stripe'"), { code: 'ERR_MODULE_NOT_FOUND' })
  await expect(openStripe(settings, () => Promise.reject(missing))).rejects.toThrow(StripeMissing)
  await expect(openStripe(settings, () => Promise.reject(missing))).rejects.toThrow('npm install stripe@23')
  const broken = new SyntaxError('Unexpected token')
  await expect(openStripe(settings, () => Promise.reject(broken))).rejects.toBe(broken)
})
