import { describe, expect, it } from 'vitest'
import type { Cart } from '../../src/core/cart/cart.js'
import { installmentPlan } from '../../src/core/payments/installments.js'
import { priceCart } from '../../src/core/pricing/price-cart.js'
import type { PricedCart } from '../../src/core/pricing/priced-cart.js'
import type { Promotion } from '../../src/core/promotions/promotion.js'
import {
  consignment,
  facts,
  line,
  netCart,
  paymentMethod,
  preset,
  prices,
  promotion,
  rate,
  shippingMethod,
  variant,
  withCode,
} from './builders.js'

// Figures: sections 4.9, 5.2, 5.4 and 5.5 of the dialect document (the platform's guides, samples and known issues).

const policy = preset('unitMultiplierZeroTax')
const goods = (sku: string, amount: bigint, multiplierMicros = 1_000_000n) =>
  variant(sku, amount, { currency: 'BRL', unitMultiplierMicros: multiplierMicros })

/** What each piece is sold for, in order, equal ones together. */
const sellingPrices = (priced: PricedCart) => priced.lines[0]?.pieces.map(({ count, toPay }) => [toPay, count])

describe('price x multiplier x quantity is cut, and spread exactly over the pieces', () => {
  it.each([
    {
      price: 199n,
      multiplier: 300_000n,
      quantity: 3,
      total: 179n,
      pieces: [
        [60n, 2],
        [59n, 1],
      ],
    },
    { price: 4750n, multiplier: 250_000n, quantity: 1, total: 1187n, pieces: [[1187n, 1]] },
    { price: 699_900n, multiplier: 250_000n, quantity: 3, total: 524_925n, pieces: [[174_975n, 3]] },
    { price: 9999n, multiplier: 300_000_000n, quantity: 1, total: 2_999_700n, pieces: [[2_999_700n, 1]] },
  ])('$quantity x $price x $multiplier', ({ price, multiplier, quantity, total, pieces }) => {
    const store = facts({ policy, variants: [goods('18', price, multiplier)] })
    const priced = priceCart(netCart('BRL', [line('18', quantity)]), store)
    expect(priced.lines[0]).toMatchObject({ unitPrice: price, price: total, unitMultiplierMicros: multiplier })
    expect(sellingPrices(priced)).toEqual(pieces)
    expect(priced.totals.grandTotal).toBe(total)
  })

  it('a discount on the line is taken after the cut', () => {
    const off = promotion({ kind: 'amount_off_order', amount: { BRL: 480n } })
    const store = facts({ policy, variants: [goods('18', 4490n, 100_000_000n)], promotions: [off] })
    const priced = priceCart(netCart('BRL', [line('18', 3)]), store)
    expect(priced.lines[0]).toMatchObject({ price: 1_347_000n, discount: 480n, amount: { gross: 1_346_520n } })
    expect(sellingPrices(priced)).toEqual([[448_840n, 3]])
  })

  it.each([
    { catalog: 3190n, manual: 1700n, quantity: 3, difference: -4470n },
    { catalog: 15_000n, manual: 10_000n, quantity: 1, difference: -5000n },
  ])('a manual price of $manual instead of $catalog', ({ catalog, manual, quantity, difference }) => {
    const byHand = line('18', quantity, { origin: { kind: 'manual', unitPrice: manual } })
    const priced = priceCart(netCart('BRL', [byHand]), facts({ policy, variants: [goods('18', catalog)] }))
    const [one] = priced.lines
    expect(one).toMatchObject({ catalogPrice: catalog, unitPrice: manual, price: manual * BigInt(quantity) })
    expect(((one?.unitPrice ?? 0n) - (one?.catalogPrice ?? 0n)) * BigInt(quantity)).toBe(difference)
    expect(sellingPrices(priced)).toEqual([[manual, quantity]])
  })
})

