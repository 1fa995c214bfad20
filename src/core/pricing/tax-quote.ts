import type { Instant } from '../ids.js'
import { limits } from '../limits.js'
import { type Minor, sumOf } from '../money.js'
import type { Facts } from './facts.js'
import type { PricedCart } from './priced-cart.js'

/** Who says what taxes are due, where it is not the store's own rates. */
export interface TaxProvider {
  /** Changes with whatever its answers depend on besides the question: another provider, another account there. */
  readonly key: string
  /** App whose custom data of a cart is part of the question. */
  readonly customDataApp?: string
  /** A short text that stands for a long one; two that differ never give the same. Pure. */
  readonly digest: (text: string) => string
}

/** Why nobody knows what a provider would say. `unusable`: it answered what cannot be the taxes of this cart. */
export type TaxFault = 'timed_out' | 'unreachable' | 'unusable'

/** One tax of one line, as a provider says it. */
export interface QuotedTax {
  /** `LineItem.sequence` */
  readonly line: number
  readonly name: string
  /** Of the whole line; zero or more. */
  readonly amount: Minor
  readonly jurisdiction?: { readonly type: string; readonly code: string; readonly name: string }
}

/** What a provider answered to one question. It counts for as long as the question would be the same. */
export interface TaxQuote {
  /** Of the question; see `fingerprintOf`. */
  readonly fingerprint: string
  readonly at: Instant
  /** At most one per line and name. */
  readonly taxes: readonly QuotedTax[]
  /** There was no answer, and no tax is known. */
  readonly fault?: TaxFault
}

/** What a provider has to be asked before the taxes of a cart are known. */
export interface TaxQuestion {
  readonly fingerprint: string
  /** With every figure but taxes. */
  readonly priced: PricedCart
  readonly facts: Facts
}

/**
 * The answer to a question as it is kept. Amounts that the cart cannot owe are no answer: taxes of lines that it has
 * not, below zero, more than what a price holds where prices hold their taxes, or beyond what an order may be worth.
 */
export function taxQuoteOf(
  { fingerprint, priced }: Pick<TaxQuestion, 'fingerprint' | 'priced'>,
  taxes: readonly QuotedTax[],
  at: Instant,
): TaxQuote {
  const merged = merge(taxes)
  const isPossible = merged.length <= limits.quotedTaxes && taxes.every(isAmount) && fits(priced, merged)
  return isPossible ? { fingerprint, at, taxes: merged } : { fingerprint, at, taxes: [], fault: 'unusable' }
}

/** A quote that tells why there is none. */
export function failedQuote({ fingerprint }: Pick<TaxQuestion, 'fingerprint'>, fault: TaxFault, at: Instant): TaxQuote {
  return { fingerprint, at, taxes: [], fault }
}

function isAmount({ amount }: QuotedTax): boolean {
  return amount >= 0n && amount <= limits.orderMinor
}

/** Under which a tax is added up over the lines. */
export function quotedRateId({ name, jurisdiction }: QuotedTax): string {
  return jurisdiction === undefined ? `quoted:${name}` : `quoted:${name}:${jurisdiction.type}:${jurisdiction.code}`
}

function merge(taxes: readonly QuotedTax[]): readonly QuotedTax[] {
  const merged = new Map<string, QuotedTax>()
  for (const tax of taxes) {
    const key = `${tax.line} ${quotedRateId(tax)}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? tax : { ...known, amount: known.amount + tax.amount })
  }
  return [...merged.values()]
}

function fits(priced: PricedCart, taxes: readonly QuotedTax[]): boolean {
  const lines = new Map(priced.lines.map(line => [line.item.sequence, line]))
  if (taxes.some(tax => !lines.has(tax.line))) return false
  if (priced.totals.grandTotal + sumOf(taxes.map(tax => tax.amount)) > limits.orderMinor) return false
  if (priced.cart.priceMode === 'net') return true
  const ofLine = new Map<number, Minor>()
  for (const { line, amount } of taxes) ofLine.set(line, (ofLine.get(line) ?? 0n) + amount)
  return [...ofLine].every(([line, tax]) => tax <= (lines.get(line)?.amount.gross ?? 0n))
}
