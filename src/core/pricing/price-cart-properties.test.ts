import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { policies, type Scenario, scenarios } from '../../../test/golden/arbitraries.js'
import { type Minor, sumOf } from '../money.js'
import { sumOfAmounts } from './amounts.js'
import type { PricingPolicy } from './policy.js'
import { priceCart } from './price-cart.js'
import type { Amount, DiscountShare, PricedCart, PricedLine, TaxShare } from './priced-cart.js'

/** Thousands of carts: longer than a test may usually take, on a busy machine. */
vi.setConfig({ testTimeout: 120_000 })

const amounts = (shares: readonly (DiscountShare | TaxShare)[]) => sumOf(shares.map(share => share.amount))

function checkLine(line: PricedLine): void {
  expect(line.subtotal).toBe(line.price + sumOf(line.options.map(option => option.price)))
  expect(line.discount).toBe(amounts(line.discounts))
  expect(line.fullDiscount).toBe(line.discount + sumOf(line.options.map(option => option.discount)))
  expect(line.amount.tax).toBe(amounts(line.taxes))
  expect(line.total).toEqual(sumOfAmounts([line.amount, ...line.options.map(option => option.amount)]))
  for (const option of line.options) {
    expect(option.discount).toBe(amounts(option.discounts ?? []))
    expect(option.amount.tax).toBe(amounts(option.taxes))
  }
  checkPieces(line)
}

function checkPieces({ pieces, quantity, ...line }: PricedLine): void {
  const total = (of: (piece: PricedLine['pieces'][number]) => Minor) =>
    sumOf(pieces.map(piece => of(piece) * BigInt(piece.count)))
  expect({
    quantity: pieces.reduce((sum, piece) => sum + piece.count, 0),
    price: total(piece => piece.price),
    options: total(piece => piece.options),
    optionDiscount: total(piece => piece.optionDiscount),
    discounts: line.discounts.map((_, index) => total(piece => piece.discounts[index] ?? 0n)),
    itemTax: total(piece => piece.itemTax),
    optionTax: total(piece => piece.optionTax),
    toPay: total(piece => piece.toPay),
  }).toEqual({
    quantity,
    price: line.price,
    options: sumOf(line.options.map(option => option.price)),
    optionDiscount: sumOf(line.options.map(option => option.discount)),
    discounts: line.discounts.map(share => share.amount),
    itemTax: line.amount.tax,
    optionTax: sumOf(line.options.map(option => option.amount.tax)),
    toPay: line.total.gross,
  })
}

function checkSums(priced: PricedCart): void {
  const { lines, consignments, fees, totals } = priced
  expect(totals.items).toEqual(sumOfAmounts(lines.map(line => line.total)))
  expect(totals.shippingAmount).toEqual(sumOfAmounts(consignments.map(one => one.amount)))
  expect(totals.feesAmount).toEqual(sumOfAmounts(fees.map(fee => fee.amount)))
  expect(totals.grandTotal).toBe(totals.items.gross + totals.shippingAmount.gross + totals.feesAmount.gross)
  expect(totals.tax).toBe(sumOf(priced.taxes.map(tax => tax.amount)))
  expect(totals.discount).toBe(sumOf(priced.discounts.map(discount => discount.amount)))
  expect(totals.amountDue).toBe(totals.grandTotal - sumOf(priced.giftCards.map(card => card.used)))
  for (const one of consignments) {
    expect(one.discount).toBe(amounts(one.discounts))
    expect(one.amount.tax).toBe(amounts(one.taxes))
    if (one.items.length > 0) expect(sumOfAmounts(one.lineShares)).toEqual(one.amount)
  }
  for (const discount of priced.discounts) expect(sharesOf(priced, discount.id)).toBe(discount.amount)
  if (priced.cart.priceMode === 'gross') {
    expect(totals.grandTotal).toBe(totals.subtotal + totals.shipping + totals.fees - totals.discount)
  }
  const paid = sumOf(priced.payments.map(payment => payment.amount))
  const short = priced.problems.find(problem => problem.code === 'payment_short')?.missing ?? 0n
  if (priced.cart.payments.length > 0) expect(paid + short).toBe(totals.amountDue)
}

function sharesOf({ lines, consignments }: PricedCart, id: string): Minor {
  const all = [
    ...lines.flatMap(line => [line.discounts, ...line.options.map(option => option.discounts ?? [])]),
    ...consignments.map(one => one.discounts),
  ]
  return amounts(all.flat().filter(share => share.discountId === id))
}

function checkNothingBelowZero(priced: PricedCart): void {
  const negative: string[] = []
  const atLeastZero = (where: string, ...minors: readonly Minor[]) => {
    for (const minor of minors) if (minor < 0n) negative.push(`${where} ${minor}`)
  }
  const every = (where: string, { net, tax, gross }: Amount) => {
    atLeastZero(where, net, tax, gross)
    if (net + tax !== gross) negative.push(`${where}: net and tax are not gross`)
  }
  for (const line of priced.lines) {
    every('line', line.amount)
    for (const option of line.options) every('option', option.amount)
    for (const { count: _, discounts, ...piece } of line.pieces) {
      atLeastZero('piece', ...discounts, ...Object.values(piece))
    }
  }
  for (const one of priced.consignments) {
    every('shipping', one.amount)
    for (const share of one.lineShares) every('share of shipping', share)
    for (const offer of one.offers) atLeastZero('offer', offer.discountedPrice, offer.price - offer.discountedPrice)
  }
  for (const fee of priced.fees) every('fee', fee.amount)
  for (const tax of priced.taxes) atLeastZero('tax', tax.base, tax.amount)
  for (const card of priced.giftCards) atLeastZero('gift card', card.used, card.remaining)
  for (const payment of priced.payments) atLeastZero('payment', payment.amount, payment.interest)
  atLeastZero('total', priced.totals.grandTotal, priced.totals.amountDue, priced.totals.discount)
  expect(negative).toEqual([])
}

