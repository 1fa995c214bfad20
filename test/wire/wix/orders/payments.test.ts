import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { expectError, expectViolations, nobody, siteOver } from '../people.js'
import { buy, byCard, byPage } from './purchase.js'

const transactionPaths = [
  'GET /ecom/v1/payments/orders/:orderId',
  'GET /_api/ecom-payments/v1/payments/orders/:orderId',
]
const listPaths = ['POST /ecom/v1/payments/list-by-ids', 'POST /_api/ecom-payments/v1/payments/list-by-ids']
const addPaths = [
  'POST /ecom/v1/payments/orders/:orderId/add-payment',
  'POST /_api/ecom-payments/v1/payments/orders/:orderId/add-payment',
]
const markPaths = [
  'POST /ecom/v1/payments-collector/orders/:ecomOrderId/mark-as-paid',
  'POST /_api/ecom-orders/v1/payments-collector/orders/:ecomOrderId/mark-as-paid',
]
const pathOf = (route: string, id = '') => (route.split(' ')[1] ?? '').replace(/:\w+/, id)

describeOnEachDatabase('payments of orders', getServer => {
  const wix = siteOver(getServer)

  async function orderOf(id: string) {
    return (await wix.send('GET', `/ecom/v1/orders/${id}`, wix.key())).json.order
  }

  async function transactionsOf(id: string) {
    return (await wix.send('GET', `/ecom/v1/payments/orders/${id}`, wix.key())).json.orderTransactions
  }

  const cash = (amount: string, more: object = {}) => ({
    amount: { amount },
    regularPaymentDetails: { offlinePayment: true, paymentMethod: 'Cash' },
    ...more,
  })

  it.each(transactionPaths)('%s shows what was paid, gift cards included', async route => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor, byCard, { giftCard: 'GIFT50DEMO' })
    const answer = await wix.send('GET', pathOf(route, order.id), visitor)
    expect(answer.status).toBe(200)
    const { orderTransactions } = answer.json
    expect(orderTransactions).toMatchObject({ orderId: order.id, refunds: [] })
    expect(orderTransactions.payments).toMatchObject([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        amount: { amount: '75.00', formattedAmount: '$75.00' },
        status: 'AUTHORIZED',
        regularPaymentDetails: { offlinePayment: false, paymentMethod: 'Credit/Debit Cards' },
      },
      {
        amount: { amount: '50.00' },
        status: 'APPROVED',
        giftcardPaymentDetails: { obfuscatedCode: '****-****-****-DEMO' },
      },
    ])
    await wix.send('POST', `/ecom/v1/orders/${order.id}/cancel`, wix.key())
    const states = (await transactionsOf(order.id)).payments.map((each: { status: string }) => each.status)
    expect(states).toEqual(['VOIDED', 'VOIDED'])
  })

  it('are for whoever may see the order', async () => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor)
    const path = `/ecom/v1/payments/orders/${order.id}`
    for (const person of [await wix.visitor(), await wix.member(), wix.key('demo-wix-reader')]) {
      expectError(await wix.send('GET', path, person), 403, 'READ_ORDER_FORBIDDEN')
    }
    expectError(await wix.send('GET', path), 401, 'UNAUTHENTICATED')
    const absent = `/ecom/v1/payments/orders/${crypto.randomUUID()}`
    expectError(await wix.send('GET', absent, wix.key()), 404, 'ORDER_NOT_FOUND')
  })

  it.each(listPaths)('%s shows those of several orders', async route => {
    const visitor = await wix.visitor()
    const orders = [await buy(getServer(), visitor), await buy(getServer(), visitor)]
    const orderIds = [...orders.map(order => order.id), crypto.randomUUID()]
    const answer = await wix.send('POST', pathOf(route), wix.key(), { orderIds })
    expect(answer.json.orderTransactions.map((each: { orderId: string }) => each.orderId)).toEqual(
      orders.map(order => order.id),
    )
    expect((await wix.send('POST', pathOf(route), visitor, { orderIds })).json.orderTransactions).toHaveLength(2)
    const others = await wix.send('POST', pathOf(route), await wix.visitor(), { orderIds })
    expect(others).toMatchObject({ status: 200, json: { orderTransactions: [] } })
    expectError(
      await wix.send('POST', pathOf(route), wix.key('demo-wix-reader'), { orderIds }),
      403,
      'READ_ORDER_FORBIDDEN',
    )
    expectViolations(await wix.send('POST', pathOf(route), wix.key(), { orderIds: [] }), { orderIds: 'MIN_SIZE' })
  })

  it.each(markPaths)('%s settles an order on account', async route => {
    const order = await buy(getServer(), await wix.visitor())
    expect(await orderOf(order.id)).toMatchObject({ status: 'APPROVED', paymentStatus: 'NOT_PAID' })
    const mark = () => wix.send('POST', pathOf(route, order.id), wix.key(), {})
    expect(await mark()).toMatchObject({ status: 200, json: {} })
    expect(await mark()).toMatchObject({ status: 200, json: {} })
    const seen = await orderOf(order.id)
    expect(seen).toMatchObject({
      paymentStatus: 'PAID',
      balanceSummary: { balance: { amount: '0.00' }, paid: { amount: '125.00' } },
    })
    expect(seen.activities.map((each: { type: string }) => each.type)).toEqual(['ORDER_PLACED', 'ORDER_PAID'])
    expect((await transactionsOf(order.id)).payments).toMatchObject([
      { status: 'APPROVED', amount: { amount: '125.00' } },
    ])
  })

  it('an order that waits for its payment is INITIALIZED until somebody says that it was paid', async () => {
    const order = await buy(getServer(), await wix.visitor(), byPage)
    expect(await orderOf(order.id)).toMatchObject({ status: 'INITIALIZED', paymentStatus: 'NOT_PAID' })
    await wix.send('POST', `/ecom/v1/payments-collector/orders/${order.id}/mark-as-paid`, wix.key(), {})
    expect(await orderOf(order.id)).toMatchObject({ status: 'APPROVED', paymentStatus: 'PAID' })
    const states = (await transactionsOf(order.id)).payments.map((each: { status: string }) => each.status)
    expect(states.sort()).toEqual(['APPROVED', 'VOIDED'])
  })

  it.each(addPaths)('%s records parts, and no more than is left', async route => {
    const order = await buy(getServer(), await wix.visitor())
    const add = (...payments: object[]) => wix.send('POST', pathOf(route, order.id), wix.key(), { payments })
    const first = await add(cash('25'), cash('50.00'))
    expect(first.status).toBe(200)
    expect(first.json.paymentsIds).toHaveLength(2)
    expect(await orderOf(order.id)).toMatchObject({
      paymentStatus: 'PARTIALLY_PAID',
      balanceSummary: { paid: { amount: '75.00' }, balance: { amount: '50.00' } },
    })
    expectError(await add(cash('25'), cash('25.01')), 428, 'PAYMENT_AMOUNT_EXCEEDS_BALANCE')
    expect((await add(cash('50'))).status).toBe(200)
    expect(await orderOf(order.id)).toMatchObject({ paymentStatus: 'PAID' })
    expectError(await add(cash('0.01')), 428, 'PAYMENT_AMOUNT_EXCEEDS_BALANCE')
  })

  it('bad payments are refused, and change nothing', async () => {
    const order = await buy(getServer(), await wix.visitor())
    const add = (payments: unknown) =>
      wix.send('POST', `/ecom/v1/payments/orders/${order.id}/add-payment`, wix.key(), { payments })
    expectViolations(await add([]), { payments: 'MIN_SIZE' })
    expectViolations(await add([{}]), {
      'payments[0].amount': 'REQUIRED_FIELD',
      'payments[0].regularPaymentDetails': 'REQUIRED_FIELD',
    })
    expectViolations(await add([cash('-1')]), { 'payments[0].amount.amount': 'DECIMAL_GTE' })
    expectViolations(await add([cash('0')]), { 'payments.amount.amount': 'DECIMAL_GT' })
    expectViolations(await add([cash('1.0001')]), { 'payments[0].amount.amount': 'DECIMAL_MAX_SCALE' })
    expectViolations(await add([cash('1', { status: 'PENDING' })]), { 'payments[0].status': 'INVALID_ENUM_VALUE' })
    for (const status of ['PENDING', 'DECLINED', 'AUTHORIZED']) {
      const regularPaymentDetails = { offlinePayment: true, status }
      expectViolations(await add([cash('1', { regularPaymentDetails })]), {
        'payments[0].regularPaymentDetails.status': 'INVALID_ENUM_VALUE',
      })
    }
    expect(await orderOf(order.id)).toMatchObject({ paymentStatus: 'NOT_PAID' })
    for (const status of ['UNDEFINED', 'APPROVED']) {
      const regularPaymentDetails = { offlinePayment: true, status }
      expect((await add([cash('1', { regularPaymentDetails })])).status).toBe(200)
    }
  })

  it('are recorded by keys that may, of orders that stand', async () => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor)
    const paths = [
      [`/ecom/v1/payments-collector/orders/${order.id}/mark-as-paid`, {}],
      [`/ecom/v1/payments/orders/${order.id}/add-payment`, { payments: [cash('1')] }],
    ] as const
    for (const [path, body] of paths) {
      expectError(await wix.send('POST', path, visitor, body), 403, 'PERMISSION_DENIED')
      expect((await wix.send('POST', path, wix.key('demo-wix-reader'), body)).status).toBe(403)
      expectError(await wix.send('POST', path, nobody, body), 401, 'UNAUTHENTICATED')
      const absent = path.replace(order.id, crypto.randomUUID())
      expectError(await wix.send('POST', absent, wix.key(), body), 404, 'ORDER_NOT_FOUND')
    }
    await wix.send('POST', `/ecom/v1/orders/${order.id}/cancel`, wix.key())
    for (const [path, body] of paths) {
      const { status } = await wix.send('POST', path, wix.key(), body)
      expect(status).toBe(428)
    }
  })
})
