import { beforeAll, describe, expect, it } from 'vitest'
import { writeCompletionToken } from '../../../../src/dialects/wix/completion-token.js'
import { openBooks } from '../../../support/books.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importExtraGoods } from '../extra-goods.js'
import { demoKey, fault, filledIn, firstMember, goods, item, monthly, newYork, wixOver } from '../wix.js'

describeOnEachDatabase('orders from checkouts', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importExtraGoods(getServer()))

  async function begin(body: object = {}, auth?: string) {
    const owner = auth ?? (await wix.visitor())
    const created = await wix.send('POST', '/ecom/v1/checkouts', {
      auth: owner,
      body: { channelType: 'WEB', lineItems: [item(goods.shirt, 2)], checkoutInfo: filledIn, ...body },
    })
    expect(created.status).toBe(200)
    const { id } = created.json.checkout
    const path = `/ecom/v1/checkouts/${id}`
    const send = (method: string, more: string, sent?: object) =>
      wix.send(method, path + more, { auth: owner, ...(sent === undefined ? {} : { body: sent }) })
    return { id, path, send, auth: owner, order: (sent: object = {}) => send('POST', '/create-order', sent) }
  }

  const charge = { paymentToken: 'sandbox_approve' }

  describe('POST /ecom/v1/checkouts/:id/create-order', () => {
    it('makes an order that waits for its payment; again: 409 with its id', async () => {
      const { order, send } = await begin()
      const first = await order()
      expect(first.json).toEqual({ orderId: expect.any(String), paymentGatewayOrderId: expect.any(String) })
      const again = await order()
      expect(fault(again)).toEqual([409, 'CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS'])
      expect(again.json.details.applicationError.data).toEqual({ orderId: first.json.orderId })
      expect((await send('GET', '')).json.checkout.completed).toBe(false)
      const change = { checkout: { buyerNote: 'x' } }
      expect(fault(await send('PATCH', '', change))).toEqual([409, 'CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS'])
    })

    it('is finished at once where nothing is left to pay; then it takes no change and no second order', async () => {
      const { order, send } = await begin({ giftCardCode: 'RICHCARD01' })
      const first = await order()
      expect(first.json).toEqual({ orderId: expect.any(String) })
      expect((await send('GET', '')).json.checkout).toMatchObject({ completed: true, lineItems: [{ quantity: 2 }] })
      const again = await order()
      expect(fault(again)).toEqual([409, 'CHECKOUT_ALREADY_PAID'])
      expect(again.json.details.applicationError.data).toEqual({ orderId: first.json.orderId })
      for (const [path, body] of [
        ['/add-to-checkout', { lineItems: [item(goods.mug)] }],
        ['/remove-coupon', {}],
        ['/remove-gift-card', {}],
        ['/remove-override-checkout-url', {}],
      ] as const) {
        expect(fault(await send('POST', path, body))).toEqual([428, 'CHECKOUT_IS_COMPLETE'])
      }
    })

    it('again for a subscription: 409 with the subscription’s id, while it is paid and after', async () => {
      const lineItems = [item(goods.coffee, 1, { subscriptionOptionId: monthly })]
      const { order, send } = await begin({ lineItems })
      const { subscriptionId } = (await order()).json
      const again = await order()
      expect(fault(again)).toEqual([409, 'CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS'])
      expect(again.json.details.applicationError.data).toEqual({ subscriptionId })
      const path = `/ecom/v1/payments-collector/orders/${subscriptionId}/mark-as-paid`
      await wix.send('POST', path, { auth: demoKey, body: {} })
      const late = await send('POST', '/create-order-and-charge', charge)
      expect(fault(late)).toEqual([409, 'CHECKOUT_ALREADY_PAID'])
      expect(late.json.details.applicationError.data).toEqual({ subscriptionId })
    })

    it('in parallel: one order, everybody else is told its id', async () => {
      const { order, id } = await begin()
      const answers = await Promise.all(Array.from({ length: 12 }, () => order()))
      const won = answers.filter(answer => answer.status === 200)
      expect(won).toHaveLength(1)
      for (const answer of answers.filter(each => each.status !== 200)) {
        expect(answer.status).toBe(409)
        expect(answer.json.details.applicationError.data.orderId).toBe(won[0]?.json.orderId)
      }
      expect(await getServer().storage.orders.ofCart(id)).toHaveLength(1)
      const books = await openBooks(getServer().storage.sql)
      expect(await books.faults()).toEqual([])
    })

    it.each([
      [
        'no address',
        { checkoutInfo: { buyerInfo: filledIn.buyerInfo, billingInfo: newYork } },
        [428, 'NO_SELECTED_CARRIER_SERVICE_OPTION'],
      ],
      [
        'no billing address',
        { checkoutInfo: { ...filledIn, billingInfo: undefined } },
        [400, 'billingInfo.address REQUIRED_FIELD'],
      ],
      [
        'a billing contact without an address',
        { checkoutInfo: { ...filledIn, billingInfo: { contactDetails: newYork.contactDetails } } },
        [400, 'billingInfo.address REQUIRED_FIELD'],
      ],
      [
        'an address where nothing is delivered',
        {
          checkoutInfo: {
            ...filledIn,
            shippingInfo: { shippingDestination: { address: { country: 'DE', city: 'Berlin' } } },
          },
        },
        [428, 'CALCULATION_ERROR'],
      ],
      ['goods that nobody has', { lineItems: [item(goods.nothing)] }, [428, 'FULL_OUT_OF_STOCK']],
      [
        'goods of which some are gone',
        { lineItems: [item(goods.nothing), item(goods.mug)] },
        [428, 'PARTIAL_OUT_OF_STOCK'],
      ],
    ])('refuses %s', async (_name, body, expected) => {
      const { order, id } = await begin(body)
      expect(fault(await order())).toEqual(expected)
      expect(await getServer().storage.orders.ofCart(id)).toEqual([])
    })

    it('tells of a calculation error with the object that a read shows', async () => {
      const shippingDestination = { address: { country: 'DE', city: 'Berlin' } }
      const { order, send } = await begin({ checkoutInfo: { ...filledIn, shippingInfo: { shippingDestination } } })
      const { calculationErrors } = (await send('GET', '')).json.checkout
      expect((await order()).json.details.applicationError.data).toEqual(calculationErrors)
      expect(calculationErrors).toHaveProperty('generalShippingCalculationError')
    })

    it('sells the last piece once; the other learns that it is gone', async () => {
      const one = await begin({ lineItems: [item(goods.lastOne)] })
      const other = await begin({ lineItems: [item(goods.lastOne)] })
      expect((await one.order()).status).toBe(200)
      expect((await other.send('GET', '')).json.checkout.lineItems[0].availability).toEqual({
        status: 'NOT_AVAILABLE',
        quantityAvailable: 0,
      })
      expect(fault(await other.order())).toEqual([428, 'FULL_OUT_OF_STOCK'])
    })

    it('asks for a member, a saved payment method, and no gift card for gift cards, where an item does', async () => {
      const custom = { quantity: 1, price: '5', itemType: { preset: 'SERVICE' } }
      const only = await begin({ lineItems: [], customLineItems: [{ ...custom, membersOnly: true }] }, demoKey)
      expect(fault(await only.order())).toEqual([428, 'MEMBERS_ONLY_ITEM'])
      const overridden = { ...item(goods.shirt), catalogOverrideFields: { savePaymentMethod: true } }
      const saved = await begin({ lineItems: [overridden] }, demoKey)
      expect(fault(await saved.order())).toEqual([428, 'NO_SAVE_PAYMENT_METHOD_CONFIRMATION'])
      expect((await saved.order({ savePaymentMethod: true })).status).toBe(200)
      const card = { ...custom, itemType: { preset: 'GIFT_CARD' } }
      const byCard = await begin({ lineItems: [], customLineItems: [card], giftCardCode: 'SECONDCARD' }, demoKey)
      expect(fault(await byCard.order())).toEqual([428, 'GIFT_CARD_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD'])
      const byCoupon = await begin({ lineItems: [], customLineItems: [card], couponCode: 'SUMMERSALE10' }, demoKey)
      expect(fault(await byCoupon.order())).toEqual([428, 'COUPON_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD'])
    })

    it('tells of a gift card that somebody else emptied', async () => {
      const one = await begin({ lineItems: [item(goods.mug, 4)], giftCardCode: 'SECONDCARD' })
      const other = await begin({ lineItems: [item(goods.mug, 4)], giftCardCode: 'SECONDCARD' })
      expect((await one.order()).status).toBe(200)
      const late = await other.order()
      expect(late.status).toBe(428)
      expect(['CALCULATION_ERROR', 'REDEEM_GIFT_CARD_ERROR']).toContain(late.json.details.applicationError.code)
      expect(
        (await other.send('GET', '')).json.checkout.calculationErrors.giftCardCalculationError.applicationError.code,
      ).toBe('GIFT_CARD_IS_EMPTY')
    })

    it('asks the gateway for what is paid now, and takes the rest as a promise', async () => {
      const custom = { quantity: 1, itemType: { preset: 'SERVICE' } }
      const offline = { ...custom, price: '40', paymentOption: 'FULL_PAYMENT_OFFLINE' }
      const deposit = { ...custom, price: '100', paymentOption: 'DEPOSIT_ONLINE', depositAmount: '25' }
      const mixed = await begin({ lineItems: [], customLineItems: [offline, deposit] }, demoKey)
      const { checkout } = (await mixed.send('GET', '')).json
      expect(checkout.payNow.total.amount).toBe('25.00')
      expect(checkout.payLater).toMatchObject({ subtotal: { amount: '115.00' }, total: { amount: '115.00' } })
      const ordered = (await mixed.order()).json
      const paid = await getServer().operations.readOrder({ kind: 'system' }, { id: ordered.orderId })
      expect(paid.ok && paid.value.payments.map(payment => [payment.method, payment.amount])).toEqual([
        ['creditCard', 2_500n],
        ['offline', 11_500n],
      ])
      const later = await begin({ lineItems: [], customLineItems: [offline] }, demoKey)
      expect(Object.keys((await later.order()).json)).toEqual(['orderId'])
      expect((await later.send('GET', '')).json.checkout.completed).toBe(true)
    })

    it('is not for strangers', async () => {
      const { path } = await begin({}, await wix.member(firstMember))
      const stranger = { auth: await wix.visitor(), body: {} }
      expect(fault(await wix.send('POST', `${path}/create-order`, stranger))).toEqual([404, 'CHECKOUT_NOT_FOUND'])
    })
  })

  describe('POST /ecom/v1/checkouts/:id/create-order-and-charge', () => {
    it('is paid at once', async () => {
      const { send } = await begin()
      const { json } = await send('POST', '/create-order-and-charge', charge)
      expect(json).toEqual({ orderId: expect.any(String), paymentResponseToken: expect.any(String) })
      expect((await send('GET', '')).json.checkout.completed).toBe(true)
    })

    it('that is declined leaves the checkout open', async () => {
      const { send } = await begin()
      const declined = await send('POST', '/create-order-and-charge', { paymentToken: 'sandbox_decline' })
      expect(fault(declined)).toEqual([400, 'PAYMENT_ERROR'])
      expect(declined.json.details.applicationError.data).toMatchObject({ transactionStatus: 'DECLINED' })
      expect((await send('POST', '/create-order-and-charge', charge)).status).toBe(200)
    })
  })

  describe('completion elsewhere', () => {
    it('POST /ecom/v1/checkouts/:id/mark-as-completed makes no order, also twice', async () => {
      const { send, order, id } = await begin()
      expect((await send('POST', '/mark-as-completed', {})).json).toEqual({})
      expect((await send('POST', '/mark-as-completed', {})).status).toBe(200)
      expect((await send('GET', '')).json.checkout.completed).toBe(true)
      expect(fault(await order())).toEqual([409, 'CHECKOUT_ALREADY_PAID'])
      expect(await getServer().storage.orders.ofCart(id)).toEqual([])
    })

    it('GET /ecom/v1/checkouts/mark-checkout-as-completed-and-redirect-to-url goes by a signed token', async () => {
      const { send, id } = await begin()
      const path = '/ecom/v1/checkouts/mark-checkout-as-completed-and-redirect-to-url'
      const completion = { checkoutId: id, url: 'https://shop.example/thanks' }
      const { operations } = getServer()
      const old = await writeCompletionToken(completion, operations, new Date('2026-01-01T00:00:00.000Z'))
      expect(fault(await wix.send('GET', `${path}?token=${old}`))).toEqual([401, 'UNAUTHENTICATED_TOKEN'])
      const token = await writeCompletionToken(completion, operations)
      expect(fault(await wix.send('GET', `${path}?token=${token.slice(0, -3)}`))).toEqual([
        401,
        'UNAUTHENTICATED_TOKEN',
      ])
      const answer = await wix.send('GET', `${path}?token=${token}`)
      expect([answer.status, answer.headers.location]).toEqual([302, completion.url])
      expect((await send('GET', '')).json.checkout.completed).toBe(true)
    })
  })
})
