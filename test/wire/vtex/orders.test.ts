import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, callBack, place, sendPayments } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, type VtexClient } from './shop.js'

describeOnEachDatabase('orders', getServer => {
  const newClient = () => clientOf(getServer)
  let buyer: VtexClient
  let orderGroup: string

  beforeAll(async () => {
    buyer = newClient()
    const sale = await place(buyer)
    orderGroup = sale.orderGroup
    await sendPayments(buyer, sale)
    await callBack(buyer, orderGroup)
  })

  const group = () => `${checkoutPath}/orders/order-group/${orderGroup}`
  const one = () => `${checkoutPath}/orders/${orderGroup}-01`

  describe('GET /api/checkout/pub/orders/order-group/:orderGroup', () => {
    it('shows the orders of a group to the browser that placed it, however its cookie is written, and to keys', async () => {
      const own = await buyer.send('GET', group())
      expect(own.status).toBe(200)
      expect(own.json).toMatchObject([
        {
          ...{ orderId: `${orderGroup}-01`, orderGroup, state: 'payment-approved', isCompleted: true, value: 3200 },
          clientProfileData: { email: ana.email, firstName: 'Ana' },
          items: [{ id: '18', quantity: 2, price: 1250 }],
          shippingData: { address: { postalCode: '22250040' }, logisticsInfo: [{ selectedSla: 'Normal' }] },
          allowChangeSeller: true,
          hostName: '127.0.0.1',
        },
      ])
      const token = buyer.cookies.get('Vtex_CHKO_Auth')
      for (const cookie of [
        `Vtex_CHKO_Auth=${token}=`,
        `CheckoutDataAccess=${token}`,
        `x=VTEX_CHK_Order_Auth=${token}`,
      ]) {
        const read = await newClient().send('GET', group(), undefined, { cookie })
        expect(read.json).toEqual(own.json)
      }
      expect((await newClient().send('GET', group(), undefined, demoKey)).json).toEqual(own.json)
      // GET /api/checkout/pub/orders/:orderId is one of them
      expect((await buyer.send('GET', one())).json).toEqual(own.json[0])
    })

    it('is closed to everybody else', async () => {
      const stranger = await newClient().send('GET', group())
      expect([stranger.status, stranger.json]).toEqual([401, errorBody('ORD062', 'Unauthorized')])
      const other = newClient()
      await place(other)
      for (const path of [group(), one()]) {
        const read = await other.send('GET', path)
        expect([read.status, read.json]).toEqual([404, errorBody('CHK0201', 'Order not found')])
      }
      const cookie = `checkout.vtex.com=${buyer.cookies.get('checkout.vtex.com')}`
      expect((await newClient().send('GET', group(), undefined, { cookie })).status).toBe(401)
    })
  })

  it('GET /api/checkout/pub/orders is for who is signed in', async () => {
    const answer = await buyer.send('GET', `${checkoutPath}/orders`)
    expect([answer.status, answer.json]).toEqual([401, errorBody('ORD062', 'Unauthorized')])
  })

  it('POST /api/checkout/pub/orders/:orderId/user-cancel-request calls an order off, once', async () => {
    const client = newClient()
    const sale = await place(client)
    await sendPayments(client, sale)
    await callBack(client, sale.orderGroup)
    const path = `${checkoutPath}/orders/${sale.orderGroup}-01/user-cancel-request`
    expect((await newClient().send('POST', path, { reason: 'x' })).status).toBe(401)
    const canceled = await client.send('POST', path, { reason: 'Too late' })
    expect([canceled.status, canceled.json]).toEqual([
      200,
      {
        date: expect.stringMatching(/^\d{4}-/),
        orderId: `${sale.orderGroup}-01`,
        receipt: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ])
    const order = await client.send('GET', `${checkoutPath}/orders/${sale.orderGroup}-01`)
    expect(order.json).toMatchObject({ state: 'canceled', isCompleted: true, allowCancellation: false })
    expect((await client.send('POST', path, {})).status).toBe(200)
  })
})
