import { allocate, type CurrencyCode, type Minor, type Rounding, sumOf } from '../../money.js'
import { type Ledger, type LedgerPart, partsOfLine, type Take } from '../../pricing/discount-ledger.js'
import type { BaseLine } from '../../pricing/line-prices.js'
import type { DiscountPolicy } from '../../pricing/policy.js'
import type { BareOffer } from '../../pricing/shipping-offers.js'
import type { Weighted } from '../../pricing/spread.js'
import { selects } from '../line-selector.js'
import type { Benefit, LineSelector, Promotion } from '../promotion.js'

/** Where benefits are worked out: the goods, what was taken so far, and the policy. */
export interface Desk {
  readonly lines: readonly BaseLine[]
  readonly ledger: Ledger
  readonly policy: DiscountPolicy
  readonly rounding: Rounding
  readonly currency: CurrencyCode
  /** The chosen offer of each consignment. */
  readonly chosen: readonly (BareOffer | undefined)[]
}

export type BenefitOf<Kind extends Benefit['kind']> = Extract<Benefit, { readonly kind: Kind }>

/** Positions of the lines that a line benefit may touch. */
export function selectedLines(desk: Desk, of: LineSelector | undefined): readonly number[] {
  const found: number[] = []
  desk.lines.forEach((line, index) => {
    if (line.isDiscountable && selects(of, line)) found.push(index)
  })
  return found
}

/** Parts of a line that discounts see: itself, and its options where the policy includes them. */
export function discountedParts(desk: Desk, line: number): readonly number[] {
  return desk.policy.includesOptions ? partsOfLine(desk.ledger, line) : [line]
}

/** Parts that an order discount is spread over. */
export function orderParts(desk: Desk): readonly number[] {
  const parts: number[] = []
  desk.lines.forEach((line, index) => {
    const isCertificate = line.kind === 'gift_certificate' && desk.policy.spreadOverGiftCertificates
    if (line.isDiscountable || isCertificate) parts.push(...discountedParts(desk, index))
  })
  return parts
}

/** What a percentage is taken of: the undiscounted or the reduced amount. */
export function baseOf(desk: Desk, part: number): Minor {
  const entry = desk.ledger.parts[part]
  if (entry === undefined) return 0n
  return desk.policy.base === 'reduced' ? entry.remaining : entry.price
}

/** Sum of what a percentage is taken of. */
export function baseOfAll(desk: Desk, parts: readonly number[]): Minor {
  return sumOf(parts.map(part => baseOf(desk, part)))
}

/** What a part draws of a spread amount; with priorities in play always by what is left of it. */
export function weighted(
  desk: Desk,
  parts: readonly number[],
  promotion: Pick<Promotion, 'priority'>,
): readonly Weighted[] {
  const byRest = desk.policy.base === 'reduced' || promotion.priority !== undefined
  const weightOf = (entry: LedgerPart) => (byRest ? entry.remaining : entry.price)
  return parts.flatMap(part => {
    const entry = desk.ledger.parts[part]
    return entry === undefined ? [] : [{ part, weight: weightOf(entry) }]
  })
}

/** Shares one line's amount out over the line and its options, by what is left of them. */
export function takeFromLine(
  desk: Desk,
  line: number,
  amount: Minor,
  parts = discountedParts(desk, line),
): readonly Take[] {
  if (amount <= 0n) return []
  if (parts.length === 1) return [{ part: line, amount }]
  const left = parts.map(part => desk.ledger.parts[part]?.remaining ?? 0n)
  const whole = sumOf(left)
  if (whole === 0n) return []
  const shares = allocate(amount < whole ? amount : whole, left)
  return parts.map((part, index) => ({ part, amount: shares[index] ?? 0n }))
}
