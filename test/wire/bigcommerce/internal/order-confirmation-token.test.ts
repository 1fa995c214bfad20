import { describe, expect, it } from 'vitest'
import {
  type Browser,
  describeStorefront,
  expectInternalProblem,
  payByCard,
  readyCheckout,
  submit,
} from '../browser.js'
import { atIssuer, expectNoOrder, page, shown, targetOf } from '../confirmations.js'
import { managementOver, mug } from '../management.js'
import { newOrder, pay, readyCart } from '../purchase.js'

const sites = 'http://localhost:3000 http://localhost:5173 http://localhost:8080 http://127.0.0.1:8080'

describeStorefront('the confirmation of an order, by token', (open, server) => {
  const api = managementOver(server)
  const look = (path: string, browser: Browser = open()) => browser.send('GET', path, { headers: page })
  const address = (orderId: number | string, token: string) => `/order-confirmation/${orderId}?t=${token}`
  const tokenFor = async (id: string, body: object = {}): Promise<string> => {
    const answer = await api.send('POST', `/v3/checkouts/${id}/token`, { body })
    expect(answer.status).toBe(200)
    return answer.json.data.checkoutToken
  }
  /** A checkout of a backend with tokens for it, which is ordered then. */
  const bought = async (...bodies: readonly object[]) => {
    const id = await readyCart(api, [mug])
    const tokens: string[] = []
    for (const body of bodies) tokens.push(await tokenFor(id, body))
    const orderId = await newOrder(api, id)
    expect((await pay(api, orderId)).status).toBe(201)
    return { id, orderId, token: tokens[0] ?? '', tokens }
  }

  it.each(['GET /order-confirmation/:orderId', 'GET /order-confirmation/:orderId/'])(
    '%s shows the order to whoever has the token, once unless it says more',
    async path => {
      const { id, orderId, token } = await bought({})
      const target = path.replace('GET ', '').replace(':orderId', orderId.toString())
      const seen = await shown(server(), await look(`${target}?t=${token}`), id)
      expect([seen.status, seen.path, seen.title]).toEqual([200, `/pay/${id}/order`, 'Thank you for your order'])
      expect(seen.text).toContain(`<b>${orderId}</b>`)
      expectNoOrder(await look(`${target}?t=${token}`))
    },
  )

  it('works as often as it was asked to, and no token of a checkout counts for another', async () => {
    const { id, orderId, tokens } = await bought({ maxUses: 3 }, { maxUses: 1 })
    const [thrice = '', once = ''] = tokens
    for (let times = 0; times < 3; times += 1) await shown(server(), await look(address(orderId, thrice)), id)
    expectNoOrder(await look(address(orderId, thrice)))
    await shown(server(), await look(address(orderId, once)), id)
    expectNoOrder(await look(address(orderId, once)))
  })

  it.each([1, 5])('gives %d of twenty at once the page, the others nothing', async maxUses => {
    const { orderId, token } = await bought({ maxUses })
    const answers = await Promise.all(Array.from({ length: 20 }, () => look(address(orderId, token))))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(maxUses)
    for (const answer of answers.filter(({ status }) => status !== 302)) expectNoOrder(answer)
    expectNoOrder(await look(address(orderId, token)))
  })

  it('is over after its time, and the address that it led to soon after', async () => {
    const { id, orderId, tokens } = await bought({ ttl: 60, maxUses: 5 }, { ttl: 3_600, maxUses: 5 })
    const [short = '', long = ''] = tokens
    const target = targetOf(server(), await look(address(orderId, short)), id)
    server().advance(61_000)
    expectNoOrder(await look(address(orderId, short)))
    const late = await server().request('GET', target, { headers: { accept: 'text/html' } })
    expect(late.status).toBe(410)
    await shown(server(), await look(address(orderId, long)), id)
    server().advance(-61_000)
  })

  it('shows the one order of its checkout alone; what it does not show uses nothing of it', async () => {
    const other = await bought({})
    const { id, orderId, token } = await bought({})
    const garbage = ['9007199254740992', '0', '-1', 'x'.repeat(10_000), '1'.repeat(10_000), '987654321']
    for (const number of [other.orderId, ...garbage]) expectNoOrder(await look(address(number, token)))
    expectNoOrder(await look(address(orderId, other.token)))
    await shown(server(), await look(address(orderId, token)), id)
    await shown(server(), await look(address(other.orderId, other.token)), other.id)
  })

  it.each([
    ['none', ''],
    ['made up', '0'.repeat(64)],
    ['too short', 'abc'],
    ['in capitals', 'A'.repeat(64)],
    ['of 10,000 digits', 'a'.repeat(10_000)],
    ['with a line break', `%0a${'a'.repeat(64)}`],
  ])('refuses a token: %s', async (_what, token) => {
    const { orderId } = await bought({})
    expectNoOrder(await look(address(orderId, token)))
    expectNoOrder(await look(`/order-confirmation/${orderId}`))
  })

  it('is no link of a cart, and no link is it', async () => {
    const id = await readyCart(api, [mug])
    const links = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
    const link = new URL(links.json.data.cart_url).searchParams.get('token') ?? ''
    expectNoOrder(await look(address(await newOrder(api, id), link)))
    const token = await tokenFor(id)
    expect((await open().send('GET', `/cart.php?action=load&id=${id}&token=${token}`)).status).toBe(404)
  })

  it('waits for an order that was placed: an incomplete one uses nothing of it', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    const { orderId } = submitted.json.data.order
    const token = await tokenFor(id)
    expectNoOrder(await look(address(orderId, token)))
    expect((await payByCard(browser, submitted, { number: '4111111111111111' })).status).toBe(200)
    const seen = await shown(server(), await look(address(orderId, token)), id)
    expect(seen.text).toContain(`<b>${orderId}</b>`)
    expectNoOrder(await look(address(orderId, token)))
  })

  it('shows that the payment of the order is still waited for', async () => {
    const { id, orderId, issuer } = await atIssuer(server(), open(), 'silent')
    const token = await tokenFor(id)
    const seen = await shown(server(), await look(address(orderId, token)), id)
    expect([seen.status, seen.title]).toEqual([200, 'Your payment is not finished yet'])
    expect(seen.text).toContain(`${issuer}"`)
    expectNoOrder(await look(address(orderId, token)))
  })

  it('needs no token in the browser that ordered, and uses none there', async () => {
    const browser = open()
    const { id, orderId, decide } = await atIssuer(server(), browser, 'silent')
    const token = await tokenFor(id)
    await look(await decide('approved'), browser)
    for (let times = 0; times < 2; times += 1) await shown(server(), await look(address(orderId, token), browser), id)
    await shown(server(), await look(address(orderId, token)), id)
  })

  it('answers programs as the other internal endpoints do, and logs no token', async () => {
    const { orderId, token } = await bought({})
    const problem = { status: 404, title: 'Not found', type: 'not_found' }
    const detail = 'The requested resource was not found.'
    expectInternalProblem(await open().send('GET', address(orderId, 'abc')), { ...problem, detail })
    expect((await open().send('GET', address(orderId, token))).status).toBe(302)
    expect(server().log.join('\n')).not.toContain(token)
  })

  it('POST /stores/:storeHash/v3/checkouts/:checkoutId/token is 422 once the order is final', async () => {
    const { id } = await bought({})
    const answer = await api.send('POST', `/v3/checkouts/${id}/token`, { body: {} })
    expect([answer.status, answer.json]).toEqual([
      422,
      {
        status: 422,
        title: 'The order of this checkout is final already.',
        type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
        errors: {},
      },
    ])
    for (const body of [{ maxUses: 0 }, { maxUses: 1.5 }, { ttl: 2_592_001 }, { maxUses: 'many' }]) {
      const { id: own } = await api.newCart([mug])
      expect((await api.send('POST', `/v3/checkouts/${own}/token`, { body })).status).toBe(422)
    }
  })

  describe('in a frame', () => {
    const inFrame = [
      'GET /embedded-checkout/order-confirmation',
      'GET /embedded-checkout/order-confirmation/',
      'GET /embedded-checkout/order-confirmation/:orderId',
      'GET /embedded-checkout/order-confirmation/:orderId/',
    ]

    it.each(inFrame)('%s shows the order of the session in a frame of the sites of the channel', async path => {
      const browser = open()
      const { id } = await readyCheckout(browser)
      const { orderId } = (await submit(browser, id, 'cod')).json.data.order
      const target = path.replace('GET ', '').replace(':orderId', String(orderId))
      const led = targetOf(server(), await look(target, browser), id)
      expect(led).toMatch(new RegExp(`^/pay/${id}~[\\w-]+\\.[\\w-]+/order$`))
      const seen = await server().request('GET', led, { headers: { accept: 'text/html' } })
      expect(seen.status).toBe(200)
      expect(seen.headers['content-security-policy']).toContain(`frame-ancestors ${sites}`)
      expect(seen.text).toContain(`<b>${orderId}</b>`)
    })

    it.each(inFrame)('%s tells the page around that there is none', async path => {
      const answer = await look(path.replace('GET ', '').replace(':orderId', '1'))
      expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(answer.text).toContain('<h1>No order to show</h1>')
      expect(answer.text).toContain("type: 'FRAME_ERROR'")
      expect(answer.headers['content-security-policy']).toMatch(new RegExp(`frame-ancestors ${sites}$`))
    })
  })
})
