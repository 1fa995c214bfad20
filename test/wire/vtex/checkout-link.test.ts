import { beforeAll, describe, expect, it } from 'vitest'
import { pageShopper, plain } from '../../pages/page-shopper.js'
import { openBooks } from '../../support/books.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, rio, transact } from './purchase.js'
import { checkoutPath, clientOf, type VtexClient } from './shop.js'

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const mugs = [{ id: '18', quantity: 2 }]

// Source: dialects/vtex.md 6, `/checkout/?orderFormId=<id>#/cart`; storefronts send the browser there, with and without a slash.
describeOnEachDatabase('GET /checkout of a storefront', getServer => {
  let books: Awaited<ReturnType<typeof openBooks>>
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })

  const open = (client: VtexClient, path: string) => client.send('GET', path, undefined, browser)

  /** Path of the hosted page that an answer leads to, and its query. */
  function target(location: string | undefined): URL {
    return new URL(location ?? '', getServer().baseUrl)
  }

  it('leads the orderForm that the address names to the hosted page, where it can be bought', async () => {
    const storefront = clientOf(getServer)
    const id = await storefront.begin(mugs)
    const arrived = clientOf(getServer)
    const answer = await open(arrived, `/checkout/?orderFormId=${id}`)
    expect(answer.status).toBe(302)
    expect(arrived.cookies.get('checkout.vtex.com')).toBe(`__ofid=${id}`)
    const { pathname, search } = target(answer.headers.location)
    const shopper = pageShopper(getServer)
    const details = await shopper.open(`${pathname}${search}`)
    expect([details.status, plain(details.text).includes('R$25.00')]).toEqual([200, true])
  })

  it("leads to the browser's own orderForm where the address names none, also from a link that fills it", async () => {
    const client = clientOf(getServer)
    const added = await open(client, '/checkout/cart/add?sku=18&qty=2&seller=1')
    const { pathname, search } = target(added.headers.location)
    const answer = await open(client, `${pathname}${search}`)
    expect([answer.status, target(answer.headers.location).pathname]).toEqual([
      302,
      expect.stringMatching(/^\/pay\/[0-9a-f-]{36}$/),
    ])
  })

  it('says that there is nothing to buy', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const unknown = 'a'.repeat(32)
    for (const path of ['/checkout', `/checkout?orderFormId=${id}`, `/checkout?orderFormId=${unknown}`]) {
      const answer = await open(client, path)
      expect([answer.status, answer.text]).toEqual([200, 'Your cart is empty.'])
    }
    const nonsense = await open(clientOf(getServer), '/checkout?orderFormId=x')
    expect([nonsense.status, nonsense.text]).toEqual([200, 'Your cart is empty.'])
  })

  it('leaves other addresses of the path, and other browsers, to who had them', async () => {
    const stranger = clientOf(getServer)
    const nothing = await open(stranger, '/checkout')
    expect([nothing.status, nothing.text.includes('empty cart')]).toEqual([403, true])
    const client = clientOf(getServer)
    await client.begin(mugs)
    const data = await client.send('GET', '/checkout', undefined, { accept: 'application/vnd.api+json' })
    expect(data.headers['content-type']).toContain('application/vnd.api+json')
    const other = await open(client, '/checkout?products=88:1')
    expect([other.status, other.headers['set-cookie']?.includes('SHOP_SESSION_TOKEN')]).toEqual([302, true])
    const back = await open(client, '/checkout')
    const own = await getServer().operations.readPurchase(
      { kind: 'system' },
      { id: target(back.headers.location).pathname.split('/')[2] ?? '' },
    )
    // With carts of both APIs in one browser, and no address that tells, nothing changes for the other one.
    expect(own.ok && own.value.cart.cart.channel).toBe('us')
  })

  describe("a registered customer's orderForm", () => {
    async function named() {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      await client.form(id, 'POST', '/attachments/clientProfileData', { email: 'customer@polytill.test' })
      return { client, id }
    }

    it('gives a stranger the goods alone, as the page masks nothing', async () => {
      const { id } = await named()
      const stranger = clientOf(getServer)
      const answer = await open(stranger, `/checkout?orderFormId=${id}`)
      expect(answer.status).toBe(302)
      const current = await stranger.send('GET', `${checkoutPath}/orderForm`)
      expect(current.json.orderFormId).not.toBe(id)
      expect(current.json).toMatchObject({ value: 2500, clientProfileData: null, items: [{ id: '18', quantity: 2 }] })
      const { pathname, search } = target(answer.headers.location)
      const page = await pageShopper(getServer).open(`${pathname}${search}`)
      expect([page.status, page.text.includes('customer@polytill.test')]).toEqual([200, false])
    })

    it('gives the customer the orderForm itself', async () => {
      const { client, id } = await named()
      const body = new URLSearchParams({ login: 'customer@polytill.test', password: 'change123' }).toString()
      const signed = await client.send('POST', '/api/vtexid/pub/authentication/classic/validate', body, {
        'content-type': 'application/x-www-form-urlencoded',
      })
      expect(signed.json.authStatus).toBe('Success')
      const answer = await open(client, `/checkout?orderFormId=${id}`)
      const { pathname, search } = target(answer.headers.location)
      expect(pathname.replaceAll('-', '')).toBe(`/pay/${id}`)
      const page = await pageShopper(getServer).open(`${pathname}${search}`)
      expect([page.status, page.text.includes('customer@polytill.test')]).toEqual([200, true])
    })
  })

  it('shows nobody an order by the id of its orderForm', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(mugs)
    await client.form(id, 'POST', '/attachments/clientProfileData', ana)
    await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
    const payments = [{ paymentSystem: 17, referenceValue: 3200, value: 3200, installments: 1 }]
    await client.form(id, 'POST', '/attachments/paymentData', { payments })
    const placed = await transact(client, id, 3200)
    const { pathname, search } = target((await open(client, `/checkout?orderFormId=${id}`)).headers.location)
    const page = await pageShopper(getServer).open(`${pathname}${search}`)
    expect([page.status, page.text.includes(placed.json.orderGroup)]).toEqual([200, false])
    expect(await books.faults()).toEqual([])
  })
})
