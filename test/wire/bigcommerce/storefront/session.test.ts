import { expect, it } from 'vitest'
import { cartOf, describeStorefront, expectNotFound, goods, openBrowser } from '../browser.js'

const mismatch = { status: 403, title: 'Forbidden', type: 'about:blank', detail: 'CSRF token mismatch' }

describeStorefront("a browser's session", (open, server) => {
  const mug = { lineItems: [{ ...goods.mug, quantity: 1 }] }

  it('lets no page of another site change anything, whatever it sends along', async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const attempts = [
      { 'x-xsrf-token': 'guessed' },
      { 'x-xsrf-token': '' },
      { origin: 'https://evil.test' },
      { 'x-xsrf-token': '', 'sec-fetch-site': 'cross-site' },
      { 'x-xsrf-token': '', origin: 'null' },
    ]
    for (const headers of attempts) {
      const answer = await browser.send('POST', `/api/storefront/carts/${id}/items`, { body: mug, headers })
      expect(answer).toMatchObject({ status: 403, json: mismatch })
      expect(answer.json).toEqual(mismatch)
      const internal = await browser.send('DELETE', '/internalapi/v1/checkout/customer', { headers })
      expect(internal.json).toEqual({ ...mismatch, errors: [mismatch.detail] })
    }
    const [cart] = (await browser.send('GET', '/api/storefront/carts')).json
    expect(cart.version).toBe(1)
  })

  it("takes a plain fetch of the store's own pages, and a theme's header", async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const add = (headers: Readonly<Record<string, string>>) =>
      browser.send('POST', `/api/storefront/carts/${id}/items`, { body: mug, headers })
    expect((await add({ 'x-xsrf-token': '', origin: server().baseUrl })).status).toBe(200)
    expect((await add({ 'x-xsrf-token': '', 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    const token = browser.cookies.get('XSRF-TOKEN') ?? ''
    expect((await add({ 'x-xsrf-token': '', 'x-sf-csrf-token': token })).status).toBe(200)
  })

  it('answers other origins without a word that lets them read it', async () => {
    const answer = await open().send('GET', '/api/storefront/carts', { headers: { origin: 'https://evil.test' } })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
    const allowed = await open().send('GET', '/api/storefront/carts', { headers: { origin: 'http://localhost:3000' } })
    expect(allowed.headers['access-control-allow-origin']).toBe('http://localhost:3000')
  })

  it('is nothing without its secret: invented, cut and swapped cookies open nothing', async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const secret = browser.cookies.get('SHOP_SESSION_TOKEN') ?? ''
    for (const value of ['', 'x', secret.slice(1), secret.toUpperCase(), `${secret}x`, id, "' or 1=1 --"]) {
      const cookies = new Map([...browser.cookies, ['SHOP_SESSION_TOKEN', encodeURIComponent(value)]])
      const thief = openBrowser(server(), cookies)
      expectNotFound(await thief.send('GET', `/api/storefront/checkout/${id}`))
      expect((await thief.send('GET', '/api/storefront/carts')).json).toEqual([])
    }
  })

  it('never stands in the log, and only its hash in the database', async () => {
    const browser = open()
    await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const secret = browser.cookies.get('SHOP_SESSION_TOKEN') ?? 'none'
    await browser.send('GET', '/api/storefront/carts')
    expect(server().log.join('\n')).not.toContain(secret)
    const rows = await server().storage.sql.query('select secret_hash from credentials', [])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('ends after sixty days', async () => {
    const browser = open()
    await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    expect((await browser.send('GET', '/api/storefront/carts')).json).toHaveLength(1)
    server().advance(61 * 24 * 3_600_000)
    expect((await browser.send('GET', '/api/storefront/carts')).json).toEqual([])
  })
})
