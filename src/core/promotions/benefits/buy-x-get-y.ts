import { divide } from '../../money.js'
import type { Take } from '../../pricing/discount-ledger.js'
import { ONE_MICROS } from '../../rate.js'
import { type BenefitOf, baseOf, type Desk, selectedLines } from './desk.js'

/** How many pieces count as bought only, as either, as got only. */
interface Pools {
  readonly bought: number
  readonly either: number
  readonly got: number
}

/**
 * For each `buy` pieces, `get` further pieces at `rate` off, the cheapest first. A piece is bought or got, never both:
 * buying 2 and getting 1 of the same goods takes 3 pieces, a fourth and fifth give nothing more.
 */
export function buyXGetY(desk: Desk, benefit: BenefitOf<'buy_x_get_y'>): readonly Take[] {
  if (benefit.buy <= 0 || benefit.get <= 0) return []
  const buyable = new Set(selectedLines(desk, benefit.of))
  const gettable = selectedLines(desk, benefit.getOf ?? benefit.of)
  const quantityOf = (line: number) => desk.lines[line]?.item.quantity ?? 0
  const count = (lines: Iterable<number>) => [...lines].reduce((sum, line) => sum + quantityOf(line), 0)
  const either = count(gettable.filter(line => buyable.has(line)))
  const pools = { bought: count(buyable) - either, either, got: count(gettable) - either }
  let free = mostPieces(pools, benefit.buy, benefit.get)
  let eitherLeft = pools.bought + pools.either - benefit.buy * Math.ceil(free / benefit.get)
  const takes: Take[] = []
  for (const line of byPieceBase(desk, gettable)) {
    const pieces = Math.min(free, quantityOf(line), buyable.has(line) ? eitherLeft : free)
    if (pieces <= 0) continue
    free -= pieces
    if (buyable.has(line)) eitherLeft -= pieces
    const whole = baseOf(desk, line) * BigInt(pieces) * benefit.rate.micros
    takes.push({ part: line, amount: divide(whole, BigInt(quantityOf(line)) * ONE_MICROS, desk.rounding) })
  }
  return takes
}

/** The largest number of pieces that can be got; found by halving, since more got always needs more bought. */
function mostPieces(pools: Pools, buy: number, get: number): number {
  const isPossible = (got: number) => {
    const fromEither = Math.max(0, got - pools.got)
    return pools.bought + pools.either - fromEither >= buy * Math.ceil(got / get)
  }
  let low = 0
  let high = pools.either + pools.got
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isPossible(middle)) low = middle
    else high = middle - 1
  }
  return low
}

function byPieceBase(desk: Desk, lines: readonly number[]): readonly number[] {
  const pieces = (line: number) => BigInt(desk.lines[line]?.item.quantity ?? 1)
  return [...lines].sort((a, b) => {
    const difference = baseOf(desk, a) * pieces(b) - baseOf(desk, b) * pieces(a)
    return difference < 0n ? -1 : difference > 0n ? 1 : a - b
  })
}
