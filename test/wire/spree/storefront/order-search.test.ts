import { expect, it } from 'vitest'
import { addresses, admin, describeShop, paidByCheck, type Shopper, threeTotes } from '../shop.js'

describeShop('orders searched by how they stand: GET /api/orders', shop => {
  const ask = (method: string, path: string, body?: object) =>
    shop.send(method, path, { key: admin, ...(body === undefined ? {} : { body }) })
  /** An administrator's action on the only payment of an order. */
  const act = async (shopper: Shopper, action: string, body?: object) => {
    const [payment] = (await shop.read(shopper)).payments
    const done = await ask('PUT', `/api/orders/${shopper.number}/payments/${payment.number}/${action}`, body)
    expect([action, done.status]).toEqual([action, 200])
  }
  const ship = async (shopper: Shopper) => {
    const [shipment] = (await shop.read(shopper)).shipments
    expect((await ask('PUT', `/api/shipments/${shipment.number}/ship`)).status).toBe(200)
  }

  it('answers the orders that show what was asked for, and no others', async () => {
    const cart = await shop.newOrder(threeTotes)
    const owing = await shop.walkTo('complete')
    const ready = await shop.walkTo('complete')
    await act(ready, 'capture')
    const credited = await shop.walkTo('complete')
    await act(credited, 'capture')
    await act(credited, 'credit', { amount: '5.00' })
    const short = await shop.walkTo('complete')
    await act(short, 'capture', { amount: '5.00' })
    const sent = await shop.walkTo('complete')
    await act(sent, 'capture')
    await ship(sent)
    await act(sent, 'credit', { amount: '55.37' })
    const promised = await shop.newOrder(threeTotes)
    for (const body of [{}, addresses, {}, paidByCheck]) await shop.put(promised, body)
    const canceled = await shop.walkTo('complete')
    expect((await ask('PUT', `/api/orders/${canceled.number}/cancel`)).status).toBe(200)

    const everyone = { cart, owing, ready, credited, short, sent, promised, canceled }
    const names = new Map(Object.entries(everyone).map(([name, { number }]) => [number, name]))
    const shown = await Promise.all(
      Object.entries(everyone).map(async ([name, shopper]) => {
        const { payment_state, shipment_state } = await shop.read(shopper)
        return [name, payment_state, shipment_state]
      }),
    )
    expect(shown).toEqual([
      ['cart', null, null],
      ['owing', 'balance_due', 'pending'],
      ['ready', 'paid', 'ready'],
      ['credited', 'balance_due', 'ready'],
      ['short', 'balance_due', 'pending'],
      ['sent', 'balance_due', 'shipped'],
      ['promised', 'balance_due', 'pending'],
      ['canceled', 'void', 'canceled'],
    ])
    const found = async (query: string) => {
      const { json } = await ask('GET', `/api/orders?per_page=500&${query}`)
      return json.orders.flatMap(({ number }: { number: string }) => names.get(number) ?? []).sort()
    }
    const all = [...names.values()].sort()
    const unsettled = ['credited', 'owing', 'promised', 'sent', 'short']
    const expected: readonly (readonly [string, readonly string[]])[] = [
      ['q[shipment_state_eq]=ready', ['credited', 'ready']],
      ['q[shipment_state_eq]=Ready', ['credited', 'ready']],
      ['q[shipment_state_eq]=pending', ['owing', 'promised', 'short']],
      ['q[shipment_state_in][]=ready&q[shipment_state_in][]=shipped', ['credited', 'ready', 'sent']],
      ['q[shipment_state_not_in][]=pending', ['canceled', 'cart', 'credited', 'ready', 'sent']],
      ['q[shipment_state_null]=1', ['cart']],
      ['q[shipment_state_eq]=backorder', []],
      ['q[payment_state_eq]=paid', ['ready']],
      ['q[payment_state_eq]=balance_due', unsettled],
      ['q[payment_state_cont]=due', unsettled],
      ['q[payment_state_eq]=void', ['canceled']],
      ['q[payment_state_eq]=credit_owed', []],
      ['q[payment_state_eq]=nonsense', []],
      ['q[payment_state_not_eq]=nonsense', all],
      ['q[payment_state_not_eq]=balance_due', ['canceled', 'cart', 'ready']],
      ['q[payment_state_eq]=balance_due&q[shipment_state_eq]=ready', ['credited']],
      ['q[payment_state_eq]=', all],
      ['q[s]=payment_state%20asc', all],
    ]
    for (const [query, wanted] of expected) expect([query, await found(query)]).toEqual([query, wanted])
  })
})
