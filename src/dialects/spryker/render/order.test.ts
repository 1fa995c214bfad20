import { describe, expect, it } from 'vitest'
import { consignment, express, freeDelivery, line, order, pricedCart } from '../../../../test/support/golden-cart.js'
import type { Order } from '../../../core/orders/order.js'
import type { PieceRun, PricedCart } from '../../../core/pricing/priced-cart.js'
import type { Resource } from '../json-api.js'
import { renderOrder, renderOrderSummary } from './order.js'

function withSnapshot(changes: Partial<PricedCart>): Order {
  return { ...order, snapshot: { ...pricedCart, ...changes } }
}

function withPieces(pieces: readonly PieceRun[]): Order {
  return withSnapshot({ lines: [{ ...line, pieces }] })
}

async function related(resource: Resource, type: string): Promise<readonly Resource[]> {
  return (await resource.relationships?.[type]?.()) ?? []
}

const wireAddress = {
  salutation: 'Mr',
  firstName: 'First',
  middleName: null,
  lastName: 'Last',
  address1: 'West road',
  address2: '212',
  address3: '',
  company: 'Example',
  city: 'Berlin',
  zipCode: '61000',
  poBox: null,
  phone: '+380669455897',
  cellPhone: null,
  description: null,
  comment: null,
  email: null,
  country: 'Germany',
  iso2Code: 'DE',
}

function wireItem(discount: number, toPay: number, uuid: string) {
  return {
    name: 'Acer Chromebook C730-C8T7',
    sku: '136_24425591',
    sumPrice: 33265,
    quantity: 1,
    metadata: { superAttributes: [], image: '/images/chromebook.svg' },
    calculatedDiscounts: [
      {
        unitAmount: discount,
        sumAmount: discount,
        displayName: '10% Discount for all orders above',
        description: 'Ten percent.',
        voucherCode: null,
        quantity: 1,
      },
    ],
    unitGrossPrice: 33265,
    sumGrossPrice: 33265,
    taxRate: '19.00',
    unitNetPrice: 0,
    sumNetPrice: 0,
    unitPrice: 33265,
    unitTaxAmountFullAggregation: 4940,
    sumTaxAmountFullAggregation: 4940,
    refundableAmount: toPay,
    canceledAmount: 0,
    sumSubtotalAggregation: 34265,
    unitSubtotalAggregation: 34265,
    unitProductOptionPriceAggregation: 1000,
    sumProductOptionPriceAggregation: 1000,
    unitExpensePriceAggregation: 0,
    sumExpensePriceAggregation: null,
    unitDiscountAmountAggregation: discount,
    sumDiscountAmountAggregation: discount,
    unitDiscountAmountFullAggregation: discount,
    sumDiscountAmountFullAggregation: discount,
    unitPriceToPayAggregation: toPay,
    sumPriceToPayAggregation: toPay,
    taxRateAverageAggregation: '19.00',
    taxAmountAfterCancellation: null,
    orderReference: null,
    uuid,
    isReturnable: false,
    idShipment: 3001,
    bundleItemIdentifier: null,
    relatedBundleItemIdentifier: null,
    productOptions: [
      {
        optionGroupName: 'Warranty',
        sku: 'OP_2_year_waranty',
        optionName: 'Two (2) year limited warranty',
        price: 1000,
      },
    ],
    salesOrderConfiguredBundle: null,
    salesOrderConfiguredBundleItem: null,
    salesUnit: null,
    amount: null,
    state: 'new',
    merchantReference: null,
  }
}

