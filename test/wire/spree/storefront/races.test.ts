import { expect, it } from 'vitest'
import type { TestAnswer } from '../../../support/test-server.js'
import { addresses, bag, customerKey, describeShop, paidBy, paidByCheck } from '../shop.js'

const states = (answers: readonly TestAnswer[]) => answers.map(({ json }) => json.state)

describeShop('requests that meet on one order', shop => {
  const chargesOf = async (number: string) => {
    const { storage } = shop.server()
    const { cart } = await storage.carts.read({ number })
    const orders = await storage.orders.ofCart(cart?.id ?? '')
    const payments = await storage.payments.ofOrders(orders.map(({ id }) => id))
    return { orders: orders.length, payments: payments.map(({ state }) => state) }
  }

  it('20 completing PUTs make one order and one charge, and all get it', async () => {
    const { number, token } = await shop.walkTo('confirm')
    const put = () => shop.send('PUT', `/api/checkouts/${number}`, { token })
    const answers = await Promise.all(Array.from({ length: 20 }, put))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(states(answers))).toEqual(new Set(['complete']))
    expect(await chargesOf(number)).toEqual({ orders: 1, payments: ['authorized'] })
    const again = await put()
    expect([again.status, again.json.number, again.json.state]).toEqual([200, number, 'complete'])
  })

  it('a line that is added while the order completes is paid for, or refused', async () => {
    const { number, token } = await shop.walkTo('confirm')
    const add = () =>
      shop.send('POST', `/api/orders/${number}/line_items`, { token, body: { line_item: { variant_id: bag } } })
    const [done, added] = await Promise.all([shop.send('PUT', `/api/checkouts/${number}`, { token }), add()])
    const order = (await shop.send('GET', `/api/orders/${number}`, { token })).json
    if (order.state === 'complete') {
      expect([done.status, added.status]).toEqual([200, 401])
      expect(order).toMatchObject({ item_total: '47.97', payments: [{ amount: '55.37' }] })
    } else {
      // The line came first and set the order back; the PUT found it so and went one step on, or was told to ask again.
      expect(['address', 'delivery']).toContain(order.state)
      expect([added.status, order.item_total]).toEqual([201, '70.96'])
      expect(await chargesOf(number)).toEqual({ orders: 0, payments: [] })
    }
  })

  it('20 PUTs that pay by check and complete make one order and one payment', async () => {
    const { number, token } = await shop.walkTo('payment')
    const put = () => shop.send('PUT', `/api/checkouts/${number}`, { token, body: paidByCheck })
    const answers = await Promise.all(Array.from({ length: 20 }, put))
    // Who comes after the order is told that a completed order is not changed.
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]))
    const placed = answers.filter(({ status }) => status === 200)
    expect(new Set(states(placed))).toEqual(new Set(['complete']))
    expect(await chargesOf(number)).toEqual({ orders: 1, payments: ['authorized'] })
  })

  it('next, advance, complete and a bare PUT at once complete the order once', async () => {
    const { number, token } = await shop.walkTo('confirm')
    const actions = ['', '/next', '/advance', '/complete', '', '/next', '/advance', '/complete']
    const answers = await Promise.all(
      actions.map(action => shop.send('PUT', `/api/checkouts/${number}${action}`, { token })),
    )
    for (const [index, answer] of answers.entries()) {
      if (actions[index] !== '/next') expect([answer.status, answer.json.state]).toEqual([200, 'complete'])
      else if (answer.status !== 200) expect(answer.json.errors).toEqual({ state: ['cannot transition via "next"'] })
    }
    expect(await chargesOf(number)).toEqual({ orders: 1, payments: ['authorized'] })
  })

  it('whatever changes an order while it completes comes before it, or is refused: it is paid as it stands', async () => {
    const changes: readonly ((path: string, token: string) => Promise<TestAnswer>)[] = [
      (path, token) =>
        shop.send('POST', `${path}/line_items`, { token, body: { line_item: { variant_id: bag, quantity: 3 } } }),
      (path, token) => shop.send('PUT', `${path}/line_items/1`, { token, body: { line_item: { quantity: 9 } } }),
      (path, token) => shop.send('DELETE', `${path}/line_items/1`, { token }),
      (path, token) => shop.send('PUT', `${path}/apply_coupon_code?coupon_code=10off`, { token }),
      (path, token) => shop.send('PUT', `${path}/empty`, { token }),
      (path, token) =>
        shop.send('PUT', path, { token, body: { order: { line_items: [{ variant_id: bag, quantity: 1 }] } } }),
    ]
    for (const change of changes) {
      const { number, token } = await shop.walkTo('confirm')
      const path = `/api/orders/${number}`
      const complete = () => shop.send('PUT', `/api/checkouts/${number}`, { token })
      const [changed, done, again] = await Promise.all([change(path, token), complete(), complete()])
      expect([changed.status, done.status, again.status].every(status => status < 500)).toBe(true)
      const order = (await shop.send('GET', path, { token })).json
      const charges = await chargesOf(number)
      if (order.state !== 'complete') {
        expect([order.state, changed.status < 300, charges.payments]).toEqual([order.state, true, []])
        continue
      }
      expect(charges).toEqual({ orders: 1, payments: ['authorized'] })
      expect(order.payments.map(({ amount, state }: { amount: string; state: string }) => [amount, state])).toEqual([
        [order.total, 'pending'],
      ])
      expect(order.item_total).toBe('47.97')
      // Only a coupon leaves the order where it was; everything else would have sent it back to its address.
      const isCoupon = changed.json?.status_code !== undefined
      expect([isCoupon || changed.status >= 400, order.number]).toEqual([true, number])
    }
  })

  it('50 lines added at once are all there', async () => {
    const shopper = await shop.newOrder()
    const { number, token } = shopper
    const body = { line_item: { variant_id: bag, quantity: 1 } }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => shop.send('POST', `/api/orders/${number}/line_items`, { token, body })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(await shop.read(shopper)).toMatchObject({ total_quantity: 50 })
  })

  it('the last piece is sold once', async () => {
    const buyers = [
      await shop.newOrder([{ variant_id: 900, quantity: 1 }]),
      await shop.newOrder([{ variant_id: 900, quantity: 1 }]),
    ]
    for (const buyer of buyers) {
      for (const body of [{}, addresses, {}]) await shop.put(buyer, body)
    }
    const buy = ({ number, token }: (typeof buyers)[number]) =>
      shop.send('PUT', `/api/checkouts/${number}`, { token, body: paidByCheck })
    const answers = await Promise.all(buyers.map(buy))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    const loser = answers.find(({ status }) => status === 422)
    expect([loser?.json.error, ...(loser?.json.errors?.base ?? [])].join()).toMatch(
      /unavailable|insufficient|not available|could not be transitioned/,
    )
  })

  it('a completed order is changed by nobody, and answers an empty body again', async () => {
    const shopper = await shop.walkTo('complete')
    const { number, token } = shopper
    const before = await shop.read(shopper)
    const changed = await shop.send('PUT', `/api/checkouts/${number}`, {
      token,
      body: { order: { email: 'eve@example.com' } },
    })
    expect([changed.status, changed.json]).toEqual([401, { error: 'You are not authorized to perform that action.' }])
    const next = await shop.send('PUT', `/api/checkouts/${number}/next`, { token })
    expect([next.status, next.json.errors]).toEqual([422, { state: ['cannot transition via "next"'] }])
    expect((await shop.send('PUT', `/api/checkouts/${number}/advance`, { token })).json).toEqual(before)
    expect((await shop.send('PUT', `/api/checkouts/${number}`, { key: customerKey })).status).toBe(401)
    expect(await shop.put(shopper)).toEqual(before)
  })

  it('going back re-runs a step under new shipments, and jumping ahead is refused', async () => {
    const shopper = await shop.walkTo('payment')
    const before = await shop.read(shopper)
    const back = await shop.put(shopper, { state: 'address', ...addresses })
    expect(back.state).toBe('delivery')
    expect(back.shipments[0].id).not.toBe(before.shipments[0].id)
    expect((await shop.put(shopper, { state: 'confirm' }, 422)).errors).toEqual({ state: ['is invalid'] })
    expect((await shop.put(shopper, { state: 'nowhere' }, 422)).errors).toEqual({ state: ['is invalid'] })
    expect(await shop.put(shopper, { state: 'delivery', order: {} })).toMatchObject({ state: 'payment' })
    expect(await shop.put(shopper, paidBy())).toMatchObject({ state: 'confirm' })
  })

  it('a refused step keeps what was sent, a wrong one nothing', async () => {
    const shopper = await shop.newOrder([{ variant_id: bag, quantity: 1 }])
    await shop.put(shopper)
    const half = await shop.put(
      shopper,
      { order: { ship_address_attributes: addresses.order.ship_address_attributes } },
      422,
    )
    expect(half.errors).toEqual({ email: ["can't be blank"] })
    expect(await shop.read(shopper)).toMatchObject({ state: 'address', ship_address: { city: 'Albany' } })
    const wrong = { order: { email: 'ann@example.com', ship_address_attributes: { city: 'Troy' } } }
    expect(Object.keys((await shop.put(shopper, wrong, 422)).errors)).toContain('ship_address.firstname')
    expect(await shop.read(shopper)).toMatchObject({ email: null, ship_address: { city: 'Albany' } })
    const abroad = {
      ...addresses.order.ship_address_attributes,
      country_id: 60,
      zipcode: '10115',
      state_name: 'Berlin',
    }
    const stuck = await shop.put(shopper, { order: { email: 'ann@example.com', ship_address_attributes: abroad } }, 422)
    expect(stuck.errors).toEqual({ base: ['We are unable to calculate shipping rates for the selected items.'] })
    expect((await shop.put(await shop.newOrder(), {}, 422)).errors).toEqual({
      base: ['There are no items for this order. Please add an item to the order to continue.'],
    })
  })
})
