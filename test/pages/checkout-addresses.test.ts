import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { austin, linkedCart, pageShopper } from './page-shopper.js'

/** Addresses that forms alone are sent to stand in the browser's line all the same, and people go on from there. */
describeOnEachDatabase('addresses of the hosted checkout page that take forms alone', getServer => {
  const begin = async () => {
    const { id, link } = await linkedCart(getServer(), 'us', [{ sku: 'MUG-1', quantity: 1 }])
    const shopper = pageShopper(getServer)
    return { id, shopper, details: await shopper.open(link) }
  }

  const buy = async () => {
    const { id, shopper, details } = await begin()
    const delivery = await shopper.send(details, austin)
    const payment = await shopper.send(delivery, { d0: 'flat-rate' })
    const review = await shopper.send(payment, { method: 'cod' })
    return { id, shopper, done: await shopper.send(review) }
  }

  describe.each(['another-way', 'account', 'sign-out'])('GET /pay/:cart/%s', step => {
    it('leads to where the cart stands, as the way on from a form that was too old does', async () => {
      const { id, shopper } = await begin()
      const old = await shopper.request('POST', `/pay/${id}/${step}`, { csrf: 'of yesterday' })
      expect(old.status).toBe(403)
      const again = /<a class="button" href="([^"]+)"/.exec(old.text)?.[1] ?? ''
      const open = await shopper.open(again)
      expect([open.status, open.path]).toEqual([200, `/pay/${id}/details`])
    })

    it('shows nothing without a pass', async () => {
      const { id } = await begin()
      expect((await getServer().request('GET', `/pay/${id}/${step}`)).status).toBe(404)
    })
  })

  it('GET /pay/:cart/account: the links to other languages below the new account lead to the order', async () => {
    const { id, shopper, done } = await buy()
    const csrf = /name="csrf" value="([^"]+)"/.exec(done.text)?.[1] ?? ''
    const made = await shopper.request('POST', `/pay/${id}/account`, { csrf, password: 'short' })
    const german = /href="(\?language=de)"/.exec(made.text)?.[1] ?? ''
    const order = await shopper.open(`/pay/${id}/account${german}`)
    expect([order.status, order.path, order.title]).toEqual([200, `/pay/${id}/order`, 'Vielen Dank, Ana'])
  })
})
