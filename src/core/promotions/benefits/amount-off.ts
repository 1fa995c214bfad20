import { allocate, type Minor, sumOf } from '../../money.js'
import { least } from '../../pricing/amounts.js'
import { remainingOf, type Take } from '../../pricing/discount-ledger.js'
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

/** So much off the order, spread over its lines: the whole amount as long as they are worth it. */
export function amountOffOrder(desk: Desk, amount: Minor, promotion: Pick<Promotion, 'priority'>): readonly Take[] {
  const parts = orderParts(desk)
  const takes = spread(amount, weighted(desk, parts, promotion), desk.policy, desk.rounding)
  return [...takes, ...takenElsewhere(desk, parts, takes)]
}

/** What a part cannot give any more, since another discount took it, those that are still worth something give. */
function takenElsewhere(desk: Desk, parts: readonly number[], takes: readonly Take[]): readonly Take[] {
  const asked = new Map(takes.map(take => [take.part, take.amount]))
  const rooms = parts.map(part => remainingOf(desk.ledger, part) - (asked.get(part) ?? 0n))
  const missing = sumOf(rooms.map(room => (room < 0n ? -room : 0n)))
  if (missing === 0n) return []
  const free = rooms.map(room => (room > 0n ? room : 0n))
  const room = sumOf(free)
  if (room === 0n) return []
  const shares = allocate(least(missing, room), free)
  return parts.map((part, index) => ({ part, amount: shares[index] ?? 0n }))
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
