import { describe, expect, it } from 'vitest'
import type { Cart } from '../../src/core/cart/cart.js'
import type { Variant } from '../../src/core/catalog/variant.js'
import { priceCart } from '../../src/core/pricing/price-cart.js'
import {
  cart,
  consignment,
  type FactsInput,
  facts,
  line,
  netCart,
  preset,
  promotion,
  rate,
  shippingMethod,
  taxRate,
  variant,
  withCode,
  zone,
} from './builders.js'

// Figures: the example order 4.9, the rules 5.3 and 5.4, and the rounding cases of section 8 of the dialect document.

const policy = preset('netPerLine')
const clothing = (percentage: string) => taxRate(percentage, { taxClasses: ['clothing'] })
const northAmerica = zone('na', ['US', 'CA'], [clothing('5')])
const usd = (sku: string, amount: bigint, taxClass = 'clothing'): Variant =>
  variant(sku, amount, { currency: 'USD', taxClass })
const method = (id: string, amount: bigint, taxClass?: string) => {
  const { taxClass: _none, ...rest } = shippingMethod(id, amount, { currency: 'USD' })
  return taxClass === undefined ? rest : { ...rest, taxClass }
}
const toUs = (option?: string) => consignment(option, { country: 'US' })

function price(goods: readonly (readonly [Variant, number])[], store: Partial<FactsInput>, more: Partial<Cart> = {}) {
  return priceCart(
    netCart(
      'USD',
      goods.map(([{ sku }, quantity]) => line(sku, quantity)),
      { consignments: [toUs()], ...more },
    ),
    facts({ policy, variants: goods.map(([one]) => one), taxZones: [northAmerica], ...store }),
  )
}

describe('the example order: two bags, 5 % added, the second of three flat rates', () => {
  const methods = [method('twelve', 1200n), method('ground', 500n), method('two-day', 850n)]
  const order = price([[usd('bag', 2000n), 2]], { shippingMethods: methods }, { consignments: [toUs('two-day')] })

  it('comes to 50.50', () => {
    expect(order.totals).toMatchObject({ subtotal: 4000n, shipping: 850n, tax: 200n, grandTotal: 5050n })
    expect(order.lines[0]).toMatchObject({ price: 4000n, total: { net: 4000n, gross: 4200n } })
    expect(order.taxes).toMatchObject([{ base: 4000n, amount: 200n }])
  })

  it('offers rates by cost and preselects the cheapest', () => {
    const unchosen = price([[usd('bag', 2000n), 2]], { shippingMethods: methods })
    expect(unchosen.consignments[0]?.offers.map(one => one.price)).toEqual([500n, 850n, 1200n])
    expect(unchosen.consignments[0]?.selected?.id).toBe('ground')
  })

  it('is not taxed before an address is known', () => {
    const early = price([[usd('bag', 2000n), 2]], { shippingMethods: methods }, { consignments: [] })
    expect(early.totals).toMatchObject({ tax: 0n, grandTotal: 4000n })
  })
})

describe('tax is rounded per line and per shipment', () => {
  it('9.50 at 5 % is 0.48', () => {
    expect(price([[usd('a', 950n), 1]], {}).totals.tax).toBe(48n)
  })

  it('8.50 and 1.65 at 7 % included are 0.67 together, not 0.66', () => {
    const goods = [usd('a', 850n), usd('b', 165n)]
    const store = { variants: goods, taxZones: [zone('na', ['US'], [clothing('7')])] }
    const gross = { ...policy, tax: { ...policy.tax, entry: 'gross' as const } }
    const bought = cart([line('a', 1), line('b', 1)], { currency: 'USD', consignments: [toUs()] })
    const priced = priceCart(bought, facts({ policy: gross, ...store }))
    expect(priced.lines.map(one => one.total)).toEqual([
      { net: 794n, tax: 56n, gross: 850n },
      { net: 154n, tax: 11n, gross: 165n },
    ])
    expect(priced.totals).toMatchObject({ tax: 67n, grandTotal: 1015n })
    const perRate = { ...gross, tax: { ...gross.tax, rounding: 'per_rate' as const } }
    expect(priceCart(bought, facts({ policy: perRate, ...store })).totals.tax).toBe(66n)
  })

  it('an included rate is part of the price in a net cart too', () => {
    const vat = { ...clothing('5'), isIncluded: true }
    const priced = price([[usd('a', 1050n), 1]], { taxZones: [zone('na', ['US'], [vat])] })
    expect(priced.totals).toMatchObject({ items: { net: 1000n, tax: 50n, gross: 1050n }, grandTotal: 1050n })
  })

  it('several included rates share one net price', () => {
    const rates = [clothing('5'), taxRate('10', { taxClasses: ['clothing'], integerId: 2 })]
    const zones = [
      zone(
        'na',
        ['US'],
        rates.map(one => ({ ...one, isIncluded: true })),
      ),
    ]
    const priced = price([[usd('a', 1150n), 1]], { taxZones: zones })
    expect(priced.taxes.map(one => one.amount)).toEqual([50n, 100n])
    expect(priced.totals.items).toEqual({ net: 1000n, tax: 150n, gross: 1150n })
  })

  it('shipping is taxed only by a class of its own', () => {
    const goods = [[usd('a', 1000n), 1]] as const
    const untaxed = price(goods, { shippingMethods: [method('m', 1000n)] })
    expect(untaxed.totals).toMatchObject({ tax: 50n, grandTotal: 2050n })
    const taxed = price(goods, { shippingMethods: [method('m', 1000n, 'clothing')] })
    expect(taxed.totals).toMatchObject({ tax: 100n, grandTotal: 2100n })
  })
})