function check({ cart, facts }: Scenario): void {
  const priced = priceCart(cart, facts)
  for (const line of priced.lines) checkLine(line)
  checkSums(priced)
  checkNothingBelowZero(priced)
}

/** Every choice of `choices` combined with every other. */
function combinations<T extends Readonly<Record<string, readonly unknown[]>>>(
  choices: T,
): readonly { readonly [Key in keyof T]: T[Key][number] }[] {
  let all: Record<string, unknown>[] = [{}]
  for (const [name, values] of Object.entries(choices)) {
    all = all.flatMap(one => values.map(value => ({ ...one, [name]: value })))
  }
  return all as { readonly [Key in keyof T]: T[Key][number] }[]
}

const discountChoices = combinations({
  percent: ['per_line', 'carried'],
  spread: ['largest_remainder', 'per_unit_carried'],
  base: ['undiscounted', 'reduced'],
  stacking: ['all', 'best_per_target', 'lowest_total'],
  includesOptions: [true, false],
} as const)

const taxChoices = combinations({
  rounding: ['per_line', 'per_rate', 'carried'],
  orderDiscountsReduceTax: [true, false],
  replacesStoreTax: [true, false],
} as const)

function withChoices(
  discounts: Partial<PricingPolicy['discounts']>,
  tax: Partial<PricingPolicy['tax']>,
): fc.Arbitrary<PricingPolicy> {
  return policies.map(policy => ({
    ...policy,
    discounts: { ...policy.discounts, ...discounts },
    tax: { ...policy.tax, ...tax },
  }))
}

describe('parts add up and nothing is below zero', () => {
  it('for random policies', () => {
    fc.assert(fc.property(scenarios(), check), { numRuns: 600 })
  })

  it.each(taxChoices)(
    'for every combination of discount choices, taxes $rounding $orderDiscountsReduceTax $replacesStoreTax',
    tax => {
      for (const discounts of discountChoices) {
        fc.assert(fc.property(scenarios(withChoices(discounts, tax)), check), { numRuns: 3 })
      }
    },
  )
})

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of value instanceof Map ? value.values() : Object.values(value)) freeze(part)
  }
  return value
}

it('a quote equals the purchase: same input, same figures, input untouched', () => {
  fc.assert(
    fc.property(scenarios(), ({ cart, facts }) => {
      const quote = priceCart(freeze(cart), freeze(facts))
      const purchase = priceCart(structuredClone(cart), structuredClone(facts))
      expect(purchase).toEqual(quote)
    }),
    { numRuns: 300 },
  )
})

describe('the order of lines', () => {
  const shuffled = scenarios().chain(scenario =>
    fc
      .shuffledSubarray([...scenario.cart.lineItems], { minLength: scenario.cart.lineItems.length })
      .map(lineItems => ({ ...scenario, moved: { ...scenario.cart, lineItems } })),
  )

  it('in which a cart shows them changes no figure at all', () => {
    fc.assert(
      fc.property(shuffled, ({ cart, facts, moved }) => {
        const before = priceCart(cart, facts)
        const after = priceCart(moved, facts)
        expect(after.totals).toEqual(before.totals)
        expect(after.lines.map(line => line.item)).toEqual(moved.lineItems)
        for (const line of after.lines) expect(before.lines).toContainEqual(line)
      }),
      { numRuns: 500 },
    )
  })

  it('in which they were added changes nothing without discounts, carried taxes included', () => {
    fc.assert(
      fc.property(shuffled, ({ cart, facts, moved }) => {
        const renumbered = {
          ...moved,
          lineItems: moved.lineItems.map((item, index) => ({ ...item, sequence: index + 1 })),
        }
        const plain = { ...facts, promotions: [] }
        const before = priceCart({ ...cart, manualDiscounts: [], consignments: [] }, plain)
        const after = priceCart({ ...renumbered, manualDiscounts: [], consignments: [] }, plain)
        expect(after.totals.grandTotal).toBe(before.totals.grandTotal)
      }),
      { numRuns: 500 },
    )
  })

  /**
   * Whoever was added first gets a left-over unit of a spread amount. Then each part may be taxed on one unit more or
   * less per discount, and each rounding after that may tip by one: at most one unit per discount, part and rate. Of two
   * discounts on undiscounted prices the second loses its share of what the first made free, so each stands alone here.
   */
  it.each(['promotion', 'by hand'])(
    'in which they were added moves the total by at most one unit per discount, part and rate, %s',
    kind => {
      fc.assert(
        fc.property(shuffled, ({ cart, facts, moved }) => {
          const lineItems = moved.lineItems.map((item, index) => ({ ...item, sequence: index + 1 }))
          const promotions = kind === 'promotion' ? facts.promotions.slice(0, 1) : []
          const manualDiscounts = kind === 'promotion' ? [] : cart.manualDiscounts.slice(0, 1)
          const independent = { ...facts, promotions }
          const before = priceCart({ ...cart, manualDiscounts, consignments: [] }, independent)
          const after = priceCart({ ...moved, lineItems, manualDiscounts, consignments: [] }, independent)
          const parts = before.lines.reduce((sum, line) => sum + 1 + line.options.length, 0)
          const bound = BigInt((before.discounts.length + 1) * parts * (before.taxes.length + 1))
          const difference = after.totals.grandTotal - before.totals.grandTotal
          expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(bound)
        }),
        { numRuns: 500 },
      )
    },
  )
})
