import { describe, expect, it } from 'vitest'
import { channelWith, line, lineItem, pricedCart } from '../../../../test/support/golden-cart.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import type { Resource } from '../json-api.js'
import { renderCart } from './cart.js'
import { customerFace, guestFace } from './item.js'

function view(changes: Partial<PricedCart> = {}, settings = {}): CartView {
  return { cart: { ...pricedCart, ...changes }, channel: channelWith({ spryker: settings }) }
}

async function related(resource: Resource, type: string): Promise<readonly Resource[]> {
  return (await resource.relationships?.[type]?.()) ?? []
}

describe('a cart on the wire', () => {
  it('shows totals, discounts and nothing of several carts where there is one', () => {
    expect(renderCart(view(), customerFace)).toMatchObject({
      type: 'carts',
      id: pricedCart.cart.id,
      version: 3,
      attributes: {},
    })
    expect(renderCart(view(), customerFace).attributes).toEqual({
      priceMode: 'GROSS_MODE',
      currency: 'EUR',
      store: 'DE',
      totals: {
        expenseTotal: 490,
        discountTotal: 7143,
        taxTotal: 9880,
        subtotal: 68530,
        grandTotal: 61877,
        priceToPay: 61877,
        shipmentTotal: 490,
      },
      discounts: [
        { displayName: '10% Discount for all orders above', amount: 6653, code: null },
        { displayName: 'Free standard delivery', amount: 490, code: null },
      ],
      thresholds: [],
    })
  })

  it('has a name where customers may have several carts; guests never do', () => {
    const several = view({ cart: { ...pricedCart.cart, name: 'My cart' } }, { singleCart: false })
    expect(renderCart(several, customerFace).attributes).toMatchObject({ name: 'My cart', isDefault: true })
    expect(renderCart(several, guestFace).attributes).not.toHaveProperty('name')
  })

  it('lists vouchers before cart rules', () => {
    const [first, second] = pricedCart.discounts
    const coupon = { ...(second as NonNullable<typeof second>), couponCode: 'SAVE', source: 'coupon' as const }
    const discounts = [first as NonNullable<typeof first>, coupon]
    expect(renderCart(view({ discounts }), customerFace).attributes.discounts).toMatchObject([
      { code: 'SAVE' },
      { code: null },
    ])
  })

  it('names thresholds as the platform does', () => {
    const unmet = { amount: 1_000_000n, delta: 5n, message: 'above {{threshold}}' }
    const thresholds = [
      { kind: 'hard_maximum' as const, ...unmet },
      { kind: 'soft_minimum_fixed' as const, ...unmet, fee: 100n },
      { kind: 'soft_minimum_flexible' as const, ...unmet, fee: 7n },
      { kind: 'soft_minimum_fixed' as const, ...unmet },
    ]
    expect(renderCart(view({ thresholds }), customerFace).attributes.thresholds).toEqual([
      {
        type: 'hard-maximum-threshold',
        threshold: 1_000_000,
        fee: null,
        deltaWithSubtotal: 5,
        message: 'above €10,000.00',
      },
      {
        type: 'soft-minimum-threshold-fixed-fee',
        threshold: 1_000_000,
        fee: 100,
        deltaWithSubtotal: 5,
        message: 'above €10,000.00',
      },
      {
        type: 'soft-minimum-threshold-flexible-fee',
        threshold: 1_000_000,
        fee: 7,
        deltaWithSubtotal: 5,
        message: 'above €10,000.00',
      },
      {
        type: 'soft-minimum-threshold',
        threshold: 1_000_000,
        fee: null,
        deltaWithSubtotal: 5,
        message: 'above €10,000.00',
      },
    ])
  })
})

