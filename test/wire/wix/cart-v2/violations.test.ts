import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importEntries } from '../../vtex/more-goods.js'
import { importExtraGoods } from '../extra-goods.js'
import { goods, item, newYork, wixOver } from '../wix.js'

const lineId = (number: number) => `00000000-0000-0000-0000-${number.toString().padStart(12, '0')}`
const buyer = { email: 'buyer@polytill.test', firstName: 'Test', lastName: 'Buyer' }
const filledIn = {
  customerInfo: buyer,
  deliveryInfo: { address: newYork.address },
  paymentInfo: { billingAddress: newYork.address, billingContact: { firstName: 'Test', lastName: 'Buyer' } },
}

// Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202, `V2Violation` and its ...Data; `calculationErrors` is deprecated there.
describeOnEachDatabase('violations of a V2 cart', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importExtraGoods(getServer()))

  async function begin(body: object = {}) {
    const auth = await wix.visitor()
    const made = await wix.send('POST', '/ecom/v2/carts', {
      auth,
      body: { cart: filledIn, catalogItems: [item(goods.shirt)], ...body },
    })
    expect(made.status, made.text).toBe(200)
    const post = (path: string, sent: object = {}) =>
      wix.send('POST', `/ecom/v2/carts/${made.json.cart.id}${path}`, { auth, body: sent })
    return { post, violations: async () => (await post('/calculate')).json.summary.violations }
  }

  /** The cart's order, paid by what is left after its gift cards. */
  async function order(body: object) {
    const { post } = await begin(body)
    await post('/set-delivery-method', { deliveryMethod: { code: 'standard-us-shipping' } })
    const placed = await post('/place-order')
    expect(placed.status, placed.text).toBe(200)
  }

  it('are none where nothing is wrong, or merely not filled in', async () => {
    expect(await (await begin()).violations()).toEqual([])
    expect(await (await begin({ cart: {} })).violations()).toEqual([])
  })

  it('name all items of which there are too few, in one', async () => {
    const { post, violations } = await begin({ catalogItems: [item(goods.shoe, 30), item(goods.shirt)] })
    const { post: other } = await begin({ catalogItems: [item(goods.shoe, 30)] })
    await other('/set-delivery-method', { deliveryMethod: { code: 'standard-us-shipping' } })
    await other('/place-order')
    expect(await violations()).toEqual([
      {
        ...{ severity: 'ERROR', scope: 'LINE_ITEM', code: 'LINE_ITEMS_OUT_OF_STOCK' },
        description: 'The item is sold out.',
        lineItemsOutOfStockData: { lineItemIds: [lineId(1)], allLineItemsOutOfStock: false },
      },
    ])
    await post('/set-delivery-method', { deliveryMethod: { code: 'standard-us-shipping' } })
    const refused = await post('/place-order')
    expect(refused.json.details.applicationError.code).toBe('LINE_ITEMS_OUT_OF_STOCK')
  })

  it('tell of a coupon that somebody else used up, and of one that does nothing here', async () => {
    const { violations } = await begin({ coupons: [{ code: 'SPENT' }] })
    await order({ coupons: [{ code: 'SPENT' }] })
    expect(await violations()).toEqual([
      {
        ...{ severity: 'ERROR', scope: 'DISCOUNT', code: 'INVALID_COUPON_STATUS' },
        description: 'The coupon was used as often as it may be.',
        invalidCouponStatusData: { couponCode: 'SPENT', reason: 'MAX_USAGE_EXCEEDED' },
      },
    ])
    const idle = await begin({ coupons: [{ code: 'DEAR' }] })
    expect(await idle.violations()).toMatchObject([
      {
        ...{ severity: 'WARNING', scope: 'DISCOUNT', code: 'INVALID_COUPON_STATUS' },
        invalidCouponStatusData: { couponCode: 'DEAR', reason: 'NOT_APPLICABLE_TO_SELECTED_LINE_ITEMS' },
      },
    ])
  })

  it('tell of a gift card that was emptied meanwhile, without its code', async () => {
    const { post, violations } = await begin()
    const added = await post('/add-gift-card', { giftCard: { code: 'SECONDCARD' } })
    const [card] = added.json.cart.paymentInfo.giftCards
    await order({ catalogItems: [item(goods.shirt, 10)], giftCards: [{ code: 'SECONDCARD' }] })
    const [told] = await violations()
    expect(told).toEqual({
      ...{ severity: 'ERROR', scope: 'GIFT_CARD', code: 'INVALID_GIFT_CARD_STATUS' },
      description: 'The gift card is empty.',
      invalidGiftCardStatusData: {
        giftCardCode: card.obfuscatedCode,
        giftCardId: card.id,
        reason: 'EMPTY_BALANCE',
      },
    })
  })

  it('tell that nothing is delivered to a place', async () => {
    const address = { country: 'DE', city: 'Berlin', postalCode: '10115', addressLine1: 'Long Street 1' }
    const { violations } = await begin({ cart: { ...filledIn, deliveryInfo: { address } } })
    expect(await violations()).toEqual([
      {
        ...{ severity: 'ERROR', scope: 'DELIVERY', code: 'GENERAL_CODE' },
        description: 'Nothing is delivered to this address.',
      },
    ])
  })

  it('tell how much is missing to the least that is sold', async () => {
    const message = 'Orders begin at 40.00'
    const store = JSON.parse(await readFile('demo/store.json', 'utf8'))
    const channel = store.channels.find(({ id }: { id: string }) => id === 'us-wix')
    const withLeast = { ...channel, thresholds: [{ kind: 'hard_minimum', amount: '40.00', message }] }
    await importEntries(getServer(), [{ kind: 'channel', ...withLeast }])
    const { violations } = await begin()
    expect(await violations()).toEqual([
      {
        ...{ severity: 'ERROR', scope: 'GLOBAL', code: 'SUBTOTAL_BELOW_ORDER_MINIMUM', description: message },
        subtotalBelowOrderMinimumData: {
          minimumOrderSubtotal: { amount: '40.00', convertedAmount: '40.00' },
          remainingAmount: { amount: '30.00', convertedAmount: '30.00' },
        },
      },
    ])
  })
})
