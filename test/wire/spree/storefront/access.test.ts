import { expect, it } from 'vitest'
import { routes } from '../../../../src/dialects/spree/routes.js'
import { addresses, customerKey, describeShop, secondKey, threeTotes } from '../shop.js'

const unauthorized = { error: 'You are not authorized to perform that action.' }
const notFound = { error: 'The resource you were looking for could not be found.' }

/** A redirect tells nothing of an order, and names of attributes are no secret. */
const tellsNothing = new Set([
  'GET /api/checkouts/:number',
  'GET /api/orders/:number/line_items/new',
  'GET /api/orders/:number/return_authorizations/new',
])

/** Shipments are looked up among those that the caller may change: for everybody else they are not there. */
const isHidden = (path: string) => path.includes('/shipments')

const ofOrders = routes.filter(
  ({ method, path }) => path.includes(':number') && !tellsNothing.has(`${method} ${path}`) && method !== 'PATCH',
)

/** Bodies that would do something, were they allowed. */
const body = {
  order: { email: 'eve@example.com' },
  line_item: { variant_id: 2, quantity: 1 },
  payment: { payment_method_id: 3, amount: '1.0' },
  address: { city: 'Troy' },
  coupon_code: '10off',
  shipment: { tracking: 'T' },
  stock_location_id: 1,
  variant_id: 2,
  quantity: 1,
  return_authorization: { stock_location_id: 1 },
}

