import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importExtraGoods } from '../extra-goods.js'
import { appId, demoKey, fault, goods, item, newYork, wixOver } from '../wix.js'

/**
 * What the data of V2's errors name: POST /ecom/v2/carts, POST /ecom/v2/carts/:cartId/add-line-items and the rest.
 * Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202, the ...ErrorData interfaces.
 */
const lineId = (number: number) => `00000000-0000-0000-0000-${number.toString().padStart(12, '0')}`

describeOnEachDatabase('the errors of V2', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importExtraGoods(getServer()))

  async function begin() {
    const auth = await wix.visitor()
    const cart = { customerInfo: { email: 'buyer@polytill.test' }, deliveryInfo: { address: newYork.address } }
    const made = await wix.send('POST', '/ecom/v2/carts', {
      auth,
      body: { cart, catalogItems: [item(goods.shirt)], coupons: [{ code: 'SUMMERSALE10' }] },
    })
    const { id } = made.json.cart
    const refused = async (path: string, body: object) => {
      const answer = await wix.send('POST', `/ecom/v2/carts/${id}${path}`, { auth, body })
      const { code, data } = answer.json.details.applicationError
      return [answer.status, code, data]
    }
    return { auth, id, cart: made.json.cart, refused }
  }

  it('tell a missing address from a missing way to deliver, which V1 does not', async () => {
    const auth = await wix.visitor()
    const made = await wix.send('POST', '/ecom/v2/carts', { auth, body: { catalogItems: [item(goods.shirt)] } })
    const { id } = made.json.cart
    const place = () => wix.send('POST', `/ecom/v2/carts/${id}/place-order`, { auth, body: {} })
    expect(fault(await place())).toEqual([428, 'MISSING_DELIVERY_ADDRESS'])
    const address = { country: 'US', subdivision: 'US-NY', city: 'New York', postalCode: '10011' }
    const cart = { customerInfo: { email: 'buyer@polytill.test' }, deliveryInfo: { address } }
    expect((await wix.send('PATCH', `/ecom/v2/carts/${id}`, { auth, body: { cart } })).status).toBe(200)
    await wix.send('POST', `/ecom/v2/carts/${id}/remove-delivery-method`, { auth, body: {} })
    expect((await place()).text).not.toContain('MISSING_DELIVERY_ADDRESS')
  })

  it('let a cart have 300 items and no more, in V1 as well', async () => {
    const auth = demoKey
    const custom = (from: number, count: number) =>
      Array.from({ length: count }, (_one, at) => ({
        quantity: 1,
        price: '1.00',
        productName: { original: `Item ${from + at}` },
        itemType: { preset: 'PHYSICAL' },
      }))
    const both = { lineItems: [item(goods.shirt)], customLineItems: custom(0, 300) }
    expect(fault(await wix.send('POST', '/ecom/v1/carts', { auth, body: both }))).toEqual([400, 'lineItems MAX_SIZE'])
    const made = await wix.send('POST', '/ecom/v1/carts', { auth, body: { customLineItems: custom(0, 299) } })
    const { id } = made.json.cart
    const path = `/ecom/v1/carts/${id}/add-to-cart`
    const two = await wix.send('POST', path, { auth, body: { customLineItems: custom(299, 2) } })
    expect(fault(two)).toEqual([400, 'lineItems MAX_SIZE'])
    const last = await wix.send('POST', path, { auth, body: { lineItems: [item(goods.shirt)] } })
    expect(last.json.cart.lineItems).toHaveLength(300)
    const more = await wix.send('POST', path, { auth, body: { lineItems: [item(goods.shirt)] } })
    expect(more.json.cart.lineItems[299]).toMatchObject({ quantity: 2 })
    const body = { catalogItems: [item(goods.mug), item(goods.shoe)] }
    const over = await wix.send('POST', `/ecom/v2/carts/${id}/add-line-items`, { auth, body })
    expect([over.status, over.json.details.applicationError]).toMatchObject([
      428,
      { code: 'MAX_LINE_ITEMS_EXCEEDED', data: { requestCount: 2, maxCount: 300 } },
    ])
  })

  it('name the code and the reason by which clients tell them apart', async () => {
    const { auth, id, refused } = await begin()
    const coupon = (code: string) => refused('/add-coupon', { coupon: { code } })
    expect(await coupon('SummerSale10')).toEqual([428, 'COUPON_ALREADY_EXISTS', { couponCode: 'SummerSale10' }])
    const off = await wix.send('GET', `/ecom/v2/carts/${id}`, { auth })
    const couponId = off.json.cart.coupons[0].id
    await wix.send('POST', `/ecom/v2/carts/${id}/remove-coupon`, { auth, body: { couponId } })
    for (const [code, name, data] of [
      ['NOBODY', 'INVALID_COUPON_CODE', {}],
      ['LATE', 'INVALID_COUPON_STATUS', { reason: 'EXPIRED' }],
      ['EARLY', 'INVALID_COUPON_STATUS', { reason: 'INACTIVE' }],
    ] as const) {
      expect((await coupon(code)).slice(1)).toEqual([name, { couponCode: code, ...data }])
    }
    for (const [code, name, data] of [
      ['NOSUCHCARD', 'INVALID_GIFT_CARD_CODE', {}],
      ['SHORT', 'INVALID_GIFT_CARD_CODE', {}],
      ['EXPIREDCARD', 'INVALID_GIFT_CARD_STATUS', { reason: 'EXPIRED' }],
      ['DISABLEDCARD', 'INVALID_GIFT_CARD_STATUS', { reason: 'DISABLED' }],
      ['EMPTYCARD', 'INVALID_GIFT_CARD_STATUS', { reason: 'EMPTY_BALANCE' }],
    ] as const) {
      const answer = await refused('/add-gift-card', { giftCard: { code } })
      expect(answer.slice(1)).toEqual([name, { giftCardCode: code, ...data }])
    }
    const made = await wix.send('POST', '/ecom/v2/carts', {
      auth,
      body: { catalogItems: [item(goods.mug)], coupons: [{ code: 'LATE' }] },
    })
    expect(made.json.details.applicationError.data).toEqual({ couponCode: 'LATE', reason: 'EXPIRED' })
  })

  it('name what the cart has not', async () => {
    const { refused } = await begin()
    const unknown = '11111111-0000-4000-8000-000000000001'
    expect(await refused('/remove-coupon', { couponId: unknown })).toEqual([
      404,
      'COUPON_NOT_FOUND_IN_CART',
      { couponId: unknown },
    ])
    expect(await refused('/remove-gift-card', { giftCardId: unknown })).toEqual([
      404,
      'GIFT_CARD_NOT_FOUND_IN_CART',
      { giftCardId: unknown },
    ])
    const noLine = [404, 'LINE_ITEM_NOT_FOUND_IN_CART', { lineItemIds: [lineId(9)] }]
    expect(await refused('/remove-line-items', { lineItemIds: [lineId(9)] })).toEqual(noLine)
    const set = (lineItemId: string) => ({ lineItemId, quantity: { newQuantity: 2 } })
    expect(await refused('/update-line-items', { lineItems: [set(lineId(9))] })).toEqual(noLine)
    expect(await refused('/update-line-items', { lineItems: [set(lineId(1)), set(lineId(1))] })).toEqual([
      400,
      'DUPLICATE_LINE_ITEM_UPDATES',
      { duplicateLineItemIds: [lineId(1)] },
    ])
    expect(await refused('/set-delivery-method', { deliveryMethod: { code: 'pigeon' } })).toEqual([
      404,
      'DELIVERY_METHOD_NOT_FOUND',
      expect.objectContaining({ code: 'pigeon' }),
    ])
  })

  it('name every item that the catalog has not, by its reference', async () => {
    const { refused } = await begin()
    const other = '7d3c0c3e-0001-4a6b-9b61-000000888888'
    const body = { catalogItems: [item(goods.nothing), item(goods.mug), item(other)] }
    expect(await refused('/add-line-items', body)).toEqual([
      404,
      'ITEM_NOT_FOUND_IN_CATALOG',
      {
        invalidItems: [
          { catalogReference: { appId, catalogItemId: goods.nothing } },
          { catalogReference: { appId, catalogItemId: other } },
        ],
      },
    ])
  })

  it('tell a new cart too what its delivery method lacks', async () => {
    const auth = await wix.visitor()
    const customerInfo = { email: 'buyer@polytill.test' }
    const whole = {
      cart: { customerInfo, deliveryInfo: { address: newYork.address } },
      catalogItems: [item(goods.shirt)],
      deliveryMethod: { code: 'standard-us-shipping' },
    }
    for (const path of ['/ecom/v2/carts', '/ecom/v2/carts/current']) {
      const make = (more: object) => wix.send('POST', path, { auth, body: { ...whole, ...more } })
      expect(fault(await make({ cart: { customerInfo } }))).toEqual([428, 'DELIVERY_METHOD_MISSING_ADDRESS'])
      expect(fault(await make({ catalogItems: [] }))).toEqual([428, 'DELIVERY_METHOD_MISSING_LINE_ITEMS'])
      expect(fault(await make({ deliveryMethod: { code: 'pigeon' } }))).toEqual([404, 'DELIVERY_METHOD_NOT_FOUND'])
    }
    const made = await wix.send('POST', '/ecom/v2/carts', { auth, body: whole })
    expect(made.json.cart.deliveryInfo.method.code).toBe('standard-us-shipping')
    // The current cart knows the address by now.
    const again = await wix.send('POST', '/ecom/v2/carts/current', {
      auth,
      body: { catalogItems: [], deliveryMethod: whole.deliveryMethod },
    })
    expect(again.json.cart.deliveryInfo.method.code).toBe('standard-us-shipping')
  })

  it('name the cart that was ordered already', async () => {
    const { auth, id, refused } = await begin()
    await wix.send('POST', `/ecom/v2/carts/${id}/mark-cart-as-completed`, { auth, body: {} })
    expect(await refused('/remove-delivery-method', {})).toEqual([428, 'CART_ALREADY_ORDERED', { cartId: id }])
  })
})
