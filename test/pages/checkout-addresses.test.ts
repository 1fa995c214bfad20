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

  it('GET /pay/:cart/payment: a link to it puts no words into the mouth of the shop', async () => {
    const { id, shopper, details } = await begin()
    await shopper.send(await shopper.send(details, austin), { d0: 'flat-rate' })
    for (const said of ['Your card is blocked, call 555', 'SAVE20']) {
      const page = await shopper.open(`/pay/${id}/payment?added=${encodeURIComponent(said)}`)
      expect([page.status, page.text.includes(said)]).toEqual([200, false])
    }
    const removed = await shopper.open(`/pay/${id}/payment?removed=${encodeURIComponent('Your card')}`)
    expect([removed.status, removed.text.includes('Your card')]).toEqual([200, false])
    expect(removed.text).toContain('Updated. The total is')
  })

  it('POST /pay/:cart/delivery and /payment: a choice that was not made is read out with its group', async () => {
    const { shopper, details } = await begin()
    const delivery = await shopper.send(details, austin)
    const without = await shopper.send(delivery, { d0: 'teleport' })
    expect(without.status).toBe(422)
    expect(without.text).toContain('id="d0" aria-describedby="d0-error"')
    const payment = await shopper.send(delivery, { d0: 'flat-rate' })
    const unpaid = await shopper.send(payment, { method: '' })
    expect(unpaid.status).toBe(422)
    expect(unpaid.text).toContain('id="method" aria-describedby="method-error"')
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
