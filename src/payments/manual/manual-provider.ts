import { createHash } from 'node:crypto'
import { invariant } from '../../core/assert.js'
import type { CurrencyCode, Minor } from '../../core/money.js'
import { type GatewayAnswer, PayloadRefused, type PaymentProvider } from '../provider.js'

interface Promised {
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly orderId: string
}

/**
 * Invoice, check, cash on delivery, bank transfer: a promise to pay, accepted at once. Keeps nothing: the reference
 * carries amount, currency and order, and is made from the idempotency key, so that a repeat gives the same answer.
 * Money that came in is told by capturing; `request.capture` changes nothing, since nothing was received yet.
 */
export function createManualProvider(): PaymentProvider {
  return {
    name: 'manual',
    isLocal: true,
    authorize: async request => promise(request.idempotencyKey, request),
    confirm: async () => {
      throw new PayloadRefused('a manual payment has nothing to confirm')
    },
    capture: async attempt => capture(attempt),
    void: async attempt => {
      const promised = attempt.gatewayReference && readReference(attempt.idempotencyKey, attempt.gatewayReference)
      const known = promised || { amount: 0n, currency: '', orderId: '' }
      return { outcome: 'voided', gatewayReference: attempt.gatewayReference ?? '', ...known }
    },
    refund: async attempt => refund(attempt),
    find: async (idempotencyKey, about) => (about === undefined ? undefined : promise(idempotencyKey, about)),
    parseWebhook: async () => {
      throw new PayloadRefused('a manual payment sends no notifications')
    },
  }
}

function promise(idempotencyKey: string, about: Promised): GatewayAnswer {
  return {
    outcome: 'authorized',
    gatewayReference: writeReference(idempotencyKey, about),
    amount: about.amount,
    currency: about.currency,
    orderId: about.orderId,
  }
}

interface Step {
  readonly idempotencyKey: string
  readonly gatewayReference: string
  readonly amount: Minor
}

function capture(attempt: Step): GatewayAnswer {
  const promised = readReference(attempt.idempotencyKey, attempt.gatewayReference)
  const answer = { ...promised, gatewayReference: attempt.gatewayReference }
  if (attempt.amount > promised.amount) return { ...answer, outcome: 'declined', declineReason: 'amount_too_large' }
  return { ...answer, outcome: 'captured', amount: attempt.amount }
}

function refund(attempt: Step): GatewayAnswer {
  const promised = readReference(attempt.idempotencyKey, attempt.gatewayReference)
  const answer = { ...promised, gatewayReference: attempt.gatewayReference }
  if (attempt.amount > promised.amount) return { ...answer, outcome: 'declined', declineReason: 'amount_too_large' }
  return { ...answer, outcome: 'refunded', amount: attempt.amount }
}

function writeReference(idempotencyKey: string, { amount, currency, orderId }: Promised): string {
  return `manual.${currency}.${amount}.${orderId}.${digest(idempotencyKey)}`
}

function readReference(idempotencyKey: string, reference: string): Promised {
  const match = /^manual\.([A-Z]{3})\.(\d{1,20})\.(.+)\.([0-9a-f]{16})$/.exec(reference)
  invariant(match !== null, 'a manual payment keeps the reference that it was given')
  const [, currency = '', amount = '', orderId = '', made] = match
  invariant(made === digest(idempotencyKey), 'a reference belongs to one attempt')
  return { amount: BigInt(amount), currency, orderId }
}

function digest(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 16)
}
