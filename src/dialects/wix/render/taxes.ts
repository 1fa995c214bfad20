import { fullTaxes } from '../../../core/pricing/full-shares.js'
import type { Amount, PricedCart, TaxShare } from '../../../core/pricing/priced-cart.js'
import type { Rate } from '../../../core/rate.js'
import { type MoneyContext, renderMoney, renderRate } from '../money.js'
import type { JsonObject } from '../validation.js'

/** What is taxed, with which rates. */
export interface Taxed {
  readonly taxes: readonly TaxShare[]
  readonly rate: Rate
  readonly amount: Amount
}

/** Tax of a line, a fee or a shipment. Source: dialects/wix.md 4.1, 4.2. */
export function renderTaxDetails({ taxes, rate, amount }: Taxed, context: MoneyContext): JsonObject {
  return {
    taxableAmount: renderMoney(amount.net, context, 'tax'),
    taxRate: renderRate(rate),
    totalTax: renderMoney(amount.tax, context, 'tax'),
    rateBreakdown: [],
    taxBreakdown: taxes.map(tax => ({
      jurisdiction: tax.name,
      jurisdictionType: 'UNDEFINED',
      taxType: tax.name,
      taxName: tax.name,
      rate: renderRate(tax.rate),
      taxAmount: renderMoney(tax.amount, context, 'tax'),
      taxableAmount: renderMoney(tax.base, context, 'tax'),
      nonTaxableAmount: renderMoney(0n, context, 'tax'),
    })),
  }
}

/** Tax of the whole: of goods, fees and shipping; what no rate touches is not taxable. */
export function renderTaxSummary(priced: PricedCart, context: MoneyContext): JsonObject {
  const parts: readonly { readonly taxes: readonly TaxShare[]; readonly net: bigint }[] = [
    ...priced.lines.map(line => ({ taxes: fullTaxes(line), net: line.total.net })),
    ...priced.consignments.map(one => ({ taxes: one.taxes, net: one.amount.net })),
    ...priced.fees.map(fee => ({ taxes: fee.taxes, net: fee.amount.net })),
  ]
  const taxable = parts.reduce((sum, part) => (part.taxes.length === 0 ? sum : sum + part.net), 0n)
  return {
    taxableAmount: renderMoney(taxable, context, 'calculated'),
    totalTax: renderMoney(priced.totals.tax, context, 'calculated'),
  }
}
