import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { counterOf } from '../counter.js'
import { importExtraGoods, trial } from '../extra-goods.js'
import { demoKey, fault, filledIn, goods, item, monthly, newYork, readerKey, wixOver } from '../wix.js'
import { specFaults, specs } from '../wix-spec.js'

it.skipIf(specs.checkout !== undefined)('SKIPPED: no machine-readable facts beside the project', () => {
  expect(specs.checkout).toBeUndefined()
})

const lineId = (number: number) => `00000000-0000-0000-0000-${number.toString().padStart(12, '0')}`

describeOnEachDatabase('checkouts', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importExtraGoods(getServer()))

  const { begin, create } = counterOf(wix)

  describe('POST /ecom/v1/checkouts', () => {
    it('answers an object as the facts have it', async () => {
      const { checkout } = await begin({
        checkoutInfo: filledIn,
        couponCode: 'SUMMERSALE10',
        giftCardCode: 'GIFT50DEMO',
      })
      expect(specFaults('checkout', 'Checkout', checkout)).toEqual([])
      expect(checkout.lineItems.map((line: { id: string }) => line.id)).toEqual([lineId(1), lineId(2)])
    })

    it.each([
      ['no channel type', { channelType: undefined }, ['channelType REQUIRED_FIELD']],
      ['an unspecified channel type', { channelType: 'UNSPECIFIED' }, ['channelType INVALID_ENUM_VALUE']],
      ['no items', { lineItems: [] }, ['lineItems REQUIRED_ONE_OF_FIELD']],
      [
        'neither a channel type nor items',
        { channelType: undefined, lineItems: undefined },
        ['channelType REQUIRED_FIELD', 'lineItems REQUIRED_ONE_OF_FIELD'],
      ],
      [
        'one id for two items',
        { lineItems: [item(goods.mug), item(goods.shirt)].map(each => ({ ...each, id: lineId(7) })) },
        ['lineItems[1].id VALIDATION'],
      ],
      [
        'no quantity',
        { lineItems: [{ ...item(goods.mug), quantity: undefined }] },
        ['lineItems[0].quantity REQUIRED_FIELD'],
      ],
      ['a quantity of nothing', { lineItems: [item(goods.mug, 0)] }, ['lineItems[0].quantity MIN']],
      ['a quantity beyond all', { lineItems: [item(goods.mug, 100_001)] }, ['lineItems[0].quantity MAX']],
      ['half a piece', { lineItems: [item(goods.mug, 1.5)] }, ['lineItems[0].quantity FORMAT']],
      ['no reference', { lineItems: [{ quantity: 1 }] }, ['lineItems[0].catalogReference REQUIRED_FIELD']],
      [
        'two bad things',
        { lineItems: [{ quantity: -1, catalogReference: { catalogItemId: 'x', appId: 'y' } }] },
        ['lineItems[0].quantity MIN', 'lineItems[0].catalogReference.appId FORMAT'],
      ],
      ['a bad e-mail', { checkoutInfo: { buyerInfo: { email: 'nobody' } } }, ['checkoutInfo.buyerInfo.email FORMAT']],
      ['a long note', { checkoutInfo: { buyerNote: 'x'.repeat(1_001) } }, ['checkoutInfo.buyerNote MAX_LENGTH']],
      [
        'a custom field without a value',
        { checkoutInfo: { customFields: [{ title: 'x' }] } },
        ['checkoutInfo.customFields[0].value REQUIRED_FIELD'],
      ],
      ['too long an override', { overrideCheckoutUrl: 'x'.repeat(1_001) }, ['overrideCheckoutUrl MAX_LENGTH']],
      ['an override that runs', { overrideCheckoutUrl: 'javascript:alert(1)' }, ['overrideCheckoutUrl FORMAT']],
      ['an override without a scheme', { overrideCheckoutUrl: '//pay.example/x' }, ['overrideCheckoutUrl FORMAT']],
      [
        'a negative redemption',
        { giftCardCode: 'GIFT50DEMO', giftCardRedeemAmount: '-1' },
        ['giftCardRedeemAmount DECIMAL_GTE'],
      ],
      ['a redemption with a sign', { giftCardRedeemAmount: '$1' }, ['giftCardRedeemAmount FORMAT']],
      ['a redemption too fine', { giftCardRedeemAmount: '1.0001' }, ['giftCardRedeemAmount DECIMAL_MAX_SCALE']],
    ])('refuses %s', async (_name, body, violations) => {
      const answer = await create(await wix.visitor(), { lineItems: [item(goods.mug)], ...body })
      expect(fault(answer)).toEqual([400, ...violations])
    })

    it.each([['[]'], ['{'], ['"text"'], ['{"a":"\\u0000"}']])('refuses a body that is no object: %s', async body => {
      const headers = { authorization: await wix.visitor(), 'content-type': 'application/json' }
      const answer = await getServer().request('POST', '/ecom/v1/checkouts', { headers, body })
      expect(fault(answer)).toEqual([400, ' FORMAT'])
    })

    it('keeps what nobody knows or has as lines with a status, and cuts what is too much', async () => {
      const { checkout } = await begin({
        lineItems: [item(goods.nothing, 2), item(goods.twenty, 30), item(goods.mug)],
      })
      const seen = checkout.lineItems.map((line: { quantity: number; availability: object; price: object }) => [
        line.quantity,
        line.availability,
      ])
      expect(seen).toEqual([
        [2, { status: 'NOT_FOUND' }],
        [20, { status: 'AVAILABLE', quantityAvailable: 20 }],
        [1, { status: 'AVAILABLE', quantityAvailable: 1000 }],
      ])
      expect(checkout.lineItems[0]).not.toHaveProperty('productName')
      expect(checkout.lineItems[0].price).toMatchObject({ amount: '0', formattedAmount: '' })
      expect(specFaults('checkout', 'Checkout', checkout)).toEqual([])
    })

    it('takes custom items, overrides and custom content from administrators alone', async () => {
      const custom = {
        quantity: 2,
        price: '7.5',
        itemType: { preset: 'DIGITAL' },
        productName: { original: 'Engraving' },
      }
      const bodies = [
        { customLineItems: [custom] },
        { lineItems: [{ ...item(goods.mug), catalogOverrideFields: { price: '1' } }] },
        { lineItems: [item(goods.mug)], checkoutInfo: { customSettings: { lockCouponCode: true } } },
      ]
      for (const body of bodies)
        expect(fault(await create(await wix.visitor(), body))).toEqual([403, 'PERMISSION_DENIED'])
      for (const body of bodies) expect((await create(demoKey, body)).status).toBe(200)
      const { checkout } = (
        await create(demoKey, {
          ...bodies[0],
          lineItems: [{ ...item(goods.mug), catalogOverrideFields: { price: '1' } }],
        })
      ).json
      expect(checkout.lineItems).toMatchObject([
        { price: { amount: '1' }, customLineItem: false },
        {
          price: { amount: '7.5' },
          lineItemPrice: { amount: '15' },
          customLineItem: true,
          productName: { original: 'Engraving' },
        },
      ])
      expect(checkout.priceSummary.subtotal.amount).toBe('16.00')
    })

    it('shows what an override says, the price to strike through included', async () => {
      const catalogOverrideFields = { price: '8', fullPrice: '11.25', productName: { original: 'Mug, chipped' } }
      const { checkout } = (await create(demoKey, { lineItems: [{ ...item(goods.mug, 2), catalogOverrideFields }] }))
        .json
      expect(checkout.lineItems).toMatchObject([
        {
          productName: { original: 'Mug, chipped', translated: 'Mug, chipped' },
          price: { amount: '8' },
          fullPrice: { amount: '11.25', formattedAmount: '$11.25' },
          lineItemPrice: { amount: '16' },
        },
      ])
      expect(checkout.priceSummary.subtotal.amount).toBe('16.00')
    })

    it('is for keys with the permission alone', async () => {
      expect(fault(await create(readerKey, { lineItems: [item(goods.mug)] }))).toEqual([403, 'PERMISSION_DENIED'])
    })
  })

  describe('PATCH /ecom/v1/checkouts/:id', () => {
    it('refuses what says nothing', async () => {
      const { send, checkout } = await begin()
      for (const body of [{}, { checkout: {} }, { checkout: { id: checkout.id } }, { checkout: { buyerNote: null } }]) {
        expect(fault(await send('PATCH', '', body))).toEqual([400, 'checkout REQUIRED_FIELD'])
      }
    })

    it('replaces what is sent and nothing else; an e-mail stays', async () => {
      const { send } = await begin({ checkoutInfo: { ...filledIn, buyerNote: 'Ring twice' } })
      await send('PATCH', '', {
        checkout: { buyerInfo: { email: null }, customFields: [{ title: 'Gift', value: true }] },
      })
      await send('PATCH', '', {
        checkout: { extendedFields: { namespaces: { one: { a: 1 } } } },
        overrideCheckoutUrl: 'https://pay.example/x',
      })
      await send('PATCH', '', { checkout: { extendedFields: { namespaces: { two: { b: 2 } } } } })
      const { checkout } = (await send('GET', '')).json
      expect(checkout).toMatchObject({
        buyerInfo: { email: 'buyer@polytill.test' },
        buyerNote: 'Ring twice',
        customFields: [{ title: 'Gift', value: true }],
        extendedFields: { namespaces: { one: { a: 1 }, two: { b: 2 } } },
      })
      expect(checkout.shippingInfo.shippingDestination.address.postalCode).toBe('10011')
    })

    it('ignores what a shopper may not set, and what is computed', async () => {
      const { send, checkout } = await begin()
      const answer = await send('PATCH', '', {
        checkout: {
          completed: true,
          buyerInfo: { email: 'buyer@polytill.test', memberId: checkout.id, contactId: checkout.id, openAccess: true },
          priceSummary: { total: { amount: '0' } },
        },
      })
      expect(answer.json.checkout).toMatchObject({ completed: false, priceSummary: { total: { amount: '115.00' } } })
      expect(answer.json.checkout.buyerInfo).toEqual({ ...checkout.buyerInfo, email: 'buyer@polytill.test' })
    })

    it('knows the shipping options on offer, by code and carrier', async () => {
      const { send } = await begin({ checkoutInfo: filledIn })
      const choose = (selectedCarrierServiceOption: object) =>
        send('PATCH', '', { checkout: { shippingInfo: { selectedCarrierServiceOption } } })
      const chosen = (await choose({ code: 'standard-us-shipping' })).json.checkout.shippingInfo
        .selectedCarrierServiceOption
      expect(chosen).toMatchObject({ requestedShippingOption: true, code: 'standard-us-shipping' })
      expect((await choose({ code: 'standard-us-shipping', carrierId: chosen.carrierId })).status).toBe(200)
      const unknown = await choose({ code: 'pigeon' })
      expect(fault(unknown)).toEqual([404, 'SELECTED_CARRIER_SERVICE_OPTION_NOT_FOUND'])
      expect(unknown.json.details.applicationError.data).toHaveProperty('selectedShippingOptionError')
      const carrierId = 'c0ffee00-0009-4a6b-9b61-000000000009'
      expect(fault(await choose({ code: 'standard-us-shipping', carrierId }))).toEqual([
        428,
        'INVALID_SELECTED_CARRIER_SERVICE_OPTION',
      ])
    })

    it('keeps a chosen option that is no longer offered as a soft problem, and falls back to none', async () => {
      const { send } = await begin({
        checkoutInfo: {
          ...filledIn,
          shippingInfo: {
            shippingDestination: newYork,
            selectedCarrierServiceOption: { code: 'standard-us-shipping' },
          },
        },
      })
      const berlin = { address: { country: 'DE', city: 'Berlin', postalCode: '10115', addressLine: 'West road 1' } }
      const { json } = await send('PATCH', '', { checkout: { shippingInfo: { shippingDestination: berlin } } })
      expect(json.checkout.calculationErrors.selectedShippingOptionError.applicationError.code).toBe(
        'SELECTED_CARRIER_SERVICE_OPTION_NO_LONGER_AVAILABLE',
      )
      expect(json.checkout.shippingInfo.carrierServiceOptions).toEqual([])
      const ordered = await send('POST', '/create-order', {})
      expect(fault(ordered)).toEqual([428, 'SELECTED_CARRIER_SERVICE_OPTION_NO_LONGER_AVAILABLE'])
    })

    it('adds items', async () => {
      const { send } = await begin()
      const { json } = await send('PATCH', '', { lineItems: [item(goods.mug, 2)] })
      expect(json.checkout.lineItems).toHaveLength(3)
    })
  })

  describe('lines', () => {
    it('POST /ecom/v1/checkouts/:id/add-to-checkout raises the line of the same item', async () => {
      const { send } = await begin()
      const { json } = await send('POST', '/add-to-checkout', { lineItems: [item(goods.shirt, 2), item(goods.mug)] })
      expect(json.checkout.lineItems.map((line: { id: string; quantity: number }) => [line.id, line.quantity])).toEqual(
        [
          [lineId(1), 5],
          [lineId(2), 1],
          [lineId(3), 1],
        ],
      )
      const many = { lineItems: Array.from({ length: 101 }, () => item(goods.mug)) }
      expect(fault(await send('POST', '/add-to-checkout', many))).toEqual([400, 'lineItems MAX_SIZE'])
    })

    it('POST /ecom/v1/checkouts/:id/update-line-items-quantity sets quantities, cut to the stock', async () => {
      const { send } = await begin()
      const set = (id: string, quantity: number) =>
        send('POST', '/update-line-items-quantity', { lineItems: [{ id, quantity }] })
      expect((await set(lineId(2), 99)).json.checkout.lineItems[1].quantity).toBe(30)
      expect((await set(lineId(1), 2)).json.checkout.lineItems[0].quantity).toBe(2)
      expect(fault(await set(lineId(1), 0))).toEqual([400, 'lineItems[0].quantity MIN'])
      expect(fault(await set(lineId(9), 1))).toEqual([404, 'LINE_ITEM_NOT_FOUND'])
      expect(fault(await send('POST', '/update-line-items-quantity', {}))).toEqual([400, 'lineItems REQUIRED_FIELD'])
    })

    it('POST /ecom/v1/checkouts/:id/remove-line-items takes lines out, and their numbers with them', async () => {
      const { send } = await begin()
      const removed = await send('POST', '/remove-line-items', { lineItemIds: [lineId(2), lineId(77)] })
      expect(removed.json.checkout.lineItems).toHaveLength(1)
      const { json } = await send('POST', '/add-to-checkout', { lineItems: [item(goods.shoe)] })
      expect(json.checkout.lineItems[1].id).toBe(lineId(3))
      await send('POST', '/remove-line-items', { lineItemIds: [lineId(1), lineId(3)] })
      expect(fault(await send('POST', '/create-order', {}))).toEqual([428, 'EMPTY_CHECKOUT'])
    })

    it('that are custom show their modifiers, and cost them', async () => {
      const modifiers = [
        { id: 'm1', quantity: 2, label: { original: 'Olives' }, price: '1.5' },
        { id: 'm2', label: { original: 'No salt' } },
      ]
      const customLineItems = [
        {
          quantity: 3,
          price: '8',
          itemType: { preset: 'SERVICE' },
          modifierGroups: [{ id: 'g', name: { original: 'Extras' }, modifiers }],
        },
      ]
      const { checkout } = (await create(demoKey, { customLineItems, checkoutInfo: filledIn })).json
      expect(checkout.lineItems[0]).toMatchObject({
        price: { amount: '11' },
        lineItemPrice: { amount: '33' },
        modifiersTotalPrice: { amount: '3' },
        modifierGroups: [
          { name: { original: 'Extras' }, modifiers: [{ price: { amount: '1.5' } }, { price: { amount: '0' } }] },
        ],
      })
      expect(checkout.priceSummary.subtotal.amount).toBe('33.00')
      const path = `/ecom/v1/checkouts/${checkout.id}/create-order`
      const { orderId } = (await wix.send('POST', path, { auth: demoKey, body: {} })).json
      const { order } = (await wix.send('GET', `/ecom/v1/orders/${orderId}`, { auth: demoKey })).json
      expect(order.lineItems[0].modifierGroups[0].modifiers[0].price).toEqual({
        amount: '1.5',
        formattedAmount: '$1.50',
      })
      const bad = [{ ...customLineItems[0], modifierGroups: [{ modifiers: [{ price: '-1' }] }] }]
      expect(fault(await create(demoKey, { customLineItems: bad }))).toEqual([
        400,
        'customLineItems[0].modifierGroups[0].modifiers[0].price DECIMAL_GTE',
      ])
    })

    it('with a fixed quantity keep it', async () => {
      const custom = { quantity: 2, price: '5', itemType: { preset: 'SERVICE' }, fixedQuantity: true }
      const made = await create(demoKey, { customLineItems: [custom] })
      const path = `/ecom/v1/checkouts/${made.json.checkout.id}/update-line-items-quantity`
      const answer = await wix.send('POST', path, {
        auth: demoKey,
        body: { lineItems: [{ id: lineId(1), quantity: 3 }] },
      })
      expect(fault(answer)).toEqual([428, 'LINE_ITEM_QUANTITY_IS_FIXED'])
    })
  })

  describe('subscriptions', () => {
    const coffee = item(goods.coffee, 1, { subscriptionOptionId: monthly })

    it('stand alone and are not paid by gift card', async () => {
      const { send, checkout } = await begin({ lineItems: [coffee], checkoutInfo: filledIn })
      expect(checkout.lineItems[0].subscriptionOptionInfo).toEqual({
        subscriptionSettings: { frequency: 'MONTH', interval: 1, autoRenewal: true, enableCustomerCancellation: true },
        title: { original: 'Every month', translated: 'Every month' },
        description: {},
      })
      expect(fault(await send('POST', '/add-to-checkout', { lineItems: [item(goods.mug)] }))).toEqual([
        428,
        'SUBSCRIPTION_WITH_SEVERAL_LINE_ITEMS',
      ])
      expect(fault(await send('PATCH', '', { giftCardCode: 'GIFT50DEMO' }))).toEqual([
        428,
        'SUBSCRIPTION_WITH_GIFT_CARD',
      ])
      const ordered = await send('POST', '/create-order', {})
      expect(Object.keys(ordered.json).sort()).toEqual(['paymentGatewayOrderId', 'subscriptionId'])
    })

    it('with a trial are paid after it', async () => {
      const { checkout, send } = await begin({
        lineItems: [item(trial.catalogItemId, 1, { subscriptionOptionId: trial.optionId })],
        checkoutInfo: filledIn,
      })
      expect(checkout.lineItems[0].subscriptionOptionInfo.subscriptionSettings.freeTrialPeriod).toEqual({
        frequency: 'DAY',
        interval: 14,
      })
      expect(checkout).toMatchObject({
        payNow: { total: { amount: '0.00' } },
        payLater: { total: { amount: '0.00' } },
        payAfterFreeTrial: { total: checkout.priceSummary.total, subtotal: { amount: '20.00' } },
      })
      const ordered = await send('POST', '/create-order', {})
      expect(Object.keys(ordered.json)).toEqual(['subscriptionId'])
    })

    it('cost something', async () => {
      const free = { ...coffee, catalogOverrideFields: { price: '0' } }
      const { checkout } = (
        await create(demoKey, { lineItems: [free], checkoutInfo: filledIn, couponCode: 'SHIPFREE' })
      ).json
      const path = `/ecom/v1/checkouts/${checkout.id}/create-order`
      expect(fault(await wix.send('POST', path, { auth: demoKey, body: {} }))).toEqual([
        428,
        'SUBSCRIPTION_WITH_ZERO_TOTAL',
      ])
    })
  })

  describe('the page', () => {
    it('GET /ecom/v1/checkouts/:id/checkout-url gives way to an override until that is removed', async () => {
      const { send, checkout } = await begin({ overrideCheckoutUrl: 'https://pay.example/x' })
      const page = `${getServer().baseUrl}/pay/${checkout.id}?pass=`
      const hosted = { checkoutUrl: expect.stringMatching(new RegExp(`^${page.replaceAll(/[?.]/g, '\\$&')}[\\w.-]+$`)) }
      expect((await send('GET', '/checkout-url')).json).toEqual({ checkoutUrl: 'https://pay.example/x' })
      expect((await send('GET', '/wix-checkout-url')).json).toEqual(hosted)
      expect((await send('POST', '/remove-override-checkout-url', {})).status).toBe(200)
      expect((await send('GET', '/checkout-url')).json).toEqual(hosted)
    })
  })
})
