import { describe, expect, it } from 'vitest'
import { type Browser, cartOf, describeStorefront, expectNotFound, expectProblem, goods } from '../browser.js'

describeStorefront('codes on a checkout in a browser', open => {
  async function checkout(browser: Browser): Promise<string> {
    return cartOf(browser, [{ ...goods.brewer, quantity: 1 }])
  }

  const read = async (browser: Browser, id: string) => browser.send('GET', `/api/storefront/checkout/${id}`)

  describe('POST /api/storefront/checkouts/:cartId/coupons', () => {
    const post = (browser: Browser, id: string, body: object) =>
      browser.send('POST', `/api/storefront/checkouts/${id}/coupons`, { body })

    it('takes its part off the lines, whatever the case of the code', async () => {
      const browser = open()
      const id = await checkout(browser)
      const answer = await post(browser, id, { couponCode: 'save20' })
      expect(answer.status).toBe(200)
      const coupon = {
        id: expect.any(Number),
        code: 'SAVE20',
        displayName: expect.any(String),
        couponType: 'percentage_discount',
        discountedAmount: 45,
      }
      expect(answer.json.coupons).toEqual([coupon])
      expect(answer.json).toMatchObject({ subtotal: 225, taxTotal: 18, grandTotal: 198, displayDiscountTotal: 45 })
      expect(answer.json.cart).toMatchObject({ coupons: [coupon], cartAmount: 180, discountAmount: 0 })
      expect(answer.json.cart.lineItems.physicalItems[0]).toMatchObject({
        couponAmount: 45,
        discountAmount: 0,
        salePrice: 225,
      })
      expect((await read(browser, id)).text).toBe(answer.text)
    })

    it('changes nothing when it is there already, and takes the other spelling', async () => {
      const browser = open()
      const id = await checkout(browser)
      const first = await post(browser, id, { coupon_code: 'SAVE20' })
      const again = await post(browser, id, { couponCode: 'Save20' })
      expect(again).toMatchObject({ status: 200, text: first.text })
    })

    it('refuses what is no code, a second one, an unknown one, an old version and strangers', async () => {
      const browser = open()
      const id = await checkout(browser)
      const none = await post(browser, id, {})
      expectProblem(none, {
        status: 422,
        title: 'Unprocessable Entity',
        detail: 'couponCode required',
        code: 'invalid',
      })
      const unknown = await post(browser, id, { couponCode: 'NOPE' })
      expectProblem(unknown, {
        status: 400,
        title: 'Bad Request',
        detail: 'The coupon code "NOPE" is not valid.',
        code: 'invalid',
      })
      expect((await post(browser, id, { couponCode: 'SAVE20', version: 8 })).status).toBe(409)
      const whole = await post(browser, id, { couponCode: 'SAVE20' })
      const second = await post(browser, id, { couponCode: 'ONCE' })
      const detail = 'Only 1 coupon code may be used per checkout.'
      expectProblem(second, { status: 400, title: 'Bad Request', detail, code: 'too_many_coupons' })
      expectNotFound(await post(open(), id, { couponCode: 'SAVE20' }))
      expect((await read(browser, id)).text).toBe(whole.text)
    })

    it('makes who guesses wait', async () => {
      const browser = open()
      const id = await checkout(browser)
      const statuses: number[] = []
      for (let guess = 0; guess < 40 && statuses.at(-1) !== 429; guess += 1) {
        statuses.push((await post(browser, id, { couponCode: `GUESS${guess}` })).status)
      }
      expect(statuses.at(-1)).toBe(429)
      const answer = await post(browser, id, { couponCode: 'SAVE20' })
      const detail = 'Too many requests. Please try again later.'
      expectProblem(answer, { status: 429, title: 'Too Many Requests', detail, code: 'too_many_requests' })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    })
  })

  describe('DELETE /api/storefront/checkouts/:cartId/coupons/:code', () => {
    const remove = (browser: Browser, id: string, code: string) =>
      browser.send('DELETE', `/api/storefront/checkouts/${id}/coupons/${code}`)

    it('gives the price back', async () => {
      const browser = open()
      const id = await checkout(browser)
      await browser.send('POST', `/api/storefront/checkouts/${id}/coupons`, { body: { couponCode: 'SAVE20' } })
      const answer = await remove(browser, id, 'save20')
      expect(answer).toMatchObject({ status: 200, json: { coupons: [], subtotal: 225, grandTotal: 247.5 } })
    })

    it('is 404 for a code that is not there, and for strangers', async () => {
      const browser = open()
      const id = await checkout(browser)
      const detail = 'The coupon code "SAVE 20" is not applied.'
      expectProblem(await remove(browser, id, 'SAVE%2020'), {
        status: 404,
        title: 'Not found',
        detail,
        code: 'not_found',
      })
      expectNotFound(await remove(open(), id, 'SAVE20'))
    })
  })

  describe('POST /api/storefront/checkouts/:cartId/gift-certificates', () => {
    const post = (browser: Browser, id: string, body: object) =>
      browser.send('POST', `/api/storefront/checkouts/${id}/gift-certificates`, { body })

    it('pays a part and leaves the total as it is', async () => {
      const browser = open()
      const id = await checkout(browser)
      const answer = await post(browser, id, { giftCertificateCode: 'gift50demo' })
      expect(answer.status).toBe(200)
      expect(answer.json.giftCertificates).toEqual([
        { code: 'GIFT50DEMO', balance: 50, used: 50, remaining: 0, purchaseDate: expect.any(String) },
      ])
      expect(answer.json).toMatchObject({ grandTotal: 247.5, outstandingBalance: 197.5, balanceDue: 197.5 })
      expect((await post(browser, id, { giftCertificateCode: 'GIFT50DEMO' })).text).toBe(answer.text)
    })

    it('does not know a coupon’s code: pages try every code here first', async () => {
      const browser = open()
      const id = await checkout(browser)
      const answer = await post(browser, id, { giftCertificateCode: 'SAVE20' })
      const detail = 'There is no gift certificate "SAVE20".'
      expectProblem(answer, { status: 404, title: 'Not found', detail, code: 'invalid' })
    })

    it('cannot pay for a cart that buys gift certificates', async () => {
      const browser = open()
      const person = { name: 'Ada', email: 'ada@example.test' }
      const certificate = { name: 'Gift', theme: 'General', amount: 10, quantity: 1, sender: person, recipient: person }
      const made = await browser.send('POST', '/api/storefront/carts', { body: { giftCertificates: [certificate] } })
      const answer = await post(browser, made.json.id, { giftCertificateCode: 'GIFT50DEMO' })
      const detail = 'The gift certificate "GIFT50DEMO" cannot pay for what is in this cart.'
      expectProblem(answer, { status: 400, title: 'Bad Request', detail, code: 'not_allowed' })
    })

    it('refuses none, an old version and strangers', async () => {
      const browser = open()
      const id = await checkout(browser)
      const none = await post(browser, id, {})
      const detail = 'giftCertificateCode required'
      expectProblem(none, { status: 422, title: 'Unprocessable Entity', detail, code: 'invalid' })
      expect((await post(browser, id, { giftCertificateCode: 'GIFT50DEMO', version: 8 })).status).toBe(409)
      expectNotFound(await post(open(), id, { giftCertificateCode: 'GIFT50DEMO' }))
    })
  })

  describe('DELETE /api/storefront/checkouts/:cartId/gift-certificates/:code', () => {
    const remove = (browser: Browser, id: string) =>
      browser.send('DELETE', `/api/storefront/checkouts/${id}/gift-certificates/GIFT50DEMO`)

    it('lets the rest be paid otherwise again', async () => {
      const browser = open()
      const id = await checkout(browser)
      const body = { giftCertificateCode: 'GIFT50DEMO' }
      await browser.send('POST', `/api/storefront/checkouts/${id}/gift-certificates`, { body })
      const answer = await remove(browser, id)
      expect(answer).toMatchObject({ status: 200, json: { giftCertificates: [], outstandingBalance: 247.5 } })
    })

    it('is 404 for one that is not there, and for strangers', async () => {
      const browser = open()
      const id = await checkout(browser)
      const detail = 'The gift certificate "GIFT50DEMO" is not applied.'
      expectProblem(await remove(browser, id), { status: 404, title: 'Not found', detail, code: 'not_found' })
      expectNotFound(await remove(open(), id))
    })
  })
})
