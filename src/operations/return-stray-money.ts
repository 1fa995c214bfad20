import { type AttemptNews, applyNews } from '../core/payments/apply-answer.js'
import type { Payment } from '../core/payments/payment.js'
import { GatewayUnknown, type PaymentProvider } from '../payments/provider.js'
import type { Deps } from './deps.js'

/**
 * Voids or refunds every payment that is `refund_due`: its order was given up, or another attempt paid for it.
 * What the gateway does not answer for stays due; the recovery job asks again.
 *
 * @returns the payments as they are now
 */
export async function returnStrayMoney(deps: Deps, payments: readonly Payment[]): Promise<readonly Payment[]> {
  return Promise.all(payments.map(payment => (payment.state === 'refund_due' ? returnOne(deps, payment) : payment)))
}

async function returnOne(deps: Deps, payment: Payment): Promise<Payment> {
  const provider = deps.providers.get(payment.provider)
  if (provider === undefined) return payment
  const news = await askBack(provider, payment)
  const after = applyNews(payment, news, deps.clock())
  if (after === payment) return payment
  const events = [{ type: `payment.${after.state}`, subject: payment.orderId, data: { paymentId: payment.id } }]
  const saved = await deps.storage.payments.save(after, payment.version, events)
  if (saved === 'lost') return payment
  deps.log.warn({ paymentId: payment.id, orderId: payment.orderId, state: after.state }, 'stray payment returned')
  return after
}

async function askBack(provider: PaymentProvider, payment: Payment): Promise<AttemptNews> {
  const attempt = {
    idempotencyKey: payment.idempotencyKey,
    ...(payment.gatewayReference === undefined ? {} : { gatewayReference: payment.gatewayReference }),
  }
  try {
    if (payment.captured > payment.refunded && payment.gatewayReference !== undefined) {
      const amount = payment.captured - payment.refunded
      const refundKey = `${payment.id}:stray`
      const answer = await provider.refund({
        ...attempt,
        gatewayReference: payment.gatewayReference,
        amount,
        refundKey,
      })
      return { kind: 'answer', answer }
    }
    return { kind: 'answer', answer: await provider.void(attempt) }
  } catch (error) {
    if (error instanceof GatewayUnknown) return { kind: 'unknown' }
    throw error
  }
}
