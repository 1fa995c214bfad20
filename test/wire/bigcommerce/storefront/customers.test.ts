import { describe, expect, it } from 'vitest'
import { cartOf, describeStorefront, expectProblem, goods, newAccount } from '../browser.js'

describeStorefront('accounts', open => {
  describe('POST /api/storefront/customer', () => {
    const path = '/api/storefront/customer'

    it('makes an account and signs it in, with the cart', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const before = browser.cookies.get('SHOP_SESSION_TOKEN')
      const account = newAccount()
      const made = await browser.send('POST', path, {
        body: { ...account, acceptsMarketingEmails: true, customFields: [] },
      })
      expect(made).toMatchObject({ status: 200, json: {} })
      expect(browser.cookies.get('SHOP_SESSION_TOKEN')).not.toBe(before)
      const read = await browser.send('GET', `/api/storefront/checkout/${id}`)
      const number = read.json.customer.id
      expect(number).toBeGreaterThan(0)
      expect(read.json.customer).toEqual({
        id: number,
        isGuest: false,
        email: account.email,
        firstName: 'Ada',
        lastName: 'Tester',
        fullName: 'Ada Tester',
        addresses: [],
        storeCredit: 0,
        shouldEncourageSignIn: false,
      })
      expect(read.json.cart).toMatchObject({ customerId: number, email: account.email })
    })

    it('refuses an address that is taken, whatever its case', async () => {
      const account = newAccount()
      expect((await open().send('POST', path, { body: account })).status).toBe(200)
      const browser = open()
      const again = await browser.send('POST', path, { body: { ...account, email: account.email.toUpperCase() } })
      const detail = 'This email address has an account already.'
      expectProblem(again, { status: 409, title: 'Conflict', detail, code: 'customer_exists' })
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(false)
    })

    it.each([
      ['no first name', { firstName: undefined }, 'firstName required'],
      ['an empty last name', { lastName: ' ' }, 'lastName must be at least 1 characters long'],
      ['no e-mail address', { email: undefined }, 'email required'],
      ['no password', { password: undefined }, 'password required'],
      [
        'a short password',
        { password: 'abc12' },
        'Passwords must be at least 7 characters and contain both letters and digits.',
      ],
      [
        'a password of letters',
        { password: 'abcdefgh' },
        'Passwords must be at least 7 characters and contain both letters and digits.',
      ],
    ])('refuses %s', async (_what, change, detail) => {
      const answer = await open().send('POST', path, { body: { ...newAccount(), ...change } })
      expectProblem(answer, { status: 422, title: 'Unprocessable Entity', detail, code: 'invalid' })
    })

    it('refuses what is no e-mail address', async () => {
      const answer = await open().send('POST', path, { body: { ...newAccount(), email: 'ada' } })
      expectProblem(answer, { status: 400, title: 'Bad Request', detail: 'email is invalid: email.', code: 'invalid' })
    })
  })

  describe('POST /api/storefront/customers', () => {
    it('answers with nothing, as documented', async () => {
      const browser = open()
      const made = await browser.send('POST', '/api/storefront/customers', { body: newAccount() })
      expect(made).toMatchObject({ status: 204, text: '' })
      expect(browser.cookies.has('SHOP_SESSION_TOKEN')).toBe(true)
    })
  })
})
