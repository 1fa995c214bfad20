import { request } from 'node:http'
import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { checkoutPath, clientOf, expectError, type VtexClient } from '../../wire/vtex/shop.js'

const sections = [
  'items',
  'totalizers',
  'clientProfileData',
  'shippingData',
  'paymentData',
  'sellers',
  'messages',
  'marketingData',
  'clientPreferencesData',
  'storePreferencesData',
  'giftRegistryData',
  'ratesAndBenefitsData',
  'openTextField',
  'commercialConditionData',
  'customData',
]
const headers = { accept: 'application/json, text/javascript, */*; q=0.01', origin: 'http://localhost:3000' }

/**
 * A page's script of the platform's kind: it first reads with recalculation, names the sections that it expects in every
 * body, and keeps the last orderForm. Our own, from the calls that the dialect's document lists.
 */
function pageOf(client: VtexClient) {
  let id = ''
  const post = async (path: string, body: object = {}) => {
    const answer = await client.send(
      'POST',
      `${checkoutPath}/orderForm${path}`,
      { ...body, expectedOrderFormSections: sections },
      headers,
    )
    expect(answer.status, answer.text.slice(0, 300)).toBe(200)
    id = answer.json.orderFormId
    return answer.json
  }
  return {
    getOrderForm: () => post('?refreshOutdatedData=true'),
    addToCart: (orderItems: readonly object[], sc?: number) =>
      post(`/${id}/items${sc === undefined ? '' : `?sc=${sc}`}`, { orderItems }),
    updateItems: (orderItems: readonly object[]) => post(`/${id}/items/update`, { orderItems, noSplitItem: false }),
    removeAllItems: () => post(`/${id}/items/removeAll`),
    addDiscountCoupon: (text: string) => post(`/${id}/coupons`, { text }),
    removeDiscountCoupon: () => post(`/${id}/coupons`, { text: '' }),
    sendAttachment: (name: string, attachment: object) => post(`/${id}/attachments/${name}`, attachment),
    calculateShipping: (address: object) => post(`/${id}/attachments/shippingData`, { address }),
    clearMessages: () => post(`/${id}/messages/clear`),
    setManualOrder: (criteria: string) => post(`/${id}/itemsOrdination`, { criteria, ascending: true }),
    /** As the platform's script places an order: with what it has last seen, and no thought of tax. */
    startTransaction: (value: number, referenceValue: number, interestValue = 0) =>
      post(`/${id}/transaction`, {
        ...{ referenceId: id, savePersonalData: false, optinNewsLetter: false, value, referenceValue, interestValue },
        ...{ recaptchaKey: null, recaptchaToken: null },
      }),
    /** Its answer becomes the script's orderForm, so an empty one breaks it. */
    finishTransaction: async (orderGroup: string) => {
      const answer = await client.send('POST', `${checkoutPath}/gatewayCallback/${orderGroup}`, undefined, headers)
      expect(answer.status).toBe(200)
      return answer.json
    },
    getOrders: async (orderGroup: string) =>
      (await client.send('GET', `${checkoutPath}/orders/order-group/${orderGroup}`, undefined, headers)).json,
    getAddressInformation: async (postalCode: string, country: string) =>
      (await client.send('GET', `${checkoutPath}/postal-code/${country}/${postalCode}`, undefined, headers)).json,
    getProfileByEmail: async (email: string, sc: number) =>
      (await client.send('GET', `${checkoutPath}/profiles/?email=${email}&sc=${sc}`, undefined, headers)).json,
    simulateShipping: (items: readonly object[], postalCode: string, country: string) =>
      client.send('POST', `${checkoutPath}/orderForms/simulation`, { items, postalCode, country }, headers),
    simulateByCart: (country: string, shippingData: object) =>
      client.send('POST', `${checkoutPath}/orderForms/simulation`, { orderFormId: id, shippingData, country }, headers),
  }
}

