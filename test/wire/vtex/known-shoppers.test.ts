import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Caller } from '../../../src/core/access/caller.js'
import { linkedCart, pageShopper, pathOf } from '../../pages/page-shopper.js'
import { describeOnEachDatabase, type TestAnswer, type TestServer } from '../../support/test-server.js'
import { cartOf, goods, openBrowser } from '../bigcommerce/browser.js'
import { glueOver, registration } from '../spryker/glue.js'
import { customerId, type Person, secondId, siteOver } from '../wix/people.js'
import { item, goods as wixGoods } from '../wix/wix.js'
import { callBack, sendPayments, transact } from './purchase.js'
import { checkoutPath, clientOf, type VtexClient } from './shop.js'

/** Of the demo store's first customer, whose profile is complete. */
const known = 'customer@polytill.test'
const person = /Carla|5521987654321|52998224725|Beispiel|Congress/

/** What no stranger may read, wherever in an answer it stands. */
function expectNobody(answer: Pick<TestAnswer, 'text' | 'headers'>): void {
  const shown = `${answer.text} ${JSON.stringify(answer.headers)}`
  expect(shown.match(new RegExp(`.{0,60}(${person.source}).{0,20}`))?.[0]).toBeUndefined()
}

const hexOf = (id: string) => id.replaceAll('-', '')
const uuidOf = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

