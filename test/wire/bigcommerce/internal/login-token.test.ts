import { describe, expect, it } from 'vitest'
import {
  cartOf,
  describeStorefront,
  expectInternalProblem,
  expectShopperHeaders,
  goods,
  openBrowser,
} from '../browser.js'
import { loginSecret, loginToken } from '../login-tokens.js'

const refused = {
  status: 401,
  title: 'Unauthorized',
  type: 'invalid_login_token',
  detail: 'The login token is not valid, was used already, or has expired.',
}

describeStorefront('log-in tokens', (open, server) => {
  const path = async (changes: Readonly<Record<string, unknown>> = {}, key?: string, alg?: string) =>
    `/login/token/${await loginToken(changes, key, alg)}`

  describe('GET /login/token/:token', () => {
    it('signs the customer in, with the cart, and leads on within this store', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', await path({ redirect_to: '/checkout?x=1', channel_id: 1 }))
      expect(answer.status).toBe(302)
      expect(answer.headers.location).toBe(`${server().baseUrl}/checkout?x=1`)
      const carts = (await browser.send('GET', '/api/storefront/carts')).json
      expect(carts).toMatchObject([{ customerId: 1, email: 'customer@polytill.test' }])
      const skus = carts[0].lineItems.physicalItems.map((line: { sku: string }) => line.sku)
      expect(skus).toContain('MUG-1')
      expect(id).toBeDefined()
    })

    it.each([
      ['nowhere in particular', undefined, '/account.php'],
      ['another site', 'https://evil.test/x', '/account.php'],
      ['another site without a scheme', '//evil.test/x', '/account.php'],
      ['another site behind a backslash', '/\\evil.test/x', '/account.php'],
      ['a script', 'javascript:alert(1)', '/account.php'],
    ])('leads to %s: to a page of this store', async (_where, target, expected) => {
      const answer = await open().send('GET', await path(target === undefined ? {} : { redirect_to: target }))
      expect(answer.headers.location).toBe(`${server().baseUrl}${expected}`)
    })

    it('leads to the log-in page where the token is no good', async () => {
      const browser = open()
      const answer = await browser.send('GET', '/login/token/nonsense')
      expect(answer.status).toBe(302)
      expect(answer.headers.location).toBe(`${server().baseUrl}/login.php?error=invalid_login_token`)
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(false)
    })
  })

  describe('POST /login/token/:token', () => {
    it('answers a page that embeds the checkout, at an origin that the channel allows', async () => {
      const origin = 'http://localhost:3000'
      const browser = open()
      const redirect_to = `${server().baseUrl}/cart.php?embedded=1`
      const answer = await browser.send('POST', await path({ redirect_to }), {
        headers: { origin, 'sec-fetch-site': 'cross-site', 'content-type': '' },
      })
      const identity = /&identity=[0-9a-f]{64}$/.exec(answer.json.redirectUrl)?.[0] ?? 'none'
      expect(answer).toMatchObject({ status: 200, json: { redirectUrl: `${redirect_to}${identity}` } })
      expectShopperHeaders(answer)
      expect(answer.headers['access-control-allow-origin']).toBe(origin)
      expect(answer.headers['access-control-allow-credentials']).toBe('true')
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(true)
    })

    it('is good once, also when it comes ten times at once', async () => {
      const target = await path()
      const answers = await Promise.all(Array.from({ length: 10 }, () => open().send('POST', target)))
      expect(answers.map(answer => answer.status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 401)])
      expectInternalProblem(await open().send('POST', target), refused)
      expect((await open().send('GET', target)).headers.location).toMatch(/login\.php\?error=/)
    })

    const old = Math.floor(Date.now() / 1000) - 60
    it.each([
      ['old', { iat: old }],
      ['from tomorrow', { iat: Math.floor(Date.now() / 1000) + 86_400 }],
      ['of another store', { store_hash: 'other' }],
      ['of another channel', { channel_id: 2 }],
      ['of an app that nobody knows', { iss: 'other-client' }],
      ['for something else', { operation: 'admin_login' }],
      ['for nobody', { customer_id: 424_242 }],
      ['for another address', { request_ip: '192.0.2.1' }],
      ['without a time', { iat: undefined }],
      ['without a name', { jti: undefined }],
    ])('refuses one that is %s', async (_what, changes) => {
      const browser = open()
      expectInternalProblem(await browser.send('POST', await path(changes)), refused)
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(false)
    })

    it('refuses one that somebody else signed, or nobody', async () => {
      expectInternalProblem(await open().send('POST', await path({}, 'another secret of many letters')), refused)
      expectInternalProblem(await open().send('POST', await path({}, loginSecret, 'HS512')), refused)
      const [head, body] = (await loginToken()).split('.')
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
      expectInternalProblem(await open().send('POST', `/login/token/${none}.${body}.`), refused)
      expectInternalProblem(await open().send('POST', `/login/token/${head}.${body}.AAAA`), refused)
    })

    it('takes one that names the address it comes from', async () => {
      expect((await open().send('POST', await path({ request_ip: '127.0.0.1' }))).status).toBe(200)
    })
  })

  it("an app's client id, which is no secret, opens nothing between servers", async () => {
    const headers = { 'x-auth-token': 'demo-bigcommerce-client' }
    const answer = await server().request('GET', '/stores/demo/v2/orders', { headers })
    expect(answer).toMatchObject({ status: 401, json: [{ status: 401, message: 'Unauthorized' }] })
  })

  it('a session that a token opened ends like any other', async () => {
    const browser = open()
    await browser.send('POST', await path())
    const before = openBrowser(server(), browser.cookies)
    await browser.send('DELETE', '/internalapi/v1/checkout/customer')
    expect((await before.send('GET', '/api/storefront/carts')).json).toEqual([])
  })
})
