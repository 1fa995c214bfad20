import type { DiscountShare, PricedLine, TaxShare } from './priced-cart.js'

/** What was taken off a line and its options: one share per discount. They add up to `PricedLine.fullDiscount`. */
export function fullDiscounts({
  discounts,
  options,
}: Pick<PricedLine, 'discounts' | 'options'>): readonly DiscountShare[] {
  if (options.length === 0 && areApart(discounts, share => share.discountId)) return discounts
  const shares = new Map<string, DiscountShare>()
  for (const share of [...discounts, ...options.flatMap(option => option.discounts ?? [])]) {
    const amount = (shares.get(share.discountId)?.amount ?? 0n) + share.amount
    shares.set(share.discountId, { ...share, amount })
  }
  return [...shares.values()]
}

/** Taxes of a line and its options: one share per rate. They add up to the tax of `PricedLine.total`. */
export function fullTaxes({ taxes, options }: Pick<PricedLine, 'taxes' | 'options'>): readonly TaxShare[] {
  if (options.length === 0 && areApart(taxes, share => share.rateId)) return taxes
  const shares = new Map<string, TaxShare>()
  for (const share of [...taxes, ...options.flatMap(option => option.taxes)]) {
    const { base = 0n, amount = 0n } = shares.get(share.rateId) ?? {}
    shares.set(share.rateId, { ...share, base: base + share.base, amount: amount + share.amount })
  }
  return [...shares.values()]
}

/** Whether no two shares are of the same. */
function areApart<T>(shares: readonly T[], keyOf: (share: T) => string): boolean {
  return shares.length < 2 || new Set(shares.map(keyOf)).size === shares.length
}
