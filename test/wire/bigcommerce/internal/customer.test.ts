import { describe, expect, it } from 'vitest'
import {
  type Browser,
  cartOf,
  describeStorefront,
  expectInternalProblem,
  expectNotFound,
  expectShopperHeaders,
  goods,
  newAccount,
  openBrowser,
  signedIn,
} from '../browser.js'

const path = '/internalapi/v1/checkout/customer'

describeStorefront('signing in and out', (open, server) => {
  /** Somebody with an account, seen from no browser in particular. */
  async function account() {
    const made = newAccount()
    expect((await open().send('POST', '/api/storefront/customer', { body: made })).status).toBe(200)
    return { email: made.email, password: made.password }
  }

  const customerOf = async (browser: Browser, id: string) =>
    (await browser.send('GET', `/api/storefront/checkout/${id}`)).json.customer

  describe('POST /internalapi/v1/checkout/customer', () => {
    it('gives the browser’s cart to the customer under the same id', async () => {
      const who = await account()
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 2 }])
      const answer = await browser.send('POST', path, { body: { ...who, cartId: id } })
      expect(answer.status).toBe(200)
      expectShopperHeaders(answer)
      expect(answer.json).toEqual({ data: { customer: { id: expect.any(Number) } }, meta: {} })
      expect(await customerOf(browser, id)).toMatchObject({
        id: answer.json.data.customer.id,
        isGuest: false,
        email: who.email,
      })
    })

    it('puts the goods into the cart that the customer has, and names it', async () => {
      const elsewhere = open()
      const who = await signedIn(elsewhere)
      const own = await cartOf(elsewhere, [{ ...goods.tee, quantity: 1 }])
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 2 }])
      const answer = await browser.send('POST', path, { body: who })
      expect(answer.json.data.persistentCartRetrievalInformation).toEqual({ id: own, isRestored: true })
      const read = await browser.send('GET', `/api/storefront/checkout/${own}`)
      expect(read.json.cart.lineItems.physicalItems.map((line: { sku: string }) => line.sku)).toEqual([
        'TEE-1',
        'MUG-1',
      ])
      // Older releases of the SDK do not look for the other id.
      const former = await browser.send('GET', `/api/storefront/checkout/${id}`)
      expect(former.text).toBe(read.text)
      expectNotFound(await elsewhere.send('GET', `/api/storefront/checkout/${id}`))
      expectNotFound(await open().send('GET', `/api/storefront/checkout/${id}`))
    })

    it('begins another session: a cookie that somebody planted before opens nothing after', async () => {
      const planted = open()
      await cartOf(planted, [{ ...goods.mug, quantity: 1 }])
      const victim = openBrowser(server(), planted.cookies)
      const who = await account()
      expect((await victim.send('POST', path, { body: who })).status).toBe(200)
      expect(victim.cookies.get('SHOP_SESSION_TOKEN')).not.toBe(planted.cookies.get('SHOP_SESSION_TOKEN'))
      expect((await planted.send('GET', '/api/storefront/carts')).json).toEqual([])
      expect((await victim.send('GET', '/api/storefront/carts')).json).toHaveLength(1)
    })

    it('tells a wrong password and an unknown address alike, and keeps the session', async () => {
      const who = await account()
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const cookie = browser.cookies.get('SHOP_SESSION_TOKEN')
      const wrong = {
        status: 401,
        title: 'Unauthorized',
        type: 'invalid_login',
        detail: 'Your email or password is not right.',
      }
      expectInternalProblem(await browser.send('POST', path, { body: { ...who, password: 'wrong12' } }), wrong)
      expectInternalProblem(await browser.send('POST', path, { body: { ...who, email: newAccount().email } }), wrong)
      expect(browser.cookies.get('SHOP_SESSION_TOKEN')).toBe(cookie)
      expect(await customerOf(browser, id)).toMatchObject({ isGuest: true })
    })

    it('makes who guesses wait', async () => {
      const who = await account()
      const statuses: number[] = []
      for (let guess = 0; guess < 30 && statuses.at(-1) !== 429; guess += 1) {
        statuses.push((await open().send('POST', path, { body: { ...who, password: `wrong${guess}` } })).status)
      }
      expect(statuses.at(-1)).toBe(429)
      const detail = 'Too many requests. Please try again later.'
      const type = 'too_many_requests'
      expectInternalProblem(await open().send('POST', path, { body: who }), {
        status: 429,
        title: 'Too Many Requests',
        type,
        detail,
      })
    })

    it('refuses a body without them', async () => {
      const answer = await open().send('POST', path, { body: { email: 'ana@example.test' } })
      const title = 'Unprocessable Entity'
      expectInternalProblem(answer, { status: 422, title, type: 'invalid', detail: 'password required' })
    })
  })

  describe('DELETE /internalapi/v1/checkout/customer', () => {
    it('keeps the cart in the browser, which is a guest again, without anything of the customer’s', async () => {
      const browser = open()
      await signedIn(browser)
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const address = { email: 'ada@example.test', address1: '9 Elm St', city: 'Austin', countryCode: 'US' }
      await browser.send('POST', `/api/storefront/checkouts/${id}/billing-address`, { body: address })
      const old = openBrowser(server(), browser.cookies)
      const answer = await browser.send('DELETE', path)
      expect(answer).toMatchObject({ status: 200, json: { data: {} } })
      const read = await browser.send('GET', `/api/storefront/checkout/${id}`)
      expect(read.json).toMatchObject({ id, billingAddress: null, customer: { id: 0, isGuest: true, email: '' } })
      expect(read.text).not.toMatch(/Elm|ada@/)
      expectNotFound(await old.send('GET', `/api/storefront/checkout/${id}`))
    })

    it('takes the cookie away where there is no cart to keep', async () => {
      const browser = open()
      await signedIn(browser)
      expect((await browser.send('DELETE', path)).json).toEqual({ data: {} })
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(false)
    })

    it('answers a guest and a browser without a session alike', async () => {
      const guest = open()
      const id = await cartOf(guest, [{ ...goods.mug, quantity: 1 }])
      expect(await guest.send('DELETE', path)).toMatchObject({ status: 200, json: { data: {} } })
      expect((await guest.send('GET', `/api/storefront/checkout/${id}`)).status).toBe(200)
      expect(await open().send('DELETE', path)).toMatchObject({ status: 200, json: { data: {} } })
    })
  })
})
