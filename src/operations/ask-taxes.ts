import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import type { Facts } from '../core/pricing/facts.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { failedQuote, type TaxQuestion, type TaxQuote, taxQuoteOf } from '../core/pricing/tax-quote.js'
import type { Result } from '../core/result.js'
import type { Deps } from './deps.js'

/** What a provider of taxes was asked on behalf of one request: nothing twice, and never for longer than one wait. */
export interface AskedTaxes {
  readonly quotes: Map<string, TaxQuote>
  waitedMilliseconds: number
}

/** Answers of a provider that one request may need: the cart as it is found, and what is made of it. Ours. */
const mostQuestions = 4

export function nothingAsked(): AskedTaxes {
  return { quotes: new Map(), waitedMilliseconds: 0 }
}

/**
 * Runs a pure decision; where an outside provider has to say first what taxes its outcome owes, asks and runs it again,
 * so that it has seen the taxes. No transaction and no connection is held meanwhile. Where the store's own rates count
 * this is one run and nothing else.
 *
 * @param pricedBy  the cart that the outcome stands for; undefined: nothing shall be asked for it
 */
export async function withTaxes<T>(
  deps: Deps,
  facts: Facts,
  asked: AskedTaxes,
  run: (facts: Facts) => T | Promise<T>,
  pricedBy: (outcome: T) => PricedCart | undefined,
): Promise<T> {
  if (facts.taxProvider === undefined) return run(facts)
  for (;;) {
    const outcome = await run({ ...facts, taxQuotes: new Map(asked.quotes) })
    const question = openQuestion(pricedBy(outcome), asked)
    if (question === undefined) return outcome
    asked.quotes.set(question.fingerprint, await ask(deps, question, asked))
  }
}

/** What the priced cart of a decision is, where it came about. */
export function pricedOf(outcome: Result<{ readonly priced: PricedCart }, CheckoutError>): PricedCart | undefined {
  return outcome.ok ? outcome.value.priced : undefined
}

/** A question that nobody has asked; one that failed a moment ago is left alone for a while. */
export function openQuestion(priced: PricedCart | undefined, asked: AskedTaxes): TaxQuestion | undefined {
  const question = priced?.taxQuestion
  if (question === undefined || asked.quotes.has(question.fingerprint)) return undefined
  if (asked.quotes.size >= mostQuestions) return undefined
  const failed = priced?.taxQuote
  if (failed === undefined) return question
  const age = Date.parse(question.facts.now) - Date.parse(failed.at)
  return age >= 0 && age < limits.taxRetryMilliseconds ? undefined : question
}

async function ask(deps: Deps, question: TaxQuestion, asked: AskedTaxes): Promise<TaxQuote> {
  const { channel, now } = question.facts
  const left = limits.taxWaitMilliseconds - asked.waitedMilliseconds
  const service = deps.taxes(channel)
  if (service === undefined || left <= 0) return failedQuote(question, 'timed_out', now)
  const startedAt = performance.now()
  const answer = await service.ask(question, left)
  asked.waitedMilliseconds += Math.ceil(performance.now() - startedAt)
  const at = deps.clock()
  const quote = 'fault' in answer ? failedQuote(question, answer.fault, at) : taxQuoteOf(question, answer.taxes, at)
  if (quote.fault !== undefined) deps.log.warn({ channel: channel.id, fault: quote.fault }, 'no taxes from outside')
  return quote
}
