import { expect, it } from 'vitest'
import { describeShop, paidBy, threeTotes } from '../shop.js'

const done = {
  success: 'The coupon code was successfully applied to your order.',
  error: null,
  successful: true,
  status_code: 'coupon_code_applied',
}
const unknown = {
  success: null,
  error: "The coupon code you entered doesn't exist. Please try again.",
  successful: false,
  status_code: 'coupon_code_not_found',
}

describeShop('coupons', shop => {
  it('take 10 % off each line: PUT /api/orders/:number/apply_coupon_code', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const { number, token } = shopper
    const apply = (query: string, sent = {}) =>
      shop.send('PUT', `/api/orders/${number}/apply_coupon_code${query}`, { token, ...sent })
    const applied = await apply('', { body: { coupon_code: ' 10OFF ' } })
    expect([applied.status, applied.json]).toEqual([200, done])
    const order = await shop.read(shopper)
    expect(order).toMatchObject({ adjustment_total: '-4.8', total: '43.17', display_adjustment_total: '-$4.80' })
    expect(order.line_items[0]).toMatchObject({
      total: '43.17',
      display_amount: '$47.97',
      adjustments: [
        { source_type: 'Spree::PromotionAction', amount: '-4.8', label: 'Promotion (10% off)', eligible: true },
      ],
    })
    const again = await apply('?coupon_code=10off')
    expect([again.status, again.json.status_code]).toEqual([422, 'coupon_code_already_applied'])
    for (const query of ['', '?coupon_code=', '?coupon_code=nothing']) {
      const refused = await apply(query)
      expect([refused.status, refused.json]).toEqual([422, unknown])
    }
    expect((await shop.send('PUT', `/api/orders/${number}/apply_coupon_code?coupon_code=10off`)).status).toBe(401)
  })

  it('come off again: PUT /api/orders/:number/remove_coupon_code', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const { number, token } = shopper
    await shop.send('PUT', `/api/orders/${number}/apply_coupon_code?coupon_code=10off`, { token })
    const path = `/api/orders/${number}/remove_coupon_code?coupon_code=10off`
    const removed = await shop.send('PUT', path, { token })
    expect([removed.status, removed.json.status_code, removed.json.success]).toEqual([
      200,
      'adjustments_deleted',
      'Coupon code removed',
    ])
    const absent = await shop.send('PUT', path, { token })
    expect([absent.status, absent.json]).toEqual([404, unknown])
    expect(await shop.read(shopper)).toMatchObject({ total: '47.97' })
  })

  it('that are refused within a step take none, and keep what came along', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const refused = await shop.put(shopper, { order: { email: 'ann@example.com', coupon_code: 'nothing' } }, 422)
    expect(refused).toEqual({ error: unknown.error })
    expect(await shop.read(shopper)).toMatchObject({ state: 'cart', email: 'ann@example.com' })
    const taken = await shop.put(shopper, { order: { coupon_code: '10off' } })
    expect(taken).toMatchObject({ state: 'address', total: '43.17' })
  })

  it('that are limited go to who completes first; the other is told before anything is charged', async () => {
    const [first, second] = [await shop.walkTo('confirm'), await shop.walkTo('confirm')]
    for (const { number, token } of [first, second]) {
      const applied = await shop.send('PUT', `/api/orders/${number}/apply_coupon_code?coupon_code=ONCE`, { token })
      expect(applied.json.status_code).toBe('coupon_code_applied')
    }
    expect(await shop.put(first)).toMatchObject({ state: 'complete', total: '50.37', payments: [{ amount: '50.37' }] })
    const late = await shop.put(second, {}, 422)
    expect(late.errors).toEqual({ base: ['Coupon code usage limit exceeded'] })
    expect(await shop.read(second)).toMatchObject({
      state: 'confirm',
      total: '55.37',
      payments: [{ state: 'checkout', amount: '55.37' }],
    })
    expect(await shop.put(second)).toMatchObject({ state: 'complete', total: '55.37' })
  })

  it('change what is charged along with what is shown', async () => {
    const shopper = await shop.walkTo('payment')
    await shop.put(shopper, paidBy())
    await shop.send('PUT', `/api/orders/${shopper.number}/apply_coupon_code?coupon_code=10off`, {
      token: shopper.token,
    })
    const done = await shop.put(shopper)
    expect(done).toMatchObject({ state: 'complete', total: '50.33', payments: [{ amount: '50.33', state: 'pending' }] })
  })
})
