import { describe, expect, it } from 'vitest'
import { priceCart } from '../../src/core/pricing/price-cart.js'
import {
  cart,
  consignment,
  facts,
  line,
  paymentMethod,
  preset,
  prices,
  promotion,
  rate,
  shippingMethod,
  taxRate,
  variant,
  zone,
} from './builders.js'

const policy = preset('grossCarried')
const germany = zone('de', ['DE'], [taxRate('19'), taxRate('7', { taxClasses: ['reduced'], integerId: 2 })])
const tenPercent = promotion({ kind: 'percent_off_lines', rate: rate('10') }, { id: 'ten', integerId: 1 })
const freeStandard = promotion(
  { kind: 'percent_off_shipping', rate: rate('100'), options: ['1'] },
  { id: 'free', integerId: 2, conditions: [{ kind: 'shipping_option', options: ['1'] }] },
)

describe('sample A: two notebooks with a warranty, 10 % off, free standard shipping', () => {
  const warranty = {
    name: 'Warranty',
    options: [
      { sku: 'OP_2_year_waranty', name: 'Two (2) year limited warranty', taxClass: 'standard', prices: prices(1000n) },
    ],
  }
  const store = facts({
    policy,
    variants: [variant('136_24425591', 33_265n, { optionGroups: [warranty] })],
    promotions: [tenPercent, freeStandard],
    shippingMethods: [shippingMethod('1', 490n), shippingMethod('2', 590n, { position: 2 })],
    taxZones: [germany],
    paymentMethods: [paymentMethod('invoice'), paymentMethod('nothing', { kind: 'free' })],
  })
  const priced = priceCart(
    cart([line('136_24425591', 2, { options: [{ sku: 'OP_2_year_waranty' }] })], {
      consignments: [consignment('1')],
      payments: [{ id: 'p', method: 'invoice' }],
    }),
    store,
  )

  it('has the totals of the published order', () => {
    expect(priced.totals).toMatchObject({
      subtotal: 68_530n,
      itemDiscount: 6653n,
      shippingDiscount: 490n,
      discount: 7143n,
      shipping: 490n,
      tax: 9880n,
      grandTotal: 61_877n,
      amountDue: 61_877n,
    })
    expect(priced.problems).toEqual([])
    expect(priced.payments).toMatchObject([{ amount: 61_877n, interest: 0n }])
  })

  it('has the shares of each piece', () => {
    expect(priced.lines[0]?.pieces).toEqual([
      {
        count: 1,
        price: 33_265n,
        options: 1000n,
        discounts: [3327n],
        optionDiscount: 0n,
        itemTax: 4780n,
        optionTax: 160n,
        toPay: 30_938n,
      },
      {
        count: 1,
        price: 33_265n,
        options: 1000n,
        discounts: [3326n],
        optionDiscount: 0n,
        itemTax: 4780n,
        optionTax: 160n,
        toPay: 30_939n,
      },
    ])
  })
})
