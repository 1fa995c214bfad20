import { expect, it } from 'vitest'
import { cartOf, describeStorefront, expectProblem, goods } from '../browser.js'

describeStorefront('POST /api/storefront/subscriptions', (open, server) => {
  const path = '/api/storefront/subscriptions'
  const consent = { email: 'ana@example.test', acceptsMarketingNewsletter: true, acceptsAbandonedCartEmails: false }

  it('says what was agreed to, and keeps it with the cart', async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const answer = await browser.send('POST', path, { body: consent })
    expect(answer).toMatchObject({ status: 200, json: consent })
    const stored = await server().storage.carts.read({ id })
    expect(stored.cart?.preferences).toEqual({ newsletter: true })
  })

  it('leaves nothing behind that a checkout page is confused by', async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const address = { body: { email: 'ana@example.test' } }
    const [, subscribed] = await Promise.all([
      browser.send('POST', `/api/storefront/checkouts/${id}/billing-address`, address),
      browser.send('POST', path, { body: consent }),
    ])
    expect(subscribed.status).toBe(200)
    const read = await browser.send('GET', `/api/storefront/checkout/${id}`)
    expect(read.json.cart.email).toBe('ana@example.test')
  })

  it('leaves the version good that the page holds, since its answer tells of none', async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const checkout = `/api/storefront/checkouts/${id}`
    const { json: filled } = await browser.send('POST', `${checkout}/billing-address`, {
      body: { email: consent.email },
    })
    for (const acceptsMarketingNewsletter of [true, false]) {
      const body = { ...consent, acceptsMarketingNewsletter }
      expect((await browser.send('POST', path, { body })).status).toBe(200)
    }
    const { version } = filled
    const noted = await browser.send('PUT', `/api/storefront/checkout/${id}`, {
      body: { customerMessage: 'Ring twice', version },
    })
    expect(noted).toMatchObject({ status: 200, json: { customerMessage: 'Ring twice' } })
    // What another one wrote meanwhile is a conflict as ever.
    expect((await browser.send('POST', path, { body: consent })).status).toBe(200)
    const stale = await browser.send('PUT', `/api/storefront/checkout/${id}`, {
      body: { customerMessage: 'Knock', version },
    })
    expect(stale.status).toBe(409)
  })

  it('answers a browser without a cart', async () => {
    const body = { email: 'ana@example.test' }
    const nothing = { ...body, acceptsMarketingNewsletter: false, acceptsAbandonedCartEmails: false }
    expect(await open().send('POST', path, { body })).toMatchObject({ status: 200, json: nothing })
  })

  it('refuses an address that is none', async () => {
    const invalid = { status: 422, title: 'Unprocessable Entity', code: 'invalid' }
    expectProblem(await open().send('POST', path, { body: {} }), { ...invalid, detail: 'email required' })
    const odd = await open().send('POST', path, { body: { email: 'ana' } })
    expectProblem(odd, { ...invalid, detail: 'email must be an email address' })
  })
})
