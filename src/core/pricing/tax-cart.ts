import type { Cart } from '../cart/cart.js'
import type { Minor } from '../money.js'
import type { Ledger } from './discount-ledger.js'
import type { Facts } from './facts.js'
import type { BareFee } from './fees.js'
import type { BaseLine } from './line-prices.js'
import type { TaxTotal } from './priced-cart.js'
import { quotedTaxCart } from './quoted-taxes.js'
import type { BareOffer } from './shipping-offers.js'
import { type RateBook, type RateSet, ratesFor, untaxed } from './tax-rates.js'
import type { TaxPlaces } from './tax-zones.js'
import { type TaxablePart, type Taxed, type TaxedPart, taxParts, taxTotals } from './taxes.js'

/** The taxed cart. Positions of lines, options and consignments are those of the ledger; fees follow. */
export interface TaxedCart extends Taxed {
  readonly rates: readonly RateSet[]
  readonly totals: readonly TaxTotal[]
  /** Position of the first fee. */
  readonly firstFee: number
}

/** Taxes lines, then all options, then shipping, then fees: the order in which fractions are carried. */
export function taxCart(
  cart: Cart,
  facts: Facts,
  lines: readonly BaseLine[],
  chosen: readonly (BareOffer | undefined)[],
  fees: readonly BareFee[],
  ledger: Ledger,
  places: TaxPlaces,
  book: RateBook,
): TaxedCart {
  const { policy } = facts.channel
  if (facts.quotedTaxes !== undefined) {
    const prices = [...ledger.parts.map(part => part.remaining), ...fees.map(fee => fee.price)]
    const taxed = quotedTaxCart(cart.priceMode, lines, prices, facts.quotedTaxes)
    return { ...taxed, firstFee: ledger.parts.length }
  }
  const rates: RateSet[] = lines.map((line, index) => ratesFor(book, places.lines[index], line.taxClass))
  lines.forEach((line, index) => {
    for (const option of line.options) rates.push(ratesFor(book, places.lines[index], option.taxClass))
  })
  cart.consignments.forEach((_consignment, index) => {
    rates.push(shippingRates(facts, chosen[index], index, places, book))
  })
  const parts = ledger.parts.map(
    ({ remaining, untaxedDiscount }, index): TaxablePart => ({
      price: remaining,
      taxable: remaining + untaxedDiscount,
      rates: rates[index] ?? untaxed,
    }),
  )
  const firstFee = parts.length
  for (const fee of fees) {
    const place = fee.line === undefined ? places.cart : places.lines[fee.line]
    const set = ratesFor(book, place, fee.taxClass)
    rates.push(set)
    parts.push({ price: fee.price, taxable: fee.price, rates: set })
  }
  const taxed = taxParts(parts, policy.tax, policy.rounding)
  return { ...taxed, rates, totals: taxTotals(taxed.parts, rates), firstFee }
}

/** Rates for an offer of the consignment at `index`. */
export function shippingRates(
  facts: Facts,
  offer: BareOffer | undefined,
  index: number,
  places: TaxPlaces,
  book: RateBook,
): RateSet {
  if (facts.channel.policy.tax.shipping === 'untaxed') return untaxed
  return ratesFor(book, places.consignments[index], offer?.taxClass)
}

/** What a single amount would be taxed, alone. */
export function taxAlone(facts: Facts, price: Minor, rates: RateSet): TaxedPart['amount'] {
  const { policy } = facts.channel
  const [part] = taxParts([{ price, taxable: price, rates }], policy.tax, policy.rounding).parts
  return part?.amount ?? { net: price, tax: 0n, gross: price }
}