describe('an order on the wire', () => {
  it('shows every figure of the published order', () => {
    const { attributes, ...rest } = renderOrder(order)
    const uuids = (attributes.items as { uuid: string }[]).map(item => item.uuid)
    expect(rest).toMatchObject({ type: 'orders', id: 'DE--3' })
    expect(attributes).toEqual({
      createdAt: '2026-11-21 09:14:16.274000',
      totals: {
        expenseTotal: 490,
        discountTotal: 7143,
        taxTotal: 9880,
        subtotal: 68530,
        grandTotal: 61877,
        canceledTotal: 0,
        remunerationTotal: 0,
      },
      currencyIsoCode: 'EUR',
      priceMode: 'GROSS_MODE',
      itemStates: ['new'],
      items: [wireItem(3327, 30938, uuids[0] ?? ''), wireItem(3326, 30939, uuids[1] ?? '')],
      expenses: [
        {
          type: 'SHIPMENT_EXPENSE_TYPE',
          name: 'Standard',
          sumPrice: 490,
          unitGrossPrice: 490,
          sumGrossPrice: 490,
          taxRate: '19.00',
          unitNetPrice: 0,
          sumNetPrice: 0,
          canceledAmount: null,
          unitDiscountAmountAggregation: null,
          sumDiscountAmountAggregation: null,
          unitTaxAmount: 0,
          sumTaxAmount: 0,
          unitPriceToPayAggregation: 0,
          sumPriceToPayAggregation: 0,
          taxAmountAfterCancellation: null,
          idShipment: 3001,
          idSalesExpense: 3001,
        },
      ],
      billingAddress: wireAddress,
      shippingAddress: wireAddress,
      payments: [{ amount: 61877, paymentProvider: 'DummyPayment', paymentMethod: 'invoice' }],
      shipments: [
        {
          shipmentMethodName: 'Standard',
          carrierName: 'Spryker Dummy Shipment',
          deliveryTime: null,
          defaultGrossPrice: 490,
          defaultNetPrice: 0,
          currencyIsoCode: 'EUR',
        },
      ],
      calculatedDiscounts: [
        {
          unitAmount: null,
          sumAmount: 490,
          displayName: 'Free standard delivery',
          description: null,
          voucherCode: null,
          quantity: 1,
        },
        {
          unitAmount: null,
          sumAmount: 6653,
          displayName: '10% Discount for all orders above',
          description: 'Ten percent.',
          voucherCode: null,
          quantity: 2,
        },
      ],
      bundleItems: [],
      merchantReferences: [],
    })
  })

  it('hides details in the history', () => {
    expect(Object.keys(renderOrderSummary(order).attributes)).toEqual([
      'createdAt',
      'totals',
      'currencyIsoCode',
      'priceMode',
      'itemStates',
    ])
  })

  it('explodes runs of equal pieces into single items', () => {
    const run = { ...(line.pieces[0] as PieceRun), count: 3 }
    const items = renderOrder(withPieces([run])).attributes.items as { uuid: string }[]
    expect(items).toHaveLength(3)
    expect(new Set(items.map(item => item.uuid)).size).toBe(3)
  })

  it('has no shipping address when it was shipped by `shipments`, even by one', () => {
    const split = withSnapshot({ cart: { ...pricedCart.cart, extras: { spryker: { isSplit: true } } } })
    expect(renderOrder(split).attributes.shippingAddress).toBeNull()
  })

  it('lists no shipments and no address when two shipments have different methods, one when they share it', () => {
    const other = { ...consignment, selected: express, items: [] }
    const { attributes } = renderOrder(withSnapshot({ consignments: [consignment, other] }))
    expect(attributes).toMatchObject({ shipments: [], shippingAddress: null })
    expect(attributes.expenses).toMatchObject([{ idShipment: 3001 }, { idShipment: 3002, sumPrice: 490 }])
    const same = renderOrder(
      withSnapshot({ consignments: [consignment, { ...other, selected: consignment.selected ?? express }] }),
    )
    expect(same.attributes.shipments).toHaveLength(1)
  })

  it('puts discounts of one name together and counts what they took from', () => {
    const again = { ...freeDelivery, id: 'free-2', amount: 10n }
    const { calculatedDiscounts } = renderOrder(withSnapshot({ discounts: [again, freeDelivery] })).attributes
    expect(calculatedDiscounts).toMatchObject([{ displayName: 'Free standard delivery', sumAmount: 500, quantity: 1 }])
  })

  it('shows gift cards as payments of their own, before the rest', () => {
    const card = {
      code: 'GIFT',
      integerId: 1,
      name: 'Gift',
      status: 'applied' as const,
      initial: 5000n,
      balance: 5000n,
      used: 5000n,
      remaining: 0n,
    }
    const { payments } = renderOrder(withSnapshot({ giftCards: [card] })).attributes
    expect(payments).toEqual([
      { amount: 5000, paymentProvider: 'GiftCard', paymentMethod: 'GiftCard' },
      { amount: 61877, paymentProvider: 'DummyPayment', paymentMethod: 'invoice' },
    ])
  })

  it('takes back a canceled order in full', () => {
    const { attributes } = renderOrder({ ...order, status: 'canceled' })
    expect(attributes).toMatchObject({
      totals: { grandTotal: 61877, canceledTotal: 61877 },
      itemStates: ['canceled'],
      items: [
        { refundableAmount: 0, canceledAmount: 30938 },
        { refundableAmount: 0, canceledAmount: 30939 },
      ],
    })
  })

  it.each([
    ['pending', 'pending', 'unfulfilled', 'payment pending'],
    ['confirmed', 'paid', 'unfulfilled', 'paid'],
    ['confirmed', 'paid', 'fulfilled', 'shipped'],
    ['confirmed', 'refunded', 'unfulfilled', 'refunded'],
  ] as const)('is in a state that people can read: %s, %s, %s', (status, paymentStatus, fulfillmentStatus, state) => {
    expect(renderOrder({ ...order, status, paymentStatus, fulfillmentStatus }).attributes.itemStates).toEqual([state])
  })
})

