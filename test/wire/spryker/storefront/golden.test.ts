import { expect, it } from 'vitest'
import { checkout, guestBasket, included, notebook, orderAddress, purchase, warranty } from '../basket.js'
import { describeGlue } from '../glue.js'

const tenPercent = '10% Discount for all orders above'
const freeStandard = 'Free standard delivery'
const line = { sku: notebook, quantity: 2, productOptions: [{ sku: warranty }] }

interface Figures {
  readonly currency: string
  readonly unit: number
  readonly option: number
  readonly shipping: number
  readonly shares: readonly [number, number]
  readonly unitTaxes: readonly [number, number]
}

function item(figures: Figures, index: 0 | 1): object {
  const { unit, option } = figures
  const share = figures.shares[index]
  const toPay = unit + option - share
  const tax = figures.unitTaxes[index]
  return {
    name: 'Acer Chromebook C730-C8T7',
    sku: notebook,
    sumPrice: unit,
    quantity: 1,
    metadata: { superAttributes: [], image: expect.any(String) },
    calculatedDiscounts: [
      {
        unitAmount: share,
        sumAmount: share,
        displayName: tenPercent,
        description: expect.any(String),
        voucherCode: null,
        quantity: 1,
      },
    ],
    unitGrossPrice: unit,
    sumGrossPrice: unit,
    taxRate: '19.00',
    unitNetPrice: 0,
    sumNetPrice: 0,
    unitPrice: unit,
    unitTaxAmountFullAggregation: tax,
    sumTaxAmountFullAggregation: tax,
    refundableAmount: toPay,
    canceledAmount: 0,
    sumSubtotalAggregation: unit + option,
    unitSubtotalAggregation: unit + option,
    unitProductOptionPriceAggregation: option,
    sumProductOptionPriceAggregation: option,
    unitExpensePriceAggregation: 0,
    sumExpensePriceAggregation: null,
    unitDiscountAmountAggregation: share,
    sumDiscountAmountAggregation: share,
    unitDiscountAmountFullAggregation: share,
    sumDiscountAmountFullAggregation: share,
    unitPriceToPayAggregation: toPay,
    sumPriceToPayAggregation: toPay,
    taxRateAverageAggregation: '19.00',
    taxAmountAfterCancellation: null,
    orderReference: null,
    uuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    isReturnable: false,
    idShipment: expect.any(Number),
    bundleItemIdentifier: null,
    relatedBundleItemIdentifier: null,
    productOptions: [{ optionGroupName: 'Warranty', sku: warranty, optionName: expect.any(String), price: option }],
    salesOrderConfiguredBundle: null,
    salesOrderConfiguredBundleItem: null,
    salesUnit: null,
    amount: null,
    state: 'new',
    merchantReference: null,
  }
}

/** Standard delivery, free. */
function expense(shipping: number): object {
  return {
    type: 'SHIPMENT_EXPENSE_TYPE',
    name: 'Standard',
    sumPrice: shipping,
    unitGrossPrice: shipping,
    sumGrossPrice: shipping,
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
    idShipment: expect.any(Number),
    idSalesExpense: expect.any(Number),
  }
}

/** The order of the seed, every member of it. */
function orderAttributes(figures: Figures): object {
  const { unit, option, shipping, shares, unitTaxes } = figures
  const itemDiscount = shares[0] + shares[1]
  const subtotal = 2 * (unit + option)
  const grandTotal = subtotal - itemDiscount
  return {
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
    totals: {
      expenseTotal: shipping,
      discountTotal: itemDiscount + shipping,
      taxTotal: unitTaxes[0] + unitTaxes[1],
      subtotal,
      grandTotal,
      canceledTotal: 0,
      remunerationTotal: 0,
    },
    currencyIsoCode: figures.currency,
    priceMode: 'GROSS_MODE',
    itemStates: ['new'],
    items: [item(figures, 0), item(figures, 1)],
    expenses: [expense(shipping)],
    billingAddress: orderAddress,
    shippingAddress: orderAddress,
    payments: [{ amount: grandTotal, paymentProvider: 'DummyPayment', paymentMethod: 'invoice' }],
    shipments: [
      {
        shipmentMethodName: 'Standard',
        carrierName: 'Spryker Dummy Shipment',
        deliveryTime: null,
        defaultGrossPrice: shipping,
        defaultNetPrice: 0,
        currencyIsoCode: figures.currency,
      },
    ],
    calculatedDiscounts: [
      {
        unitAmount: null,
        sumAmount: shipping,
        displayName: freeStandard,
        description: expect.any(String),
        voucherCode: null,
        quantity: 1,
      },
      {
        unitAmount: null,
        sumAmount: itemDiscount,
        displayName: tenPercent,
        description: expect.any(String),
        voucherCode: null,
        quantity: 2,
      },
    ],
    bundleItems: [],
    merchantReferences: [],
  }
}

// Source: seed 004 "Placing Orders", response sample; the golden samples A and L of the dialect document.
describeGlue('the published order', glue => {
  it('A: comes out to the cent, and the cart is gone', async () => {
    const { who, cartId } = await guestBasket(glue, line)
    const answer = await checkout(glue, who, purchase(cartId), '?include=orders')
    const reference = answer.json.data.attributes.orderReference
    expect(answer.status).toBe(201)
    expect(reference).toMatch(/^DE--\d+$/)
    expect(answer.json.data).toEqual({
      type: 'checkout',
      id: null,
      attributes: { orderReference: reference, redirectUrl: null, isExternalRedirect: null },
      links: { self: `${glue.baseUrl()}/checkout?include=orders` },
      relationships: { orders: { data: [{ type: 'orders', id: reference }] } },
    })
    const attributes = orderAttributes({
      currency: 'EUR',
      unit: 33265,
      option: 1000,
      shipping: 490,
      shares: [3327, 3326],
      unitTaxes: [4940, 4940],
    })
    const links = { self: `${glue.baseUrl()}/orders/${reference}` }
    expect(answer.json.included).toEqual([{ type: 'orders', id: reference, attributes, links }])
    expect(attributes).toMatchObject({
      totals: { expenseTotal: 490, discountTotal: 7143, taxTotal: 9880, subtotal: 68530, grandTotal: 61877 },
      items: [{ sumPriceToPayAggregation: 30938 }, { sumPriceToPayAggregation: 30939 }],
    })
    expect((await glue.send('GET', '/guest-carts', { ...who })).json.data).toEqual([])
    expect((await glue.send('GET', `/guest-carts/${cartId}`, { ...who })).status).toBe(404)
  })

  it('L: comes out in francs too', async () => {
    const { who, cartId } = await guestBasket(glue, line)
    const data = { type: 'guest-carts', attributes: { currency: 'CHF' } }
    await glue.send('PATCH', `/guest-carts/${cartId}`, { ...who, data })
    const answer = await checkout(glue, who, purchase(cartId), '?include=orders')
    expect(answer.status).toBe(201)
    const attributes = included(answer, 'orders')[0]?.attributes ?? {}
    const items = attributes.items as readonly { readonly sumTaxAmountFullAggregation: number }[]
    const unitTaxes = items.map(each => each.sumTaxAmountFullAggregation) as unknown as readonly [number, number]
    expect(unitTaxes[0] + unitTaxes[1]).toBe(11377)
    const francs = {
      currency: 'CHF',
      unit: 38255,
      option: 1200,
      shipping: 560,
      shares: [3826, 3825] as const,
      unitTaxes,
    }
    expect(attributes).toEqual(orderAttributes(francs))
    expect(attributes.totals).toMatchObject({ grandTotal: 71259 })
  })
})
