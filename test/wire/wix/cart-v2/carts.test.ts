import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importExtraGoods } from '../extra-goods.js'
import { demoKey, fault, firstMember, goods, item, newYork, secondMember, wixOver } from '../wix.js'

/**
 * Tested here, of any cart and of the current one: POST /ecom/v2/carts, POST /ecom/v2/carts/current,
 * GET /ecom/v2/carts/:cartId, GET /ecom/v2/carts/current, PATCH /ecom/v2/carts/:cartId, PATCH /ecom/v2/carts/current,
 * DELETE /ecom/v2/carts/:cartId, DELETE /ecom/v2/carts/current, POST /ecom/v2/carts/:cartId/refresh,
 * POST /ecom/v2/carts/current/refresh, POST /ecom/v2/carts/:cartId/calculate, POST /ecom/v2/carts/current/calculate,
 * POST /ecom/v2/carts/:cartId/estimate, POST /ecom/v2/carts/current/estimate,
 * POST /ecom/v2/carts/:cartId/add-line-items, POST /ecom/v2/carts/current/add-line-items,
 * POST /ecom/v2/carts/:cartId/remove-line-items, POST /ecom/v2/carts/current/remove-line-items,
 * POST /ecom/v2/carts/:cartId/update-line-items, POST /ecom/v2/carts/current/update-line-items,
 * POST /ecom/v2/carts/:cartId/add-coupon, POST /ecom/v2/carts/current/add-coupon,
 * POST /ecom/v2/carts/:cartId/remove-coupon, POST /ecom/v2/carts/current/remove-coupon,
 * POST /ecom/v2/carts/:cartId/set-delivery-method, POST /ecom/v2/carts/current/set-delivery-method,
 * POST /ecom/v2/carts/:cartId/remove-delivery-method, POST /ecom/v2/carts/current/remove-delivery-method,
 * POST /ecom/v2/carts/:cartId/add-gift-card, POST /ecom/v2/carts/current/add-gift-card,
 * POST /ecom/v2/carts/:cartId/remove-gift-card, POST /ecom/v2/carts/current/remove-gift-card,
 * POST /ecom/v2/carts/:cartId/get-checkout-url, POST /ecom/v2/carts/:cartId/place-order and
 * POST /ecom/v2/carts/:cartId/mark-cart-as-completed
 */
const lineId = (number: number) => `00000000-0000-0000-0000-${number.toString().padStart(12, '0')}`
const plain = (amount: string) => ({ amount, convertedAmount: amount })
const { address } = newYork
const filledIn = {
  customerInfo: { email: 'buyer@polytill.test', firstName: 'Test', lastName: 'Buyer', phone: '+1 212 555 0100' },
  deliveryInfo: { address },
  paymentInfo: { billingAddress: address, billingContact: { firstName: 'Test', lastName: 'Buyer' } },
}