describe('a line on the wire', () => {
  it('shows the figures of the published order as one line', async () => {
    const [item] = await related(renderCart(view(), guestFace), 'guest-cart-items')
    const groupKey = item?.id ?? ''
    expect(groupKey).toMatch(/^136_24425591-[0-9a-f]{16}$/)
    expect(item).toMatchObject({
      type: 'guest-cart-items',
      self: `/guest-carts/${pricedCart.cart.id}/guest-cart-items/${groupKey}`,
    })
    expect(item?.attributes).toEqual({
      sku: '136_24425591',
      quantity: 2,
      groupKey,
      abstractSku: '136',
      amount: null,
      configuredBundle: null,
      configuredBundleItem: null,
      productConfigurationInstance: null,
      calculations: {
        unitPrice: 33265,
        sumPrice: 66530,
        taxRate: 19,
        unitNetPrice: 0,
        sumNetPrice: 0,
        unitGrossPrice: 33265,
        sumGrossPrice: 66530,
        unitTaxAmountFullAggregation: 4940,
        sumTaxAmountFullAggregation: 9880,
        sumSubtotalAggregation: 68530,
        unitSubtotalAggregation: 34265,
        unitProductOptionPriceAggregation: 1000,
        sumProductOptionPriceAggregation: 2000,
        unitDiscountAmountAggregation: 3327,
        sumDiscountAmountAggregation: 6653,
        unitDiscountAmountFullAggregation: 3327,
        sumDiscountAmountFullAggregation: 6653,
        unitPriceToPayAggregation: 30938,
        sumPriceToPayAggregation: 61877,
      },
      selectedProductOptions: [
        {
          optionGroupName: 'Warranty',
          sku: 'OP_2_year_waranty',
          optionName: 'Two (2) year limited warranty',
          price: 2000,
        },
      ],
    })
  })

  it('leads to its product, unless that is gone', async () => {
    const [item] = await related(renderCart(view(), customerFace), 'items')
    expect(item && (await related(item, 'concrete-products'))).toMatchObject([
      { type: 'concrete-products', id: '136_24425591', attributes: { name: 'Acer Chromebook C730-C8T7' } },
    ])
    const { variant: _, ...gone } = line
    const [left] = await related(renderCart(view({ lines: [gone] }), customerFace), 'items')
    expect(left && (await related(left, 'concrete-products'))).toEqual([])
  })

  it('writes a SKU with a slash into its link safely', async () => {
    const item = { ...lineItem, sku: 'A/B', options: [] }
    const odd = view({ cart: { ...pricedCart.cart, lineItems: [item] }, lines: [{ ...line, item }] })
    const [first] = await related(renderCart(odd, customerFace), 'items')
    expect(first).toMatchObject({ id: 'A/B', self: `/carts/${pricedCart.cart.id}/items/A%2FB` })
  })
})

describe('codes on the wire', () => {
  const coupon = {
    code: 'SAVE',
    integerId: 9,
    name: 'Save',
    endsAt: '2027-01-31T00:00:00.000Z',
    isExclusive: false,
    status: 'applied' as const,
    amount: 500n,
  }
  const card = {
    code: 'GIFT',
    integerId: 1,
    name: 'Gift',
    status: 'applied' as const,
    initial: 5000n,
    balance: 4000n,
    used: 4000n,
    remaining: 0n,
  }

  it('shows vouchers that apply, and no others', async () => {
    const used = { ...coupon, code: 'GONE', status: 'used_up' as const, amount: 0n }
    const vouchers = await related(renderCart(view({ coupons: [coupon, used] }), customerFace), 'vouchers')
    expect(vouchers).toEqual([
      {
        type: 'vouchers',
        id: 'SAVE',
        self: '/vouchers/SAVE',
        attributes: {
          amount: 500,
          code: 'SAVE',
          discountType: 'voucher',
          displayName: 'Save',
          isExclusive: false,
          expirationDateTime: '2027-01-31 00:00:00.000000',
          discountPromotionAbstractSku: null,
          discountPromotionQuantity: null,
        },
      },
    ])
  })

  it('shows cart rules by their integer id, with a far end where they have none', async () => {
    const rules = await related(renderCart(view(), customerFace), 'cart-rules')
    expect(rules).toMatchObject([
      { id: '1', attributes: { amount: 6653, code: null, expirationDateTime: '2027-12-31 00:00:00.000000' } },
      { id: '2', attributes: { discountType: 'cart_rule', expirationDateTime: '9999-12-31 23:59:59.000000' } },
    ])
  })

  it('shows gift cards with what they hold', async () => {
    const cards = await related(renderCart(view({ giftCards: [card] }), customerFace), 'gift-cards')
    expect(cards).toEqual([
      {
        type: 'gift-cards',
        id: 'GIFT',
        self: `/carts/${pricedCart.cart.id}/cart-codes/GIFT`,
        attributes: {
          code: 'GIFT',
          name: 'Gift',
          value: 5000,
          currencyIsoCode: 'EUR',
          actualValue: 4000,
          isActive: true,
        },
      },
    ])
  })
})
