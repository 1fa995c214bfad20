import type { PriceMode } from '../cart/cart.js'
import { type Minor, sumOf } from '../money.js'
import { fraction } from './fraction.js'
import type { BaseLine } from './line-prices.js'
import type { Amount, TaxShare } from './priced-cart.js'
import type { TaxedCart } from './tax-cart.js'
import { type QuotedTax, quotedRateId } from './tax-quote.js'
import { type AppliedRate, type RateSet, untaxed } from './tax-rates.js'
import { type TaxedPart, taxTotals } from './taxes.js'

/**
 * Taxes as somebody else worked them out: they belong to lines, and come on top of net prices or are held by gross ones.
 * Nothing is rounded or carried here.
 */
export function quotedTaxCart(
  mode: PriceMode,
  lines: readonly BaseLine[],
  prices: readonly Minor[],
  quoted: readonly QuotedTax[],
): Pick<TaxedCart, 'parts' | 'rates' | 'totals'> {
  const integerIds = new Map<string, number>()
  for (const tax of quoted) {
    const id = quotedRateId(tax)
    if (!integerIds.has(id)) integerIds.set(id, integerIds.size + 1)
  }
  const byLine = new Map<number, QuotedTax[]>()
  for (const tax of quoted) {
    const known = byLine.get(tax.line)
    if (known === undefined) byLine.set(tax.line, [tax])
    else known.push(tax)
  }
  const taxesAt = prices.map((_, position) => byLine.get(lines[position]?.item.sequence ?? -1) ?? [])
  const rates = taxesAt.map(taxes => rateSetOf(taxes, mode, integerIds))
  const parts = prices.map((price, position) => partOf(price, taxesAt[position] ?? [], mode))
  return { parts, rates, totals: taxTotals(parts, rates) }
}

function partOf(price: Minor, taxes: readonly QuotedTax[], mode: PriceMode): TaxedPart {
  const tax = sumOf(taxes.map(one => one.amount))
  const amount: Amount =
    mode === 'gross' ? { net: price - tax, tax, gross: price } : { net: price, tax, gross: price + tax }
  const share = (one: QuotedTax): TaxShare => ({
    rateId: quotedRateId(one),
    name: one.name,
    rate: noRate,
    base: amount.net,
    amount: one.amount,
  })
  return { taxes: taxes.map(share), amount }
}

/** Nobody told a rate, only amounts. */
const noRate = { micros: 0n } as const

function rateSetOf(taxes: readonly QuotedTax[], mode: PriceMode, integerIds: ReadonlyMap<string, number>): RateSet {
  if (taxes.length === 0) return untaxed
  const rates = taxes.map((tax): AppliedRate => {
    const id = quotedRateId(tax)
    const rate = { id, integerId: integerIds.get(id) ?? 0, name: tax.name, rate: noRate, taxClasses: [], priority: 0 }
    return { rate, isIncluded: mode === 'gross', share: fraction(0n, 1n) }
  })
  return { ...untaxed, rates }
}