describeShop('an order is for those who know its secret', shop => {
  it('no endpoint of an order answers without a credential that fits, or changes anything', async () => {
    const shopper = await shop.walkTo('confirm')
    const { number, token } = shopper
    const before = await shop.read(shopper)
    const fill = (path: string, of: string) =>
      path
        .replace(':number', of)
        .replace(':payment', before.payments[0].number)
        .replace(':shipment', before.shipments[0].number)
        .replace(':id', path.includes('addresses') ? String(before.bill_address.id) : '1')
    const wrong = [
      {},
      { token: '' },
      { token: 'wrong' },
      { token: token.slice(1) },
      { key: secondKey },
      { key: secondKey, token: 'wrong' },
      { key: 'nobody', token: `${token}x` },
    ]
    expect(ofOrders.length).toBeGreaterThan(30)
    for (const { method, path } of ofOrders) {
      const sent = method === 'GET' || method === 'DELETE' ? {} : { body }
      for (const credentials of wrong) {
        const answer = await shop.send(method, fill(path, number), { ...sent, ...credentials })
        const seen = [method, path, credentials, answer.status, answer.json]
        const isLookedUp = isHidden(path) && method !== 'POST' && credentials.token !== 'wrong'
        if (isLookedUp && answer.status === 404) expect(seen).toEqual([method, path, credentials, 404, notFound])
        else expect(seen).toEqual([method, path, credentials, 401, unauthorized])
      }
      for (const empty of [`${fill(path, number)}?order_token=`, `${fill(path, number)}?order_token=%20&token=`]) {
        expect([method, path, [401, 404].includes((await shop.send(method, empty, sent)).status)]).toEqual([
          method,
          path,
          true,
        ])
      }
    }
    expect(await shop.read(shopper)).toEqual(before)
  })

  it('an order that is not there is 404 without a token, 401 with one', async () => {
    const { token } = await shop.newOrder(threeTotes)
    const isAdmins = (path: string) => path.includes('return_authorizations') || /cancel|approve/.test(path)
    for (const { method, path } of ofOrders) {
      if (isHidden(path) || isAdmins(path) || /payments\/:payment\/|PUT .*payments/.test(`${method} ${path}`)) continue
      const there = path.replace(':number', 'R000000000').replace(/:\w+/g, '1')
      const sent = method === 'GET' || method === 'DELETE' ? {} : { body }
      const absent = await shop.send(method, there, sent)
      expect([method, path, absent.status, absent.json]).toEqual([method, path, 404, notFound])
      const guessed = await shop.send(method, there, { ...sent, token })
      expect([method, path, guessed.status, guessed.json]).toEqual([method, path, 401, unauthorized])
    }
  })

  it("a user's key opens that user's orders, before and after they are placed, and nobody else's", async () => {
    const own = await shop.newOrder(threeTotes, { key: customerKey })
    const path = `/api/orders/${own.number}`
    const statuses = async () => [
      (await shop.send('GET', path, { key: customerKey })).status,
      (await shop.send('GET', path, { key: secondKey })).status,
      (await shop.send('GET', path, { token: own.token })).status,
      (await shop.send('GET', path)).status,
    ]
    expect(await statuses()).toEqual([200, 401, 200, 401])
    for (const sent of [{}, addresses, {}, { order: { payments_attributes: [{ payment_method_id: 3 }] } }]) {
      const answer = await shop.send('PUT', `/api/checkouts/${own.number}`, { key: customerKey, body: sent })
      expect(answer.status).toBe(200)
    }
    expect((await shop.send('GET', path, { key: customerKey })).json.state).toBe('complete')
    expect(await statuses()).toEqual([200, 401, 200, 401])
  })

  it('keys and tokens never reach the logs, wherever they stand', async () => {
    const { number, token } = await shop.newOrder(threeTotes)
    const places = [
      ['GET', `/api/orders/${number}?order_token=${token}`, {}],
      ['GET', `/api/orders/${number}?order_token=${token}x`, {}],
      ['GET', `/api/v1/orders/mine.json?token=${customerKey}`, {}],
      ['GET', `/api/checkouts/${number}?order_token=${token}&token=${customerKey}`, {}],
      ['PUT', `/api/checkouts/${number}/next?order_token=${token}`, { body: '{"order' }],
      ['GET', `/api/orders/${number}`, { token, key: customerKey }],
      ['GET', '/api/orders/mine', { headers: { authorization: `Bearer ${customerKey}` } }],
      ['PUT', `/api/orders/${number}`, { body: { order_token: token, token: customerKey, order: { email: 'x' } } }],
      ['GET', `/api/nothing?order_token=${token}&token=${customerKey}`, {}],
    ] as const
    for (const [method, path, sent] of places) await shop.send(method, path, sent)
    const log = shop.server().log.join('\n')
    expect(log).toContain('"route":"/api/checkouts/:number/next"')
    expect(log).not.toContain(token)
    expect(log).not.toContain(customerKey)
  })

  it('a key that is none keeps nobody from what needs no key', async () => {
    for (const [method, path] of [
      ['GET', '/api/countries'],
      ['GET', '/api/states'],
      ['GET', '/logout.json'],
    ] as const) {
      expect((await shop.send(method, path, { key: 'nobody' })).status).toBeLessThan(300)
    }
    const login = { spree_user: { email: 'customer@polytill.test', password: 'change123' } }
    const entered = await shop.send('POST', '/login.json', { key: 'nobody', body: login })
    expect([entered.status, entered.json.user.email]).toEqual([200, 'customer@polytill.test'])
    const { number } = await shop.newOrder(threeTotes)
    const applied = await shop.send('PUT', `/api/orders/${number}/apply_coupon_code?coupon_code=10off`, {
      key: 'nobody',
    })
    expect([applied.status, applied.json]).toEqual([401, unauthorized])
  })

  it('a key of a log-in ends with the log-out; one that the store gave out does not: GET /logout', async () => {
    const login = { spree_user: { email: 'customer@polytill.test', password: 'change123' } }
    const enter = async () => (await shop.send('POST', '/login.json', { body: login })).json.user.spree_api_key
    const [first, second] = [await enter(), await enter()]
    const mine = async (key: string) => (await shop.send('GET', '/api/orders/mine', { key })).status
    expect([await mine(first), await mine(second)]).toEqual([200, 200])
    const left = await shop.send('GET', '/logout.json', { key: first })
    expect([left.status, left.text]).toEqual([204, ''])
    expect([await mine(first), await mine(second)]).toEqual([401, 200])
    await shop.send('GET', `/logout?token=${customerKey}`)
    expect(await mine(customerKey)).toBe(200)
    expect((await shop.send('GET', '/logout')).status).toBe(204)
  })
})