describeOnEachDatabase('carts of V2', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importExtraGoods(getServer()))

  async function begin(kind: 'current' | 'named' = 'named', body: object = {}) {
    const auth = await wix.visitor()
    const catalogItems = [item(goods.shirt, 3), item(goods.shoe)]
    const base = '/ecom/v2/carts'
    const made = await wix.send('POST', kind === 'current' ? `${base}/current` : base, {
      auth,
      body: { catalogItems, ...body },
    })
    expect(made.status, made.text).toBe(200)
    const { cart } = made.json
    const path = kind === 'current' ? `${base}/current` : `${base}/${cart.id}`
    const send = (method: string, more: string, sent?: object) =>
      wix.send(method, path + more, { auth, ...(sent === undefined ? {} : { body: sent }) })
    return {
      auth,
      cart,
      send,
      byId: (more: string, sent: object = {}) => wix.send('POST', `${base}/${cart.id}${more}`, { auth, body: sent }),
    }
  }

  describe.each(['named', 'current'] as const)('a %s one', kind => {
    it('is cart and checkout in one: made, filled in, priced, and read', async () => {
      const { auth, cart, send } = await begin(kind)
      expect(cart).toMatchObject({
        revision: '1',
        subtotal: plain('115.00'),
        coupons: [],
        orderPlaced: false,
        currentCart: true,
        lineItems: [
          {
            id: lineId(1),
            name: { original: 'Shirt' },
            quantityInfo: { confirmedQuantity: 3, requestedQuantity: 3, availableQuantity: 1000 },
            pricing: { unitPrice: { amount: '10' }, totalPrice: { amount: '30' } },
            status: 'IN_STOCK',
            customLineItem: false,
          },
          { id: lineId(2), quantityInfo: { confirmedQuantity: 1 } },
        ],
      })
      const updated = await send('PATCH', '', { cart: { ...filledIn, note: 'Ring twice' } })
      expect(updated.json.cart).toMatchObject({
        note: 'Ring twice',
        customerInfo: { email: 'buyer@polytill.test', firstName: 'Test', lastName: 'Buyer' },
        deliveryInfo: { address: { ...address, countryFullname: 'United States' } },
        paymentInfo: { billingAddress: { city: 'New York' }, billingContact: { lastName: 'Buyer' } },
      })
      const { cart: read, summary } = (await send('POST', '/calculate', {})).json
      expect(read).toEqual((await send('GET', '')).json.cart)
      expect(summary).toMatchObject({
        cartId: cart.id,
        priceSummary: { subtotal: plain('115.00'), delivery: plain('10.00'), total: plain('125.00') },
        deliverySummary: { method: { code: 'standard-us-shipping' }, price: plain('10.00') },
        paymentSummary: { requiresPaymentAfterGiftCard: true, totalAfterGiftCards: plain('125.00') },
        violations: [],
      })
      const all = {
        calculateDelivery: true,
        calculateTax: true,
        calculateAdditionalFees: true,
        calculateGiftCards: true,
      }
      expect((await send('POST', '/estimate', all)).json.summary).toEqual(summary)
      expect((await send('POST', '/refresh', {})).json.cart).toEqual(read)
      // The same thing by the paths of V1.
      const checkout = await wix.send('GET', `/ecom/v1/checkouts/${cart.id}`, { auth })
      expect(checkout.json.checkout.priceSummary.total.amount).toBe('125.00')
    })

    it('takes lines, quantities and removals, and refuses what makes no sense', async () => {
      const { send } = await begin(kind)
      const added = await send('POST', '/add-line-items', { catalogItems: [item(goods.shirt, 2), item(goods.mug)] })
      expect(added.json.cart.lineItems.map((line: { quantityInfo: object }) => line.quantityInfo)).toMatchObject([
        { confirmedQuantity: 5 },
        { confirmedQuantity: 1 },
        { confirmedQuantity: 1 },
      ])
      const set = (lineItemId: string, newQuantity: number) => ({ lineItemId, quantity: { newQuantity } })
      const updated = await send('POST', '/update-line-items', { lineItems: [set(lineId(2), 99), set(lineId(3), 2)] })
      expect(updated.json.cart.lineItems[1].quantityInfo.confirmedQuantity).toBe(30)
      const removed = await send('POST', '/remove-line-items', { lineItemIds: [lineId(2)] })
      expect(removed.json.cart.lineItems.map((line: { id: string }) => line.id)).toEqual([lineId(1), lineId(3)])
      const { revision } = removed.json.cart
      for (const [path, body, expected] of [
        ['/add-line-items', {}, [400, 'NO_LINE_ITEMS_TO_ADD']],
        ['/add-line-items', { catalogItems: [item(goods.nothing)] }, [404, 'ITEM_NOT_FOUND_IN_CATALOG']],
        ['/add-line-items', { catalogItems: [item(goods.mug, 0)] }, [400, 'catalogItems[0].quantity MIN']],
        ['/update-line-items', { lineItems: [] }, [400, 'EMPTY_LINE_ITEM_UPDATES']],
        [
          '/update-line-items',
          { lineItems: [set(lineId(1), 1), set(lineId(1), 2)] },
          [400, 'DUPLICATE_LINE_ITEM_UPDATES'],
        ],
        ['/update-line-items', { lineItems: [set(lineId(9), 1)] }, [404, 'LINE_ITEM_NOT_FOUND_IN_CART']],
        ['/remove-line-items', { lineItemIds: [lineId(9)] }, [404, 'LINE_ITEM_NOT_FOUND_IN_CART']],
      ] as const) {
        expect(fault(await send('POST', path, body))).toEqual(expected)
      }
      expect((await send('GET', '')).json.cart.revision).toBe(revision)
    })

    it('takes one coupon and one gift card, and gives them back', async () => {
      const { send } = await begin(kind, { cart: filledIn })
      const coupon = (code: string) => send('POST', '/add-coupon', { coupon: { code } })
      const couponed = await coupon('SUMMERSALE10')
      expect(couponed.json.cart.coupons).toMatchObject([{ code: 'SUMMERSALE10' }])
      expect(fault(await coupon('summersale10'))).toEqual([428, 'COUPON_ALREADY_EXISTS'])
      expect(fault(await coupon('DEAR'))).toEqual([428, 'MAX_COUPONS_PER_CART_EXCEEDED'])
      const card = (code: string, more: object = {}) => send('POST', '/add-gift-card', { giftCard: { code, ...more } })
      const paid = await card('GIFT50DEMO', { redeemAmount: { amount: '20' } })
      const [giftCard] = paid.json.cart.paymentInfo.giftCards
      expect(giftCard).toMatchObject({
        obfuscatedCode: '****-****-****-DEMO',
        requestedRedeemAmount: plain('20.00'),
      })
      expect(fault(await card('GIFT50DEMO'))).toEqual([428, 'GIFT_CARD_ALREADY_EXISTS'])
      expect(fault(await card('SECONDCARD'))).toEqual([428, 'MAX_GIFT_CARDS_PER_CART_EXCEEDED'])
      const { summary } = (await send('POST', '/calculate', {})).json
      expect(summary.priceSummary).toMatchObject({ discount: plain('10.00'), total: plain('115.00') })
      expect(summary.discounts).toMatchObject([
        { source: { sourceType: 'COUPON', couponCode: 'SUMMERSALE10' }, scope: 'CART_SUBTOTAL', total: plain('10.00') },
      ])
      expect(summary.paymentSummary).toMatchObject({
        giftCards: [{ giftCardId: giftCard.id, redeemAmount: plain('20.00') }],
        totalAfterGiftCards: plain('95.00'),
      })
      const off = (path: string, body: object) => send('POST', path, body)
      const couponId = couponed.json.cart.coupons[0].id
      expect(fault(await off('/remove-coupon', { couponId: giftCard.id }))).toEqual([404, 'COUPON_NOT_FOUND_IN_CART'])
      expect((await off('/remove-coupon', { couponId })).json.cart.coupons).toEqual([])
      expect(fault(await off('/remove-gift-card', { giftCardId: couponId }))).toEqual([
        404,
        'GIFT_CARD_NOT_FOUND_IN_CART',
      ])
      expect((await off('/remove-gift-card', { giftCardId: giftCard.id })).json.cart.paymentInfo.giftCards).toEqual([])
      for (const [code, status, name] of [
        ['NOBODY', 404, 'INVALID_COUPON_CODE'],
        ['LATE', 428, 'INVALID_COUPON_STATUS'],
        ['EARLY', 428, 'INVALID_COUPON_STATUS'],
      ] as const) {
        expect(fault(await coupon(code))).toEqual([status, name])
      }
      for (const [code, status, name] of [
        ['NOSUCHCARD', 404, 'INVALID_GIFT_CARD_CODE'],
        ['SHORT', 404, 'INVALID_GIFT_CARD_CODE'],
        ['EXPIREDCARD', 428, 'INVALID_GIFT_CARD_STATUS'],
      ] as const) {
        expect(fault(await card(code))).toEqual([status, name])
      }
    })

    it('takes a delivery method where there is somewhere to send to', async () => {
      const { send } = await begin(kind, { cart: { customerInfo: filledIn.customerInfo } })
      const choose = (code: string) => send('POST', '/set-delivery-method', { deliveryMethod: { code } })
      expect(fault(await choose('standard-us-shipping'))).toEqual([428, 'DELIVERY_METHOD_MISSING_ADDRESS'])
      await send('PATCH', '', { cart: { deliveryInfo: { address } } })
      expect(fault(await choose('pigeon'))).toEqual([404, 'DELIVERY_METHOD_NOT_FOUND'])
      const chosen = await choose('standard-us-shipping')
      expect(chosen.json.cart.deliveryInfo.method).toEqual({
        code: 'standard-us-shipping',
        title: { original: 'Standard US Shipping', translated: 'Standard US Shipping' },
        pickup: false,
      })
      const freed = await send('POST', '/remove-delivery-method', {})
      expect(freed.json.cart.deliveryInfo).not.toHaveProperty('method')
      expect(freed.json.cart.deliveryInfo.address.city).toBe('New York')
      await send('POST', '/remove-line-items', { lineItemIds: [lineId(1), lineId(2)] })
      expect(fault(await choose('standard-us-shipping'))).toEqual([428, 'DELIVERY_METHOD_MISSING_LINE_ITEMS'])
    })

    it('is deleted, and gone', async () => {
      const { send } = await begin(kind)
      expect((await send('DELETE', '')).json).toEqual({})
      expect(fault(await send('GET', ''))).toEqual([
        404,
        kind === 'current' ? 'OWNED_CART_NOT_FOUND' : 'CART_NOT_FOUND',
      ])
    })
  })

  // dev.wix.com cart-v2 add-line-items-to-current-cart; wix/headless-templates nextjs/minimal-examples/pages/store.js.
  it('is made where items are added to the current one and there is none', async () => {
    const auth = await wix.visitor()
    const send = (method: string, path: string, body?: object) =>
      wix.send(method, `/ecom/v2/carts/current${path}`, { auth, ...(body === undefined ? {} : { body }) })
    const unknown = await send('POST', '/add-line-items', { catalogItems: [item(goods.nothing)] })
    expect(fault(unknown)).toEqual([404, 'ITEM_NOT_FOUND_IN_CATALOG'])
    const none = [404, 'OWNED_CART_NOT_FOUND']
    expect(fault(await send('POST', '/add-coupon', { coupon: { code: 'SUMMERSALE10' } }))).toEqual(none)
    expect(fault(await send('GET', ''))).toEqual(none)
    const bodies = [{ catalogItems: [item(goods.shirt)] }, { catalogItems: [item(goods.shirt)] }]
    const added = await Promise.all(bodies.map(body => send('POST', '/add-line-items', body)))
    expect(added.map(({ status }) => status)).toEqual([200, 200])
    const { cart } = (await send('GET', '')).json
    expect(added.map(answer => answer.json.cart.id)).toEqual([cart.id, cart.id])
    expect(cart.lineItems).toMatchObject([{ quantityInfo: { confirmedQuantity: 2 } }])
    const placed = await wix.send('POST', `/ecom/v2/carts/${cart.id}/get-checkout-url`, { auth, body: {} })
    expect(placed.status).toBe(200)
  })

  it('is placed once: again, and in parallel, 409 with the order’s id', async () => {
    const { auth, cart, send, byId } = await begin('current', { cart: filledIn, coupons: [{ code: 'SUMMERSALE10' }] })
    const answers = await Promise.all(Array.from({ length: 6 }, () => byId('/place-order')))
    const [won, ...more] = answers.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    expect(won?.json).toEqual({
      orderId: expect.any(String),
      paymentGatewayOrderId: expect.any(String),
      completed: false,
    })
    for (const answer of [...answers.filter(({ status }) => status !== 200), await byId('/place-order')]) {
      expect(fault(answer)).toEqual([409, 'PAYMENT_ALREADY_IN_PROGRESS'])
      expect(answer.json.details.applicationError.data).toMatchObject({ orderId: won?.json.orderId })
    }
    const order = await wix.send('GET', `/ecom/v1/orders/${won?.json.orderId}`, { auth })
    expect(order.json.order).toMatchObject({ checkoutId: cart.id, priceSummary: { total: { amount: '115.00' } } })
    expect(fault(await send('GET', ''))).toEqual([404, 'OWNED_CART_NOT_FOUND'])
    await wix.send('POST', `/ecom/v1/payments-collector/orders/${won?.json.orderId}/mark-as-paid`, {
      auth: demoKey,
      body: {},
    })
    const placed = await wix.send('GET', `/ecom/v2/carts/${cart.id}`, { auth })
    expect(placed.json.cart).toMatchObject({ orderPlaced: true, orderId: won?.json.orderId, currentCart: false })
    expect(fault(await byId('/place-order'))).toEqual([409, 'CART_ALREADY_ORDERED'])
    for (const path of ['/calculate', '/refresh', '/remove-delivery-method']) {
      expect(fault(await byId(path))).toEqual([428, 'CART_ALREADY_ORDERED'])
    }
  })

  it.each([
    ['nothing in it', { catalogItems: [] }, [428, 'EMPTY_CART']],
    ['no address', { cart: { customerInfo: filledIn.customerInfo } }, [428, 'MISSING_DELIVERY_ADDRESS']],
    [
      'no billing address',
      { cart: { ...filledIn, paymentInfo: undefined } },
      [400, 'billingInfo.address REQUIRED_FIELD'],
    ],
  ])('is not placed with %s', async (_name, body, expected) => {
    const { byId } = await begin('named', body)
    expect(fault(await byId('/place-order'))).toEqual(expected)
  })

  it('paid by a gift card is complete at once', async () => {
    const { byId } = await begin('named', { cart: filledIn, giftCards: [{ code: 'RICHCARD01' }] })
    expect((await byId('/place-order')).json).toEqual({ orderId: expect.any(String), completed: true })
  })

  it('whose codes are locked keeps them as they are', async () => {
    const body = {
      catalogItems: [item(goods.shirt)],
      cart: { settings: { lockCouponCode: true, lockGiftCard: true }, customerInfo: { openAccess: true } },
      coupons: [{ code: 'SUMMERSALE10' }],
    }
    const made = await wix.send('POST', '/ecom/v2/carts', { auth: demoKey, body })
    const auth = await wix.visitor()
    const path = `/ecom/v2/carts/${made.json.cart.id}`
    const send = (more: string, sent: object) => wix.send('POST', path + more, { auth, body: sent })
    expect(fault(await send('/add-coupon', { coupon: { code: 'DEAR' } }))).toEqual([428, 'COUPON_LOCKED'])
    const couponId = made.json.cart.coupons[0].id
    expect(fault(await send('/remove-coupon', { couponId }))).toEqual([428, 'COUPON_LOCKED'])
    expect(fault(await send('/add-gift-card', { giftCard: { code: 'GIFT50DEMO' } }))).toEqual([428, 'GIFT_CARD_LOCKED'])
  })

  it('has the owner that the table of the seed gives it', async () => {
    const { cart } = await begin()
    const look = (auth: string) => wix.send('GET', `/ecom/v2/carts/${cart.id}`, { auth })
    expect((await look(await wix.visitor())).status).toBe(200)
    const one = await look(await wix.member(firstMember))
    expect(one.json.cart.customerInfo).toMatchObject({ memberId: firstMember })
    for (const auth of [await wix.member(secondMember), await wix.visitor()]) {
      expect(fault(await look(auth))).toEqual([404, 'CART_NOT_FOUND'])
    }
    expect((await look(demoKey)).status).toBe(200)
    const privileged = await wix.send('POST', '/ecom/v2/carts', {
      auth: demoKey,
      body: { catalogItems: [item(goods.mug)] },
    })
    const path = `/ecom/v2/carts/${privileged.json.cart.id}`
    expect(fault(await wix.send('GET', path, { auth: await wix.visitor() }))).toEqual([404, 'CART_NOT_FOUND'])
    expect(fault(await wix.send('GET', path))).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('of nobody keeps no address and no name', async () => {
    const {
      customerInfo: { firstName, lastName },
      ...places
    } = filledIn
    const { cart, send } = await begin('named', { cart: { ...places, customerInfo: { firstName, lastName } } })
    expect(cart.deliveryInfo.address.city).toBe('New York')
    const { cart: kept } = (await send('GET', '')).json
    expect(kept.customerInfo).not.toHaveProperty('firstName')
    expect(kept.deliveryInfo).not.toHaveProperty('address')
    expect(kept.paymentInfo).not.toHaveProperty('billingAddress')
  })

  it('tells where to check out, and is said to be done with', async () => {
    const { cart, byId, send } = await begin()
    const { baseUrl } = getServer()
    const { checkoutUrl } = (await byId('/get-checkout-url')).json
    expect(checkoutUrl.startsWith(`${baseUrl}/pay/${cart.id}?pass=`)).toBe(true)
    await send('PATCH', '', { cart: { customCheckoutUrl: 'https://pay.example/{checkout_id}' } })
    expect((await byId('/get-checkout-url')).json).toEqual({ checkoutUrl: `https://pay.example/${cart.id}` })
    expect((await byId('/mark-cart-as-completed')).json.cart.orderPlaced).toBe(true)
    expect((await byId('/mark-cart-as-completed')).status).toBe(200)
  })
})
