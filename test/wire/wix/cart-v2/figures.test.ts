import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importEntries } from '../extra-goods.js'
import { demoKey, fault, goods, item, newYork, wixOver } from '../wix.js'

/**
 * What a summary of V2 adds up to: POST /ecom/v2/carts, POST /ecom/v2/carts/:cartId/calculate, POST /ecom/v2/carts/:cartId/estimate.
 * Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202, V2PriceSummary, ItemPricingInfo, Discount, V2TaxSummary.
 */
const taxed = '7d3c0c3e-0001-4a6b-9b61-000000000950'
const lineId = (number: number) => `00000000-0000-0000-0000-${number.toString().padStart(12, '0')}`
const plain = (amount: string) => ({ amount, convertedAmount: amount })

function promotion(integerId: number, name: string, benefit: object, code?: string) {
  return {
    kind: 'promotion',
    id: `v2-${integerId}`,
    integerId,
    name,
    channels: ['us-wix'],
    benefits: [benefit],
    ...(code === undefined ? {} : { coupons: [{ code, integerId }] }),
  }
}

/** Priced as its channel is when it comes in. */
const taxedGoods = {
  kind: 'variant',
  sku: 'TAXED',
  productId: 950,
  variantId: 950,
  name: 'Taxed',
  taxClass: 'standard',
  externalIds: { wixCatalogItemId: taxed },
  prices: { 'us-wix': '119.00' },
  stock: 100,
}

const entries: readonly object[] = [
  promotion(951, 'Mugs for less', {
    kind: 'percent_off_lines',
    rate: '20',
    of: { skus: ['MUG-1'] },
  }),
  promotion(
    952,
    'Ten per cent off shoes',
    { kind: 'percent_off_lines', rate: '10', of: { skus: ['SHOE'] } },
    'SHOES10',
  ),
  promotion(953, 'Half the shipping', { kind: 'percent_off_shipping', rate: '50' }, 'HALFSHIP'),
]

/** The channel of the demo store, with prices that contain a tax of 19 %. */
function grossChannel(): object {
  const { channels } = JSON.parse(readFileSync('demo/store.json', 'utf8'))
  const channel = channels.find(({ id }: { readonly id: string }) => id === 'us-wix')
  const rates = [{ id: 'us-19', integerId: 919, name: 'Sales tax', rate: '19', taxClasses: ['standard'] }]
  return {
    kind: 'channel',
    ...channel,
    priceMode: 'gross',
    policy: { preset: 'netPerLineStacked', tax: { entry: 'gross', display: 'gross' } },
    taxZones: [{ id: 'us-tax', name: 'United States', areas: ['US'], rates }],
  }
}

/** Every amount of the price summary, which must make its total. */
function amountsOf(priceSummary: Readonly<Record<string, { readonly amount: string }>>) {
  const amounts = Object.fromEntries(Object.entries(priceSummary).map(([name, { amount }]) => [name, amount]))
  const cents = (name: string) => BigInt((amounts[name] ?? '').replace('.', ''))
  expect(cents('subtotal') - cents('discount') + cents('delivery') + cents('additionalFees') + cents('tax')).toBe(
    cents('total'),
  )
  return amounts
}

