import { expect, it } from 'vitest'
import { addresses, admin, customerKey, describeShop, paidByCheck, type Shopper, threeTotes } from '../shop.js'

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

  // `id`, `created_at` and `updated_at` are searched in every model of the platform, and a user by their id:
  // spree/spree core/app/models/concerns/spree/ransackable_attributes.rb. Importers poll by them.
  it('answers what changed since, what has an id or number, and what a user bought', async () => {
    const open = await shop.newOrder(threeTotes, { key: customerKey })
    const done = await shop.walkTo('complete')
    const names = new Map([
      [open.number, 'open'],
      [done.number, 'done'],
    ])
    const found = async (query: string) => {
      const answer = await ask('GET', `/api/orders?per_page=500&${query}`)
      expect([query, answer.status]).toEqual([query, 200])
      return answer.json.orders.flatMap(({ number }: { number: string }) => names.get(number) ?? []).sort()
    }
    const [cart, order] = [await shop.read(open), await shop.read(done)]
    const both = ['done', 'open']
    const expected: readonly (readonly [string, readonly string[]])[] = [
      [`q[id_eq]=${order.id}`, ['done']],
      [`q[id_eq]=${cart.id}&q[state_eq]=complete`, []],
      [`q[id_in][]=${order.id}&q[id_in][]=${cart.id}`, both],
      [`q[id_not_eq]=${order.id}`, ['open']],
      ['q[id_eq]=none', both],
      ['q[id_eq]=99999999999999999999', []],
      [`q[number_in][]=${done.number}&q[number_in][]=${open.number}`, both],
      [`q[number_not_in][]=${done.number}`, ['open']],
      [`q[email_in][]=${order.email.toUpperCase()}`, ['done']],
      [`q[user_id_eq]=${cart.user_id}`, ['open']],
      ['q[user_id_null]=1', ['done']],
      ['q[user_id_not_null]=1', ['open']],
      [`q[updated_at_lt]=${cart.updated_at}`, []],
      [`q[updated_at_gt]=${cart.updated_at}`, ['done']],
      [`q[updated_at_gteq]=${cart.updated_at}`, both],
      [`q[updated_at_gt]=${order.updated_at}`, []],
      // A plus that was not escaped.
      ['q[updated_at_gt]=2099-01-01T00:00:00+00:00', []],
      ['q[updated_at_gt]=2099-01-01T00:00:00Z&q[s]=updated_at%20asc', []],
    ]
    for (const [query, wanted] of expected) expect([query, await found(query)]).toEqual([query, wanted])
    expect((await ask('PUT', `/api/orders/${open.number}`, { order: { special_instructions: 'later' } })).status).toBe(
      200,
    )
    expect(await found(`q[updated_at_gt]=${order.updated_at}`)).toEqual(['open'])
    const sorted = await ask('GET', '/api/orders?per_page=2&q[s]=updated_at%20desc')
    expect(sorted.json.orders.map(({ number }: { number: string }) => names.get(number))).toEqual(['open', 'done'])
  })
})