describe('promotions', () => {
  const percent = (percentage: string, more: Partial<Promotion> = {}) =>
    promotion({ kind: 'percent_off_lines', rate: rate(percentage) }, more)
  const nominal = (amount: bigint, more: Partial<Promotion> = {}) =>
    promotion({ kind: 'amount_off_order', amount: { BRL: amount } }, more)
  const price = (promotions: readonly Promotion[], amounts: readonly bigint[], more: Partial<Cart> = {}) =>
    priceCart(
      netCart(
        'BRL',
        amounts.map((_, index) => line(`${index}`, 1)),
        more,
      ),
      facts({ policy, promotions, variants: amounts.map((amount, index) => goods(`${index}`, amount)) }),
    )

  it('a nominal discount is prorated by value: 156 over 190, 190, 250, 150 is 38, 38, 50, 30', () => {
    const priced = price([nominal(15_600n)], [19_000n, 19_000n, 25_000n, 15_000n])
    expect(priced.lines.map(one => one.discount)).toEqual([3800n, 3800n, 5000n, 3000n])
  })

  it('shares that do not come out even still add up', () => {
    const priced = price([nominal(100n)], [333n, 333n, 333n])
    expect(priced.lines.map(one => one.discount)).toEqual([34n, 33n, 33n])
  })

  it('a percentage comes before a nominal discount, and works on what earlier ones left', () => {
    const [first, second, last] = [percent('10'), percent('20'), nominal(1000n)]
    const priced = price([last, first, second], [10_000n])
    expect(priced.discounts.map(({ id, amount }) => [id, amount])).toEqual([
      [second.id, 2000n],
      [first.id, 800n],
      [last.id, 1000n],
    ])
    expect(priced.totals.grandTotal).toBe(6200n)
  })

  it('kinds of promotions apply in the order of the table, whichever takes more', () => {
    const kinds = [
      promotion({ kind: 'fixed_price', price: { BRL: 7500n }, of: {} }),
      promotion({ kind: 'buy_x_get_y', buy: 1, get: 1, rate: rate('50') }),
      promotion({ kind: 'amount_off_lines', amount: { BRL: 150n } }),
      nominal(5000n),
      percent('10'),
      promotion({ kind: 'percent_off_order', rate: rate('5') }),
    ].map((one, index) => ({ ...one, id: `${index}` }))
    const price = (promotions: readonly Promotion[]) =>
      priceCart(netCart('BRL', [line('18', 2)]), facts({ policy, promotions, variants: [goods('18', 10_000n)] }))
    const taken = (promotions: readonly Promotion[]) =>
      price(promotions).discounts.map(({ id, amount }) => [id, amount])
    const [most, pair, perPiece, order, lines, percentOfOrder] = kinds.map(one => [one])
    const named = (...several: readonly (readonly Promotion[] | undefined)[]) => several.flatMap(one => one ?? [])
    expect(taken(named(lines, percentOfOrder))).toEqual([
      ['5', 1000n],
      ['4', 1900n],
    ])
    expect(taken(named(most, perPiece, order))).toEqual([
      ['3', 5000n],
      ['2', 300n],
    ])
    expect(price(kinds).discounts.map(({ id }) => id)).toEqual(['5', '4', '3', '2', '1'])
    expect(taken(named(pair, order))[0]).toEqual(['3', 5000n])
  })

  it('of those that exclude each other the set with the lowest total wins, and the rest combine', () => {
    const always = percent('10')
    const loser = percent('15', { competesIn: 'price' })
    const winner = nominal(3000n, { competesIn: 'price' })
    const priced = price([loser, always, winner], [10_000n])
    expect(priced.discounts.map(one => one.id)).toEqual([always.id, winner.id])
    expect(priced.losing).toMatchObject([{ promotionId: loser.id, reason: 'better_other', wouldTake: 1500n }])
    expect(priced.totals.grandTotal).toBe(6000n)
  })

  it('the set counts, not its single promotions', () => {
    const off = (sku: string, amount: bigint, more: Partial<Promotion>) =>
      promotion({ kind: 'amount_off_lines', amount: { BRL: amount }, of: { skus: [sku] } }, more)
    const larger = off('0', 3000n, { competesIn: 'group', priority: 1 })
    const smaller = off('1', 2500n, { competesIn: 'group', priority: 1 })
    const half = promotion({ kind: 'percent_off_lines', rate: rate('50'), of: { skus: ['0'] } }, { priority: 2 })
    const priced = price([larger, smaller, half], [3000n, 3000n])
    // 30 off the first line leaves nothing to halve; 25 off the second and 15 off the first are more together.
    expect(priced.discounts.map(one => one.id)).toEqual([smaller.id, half.id])
    expect(priced.totals.grandTotal).toBe(2000n)
  })

  it('two codes that do not combine: the better one wins and the other is reported', () => {
    const ten = withCode('DEZ', { kind: 'percent_off_lines', rate: rate('10') }, { competesIn: 'codes' })
    const once = withCode('ONCE', { kind: 'amount_off_order', amount: { BRL: 500n } }, { competesIn: 'codes' })
    const store = (amount: bigint) =>
      facts({
        policy,
        variants: [goods('18', amount)],
        promotions: [ten.promotion, once.promotion],
        coupons: [ten.coupon, once.coupon],
      })
    const bought = netCart('BRL', [line('18', 2)], { couponCodes: ['DEZ', 'ONCE'] })
    const cheap = priceCart(bought, store(1250n))
    expect(cheap.coupons.map(one => [one.status, one.amount])).toEqual([
      ['beaten', 0n],
      ['applied', 500n],
    ])
    expect(cheap.problems.map(problem => problem.code)).not.toContain('coupon_invalid')
    const dear = priceCart(bought, store(10_000n))
    expect(dear.coupons.map(one => [one.status, one.amount])).toEqual([
      ['applied', 2000n],
      ['beaten', 0n],
    ])
  })
})

