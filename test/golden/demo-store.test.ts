import { describe, expect, it } from 'vitest'
import { priceCart } from '../../src/core/pricing/price-cart.js'
import {
  consignment,
  facts,
  giftCard,
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

// Figures 2 to 5 of the demo store as its channels are set up; figure 1 is sample A in `spryker.test.ts`.

const usd = { currency: 'USD' }

describe('figure 1: the free standard delivery of the demo needs a subtotal', () => {
  const free = promotion(
    { kind: 'percent_off_shipping', rate: rate('100'), options: ['1'] },
    { conditions: [{ kind: 'subtotal', atLeast: { EUR: 3000n, CHF: 3500n } }] },
  )
  const store = facts({
    policy: preset('grossCarried'),
    variants: [variant('mug', 1250n, { taxClass: 'exempt' })],
    promotions: [free],
    shippingMethods: [shippingMethod('1', 490n)],
  })
  const buy = (quantity: number) =>
    priceCart(netCart('EUR', [line('mug', quantity)], { priceMode: 'gross', consignments: [consignment('1')] }), store)

  it('is missed by two mugs and reached by three', () => {
    expect(buy(2).totals).toMatchObject({ grandTotal: 2990n })
    expect(buy(2).losing).toMatchObject([{ reason: 'condition_not_met', condition: 'subtotal' }])
    expect(buy(3).totals).toMatchObject({ shippingDiscount: 490n, grandTotal: 3750n })
  })
})

describe('figure 2: two mugs to Rio de Janeiro', () => {
  it('cost 25.00 and 7.00', () => {
    const there = consignment('Normal', {
      destination: { kind: 'address', address: { country: 'BR', postalCode: '22250040' } },
    })
    const zones = [{ country: 'BR', postalFrom: '20000000', postalTo: '28999999' }]
    const store = facts({
      policy: preset('unitMultiplierZeroTax'),
      variants: [variant('MUG-1', 1250n, { currency: 'BRL' })],
      shippingMethods: [shippingMethod('Normal', 700n, { currency: 'BRL', zones })],
    })
    const priced = priceCart(netCart('BRL', [line('MUG-1', 2)], { consignments: [there] }), store)
    expect(priced.totals).toMatchObject({ subtotal: 2500n, shipping: 700n, grandTotal: 3200n })
  })
})

describe('figure 3: brewer and coffeemaker', () => {
  const store = facts({
    policy: preset('netPerRate'),
    variants: [variant('BREWER', 22_500n, usd), variant('COFFEEMAKER', 4950n, usd)],
    taxZones: [zone('texas', ['US-TX'], [taxRate('8.25')]), zone('guest', [], [taxRate('10', { id: 'guest' })])],
    shippingMethods: [shippingMethod('weight', 800n, { ...usd, zones: [{ country: 'US' }] })],
  })
  const buy = (more: Parameters<typeof netCart>[2]) =>
    priceCart(netCart('USD', [line('BREWER', 1), line('COFFEEMAKER', 1)], more), store)
  const to = (subdivision: string, option?: string) =>
    consignment(option, { destination: { kind: 'address', address: { country: 'US', subdivision } } })

  it('with an e-mail only are taxed in the guest zone', () => {
    const priced = buy({ buyer: { email: 'a@example.com' } })
    expect(priced.totals).toMatchObject({ subtotal: 27_450n, tax: 2745n, grandTotal: 30_195n })
  })

  it('sent to Austin are taxed 22.65 before shipping is chosen, and shipping is taxed as goods are', () => {
    expect(buy({ consignments: [to('TX')] }).totals.tax).toBe(2265n)
    expect(buy({ consignments: [to('TX', 'weight')] }).totals.tax).toBe(2331n)
  })

  it('sent elsewhere are not taxed', () => {
    expect(buy({ consignments: [to('NY')] }).totals).toMatchObject({ tax: 0n, grandTotal: 27_450n })
  })
})

describe('figure 4: three totes by UPS One Day', () => {
  it('cost 65.37, Ground preselected', () => {
    const method = (id: string, amount: bigint, position: number) => {
      const { taxClass: _none, ...rest } = shippingMethod(id, amount, { ...usd, position })
      return { ...rest, zones: [{ country: 'US' }, { country: 'CA' }] }
    }
    const store = facts({
      policy: preset('netPerLine'),
      variants: [variant('ROR-00011', 1599n, { ...usd, taxClass: 'Clothing', shippingCategory: 'Default' })],
      taxZones: [zone('na', ['US', 'CA'], [taxRate('5', { taxClasses: ['Clothing'] })])],
      shippingMethods: [method('ground', 500n, 1), method('two', 1000n, 2), method('one', 1500n, 3)],
    })
    const buy = (option?: string) =>
      priceCart(
        netCart('USD', [line('ROR-00011', 3)], { consignments: [consignment(option, { country: 'US' })] }),
        store,
      )
    expect(buy('one').totals).toMatchObject({ subtotal: 4797n, tax: 240n, shipping: 1500n, grandTotal: 6537n })
    expect(buy().consignments[0]?.offers.map(one => one.price)).toEqual([500n, 1000n, 1500n])
    expect(buy().consignments[0]?.selected?.id).toBe('ground')
  })
})

describe('figure 5: three shirts and a shoe to New York', () => {
  it('cost 115 with SUMMERSALE10, of which a gift card pays 50', () => {
    const summer = withCode('SUMMERSALE10', { kind: 'amount_off_order', amount: { USD: 1000n } })
    const store = facts({
      policy: preset('netPerLineStacked'),
      variants: [variant('SHIRT', 1000n, usd), variant('SHOE', 8500n, usd)],
      shippingMethods: [shippingMethod('standard', 1000n, { ...usd, zones: [{ country: 'US' }] })],
      promotions: [summer.promotion],
      coupons: [summer.coupon],
      giftCards: [giftCard('GIFT50DEMO', 5000n)],
    })
    const bought = netCart('USD', [line('SHIRT', 3), line('SHOE', 1)], {
      consignments: [consignment(undefined, { country: 'US' })],
      couponCodes: ['SUMMERSALE10'],
      giftCards: [{ code: 'GIFT50DEMO' }],
    })
    expect(priceCart(bought, store).totals).toMatchObject({
      subtotal: 11_500n,
      discount: 1000n,
      shipping: 1000n,
      grandTotal: 11_500n,
      amountDue: 6500n,
    })
  })
})

it('a code of one use in all is used up by the order that came first', () => {
  const once = withCode('ONCE', { kind: 'amount_off_order', amount: { USD: 500n } }, {}, { usageLimit: 1 })
  const store = (used: number) =>
    facts({
      policy: preset('netPerRate'),
      variants: [variant('MUG-1', 1250n, usd)],
      promotions: [once.promotion],
      coupons: [{ ...once.coupon, used }],
    })
  const bought = netCart('USD', [line('MUG-1', 1)], { couponCodes: ['ONCE'] })
  expect(priceCart(bought, store(0)).coupons).toMatchObject([{ status: 'applied', amount: 500n }])
  const late = priceCart(bought, store(1))
  expect(late.coupons).toMatchObject([{ status: 'used_up', amount: 0n }])
  expect(late.totals.grandTotal).toBe(1250n)
  expect(late.problems).toContainEqual({ code: 'coupon_invalid', couponCode: 'ONCE', status: 'used_up' })
})
