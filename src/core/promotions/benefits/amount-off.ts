import { type Minor, sumOf } from '../../money.js'
import type { Take } from '../../pricing/discount-ledger.js'
import { spread } from '../../pricing/spread.js'
import type { AmountByCurrency, LineSelector, Promotion } from '../promotion.js'
import {
  type BenefitOf,
  type Desk,
  discountedParts,
  orderParts,
  selectedLines,
  takeFromLine,
  weighted,
} from './desk.js'

/** So much off each piece of the lines, at most what the line is still worth. */
export function amountOffLines(desk: Desk, amount: AmountByCurrency, of: LineSelector | undefined): readonly Take[] {
  const perPiece = amount[desk.currency] ?? 0n
  return selectedLines(desk, of).flatMap(line => {
    const pieces = BigInt(desk.lines[line]?.item.quantity ?? 0)
    const left = sumOf(discountedParts(desk, line).map(part => desk.ledger.parts[part]?.remaining ?? 0n))
    const wanted = perPiece * pieces
    return takeFromLine(desk, line, wanted < left ? wanted : left)
  })
}

/** So much off the order, spread over its lines. */
export function amountOffOrder(desk: Desk, amount: Minor, promotion: Pick<Promotion, 'priority'>): readonly Take[] {
  return spread(amount, weighted(desk, orderParts(desk), promotion), desk.policy, desk.rounding)
}

/** Each piece of the lines costs so much instead, where that is less. */
export function fixedPrice(desk: Desk, benefit: BenefitOf<'fixed_price'>): readonly Take[] {
  const price = benefit.price[desk.currency]
  if (price === undefined) return []
  return selectedLines(desk, benefit.of).flatMap(line => {
    const left = desk.ledger.parts[line]?.remaining ?? 0n
    const goal = price * BigInt(desk.lines[line]?.item.quantity ?? 0)
    return goal < left ? [{ part: line, amount: left - goal }] : []
  })
}
