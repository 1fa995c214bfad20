import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, callBack, promissory, rio, sendPayments } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody } from './shop.js'

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
    expect(refused.json.error.code).toBe(code)
    expect(await cartsOf()).toBe(before)
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
