import { type CurrencyCode, type Minor, percentOf, type Rounding, sumOf } from '../../money.js'
import type { Take } from '../../pricing/discount-ledger.js'
import { spread } from '../../pricing/spread.js'
import type { Benefit, Promotion } from '../promotion.js'
import { type BenefitOf, baseOf, type Desk, weighted } from './desk.js'

export type ShippingBenefit = BenefitOf<'percent_off_shipping' | 'amount_off_shipping'>

export function isShippingBenefit(benefit: Benefit): benefit is ShippingBenefit {
  return benefit.kind === 'percent_off_shipping' || benefit.kind === 'amount_off_shipping'
}

/** Off the shipping of each consignment whose chosen option the benefit names; an amount is spread over them once. */
export function offShipping(desk: Desk, promotion: Promotion, benefit: ShippingBenefit): readonly Take[] {
  const parts = desk.chosen.flatMap((offer, index) =>
    offer !== undefined && namesOption(benefit, offer.id) ? [desk.ledger.firstConsignment + index] : [],
  )
  if (benefit.kind === 'percent_off_shipping') {
    return parts.map(part => ({ part, amount: percentOf(baseOf(desk, part), benefit.rate, desk.rounding) }))
  }
  const over = weighted(desk, parts, promotion)
  const most = sumOf(over.map(({ weight }) => weight))
  const amount = benefit.amount[desk.currency] ?? 0n
  return spread(amount < most ? amount : most, over, desk.policy, desk.rounding)
}

/** What the benefit would leave of an offer's price if that were chosen alone. */
export function priceAfter(
  benefit: ShippingBenefit,
  offerId: string,
  price: Minor,
  currency: CurrencyCode,
  rounding: Rounding,
): Minor {
  if (!namesOption(benefit, offerId)) return price
  const off =
    benefit.kind === 'percent_off_shipping'
      ? percentOf(price, benefit.rate, rounding)
      : (benefit.amount[currency] ?? 0n)
  return off < price ? price - off : 0n
}

function namesOption(benefit: ShippingBenefit, id: string): boolean {
  return benefit.options === undefined || benefit.options.includes(id)
}
