import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { importEntries } from './more-goods.js'
import { ana, callBack, promissory, rio, sendPayments } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, expectError } from './shop.js'

const path = `${checkoutPath}/orders?sc=1`
const item = { id: '18', quantity: 1, seller: '1' }

function wholeOrder(more: object = {}) {
  return {
    items: [item, item],
    clientProfileData: ana,
    shippingData: { address: rio, logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal', price: 700 }] },
    paymentData: { payments: [{ paymentSystem: promissory, value: 3200, referenceValue: 3200, installments: 1 }] },
    ...more,
  }
}

describeOnEachDatabase('PUT /api/checkout/pub/orders', getServer => {
  const newClient = () => clientOf(getServer)
  const cartsOf = async () => {
    const { rows } = await getServer().storage.sql.query<{ carts: bigint }>('select count(*) as carts from carts')
    return rows[0]?.carts
  }

  it('places an order without a cart of before, which is paid for and finished as any other', async () => {
    const client = newClient()
    const placed = await client.send('PUT', path, wholeOrder({ marketingData: { coupon: '' }, openTextField: 'Ring' }))
    expect(placed.status).toBe(201)
    const [order] = placed.json.orders
    expect(placed.json).toMatchObject({
      orderForm: null,
      transactionData: { merchantTransactions: [{ id: 'POLYTILL' }] },
    })
    expect(order).toMatchObject({
      value: 3200,
      isCompleted: false,
      openTextField: { value: 'Ring' },
      items: [
        { id: '18', quantity: 1 },
        { id: '18', quantity: 1 },
      ],
    })
    const { transactionId } = placed.json.transactionData.merchantTransactions[0]
    const sale = { transactionId, orderGroup: order.orderGroup, value: 3200 }
    expect((await sendPayments(client, sale)).status).toBe(201)
    expect((await callBack(client, sale.orderGroup)).status).toBe(204)
    const read = await client.send('GET', `${checkoutPath}/orders/${order.orderId}`)
    expect(read.json).toMatchObject({ isCompleted: true, value: 3200 })
  })

  describe('goods that are put together', () => {
    const option = (id: string, quantity: number, assemblyId = 'Tea') => ({ assemblyId, id, quantity, seller: '1' })
    const set = (more: object) => ({ id: '910', quantity: 1, seller: '1', price: 6000, ...more })
    const order = (value: number, ...items: readonly object[]) => ({
      ...wholeOrder({ items }),
      paymentData: { payments: [{ paymentSystem: promissory, value, referenceValue: value, installments: 1 }] },
    })

    it('come with what `options` make of them, and with services; what they need is not left out', async () => {
      const wrapped = set({ options: [option('912', 1)], bundleItems: [{ id: 'GIFT-WRAPPING' }] })
      const placed = await newClient().send('PUT', path, order(1250 + 6000 + 800 + 900 + 500 + 700, wrapped, item))
      expect([placed.status, placed.json.orders?.[0]?.value]).toEqual([201, 10_150])
      const [{ items, shippingData }] = placed.json.orders
      const shown = items.map((one: { id: string; parentItemIndex: number | null }) => [one.id, one.parentItemIndex])
      expect(shown).toEqual([
        ['910', null],
        ['911', 0],
        ['912', 0],
        ['18', null],
      ])
      expect(items[0].bundleItems).toMatchObject([{ id: 'GIFT-WRAPPING', price: 500 }])
      const chosen = shippingData.logisticsInfo.map(({ selectedSla }: { selectedSla: string }) => selectedSla)
      expect(chosen).toEqual(['Normal', 'Normal', 'Normal', 'Normal'])
      const plain = await newClient().send('PUT', path, order(6000 + 800 + 700, set({ options: [] })))
      expect([plain.status, plain.json.orders?.[0]?.items.length]).toEqual([201, 2])
    })

    it.each([
      ['CHK0023', set({}), 6700],
      ['CHK0023', set({ options: [option('911', 0)] }), 6700],
      ['CHK0023', set({ options: [option('911', 3)] })],
      ['CHK0022', set({ options: [option('18', 1)] })],
      ['CHK0140', set({ options: [option('911', 1, 'Coffee')] })],
      ['CHK0025', set({ options: [], price: 6800 })],
      ['FMT011', set({ options: [], bundleItems: [{ id: 'GOLD-PLATING' }] })],
      ['FMT011', set({ options: [], bundleItems: ['GIFT-WRAPPING'] })],
      ['CHK0198', set({ options: [option('912', 1)] })],
    ])('are refused with %s', async (code, sent, value = 6000 + 800 + 700) => {
      expectError(await newClient().send('PUT', path, order(value, sent)), code)
    })
  })

  it.each([
    ['ORD005', { items: [] }],
    ['CHK0022', { items: [{ quantity: 1, seller: '1' }] }],
    ['CHK0023', { items: [{ ...item, quantity: 0 }] }],
    ['CHK0024', { items: [{ id: '18', quantity: 1 }] }],
    ['CHK0025', { items: [{ ...item, price: 1249 }, item] }],
    ['CHK0053', { items: [{ ...item, priceTags: [{ name: 'x', value: -1000 }] }, item] }],
    ['ORD027', { items: [{ ...item, id: '4711' }] }],
    ['ORD007', { clientProfileData: {} }],
    ['CHK0175', { shippingData: {} }],
    ['CHK0179', { shippingData: { address: { addressId: 'unknown' } } }],
    ['CHK0127', { shippingData: { address: { ...rio, country: 'XXX' } } }],
    ['CHK0209', { paymentData: { payments: [] } }],
    ['CHK0019', { paymentData: { payments: [{ paymentSystem: promissory, value: 3200, referenceValue: 3200 }] } }],
    [
      'CHK0198',
      {
        paymentData: { payments: [{ paymentSystem: promissory, value: 3100, referenceValue: 3100, installments: 1 }] },
      },
    ],
  ])('refuses with %s, and leaves no cart behind', async (code, more) => {
    const before = await cartsOf()
    const refused = await newClient().send('PUT', path, wholeOrder(more))
    expectError(refused, code)
    expect(await cartsOf()).toBe(before)
  })

  describe('refuses what an orderForm would not take either:', () => {
    const long = 'x'.repeat(2_001)
    const way = (more: object) => ({
      shippingData: { address: rio, logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal', price: 700, ...more }] },
    })
    const paid = (value: number) => ({
      paymentData: { payments: [{ paymentSystem: promissory, value, referenceValue: value, installments: 1 }] },
    })
    it.each([
      ['a way of shipping that is not offered', 'CHK0171', way({ selectedSla: 'Rocket' })],
      ['more pieces than there are', 'ORD028', { items: [{ ...item, id: '901', quantity: 21 }], ...paid(10_700) }],
      [
        'them, paid for as many as there are',
        'ORD028',
        { items: [{ ...item, id: '900', quantity: 2 }], ...paid(1600) },
      ],
      ['forms that the item has not', 'CHK0140', { items: [{ ...item, attachments: [{ name: 'x', content: {} }] }] }],
      ['a long note', 'CHK0017', { openTextField: long }],
      ['a long id of an associate', 'CHK0099', { salesAssociateData: { salesAssociateId: 'x'.repeat(101) } }],
      ['a long source', 'CHK0038', { marketingData: { utmSource: 'x'.repeat(201) } }],
      ['many tags', 'CHK0143', { marketingData: { marketingTags: Array.from({ length: 51 }, () => 'x') } }],
      ['a long name', 'CHK0099', { clientProfileData: { ...ana, firstName: 'x'.repeat(256) } }],
      ['letters for a phone number', 'ORD007', { clientProfileData: { ...ana, phone: 'none' } }],
      ['a long street', 'CHK0099', { shippingData: { address: { ...rio, street: long } } }],
      ['a wrong postal code', 'ORD001', { shippingData: { address: { ...rio, postalCode: '1' } } }],
    ])('%s, %s', async (_what, code, more) => {
      const before = await cartsOf()
      expectError(await newClient().send('PUT', path, wholeOrder(more)), code)
      expect(await cartsOf()).toBe(before)
    })
  })

  it('takes the tags of a sale, and the delivery window of a scheduled way', async () => {
    await importEntries(getServer(), [
      {
        ...{ kind: 'shipping_method', channel: 'br', id: 'Hora', integerId: 98, name: 'Hora', carrier: 'Moto' },
        ...{ position: 8, zones: [{ area: 'BR', postalFrom: '20000000', postalTo: '28999999' }] },
        ...{ deliveryWindows: [{ start: '2027-01-04T09:00:00Z', end: '2027-01-04T12:00:00Z', price: '3.00' }] },
        prices: { BRL: '1.00' },
      },
    ])
    const deliveryWindow = { startDateUtc: '2027-01-04T09:00:00+00:00', endDateUtc: '2027-01-04T12:00:00+00:00' }
    const logisticsInfo = [0, 1].map(itemIndex => ({ itemIndex, selectedSla: 'Hora', price: 400, deliveryWindow }))
    const marketingData = { utmSource: 'app', marketingTags: ['club', 'spring'] }
    const payments = [{ paymentSystem: promissory, value: 2900, referenceValue: 2900, installments: 1 }]
    const sent = wholeOrder({ shippingData: { address: rio, logisticsInfo }, marketingData, paymentData: { payments } })
    const placed = await newClient().send('PUT', path, sent)
    expect([placed.status, placed.json.orders?.[0]?.value]).toEqual([201, 2900])
    const [order] = placed.json.orders
    expect(order.marketingData).toMatchObject(marketingData)
    const chosen = { selectedSla: 'Hora', slas: [{ deliveryWindow: { endDateUtc: '2027-01-04T12:00:00.000Z' } }] }
    expect(order.shippingData.logisticsInfo).toMatchObject([chosen, chosen])
    const bare = logisticsInfo.map(({ deliveryWindow: _window, ...info }) => info)
    const lacking = { ...sent, shippingData: { address: rio, logisticsInfo: bare } }
    expectError(await newClient().send('PUT', path, lacking), 'ORD046')
  })

  describe('price tags', () => {
    const cheaper = [{ name: 'DISCOUNT@MARKETPLACE', value: -301 }]
    const payment = (value: number) => ({
      paymentData: { payments: [{ paymentSystem: promissory, value, referenceValue: value, installments: 1 }] },
    })

    it('of a key with every right to orders lower and raise lines', async () => {
      const dearer = [
        { name: 'TAXHUB@local', value: 500, isPercentual: false, rawValue: 5 },
        { name: 'DISCOUNT@SELLERPRICE', value: -100 },
      ]
      const items = [
        { ...item, quantity: 3, priceTags: cheaper },
        { ...item, id: '19', quantity: 3, price: 4000, priceTags: dearer },
      ]
      const value = 3750 - 301 + 12_000 + 400 + 700
      const client = newClient()
      const placed = await client.send('PUT', path, wholeOrder({ items, ...payment(value) }), demoKey)
      expect(placed.status).toBe(201)
      const [order] = placed.json.orders
      expect(order.value).toBe(value)
      expect(order.items[0]).toMatchObject({
        price: 1250,
        priceTags: [{ name: 'DISCOUNT@MARKETPLACE', identifier: null, value: -301, rawValue: -3.01 }],
        priceDefinition: {
          total: 3449,
          sellingPrices: [
            { value: 1150, quantity: 2 },
            { value: 1149, quantity: 1 },
          ],
        },
      })
      expect(order.items[1]).toMatchObject({
        price: 4000,
        priceTags: [
          { name: 'TAXHUB@local', value: 500, rawValue: 5 },
          { name: 'DISCOUNT@SELLERPRICE', value: -100, rawValue: -1 },
        ],
        priceDefinition: { total: 12_400 },
      })
      expect(order.totals).toMatchObject([
        { id: 'Items', value: 15_750 },
        { id: 'Discounts', value: 99 },
        { id: 'Shipping', value: 700 },
        { id: 'Tax', value: 0 },
      ])
      const read = await client.send('GET', `${checkoutPath}/orders/${order.orderId}`, undefined, demoKey)
      expect(read.json.items).toEqual(order.items)
    })

    it.each([
      ['of anybody else', {}, cheaper, 2899],
      ['that take off more than there is', demoKey, [{ name: 'x', value: -1251 }], 700],
      ['without a name', demoKey, [{ value: -1 }], 3199],
      ['of no whole amount', demoKey, [{ name: 'x', value: -0.5 }], 3200],
      ['in percent', demoKey, [{ name: 'x', value: -10, isPercentual: true }], 3190],
      ['that are no list', demoKey, { name: 'x', value: -1 }, 3199],
    ])('%s are refused', async (_what, headers, priceTags, value) => {
      const items = [{ ...item, priceTags }, item]
      const before = await cartsOf()
      const refused = await newClient().send('PUT', path, wholeOrder({ items, ...payment(value) }), headers)
      expect([refused.status, refused.json]).toEqual([400, errorBody('CHK0053', 'Invalid price tag')])
      expect(await cartsOf()).toBe(before)
    })
  })

  it('shows strangers nothing of a registered customer whom they name, and lets them describe none', async () => {
    const named = { clientProfileData: { email: 'customer@polytill.test' } }
    const placed = await newClient().send('PUT', path, wholeOrder(named))
    expect(placed.status).toBe(201)
    expect(JSON.stringify(placed.json)).not.toMatch(/52998224725|Carla|987654321/)
    expect(placed.json.orders[0]).toMatchObject({
      isUserDataVisible: false,
      clientProfileData: { firstName: 'Car******' },
    })
    const described = { clientProfileData: { ...ana, email: 'customer@polytill.test' } }
    const refused = await newClient().send('PUT', path, wholeOrder(described))
    expect([refused.status, refused.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
    const full = await newClient().send('PUT', path, wholeOrder(named), demoKey)
    expect(full.json.orders[0].clientProfileData.firstName).toBe('Carla')
  })
})