describe('the average tax rate of a piece', () => {
  const [first] = line.pieces

  it('is exact where option and item are taxed differently', () => {
    const [option] = line.options
    const snapshot = {
      lines: [{ ...line, options: option === undefined ? [] : [{ ...option, taxRate: { micros: 0n } }] }],
    }
    // 29938 x 19 / 119 of 30938: 30938 / (30938 - 4780.0168...) - 1 = 18.2737...%
    expect(renderOrder(withSnapshot(snapshot)).attributes.items).toMatchObject([
      { taxRateAverageAggregation: '18.27' },
      { taxRateAverageAggregation: '18.27' },
    ])
  })

  it('is zero where nothing is left to pay', () => {
    const free = { ...(first as PieceRun), price: 0n, options: 0n, discounts: [0n], toPay: 0n }
    const empty = withSnapshot({ lines: [{ ...line, options: [], pieces: [free] }] })
    expect(renderOrder(empty).attributes.items).toMatchObject([{ taxRateAverageAggregation: '0.00' }])
  })

  it('adds tax to net prices', () => {
    const net = { ...(first as PieceRun), price: 10_000n, options: 0n, discounts: [0n], toPay: 11_900n }
    const snapshot = {
      cart: { ...pricedCart.cart, priceMode: 'net' as const },
      lines: [{ ...line, options: [], pieces: [net] }],
    }
    expect(renderOrder(withSnapshot(snapshot)).attributes.items).toMatchObject([
      { taxRateAverageAggregation: '19.00', unitNetPrice: 10_000, unitGrossPrice: 0, sumPriceToPayAggregation: 11_900 },
    ])
  })
})

describe('what hangs on an order', () => {
  it('shipments name their pieces, each piece in one shipment', async () => {
    const half = { lineItemId: line.item.id, quantity: 1 }
    const split = withSnapshot({
      consignments: [
        { ...consignment, items: [half] },
        { ...consignment, items: [half], selected: express },
      ],
    })
    const resource = renderOrder(split)
    const items = resource.attributes.items as { uuid: string; idShipment: number }[]
    const shipments = await related(resource, 'order-shipments')
    expect(shipments).toMatchObject([
      { type: 'order-shipments', id: '3001', attributes: { itemUuids: [items[0]?.uuid], methodName: 'Standard' } },
      { type: 'order-shipments', id: '3002', attributes: { itemUuids: [items[1]?.uuid], methodName: 'Express' } },
    ])
    expect(items.map(item => item.idShipment)).toEqual([3001, 3002])
    expect(shipments[0]?.attributes).toEqual({
      itemUuids: [items[0]?.uuid],
      methodName: 'Standard',
      carrierName: 'Spryker Dummy Shipment',
      requestedDeliveryDate: null,
      shippingAddress: wireAddress,
    })
  })

  it('items are resources too, under the order', async () => {
    const resource = renderOrder(order)
    const [first] = await related(resource, 'order-items')
    const uuid = (resource.attributes.items as { uuid: string }[])[0]?.uuid ?? ''
    expect(first).toEqual({
      type: 'order-items',
      id: uuid,
      self: `/orders/DE--3/order-items/${uuid}`,
      attributes: wireItem(3327, 30938, uuid),
    })
  })
})
