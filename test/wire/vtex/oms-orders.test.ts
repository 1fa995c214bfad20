import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { callBack, cardOf, fillIn, place, sendPayments, transact, visa } from './purchase.js'
import { clientOf, demoKey } from './shop.js'

const mugs = [{ id: '18', quantity: 2 }]

/** What order management says of a payment that this store never knows. */
const unknown = {
  ...{ cardHolder: null, cardNumber: null, cvv2: null, url: null, giftCardCaption: null, dueDate: null, koinUrl: null },
  ...{ parentAccountId: null, bankIssuedInvoiceIdentificationNumber: null, billingAddress: null, paymentOrigin: null },
  ...{ bankIssuedInvoiceIdentificationNumberFormatted: null, bankIssuedInvoiceBarCodeNumber: null },
  ...{ bankIssuedInvoiceBarCodeType: null, accountId: null, tokenId: null, bin: null, firstDigits: null },
}
const noGiftCard = {
  ...{ giftCardId: null, giftCardName: null, giftCardProvider: null, giftCardAsDiscount: null, redemptionCode: null },
}

describeOnEachDatabase('GET /api/oms/pvt/orders/:orderId', getServer => {
  const newClient = () => clientOf(getServer)
  const read = async (orderGroup: string) =>
    (await newClient().send('GET', `/api/oms/pvt/orders/${orderGroup}-01`, undefined, demoKey)).json

  it('names each payment, the last digits of its card and its id at the gateway; gift cards are payments', async () => {
    const client = newClient()
    const id = await client.begin(mugs)
    await fillIn(client, id, { system: visa })
    await client.form(id, 'POST', '/attachments/paymentData', {
      payments: [{ paymentSystem: visa, referenceValue: 2200, value: 2200, installments: 2 }],
      giftCards: [{ redemptionCode: 'GIFT50DEMO', value: 1000, inUse: true }],
    })
    const { json: placed } = await transact(client, id, 3200)
    const sale = { transactionId: placed.id, orderGroup: placed.orderGroup, value: 2200 }
    const fields = cardOf('4111111111111111')
    expect((await sendPayments(client, sale, { paymentSystem: visa, installments: 2, fields })).status).toBe(201)
    expect((await callBack(client, sale.orderGroup)).status).toBe(204)
    const path = `/api/pvt/transactions/${sale.transactionId}/payments`
    const [atGateway] = (await client.send('GET', path, undefined, demoKey)).json
    expect(atGateway).toMatchObject({ group: 'creditCard', paymentSystemName: 'Visa' })
    const { paymentData } = await read(sale.orderGroup)
    expect(paymentData.transactions).toEqual([
      {
        ...{ isActive: true, transactionId: sale.transactionId, merchantName: 'POLYTILL', sharedTransaction: false },
        payments: [
          {
            ...{ ...unknown, ...noGiftCard, id: atGateway.id, paymentSystem: '2', paymentSystemName: 'Visa' },
            ...{ group: 'creditCard', installments: 2, value: 2200, referenceValue: 2200, lastDigits: '1111' },
            ...{
              expireMonth: '12',
              expireYear: '2030',
              tid: atGateway.tid,
              connectorResponses: { Tid: atGateway.tid, ReturnCode: '', Message: '', authId: '' },
            },
          },
          {
            ...{
              ...unknown,
              id: expect.stringMatching(/^[0-9A-F]{32}$/),
              paymentSystem: '16',
              paymentSystemName: 'Vale',
            },
            ...{ group: 'giftCard', installments: 1, value: 1000, referenceValue: 1000, lastDigits: null },
            ...{ expireMonth: null, expireYear: null, tid: null, connectorResponses: {} },
            ...{ giftCardId: '1', giftCardName: 'Gift card', giftCardProvider: 'VtexGiftCard' },
            ...{ giftCardAsDiscount: false, redemptionCode: 'GIFT50DEMO' },
          },
        ],
      },
    ])
    // The confirmation page of vtex-apps/order-placed reads the same of GET /api/checkout/pub/orders/order-group/:orderGroup,
    // where gift cards stand by themselves.
    const [atCheckout] = (await client.send('GET', `/api/checkout/pub/orders/order-group/${sale.orderGroup}`)).json
    expect(atCheckout.paymentData.transactions[0].payments).toEqual([paymentData.transactions[0].payments[0]])
  })

  it('a payment that is still to be made is named at the checkout, too, without what only a gateway knows', async () => {
    const client = newClient()
    const id = await client.begin(mugs)
    const { json } = await transact(client, id, await fillIn(client, id, {}))
    expect(json.orders[0].paymentData.transactions[0].payments).toMatchObject([
      { paymentSystemName: 'Promissory', group: 'promissory', value: 3200, lastDigits: null, tid: null },
    ])
  })

  it('has everything that the published description requires of items, buyer, promotions and shipping', async () => {
    const client = newClient()
    const sale = await place(client)
    const order = await read(sale.orderGroup)
    const [item] = order.items
    expect(item).toMatchObject({
      ...{ id: '18', sellerSku: '18', lockId: `00-${sale.orderGroup}-01`, params: [], commission: 0 },
      ...{ freightCommission: 0, shippingPrice: null, callCenterOperator: null, serialNumbers: null, costPrice: null },
      itemAttachment: { content: {}, name: null },
      additionalInfo: {
        categoriesIds: item.productCategoryIds,
        categories: [{ id: expect.any(Number), name: 'Kitchen' }],
        ...{ productClusterId: '', commercialConditionId: '' },
      },
    })
    expect(item.priceDefinitions).toEqual(item.priceDefinition)
    expect(order.clientProfileData).toMatchObject({
      ...{ id: 'clientProfileData', userProfileId: null, userProfileVersion: null, customerCode: null },
      ...{ email: 'ana@shop.example', firstName: 'Ana' },
    })
    expect(order.ratesAndBenefitsData.id).toBe('ratesAndBenefitsData')
    expect(order.shippingData).toMatchObject({
      id: 'shippingData',
      address: { postalCode: '22250040', versionId: null, entityId: null },
      selectedAddresses: [{ postalCode: '22250040', versionId: null, entityId: null }],
      contactInformation: [],
      logisticsInfo: [
        {
          ...{ versionId: null, entityId: null, polygonName: '', pickupPointId: null, transitTime: '3bd' },
          deliveryIds: [{ courierName: 'Transportadora', accountCarrierName: 'Transportadora' }],
          deliveryChannels: [{ id: 'delivery', stockBalance: 0 }],
        },
      ],
    })
  })

  it('shows what was sent as packages, and when', async () => {
    const client = newClient()
    const sale = await place(client)
    await sendPayments(client, sale)
    await callBack(client, sale.orderGroup)
    const before = await read(sale.orderGroup)
    expect([before.packageAttachment, before.invoicedDate]).toEqual([{ packages: [] }, null])
    const { operations } = getServer()
    const found = await operations.readOrder({ kind: 'system' }, { number: sale.orderGroup })
    const { order } = found.ok ? found.value : expect.fail('the order is there')
    const consignmentId = order.snapshot.consignments[0]?.consignment.id ?? ''
    const about = { carrier: 'Transportadora', trackingNumber: 'BR123' }
    expect((await operations.fulfillOrder({ kind: 'system' }, { id: order.id, consignmentId, ...about })).ok).toBe(true)
    const sent = await read(sale.orderGroup)
    expect(sent.status).toBe('invoiced')
    expect(sent.packageAttachment).toEqual({
      packages: [
        {
          items: [{ itemIndex: 0, quantity: 2, price: 1250, description: 'Mug', unitMultiplier: 1 }],
          ...{ courier: 'Transportadora', trackingNumber: 'BR123', trackingUrl: null, issuanceDate: sent.lastChange },
          ...{ invoiceNumber: consignmentId, invoiceValue: 2500, invoiceUrl: null, invoiceKey: null, type: 'Output' },
          ...{ embeddedInvoice: null, courierStatus: null, cfop: null, restitutions: {}, volumes: null },
          EnableInferItems: null,
        },
      ],
    })
    expect(sent.invoicedDate).toBe(sent.lastChange)
  })
})
