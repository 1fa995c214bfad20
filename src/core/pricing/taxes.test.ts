import { describe, expect, it } from 'vitest'
import { preset, taxRate } from '../../../test/golden/builders.js'
import type { TaxRate } from './facts.js'
import { rateSet } from './tax-rates.js'
import { type TaxablePart, taxParts } from './taxes.js'

const policy = preset('netPerRate').tax

function part(price: bigint, rates: readonly TaxRate[], mode: 'gross' | 'net', taxable = price): TaxablePart {
  return { price, taxable, rates: rateSet(rates, mode) }
}

describe('rates', () => {
  const five = taxRate('5', { priority: 1, integerId: 1 })
  const ten = taxRate('10', { priority: 2, integerId: 2 })

  it('of one priority stand side by side, of a higher one on top', () => {
    expect(rateSet([five, { ...ten, priority: 1 }], 'net').combined).toEqual({ micros: 150_000n })
    expect(rateSet([ten, five], 'net').combined).toEqual({ micros: 155_000n })
  })

  it('are exact shares of a price, included or added', () => {
    expect(rateSet([taxRate('19')], 'gross').rates[0]?.share).toEqual({ num: 19n, den: 119n })
    expect(rateSet([taxRate('19')], 'net').rates[0]?.share).toEqual({ num: 19n, den: 100n })
    expect(rateSet([five, ten], 'gross').rates.map(one => one.share)).toEqual([
      { num: 10n, den: 231n },
      { num: 1n, den: 11n },
    ])
  })
})

describe('an included tax is never more than the price', () => {
  const two = [taxRate('30', { id: 'a' }), taxRate('30', { id: 'b' })]
  const pennies = Array.from({ length: 10 }, () => part(1n, two, 'gross'))

  it.each(['per_line', 'per_rate', 'carried'] as const)('with several rates on pennies, %s', rounding => {
    const { parts } = taxParts(pennies, { ...policy, rounding }, 'half_away')
    expect(parts.filter(one => one.amount.net < 0n)).toEqual([])
  })

  it('and what does not fit on one part goes to another: the sum per rate stays', () => {
    const { parts } = taxParts(pennies, { ...policy, rounding: 'per_rate' }, 'half_away')
    const sums = [0, 1].map(rate => parts.reduce((sum, one) => sum + (one.taxes[rate]?.amount ?? 0n), 0n))
    expect(sums).toEqual([2n, 2n])
  })

  it.each(['per_line', 'per_rate', 'carried'] as const)(
    'where an order discount leaves the taxable amount, %s',
    rounding => {
      const reduced = part(10n, [taxRate('19')], 'gross', 1190n)
      const { parts } = taxParts([reduced], { ...policy, rounding }, 'half_away')
      expect(parts[0]?.amount).toEqual({ net: 0n, tax: 10n, gross: 10n })
    },
  )
})

describe('roundings', () => {
  const nineteen = [taxRate('19')]
  const taxes = (
    rounding: 'per_line' | 'per_rate' | 'carried',
    prices: readonly bigint[],
    how = 'half_away' as const,
  ) =>
    taxParts(
      prices.map(price => part(price, nineteen, 'gross')),
      { ...policy, rounding },
      how,
    ).parts.map(one => one.amount.tax)

  it('give the known conflict of three lines of 10.11 three answers', () => {
    expect(taxes('per_line', [1011n, 1011n, 1011n])).toEqual([161n, 161n, 161n])
    expect(taxes('per_rate', [1011n, 1011n, 1011n])).toEqual([162n, 161n, 161n])
    expect(taxes('carried', [1011n, 1011n, 1011n])).toEqual([161n, 162n, 161n])
  })

  it('carry nothing over what is not taxed', () => {
    const parts = [part(1011n, nineteen, 'gross'), part(999n, [], 'gross'), part(0n, nineteen, 'gross')]
    const { parts: taxed } = taxParts(
      [...parts, part(1011n, nineteen, 'gross')],
      { ...policy, rounding: 'carried' },
      'half_away',
    )
    expect(taxed.map(one => one.amount.tax)).toEqual([161n, 0n, 0n, 162n])
  })

  it('round a half as they are told', () => {
    const half = (how: 'half_away' | 'half_even' | 'down') =>
      taxParts([part(50n, [taxRate('1')], 'net')], { ...policy, rounding: 'per_line' }, how).parts[0]?.amount.tax
    expect([half('half_away'), half('half_even'), half('down')]).toEqual([1n, 0n, 0n])
  })
})
