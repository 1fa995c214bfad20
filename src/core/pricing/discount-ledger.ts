import type { Minor } from '../money.js'
import { least } from './amounts.js'
import type { BaseLine } from './line-prices.js'
import type { AppliedDiscount, DiscountShare } from './priced-cart.js'

export type DiscountLevel = AppliedDiscount['target']

/**
 * Which stretch of a discount carried over pieces falls on a part: of `amount` spread over `total`, the stretch that
 * begins at `before` and is `weight` long.
 */
export interface CarriedStretch {
  readonly amount: Minor
  readonly before: bigint
  readonly weight: bigint
  readonly total: bigint
}

export interface LedgerShare extends DiscountShare {
  /** Present where the share was carried over pieces and not cut afterwards. */
  readonly stretch?: CarriedStretch
}

/** Something that can be discounted: a line without its options, one option of a line, or the shipping of a consignment. */
export interface LedgerPart {
  readonly price: Minor
  /** What is still to be paid for it; never below zero. */
  remaining: Minor
  /** What shares that do not reduce the taxable amount took. */
  untaxedDiscount: Minor
  shares: LedgerShare[]
}

/** What has been taken from what so far. Lives inside one call of `priceCart`. */
export interface Ledger {
  /** Lines first (by position), then all options, then the consignments. */
  readonly parts: LedgerPart[]
  /** Per line the position of its first option, and how many it has. */
  readonly options: readonly { readonly first: number; readonly count: number }[]
  /** Position of the first consignment. */
  readonly firstConsignment: number
  /** Per discount what it took in all, in order of application. */
  readonly taken: Map<string, { amount: Minor; readonly level: DiscountLevel }>
}

/** A share that a benefit asks for; the ledger cuts it to what is left. */
export interface Take {
  readonly part: number
  readonly amount: Minor
  readonly stretch?: CarriedStretch
}

/** Opens an empty ledger; `shipping` holds the price of each consignment. */
export function openLedger(lines: readonly BaseLine[], shipping: readonly Minor[]): Ledger {
  const prices = lines.map(line => line.price)
  const options = lines.map(line => {
    const first = prices.length
    for (const option of line.options) prices.push(option.price)
    return { first, count: line.options.length }
  })
  const firstConsignment = prices.length
  prices.push(...shipping)
  return { parts: prices.map(emptyPart), options, firstConsignment, taken: new Map() }
}

function emptyPart(price: Minor): LedgerPart {
  return { price, remaining: price, untaxedDiscount: 0n, shares: [] }
}

/** A ledger of the same goods in the same state, to try something out. */
export function copyLedger(ledger: Ledger): Ledger {
  return {
    ...ledger,
    parts: ledger.parts.map(part => ({ ...part, shares: [...part.shares] })),
    taken: new Map([...ledger.taken].map(([id, entry]) => [id, { ...entry }])),
  }
}

/** Positions of the line's parts: itself, then its options. */
export function partsOfLine(ledger: Ledger, line: number): readonly number[] {
  const options = ledger.options[line]
  if (options === undefined || options.count === 0) return [line]
  return [line, ...Array.from({ length: options.count }, (_, index) => options.first + index)]
}

/** What is left of a part; 0 for a part that does not exist. */
export function remainingOf(ledger: Ledger, part: number): Minor {
  return ledger.parts[part]?.remaining ?? 0n
}

/**
 * Takes what is asked, never more than each part is still worth.
 *
 * @param reducesTax  whether what is taken lowers the taxable amount
 * @returns what was really taken
 */
export function takeShares(
  ledger: Ledger,
  discountId: string,
  level: DiscountLevel,
  reducesTax: boolean,
  takes: readonly Take[],
): Minor {
  let sum = 0n
  for (const take of takes) {
    const part = ledger.parts[take.part]
    if (part === undefined) continue
    const amount = least(take.amount, part.remaining)
    if (amount <= 0n) continue
    part.remaining -= amount
    if (!reducesTax) part.untaxedDiscount += amount
    addShare(part, discountId, amount, amount === take.amount ? take.stretch : undefined)
    sum += amount
  }
  if (sum > 0n) {
    const entry = ledger.taken.get(discountId)
    if (entry === undefined) ledger.taken.set(discountId, { amount: sum, level })
    else entry.amount += sum
  }
  return sum
}

function addShare(part: LedgerPart, discountId: string, amount: Minor, stretch: CarriedStretch | undefined): void {
  const earlier = part.shares.findIndex(share => share.discountId === discountId)
  const known = part.shares[earlier]
  if (known === undefined) part.shares.push({ discountId, amount, ...(stretch === undefined ? {} : { stretch }) })
  else part.shares[earlier] = { discountId, amount: known.amount + amount }
}
