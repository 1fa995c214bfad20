import { beforeAll, describe, expect, it } from 'vitest'
import { type Books, openBooks } from '../support/books.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { austin, linkedCart, type PageShopper, pageShopper, pathOf, type SeenPage } from './page-shopper.js'

describeOnEachDatabase('paying by card from the hosted checkout page', getServer => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })

  /** A guest who pressed the last button, and stands on the gateway's page. */
  async function atGateway(): Promise<{
    readonly id: string
    readonly shopper: PageShopper
    readonly review: SeenPage
    readonly gateway: SeenPage
  }> {
    const { id, link } = await linkedCart(getServer(), 'us', [{ sku: 'BREWER', quantity: 1 }])
    const shopper = pageShopper(getServer)
    const delivery = await shopper.send(await shopper.open(link), austin)
    const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
    const review = await shopper.send(payment, { method: 'bigpaypay' })
    expect(review.text).toContain('Continue and pay $252.22')
    const gateway = await shopper.send(review)
    expect(gateway.path).toMatch(/^\/sandbox\/pay\//)
    return { id, shopper, review, gateway }
  }

  /** Decides on the gateway's page, and goes where it leads. */
  async function decide(shopper: PageShopper, gateway: SeenPage, decision: string): Promise<SeenPage> {
    const { status, headers } = await shopper.request('POST', gateway.path, { decision })
    expect(status).toBe(303)
    return shopper.open(pathOf(headers.location ?? ''))
  }

  const stateOf = async (cartId: string) => {
    const read = await getServer().operations.readPurchase({ kind: 'system' }, { id: cartId })
    if (!read.ok) throw new Error(read.error.code)
    return read.value
  }

  it('GET /pay/:cart/return: approved leads to the confirmation, also when it is opened again', async () => {
    const { id, shopper, gateway } = await atGateway()
    const done = await decide(shopper, gateway, 'approved')
    expect([done.status, done.path]).toEqual([200, `/pay/${id}/order`])
    expect(done.title).toBe('Thank you, Ana')
    expect((await stateOf(id)).order).toMatchObject({ status: 'confirmed' })
    const again = await decide(shopper, gateway, 'approved')
    expect(again.path).toBe(`/pay/${id}/order`)
    expect(await books.faults()).toEqual([])
  })

  it.each([
    ['declined', 'Your payment was declined. Nothing was charged.'],
    ['canceled', 'You canceled the payment. Nothing was charged.'],
  ])('%s leads back with everything kept, and the next try succeeds', async (decision, sentence) => {
    const { id, shopper, gateway } = await atGateway()
    const back = await decide(shopper, gateway, decision)
    expect([back.status, back.path]).toEqual([200, `/pay/${id}/payment?tried=${decision}`])
    expect(back.text).toContain(sentence)
    expect(back.fields.method).toBe('bigpaypay')
    const review = await shopper.send(back)
    expect(review.text).toContain('9 Elm St')
    const second = await shopper.send(review)
    expect(second.path).toMatch(/^\/sandbox\/pay\//)
    expect((await decide(shopper, second, 'approved')).title).toBe('Thank you, Ana')
    expect(await books.faults()).toEqual([])
  })

  it('GET /pay/:cart/order: Back from the gateway offers to go on or to pay another way', async () => {
    const { id, shopper, review, gateway } = await atGateway()
    const waiting = await shopper.open(`/pay/${id}/review`)
    expect([waiting.path, waiting.title]).toEqual([`/pay/${id}/order`, 'Your payment is not finished yet'])
    expect(waiting.text).toContain(`${gateway.path}"`)
    // Sent again from the page before, it is the same payment.
    expect((await shopper.send(review)).path).toBe(gateway.path)
    const csrf = /name="csrf" value="([^"]+)"/.exec(waiting.text)?.[1] ?? ''
    const other = await shopper.request('POST', `/pay/${id}/another-way`, { csrf })
    expect([other.status, other.headers.location]).toEqual([303, `/pay/${id}/payment`])
    const payment = await shopper.open(`/pay/${id}/payment`)
    const done = await shopper.send(await shopper.send(payment, { method: 'cod' }))
    expect(done.title).toBe('Thank you, Ana')
    // The page at the gateway leads to the order that stands, and charges nothing.
    await getServer().operations.recoverOrders()
    expect((await stateOf(id)).payments.map(({ state }) => state).sort()).toEqual(['authorized', 'voided'])
    expect(await books.faults()).toEqual([])
  })

  it('POST /pay/:cart/another-way: changes nothing where no payment is open', async () => {
    const { id, shopper, gateway } = await atGateway()
    const done = await decide(shopper, gateway, 'approved')
    const csrf = /name="csrf" value="([^"]+)"/.exec(done.text)?.[1] ?? ''
    await shopper.request('POST', `/pay/${id}/another-way`, { csrf })
    expect((await stateOf(id)).order).toMatchObject({ status: 'confirmed' })
  })

  it('a proof that proves nothing leads to the order as it is', async () => {
    const { id, shopper } = await atGateway()
    const page = await shopper.open(`/pay/${id}/return?hash=nonsense&status=approved`)
    expect([page.path, page.title]).toEqual([`/pay/${id}/order`, 'Your payment is not finished yet'])
    expect((await stateOf(id)).order).toMatchObject({ status: 'pending' })
  })

  it('a payment that nobody finishes in time is told of, and may be tried again', async () => {
    const { id, shopper } = await atGateway()
    getServer().advance(2 * 3_600_000)
    await getServer().operations.recoverOrders()
    getServer().advance(-2 * 3_600_000)
    const page = await shopper.open(`/pay/${id}/order`)
    expect(page.path).toBe(`/pay/${id}/payment?tried=expired`)
    expect(page.text).toContain('Your payment was not finished in time.')
  })

  describe('while a gateway says nothing', () => {
    it('the page says that the payment is being checked, and looks again by itself', async () => {
      const { id, shopper } = await atGateway()
      const { storage } = getServer()
      const [payment] = (await stateOf(id)).payments
      if (payment === undefined) throw new Error('there is a payment')
      const { order } = await stateOf(id)
      if (order === undefined) throw new Error('there is an order')
      const next = { ...payment, state: 'pending' as const, version: payment.version + 1 }
      const after = { ...order, version: order.version + 1 }
      const saved = await storage.orders.settle({
        order: after,
        since: order.version,
        payments: [next],
        holds: 'keep',
        events: [],
      })
      expect(saved).toBe('saved')
      const page = await shopper.open(`/pay/${id}/order`)
      expect([page.status, page.title]).toEqual([200, 'We are checking your payment'])
      expect(page.text).toContain('<noscript><meta http-equiv="refresh" content="5"></noscript>')
      expect(page.text).toContain(`data-polls="/pay/${id}/order"`)
    })
  })
})