describeOnEachDatabase('the figures of V2', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importEntries(getServer(), entries))

  async function calculated(catalogItems: readonly object[], code?: string) {
    const auth = await wix.visitor()
    const customerInfo = { email: 'buyer@polytill.test' }
    const coupons = code === undefined ? [] : [{ code }]
    const made = await wix.send('POST', '/ecom/v2/carts', {
      auth,
      body: { cart: { customerInfo, deliveryInfo: { address: newYork.address } }, catalogItems, coupons },
    })
    expect(made.status, made.text).toBe(200)
    return (await wix.send('POST', `/ecom/v2/carts/${made.json.cart.id}/calculate`, { auth, body: {} })).json
  }

  it('have what an automatic rule takes off an item in its price, and in the subtotal', async () => {
    const { cart, summary } = await calculated([item(goods.mug, 3), item(goods.shirt)])
    const name = { original: 'Mugs for less', translated: 'Mugs for less' }
    const source = { sourceType: 'AUTOMATIC_RULE' }
    expect(cart.subtotal).toEqual(plain('40.00'))
    expect(cart.lineItems[0]).toMatchObject({
      pricing: {
        unitPrice: plain('10'),
        totalPrice: plain('30'),
        breakdown: { fullPrice: plain('12.5'), salePrice: plain('12.5') },
      },
      discounts: [{ name, amountOff: plain('7.50'), source }],
    })
    expect(cart.lineItems[1].discounts).toEqual([])
    expect(summary.lineItems).toEqual([
      { lineItemId: lineId(1), quantity: 3, unitPrice: plain('10.00'), totalPrice: plain('30.00') },
      { lineItemId: lineId(2), quantity: 1, unitPrice: plain('10.00'), totalPrice: plain('10.00') },
    ])
    expect(summary.discounts).toEqual([
      {
        name,
        source,
        scope: 'LINE_ITEM',
        total: plain('7.50'),
        lineItemDiscounts: [{ lineItemId: lineId(1), amountOff: plain('7.50') }],
      },
    ])
    expect(amountsOf(summary.priceSummary)).toEqual({
      subtotal: '40.00',
      discount: '0.00',
      delivery: '10.00',
      additionalFees: '0.00',
      tax: '0.00',
      total: '50.00',
    })
  })

  it('have what a coupon takes off an item there too, and what it takes off the cart beside it', async () => {
    const shoes = await calculated([item(goods.shoe)], 'SHOES10')
    expect(shoes.cart.lineItems[0]).toMatchObject({
      pricing: { unitPrice: plain('76.5'), totalPrice: plain('76.5') },
      discounts: [{ amountOff: plain('8.50'), source: { sourceType: 'COUPON', couponCode: 'SHOES10' } }],
    })
    expect(amountsOf(shoes.summary.priceSummary)).toMatchObject({ subtotal: '76.50', discount: '0.00', total: '86.50' })
    const { cart, summary } = await calculated([item(goods.shoe)], 'SUMMERSALE10')
    expect(cart.lineItems[0]).toMatchObject({ pricing: { totalPrice: plain('85') }, discounts: [] })
    expect(summary.discounts).toMatchObject([{ scope: 'CART_SUBTOTAL', total: plain('10.00'), lineItemDiscounts: [] }])
    expect(amountsOf(summary.priceSummary)).toMatchObject({ subtotal: '85.00', discount: '10.00', total: '85.00' })
  })

  it('have the delivery after its discount, and tell its price before it', async () => {
    const { summary } = await calculated([item(goods.shoe)], 'HALFSHIP')
    expect(summary.deliverySummary.price).toEqual(plain('10.00'))
    expect(summary.discounts).toMatchObject([{ scope: 'DELIVERY', total: plain('5.00'), lineItemDiscounts: [] }])
    expect(amountsOf(summary.priceSummary)).toMatchObject({ delivery: '5.00', discount: '0.00', total: '90.00' })
  })

  it('of an estimate are without what nobody asked for', async () => {
    const { cart } = await calculated([item(goods.shoe)])
    const estimate = async (body: object) => {
      const answer = await wix.send('POST', `/ecom/v2/carts/${cart.id}/estimate`, { auth: demoKey, body })
      return answer.json.summary
    }
    const bare = await estimate({})
    expect(amountsOf(bare.priceSummary)).toMatchObject({ delivery: '0.00', total: '85.00' })
    const whole = await estimate({ calculateDelivery: true, calculateTax: true })
    expect(amountsOf(whole.priceSummary)).toMatchObject({ delivery: '10.00', total: '95.00' })
  })

  it('have the modifiers of a custom item in its prices, and tell them', async () => {
    const money = (amount: string) => ({ amount })
    const name = { original: 'Pizza', translated: 'Pizza' }
    const label = { original: 'Olives', translated: 'Olives' }
    const deliveryProfileId = '6d3c0c3e-0001-4a6b-9b61-000000000001'
    const customItems = [
      {
        name,
        quantityInfo: { requestedQuantity: 2 },
        pricing: { price: money('10'), fullPrice: money('12') },
        attributes: { itemType: { preset: 'PHYSICAL' } },
        deliveryConfig: { deliveryProfileId },
        modifierGroups: [{ name: label, modifiers: [{ label, quantity: 2, price: money('1.50') }] }],
      },
    ]
    const made = await wix.send('POST', '/ecom/v2/carts', { auth: demoKey, body: { customItems } })
    expect(made.status, made.text).toBe(200)
    expect(made.json.cart.lineItems).toMatchObject([
      {
        name,
        pricing: {
          unitPrice: plain('13'),
          totalPrice: plain('26'),
          breakdown: { fullPrice: plain('15'), salePrice: plain('13'), totalModifiersPrice: plain('3') },
        },
        deliveryConfig: { deliveryProfileId },
      },
    ])
    expect(made.json.cart.lineItems[0].modifierGroups).toEqual([
      { name: label, modifiers: [{ label, quantity: 2, price: plain('1.5') }] },
    ])
    const many = Array.from({ length: 101 }, () => customItems[0])
    const full = await wix.send('POST', '/ecom/v2/carts', { auth: demoKey, body: { customItems: many } })
    expect([full.status, full.json.cart?.lineItems.length]).toEqual([200, 101])
    const bad = [{ ...customItems[0], modifierGroups: [{ modifiers: [{ price: '1.50' }] }] }]
    const refused = await wix.send('POST', '/ecom/v2/carts', { auth: demoKey, body: { customItems: bad } })
    expect(fault(refused)).toEqual([400, 'customItems[0].modifierGroups[0].modifiers[0].price FORMAT'])
  })

  it('tell a tax that prices contain in the tax summary alone', async () => {
    await importEntries(getServer(), [grossChannel(), taxedGoods])
    const { cart, summary } = await calculated([item(taxed, 2)])
    expect(cart.taxInfo).toEqual({ pricesIncludeTax: true })
    expect(summary.taxSummary).toMatchObject({
      pricesIncludeTax: true,
      lineItemTaxes: [{ lineItemId: lineId(1), tax: plain('38.00'), rate: '0.19' }],
    })
    expect(amountsOf(summary.priceSummary)).toMatchObject({ subtotal: '238.00', tax: '0.00', total: '248.00' })
  })
})
