import { describe, expect, it } from 'vitest'
import type { Cart, Consignment } from '../../src/core/cart/cart.js'
import type { Variant } from '../../src/core/catalog/variant.js'
import { priceCart } from '../../src/core/pricing/price-cart.js'
import type { PricedCart } from '../../src/core/pricing/priced-cart.js'
import type { Promotion } from '../../src/core/promotions/promotion.js'
import {
  cart,
  consignment,
  type FactsInput,
  facts,
  giftCard,
  line,
  paymentMethod,
  preset,
  prices,
  promotion,
  rate,
  shippingMethod,
  taxRate,
  variant,
  withCode,
  zone,
} from './builders.js'

// Figures: golden samples A to L of the dialect document, section 5.6 (the platform's own documents and tests, and
// figures computed by its rules 5.2 to 5.5).

const policy = preset('grossCarried')
const germany = zone('de', ['DE'], [taxRate('19'), taxRate('7', { taxClasses: ['reduced'], integerId: 2 })])
const tenPercent = promotion({ kind: 'percent_off_lines', rate: rate('10') }, { id: 'ten', integerId: 1 })
const freeStandard = promotion(
  { kind: 'percent_off_shipping', rate: rate('100'), options: ['1'] },
  { id: 'free', integerId: 2 },
)

interface Sample extends Omit<FactsInput, 'policy'> {
  readonly goods: readonly (readonly [variant: Variant, quantity: number])[]
  readonly cart?: Partial<Cart>
}

/** Prices a sample as a cart that goes to Germany. */
function price({ goods, cart: more, ...known }: Sample): PricedCart {
  const lines = goods.map(([{ sku }, quantity]) => line(sku, quantity))
  const store = facts({ policy, taxZones: [germany], variants: goods.map(([one]) => one), ...known })
  return priceCart(cart(lines, more), store)
}

/** One consignment of all goods by a method that costs `amount`. */
function shipped(amount: bigint): Pick<Sample, 'shippingMethods' | 'cart'> {
  return { shippingMethods: [shippingMethod('1', amount)], cart: { consignments: [consignment('1')] } }
}

const shares = (priced: PricedCart) =>
  priced.lines.flatMap(({ pieces }) => pieces.flatMap(({ count, discounts }) => Array(count).fill(discounts[0])))

