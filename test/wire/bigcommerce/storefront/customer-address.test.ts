import { expect, it } from 'vitest'
import { austin, cartOf, describeStorefront, expectProblem, goods, signedIn } from '../browser.js'

const path = '/api/storefront/customer-address'

describeStorefront('POST /api/storefront/customer-address', open => {
  it('puts an address into the book, once, and answers with the customer', async () => {
    const browser = open()
    const { email } = await signedIn(browser)
    const answer = await browser.send('POST', path, { body: { ...austin, label: 'home' } })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      id: expect.any(Number),
      isGuest: false,
      email,
      firstName: 'Ada',
      lastName: 'Tester',
      fullName: 'Ada Tester',
      addresses: [{ ...austin, email, id: expect.any(Number), type: 'residential' }],
      storeCredit: 0,
      shouldEncourageSignIn: false,
    })
    expect((await browser.send('POST', path, { body: austin })).json).toEqual(answer.json)
    const other = await browser.send('POST', path, { body: { ...austin, city: 'Dallas' } })
    expect(other.json.addresses.map((address: { city: string }) => address.city)).toEqual(['Austin', 'Dallas'])
  })

  it('is what a checkout does with an address that shall be saved', async () => {
    const browser = open()
    await signedIn(browser)
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const body = { ...austin, shouldSaveAddress: true }
    await browser.send('POST', `/api/storefront/checkouts/${id}/billing-address`, { body })
    const { json } = await browser.send('GET', `/api/storefront/checkout/${id}`)
    expect(json.customer.addresses).toMatchObject([{ address1: '9 Elm St', city: 'Austin' }])
  })

  it('refuses guests, and an address with nothing in it', async () => {
    const guest = await open().send('POST', path, { body: austin })
    expectProblem(guest, { status: 401, title: 'Unauthorized', detail: 'Please sign in.', code: 'unauthorized' })
    const browser = open()
    await signedIn(browser)
    const answer = await browser.send('POST', path, { body: {} })
    expectProblem(answer, { status: 422, title: 'Unprocessable Entity', detail: 'address1 required', code: 'invalid' })
  })
})