describeOnEachDatabase('the person of a registered customer', getServer => {
  const newClient = () => clientOf(getServer)
  const site = siteOver(getServer)

  /** Types the address of somebody else, and has the goods sent to the last place of that book. */
  async function typeKnown(client: VtexClient, id: string): Promise<TestAnswer> {
    const typed = await client.form(id, 'POST', '/attachments/clientProfileData', { email: known })
    expect(typed.json).toMatchObject({ canEditData: false, clientProfileData: { firstName: 'Car******' } })
    const { addressId } = typed.json.shippingData.availableAddresses.at(-1)
    const sent = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [{ addressId }] })
    expect(sent.json.shippingData.selectedAddresses).toMatchObject([{ addressId, receiverName: 'Car***mer' }])
    return sent
  }

  async function signIn(client: VtexClient): Promise<void> {
    const body = new URLSearchParams({ login: known, password: 'change123' }).toString()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await client.send('POST', '/api/vtexid/pub/authentication/classic/validate', body, form)
  }

  /** Every way in which somebody may look at a cart of which they know the id. */
  async function looksOf(server: TestServer, id: string): Promise<readonly TestAnswer[]> {
    const visitor = await site.visitor()
    const { token } = await glueOver(() => server).newCustomer()
    const url = await site.send('GET', `/ecom/v1/checkouts/${id}/checkout-url`, visitor)
    const browser = pageShopper(() => server)
    await browser.open(pathOf(url.json.checkoutUrl))
    return [
      await site.send('GET', `/ecom/v1/carts/${id}`, visitor),
      await site.send('GET', `/ecom/v1/checkouts/${id}`, visitor),
      await site.send('GET', `/ecom/v1/checkouts/${id}`, await site.member(secondId)),
      await glueOver(() => server).send('GET', `/carts/${id}`, { token }),
      await browser.request('GET', `/pay/${id}/details`),
    ]
  }

  it.each(['typed by a stranger', 'signed in'])('who was %s is shown to others by no API', async how => {
    const client = newClient()
    if (how === 'signed in') await signIn(client)
    const id = await client.begin([{ id: '18', quantity: 1 }])
    if (how === 'signed in') {
      const { availableAddresses } = (await client.form(id, 'GET', '')).json.shippingData
      await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: availableAddresses.slice(-1) })
    } else await typeKnown(client, id)
    for (const answer of await looksOf(getServer(), uuidOf(id))) {
      expect(answer.status).toBe(200)
      expectNobody(answer)
    }
    expectNobody(await newClient().form(id, 'GET', ''))
    const own = await site.send('GET', `/ecom/v1/checkouts/${uuidOf(id)}`, await site.member(customerId))
    expect(own.json.checkout.billingInfo ?? own.json.checkout.shippingInfo).toBeDefined()
    expect(own.text).toContain('Carla')
  })

  describe('typed on a cart that was begun elsewhere stays hidden there', () => {
    async function wixCart(who: Person): Promise<string> {
      await site.send('POST', '/ecom/v1/carts/current/add-to-cart', who, { lineItems: [item(wixGoods.mug)] })
      const made = await site.send('POST', '/ecom/v1/carts/current/create-checkout', who, { channelType: 'WEB' })
      return made.json.checkoutId
    }

    it.each(['a visitor', 'another member'])('to %s', async kind => {
      const who = kind === 'a visitor' ? await site.visitor() : await site.member(secondId)
      const id = await wixCart(who)
      await typeKnown(newClient(), hexOf(id))
      for (const path of [`/ecom/v1/checkouts/${id}`, `/ecom/v1/carts/${id}`, '/ecom/v1/carts/current']) {
        const seen = await site.send('GET', path, who)
        expect(seen.status).toBe(200)
        expectNobody(seen)
      }
      const body = new URLSearchParams({ login: 'second@polytill.test', password: 'change123' }).toString()
      const second = newClient()
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      await second.send('POST', '/api/vtexid/pub/authentication/classic/validate', body, form)
      expectNobody(await second.form(hexOf(id), 'GET', ''))
    })

    it('to a browser of the BigCommerce API, and in its list', async () => {
      const browser = openBrowser(getServer())
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      await typeKnown(newClient(), hexOf(id))
      for (const path of [`/api/storefront/checkouts/${id}`, '/api/storefront/carts']) {
        const seen = await browser.send('GET', path)
        expect(seen.status).toBe(200)
        expectNobody(seen)
      }
    })

    it('on the checkout page, which asks where to send the goods', async () => {
      const { id, link } = await linkedCart(getServer(), 'br', [{ sku: 'MUG-1', quantity: 1 }])
      const browser = pageShopper(getServer)
      await browser.open(link)
      await typeKnown(newClient(), hexOf(id))
      for (const step of ['', '/details', '/delivery', '/payment', '/review']) {
        const seen = await browser.open(`/pay/${id}${step}`)
        expect([seen.status, seen.path]).toEqual([200, `/pay/${id}/details`])
        expectNobody(seen)
      }
    })
  })

  /** A visitor's cart that somebody else fills in, up to the payment, with the profile behind that address. */
  async function filledByStranger() {
    const who = await site.visitor()
    await site.send('POST', '/ecom/v1/carts/current/add-to-cart', who, { lineItems: [item(wixGoods.mug)] })
    const made = await site.send('POST', '/ecom/v1/carts/current/create-checkout', who, { channelType: 'WEB' })
    const id: string = made.json.checkoutId
    const browser = pageShopper(getServer)
    const url = await site.send('GET', `/ecom/v1/checkouts/${id}/checkout-url`, who)
    await browser.open(pathOf(url.json.checkoutUrl))
    const client = newClient()
    await client.form(hexOf(id), 'POST', '/attachments/clientProfileData', { email: known })
    const { availableAddresses } = (await client.form(hexOf(id), 'GET', '')).json.shippingData
    const addressId = availableAddresses.find(({ country }: { country: string }) => country === 'USA').addressId
    const shipped = await client.form(hexOf(id), 'POST', '/attachments/shippingData', {
      selectedAddresses: [{ addressId }],
    })
    const { value, paymentData } = shipped.json
    const system = paymentData.paymentSystems.find(({ name }: { name: string }) => /manual/i.test(name))
    const payment = { paymentSystem: system.id, referenceValue: value, value }
    await client.form(hexOf(id), 'POST', '/attachments/paymentData', { payments: [payment] })
    return { who, id, browser, client, value, payment }
  }

  /** Lists of orders know none of theirs, while a back office sees it in the same list. */
  async function expectListedNowhere(who: Person, caller: Caller): Promise<void> {
    const { operations } = getServer()
    const listed = await site.send('POST', '/ecom/v1/orders/search', who, { search: {} })
    expect([listed.status, listed.json.orders]).toEqual([200, []])
    expectNobody(listed)
    const mine = { channel: 'us-wix', conditions: [], sorts: [], offset: 0, limit: 50 } as const
    const own = await operations.listPurchases(caller, { ...mine, whose: 'own' })
    if (!own.ok) throw new Error(own.error.code)
    const inOrders = own.value.purchases.filter(({ order }) => order !== undefined)
    expect(inOrders).toEqual([])
    const all = await operations.listPurchases({ kind: 'system' }, { ...mine, whose: 'all' })
    expect(all.ok && all.value.purchases.some(({ cart }) => cart.cart.buyer.firstName === 'Carla')).toBe(true)
  }

  it('in whose name a stranger bought is shown to none of those who had the cart', async () => {
    const { who, id, browser, client, value, payment } = await filledByStranger()
    const placed = await transact(client, hexOf(id), value)
    expect(placed.status).toBe(200)
    const { orderGroup, merchantTransactions } = placed.json
    await sendPayments(client, { orderGroup, transactionId: merchantTransactions[0].transactionId, value }, payment)
    expect((await callBack(client, orderGroup)).status).toBe(204)
    const [order] = await getServer().storage.orders.ofCart(id)
    const { visitorId } = z.object({ visitorId: z.string() }).parse(order?.owner)
    await expectListedNowhere(who, { kind: 'visitor', visitorId })
    const seen = await site.send('GET', `/ecom/v1/orders/${order?.id ?? ''}`, who)
    const absent = await site.send('GET', `/ecom/v1/orders/${randomUUID()}`, who)
    expect([seen.status, seen.json.details]).toEqual([absent.status, absent.json.details])
    for (const step of ['', '/order', '/review']) expectNobody(await browser.open(`/pay/${id}${step}`))
    const group = await client.send('GET', `${checkoutPath}/orders/order-group/${orderGroup}`)
    expect([group.status, group.json[0].clientProfileData.firstName]).toEqual([200, 'Car******'])
    expectNobody(group)
  })

  it('for whom the house ordered is shown to none of those who had the cart, closed as it is', async () => {
    const { who, id, browser } = await filledByStranger()
    const placed = await getServer().operations.placeOrder({ kind: 'system' }, { cart: { key: { id } }, placement: {} })
    expect(placed.ok && placed.value.order.snapshot.cart.buyer.firstName).toBe('Carla')
    const { visitorId } = z.object({ visitorId: z.string() }).parse(placed.ok && placed.value.order.owner)
    await expectListedNowhere(who, { kind: 'visitor', visitorId })
    const seen = await site.send('GET', `/ecom/v1/checkouts/${id}`, who)
    expect(seen.status).toBe(200)
    expectNobody(seen)
    for (const step of ['', '/order', '/review']) expectNobody(await browser.open(`/pay/${id}${step}`))
  })

  it('whose profile lacks something is not looked up for strangers: they see what they typed', async () => {
    const glue = glueOver(getServer)
    const email = `half-known-${process.pid}@polytill.test`
    const attributes = { ...registration(email), firstName: 'Wilhelmine', lastName: 'Secretperson' }
    const made = await glue.send('POST', '/customers', { data: { type: 'customers', attributes } })
    const { accessToken: token } = await glue.signIn(email, String(registration(email).password))
    const address = { firstName: 'Wilhelmine', lastName: 'Secretperson', address1: 'Hidden lane', address2: '1' }
    const place = { salutation: 'Ms', zipCode: '10115', city: 'Berlin', iso2Code: 'DE', ...address }
    const kept = await glue.send('POST', `/customers/${made.json.data.id}/addresses`, {
      token,
      data: { type: 'addresses', attributes: { ...place, isDefaultShipping: true, isDefaultBilling: true } },
    })
    expect(kept.status).toBe(201)
    const client = newClient()
    const id = await client.begin([{ id: '18', quantity: 1 }])
    const typed = await client.form(id, 'POST', '/attachments/clientProfileData', { email, firstName: 'Ana' })
    expect(typed.json).toMatchObject({
      canEditData: true,
      clientProfileData: { email, firstName: 'Ana', lastName: null },
    })
    const named = await client.form(id, 'POST', '/attachments/shippingData', {
      selectedAddresses: [{ addressId: kept.json.data.id }],
    })
    for (const answer of [typed, named, await client.form(id, 'GET', '')]) {
      expect(answer.text).not.toMatch(/Wilhelmine|Secretperson|Hidden/)
    }
  })

  it('who was signed in is hidden from strangers also where the profile lacks something, and gone with the account', async () => {
    const glue = glueOver(getServer)
    const { email, password, reference, token } = await glue.newCustomer()
    const client = newClient()
    const body = new URLSearchParams({ login: email, password }).toString()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await client.send('POST', '/api/vtexid/pub/authentication/classic/validate', body, form)
    const id = await client.begin([{ id: '18', quantity: 1 }])
    const own = (await client.form(id, 'GET', '')).json.clientProfileData
    expect([own.firstName, own.lastName]).toEqual(['Ada', 'Tester'])
    const hidden = { canEditData: false, clientProfileData: { lastName: 'Tes******' } }
    expect((await newClient().form(id, 'GET', '')).json).toMatchObject(hidden)
    expect((await glue.send('DELETE', `/customers/${reference}`, { token })).status).toBe(204)
    expect((await newClient().form(id, 'GET', '')).json).toMatchObject({ clientProfileData: null, items: [] })
  })

  it('whose e-mail address a member typed elsewhere is not looked up for that member', async () => {
    const who = await site.member(secondId)
    await site.send('POST', '/ecom/v1/carts/current/add-to-cart', who, { lineItems: [item(wixGoods.mug)] })
    const made = await site.send('POST', '/ecom/v1/carts/current/create-checkout', who, { channelType: 'WEB' })
    const id: string = made.json.checkoutId
    const set = await getServer().operations.changeCheckout(
      { kind: 'member', customerId: secondId },
      { cart: { key: { id } }, changes: { buyer: { email: known } } },
    )
    expect(set.ok).toBe(true)
    const client = newClient()
    const body = new URLSearchParams({ login: 'second@polytill.test', password: 'change123' }).toString()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await client.send('POST', '/api/vtexid/pub/authentication/classic/validate', body, form)
    const seen = await client.form(hexOf(id), 'GET', '')
    expect(seen.json.loggedIn).toBe(true)
    expectNobody(seen)
  })
})
