import { afterAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../support/test-server.js'
import { cartOf, describeStorefront, expectInternalProblem, goods, signedIn } from '../browser.js'
import { loginToken } from '../login-tokens.js'
import { managementOver, mug } from '../management.js'

/** Sites that the demo channel names. */
const sites = 'http://localhost:3000 http://localhost:5173 http://localhost:8080 http://127.0.0.1:8080'
const page = { accept: 'text/html,application/xhtml+xml', 'content-type': '' }

describeStorefront('embedded checkout', (open, server) => {
  const api = managementOver(server)
  const pathOf = (url: string | undefined) => (url ?? '').slice(server().baseUrl.length)
  const embeddedLink = async (more: object = {}) => {
    const { id } = await api.newCart([mug], more)
    const { json } = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
    return { id, link: pathOf(json.data.embedded_checkout_url) }
  }
  const getPage = (path: string) => server().request('GET', path, { headers: { accept: 'text/html' } })

  describe('GET /embedded-checkout/allow-cookie', () => {
    const allow = (target: string) => `/embedded-checkout/allow-cookie?returnUrl=${encodeURIComponent(target)}`

    it.each(['http://localhost:3000/shop?a=1#b', 'http://127.0.0.1:8080/'])(
      'gives the browser its session, and sends it back to %s',
      async target => {
        const browser = open()
        const answer = await browser.send('GET', allow(target), { headers: page })
        expect([answer.status, answer.headers.location, answer.text]).toEqual([302, target, ''])
        expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(true)
        expect(answer.headers['referrer-policy']).toBe('no-referrer')
      },
    )

    it('keeps the session that the browser has', async () => {
      const browser = open()
      await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const before = browser.cookies.get('SHOP_SESSION_TOKEN')
      await browser.send('GET', allow('http://localhost:3000/'), { headers: page })
      expect(browser.cookies.get('SHOP_SESSION_TOKEN')).toBe(before)
    })

    it.each([
      ['', 'nowhere'],
      ['https://evil.test/', 'another site'],
      ['http://localhost:3000@evil.test/', 'another site behind a name'],
      ['http://localhost:30001/', 'another port'],
      ['//localhost:3000/', 'no scheme'],
      ['javascript:alert(1)//http://localhost:3000', 'a script'],
    ])('refuses %j: %s', async target => {
      const browser = open()
      expectInternalProblem(await browser.send('GET', allow(target), { headers: page }), {
        status: 400,
        title: 'Bad Request',
        type: 'bad_request',
        detail: 'returnUrl is not a page of a site of this channel.',
      })
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(false)
    })
  })

  describe('GET /cart.php for a frame', () => {
    it('leads to the page for embedding, which needs no cookie, in a frame of sites of the channel', async () => {
      const { id, link } = await embeddedLink()
      const answer = await open().send('GET', link, { headers: page })
      expect(answer.status).toBe(302)
      const target = pathOf(answer.headers.location)
      expect(target).toMatch(new RegExp(`^/pay/${id}~[\\w-]+\\.[\\w-]+$`))
      const entry = await getPage(target)
      expect([entry.status, entry.headers.location, entry.cookies]).toEqual([303, `${target}/details`, []])
      const details = await getPage(`${target}/details`)
      expect(details.status).toBe(200)
      expect(details.headers['content-security-policy']).toContain(`frame-ancestors ${sites}`)
      expect(details.text).toContain('Mug')
    })

    it('says in the frame that a link was used already, and to programs as ever', async () => {
      const { link } = await embeddedLink()
      await open().send('GET', link, { headers: page })
      const again = await open().send('GET', link, { headers: page })
      expect([again.status, again.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(again.text).toContain('This link was used already')
      expect(again.headers['content-security-policy']).toMatch(new RegExp(`frame-ancestors ${sites}$`))
      expect(again.text).toContain("type: 'FRAME_ERROR'")
      expect((await open().send('GET', link)).json).toMatchObject({ status: 404, type: 'not_found' })
    })
  })

  describe('GET /embedded-checkout', () => {
    it("leads the browser's own cart to the page for embedding", async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', '/embedded-checkout', { headers: page })
      expect(answer.status).toBe(302)
      expect(pathOf(answer.headers.location).startsWith(`/pay/${id}~`)).toBe(true)
    })

    it('says that there is nothing to buy, to the page around it too', async () => {
      const answer = await open().send('GET', '/embedded-checkout', { headers: page })
      expect([answer.status, answer.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8'])
      expect(answer.text).toContain('data-message="Cannot start a checkout session with an empty cart"')
      expect(answer.headers['content-security-policy']).toMatch(new RegExp(`frame-ancestors ${sites}$`))
    })
  })

  describe('GET /checkout and GET /checkout/', () => {
    it("leads the browser's own cart to the hosted page, for a customer as that customer", async () => {
      const browser = open()
      const { email } = await signedIn(browser)
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const answer = await browser.send('GET', '/checkout', { headers: page })
      expect(answer.status).toBe(302)
      const entry = await getPage(pathOf(answer.headers.location))
      expect([entry.status, entry.headers.location]).toEqual([303, `/pay/${id}`])
      const cookie = entry.cookies[0]?.split(';')[0] ?? ''
      const details = await server().request('GET', `/pay/${id}/details`, { headers: { cookie, accept: 'text/html' } })
      expect(details.text).toContain('Signed in as')
      expect(details.text).toContain(email)
      expect(details.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    })

    it('says kindly that there is nothing to buy, in no frame', async () => {
      const answer = await open().send('GET', '/checkout', { headers: page })
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('Cannot start a checkout session with an empty cart.')
      expect(answer.text).not.toContain('<script')
      expect(answer.headers['content-security-policy']).toMatch(/frame-ancestors 'none'$/)
    })

    it.each(['/checkout', '/checkout/'])(
      '%s?products= makes a cart of what it names, beside the one that is there',
      async path => {
        const browser = open()
        const own = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
        const address = `${path}?products=86:2,19&coupon=SAVE20&order_source=mail&action=buy`
        const answer = await browser.send('GET', address, { headers: page })
        expect(answer.status, answer.text).toBe(302)
        const entry = await getPage(pathOf(answer.headers.location))
        expect(entry.status).toBe(303)
        const cookie = entry.cookies[0]?.split(';')[0] ?? ''
        const target = `${entry.headers.location ?? ''}/details`
        const details = await server().request('GET', target, { headers: { cookie, accept: 'text/html' } })
        expect(details.text).toContain('Brewer')
        expect(details.text).toContain('SAVE20')
        const carts = await browser.send('GET', '/api/storefront/carts')
        expect(carts.json).toMatchObject([{ id: own, lineItems: { physicalItems: [{ productId: 18, quantity: 1 }] } }])
        const made = pathOf(answer.headers.location).match(/[0-9a-f-]{36}/)?.[0] ?? ''
        const checkout = await browser.send('GET', `/api/storefront/checkout/${made}`)
        expect(checkout.json.cart.lineItems.physicalItems).toMatchObject([
          { productId: 86, quantity: 2 },
          { productId: 19, quantity: 1 },
        ])
      },
    )

    it('opens a session for a browser that has none, and leaves out a coupon that does not apply', async () => {
      const browser = open()
      const answer = await browser.send('GET', '/checkout?products=18&coupon=NOPE', { headers: page })
      expect([answer.status, browser.cookies.has('SHOP_SESSION_TOKEN')]).toEqual([302, true])
    })

    it.each(['99', '86:0', 'x', '', '86:1,', '900:2', `${'18,'.repeat(50)}18`])(
      'refuses products=%s',
      async products => {
        const refused = await open().send('GET', `/checkout?products=${products}`, { headers: page })
        expect([refused.status, refused.headers['content-type']]).toEqual([422, 'text/html; charset=utf-8'])
        expect(refused.cookies.some(text => text.startsWith('SHOP_SESSION_TOKEN'))).toBe(false)
      },
    )

    it('a program that asks for JSON still gets the other API that has this path', async () => {
      const headers = { accept: 'application/vnd.api+json' }
      expect((await server().request('GET', '/checkout', { headers })).text).not.toContain('<html')
    })
  })

  describe('POST /login/token/:token for a frame', () => {
    it('says in the address who was signed in, so that no cookie has to get there; once', async () => {
      const { id, link } = await embeddedLink({ customer_id: 1 })
      const token = await loginToken({ redirect_to: `${server().baseUrl}${link}` })
      const origin = 'http://localhost:3000'
      const answer = await server().request('POST', `/login/token/${token}`, { headers: { origin } })
      expect(answer.status).toBe(200)
      const target = pathOf(answer.json.redirectUrl)
      expect(target).toMatch(/&identity=[0-9a-f]{64}$/)
      const landed = await open().send('GET', target, { headers: page })
      expect(landed.status).toBe(302)
      const details = await getPage(`${pathOf(landed.headers.location)}/details`)
      expect(details.text).toContain('Signed in as')
      const stolen = await embeddedLink({ customer_id: 1 })
      const identity = /&identity=.*$/.exec(target)?.[0] ?? ''
      expect((await open().send('GET', `${stolen.link}${identity}`, { headers: page })).status).toBe(404)
      expect((await api.checkout(id)).cart.customer_id).toBe(1)
    })

    it('adds nothing to any other address', async () => {
      const token = await loginToken({ redirect_to: '/account.php?embedded=1' })
      const answer = await server().request('POST', `/login/token/${token}`)
      expect(answer.json).toEqual({ redirectUrl: `${server().baseUrl}/account.php?embedded=1` })
    })

    it("a customer's cart stays closed without that", async () => {
      const { link } = await embeddedLink({ customer_id: 1 })
      const answer = await open().send('GET', `${link}&identity=${'0'.repeat(64)}`, { headers: page })
      expect(answer.status).toBe(404)
    })
  })
})

describe('embedded checkout over HTTPS', () => {
  let opened: TestServer | undefined
  const server = async () => {
    opened ??= await startTestServer({ publicUrl: 'https://checkout.example' })
    return opened
  }
  afterAll(() => opened?.close())
  const sessionOf = (cookies: readonly string[]) => cookies.find(each => each.startsWith('SHOP_SESSION_TOKEN=')) ?? ''

  it('GET /embedded-checkout/allow-cookie: the cookie goes along from other sites too', async () => {
    const path = '/embedded-checkout/allow-cookie?returnUrl=http%3A%2F%2Flocalhost%3A3000%2F'
    const { cookies } = await (await server()).request('GET', path)
    expect(sessionOf(cookies)).toMatch(/; HttpOnly; Secure; SameSite=None$/)
  })

  it('POST /login/token/:token: a browser without a session keeps it for the site around', async () => {
    const token = await loginToken({ redirect_to: '/account.php' })
    const { cookies } = await (await server()).request('POST', `/login/token/${token}`)
    expect(sessionOf(cookies)).toMatch(/; HttpOnly; Secure; Partitioned; SameSite=None$/)
  })

  it('elsewhere it stays with pages of its own site', async () => {
    const body = { lineItems: [{ productId: 18, variantId: 18, quantity: 1 }] }
    const headers = { 'content-type': 'application/json' }
    const { cookies } = await (await server()).request('POST', '/api/storefront/carts', { body, headers })
    expect(sessionOf(cookies)).toMatch(/; HttpOnly; Secure; SameSite=Lax$/)
  })
})
