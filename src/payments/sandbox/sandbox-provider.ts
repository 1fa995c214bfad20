import { z } from 'zod'
import type { Instant } from '../../core/ids.js'
import { type GatewayAnswer, GatewayUnknown, PayloadRefused, type PaymentProvider } from '../provider.js'
import { judgeInstrument } from './judge-instrument.js'
import { isGenuineDelivery } from './proof.js'
import type { SandboxGateway } from './sandbox-gateway.js'
import type { SandboxReport } from './sandbox-report.js'
import { sampleNumber } from './test-cards.js'

const confirmation = z.object({ type: z.literal('payment-confirmation'), hash: z.string().min(1).max(200) })

const report = z.object({
  idempotencyKey: z.string(),
  reference: z.string(),
  outcome: z.enum(['requires_action', 'pending', 'authorized', 'captured', 'voided', 'declined', 'refunded']),
  amount: z.string().regex(/^\d{1,20}$/),
  currency: z.string(),
  orderId: z.string(),
  redirectUrl: z.string().optional(),
  declineReason: z.string().optional(),
  display: z.record(z.string(), z.union([z.string(), z.number()])),
})

const delivery = z.object({ type: z.literal('attempt.updated'), data: report })

/** Longest notification that is read, characters: ours are a tenth of it. */
const longestBody = 16_384

/**
 * Our side of the test gateway: translates between its reports and `GatewayAnswer`, and believes nothing unsigned.
 *
 * @param options.secret  the one that the gateway signs with
 */
export function createSandboxProvider(
  gateway: SandboxGateway,
  options: { readonly secret: string; readonly clock: () => Instant },
): PaymentProvider {
  return {
    name: 'sandbox',
    isLocal: false,
    async keep(instrument) {
      if (instrument.number === sampleNumber) return { token: 'sandbox_approve', display: { lastFour: sampleNumber } }
      const { mode, display } = judgeInstrument(instrument, options.clock())
      return { token: `sandbox_${mode}`, display }
    },
    authorize: async request => answerOf(await gateway.charge(request)),
    async confirm(attempt, payload) {
      const parsed = confirmation.safeParse(payload)
      if (!parsed.success) throw new PayloadRefused('no payment confirmation')
      const proven = await gateway.proven(attempt.idempotencyKey, parsed.data.hash)
      if (proven === undefined) throw new PayloadRefused('the hash does not belong to this payment')
      return answerOf(proven)
    },
    capture: async attempt => known(await gateway.capture(attempt.idempotencyKey, attempt.amount)),
    void: async attempt => known(await gateway.void(attempt.idempotencyKey)),
    refund: async attempt => known(await gateway.refund(attempt.idempotencyKey, attempt.amount, attempt.refundKey)),
    async find(idempotencyKey) {
      const found = await gateway.find(idempotencyKey)
      return found === undefined ? undefined : answerOf(found)
    },
    async parseWebhook(headers, body) {
      const nowSeconds = Math.floor(Date.parse(options.clock()) / 1000)
      const isGenuine = body.length <= longestBody && isGenuineDelivery(options.secret, headers, body, nowSeconds)
      if (!isGenuine) throw new PayloadRefused('the notification is not signed by the gateway')
      const told = readDelivery(body)
      return { idempotencyKey: told.idempotencyKey, answer: answerOf(told) }
    },
  }
}

function readDelivery(body: string): SandboxReport {
  const parsed = delivery.safeParse(parseJson(body))
  if (!parsed.success) throw new PayloadRefused('the notification cannot be read')
  const { redirectUrl, declineReason, ...told } = parsed.data.data
  return {
    ...told,
    ...(redirectUrl === undefined ? {} : { redirectUrl }),
    ...(declineReason === undefined ? {} : { declineReason }),
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function known(told: SandboxReport | undefined): GatewayAnswer {
  if (told === undefined) throw new GatewayUnknown('sandbox: no such attempt')
  return answerOf(told)
}

function answerOf(told: SandboxReport): GatewayAnswer {
  return {
    outcome: told.outcome,
    gatewayReference: told.reference,
    amount: BigInt(told.amount),
    currency: told.currency,
    orderId: told.orderId,
    ...(told.redirectUrl === undefined ? {} : { redirectUrl: told.redirectUrl }),
    ...(told.declineReason === undefined ? {} : { declineReason: told.declineReason }),
    display: told.display,
  }
}
