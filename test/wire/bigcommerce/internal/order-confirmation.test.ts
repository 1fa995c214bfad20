import { describe, expect, it } from 'vitest'
import {
  type Browser,
  cartOf,
  describeStorefront,
  expectInternalProblem,
  goods,
  payByCard,
  readyCheckout,
  signedIn,
  submit,
} from '../browser.js'
import { atIssuer, boughtOffline, expectNoOrder, page, shown, targetOf } from '../confirmations.js'
import { managementOver } from '../management.js'

const approved = { number: '4111111111111111' }
const addresses = [
  'GET /checkout/order-confirmation/:orderId',
  'GET /checkout/order-confirmation/:orderId/',
  'GET /order-confirmation/:orderId',
  'GET /order-confirmation/:orderId/',
]
const newest = ['GET /checkout/order-confirmation', 'GET /checkout/order-confirmation/']
const pathOf = (address: string, orderId: number | string = '') =>
  address.replace('GET ', '').replace(':orderId', orderId.toString())

describeStorefront('the confirmation of an order, by session', (open, server) => {
  const api = managementOver(server)
  const look = (browser: Browser, path: string) => browser.send('GET', path, { headers: page })
  const confirmation = (orderId: number | string) => `/checkout/order-confirmation/${orderId}`
  const stateOf = async (orderId: number) => {
    const state = await server().storage.orders.readState({ number: orderId.toString() })
    if (state === undefined) throw new Error('there is such an order')
    return state
  }
  const confirmations = async (orderId: number) => {
    const { order } = await stateOf(orderId)
    const events = await server().storage.outbox.oldest(1000, 'order.confirmed')
    return events.filter(({ subject }) => subject === order.id).length
  }

  it.each(addresses)('%s shows what the session ordered, again and again', async address => {
    const browser = open()
    const { id, orderId } = await boughtOffline(browser)
    for (let times = 0; times < 2; times += 1) {
      const seen = await shown(server(), await look(browser, pathOf(address, orderId)), id)
      expect([seen.status, seen.path, seen.title]).toEqual([200, `/pay/${id}/order`, 'Thank you for your order'])
      expect(seen.text).toContain(`<b>${orderId}</b>`)
      expect(seen.text).toContain('ana@example.test')
      expect(seen.text).toContain('$252.22')
    }
  })

  it.each(newest)('%s shows the newest order of the session', async address => {
    const browser = open()
    await boughtOffline(browser)
    const second = await boughtOffline(browser)
    const seen = await shown(server(), await look(browser, pathOf(address)), second.id)
    expect(seen.text).toContain(`<b>${second.orderId}</b>`)
  })

  it('shows to a customer what was ordered signed in, and what this browser ordered as a guest', async () => {
    const browser = open()
    const guest = await boughtOffline(browser)
    await signedIn(browser)
    const before = await shown(server(), await look(browser, '/checkout/order-confirmation'), guest.id)
    expect(before.text).toContain(`<b>${guest.orderId}</b>`)
    const own = await boughtOffline(browser)
    const after = await shown(server(), await look(browser, '/checkout/order-confirmation'), own.id)
    expect(after.text).toContain(`<b>${own.orderId}</b>`)
    for (const { id, orderId } of [guest, own]) {
      const seen = await shown(server(), await look(browser, confirmation(orderId)), id)
      expect(seen.text).toContain(`<b>${orderId}</b>`)
    }
  })

  it.each(addresses)('%s tells a stranger, another session and a session without orders the same', async address => {
    const { orderId } = await boughtOffline(open())
    const other = open()
    await boughtOffline(other)
    const empty = open()
    await cartOf(empty, [{ ...goods.mug, quantity: 1 }])
    const signed = open()
    await signedIn(signed)
    const answers = await Promise.all(
      [open(), other, empty, signed].flatMap(browser =>
        [orderId, 987_654_321].map(number => look(browser, pathOf(address, number))),
      ),
    )
    for (const answer of answers) expectNoOrder(answer)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it.each(newest)('%s has nothing for a browser that ordered nothing', async address => {
    const browser = open()
    expectNoOrder(await look(browser, pathOf(address)))
    await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    expectNoOrder(await look(browser, pathOf(address)))
  })

  it.each([
    ['2^53', '9007199254740992'],
    ['nil', '0'],
    ['below nil', '-1'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['zeros in front', '0001'],
    ['words', 'order'],
    ['a quote', "1'%20or%20'1'='1"],
    ['a path', '..%2f..%2fetc'],
    ['a star', '%EF%BC%91'],
    ['10,000 digits', '1'.repeat(10_000)],
    ['10,000 letters', 'x'.repeat(10_000)],
  ])('takes %s for no order', async (_what, number) => {
    const browser = open()
    await boughtOffline(browser)
    for (const address of addresses) expectNoOrder(await look(browser, pathOf(address, number)))
  })

  it('cannot read a byte that stands in no address, as everywhere', async () => {
    for (const address of addresses) {
      const answer = await look(open(), pathOf(address, '%00'))
      expect([answer.status, answer.json.type]).toEqual([400, 'bad_request'])
    }
  })

  it('answers programs as the other internal endpoints do', async () => {
    expectInternalProblem(await open().send('GET', confirmation(1)), {
      status: 404,
      title: 'Not found',
      type: 'not_found',
      detail: 'The requested resource was not found.',
    })
  })

  it('answers in its own form what it has no route for', async () => {
    const browser = open()
    expect((await browser.send('GET', '/checkout/order-confirmation/1/2')).json).toMatchObject({ type: 'not_found' })
    const posted = await browser.send('POST', '/checkout/order-confirmation/1')
    expect([posted.status, posted.headers.allow]).toEqual([405, 'GET'])
  })

  describe('of several incomplete orders', () => {
    it('leads to the confirmation of the one that was paid, whichever is asked for', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const submitted = [await submit(browser, id), await submit(browser, id), await submit(browser, id)] as const
      expect((await payByCard(browser, submitted[1], approved)).status).toBe(200)
      const paid: number = submitted[1].json.data.order.orderId
      const paths = submitted.map(each => confirmation(each.json.data.order.orderId))
      for (const path of [...paths, '/checkout/order-confirmation']) {
        const seen = await shown(server(), await look(browser, path), id)
        expect([seen.path, seen.title]).toEqual([`/pay/${id}/order`, 'Thank you for your order'])
        expect(seen.text).toContain(`<b>${paid}</b>`)
      }
    })

    it('shows it also when the cart has been cleared away', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const submitted = [await submit(browser, id), await submit(browser, id)] as const
      await payByCard(browser, submitted[0], approved)
      const year = new Date(Date.parse(server().now()) + 365 * 86_400_000).toISOString()
      while ((await server().storage.carts.prune(year, 1_000)) > 0);
      expect((await server().storage.carts.read({ id }, [])).cart).toBeUndefined()
      for (const { json } of submitted) {
        const seen = await shown(server(), await look(browser, confirmation(json.data.order.orderId)), id)
        expect(seen.title).toBe('Thank you for your order')
        expect(seen.text).toContain(`<b>${submitted[0].json.data.order.orderId}</b>`)
      }
    })

    it('leads on with the checkout while none is paid', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const { orderId } = (await submit(browser, id)).json.data.order
      const seen = await shown(server(), await look(browser, confirmation(orderId)), id)
      expect([seen.status, seen.path]).toEqual([200, `/pay/${id}/payment`])
    })

    it('has none to show where the cart was deleted', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const { orderId } = (await submit(browser, id)).json.data.order
      expect((await browser.send('DELETE', `/api/storefront/carts/${id}`)).status).toBe(204)
      expectNoOrder(await look(browser, confirmation(orderId)))
    })

    it('shows nobody what became of a cart that another browser took over', async () => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const submitted = await submit(browser, id)
      const { json } = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
      const other = open()
      await look(other, new URL(json.data.checkout_url).href.slice(server().baseUrl.length))
      const { orderId } = submitted.json.data.order
      expectNoOrder(await look(browser, confirmation(orderId)))
      const bought = await submit(other, id, 'cod')
      expect(bought.status).toBe(201)
      expectNoOrder(await look(browser, confirmation(orderId)))
      expectNoOrder(await look(browser, confirmation(bought.json.data.order.orderId)))
      const seen = await shown(server(), await look(other, confirmation(bought.json.data.order.orderId)), id)
      expect(seen.text).toContain(`<b>${bought.json.data.order.orderId}</b>`)
    })
  })

  describe("on the way back from the issuer's page", () => {
    it('shows the confirmation where the gateway told of it first', async () => {
      const browser = open()
      const { id, orderId, decide } = await atIssuer(server(), browser)
      const back = await decide('approved')
      expect(back.startsWith(`${confirmation(orderId)}?hash=`)).toBe(true)
      const seen = await shown(server(), await look(browser, back), id)
      expect([seen.path, seen.title]).toEqual([`/pay/${id}/order`, 'Thank you for your order'])
      expect(await confirmations(orderId)).toBe(1)
    })

    it('confirms the order by the proof, once, however often it is opened', async () => {
      const browser = open()
      const { id, orderId, decide } = await atIssuer(server(), browser, 'silent')
      const back = await decide('approved')
      expect((await stateOf(orderId)).order.status).toBe('pending')
      for (let times = 0; times < 3; times += 1) {
        const seen = await shown(server(), await look(browser, back), id)
        expect([seen.path, seen.title]).toEqual([`/pay/${id}/order`, 'Thank you for your order'])
        expect(seen.text).toContain(`<b>${orderId}</b>`)
      }
      expect(await stateOf(orderId)).toMatchObject({
        order: { status: 'confirmed', paymentStatus: 'paid' },
        payments: [{ state: 'captured', captured: 25222n }],
      })
      expect(await confirmations(orderId)).toBe(1)
      const order = await browser.send('GET', `/api/storefront/orders/${orderId}`)
      expect(order.json).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true })
    })

    it('confirms once where it is opened ten times at once', async () => {
      const browser = open()
      const { id, orderId, decide } = await atIssuer(server(), browser, 'silent')
      const back = await decide('approved')
      const answers = await Promise.all(Array.from({ length: 10 }, () => look(browser, back)))
      for (const answer of answers) targetOf(server(), answer, id)
      expect(await confirmations(orderId)).toBe(1)
      expect((await stateOf(orderId)).payments).toMatchObject([{ state: 'captured', captured: 25222n }])
    })

    it.each([
      ['declined', 'Your payment was declined. Nothing was charged.'],
      ['canceled', 'You canceled the payment. Nothing was charged.'],
    ] as const)('says that it was %s, and the next try pays', async (decision, sentence) => {
      const browser = open()
      const { id, orderId, submitted, decide } = await atIssuer(server(), browser)
      const back = await decide(decision)
      for (const path of [back, back, confirmation(orderId)]) {
        const seen = await shown(server(), await look(browser, path), id)
        expect([seen.status, seen.path]).toEqual([200, `/pay/${id}/payment?tried=${decision}`])
        expect(seen.text).toContain(sentence)
      }
      expect((await stateOf(orderId)).order.status).toBe('incomplete')
      expect((await payByCard(browser, submitted, approved)).status).toBe(200)
      const seen = await shown(server(), await look(browser, back), id)
      expect([seen.path, seen.title]).toEqual([`/pay/${id}/order`, 'Thank you for your order'])
    })

    it.each(['', '?hash=nonsense&status=approved', '?hash=', '?__proto__=1&constructor=2', '?utm_source=mail'])(
      'waits for the shopper where %j proves nothing',
      async query => {
        const browser = open()
        const { id, orderId, issuer } = await atIssuer(server(), browser)
        const seen = await shown(server(), await look(browser, `${confirmation(orderId)}${query}`), id)
        expect([seen.status, seen.path]).toEqual([200, `/pay/${id}/order`])
        expect(seen.title).toBe('Your payment is not finished yet')
        expect(seen.text).toContain(`${issuer}"`)
        expect((await stateOf(orderId)).order.status).toBe('pending')
      },
    )

    it("takes no other order's proof", async () => {
      const [one, two] = [open(), open()]
      const first = await atIssuer(server(), one, 'silent')
      const second = await atIssuer(server(), two, 'silent')
      const { search } = new URL(await first.decide('approved'), server().baseUrl)
      await shown(server(), await look(two, `${confirmation(second.orderId)}${search}`), second.id)
      expect((await stateOf(second.orderId)).order.status).toBe('pending')
      expect((await stateOf(first.orderId)).order.status).toBe('pending')
    })

    it('counts the proof in whatever browser it comes back, and shows the order to its own alone', async () => {
      const browser = open()
      const { id, orderId, decide } = await atIssuer(server(), browser, 'silent')
      expectNoOrder(await look(open(), await decide('approved')))
      expect((await stateOf(orderId)).order.status).toBe('confirmed')
      const seen = await shown(server(), await look(browser, confirmation(orderId)), id)
      expect(seen.title).toBe('Thank you for your order')
    })
  })

  it('says that a payment is being looked at while the gateway has not decided', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    const { orderId } = submitted.json.data.order
    await payByCard(browser, submitted, { number: '4000000000001802' })
    expect((await stateOf(orderId)).order.status).toBe('pending')
    const seen = await shown(server(), await look(browser, confirmation(orderId)), id)
    expect([seen.status, seen.path, seen.title]).toEqual([200, `/pay/${id}/order`, 'We are checking your payment'])
  })

  it('says that an order was called off', async () => {
    const browser = open()
    const { id, orderId } = await boughtOffline(browser)
    const canceled = await api.send('PUT', `/v2/orders/${orderId}`, { body: { status_id: 5 } })
    expect(canceled.status).toBe(200)
    const seen = await shown(server(), await look(browser, confirmation(orderId)), id)
    expect([seen.status, seen.path]).toEqual([200, `/pay/${id}/order`])
    expect(seen.title).toContain('canceled')
  })
})
