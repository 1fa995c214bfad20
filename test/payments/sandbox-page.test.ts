import { expect, test } from 'vitest'
import type { WireRequest, WireResponse } from '../../src/dialects/dialect.js'
import type { Operations } from '../../src/operations/operations.js'
import { createSandboxPages } from '../../src/pages/sandbox/sandbox-pages.js'
import { PayloadRefused } from '../../src/payments/provider.js'
import { signDelivery } from '../../src/payments/sandbox/proof.js'
import { orderId, pageTokenOf, request, type SandboxFixture, sandbox, secret } from './sandbox-fixture.js'

const noOperations = {} as Operations

async function send(
  { gateway }: SandboxFixture,
  method: 'GET' | 'POST',
  token: string,
  form = '',
): Promise<WireResponse & { readonly text: string }> {
  const pages = createSandboxPages(gateway)
  const route = pages.routes.find(candidate => candidate.method === method)
  const wire: WireRequest = {
    method,
    path: `/sandbox/pay/${token}`,
    params: { token },
    rawQuery: '',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(form),
    baseUrl: 'http://localhost:8080',
    requestId: 'r',
    channel: 'de',
    clientAddress: '127.0.0.1',
  }
  const response = (await route?.handler(wire, noOperations)) ?? pages.notFound(wire)
  return { ...response, text: String(response.body) }
}

async function redirected(instrument = { number: '4000000000003220' } as Record<string, string>, changes = {}) {
  const fixture = sandbox()
  const answer = await fixture.provider.authorize(request(instrument, changes))
  return { fixture, token: pageTokenOf(answer.redirectUrl) }
}

function location(response: WireResponse): URL {
  return new URL(String(response.headers.location))
}

test('the page shows order, amount and three buttons, without any script', async () => {
  const { fixture, token } = await redirected()
  const { status, text, headers } = await send(fixture, 'GET', token)
  expect(status).toBe(200)
  expect(text).toContain('<dd>DE--1</dd>')
  expect(text).toContain('>€618.77</dd>')
  expect(text.match(/name="decision" value="(\w+)"/g)).toHaveLength(3)
  expect(text).not.toMatch(/<script|https?:\/\/|onclick/)
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; frame-ancestors 'none'$/,
  )
  expect(headers['cache-control']).toBe('no-store')
})

test('the page speaks the language of the browser', async () => {
  const { fixture, token } = await redirected()
  const pages = createSandboxPages(fixture.gateway)
  const wire = { method: 'GET', params: { token }, headers: { 'accept-language': 'de' } } as unknown as WireRequest
  const answer = await pages.routes[0]?.handler(wire, noOperations)
  expect(String(answer?.body)).toContain('<h1>Zahlung bestätigen</h1>')
  expect(String(answer?.body)).toContain('>618,77\u00a0€</dd>')
})

test('an order number cannot break out of the page', async () => {
  const { fixture, token } = await redirected({ mode: 'redirect' }, { orderNumber: `"><script>alert('1')</script>` })
  const { text } = await send(fixture, 'GET', token)
  expect(text).not.toContain('<script')
  expect(text).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)')
})

test('approving leads back to the shop with a hash that confirms the payment', async () => {
  const { fixture, token } = await redirected()
  const response = await send(fixture, 'POST', token, 'decision=approved')
  expect(response.status).toBe(303)
  const url = location(response)
  expect(`${url.origin}${url.pathname}`).toBe('https://shop.test/return')
  expect(url.searchParams.get('cart')).toBe('1')
  expect(url.searchParams.get('status')).toBe('approved')
  const payload = { type: 'payment-confirmation', hash: url.searchParams.get('hash') }
  const answer = await fixture.provider.confirm({ idempotencyKey: 'key-1' }, payload)
  expect(answer).toMatchObject({ outcome: 'authorized', amount: 61_877n, currency: 'EUR', orderId })
  expect(await fixture.provider.confirm({ idempotencyKey: 'key-1' }, payload)).toEqual(answer)
})

test('capture together with authorization counts on the page too', async () => {
  const { fixture, token } = await redirected({ mode: 'redirect' }, { capture: true })
  await send(fixture, 'POST', token, 'decision=approved')
  expect(await fixture.provider.find('key-1')).toMatchObject({ outcome: 'captured', amount: 61_877n })
})

test.each([
  ['declined', 'card_declined'],
  ['canceled', 'canceled_by_shopper'],
])('%s leads back too, and the payment is declined: %s', async (decision, declineReason) => {
  const { fixture, token } = await redirected()
  const url = location(await send(fixture, 'POST', token, `decision=${decision}`))
  expect(url.searchParams.get('status')).toBe(decision)
  const payload = { type: 'payment-confirmation', hash: url.searchParams.get('hash') }
  const answer = await fixture.provider.confirm({ idempotencyKey: 'key-1' }, payload)
  expect(answer).toMatchObject({ outcome: 'declined', declineReason })
})

test('posting again changes nothing: the first decision stays, and is notified once', async () => {
  const { fixture, token } = await redirected()
  const responses = await Promise.all(
    ['approved', 'approved', 'declined'].map(decision => send(fixture, 'POST', token, `decision=${decision}`)),
  )
  await fixture.gateway.settled()
  expect(new Set(responses.map(response => response.headers.location)).size).toBe(1)
  expect(fixture.delivered).toHaveLength(1)
  expect((await send(fixture, 'GET', token)).text).toContain('Payment ')
})

