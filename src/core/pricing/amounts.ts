import type { Minor } from '../money.js'
import type { Amount } from './priced-cart.js'

/** The smaller of amounts, of which there is at least one. */
export function least(first: Minor, ...others: readonly Minor[]): Minor {
  let smallest = first
  for (const amount of others) if (amount < smallest) smallest = amount
  return smallest
}

export const nothing: Amount = { net: 0n, tax: 0n, gross: 0n }

/** Adds amounts up, each member for itself. */
export function sumOfAmounts(amounts: Iterable<Amount>): Amount {
  let [net, tax, gross] = [0n, 0n, 0n]
  for (const amount of amounts) {
    net += amount.net
    tax += amount.tax
    gross += amount.gross
  }
  return { net, tax, gross }
}
