import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importExtraGoods } from '../extra-goods.js'
import { demoKey, fault, filledIn, firstMember, goods, item, newYork, readerKey, wixOver } from '../wix.js'
import { specFaults } from '../wix-spec.js'

const lineId = (number: number) => `00000000-0000-0000-0000-${number.toString().padStart(12, '0')}`
const destination = newYork.address

describeOnEachDatabase('carts', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importExtraGoods(getServer()))

  /** A visitor with a cart of three shirts and a shoe. */
  async function begin(family = '/ecom/v1') {
    const auth = await wix.visitor()
    const send = (method: string, path: string, body?: object) =>
      wix.send(method, `${family}/carts/${path}`, { auth, ...(body === undefined ? {} : { body }) })
    const added = await send('POST', 'current/add-to-cart', { lineItems: [item(goods.shirt, 3), item(goods.shoe)] })
    expect(added.status).toBe(200)
    return { auth, send, cart: added.json.cart }
  }

  describe.each(['/ecom/v1', '/_api/ecom-cart/v1'])('the current cart below %s', family => {
    it('is not there until something was added; then it is as the facts have it', async () => {
      const nobody = await wix.visitor()
      const absent = await wix.send('GET', `${family}/carts/current`, { auth: nobody })
      expect(fault(absent)).toEqual([404, 'OWNED_CART_NOT_FOUND'])
      expect(absent.json.details.applicationError.data).toEqual({})
      const { send, cart } = await begin(family)
      expect(specFaults('cart', 'Cart', cart)).toEqual([])
      expect(cart).toMatchObject({
        revision: '1',
        subtotal: { amount: '115', formattedAmount: '$115.00' },
        subtotalAfterDiscounts: { amount: '115' },
        lineItems: [
          { id: lineId(1), quantity: 3, price: { amount: '10' }, image: { id: 'shirt.svg' } },
          { id: lineId(2), quantity: 1, descriptionLines: [{ name: { original: 'Color' } }] },
        ],
      })
      expect((await send('GET', 'current')).json.cart).toEqual(cart)
    })

    it('takes quantities, removals, a coupon, a note and an address', async () => {
      const { send } = await begin(family)
      const more = await send('POST', 'current/update-line-items-quantity', {
        lineItems: [{ id: lineId(2), quantity: 99 }],
      })
      expect(more.json.cart.lineItems[1].quantity).toBe(30)
      const fewer = await send('POST', 'current/remove-line-items', { lineItemIds: [lineId(2)] })
      expect(fewer.json.cart.lineItems).toHaveLength(1)
      const cartInfo = { buyerNote: 'Ring twice', buyerInfo: { email: 'buyer@polytill.test' }, contactInfo: newYork }
      const updated = await send('PATCH', 'current', {
        cartInfo,
        couponCode: 'SUMMERSALE10',
        lineItems: [item(goods.mug)],
      })
      expect(updated.json.cart).toMatchObject({
        buyerNote: 'Ring twice',
        buyerInfo: { email: 'buyer@polytill.test' },
        contactInfo: { contactDetails: newYork.contactDetails },
        appliedDiscounts: [{ coupon: { code: 'SUMMERSALE10' } }],
        discount: { amount: '10' },
        subtotalAfterDiscounts: { amount: '32.5' },
      })
      expect(specFaults('cart', 'Cart', updated.json.cart)).toEqual([])
      expect(fault(await send('PATCH', 'current', { couponCode: 'NOBODY' }))).toEqual([
        404,
        'ERROR_COUPON_DOES_NOT_EXIST',
      ])
      expect((await send('POST', 'current/remove-coupon', {})).json.cart.appliedDiscounts).toEqual([])
    })

    it('is estimated without being changed', async () => {
      const { send, cart } = await begin(family)
      const bare = await send('POST', 'current/estimate-totals', {})
      expect(bare.json.priceSummary).toMatchObject({ subtotal: { amount: '115.00' }, shipping: { amount: '0.00' } })
      expect(specFaults('cart', 'EstimateTotalsResponse', bare.json)).toEqual([])
      const there = await send('POST', 'current/estimate-totals', { shippingAddress: destination })
      expect(there.json).toMatchObject({
        priceSummary: { shipping: { amount: '10.00' }, total: { amount: '125.00' } },
        shippingInfo: {
          region: { name: 'United States' },
          selectedCarrierServiceOption: { requestedShippingOption: false },
        },
        calculatedLineItems: [
          { lineItemId: lineId(1), pricesBreakdown: { lineItemPrice: { amount: '30.00' } } },
          { lineItemId: lineId(2) },
        ],
      })
      const unknown = { shippingAddress: destination, selectedShippingOption: { code: 'pigeon' } }
      const fallback = await send('POST', 'current/estimate-totals', unknown)
      expect(fallback.json.shippingInfo.selectedCarrierServiceOption.code).toBe('standard-us-shipping')
      expect((await send('GET', 'current')).json.cart).toEqual(cart)
    })

    it('becomes a checkout, the same one each time, that sees what the cart gets later', async () => {
      const { send, cart, auth } = await begin(family)
      const body = { channelType: 'WEB', shippingAddress: destination, email: 'buyer@polytill.test' }
      const made = await send('POST', 'current/create-checkout', body)
      expect(Object.keys(made.json)).toEqual(['checkoutId'])
      const { checkoutId } = made.json
      expect((await send('POST', 'current/create-checkout', { channelType: 'OTHER_PLATFORM' })).json).toEqual({
        checkoutId,
      })
      await send('POST', 'current/add-to-cart', { lineItems: [item(goods.mug)] })
      const { checkout } = (await wix.send('GET', `/ecom/v1/checkouts/${checkoutId}`, { auth })).json
      expect(checkout).toMatchObject({
        cartId: cart.id,
        channelType: 'OTHER_PLATFORM',
        purchaseFlowId: cart.purchaseFlowId,
      })
      expect(checkout.lineItems).toHaveLength(3)
      expect(checkout.shippingInfo.shippingDestination.address.city).toBe('New York')
      expect((await send('GET', 'current')).json.cart.checkoutId).toBe(checkoutId)
      expect((await send('GET', `by-checkout-id/${checkoutId}`)).json.cart.id).toBe(cart.id)
      const byCart = await wix.send('GET', `/ecom/v1/checkouts/by-cart-id/${cart.id}`, { auth })
      expect(byCart.json.checkout.id).toBe(checkoutId)
    })

    it('asks a visitor with an address for an e-mail, and for a channel type', async () => {
      const { send } = await begin(family)
      const body = { channelType: 'WEB', shippingAddress: destination }
      expect(fault(await send('POST', 'current/create-checkout', body))).toEqual([400, 'email REQUIRED_FIELD'])
      expect(fault(await send('POST', 'current/create-checkout', {}))).toEqual([400, 'channelType REQUIRED_FIELD'])
    })

    it('is gone after it was deleted', async () => {
      const { send } = await begin(family)
      expect((await send('DELETE', 'current')).json).toEqual({})
      for (const [method, path, body] of [
        ['GET', 'current', undefined],
        ['PATCH', 'current', { cartInfo: { buyerNote: 'x' } }],
        ['POST', 'current/remove-line-items', { lineItemIds: [lineId(1)] }],
        ['POST', 'current/remove-coupon', {}],
        ['POST', 'current/estimate-totals', {}],
        ['POST', 'current/create-checkout', { channelType: 'WEB' }],
        ['DELETE', 'current', undefined],
      ] as const) {
        expect(fault(await send(method, path, body))).toEqual([404, 'OWNED_CART_NOT_FOUND'])
      }
    })

    it('by its id is the same cart', async () => {
      const { send, cart } = await begin(family)
      expect((await send('GET', cart.id)).json.cart).toEqual(cart)
      const added = await send('POST', `${cart.id}/add-to-cart`, {
        lineItems: [item(goods.mug)],
        businessLocationId: 'c0ffee00-0009-4a6b-9b61-000000000009',
      })
      expect(added.json.cart).toMatchObject({
        revision: '2',
        businessLocationId: 'c0ffee00-0009-4a6b-9b61-000000000009',
      })
      const freed = await send('POST', `${cart.id}/remove-business-location`, {})
      expect(freed.json.cart).not.toHaveProperty('businessLocationId')
      const set = { lineItems: [{ id: lineId(3), quantity: 2 }] }
      expect((await send('POST', `${cart.id}/update-line-items-quantity`, set)).json.cart.lineItems[2].quantity).toBe(2)
      expect((await send('POST', `${cart.id}/remove-line-items`, { lineItemIds: [lineId(3)] })).status).toBe(200)
      expect((await send('PATCH', cart.id, { cartInfo: { buyerNote: 'x' } })).json.cart.buyerNote).toBe('x')
      expect((await send('POST', `${cart.id}/remove-coupon`, {})).status).toBe(200)
      expect((await send('POST', `${cart.id}/estimate-totals`, {})).status).toBe(200)
      expect((await send('POST', `${cart.id}/create-checkout`, { channelType: 'WEB' })).json.checkoutId).toBe(cart.id)
      expect((await send('DELETE', cart.id)).json).toEqual({})
      expect(fault(await send('GET', cart.id))).toEqual([404, 'CART_NOT_FOUND'])
    })
  })

  it('a checkout that never was a cart is not the current one, and has no cart', async () => {
    const { auth, cart } = await begin()
    const body = { channelType: 'WEB', lineItems: [item(goods.mug)] }
    const { checkout } = (await wix.send('POST', '/ecom/v1/checkouts', { auth, body })).json
    expect(checkout).not.toHaveProperty('cartId')
    const current = await wix.send('GET', '/ecom/v1/carts/current', { auth })
    expect(current.json.cart.id).toBe(cart.id)
    const path = `/ecom/v1/checkouts/by-cart-id/${checkout.id}`
    expect(fault(await wix.send('GET', path, { auth }))).toEqual([404, 'CHECKOUT_NOT_FOUND'])
  })

  it('two adds at once to no cart at all make one cart with both', async () => {
    const auth = await wix.visitor()
    const add = (id: string) =>
      wix.send('POST', '/ecom/v1/carts/current/add-to-cart', { auth, body: { lineItems: [item(id)] } })
    await Promise.all([goods.mug, goods.tee, goods.shirt, goods.shoe, goods.mug].map(add))
    const { cart } = (await wix.send('GET', '/ecom/v1/carts/current', { auth })).json
    expect(cart.lineItems.map((line: { quantity: number }) => line.quantity).sort()).toEqual([1, 1, 1, 2])
  })

  it('POST /ecom/v1/carts makes a cart of items, for a member where a backend says so', async () => {
    const auth = await wix.visitor()
    const empty = await wix.send('POST', '/ecom/v1/carts', { auth, body: {} })
    expect(fault(empty)).toEqual([428, 'CANT_CREATE_CART_WITHOUT_ITEMS'])
    const made = await wix.send('POST', '/ecom/v1/carts', { auth, body: { lineItems: [item(goods.mug)] } })
    expect((await wix.send('GET', '/ecom/v1/carts/current', { auth })).json.cart.id).toBe(made.json.cart.id)
    const body = { lineItems: [item(goods.mug)], cartInfo: { buyerInfo: { memberId: firstMember } } }
    const theirs = await wix.send('POST', '/ecom/v1/carts', { auth: demoKey, body })
    expect(theirs.json.cart.buyerInfo).toMatchObject({ memberId: firstMember })
    const path = `/ecom/v1/carts/${theirs.json.cart.id}`
    expect((await wix.send('GET', path, { auth: readerKey })).status).toBe(200)
    expect(fault(await wix.send('DELETE', path, { auth: readerKey }))).toEqual([403, 'PERMISSION_DENIED'])
    expect(fault(await wix.send('GET', path, { auth }))).toEqual([404, 'CART_NOT_FOUND'])
    expect((await wix.send('GET', path, { auth: await wix.member(firstMember) })).status).toBe(200)
  })

  it('an order empties the current cart', async () => {
    const { auth, send } = await begin()
    const { checkoutId } = (await send('POST', 'current/create-checkout', { channelType: 'WEB' })).json
    const path = `/ecom/v1/checkouts/${checkoutId}`
    await wix.send('PATCH', path, { auth, body: { checkout: filledIn } })
    const charge = { paymentToken: 'sandbox_approve' }
    expect((await wix.send('POST', `${path}/create-order-and-charge`, { auth, body: charge })).status).toBe(200)
    expect(fault(await send('GET', 'current'))).toEqual([404, 'OWNED_CART_NOT_FOUND'])
    expect(fault(await send('GET', checkoutId))).toEqual([404, 'CART_NOT_FOUND'])
  })

  describe('POST /ecom/v1/calculate-totals', () => {
    const total = (auth: string, body: object) => wix.send('POST', '/ecom/v1/calculate-totals', { auth, body })
    const shirts = { id: 'my-line', ...item(goods.shirt, 3) }

    it('computes what nobody has in a cart, and keeps the ids of its lines', async () => {
      const body = {
        lineItems: [shirts],
        shippingAddress: destination,
        couponCode: 'SUMMERSALE10',
        giftCardCode: 'GIFT50DEMO',
      }
      const { json } = await total(await wix.visitor(), body)
      expect(json).toMatchObject({
        calculatedLineItems: [{ lineItemId: 'my-line', pricesBreakdown: { lineItemPrice: { amount: '30.00' } } }],
        priceSummary: {
          subtotal: { amount: '30.00' },
          discount: { amount: '10.00' },
          shipping: { amount: '10.00' },
          total: { amount: '0.00' },
        },
        giftCard: { amount: { amount: '30.00' } },
      })
    })

    it('takes prices of what the catalog does not know from backends alone, and members from administrators', async () => {
      const body = { lineItems: [{ id: 'x', quantity: 2, price: '1.25' }] }
      expect((await total(demoKey, body)).json.priceSummary.subtotal.amount).toBe('2.50')
      expect(fault(await total(await wix.visitor(), body))).toEqual([403, 'PERMISSION_DENIED'])
      const forMember = { lineItems: [shirts], memberId: firstMember }
      expect((await total(demoKey, forMember)).status).toBe(200)
      expect(fault(await total(await wix.visitor(), forMember))).toEqual([403, 'PERMISSION_DENIED'])
      expect(fault(await total(demoKey, { lineItems: [] }))).toEqual([400, 'lineItems MIN_SIZE'])
    })
  })
})
