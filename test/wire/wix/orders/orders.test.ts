import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importExtraGoods } from '../extra-goods.js'
import {
  catalogAppId,
  customerId,
  expectError,
  expectViolations,
  nobody,
  secondId,
  shirt,
  siteOver,
} from '../people.js'
import { buy, byCard, byPage, onAccount } from './purchase.js'

const getPaths = ['GET /ecom/v1/orders/:id', 'GET /_api/ecom-orders/v1/orders/:id']
const searchPaths = ['POST /ecom/v1/orders/search', 'POST /_api/ecom-orders/v1/orders/search']
const cancelPaths = ['POST /ecom/v1/orders/:id/cancel', 'POST /_api/ecom-orders/v1/orders/:id/cancel']
const pathOf = (route: string, id = '') => (route.split(' ')[1] ?? '').replace(':id', id)
const price = (amount: string) => ({ amount, formattedAmount: `$${Number(amount).toFixed(2)}` })

describeOnEachDatabase('orders', getServer => {
  const wix = siteOver(getServer)
  const read = async (id: string) => (await wix.send('GET', `/ecom/v1/orders/${id}`, wix.key())).json.order

  it.each(getPaths)('%s shows the order with the figures of the checkout', async route => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor, onAccount, { coupon: 'SUMMERSALE10' })
    const answer = await wix.send('GET', pathOf(route, order.id), visitor)
    expect(answer.status).toBe(200)
    const { order: seen } = answer.json
    expect(seen).toMatchObject({
      id: order.id,
      number: order.number,
      createdDate: order.placedAt,
      buyerInfo: { visitorId: visitor.id, email: 'buyer@polytill.test' },
      paymentStatus: 'NOT_PAID',
      fulfillmentStatus: 'NOT_FULFILLED',
      status: 'APPROVED',
      currency: 'USD',
      currencyConversionDetails: { originalCurrency: 'USD', conversionRate: '1' },
      taxIncludedInPrices: false,
      checkoutId: order.cartId,
      archived: false,
      channelInfo: { type: 'WEB' },
      priceSummary: {
        subtotal: price('115.00'),
        discount: price('10.00'),
        shipping: price('10.00'),
        tax: price('0.00'),
        total: price('115.00'),
        totalAdditionalFees: price('0.00'),
      },
      balanceSummary: { balance: price('115.00'), paid: price('0.00') },
      billingInfo: { address: { country: 'US', subdivision: 'US-NY', addressLine: '1 Test Street' } },
      shippingInfo: {
        code: 'standard-us-shipping',
        title: 'Standard US Shipping',
        logistics: { shippingDestination: { contactDetails: { firstName: 'Ada', lastName: 'Tester' } } },
        cost: { price: price('10.00'), discount: price('0.00'), totalPriceAfterTax: price('10.00') },
        region: { name: 'United States' },
      },
      appliedDiscounts: [{ coupon: { code: 'SUMMERSALE10', amount: price('10.00') } }],
    })
    expect(seen.number).toMatch(/^1\d{4}$/)
    const [shirts, shoe] = seen.lineItems
    expect(seen.lineItems).toHaveLength(2)
    expect(shirts).toMatchObject({
      id: '00000000-0000-0000-0000-000000000001',
      productName: { original: 'Shirt' },
      catalogReference: { catalogItemId: shirt, appId: catalogAppId },
      quantity: 3,
      price: { amount: '10', formattedAmount: '$10.00' },
      lineItemPrice: { amount: '30' },
      taxInfo: { taxRate: '0', taxIncludedInPrice: false },
      paymentOption: 'FULL_PAYMENT_ONLINE',
    })
    expect(shirts.price).not.toHaveProperty('convertedAmount')
    expect(Number(shirts.totalDiscount.amount) + Number(shoe.totalDiscount.amount)).toBe(10)
    expect(seen.appliedDiscounts[0].lineItemDiscounts).toHaveLength(2)
    expect(seen.activities.map((each: { type: string }) => each.type)).toEqual(['ORDER_PLACED'])
  })

  it('a gift card is a payment of the order, not a discount', async () => {
    const member = await wix.member()
    const order = await buy(getServer(), member, byCard, { coupon: 'SUMMERSALE10', giftCard: 'GIFT50DEMO' })
    const { json } = await wix.send('GET', `/ecom/v1/orders/${order.id}`, member)
    const buyerInfo = { memberId: customerId, contactId: customerId, email: 'buyer@polytill.test' }
    expect(json.order.buyerInfo).toEqual(buyerInfo)
    expect(json.order.priceSummary).toMatchObject({ total: price('115.00'), totalWithGiftCard: price('65.00') })
    expect(json.order.balanceSummary).toMatchObject({
      paid: price('50.00'),
      balance: price('65.00'),
      authorized: price('65.00'),
    })
  })

  it('is for whoever placed it, and for keys that may', async () => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor)
    const path = `/ecom/v1/orders/${order.id}`
    for (const person of [visitor, wix.key()]) expect((await wix.send('GET', path, person)).status).toBe(200)
    for (const person of [await wix.visitor(), await wix.member(), wix.key('demo-wix-reader')]) {
      expectError(await wix.send('GET', path, person), 403, 'READ_ORDER_FORBIDDEN')
    }
    expectError(await wix.send('GET', path, nobody), 401, 'UNAUTHENTICATED')
  })

  it('that is not there is not found by keys, and as forbidden as any other to shoppers', async () => {
    const path = `/ecom/v1/orders/${crypto.randomUUID()}`
    expectError(await wix.send('GET', path, wix.key()), 404, 'ORDER_NOT_FOUND')
    expectError(await wix.send('GET', path, await wix.visitor()), 403, 'READ_ORDER_FORBIDDEN')
    expectViolations(await wix.send('GET', '/ecom/v1/orders/10001', wix.key()), { id: 'FORMAT' })
  })

  it.each(searchPaths)('%s finds by what a filter says', async route => {
    const path = pathOf(route)
    const visitor = await wix.visitor()
    const paid = await buy(getServer(), visitor)
    const waiting = await buy(getServer(), visitor, byPage)
    await wix.send('POST', `/ecom/v1/payments-collector/orders/${paid.id}/mark-as-paid`, wix.key(), {})
    const find = async (search: object, person = wix.key()) => {
      const answer = await wix.send('POST', path, person, { search })
      expect(answer.status).toBe(200)
      return answer.json.orders.map((order: { id: string }) => order.id)
    }
    const one = [paid.id]
    for (const filter of [
      { id: paid.id },
      { id: { $in: [paid.id, waiting.id] } },
      { number: { $eq: paid.number } },
      { number: Number(paid.number) },
      { number: { $in: [Number(paid.number)] } },
      { checkoutId: paid.cartId },
      { status: 'APPROVED', id: paid.id },
      { paymentStatus: { $in: ['PAID'] }, number: paid.number },
      { fulfillmentStatus: 'NOT_FULFILLED', number: paid.number },
      { 'buyerInfo.visitorId': visitor.id },
      { 'buyerInfo.email': 'Buyer@polytill.test', id: paid.id },
      { createdDate: { $gte: paid.placedAt, $lte: paid.placedAt }, id: paid.id },
      { $and: [{ archived: false }, { id: paid.id }] },
      { status: { $ne: 'INITIALIZED' }, archived: { $ne: true }, id: paid.id },
      { fulfillmentStatus: { $ne: 'FULFILLED' }, id: paid.id },
      { paymentStatus: { $nin: ['NOT_PAID', 'PARTIALLY_PAID'] }, id: paid.id },
    ]) {
      expect(await find({ filter }), JSON.stringify(filter)).toEqual(one)
    }
    for (const filter of [
      { id: waiting.id },
      { status: 'INITIALIZED', id: waiting.id },
      { status: 'PENDING' },
      { paymentStatus: 'NOT_PAID', id: paid.id },
      { createdDate: { $lt: paid.placedAt }, id: paid.id },
      { createdDate: { $gt: paid.placedAt }, id: paid.id },
      { archived: true },
      { status: { $ne: 'APPROVED' }, id: paid.id },
      { status: { $nin: ['APPROVED', 'CANCELED'] } },
      { paymentStatus: { $ne: 'PAID' }, id: paid.id },
      { 'buyerInfo.memberId': visitor.id },
      { $and: [{ number: 'x' }, { id: paid.id }] },
    ]) {
      expect(await find({ filter }), JSON.stringify(filter)).toEqual([])
    }
    expect(await find({}, visitor)).toEqual(one)
    expect(await find({}, await wix.visitor())).toEqual([])
  })

  // The client sends `_createdDate` as the name to sort by, as its own documents have it; account pages ask by the contact of
  // the member that they read (dev.wix.com search-orders; `searchOrders` in storefronts of `@wix/ecom`).
  it('finds what changed since, and a member by the contact, under the names of the client', async () => {
    const [member, other] = [await wix.member(customerId), await wix.member(secondId)]
    const me = (await wix.send('GET', '/members/v1/members/my', member)).json.member
    const first = await buy(getServer(), member)
    const second = await buy(getServer(), member)
    await buy(getServer(), other)
    const find = async (search: object, person = wix.key()) => {
      const answer = await wix.send('POST', '/ecom/v1/orders/search', person, { search })
      expect(answer.status, answer.text).toBe(200)
      return answer.json
    }
    const ids = async (search: object, person = wix.key()) =>
      (await find(search, person)).orders.map((order: { id: string }) => order.id)
    expect((await read(first.id)).buyerInfo).toMatchObject({ memberId: customerId, contactId: me.contactId })
    const mine = { 'buyerInfo.contactId': { $eq: me.contactId }, id: { $in: [first.id, second.id] } }
    const oldest = [{ fieldName: '_createdDate', order: 'ASC' }]
    expect(await ids({ filter: mine, sort: oldest })).toEqual([first.id, second.id])
    expect(await ids({ filter: mine, sort: oldest }, member)).toEqual([first.id, second.id])
    expect(await ids({ filter: mine }, other)).toEqual([])
    expect(await ids({ filter: { ...mine, 'buyerInfo.memberId': secondId } })).toEqual([])
    expect(await ids({ filter: { 'buyerInfo.contactId': second.id } })).toEqual([])
    await wix.send('POST', `/ecom/v1/orders/${first.id}/cancel`, wix.key())
    const { updatedDate } = await read(first.id)
    for (const name of ['updatedDate', '_updatedDate']) {
      expect(await ids({ filter: { ...mine, [name]: { $gte: updatedDate } } }), name).toEqual([first.id])
      expect(await ids({ filter: { ...mine, [name]: { $gt: updatedDate } } }), name).toEqual([])
      expect(await ids({ filter: { ...mine, [name]: { $lt: updatedDate } } }), name).toEqual([second.id])
      const page = await find({ filter: mine, sort: [{ fieldName: name, order: 'DESC' }], cursorPaging: { limit: 1 } })
      const next = await find({ cursorPaging: { cursor: page.metadata.cursors.next } })
      expect([...page.orders, ...next.orders].map(({ id }: { id: string }) => id)).toEqual([first.id, second.id])
    }
    expect(await ids({ filter: { _id: first.id, _createdDate: { $lte: first.placedAt } } })).toEqual([first.id])
  })

  it('takes as many values as a shopper needs, so that nobody keeps the server busy', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => index.toString(36))
    const search = async (filter: object) =>
      wix.send('POST', '/ecom/v1/orders/search', await wix.visitor(), { search: { filter } })
    const most = await search({ $and: [{ id: { $in: ids(500) } }, { id: { $in: ids(500) } }] })
    expect([most.status, most.json.orders]).toEqual([200, []])
    expectViolations(await search({ id: { $in: ids(501) } }), { 'search.filter.id': 'OTHER' })
    const conditions = ids(501).map(id => ({ id }))
    expectViolations(await search({ $and: conditions }), { 'search.filter.$and': 'OTHER' })
  })

  it.each(['createdDate', 'purchasedDate'])('compares %s with any time that there is', async field => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor, onAccount)
    const found = async (condition: object) => {
      const answer = await wix.send('POST', '/ecom/v1/orders/search', visitor, {
        search: { filter: { [field]: condition } },
      })
      expect(answer.status).toBe(200)
      return answer.json.orders.map(({ id }: { id: string }) => id)
    }
    expect(await found({ $gt: '0000-01-01', $lte: '+275760-09-13T00:00:00.000Z' })).toEqual([order.id])
    expect(await found({ $gt: '+275760-09-13T00:00:00.000Z' })).toEqual([])
    expect(await found({ $lt: '-100000-01-01T00:00:00.000Z' })).toEqual([])
  })

  it('pages by cursor, which carries the search with it', async () => {
    const visitor = await wix.visitor()
    const orders = [await buy(getServer(), visitor), await buy(getServer(), visitor), await buy(getServer(), visitor)]
    const filter = { 'buyerInfo.visitorId': visitor.id }
    const page = (search: object) => wix.send('POST', '/ecom/v1/orders/search', wix.key(), { search })
    const first = await page({ filter, cursorPaging: { limit: 2 }, sort: [{ fieldName: 'createdDate', order: 'ASC' }] })
    expect(first.json.metadata).toEqual({ count: 2, cursors: { next: expect.any(String) }, hasNext: true })
    const second = await page({ cursorPaging: { cursor: first.json.metadata.cursors.next } })
    expect(second.json.metadata).toEqual({ count: 1, cursors: { prev: expect.any(String) }, hasNext: false })
    const seen = [...first.json.orders, ...second.json.orders].map((order: { id: string }) => order.id)
    expect(seen).toEqual(orders.map(order => order.id))
    const newest = await page({ filter, sort: [{ fieldName: 'number', order: 'DESC' }] })
    expect(newest.json.orders[0].id).toBe(orders[2]?.id)
  })

  it('refuses a search that it does not understand, instead of answering another one', async () => {
    const page = (search: object) => wix.send('POST', '/ecom/v1/orders/search', wix.key(), { search })
    expectViolations(await page({ filter: { color: 'red' } }), { 'search.filter.color': 'OTHER' })
    expectViolations(await page({ filter: { number: { $startsWith: '1' } } }), { 'search.filter.number': 'OTHER' })
    expectViolations(await page({ filter: { number: { $ne: '1' } } }), { 'search.filter.number': 'OTHER' })
    expectViolations(await page({ filter: { status: { $nin: 'APPROVED' } } }), { 'search.filter.status': 'OTHER' })
    expectViolations(await page({ filter: { createdDate: { $gte: 'yesterday' } } }), {
      'search.filter.createdDate': 'OTHER',
    })
    expectViolations(await page({ filter: { $and: [{ color: 'red' }] } }), { 'search.filter.$and': 'OTHER' })
    expectViolations(await page({ filter: { constructor: 'x' } }), { 'search.filter.constructor': 'OTHER' })
    expectViolations(await page({ sort: [{ fieldName: 'price' }] }), { 'search.sort': 'OTHER' })
    expectViolations(await page({ cursorPaging: { limit: 101 } }), { 'search.cursorPaging.limit': 'MAX' })
    expectViolations(await page({ cursorPaging: { cursor: 'nonsense' } }), { 'search.cursorPaging.cursor': 'FORMAT' })
    const nested = `${'{"$and":['.repeat(20_000)}{}${']}'.repeat(20_000)}`
    const deep = Buffer.from(`{"offset":0,"limit":5,"oldestFirst":true,"filter":${nested}}`).toString('base64url')
    expectViolations(await page({ cursorPaging: { cursor: deep } }), { 'search.cursorPaging.cursor': 'FORMAT' })
    const reader = await wix.send('POST', '/ecom/v1/orders/search', wix.key('demo-wix-reader'), {})
    expectError(reader, 403, 'READ_ORDER_FORBIDDEN')
  })

  it.each(cancelPaths)('%s calls an order off, once', async route => {
    const order = await buy(getServer(), await wix.member(secondId))
    const path = pathOf(route, order.id)
    const before = await getServer().storage.catalog.stock(['SHOE'])
    const answer = await wix.send('POST', path, wix.key(), { customMessage: 'Out of business' })
    expect(answer).toMatchObject({ status: 200, json: { order: { id: order.id, status: 'CANCELED' } } })
    const again = await wix.send('POST', path, wix.key())
    expect(again).toMatchObject({ status: 200, json: { order: { status: 'CANCELED' } } })
    const after = await getServer().storage.catalog.stock(['SHOE'])
    expect(after.get('SHOE')).toBe((before.get('SHOE') ?? 0) + 1)
    expect((await read(order.id)).activities.at(-1).type).toBe('ORDER_CANCELED')
  })

  it.each(cancelPaths)('%s refuses to call off what was sent', async route => {
    const order = await buy(getServer(), await wix.visitor())
    const sent = await getServer().operations.fulfillOrder({ kind: 'system' }, { id: order.id, isAll: true })
    expect(sent.ok).toBe(true)
    expectError(await wix.send('POST', pathOf(route, order.id), wix.key()), 428, 'ORDER_STATE')
    expect(await read(order.id)).toMatchObject({ status: 'APPROVED', fulfillmentStatus: 'FULFILLED' })
  })

  it('that was paid and then called off was paid all the same: its history keeps it', async () => {
    const types = async (id: string) => (await read(id)).activities.map((each: { type: string }) => each.type)
    const order = await buy(getServer(), await wix.visitor())
    const payments = [{ amount: { amount: '25' }, regularPaymentDetails: { offlinePayment: true } }]
    await wix.send('POST', `/ecom/v1/payments/orders/${order.id}/add-payment`, wix.key(), { payments })
    expect(await types(order.id)).toEqual(['ORDER_PLACED', 'ORDER_PARTIALLY_PAID'])
    await wix.send('POST', `/ecom/v1/payments-collector/orders/${order.id}/mark-as-paid`, wix.key(), {})
    await wix.send('POST', `/ecom/v1/orders/${order.id}/cancel`, wix.key())
    expect(await read(order.id)).toMatchObject({ paymentStatus: 'FULLY_REFUNDED', status: 'CANCELED' })
    expect(await types(order.id)).toEqual([
      'ORDER_PLACED',
      'ORDER_PAID',
      'PAYMENT_REFUNDED',
      'PAYMENT_REFUNDED',
      'ORDER_CANCELED',
    ])
  })

  it('that a gift card paid, and that was called off, is paid no longer: the card has its money back', async () => {
    await importExtraGoods(getServer())
    const order = await buy(getServer(), await wix.visitor(), {}, { giftCard: 'RICHCARD01' })
    expect(await read(order.id)).toMatchObject({ status: 'APPROVED', paymentStatus: 'PAID' })
    await wix.send('POST', `/ecom/v1/orders/${order.id}/cancel`, wix.key())
    const seen = await read(order.id)
    expect(seen).toMatchObject({
      status: 'CANCELED',
      paymentStatus: 'CANCELED',
      balanceSummary: { balance: price('0.00'), paid: price('0.00') },
    })
    for (const [paymentStatus, count] of [
      ['PAID', 0],
      ['CANCELED', 1],
    ] as const) {
      const search = { filter: { number: order.number, paymentStatus } }
      const found = await wix.send('POST', '/ecom/v1/orders/search', wix.key(), { search })
      expect([paymentStatus, found.json.metadata.count]).toEqual([paymentStatus, count])
    }
    expect(seen.activities.map((each: { type: string }) => each.type)).toEqual([
      'ORDER_PLACED',
      'ORDER_PAID',
      'ORDER_CANCELED',
    ])
  })

  it('is not canceled by shoppers, nor by keys that may not', async () => {
    const visitor = await wix.visitor()
    const order = await buy(getServer(), visitor)
    const path = `/ecom/v1/orders/${order.id}/cancel`
    expectError(await wix.send('POST', path, visitor), 403, 'PERMISSION_DENIED')
    expect((await wix.send('POST', path, wix.key('demo-wix-reader'))).status).toBeGreaterThanOrEqual(403)
    expect((await wix.send('POST', `/ecom/v1/orders/${crypto.randomUUID()}/cancel`, wix.key())).status).toBe(404)
    expect((await read(order.id)).status).toBe('APPROVED')
  })
})