describe('discounts', () => {
  const ten = withCode('10off', { kind: 'percent_off_lines', rate: rate('10') })
  const code = { promotions: [ten.promotion], coupons: [ten.coupon] }

  it('10off takes 10 % of each line, and tax is on what is left of it', () => {
    const priced = price(
      [
        [usd('tote', 1599n), 3],
        [usd('bag', 2299n), 1],
      ],
      code,
      { couponCodes: ['10off'] },
    )
    expect(priced.lines.map(one => one.discount)).toEqual([480n, 230n])
    expect(priced.lines.map(one => one.total.tax)).toEqual([216n, 103n])
    expect(priced.totals).toMatchObject({ subtotal: 7096n, discount: 710n, tax: 319n, grandTotal: 6705n })
  })

  it('an order discount does not reduce the taxable amount', () => {
    const off = promotion({ kind: 'amount_off_order', amount: { USD: 1000n } })
    const priced = price([[usd('a', 4000n), 1]], { promotions: [off] })
    expect(priced.totals).toMatchObject({ discount: 1000n, tax: 200n, grandTotal: 3200n })
    expect(priced.discounts).toMatchObject([{ target: 'order', amount: 1000n }])
  })

  it('only the best on one line counts; the newest among equals; the best of the order adds up with it', () => {
    const line5 = promotion({ kind: 'percent_off_lines', rate: rate('5') })
    const line8 = promotion({ kind: 'percent_off_lines', rate: rate('8') })
    const onlyB = promotion({ kind: 'percent_off_lines', rate: rate('20'), of: { skus: ['b'] } })
    const newer8 = promotion({ kind: 'amount_off_lines', amount: { USD: 80n }, of: { skus: ['a'] } })
    const order = promotion({ kind: 'amount_off_order', amount: { USD: 100n } })
    const goods = [
      [usd('a', 1000n), 1],
      [usd('b', 1000n), 1],
    ] as const
    const priced = price(goods, { promotions: [line5, line8, onlyB, newer8, order] })
    expect(priced.lines.map(one => one.discounts.map(share => share.discountId))).toEqual([
      [newer8.id, order.id],
      [onlyB.id, order.id],
    ])
    expect(priced.losing.map(one => [one.promotionId, one.reason])).toEqual([
      [line8.id, 'better_other'],
      [line5.id, 'better_other'],
    ])
    expect(priced.totals.discount).toBe(80n + 200n + 100n)
  })
})

describe('prices that hold the tax of the store', () => {
  const gross = preset('grossPerLine')
  const zones = [zone('store', ['DE'], [clothing('19')]), zone('fr', ['FR'], [clothing('20')]), zone('us', ['US'], [])]
  const buy = (country: string | undefined) =>
    priceCart(
      cart([line('a', 2)], {
        currency: 'USD',
        consignments: country === undefined ? [] : [consignment(undefined, { country })],
      }),
      facts({ policy: gross, variants: [usd('a', 1190n)], taxZones: zones }),
    ).totals

  it('at home, without an address, and outside every zone stay as they are', () => {
    for (const country of ['DE', undefined, 'JP']) {
      expect(buy(country)).toMatchObject({ grandTotal: 2380n, items: { net: 2000n, tax: 380n } })
    }
  })

  it('take the tax of another zone', () => {
    expect(buy('FR')).toMatchObject({ grandTotal: 2400n, items: { net: 2000n, tax: 400n } })
  })

  it('are net in a zone without tax', () => {
    expect(buy('US')).toMatchObject({ grandTotal: 2000n, tax: 0n })
  })
})

describe('which zone counts', () => {
  const zones = [
    zone('world', ['US', 'CA', 'DE'], [clothing('1')]),
    zone('na', ['US', 'CA'], [clothing('2')]),
    zone('texas', ['US-TX'], [clothing('3')]),
  ]
  const taxFor = (country: string, subdivision?: string) => {
    const address = { country, ...(subdivision === undefined ? {} : { subdivision }) }
    const there = consignment(undefined, { destination: { kind: 'address', address } })
    return price([[usd('a', 10_000n), 1]], { taxZones: zones }, { consignments: [there] }).totals.tax
  }

  it.each([
    ['US', 'TX', 300n],
    ['US', 'NY', 200n],
    ['CA', undefined, 200n],
    ['DE', undefined, 100n],
    ['FR', undefined, 0n],
  ] as const)('%s %s', (country, subdivision, tax) => {
    expect(taxFor(country, subdivision)).toBe(tax)
  })
})
