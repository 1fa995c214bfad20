import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure, goods, importEntries } from './more-goods.js'
import { callBack, cardOf, fillIn, place, promissory, rio, sendPayments, transact, visa } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, expectError } from './shop.js'

const mugs = [{ id: '18', quantity: 2 }]
const window = { start: '2027-01-04T09:00:00Z', end: '2027-01-04T12:00:00Z', price: '3.00' }

describeOnEachDatabase('what stands in the way of a purchase', getServer => {
  const newClient = () => clientOf(getServer)

  beforeAll(() =>
    importEntries(getServer(), [
      goods(4001, '50.00', {
        attachments: [{ name: 'Engraving', isRequired: true, fields: { text: { maxLength: 5 } } }],
      }),
      goods(4002, '300.00'),
      {
        ...{ kind: 'shipping_method', channel: 'br', id: 'Agendada', integerId: 95, name: 'Agendada', carrier: 'Moto' },
        ...{ position: 9, zones: [{ area: 'BR', postalFrom: '01000000', postalTo: '05999999' }] },
        ...{ deliveryWindows: [window], prices: { BRL: '1.00' } },
      },
      {
        ...{ kind: 'payment_method', channel: 'br', id: '2', integerId: 2, name: 'Visa', provider: 'sandbox' },
        ...{ providerName: 'creditCardPaymentGroup', paymentKind: 'card', position: 1 },
        installments: [
          { count: 1, interestRate: '0' },
          { count: 2, interestRate: '2' },
        ],
      },
    ]),
  )

  const paulista = { ...rio, addressId: 'sp', postalCode: '01310100', state: 'SP', city: 'São Paulo' }
  const toPaulista = { selectedAddresses: [paulista], clearAddressIfPostalCodeNotFound: false }

  it.each([
    ['ORD006', 'city', { ...rio, addressId: 'a', postalCode: '28000000', city: null }],
    ['ORD006', 'street', { ...rio, addressId: 'a', postalCode: '28000000', street: '' }],
    ['ORD006', 'street', { ...rio, addressId: 'a', street: 'Rua *** *****nte' }],
    ['ORD006', 'receiverName', { ...rio, addressId: 'a', receiverName: 'Ana***uza' }],
  ])('%s: the %s of an address', async (code, field, address) => {
    const client = newClient()
    const id = await client.begin(mugs)
    const value = await fillIn(client, id)
    const body = { selectedAddresses: [address], clearAddressIfPostalCodeNotFound: false }
    expect((await client.form(id, 'POST', '/attachments/shippingData', body)).status).toBe(200)
    const refused = await transact(client, id, value)
    const message = `The ${field} field in the shipping attachment is invalid`
    expect([refused.status, refused.json]).toEqual([400, errorBody(code, message)])
  })

  it('ORD025: a form that an item needs, until it is filled in', async () => {
    const client = newClient()
    const id = await client.begin([{ id: '4001', quantity: 1 }])
    const value = await fillIn(client, id)
    const refused = await transact(client, id, value)
    const message = 'Item Goods 4001 had some empty required attachment'
    expect([refused.status, refused.json]).toEqual([400, errorBody('ORD025', message)])
    await client.form(id, 'POST', '/items/0/attachments/Engraving', { content: { text: 'Ana' } })
    expect((await transact(client, id, value)).status).toBe(200)
  })

  it('CHK0257 without an SLA, ORD046 without a window for one that is scheduled', async () => {
    const client = newClient()
    const id = await client.begin(mugs)
    await fillIn(client, id)
    const { json } = await client.form(id, 'POST', '/attachments/shippingData', toPaulista)
    expect(json.shippingData.logisticsInfo).toMatchObject([{ selectedSla: null, slas: [{ id: 'Agendada' }] }])
    const none = await transact(client, id, json.value)
    expect([none.status, none.json]).toEqual([400, errorBody('CHK0257', 'No SLA is selected')])
    const logisticsInfo = [{ itemIndex: 0, selectedSla: 'Agendada' }]
    const chosen = await client.form(id, 'POST', '/attachments/shippingData', { ...toPaulista, logisticsInfo })
    const open = await transact(client, id, chosen.json.value)
    expect([open.status, open.json]).toEqual([400, errorBody('ORD046', 'Delivery window is required')])
    const timed = [{ ...logisticsInfo[0], deliveryWindow: { startDateUtc: window.start, endDateUtc: window.end } }]
    const whole = await client.form(id, 'POST', '/attachments/shippingData', { ...toPaulista, logisticsInfo: timed })
    expect(whole.json.value).toBe(2500 + 100 + 300)
    expect((await transact(client, id, whole.json.value)).status).toBe(200)
  })

  it('CHK0248: fewer pieces, or worth less, than the account asks for', async () => {
    const client = newClient()
    const id = await client.begin(mugs)
    const value = await fillIn(client, id)
    await configure(getServer(), { minimumQuantityAccumulatedForItems: 3 })
    const few = await transact(client, id, value)
    await configure(getServer(), { minimumValueAccumulated: 2501 })
    const little = await transact(client, id, value)
    await configure(getServer(), { minimumQuantityAccumulatedForItems: 2, minimumValueAccumulated: 2500 })
    const enough = await transact(client, id, value)
    await configure(getServer(), {})
    const start = 'The minimum'
    const end = 'that must be accumulated in cart has not been reached'
    expect([few.status, few.json]).toEqual([400, errorBody('CHK0248', `${start} quantity for items ${end}`)])
    expect([little.status, little.json]).toEqual([400, errorBody('CHK0248', `${start} value ${end}`)])
    expect(enough.status).toBe(200)
  })

  it('CHK0152: a way of paying that is gone since it was chosen', async () => {
    const method = {
      ...{ kind: 'payment_method', channel: 'br', id: '98', integerId: 98, name: 'Slip', provider: 'manual' },
      ...{ providerName: 'bankInvoicePaymentGroup', paymentKind: 'bank_transfer', position: 9 },
    }
    await importEntries(getServer(), [method])
    const client = newClient()
    const id = await client.begin(mugs)
    const value = await fillIn(client, id, { system: 98 })
    await importEntries(getServer(), [{ ...method, isActive: false }])
    const refused = await transact(client, id, value)
    expect([refused.status, refused.json]).toEqual([400, errorBody('CHK0152', 'Invalid payment system')])
  })

  it('CHK0062: more items in one call than there may be', async () => {
    const client = newClient()
    const id = await client.begin()
    const orderItems = Array.from({ length: 501 }, () => ({ id: '18', quantity: 1, seller: '1' }))
    const refused = await client.form(id, 'POST', '/items', { orderItems })
    expect([refused.status, refused.json]).toEqual([400, errorBody('CHK0062', 'Max allowed items exceeded: 500')])
  })

  it('CHK0040: a postal code with what no postal code has', async () => {
    const body = { items: [{ id: '18', quantity: 1, seller: '1' }], country: 'BRA', postalCode: '22<50' }
    const refused = await newClient().send('POST', `${checkoutPath}/orderForms/simulation`, body)
    expectError(refused, 'CHK0040')
  })

  it('CHK0202: an order whose goods were sent cannot be called off', async () => {
    const client = newClient()
    const sale = await place(client)
    await sendPayments(client, sale)
    await callBack(client, sale.orderGroup)
    const { operations } = getServer()
    const found = await operations.readOrder({ kind: 'system' }, { number: sale.orderGroup })
    if (!found.ok) throw new Error(found.error.code)
    const { id, snapshot } = found.value.order
    const consignmentId = snapshot.cart.consignments[0]?.id ?? ''
    const sent = await operations.fulfillOrder({ kind: 'system' }, { id, consignmentId })
    expect(sent.ok).toBe(true)
    const path = `${checkoutPath}/orders/${sale.orderGroup}-01/user-cancel-request`
    const own = await client.send('POST', path, { reason: 'Too late' })
    expectError(own, 'CHK0202')
    const keyed = await client.send('POST', `/api/oms/pvt/orders/${sale.orderGroup}-01/cancel`, {}, demoKey)
    expectError(keyed, 'CHK0202')
  })

  describe('installments with interest', () => {
    async function inTwo() {
      const client = newClient()
      const id = await client.begin([{ id: '4002', quantity: 1 }])
      await fillIn(client, id)
      const pickup = [{ itemIndex: 0, selectedSla: 'pickup-1_RJ01', selectedDeliveryChannel: 'pickup-in-point' }]
      const body = { selectedAddresses: [rio], logisticsInfo: pickup }
      expect((await client.form(id, 'POST', '/attachments/shippingData', body)).json.value).toBe(30_000)
      const payments = [{ paymentSystem: visa, referenceValue: 30_000, value: 30_000, installments: 2 }]
      const { json } = await client.form(id, 'POST', '/attachments/paymentData', { payments })
      return { client, id, json }
    }

    it('cost what the table says, from the cart to the order: 2 x 154.51', async () => {
      const { client, id, json } = await inTwo()
      expect(json.value).toBe(30_902)
      expect(json.totalizers).toMatchObject([
        { id: 'Items', value: 30_000 },
        { id: 'Shipping', value: 0 },
        { id: 'Interest', value: 902 },
      ])
      const figures = { installments: 2, referenceValue: 30_000, value: 30_902 }
      expect(json.paymentData.payments).toMatchObject([
        {
          ...{ paymentSystem: '2', ...figures },
          merchantSellerPayments: [{ id: 'POLYTILL', ...figures, interestRate: 200, installmentValue: 15_451 }],
        },
      ])
      const amounts = { referenceValue: 30_000, interestValue: 902 }
      const placed = await transact(client, id, 30_902, amounts)
      expect(placed.status).toBe(200)
      expect(placed.json.merchantTransactions).toMatchObject([
        { payments: [{ value: 30_902, referenceValue: 30_000 }] },
      ])
      const sale = { transactionId: String(placed.json.id), orderGroup: String(placed.json.orderGroup), value: 30_902 }
      const card = { paymentSystem: visa, fields: cardOf('4111111111111111') }
      const wrong = await sendPayments(client, sale, { ...card, installments: 1 })
      expectError(wrong, 'CHK0154')
      const right = { ...card, installments: 2, referenceValue: 30_000, installmentsValue: 15_451 }
      expect((await sendPayments(client, sale, right)).status).toBe(201)
      expect((await callBack(client, sale.orderGroup)).status).toBe(204)
      const [order] = (await client.send('GET', `${checkoutPath}/orders/order-group/${sale.orderGroup}`)).json
      expect(order).toMatchObject({ value: 30_902, isCompleted: true })
      const totals = [
        { id: 'Items', value: 30_000 },
        { id: 'Discounts', value: 0 },
        { id: 'Shipping', value: 0 },
        { id: 'Tax', value: 0 },
        { id: 'Interest', value: 902 },
      ]
      expect(order.totals).toMatchObject(totals)
      const managed = await client.send('GET', `/api/oms/pvt/orders/${order.orderId}`, undefined, demoKey)
      expect(managed.json).toMatchObject({ value: 30_902, totals })
      const path = `/api/pvt/transactions/${sale.transactionId}`
      const [payment] = (await client.send('GET', `${path}/payments`, undefined, demoKey)).json
      expect(payment).toMatchObject({
        value: 30_902,
        referenceValue: 30_000,
        installments: 2,
        installmentsValue: 15_451,
      })
    })

    it.each([
      ['CHK0210', 30_000, { referenceValue: 30_000, interestValue: 0 }],
      ['CHK0210', 30_903, { referenceValue: 30_000, interestValue: 903 }],
      ['CHK0016', 30_902, { referenceValue: 30_902, interestValue: 0 }],
    ])('%s for another value', async (code, value, amounts) => {
      const { client, id } = await inTwo()
      const refused = await transact(client, id, value, amounts)
      expectError(refused, code)
    })
  })

  describe('errors', () => {
    const wordsOf = async (locale: string | undefined, body: object) => {
      const client = newClient()
      const id = await client.begin(mugs)
      if (locale !== undefined) await client.form(id, 'POST', '/attachments/clientPreferencesData', { locale })
      const refused = await client.form(id, 'POST', '/attachments/shippingData', body)
      expect([refused.status, refused.json]).toEqual([400, errorBody('ORD001', refused.json.error.message)])
      return refused.json.error.message
    }
    const body = { selectedAddresses: [{ ...rio, postalCode: '12' }] }

    it.each([
      ['pt-BR', 'O CEP (12) dos dados de entrega é inválido'],
      ['en-US', 'The CEP (12) field in the shipping attachment is invalid'],
      ['fr-FR', 'The CEP (12) field in the shipping attachment is invalid'],
      [undefined, 'The CEP (12) field in the shipping attachment is invalid'],
    ])('are told in the language that the client asked for: %s', async (locale, words) => {
      expect(await wordsOf(locale, body)).toBe(words)
    })

    it('of a purchase too, and with the same code and status', async () => {
      const client = newClient()
      const id = await client.begin()
      await client.form(id, 'POST', '/attachments/clientPreferencesData', { locale: 'pt-BR' })
      const refused = await transact(client, id, 0)
      expect([refused.status, refused.json]).toEqual([
        500,
        errorBody('ORD005', 'A compra não pode ser feita sem itens'),
      ])
      expect((await transact(client, crypto.randomUUID(), promissory)).json.error.message).toBe('Invalid order form')
    })
  })
})