describe('A: two notebooks with a warranty, 10 % off, free standard shipping', () => {
  function sample(currency: string, unit: bigint, warranty: bigint, standard: bigint): PricedCart {
    const group = {
      name: 'Warranty',
      options: [{ sku: 'OP_2', name: 'Two years', taxClass: 'standard', prices: prices(warranty, currency) }],
    }
    const store = facts({
      policy,
      variants: [variant('136', unit, { currency, optionGroups: [group] })],
      promotions: [tenPercent, freeStandard],
      shippingMethods: [
        shippingMethod('1', standard, { currency }),
        shippingMethod('2', 590n, { currency, position: 2 }),
      ],
      taxZones: [germany],
      paymentMethods: [paymentMethod('invoice'), paymentMethod('nothing', { kind: 'free' })],
    })
    const goods = [line('136', 2, { options: [{ sku: 'OP_2' }] })]
    const more = { currency, consignments: [consignment('1')], payments: [{ id: 'p', method: 'invoice' }] }
    return priceCart(cart(goods, more), store)
  }
  const priced = sample('EUR', 33_265n, 1000n, 490n)

  it('has the totals of the published order', () => {
    expect(priced.totals).toEqual({
      subtotal: 68_530n,
      itemDiscount: 6653n,
      shippingDiscount: 490n,
      discount: 7143n,
      shipping: 490n,
      fees: 0n,
      items: { net: 51_997n, tax: 9880n, gross: 61_877n },
      shippingAmount: { net: 0n, tax: 0n, gross: 0n },
      feesAmount: { net: 0n, tax: 0n, gross: 0n },
      tax: 9880n,
      grandTotal: 61_877n,
      giftCards: 0n,
      amountDue: 61_877n,
    })
    expect(priced.problems).toEqual([])
    expect(priced.payments).toMatchObject([{ amount: 61_877n, interest: 0n }])
    expect(priced.paymentMethods.map(method => method.id)).toEqual(['invoice'])
  })

  it('has one line as a cart shows it', () => {
    expect(priced.lines[0]).toMatchObject({
      unitPrice: 33_265n,
      price: 66_530n,
      subtotal: 68_530n,
      discount: 6653n,
      taxRate: rate('19'),
      amount: { tax: 9560n, gross: 59_877n },
      options: [{ price: 2000n, discount: 0n, amount: { tax: 320n, gross: 2000n }, unitTax: 160n }],
      total: { tax: 9880n, gross: 61_877n },
      unitTax: 4780n,
    })
  })

  it('has the shares of each piece as the order shows them', () => {
    const common = { count: 1, price: 33_265n, options: 1000n, optionDiscount: 0n, itemTax: 4780n, optionTax: 160n }
    expect(priced.lines[0]?.pieces).toEqual([
      { ...common, discounts: [3327n], toPay: 30_938n },
      { ...common, discounts: [3326n], toPay: 30_939n },
    ])
  })

  it('offers the free method at nothing and the other at its price', () => {
    expect(priced.consignments[0]).toMatchObject({ price: 490n, discount: 490n, amount: { gross: 0n } })
    expect(priced.consignments[0]?.offers).toMatchObject([
      { id: '1', price: 490n, discountedPrice: 0n },
      { id: '2', price: 590n, discountedPrice: 590n },
    ])
  })

  it('applies the larger discount first and says what each took', () => {
    expect(priced.discounts).toMatchObject([
      { id: 'ten', target: 'lines', isPercent: true, rate: rate('10'), amount: 6653n },
      { id: 'free', target: 'shipping', amount: 490n },
    ])
  })

  it('L: comes out in francs too', () => {
    const francs = sample('CHF', 38_255n, 1200n, 560n)
    expect(shares(francs)).toEqual([3826n, 3825n])
    expect(francs.totals).toMatchObject({ tax: 11_377n, grandTotal: 71_259n })
  })
})

it('B: one line and taxed shipping', () => {
  const priced = price({ goods: [[variant('a', 39_353n), 1]], ...shipped(590n) })
  expect(priced.lines[0]?.total.tax).toBe(6283n)
  expect(priced.consignments[0]?.amount).toEqual({ net: 496n, tax: 94n, gross: 590n })
  expect(priced.totals).toMatchObject({ tax: 6377n, grandTotal: 39_943n })
})

it('C: a gift card pays after tax and discount', () => {
  const priced = price({
    goods: [[variant('a', 42_000n), 1]],
    promotions: [tenPercent],
    giftCards: [giftCard('GIFT', 20_000n)],
    cart: { giftCards: [{ code: 'GIFT' }] },
  })
  expect(priced.totals).toMatchObject({
    discount: 4200n,
    tax: 6035n,
    grandTotal: 37_800n,
    giftCards: 20_000n,
    amountDue: 17_800n,
  })
})

it('D: a rule and a voucher are both taken of the undiscounted price', () => {
  const voucher = withCode('FIVE', { kind: 'percent_off_lines', rate: rate('5') })
  const priced = price({
    goods: [[variant('a', 145_540n), 1]],
    promotions: [voucher.promotion, tenPercent],
    coupons: [voucher.coupon],
    cart: { couponCodes: ['FIVE'] },
  })
  expect(priced.lines[0]?.discounts.map(share => share.amount)).toEqual([14_554n, 7277n])
  expect(priced.coupons).toMatchObject([{ code: 'FIVE', status: 'applied', amount: 7277n }])
  expect(priced.totals).toMatchObject({ discount: 21_831n, tax: 19_752n, grandTotal: 123_709n })
})

/** Two consignments, the first line by `first`, the second by `second`. */
function split(first: string, second: string): readonly Consignment[] {
  return [
    consignment(first, { id: 'c1', items: [{ lineItemId: 'line-a', quantity: 1 }] }),
    consignment(second, { id: 'c2', items: [{ lineItemId: 'line-b', quantity: 1 }] }),
  ]
}

