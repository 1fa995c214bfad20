import { expect, it } from 'vitest'
import { fullDiscounts, fullTaxes } from './full-shares.js'

const tax = (rateId: string, base: bigint, amount: bigint) => ({
  ...{ rateId, name: rateId, rate: { micros: 100_000n }, base, amount },
})
const option = (more: object) =>
  ({ sku: 'o', name: 'o', group: 'g', unitPrice: 0n, price: 0n, discount: 0n, taxes: [], ...more }) as never

it('adds what a discount took off a line to what it took off its options', () => {
  const discounts = [
    { discountId: 'a', amount: 3n },
    { discountId: 'b', amount: 2n },
  ]
  const options = [option({ discounts: [{ discountId: 'b', amount: 5n }] }), option({})]
  expect(fullDiscounts({ discounts, options })).toEqual([
    { discountId: 'a', amount: 3n },
    { discountId: 'b', amount: 7n },
  ])
})

it('adds what a rate takes of a line to what it takes of its options, and keeps rates that only these have', () => {
  const options = [option({ taxes: [tax('x', 50n, 5n), tax('y', 20n, 2n)] })]
  expect(fullTaxes({ taxes: [tax('x', 100n, 10n)], options })).toEqual([tax('x', 150n, 15n), tax('y', 20n, 2n)])
})

it('gives out what a line has by itself where it has no options', () => {
  const discounts = [
    { discountId: 'a', amount: 3n },
    { discountId: 'b', amount: 2n },
  ]
  const taxes = [tax('x', 100n, 10n), tax('y', 100n, 5n)]
  expect(fullDiscounts({ discounts, options: [] })).toBe(discounts)
  expect(fullTaxes({ taxes, options: [] })).toBe(taxes)
})

// An outside service may tell of two taxes by one name.
it('gives one share per rate also where a line without options has two of it', () => {
  const taxes = [tax('x', 100n, 10n), tax('y', 100n, 1n), tax('x', 100n, 5n)]
  expect(fullTaxes({ taxes, options: [] })).toEqual([tax('x', 200n, 15n), tax('y', 100n, 1n)])
})
