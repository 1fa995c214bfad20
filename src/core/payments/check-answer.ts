import type { CurrencyCode, Minor } from '../money.js'
import { ok, type Result, refuse } from '../result.js'

/** What an answer must be about. */
export interface ExpectedAnswer {
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly orderId: string
}

export interface AnswerMismatch {
  /** Never empty. */
  readonly differs: readonly ('amount' | 'currency' | 'order')[]
  readonly expected: ExpectedAnswer
  readonly actual: ExpectedAnswer
}

/**
 * Whether a gateway speaks of our order, in our currency, and of our amount to the minor unit. An answer that differs
 * proves nothing about the attempt, so it must not settle an order.
 */
export function checkGatewayAnswer(answer: ExpectedAnswer, expected: ExpectedAnswer): Result<null, AnswerMismatch> {
  const differs: AnswerMismatch['differs'][number][] = []
  if (answer.amount !== expected.amount) differs.push('amount')
  if (answer.currency !== expected.currency) differs.push('currency')
  if (answer.orderId !== expected.orderId) differs.push('order')
  if (differs.length === 0) return ok(null)
  const { amount, currency, orderId } = answer
  return refuse({ differs, expected, actual: { amount, currency, orderId } })
}