describeOnEachDatabase('a page with the platform’s kind of script', getServer => {
  it('goes the whole way to the payment', async () => {
    const page = pageOf(clientOf(getServer))
    const empty = await page.getOrderForm()
    expect(empty.items).toEqual([])
    const added = await page.addToCart(
      [
        { id: 18, quantity: 1, seller: '1' },
        { id: '19', quantity: 1, seller: 1 },
      ],
      1,
    )
    expect(added.orderFormId).toBe(empty.orderFormId)
    expect(
      (
        await page.updateItems([
          { index: 0, quantity: 2 },
          { index: 1, quantity: 0 },
        ])
      ).value,
    ).toBe(2500)
    expect((await page.addDiscountCoupon('DEZ')).value).toBe(2250)
    expect((await page.removeDiscountCoupon()).value).toBe(2500)
    const profile = {
      email: 'ana@shop.example',
      firstName: 'Ana',
      lastName: 'Souza',
      document: '52998224725',
      documentType: 'cpf',
      phone: '+5521999990000',
      isCorporate: false,
    }
    await page.sendAttachment('clientProfileData', profile)
    const shipped = await page.calculateShipping({ postalCode: '22250-040', country: 'BRA' })
    expect(shipped.totalizers).toMatchObject([
      { id: 'Items', value: 2500 },
      { id: 'Shipping', value: 700 },
    ])
    const chosen = shipped.shippingData.logisticsInfo.flatMap(
      (info: { slas: { id: string; price: number }[]; selectedSla: string }) =>
        info.slas.filter(sla => sla.id === info.selectedSla).map(sla => sla.price),
    )
    expect(chosen.reduce((sum: number, price: number) => sum + price, 0)).toBe(700)
    const { paymentSystem } = shipped.paymentData.installmentOptions[0]
    const paid = await page.sendAttachment('paymentData', {
      payments: [
        {
          paymentSystem,
          installments: 1,
          referenceValue: shipped.value,
          value: shipped.value,
          hasDefaultBillingAddress: true,
          accountId: null,
        },
      ],
      giftCards: [],
    })
    expect(paid.paymentData.payments).toMatchObject([{ value: 3200, merchantSellerPayments: [{ id: 'POLYTILL' }] }])
    await page.sendAttachment('openTextField', { value: 'Obrigada' })
    await page.setManualOrder('NAME')
    expect((await page.clearMessages()).messages).toEqual([])
    const emptied = await page.removeAllItems()
    expect(emptied).toMatchObject({
      items: [],
      value: 0,
      clientProfileData: { email: profile.email },
      openTextField: { value: 'Obrigada' },
    })
  })

  it('goes the whole way to the order, and goes on with the emptied cart', async () => {
    const client = clientOf(getServer)
    const page = pageOf(client)
    const { orderFormId } = await page.getOrderForm()
    await page.addToCart([{ id: 18, quantity: 2, seller: '1' }], 1)
    const email = 'ana@shop.example'
    expect(await page.getProfileByEmail(email, 1)).toMatchObject({ userProfileId: null, isComplete: false })
    const person = { firstName: 'Ana', lastName: 'Souza', document: '52998224725', documentType: 'cpf' }
    await page.sendAttachment('clientProfileData', { email, ...person, phone: '+5521999990000', isCorporate: false })
    const found = await page.getAddressInformation('22250-040', 'BRA')
    expect(found).toMatchObject({ postalCode: '22250040', state: 'RJ', country: 'BRA' })
    const address = { ...found, addressType: 'residential', receiverName: 'Ana Souza', number: '10' }
    const shipped = await page.sendAttachment('shippingData', {
      address: { ...address, street: 'Rua A', neighborhood: 'Centro' },
      logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal' }],
    })
    const payment = { paymentSystem: 17, installments: 1, referenceValue: shipped.value, value: shipped.value }
    const paid = await page.sendAttachment('paymentData', { payments: [payment], giftCards: [] })
    const sums: readonly { readonly id: string; readonly value: number }[] = paid.totalizers
    const withoutTax = sums.filter(({ id }) => id !== 'Tax').reduce((sum, { value }) => sum + value, 0)
    const started = await page.startTransaction(paid.value, withoutTax)
    // What such scripts read off the answer, each in its own way.
    const orderGroup = started.gatewayCallbackTemplatePath.split('/')[3]
    expect(started.gatewayCallbackTemplatePath).toBe(`/checkout/gatewayCallback/${orderGroup}/{messageCode}`)
    expect([orderGroup, orderGroup.includes('-')]).toEqual([started.orderGroup, false])
    const merchants: readonly { readonly id: string; readonly transactionId: string }[] = started.merchantTransactions
    const chosen = paid.paymentData.payments[0].merchantSellerPayments[0]
    const merchant = merchants.find(one => one.id.toLowerCase() === chosen.id.toLowerCase())
    const { pathname } = new URL(started.receiverUri)
    const sent = await client.send('POST', pathname, [
      {
        ...{
          paymentSystem: 17,
          installments: 1,
          installmentsInterestRate: 0,
          installmentsValue: chosen.installmentValue,
        },
        ...{ value: chosen.value, referenceValue: chosen.referenceValue, currencyCode: 'BRL', fields: {} },
        ...{ originalPaymentIndex: 0, transaction: { id: merchant?.transactionId, merchantName: merchant?.id } },
      },
    ])
    expect([sent.status, sent.text]).toEqual([201, ''])
    const emptied = await page.finishTransaction(orderGroup)
    expect(emptied).toMatchObject({ orderFormId, items: [], value: 0, clientProfileData: { email } })
    // It asks again where a section is missing: none is.
    expect(sections.filter(name => !(name in emptied))).toEqual([])
    expect(await page.getOrders(orderGroup)).toMatchObject([
      { orderId: `${orderGroup}-01`, value: 3200, isCompleted: true },
    ])
    const next = await page.addToCart([{ id: 19, quantity: 1, seller: '1' }])
    expect(next).toMatchObject({ orderFormId, value: 4700, items: [{ id: '19' }] })
  })

  it('may go away in the middle of a call: it counts as a whole or not at all, and the next one is answered', async () => {
    const client = clientOf(getServer)
    const page = pageOf(client)
    const { orderFormId } = await page.getOrderForm()
    const { port } = new URL(getServer().baseUrl)
    const body = JSON.stringify({
      orderItems: [
        { id: '18', quantity: 2, seller: '1' },
        { id: '19', quantity: 1, seller: '1' },
      ],
    })
    const leave = (delay: number) =>
      new Promise<void>(resolve => {
        const path = `${checkoutPath}/orderForm/${orderFormId}/items`
        const length = Buffer.byteLength(body)
        const started = request({
          ...{ host: '127.0.0.1', port, method: 'POST', path },
          headers: { 'content-type': 'application/json', 'content-length': length },
        })
        started.on('error', () => resolve())
        started.on('response', () => resolve())
        started.end(body)
        setTimeout(() => started.destroy(), delay)
      })
    await Promise.all([0, 1, 2, 5, 10, 20].map(leave))
    const { json } = await client.form(orderFormId, 'GET', '')
    expect([0, 6500]).toContain(json.value)
    expect((await page.addToCart([{ id: 18, quantity: 3, seller: '1' }])).items[0]).toMatchObject({ quantity: 3 })
  })

  it('asks for shipping with items, or with its cart', async () => {
    const page = pageOf(clientOf(getServer))
    const items = [
      { id: 18, quantity: 2, seller: '1' },
      { id: 4711, quantity: 1, seller: '1' },
    ]
    const alone = await page.simulateShipping(items, '22250-040', 'BRA')
    expect(alone.json).toMatchObject({ items: [{ id: '18', requestIndex: 0 }], messages: [{ code: 'ORD027' }] })
    await page.getOrderForm()
    await page.addToCart([{ id: '19', quantity: 1, seller: '1' }])
    const selectedAddresses = [{ postalCode: '22250040', country: 'BRA', addressType: 'search' }]
    const ofCart = await page.simulateByCart('BRA', {
      selectedAddresses,
      logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal' }],
    })
    expect(ofCart.json).toMatchObject({
      items: [{ id: '19' }],
      logisticsInfo: [{ selectedSla: 'Normal' }],
      totals: [
        { id: 'Items', value: 4000 },
        { id: 'Shipping', value: 700 },
      ],
    })
    expect((await page.getOrderForm()).shippingData.selectedAddresses).toEqual([])
  })

  it.each([
    ['CHK0022', { items: [{ quantity: 1, seller: '1' }] }],
    ['CHK0023', { items: [{ id: '18', quantity: 0, seller: '1' }] }],
    ['CHK0024', { items: [{ id: '18', quantity: 1, seller: 'x' }] }],
    ['CHK0127', { items: [{ id: '18', quantity: 1, seller: '1' }], postalCode: '22250040' }],
    ['CHK0127', { items: [{ id: '18', quantity: 1, seller: '1' }], country: 'XYZ' }],
    ['CHK0040', { items: [{ id: '18', quantity: 1, seller: '1' }], country: 'BRA', postalCode: '22%40' }],
    ['001', { items: 'mug' }],
  ])('a simulation is refused with %s', async (code, body) => {
    const answer = await clientOf(getServer).send('POST', `${checkoutPath}/orderForms/simulation`, body, headers)
    expectError(answer, code)
  })

  it('coordinates do for a place, and what is skipped is left out', async () => {
    const body = {
      items: [{ id: '901', quantity: 25, seller: '1' }],
      country: 'BRA',
      geoCoordinates: [-43.18, -22.94],
    }
    const client = clientOf(getServer)
    const { json } = await client.send('POST', `${checkoutPath}/orderForms/simulation`, body)
    expect(json).toMatchObject({ geoCoordinates: [-43.18, -22.94], items: [{ quantity: 20 }] })
    expect(json.messages).toContainEqual(expect.objectContaining({ code: 'itemQuantityNotAvailable' }))
    const skipping = {
      ...body,
      postalCode: '22250040',
      geoCoordinates: undefined,
      allowedOutdatedData: ['deliveryData', 'paymentData'],
    }
    const skipped = await client.send('POST', `${checkoutPath}/orderForms/simulation`, skipping)
    expect(skipped.json.logisticsInfo[0].slas).toEqual([])
    expect(skipped.json.paymentData.installmentOptions).toEqual([])
  })
})
