import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import {
  ana,
  callBack,
  cardOf,
  fillIn,
  paymentOf,
  place,
  promissory,
  rio,
  sendPayments,
  transact,
  visa,
} from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, expectError } from './shop.js'

const fiveMinutes = 301_000
const mugs = [{ id: '18', quantity: 2 }]

describeOnEachDatabase('a purchase', getServer => {
  const newClient = () => clientOf(getServer)
  const stockOf = async (sku: string) => (await getServer().storage.catalog.stock([sku])).get(sku)

  describe('POST /api/checkout/pub/orderForm/:orderFormId/transaction', () => {
    it('answers the orderForm, the order group, where payments go, and the two cookies', async () => {
      const client = newClient()
      const { id, value, placed, orderGroup, transactionId } = await place(client)
      expect(value).toBe(3200)
      const payments = [
        {
          ...{ paymentSystem: '17', bin: null, accountId: null, tokenId: null, value: 3200, referenceValue: 3200 },
          ...{ giftCardRedemptionCode: null, giftCardProvider: null, giftCardId: null },
        },
      ]
      const transactionData = {
        merchantTransactions: [{ id: 'POLYTILL', transactionId, merchantName: 'POLYTILL', payments }],
        receiverUri: `${getServer().baseUrl}/split/${orderGroup}/payments`,
        gatewayCallbackTemplatePath: `/checkout/gatewayCallback/${orderGroup}/{messageCode}`,
      }
      expect(orderGroup).toMatch(/^\d{13}$/)
      expect(transactionId).toMatch(/^[0-9A-F]{32}$/)
      expect(placed.json).toMatchObject({ orderFormId: id, value: 3200, orderForm: null, transactionData })
      expect(placed.json).toMatchObject(transactionData)
      expect(placed.json.orders).toMatchObject([
        {
          ...{ orderId: `${orderGroup}-01`, orderGroup, state: null, sellerOrderId: `00-${orderGroup}-01` },
          ...{ value: 3200, isCompleted: false, allowCancellation: true, followUpEmail: ana.email },
          totals: [
            { id: 'Items', value: 2500 },
            { id: 'Discounts', value: 0 },
            { id: 'Shipping', value: 700 },
            { id: 'Tax', value: 0 },
          ],
          paymentData: { giftCards: [], transactions: [{ isActive: true, transactionId, merchantName: 'POLYTILL' }] },
        },
      ])
      const token = client.cookies.get('Vtex_CHKO_Auth')
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
      expect(client.cookies.get('CheckoutDataAccess')).toBe(`VTEX_CHK_Order_Auth=${token}`)
    })

    it('sets the cookies of the order first, in the order that clients count them in', async () => {
      const { placed, id } = await place(newClient())
      const names = (placed.headers['set-cookie'] ?? '').match(/(?<=^|, )[\w.]+(?==)/g)
      const own = ['CheckoutDataAccess', 'Vtex_CHKO_Auth']
      expect(names).toEqual([...own, 'checkout.vtex.com'])
      expect(placed.headers['set-cookie']).toContain(`checkout.vtex.com=__ofid=${id}`)
    })

    it('twice at once gives one order group, and again the same answer', async () => {
      const client = newClient()
      const id = await client.begin(mugs)
      const value = await fillIn(client, id)
      const before = await stockOf('MUG-1')
      const both = await Promise.all([transact(client, id, value), transact(client, id, value)])
      expect(both.map(({ status }) => status)).toEqual([200, 200])
      const again = await transact(client, id, value)
      expect(new Set([...both, again].map(({ json }) => json.orderGroup)).size).toBe(1)
      expect(again.json.orders[0].orderId).toBe(both[0]?.json.orders[0].orderId)
      expect(await stockOf('MUG-1')).toBe((before ?? 0) - 2)
    })

    it('again, while a page waits for the shopper, is the same group, and leads to the same page', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      const card = { paymentSystem: visa, fields: cardOf('4000000000003220') }
      await sendPayments(client, sale, card)
      const page = await callBack(client, sale.orderGroup)
      expect(page.status).toBe(428)
      const again = await transact(client, sale.id, sale.value)
      expect([again.status, again.json.orderGroup, again.json.id]).toEqual([200, sale.orderGroup, sale.transactionId])
      expect(again.json.merchantTransactions).toEqual(sale.placed.json.merchantTransactions)
      expect((await sendPayments(client, sale, card)).status).toBe(201)
      const back = await callBack(client, sale.orderGroup)
      expect([back.status, back.json]).toEqual([428, page.json])
      // Changed meanwhile, it is another purchase: the page may still be paid on.
      await client.form(sale.id, 'POST', '/attachments/openTextField', { value: 'Ring twice' })
      expectError(await transact(client, sale.id, sale.value), 'CHK0085')
    })

    it('again, after the last piece went with it, is the same answer', async () => {
      const client = newClient()
      const id = await client.begin([{ id: '900', quantity: 1 }])
      const value = await fillIn(client, id)
      const [first, second] = await Promise.all([transact(client, id, value), transact(client, id, value)])
      const third = await transact(client, id, value)
      expect([first.status, second.status, third.status]).toEqual([200, 200, 200])
      expect(await stockOf('LAST-ONE')).toBe(0)
      for (const { json } of [second, third]) {
        const { orderGroup, receiverUri, merchantTransactions } = json
        expect({ orderGroup, receiverUri, merchantTransactions }).toEqual({
          orderGroup: first.json.orderGroup,
          receiverUri: first.json.receiverUri,
          merchantTransactions: first.json.merchantTransactions,
        })
        expect(json.orders).toMatchObject([{ orderId: first.json.orders[0].orderId, value }])
      }
      const other = newClient()
      const late = await other.form(await other.begin(), 'POST', '/items', {
        orderItems: [{ id: '900', quantity: 1, seller: '1' }],
      })
      expect(late.json.items).toMatchObject([{ availability: 'withoutStock' }])
    })

    it('refuses another value while a group is open', async () => {
      const client = newClient()
      const { id, value } = await place(client)
      const other = await transact(client, id, value + 1)
      expect([other.status, other.json]).toEqual([400, errorBody('CHK0085', 'The order already exists')])
      await client.form(id, 'POST', '/items', { orderItems: [{ id: '19', quantity: 1, seller: '1' }] })
      const more = await client.form(id, 'GET', '')
      expectError(await transact(client, id, more.json.value), 'CHK0085')
    })

    it('tells the first thing that is missing, and changes nothing', async () => {
      const client = newClient()
      const id = await client.begin()
      const empty = await transact(client, id, 0)
      expect([empty.status, empty.json]).toEqual([
        500,
        errorBody('ORD005', 'The purchase cannot be done without items'),
      ])
      const isRefused = async (code: string, value: number, more?: object) =>
        expectError(await transact(client, id, value, more), code)
      await client.form(id, 'POST', '/items', { orderItems: [{ id: '18', quantity: 2, seller: '1' }] })
      await isRefused('ORD007', 2500)
      await client.form(id, 'POST', '/attachments/clientProfileData', { ...ana, document: '52998224724' })
      await isRefused('CHK0175', 2500)
      await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [{ ...rio, street: null }] })
      await isRefused('ORD007', 3200)
      await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
      await isRefused('CHK0209', 3200)
      const payments = [{ paymentSystem: promissory, referenceValue: 3200, value: 3200, installments: 1 }]
      await client.form(id, 'POST', '/attachments/paymentData', { payments })
      await isRefused('CHK0016', 3200, { referenceValue: 3100 })
      await isRefused('CHK0210', 3100)
      await isRefused('ORD002', 3200, { referenceId: crypto.randomUUID() })
      expect((await transact(client, id, 3200)).status).toBe(200)
    })

    it('of what is free is complete at once, and empties the cart', async () => {
      const client = newClient()
      const id = await client.begin([{ id: '901', quantity: 1 }])
      await fillIn(client, id)
      const giftCards = [{ redemptionCode: 'GIFT50DEMO', value: 1200, inUse: true }]
      const form = await client.form(id, 'POST', '/attachments/paymentData', { payments: [], giftCards })
      const { value } = form.json
      const placed = await transact(client, id, value)
      expect(placed.status).toBe(200)
      expect(placed.json).toMatchObject({ id: 'NO-PAYMENT', merchantTransactions: [], items: [] })
      expect(placed.json.receiverUri).toContain(`/checkout/orderPlaced?og=${placed.json.orderGroup}`)
      expect(placed.json.orders).toMatchObject([{ isCompleted: true, value, paymentData: { transactions: [] } }])
      const page = await client.send('GET', new URL(placed.json.receiverUri).pathname)
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    })
  })

  describe('POST /api/pub/transactions/:transactionId/payments', () => {
    it('takes the payments once: 201 without a body, also by its other paths', async () => {
      const client = newClient()
      const sale = await place(client)
      const sent = await sendPayments(client, sale)
      expect([sent.status, sent.text]).toEqual([201, ''])
      const body = [paymentOf(sale)]
      // POST /api/payments/transactions/:transactionId/payments, POST /api/payments/pub/transactions/:transactionId/payments
      // and POST /split/:orderGroup/payments are the same
      for (const path of [
        `/api/payments/transactions/${sale.transactionId}/payments`,
        `/api/payments/pub/transactions/${sale.transactionId}/payments`,
        `/split/${sale.orderGroup}/payments`,
      ]) {
        expect((await newClient().send('POST', path, body)).status).toBe(201)
      }
      const order = await getServer().operations.readOrder({ kind: 'system' }, { number: sale.orderGroup })
      expect(order.ok && order.value.payments.map(({ state }) => state)).toEqual(['authorized'])
      expect(order.ok && order.value.order.status).toBe('pending')
    })

    it('refuses other amounts, other transactions and what is no payment', async () => {
      const client = newClient()
      const sale = await place(client)
      const short = await sendPayments(client, sale, { value: 3199 })
      expect([short.status, short.json]).toEqual([400, errorBody('CHK0154', 'Invalid payment value')])
      const other = await sendPayments(client, sale, { transaction: { id: '0'.repeat(32) } })
      expect([other.status, other.json]).toEqual([404, errorBody('CHK0169', 'Invalid transaction')])
      expect((await sendPayments(client, { ...sale, transactionId: 'F'.repeat(32) })).status).toBe(404)
      expect((await sendPayments(client, { ...sale, orderGroup: '1' })).status).toBe(404)
      expectError(await client.send('POST', '/split/1/payments', []), 'CHK0169')
      const odd = await client.send('POST', `/api/pub/transactions/${sale.transactionId}/payments`, { a: 1 })
      expect([odd.status, odd.json]).toEqual([400, errorBody('ORD020', 'Invalid payment')])
    })

    it('never logs a card', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4111111111111111') })
      expect(getServer().log.join('')).not.toContain('4111111111111111')
    })
  })

  describe('POST /api/checkout/pub/gatewayCallback/:orderGroup', () => {
    it('finishes the order: 204, again and again, and what was bought leaves the cart under its id', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4111111111111111') })
      await client.form(sale.id, 'POST', '/items', { orderItems: [{ id: '19', quantity: 1, seller: '1' }] })
      const answers = await Promise.all([1, 2, 3].map(() => callBack(client, sale.orderGroup)))
      expect(answers.map(({ status, text }) => [status, text])).toEqual([1, 2, 3].map(() => [204, '']))
      const form = await client.form(sale.id, 'GET', '')
      expect(form.json).toMatchObject({
        orderFormId: sale.id,
        items: [{ id: '19', quantity: 1 }],
        clientProfileData: { email: ana.email },
        paymentData: { payments: [] },
      })
      const order = await client.send('GET', `${checkoutPath}/orders/${sale.orderGroup}-01`)
      expect(order.json).toMatchObject({ isCompleted: true, state: 'payment-approved', value: 3200 })
    })

    it('ten at once charge once and finish one order', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4111111111111111') })
      const answers = await Promise.all(Array.from({ length: 10 }, () => callBack(client, sale.orderGroup)))
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 204))
      const found = await getServer().operations.readOrder({ kind: 'system' }, { number: sale.orderGroup })
      if (!found.ok) throw new Error(found.error.code)
      const { order, payments } = found.value
      expect(payments.map(({ state, amount }) => [state, amount])).toEqual([['authorized', 3200n]])
      const { rows } = await getServer().storage.sql.query<{ told: bigint }>(
        `select count(*) as told from outbox where type = 'order.confirmed' and subject = $1`,
        [order.id],
      )
      expect(rows[0]?.told).toBe(1n)
    })

    it('gives jQuery the emptied orderForm', async () => {
      const client = newClient()
      const sale = await place(client)
      await sendPayments(client, sale)
      const accept = 'application/json, text/javascript, */*; q=0.01'
      const done = await callBack(client, sale.orderGroup, { accept })
      expect([done.status, done.json.orderFormId, done.json.items]).toEqual([200, sale.id, []])
    })

    it('tells that payments were not sent, were denied, or need a page', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      const early = await callBack(client, sale.orderGroup)
      expect([early.status, early.json]).toEqual([500, errorBody('CHK0206', 'Payment cannot be authorized')])
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4000000000000002') })
      for (const denied of [await callBack(client, sale.orderGroup), await callBack(client, sale.orderGroup)]) {
        expect([denied.status, denied.json]).toEqual([500, errorBody('CHK0204', 'The payment was denied')])
      }
      expect((await client.form(sale.id, 'GET', '')).json.items).toHaveLength(1)

      const next = await transact(client, sale.id, sale.value)
      expect(next.status).toBe(200)
      const again = { ...sale, orderGroup: next.json.orderGroup, transactionId: next.json.id }
      expect(again.orderGroup).not.toBe(sale.orderGroup)
      await sendPayments(client, again, { paymentSystem: visa, fields: cardOf('4000000000003220') })
      const page = await callBack(client, again.orderGroup)
      expect(page.status).toBe(428)
      expect(page.json).toEqual({
        RedirectResponseCollection: [{ redirectUrl: expect.stringContaining('/sandbox/pay/') }],
        paymentAuthorizationAppCollection: [],
      })
      const { pathname } = new URL(page.json.RedirectResponseCollection[0].redirectUrl)
      const chosen = await getServer().request('POST', pathname, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'decision=approved',
      })
      const back = new URL(chosen.headers.location ?? '')
      expect(back.pathname).toBe(`/checkout/gatewayCallback/${again.orderGroup}/Success`)
      // GET /checkout/gatewayCallback/:orderGroup/:messageCode and GET /checkout/orderPlaced
      const home = await client.send('GET', `${back.pathname}${back.search}`)
      expect([home.status, new URL(home.headers.location ?? '').pathname]).toEqual([302, '/checkout/orderPlaced'])
      expect((await callBack(client, again.orderGroup)).status).toBe(204)
    })

    it('is for whoever placed the order: 403 for strangers, 404 for groups that nobody knows', async () => {
      const client = newClient()
      const sale = await place(client)
      const stranger = await callBack(newClient(), sale.orderGroup)
      expect([stranger.status, stranger.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
      const unknown = await callBack(client, '1111111111111')
      expect([unknown.status, unknown.json]).toEqual([404, errorBody('CHK0199', 'Order Group 1111111111111 not found')])
      expectError(await callBack(client, 'no%20number'), 'ORD064')
      await sendPayments(client, sale)
      expect(
        (await newClient().send('POST', `${checkoutPath}/gatewayCallback/${sale.orderGroup}`, '', demoKey)).status,
      ).toBe(204)
    })

    it('that does not come within five minutes leaves nothing behind but a cart that can be bought', async () => {
      // What other purchases here left open goes first.
      getServer().advance(fiveMinutes)
      await getServer().operations.recoverOrders()
      const client = newClient()
      const id = await client.begin(mugs)
      await fillIn(client, id, { system: visa })
      const giftCards = [{ redemptionCode: 'GIFT50DEMO', value: 1000, inUse: true }]
      const payments = [{ paymentSystem: visa, referenceValue: 2200, value: 2200, installments: 1 }]
      await client.form(id, 'POST', '/attachments/paymentData', { payments, giftCards })
      const balance = async () =>
        (await getServer().storage.catalog.codes(['GIFT50DEMO'], 'br')).giftCards.map(card => card.balance)
      const [stock, money] = [await stockOf('MUG-1'), await balance()]
      const placed = await transact(client, id, 3200)
      expect(placed.status).toBe(200)
      const sale = { id, value: 2200, orderGroup: placed.json.orderGroup, transactionId: placed.json.id }
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4111111111111111') })
      expect([await stockOf('MUG-1'), await balance()]).not.toEqual([stock, money])
      getServer().advance(fiveMinutes)
      await getServer().operations.recoverOrders()
      expect([await stockOf('MUG-1'), await balance()]).toEqual([stock, money])
      const late = await callBack(client, sale.orderGroup)
      expectError(late, 'CHK0115')
      const sent = await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4111111111111111') })
      expectError(sent, 'CHK0115')
      const order = await client.send('GET', `${checkoutPath}/orders/${sale.orderGroup}-01`)
      expect(order.json).toMatchObject({ isCompleted: false, state: null, allowCancellation: false })
      const next = await transact(client, id, 3200)
      expect(next.status).toBe(200)
      expect(next.json.orderGroup).not.toBe(sale.orderGroup)
    })
  })
})