it('E: two lines in two shipments', () => {
  const priced = price({
    goods: [
      [variant('a', 39_353n), 1],
      [variant('b', 35_711n), 1],
    ],
    shippingMethods: [shippingMethod('1', 590n)],
    cart: { consignments: split('1', '1') },
  })
  expect(priced.lines.map(one => one.total.tax)).toEqual([6283n, 5702n])
  expect(priced.consignments.map(one => one.amount.tax)).toEqual([94n, 94n])
  expect(priced.totals).toMatchObject({ shipping: 1180n, tax: 12_173n, grandTotal: 76_244n })
})

it('F: an untaxed line loses the fraction of its percentage', () => {
  const priced = price({ goods: [[variant('a', 42_502n, { taxClass: 'exempt' }), 2]], promotions: [tenPercent] })
  expect(priced.totals).toMatchObject({ discount: 8500n, tax: 0n, grandTotal: 76_504n })
})

const three = { goods: [[variant('a', 9999n), 3]], promotions: [tenPercent] } satisfies Sample

it('G: three pieces share a discount evenly', () => {
  const priced = price({ ...three, ...shipped(490n) })
  expect(shares(priced)).toEqual([1000n, 1000n, 1000n])
  expect(priced.lines[0]?.total.tax).toBe(4310n)
  expect(priced.consignments[0]?.amount.tax).toBe(79n)
  expect(priced.totals).toMatchObject({ tax: 4389n, grandTotal: 27_487n })
})

it('H: the same in net mode adds its tax, carried from goods to shipping (5222 without)', () => {
  const { shippingMethods, cart: more } = shipped(490n)
  const priced = price({ ...three, ...(shippingMethods && { shippingMethods }), cart: { ...more, priceMode: 'net' } })
  expect(priced.totals.discount).toBe(3000n)
  expect(priced.lines[0]?.total.tax).toBe(5129n)
  expect(priced.consignments[0]?.amount.tax).toBe(94n)
  expect(priced.totals).toMatchObject({ tax: 5223n, grandTotal: 32_710n })
})

it('I: a fixed amount is spread over pieces of two tax rates', () => {
  const fiveOff = promotion({ kind: 'amount_off_order', amount: { EUR: 500n } })
  const priced = price({
    goods: [
      [variant('a', 3333n), 3],
      [variant('b', 999n, { taxClass: 'reduced' }), 1],
    ],
    promotions: [fiveOff],
    ...shipped(590n),
  })
  expect(shares(priced)).toEqual([152n, 151n, 152n, 45n])
  expect(priced.lines.map(one => one.total.tax)).toEqual([1524n, 62n])
  expect(priced.consignments[0]?.amount.tax).toBe(94n)
  expect(priced.taxes).toMatchObject([
    { name: '19 %', amount: 1618n },
    { name: '7 %', amount: 62n },
  ])
  expect(priced.totals).toMatchObject({ tax: 1680n, grandTotal: 11_088n })
})

it('J: two shipments by different methods', () => {
  const priced = price({
    goods: [
      [variant('a', 7000n), 1],
      [variant('b', 36_600n), 1],
    ],
    promotions: [tenPercent],
    shippingMethods: [shippingMethod('1', 590n), shippingMethod('2', 1000n, { position: 2 })],
    cart: { consignments: split('1', '2') },
  })
  expect(shares(priced)).toEqual([700n, 3660n])
  expect(priced.lines.map(one => one.total.tax)).toEqual([1006n, 5259n])
  expect(priced.consignments.map(one => one.amount.tax)).toEqual([94n, 160n])
  expect(priced.totals).toMatchObject({ tax: 6519n, grandTotal: 40_830n })
})

describe('K: three equal lines', () => {
  const goods = ['a', 'b', 'c'].map(sku => [variant(sku, 1011n), 1] as const)

  it('carry the fraction from line to line (483 without)', () => {
    const priced = price({ goods })
    expect(priced.lines.map(one => one.total.tax)).toEqual([161n, 162n, 161n])
    expect(priced.lines.map(one => one.unitTax)).toEqual([161n, 162n, 161n])
    expect(priced.totals.tax).toBe(484n)
  })

  it('carry it through three pieces of one line alike', () => {
    const priced = price({ goods: [[variant('a', 1011n), 3]] })
    expect(priced.lines[0]?.pieces).toMatchObject([
      { count: 1, itemTax: 161n },
      { count: 1, itemTax: 162n },
      { count: 1, itemTax: 161n },
    ])
    expect(priced.totals.tax).toBe(484n)
  })
})

