import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, prices, promotion, rate, variant } from '../../../../test/golden/builders.js'
import type { LineItem } from '../../cart/cart.js'
import type { PricingPolicy } from '../../pricing/policy.js'
import { priceCart } from '../../pricing/price-cart.js'
import type { Benefit } from '../promotion.js'

const gross = preset('netPerRate')
const wrap = { name: 'Extras', options: [{ sku: 'wrap', name: 'Wrap', taxClass: 'x', prices: prices(100n) }] }
const variants = [
  variant('tea', 1000n, { categories: ['drinks'], optionGroups: [wrap] }),
  variant('cup', 500n, { taxClass: 'dishes' }),
  variant('pot', 3000n),
]

/** What one automatic promotion takes from each line, options included. */
function taken(benefit: Benefit, lines: readonly LineItem[], policy: PricingPolicy = gross): readonly bigint[] {
  const store = facts({ policy, variants, promotions: [promotion(benefit)] })
  return priceCart(cart(lines), store).lines.map(one => one.fullDiscount)
}

const all = [line('tea', 2), line('cup', 3), line('pot', 1)]

describe('off lines', () => {
  it('a percentage of the selected lines', () => {
    expect(taken({ kind: 'percent_off_lines', rate: rate('12.5'), of: { skus: ['tea', 'cup'] } }, all)).toEqual([
      250n,
      188n,
      0n,
    ])
    expect(taken({ kind: 'percent_off_lines', rate: rate('10'), of: { taxClasses: ['dishes'] } }, all)).toEqual([
      0n,
      150n,
      0n,
    ])
  })

  it('with options or without, by the policy', () => {
    const wrapped = [line('tea', 2, { options: [{ sku: 'wrap' }] })]
    const benefit = { kind: 'percent_off_lines' as const, rate: rate('10') }
    expect(taken(benefit, wrapped)).toEqual([220n])
    const without = { ...gross, discounts: { ...gross.discounts, includesOptions: false } }
    expect(taken(benefit, wrapped, without)).toEqual([200n])
  })

  it('an amount per piece, at most what a piece costs', () => {
    expect(taken({ kind: 'amount_off_lines', amount: { EUR: 700n } }, all)).toEqual([1400n, 1500n, 700n])
    expect(taken({ kind: 'amount_off_lines', amount: { CHF: 700n } }, all)).toEqual([0n, 0n, 0n])
  })

  it('a fixed price, where that is less', () => {
    expect(taken({ kind: 'fixed_price', price: { EUR: 800n }, of: {} }, all)).toEqual([400n, 0n, 2200n])
  })
})

describe('off the order', () => {
  it.each(['largest_remainder', 'per_unit_carried'] as const)(
    'an amount is taken whole where another discount has left some lines nothing to give, spread by %s',
    spread => {
      const policy = { ...gross, discounts: { ...gross.discounts, base: 'undiscounted' as const, spread } }
      const freePot = promotion({ kind: 'percent_off_lines', rate: rate('100'), of: { skus: ['pot'] } }, { id: 'pot' })
      const priced = (amount: bigint) => {
        const off = promotion({ kind: 'amount_off_order', amount: { EUR: amount } }, { id: 'off', integerId: 2 })
        return priceCart(cart(all), facts({ policy, variants, promotions: [freePot, off] }))
      }
      const takenBy = (id: string, amount: bigint) => priced(amount).discounts.find(one => one.id === id)?.amount
      expect(takenBy('off', 650n)).toBe(650n)
      expect(takenBy('pot', 650n)).toBe(3000n)
      expect(priced(650n).lines.map(one => one.fullDiscount)).toEqual([371n, 279n, 3000n])
      // 20.00 and 15.00 are all there is to give.
      expect(takenBy('off', 6500n)).toBe(3500n)
      expect(priced(6500n).totals.grandTotal).toBe(0n)
    },
  )

  it('a percentage is rounded once and spread', () => {
    expect(taken({ kind: 'percent_off_order', rate: rate('0.05') }, all)).toEqual([1n, 1n, 1n])
  })

  it('an amount takes at most everything', () => {
    expect(taken({ kind: 'amount_off_order', amount: { EUR: 999_999n } }, all)).toEqual([2000n, 1500n, 3000n])
  })
})

