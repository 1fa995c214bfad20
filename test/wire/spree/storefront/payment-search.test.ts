import { expect, it } from 'vitest'
import { admin, check, creditCard, describeShop, paidByCheck } from '../shop.js'

describeShop('payments of an order searched: GET /api/orders/:number/payments', shop => {
  it('answers those that are meant, and all of them to what is no field', async () => {
    const shopper = await shop.walkTo('confirm')
    const done = await shop.put(shopper, { state: 'payment', ...paidByCheck })
    const [card, promise] = done.payments
    expect([done.state, card.state, promise.state]).toEqual(['complete', 'invalid', 'checkout'])
    const path = `/api/orders/${shopper.number}/payments`
    await shop.send('PUT', `${path}/${promise.number}/capture`, { key: admin })
    const all = [card.number, promise.number]
    const expected: readonly (readonly [string, readonly string[]])[] = [
      ['', all],
      ['q[state_eq]=completed', [promise.number]],
      ['q[state_not_eq]=completed', [card.number]],
      ['q[state_in][]=completed&q[state_in][]=invalid', all],
      ['q[state_not_in][]=completed&q[state_not_in][]=invalid', []],
      ['q[state_eq]=nonsense', []],
      ['q[state_cont]=VAL', [card.number]],
      ['q[number_start]=P', all],
      [`q[number_eq]=${card.number.toLowerCase()}`, [card.number]],
      [`q[payment_method_id_eq]=${check}`, [promise.number]],
      [`q[payment_method_id_eq]=${creditCard}&q[state_eq]=completed`, []],
      ['q[response_code_null]=1', [card.number]],
      ['q[response_code_present]=1', [promise.number]],
      ['q[response_code_cont]=zzz', []],
      ['q[nonsense_eq]=1', all],
      ['q[constructor_eq]=1', all],
      ['q[state_eq]=', all],
    ]
    for (const [query, wanted] of expected) {
      const { json } = await shop.send('GET', `${path}?${query}`, { token: shopper.token })
      const numbers = json.payments.map(({ number }: { number: string }) => number)
      expect([query, numbers, json.count, json.pages]).toEqual([
        query,
        wanted,
        wanted.length,
        wanted.length > 0 ? 1 : 0,
      ])
    }
  })
})