describe('which discounts combine', () => {
  const goods = [[variant('a', 10_000n), 1]] as const
  const off = (amount: bigint, more: Partial<Promotion>) =>
    promotion({ kind: 'amount_off_order', amount: { EUR: amount } }, more)

  it('the first exclusive one by priority and size wins alone', () => {
    const plain = off(3000n, { priority: 1 })
    const exclusive = off(1000n, { priority: 2, isExclusive: true })
    const larger = off(2000n, { isExclusive: true })
    const priced = price({ goods, promotions: [larger, plain, exclusive] })
    expect(priced.discounts).toMatchObject([{ id: exclusive.id, amount: 1000n, isExclusive: true }])
    expect(priced.losing).toMatchObject([
      { promotionId: plain.id, reason: 'exclusive_other', wouldTake: 3000n },
      { promotionId: larger.id, reason: 'exclusive_other', wouldTake: 2000n },
    ])
  })

  it('overflow is cut from the later one, and what is cut to nothing disappears', () => {
    const first = off(8000n, {})
    const second = off(5000n, {})
    const third = off(1000n, {})
    const priced = price({ goods, promotions: [third, second, first] })
    expect(priced.discounts.map(one => one.amount)).toEqual([8000n, 2000n])
    expect(priced.losing).toMatchObject([{ promotionId: third.id, reason: 'nothing_left' }])
    expect(priced.totals).toMatchObject({ grandTotal: 0n, tax: 0n })
  })
})

it('no known country means the tax of the default country', () => {
  const priced = price({ goods: [[variant('a', 11_900n), 1]] })
  expect(priced.totals).toMatchObject({ tax: 1900n, grandTotal: 11_900n })
})

describe('thresholds', () => {
  const goods = [[variant('a', 1000n), 2]] as const
  const threshold = (kind: 'hard_maximum' | 'hard_minimum' | 'soft_minimum_fixed', amount: bigint) => ({
    kind,
    currency: 'EUR',
    amount,
    fee: 300n,
    message: kind,
  })

  it('a hard maximum that is exceeded stands in the way', () => {
    const priced = price({ goods, shop: { thresholds: [threshold('hard_maximum', 1999n)] } })
    expect(priced.thresholds).toMatchObject([{ kind: 'hard_maximum', delta: 1n }])
    expect(priced.problems.map(problem => problem.code)).toContain('threshold')
  })

  it('a missed soft minimum adds its fee and stops nobody', () => {
    const priced = price({ goods, shop: { thresholds: [threshold('soft_minimum_fixed', 2500n)] } })
    expect(priced.fees).toMatchObject([{ kind: 'threshold', price: 300n }])
    expect(priced.totals).toMatchObject({ fees: 300n, grandTotal: 2300n })
    expect(priced.problems.map(problem => problem.code)).not.toContain('threshold')
  })

  it('one that is met, off, or in another currency is silent', () => {
    const thresholds = [
      threshold('hard_maximum', 2000n),
      threshold('hard_minimum', 0n),
      { ...threshold('hard_minimum', 9000n), currency: 'CHF' },
    ]
    expect(price({ goods, shop: { thresholds } }).thresholds).toEqual([])
  })
})

it('nothing to pay leaves only the method that charges nothing', () => {
  const methods = [paymentMethod('invoice'), paymentMethod('nothing', { kind: 'free' })]
  const priced = price({
    goods: [[variant('a', 1000n), 1]],
    paymentMethods: methods,
    giftCards: [giftCard('GIFT', 5000n)],
    cart: { giftCards: [{ code: 'GIFT' }], payments: [{ id: 'p', method: 'invoice' }] },
  })
  expect(priced.paymentMethods.map(method => method.id)).toEqual(['nothing'])
  expect(priced.payments).toMatchObject([{ method: { id: 'invoice' }, amount: 0n }])
  expect(priced.giftCards).toMatchObject([{ used: 1000n, remaining: 4000n }])
})
