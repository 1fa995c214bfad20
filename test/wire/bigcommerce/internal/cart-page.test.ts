import { describe, expect, it } from 'vitest'
import {
  cartOf,
  describeStorefront,
  expectInternalProblem,
  goods,
  openBrowser,
  readyCheckout,
  signedIn,
  submit,
} from '../browser.js'
import { managementOver, mug, tee } from '../management.js'

const gone = {
  status: 404,
  title: 'Not found',
  type: 'not_found',
  detail: 'The requested resource was not found.',
}

describeStorefront('links into the storefront, landed', (open, server) => {
  const api = managementOver(server)
  const pathOf = (url: string) => url.slice(server().baseUrl.length)
  const made = async (lines: readonly object[] = [mug], more: object = {}) => {
    const { id } = await api.newCart(lines, more)
    const { json } = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
    const { cart_url, checkout_url, embedded_checkout_url } = json.data
    return { id, cart: pathOf(cart_url), checkout: pathOf(checkout_url), embedded: pathOf(embedded_checkout_url) }
  }
  const current = async (browser: ReturnType<typeof open>) =>
    (await browser.send('GET', '/api/storefront/carts')).json.map((cart: { id: string }) => cart.id)

  describe('GET /cart.php', () => {
    it('gives a browser without a session the cart of the backend, with all that was filled in', async () => {
      const { id, checkout } = await made()
      await api.send('POST', `/v3/checkouts/${id}/billing-address`, {
        body: { email: 'ana@example.com', country_code: 'US' },
      })
      const browser = open()
      const answer = await browser.send('GET', checkout)
      expect(answer.status).toBe(302)
      expect(answer.headers.location?.startsWith(`${server().baseUrl}/pay/${id}?pass=`)).toBe(true)
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(true)
      const { json } = await browser.send('GET', `/api/storefront/checkouts/${id}`)
      expect(json).toMatchObject({ id, cart: { email: 'ana@example.com' }, billingAddress: { countryCode: 'US' } })
      expect(await current(browser)).toEqual([id])
      expect((await api.checkout(id)).id).toBe(id)
    })

    it('leads to the cart, to the checkout, or to the one for embedding', async () => {
      const { cart, embedded } = await made()
      const browser = open()
      expect((await browser.send('GET', cart)).headers.location).toBe(`${server().baseUrl}/cart.php`)
      expect((await browser.send('GET', embedded)).headers.location).toContain(`${server().baseUrl}/pay/`)
    })

    it('leads to the hosted checkout page, which shows the cart to nobody else', async () => {
      const { id, checkout } = await made()
      const { headers } = await open().send('GET', checkout)
      const page = await server().request('GET', pathOf(headers.location ?? ''))
      expect([page.status, page.headers.location]).toEqual([303, `/pay/${id}`])
      const cookie = page.cookies[0]?.split(';')[0] ?? ''
      expect((await server().request('GET', `/pay/${id}/details`, { headers: { cookie } })).status).toBe(200)
      expect((await server().request('GET', `/pay/${id}/details`)).status).toBe(404)
    })

    it('a link is good once; the browser that used it may load it again', async () => {
      const { id, checkout } = await made()
      const browser = open()
      await browser.send('GET', checkout)
      expect((await browser.send('GET', checkout)).status).toBe(302)
      const other = open()
      expectInternalProblem(await other.send('GET', checkout), gone)
      expect((await other.send('GET', `/api/storefront/checkouts/${id}`)).status).toBe(404)
    })

    it('of ten browsers that use it at once one gets the cart', async () => {
      const { id, checkout } = await made()
      const browsers = Array.from({ length: 10 }, () => open())
      const answers = await Promise.all(browsers.map(browser => browser.send('GET', checkout)))
      expect(answers.map(answer => answer.status).sort()).toEqual([302, ...Array.from({ length: 9 }, () => 404)])
      const carts = await Promise.all(browsers.map(current))
      expect(carts.flat()).toEqual([id])
    })

    it('takes the place of the cart that the browser had', async () => {
      const browser = open()
      const before = await cartOf(browser, [{ ...goods.tee, quantity: 1 }])
      const { id, cart } = await made()
      await browser.send('GET', cart)
      expect(await current(browser)).toEqual([id])
      await browser.send('POST', '/api/storefront/carts', { body: { lineItems: [{ ...goods.mug, quantity: 1 }] } })
      const { json } = await browser.send('GET', `/api/storefront/checkouts/${id}`)
      expect(json.cart.lineItems.physicalItems).toMatchObject([{ sku: 'MUG-1', quantity: 2 }])
      expect((await browser.send('GET', `/api/storefront/checkouts/${before}`)).status).toBe(200)
    })

    it('goes to the customer who is signed in', async () => {
      const browser = open()
      const { email } = await signedIn(browser)
      const { id, cart } = await made([tee])
      await browser.send('GET', cart)
      const { json } = await browser.send('GET', `/api/storefront/checkouts/${id}`)
      expect(json.customer).toMatchObject({ email, isGuest: false })
    })

    it("does not open another customer's cart", async () => {
      const { id, checkout } = await made([mug], { customer_id: 1 })
      const browser = open()
      expect((await browser.send('GET', checkout)).status).toBe(404)
      expect((await browser.send('GET', `/api/storefront/checkouts/${id}`)).status).toBe(404)
    })

    it('refuses a cart that was ordered, another id, other actions, and tokens that are none', async () => {
      const { id, cart, checkout } = await made()
      const browser = open()
      await browser.send('GET', cart)
      const other = await made()
      const send = (path: string) => open().send('GET', path)
      expect((await send(checkout.replace(id, other.id))).status).toBe(404)
      expect((await send(other.cart.replace('action=load', 'action=steal'))).status).toBe(404)
      expect((await send(`/cart.php?action=load&id=${id}&token=${'0'.repeat(64)}`)).status).toBe(404)
      expect((await send(`/cart.php?action=load&id=${id}`)).status).toBe(404)
      expect((await send('/cart.php')).status).toBe(404)
      const { id: bought } = await readyCheckout(browser)
      const links = await api.send('POST', `/v3/carts/${bought}/redirect_urls`, { body: {} })
      expect((await submit(browser, bought, 'cod')).status).toBe(201)
      expect((await send(pathOf(links.json.data.cart_url))).status).toBe(404)
    })
  })

  it('POST and GET of a cart bring links along where include asks for them', async () => {
    const sent = await api.send('POST', '/v3/carts?include=redirect_urls', { body: { line_items: [mug] } })
    const { id, redirect_urls } = sent.json.data
    expect(Object.keys(redirect_urls)).toEqual(['cart_url', 'checkout_url', 'embedded_checkout_url'])
    const read = await api.send('GET', `/v3/carts/${id}?include=redirect_urls`)
    expect((await api.send('GET', `/v3/carts/${id}`)).json.data).not.toHaveProperty('redirect_urls')
    const browser = openBrowser(server())
    expect((await browser.send('GET', pathOf(read.json.data.redirect_urls.cart_url))).status).toBe(302)
    // Each link is a key of its own: whoever uses the next one has the cart then.
    const next = openBrowser(server())
    expect((await next.send('GET', pathOf(redirect_urls.checkout_url))).status).toBe(302)
    expect(await current(next)).toEqual([id])
    expect(await current(browser)).toEqual([])
  })
})