test('a post without a decision, or with another word, decides nothing', async () => {
  const { fixture, token } = await redirected()
  for (const form of ['', 'decision=', 'decision=captured', '{"decision":"approved"}']) {
    expect((await send(fixture, 'POST', token, form)).status).toBe(400)
  }
  expect((await fixture.provider.find('key-1'))?.outcome).toBe('requires_action')
})

test('an address that nobody was sent to shows nothing', async () => {
  const { fixture } = await redirected()
  for (const token of ['', 'x', 'key-1', '../pay', 'a'.repeat(5_000)]) {
    expect((await send(fixture, 'GET', token)).status).toBe(404)
    expect((await send(fixture, 'POST', token, 'decision=approved')).status).toBe(404)
  }
})

test('a payment that the shop called off can no longer be approved', async () => {
  const { fixture, token } = await redirected()
  await fixture.provider.void({ idempotencyKey: 'key-1' })
  const response = await send(fixture, 'POST', token, 'decision=approved')
  expect(location(response).searchParams.get('hash')).toBeNull()
  expect((await fixture.provider.find('key-1'))?.outcome).toBe('voided')
  expect((await send(fixture, 'GET', token)).text).toContain('no longer needed')
})

test.each(['javascript:alert(1)', '/relative', '', 'data:text/html,x'])(
  'the shopper is not sent to %j, but told the outcome',
  async returnUrl => {
    const { fixture, token } = await redirected({ mode: 'redirect' }, { returnUrl })
    const response = await send(fixture, 'POST', token, 'decision=approved')
    expect(response.status).toBe(200)
    expect(response.headers.location).toBeUndefined()
    expect(response.text).toContain('Payment approved')
    expect(response.text).not.toContain('<a ')
  },
)

test.each([
  ['redirect_notify_first', 1, 1],
  ['redirect_notify_twice', 2, 2],
  ['redirect_notify_late', 0, 1],
])('%s: %i notifications at the return, %i in the end', async (mode, early, late) => {
  const { fixture, token } = await redirected({ mode })
  await send(fixture, 'POST', token, 'decision=approved')
  expect(fixture.delivered).toHaveLength(early)
  await fixture.gateway.settled()
  expect(fixture.delivered).toHaveLength(late)
})

test('a hash confirms its own payment and decision, nothing else', async () => {
  const { fixture, token } = await redirected()
  const other = await fixture.provider.authorize(request({ mode: 'redirect' }, { idempotencyKey: 'key-2' }))
  const approved = location(await send(fixture, 'POST', pageTokenOf(other.redirectUrl), 'decision=approved'))
  const hash = approved.searchParams.get('hash') ?? ''
  await send(fixture, 'POST', token, 'decision=declined')
  const payloads = [
    { type: 'payment-confirmation', hash },
    { type: 'payment-confirmation', hash: hash.slice(0, -1) },
    { type: 'payment-confirmation', hash: '' },
    { type: 'payment-confirmation', hash: 'x'.repeat(100_000) },
    { type: 'payment-confirmation', hash: { toString: 'approved' } },
    { type: 'payment-confirmation' },
    { type: 'other', hash },
    { hash },
    [],
    null,
    'approved',
  ]
  for (const payload of payloads) {
    const confirming = fixture.provider.confirm({ idempotencyKey: 'key-1' }, payload as never)
    await expect(confirming).rejects.toThrow(PayloadRefused)
  }
})

test('a genuine notification is read; changed, old, unsigned or unreadable ones are refused', async () => {
  const { fixture, token } = await redirected({ mode: 'redirect_notify_first' })
  await send(fixture, 'POST', token, 'decision=approved')
  const [{ headers, body } = { headers: {}, body: '' }] = fixture.delivered
  expect(await fixture.provider.parseWebhook(headers, body)).toMatchObject({
    idempotencyKey: 'key-1',
    answer: { outcome: 'authorized', amount: 61_877n, currency: 'EUR', orderId },
  })
  const now = Math.floor(Date.now() / 1000)
  const forged = [
    [headers, body.replace('"61877"', '"1"')],
    [{ ...headers, 'webhook-id': 'msg_other' }, body],
    [{ ...headers, 'webhook-timestamp': String(now + 1) }, body],
    [{ ...headers, 'webhook-signature': '' }, body],
    [{}, body],
    [signDelivery('another secret', 'msg', now, body), body],
    [signDelivery(secret, 'msg', now - 301, body), body],
    [signDelivery(secret, 'msg', now + 301, body), body],
    [signDelivery(secret, 'msg', now, 'no json'), 'no json'],
    [signDelivery(secret, 'msg', now, '{}'), '{}'],
    [signDelivery(secret, 'msg', now, 'null'), 'null'],
    [signDelivery(secret, 'msg', now, body.replace('"61877"', '"-1"')), body.replace('"61877"', '"-1"')],
    [signDelivery(secret, 'msg', now, body.padEnd(20_000)), body.padEnd(20_000)],
  ] as const
  for (const [forgedHeaders, forgedBody] of forged) {
    await expect(fixture.provider.parseWebhook(forgedHeaders, forgedBody)).rejects.toThrow(PayloadRefused)
  }
})

test.each([
  ['crashes', () => Promise.reject(new Error('away'))],
  ['refuses', async () => false],
])('a receiver that %s is told again, and given up in the end', async (_, answer) => {
  let tries = 0
  const fixture = sandbox({
    notify: () => {
      tries += 1
      return answer()
    },
  })
  await fixture.provider.authorize(request({ mode: 'twice' }))
  await fixture.gateway.settled()
  expect(tries).toBe(6)
})
