import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { ana, callBack, promissory, rio, sendPayments, transact } from './purchase.js'
import { checkoutPath, clientOf, demoKey } from './shop.js'

const orderItems = [
  { id: '18', quantity: 2, seller: '1' },
  { id: '3001', quantity: 1, seller: 'leaf' },
]

describeOnEachDatabase('a cart of two sellers', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      { kind: 'seller', id: 'leaf', name: 'Leaf' },
      goods(3001, '30.00', { seller: 'leaf' }),
    ]),
  )

  async function filled() {
    const client = clientOf(getServer)
    const id = await client.begin()
    await client.form(id, 'POST', '/items', { orderItems })
    await client.form(id, 'POST', '/coupons', { text: 'DEZ' })
    await client.form(id, 'POST', '/attachments/clientProfileData', ana)
    const { json } = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
    return { client, id, json }
  }

  it('is split: each has its shipment, its share of the discount, and its entry among the sellers', async () => {
    const { json } = await filled()
    expect(json.sellers).toMatchObject([
      { id: '1', name: 'Polytill' },
      { id: 'leaf', name: 'Leaf' },
    ])
    expect(json.items.map((item: { seller: string }) => item.seller)).toEqual(['1', 'leaf'])
    expect(json.shippingData.logisticsInfo).toMatchObject([
      { itemIndex: 0, selectedSla: 'Normal', slas: expect.arrayContaining([expect.objectContaining({ price: 700 })]) },
      { itemIndex: 1, selectedSla: 'Normal' },
    ])
    expect(json.totalizers).toMatchObject([
      { id: 'Items', value: 5500 },
      { id: 'Discounts', value: -550 },
      { id: 'Shipping', value: 1400 },
    ])
    expect(json.value).toBe(6350)
  })

  it('becomes one order group of two orders that add up to it, paid for once and finished together', async () => {
    const { client, id } = await filled()
    const payments = [{ paymentSystem: promissory, referenceValue: 6350, value: 6350, installments: 1 }]
    await client.form(id, 'POST', '/attachments/paymentData', { payments })
    const placed = await transact(client, id, 6350)
    expect(placed.status).toBe(200)
    const orderGroup: string = placed.json.orderGroup
    expect(placed.json.merchantTransactions).toHaveLength(1)
    const [first, second] = placed.json.orders
    expect(first).toMatchObject({
      ...{ orderId: `${orderGroup}-01`, orderGroup, value: 2950, sellers: [{ id: '1' }] },
      items: [{ id: '18', quantity: 2, seller: '1' }],
      totals: [{ value: 2500 }, { value: -250 }, { value: 700 }, { value: 0 }],
      shippingData: { logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal' }] },
    })
    expect(second).toMatchObject({
      ...{ orderId: `${orderGroup}-02`, orderGroup, value: 3400, sellers: [{ id: 'leaf' }] },
      items: [{ id: '3001', quantity: 1, seller: 'leaf' }],
      totals: [{ value: 3000 }, { value: -300 }, { value: 700 }, { value: 0 }],
      shippingData: { logisticsInfo: [{ itemIndex: 0, itemId: '3001', selectedSla: 'Normal' }] },
    })
    const sale = { orderGroup, transactionId: String(placed.json.id), value: 6350 }
    expect((await sendPayments(client, sale)).status).toBe(201)
    expect((await callBack(client, orderGroup)).status).toBe(204)
    const group = await client.send('GET', `${checkoutPath}/orders/order-group/${orderGroup}`)
    expect(group.json).toMatchObject([
      { orderId: `${orderGroup}-01`, isCompleted: true, value: 2950 },
      { orderId: `${orderGroup}-02`, isCompleted: true, value: 3400 },
    ])
    const one = await client.send('GET', `${checkoutPath}/orders/${orderGroup}-02`)
    expect(one.json).toEqual(group.json[1])
    const oms = await client.send('GET', `/api/oms/pvt/orders/order-group/${orderGroup}`, undefined, demoKey)
    expect(oms.json.map((order: { orderId: string; value: number }) => [order.orderId, order.value])).toEqual([
      [`${orderGroup}-01`, 2950],
      [`${orderGroup}-02`, 3400],
    ])
    expect((await client.form(id, 'GET', '')).json).toMatchObject({ items: [], sellers: [], value: 0 })
  })

  describe('of a channel that numbers no parts', () => {
    beforeAll(async () => {
      const { channels } = JSON.parse(readFileSync('demo/store.json', 'utf8'))
      const channel = channels.find(({ id }: { readonly id: string }) => id === 'br')
      const orderNumbers = { ...channel.orderNumbers, groupSuffix: false }
      await importEntries(getServer(), [{ kind: 'channel', ...channel, orderNumbers }])
    })

    it('is read part by part all the same, as GET /orders/{orderId} and the group: each has an id of its own', async () => {
      const { client, id } = await filled()
      const payments = [{ paymentSystem: promissory, referenceValue: 6350, value: 6350, installments: 1 }]
      await client.form(id, 'POST', '/attachments/paymentData', { payments })
      const { json } = await transact(client, id, 6350)
      const sale = { orderGroup: String(json.orderGroup), transactionId: String(json.id), value: 6350 }
      await sendPayments(client, sale)
      expect((await callBack(client, sale.orderGroup)).status).toBe(204)
      const group = await client.send('GET', `${checkoutPath}/orders/order-group/${sale.orderGroup}`)
      expect(group.json).toMatchObject([
        { orderId: `${sale.orderGroup}-01`, value: 2950 },
        { orderId: `${sale.orderGroup}-02`, value: 3400 },
      ])
      for (const order of group.json) {
        expect((await client.send('GET', `${checkoutPath}/orders/${order.orderId}`)).json).toEqual(order)
        const managed = await client.send('GET', `/api/oms/pvt/orders/${order.orderId}`, undefined, demoKey)
        expect(managed.json).toMatchObject({ orderId: order.orderId, value: order.value })
      }
    })
  })
})