describe('buy and get', () => {
  const free = rate('100')

  it.each([
    [2, 0n],
    [3, 500n],
    [5, 500n],
    [6, 1000n],
  ])('buy 2 of %i cups, get 1: %i', (quantity, expected) => {
    expect(taken({ kind: 'buy_x_get_y', buy: 2, get: 1, rate: free }, [line('cup', quantity)])).toEqual([expected])
  })

  it('a set that is not full gives what it has', () => {
    expect(taken({ kind: 'buy_x_get_y', buy: 2, get: 2, rate: free }, [line('cup', 3)])).toEqual([500n])
  })

  it('the cheapest pieces are the ones that are got', () => {
    expect(taken({ kind: 'buy_x_get_y', buy: 2, get: 1, rate: free }, all)).toEqual([0n, 1000n, 0n])
  })

  it('bought and got may be different goods', () => {
    const benefit = { kind: 'buy_x_get_y' as const, buy: 1, of: { skus: ['tea'] }, get: 1, getOf: { skus: ['cup'] } }
    expect(taken({ ...benefit, rate: rate('50') }, all)).toEqual([0n, 500n, 0n])
    expect(taken({ ...benefit, rate: free }, [line('cup', 3)])).toEqual([0n])
  })

  it('a piece is never both bought and got', () => {
    const overlapping = { kind: 'buy_x_get_y' as const, buy: 1, of: { skus: ['tea', 'cup'] }, get: 1, rate: free }
    expect(taken({ ...overlapping, getOf: { skus: ['cup'] } }, [line('cup', 1)])).toEqual([0n])
    expect(taken({ ...overlapping, getOf: { skus: ['cup'] } }, [line('cup', 2)])).toEqual([500n])
    expect(taken({ ...overlapping, getOf: { skus: ['cup'] } }, [line('tea', 1), line('cup', 2)])).toEqual([0n, 500n])
  })
})

describe('tiers', () => {
  const tiers = (by: 'subtotal' | 'quantity', from: readonly (number | bigint)[]): Benefit => ({
    kind: 'tiers',
    by,
    of: { skus: ['cup'] },
    tiers: from.map((one, index) => ({
      from: typeof one === 'number' ? one : { EUR: one },
      rate: rate(`${(index + 1) * 10}`),
    })),
  })

  it('the highest one reached counts, by pieces or by worth', () => {
    expect(taken(tiers('quantity', [1, 3, 4]), all)).toEqual([0n, 300n, 0n])
    expect(taken(tiers('subtotal', [1000n, 1500n, 1501n]), all)).toEqual([0n, 300n, 0n])
  })

  it('none reached takes nothing', () => {
    expect(taken(tiers('quantity', [4]), all)).toEqual([0n, 0n, 0n])
  })
})

describe('a free gift', () => {
  const gift = promotion({ kind: 'free_gift', sku: 'cup', quantity: 1 }, { id: 'gift' })
  const store = (promotions = [gift]) => facts({ policy: gross, variants, promotions })

  it('is granted, and its line costs nothing', () => {
    const priced = priceCart(cart([line('tea', 1), line('cup', 1, { giftOf: 'gift' })]), store())
    expect(priced.gifts).toEqual([{ promotionId: 'gift', sku: 'cup', quantity: 1 }])
    expect(priced.lines[1]).toMatchObject({ unitPrice: 0n, catalogPrice: 500n, availability: 'available' })
    expect(priced.totals.grandTotal).toBe(1000n)
  })

  it('is not to be had once its promotion is gone, nor twice', () => {
    const lost = priceCart(cart([line('tea', 1), line('cup', 1, { giftOf: 'gift' })]), store([]))
    expect(lost.problems).toContainEqual({ code: 'line_no_price', lineItemId: 'line-cup', sku: 'cup' })
    const two = priceCart(cart([line('tea', 1), line('cup', 2, { giftOf: 'gift' })]), store())
    expect(two.lines[1]).toMatchObject({ availability: 'no_price', price: 0n })
  })
})