describe('shipping', () => {
  const normal = shippingMethod('Normal', 700n, {
    currency: 'BRL',
    zones: [{ country: 'BR', postalFrom: '20000000', postalTo: '28999999' }],
    deliveryDays: 3,
    daysAreBusinessDays: true,
  })
  const pickup = shippingMethod('Pickup', 0n, { currency: 'BRL', position: 2, pickupPointIds: ['1_RJ01'] })
  const point = {
    id: '1_RJ01',
    name: 'Rio',
    address: { country: 'BR' },
    sellers: ['1'],
    hours: [],
    isActive: true,
    postalRanges: [{ from: '22250040', to: '22250040' }],
  }
  const toRio = (postalCode: string) =>
    consignment(undefined, { destination: { kind: 'address', address: { country: 'BR', postalCode } } })
  const store = facts({
    policy,
    variants: [goods('18', 1250n)],
    shippingMethods: [normal, pickup],
    pickupPoints: [point],
  })

  it('two mugs to Rio cost 32.00; nobody is sent to the free pickup point unasked', () => {
    const priced = priceCart(netCart('BRL', [line('18', 2)], { consignments: [toRio('22250-040')] }), store)
    expect(priced.consignments[0]?.offers.map(one => [one.id, one.price, one.pickupPointId])).toEqual([
      ['Pickup', 0n, '1_RJ01'],
      ['Normal', 700n, undefined],
    ])
    expect(priced.consignments[0]?.selected?.id).toBe('Normal')
    expect(priced.totals).toMatchObject({ subtotal: 2500n, shipping: 700n, tax: 0n, grandTotal: 3200n })
  })

  it('a postal code outside the range cannot be delivered to', () => {
    const priced = priceCart(netCart('BRL', [line('18', 2)], { consignments: [toRio('01310100')] }), store)
    expect(priced.consignments[0]).toMatchObject({ offers: [], problem: 'no_zone' })
    expect(priced.problems).toContainEqual({ code: 'not_deliverable', consignmentId: 'consignment' })
  })

  it('a shipping promotion lowers shipping and stays out of the discount on goods', () => {
    const free = promotion({ kind: 'percent_off_shipping', rate: rate('100') })
    const bought = netCart('BRL', [line('18', 2)], { consignments: [toRio('22250040')] })
    const priced = priceCart(bought, { ...store, promotions: [free] })
    expect(priced.lines[0]?.discounts).toEqual([])
    expect(priced.totals).toMatchObject({ itemDiscount: 0n, shippingDiscount: 700n, shipping: 700n, grandTotal: 2500n })
  })

  it('the complete cart of the document: 10 % off, delivery, two installments at 2 %', () => {
    const visa = paymentMethod('2', {
      kind: 'card',
      installments: [
        { count: 1, interestRate: rate('0') },
        { count: 2, interestRate: rate('2') },
      ],
    })
    const tea = withCode('TEA10', { kind: 'percent_off_lines', rate: rate('10') })
    const bought = netCart('BRL', [line('18', 2)], {
      consignments: [toRio('22250040')],
      couponCodes: ['TEA10'],
      payments: [{ id: 'p', method: '2', installments: 2 }],
    })
    const priced = priceCart(bought, {
      ...store,
      variants: new Map([['18', variant('18', 1250n, { prices: prices(1250n, 'BRL', 1500n) })]]),
      promotions: [tea.promotion],
      coupons: new Map([['tea10', tea.coupon]]),
      paymentMethods: [visa],
    })
    expect(priced.lines[0]).toMatchObject({ listPrice: 1500n, unitPrice: 1250n, discount: 250n })
    expect(sellingPrices(priced)).toEqual([[1125n, 2]])
    expect(priced.totals.grandTotal).toBe(2950n)
    expect(priced.payments).toMatchObject([{ amount: 2950n, interest: 88n }])
  })
})

describe('installments', () => {
  it.each([
    { amount: 30_000n, interest: '2', count: 2, value: 15_451n, total: 30_902n },
    { amount: 16_175n, interest: '1.32', count: 4, value: 4178n, total: 16_712n },
    { amount: 32_000n, interest: '0', count: 3, value: 10_666n, total: 32_000n },
    { amount: 700n, interest: '0', count: 6, value: 116n, total: 700n },
    { amount: 2950n, interest: '2', count: 2, value: 1519n, total: 3038n },
  ])('$amount in $count at $interest %', ({ amount, interest, count, value, total }) => {
    expect(installmentPlan(amount, count, rate(interest))).toEqual({ count, value, total, interest: total - amount })
  })
})
