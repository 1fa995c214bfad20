import { expect, it } from 'vitest'
import { describeOnPostgres } from '../support/databases.js'
import { addresses, admin, paidBy, threeTotes } from '../wire/spree/shop.js'
import { useKillableShop } from './killable-shop.js'

/** An order whose card was charged or only reserved, as the dialect with an API for both names it. */
interface Sold {
  readonly number: string
  readonly payment: string
}

/** Three totes, tax and delivery. */
const amount = 5537n

describeOnPostgres('a server that is killed while it moves the money of an order', () => {
  const shop = useKillableShop()

  async function send(method: string, path: string, headers: Readonly<Record<string, string>>, body: object = {}) {
    const answer = await fetch(`${shop.server().baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const json: ReturnType<typeof JSON.parse> = await answer.json()
    return { status: answer.status, json }
  }

  async function sell(): Promise<Sold> {
    const made = await send('POST', '/api/orders', {}, { order: { line_items: threeTotes } })
    const { number, token } = made.json
    let answer = made
    for (const body of [{}, addresses, {}, paidBy(), {}]) {
      answer = await send('PUT', `/api/checkouts/${number}`, { 'x-spree-order-token': token }, body)
      expect(answer.status, JSON.stringify(answer.json)).toBe(200)
    }
    expect(answer.json.state).toBe('complete')
    return { number, payment: answer.json.payments[0].number }
  }

  function act({ number, payment }: Sold, action: string, body: object = {}) {
    return send('PUT', `/api/orders/${number}/payments/${payment}/${action}`, { 'x-spree-token': admin }, body)
  }

  /** Whoever is answered at all is answered well. */
  async function acted(sold: Sold, action: string, body: object = {}): Promise<void> {
    expect((await act(sold, action, body)).status).toBe(200)
  }

  async function stateOf({ number }: Sold) {
    const order = await shop.storage().orders.read({ number })
    const [payment, ...more] = await shop.storage().payments.ofOrder(order?.id ?? '')
    expect(more).toEqual([])
    return { captured: payment?.captured, refunded: payment?.refunded, step: payment?.step, state: payment?.state }
  }

  it('takes it once, whenever it was killed', async () => {
    const points = await shop.killBetweenAll(sell, sold => acted(sold, 'capture'))
    expect(points.length).toBeGreaterThan(3)
    await shop.letAnHourPass()
    const found = new Set<bigint | undefined>()
    for (const { subject } of points) {
      const { captured, ...rest } = await stateOf(subject)
      found.add(captured)
      expect(rest).toEqual({ refunded: 0n, step: undefined, state: captured === 0n ? 'authorized' : 'captured' })
    }
    expect(found).toEqual(new Set([0n, amount]))
    for (const { subject, statement } of points) {
      const again = await act(subject, 'capture')
      expect([statement, again.status, again.json.state]).toEqual([statement, 200, 'completed'])
      expect((await stateOf(subject)).captured).toBe(amount)
    }
    await shop.expectBooksInOrder()
  }, 300_000)

  it('gives it back once, whenever it was killed', async () => {
    const points = await shop.killBetweenAll(
      async () => {
        const sold = await sell()
        expect((await act(sold, 'capture')).status).toBe(200)
        return sold
      },
      sold => acted(sold, 'credit', { amount: '55.37' }),
    )
    expect(points.length).toBeGreaterThan(3)
    await shop.letAnHourPass()
    const found = new Set<bigint | undefined>()
    for (const { subject } of points) {
      const { refunded, captured, step } = await stateOf(subject)
      found.add(refunded)
      expect([captured, step]).toEqual([amount, undefined])
    }
    expect(found).toEqual(new Set([0n, amount]))
    for (const { subject } of points) {
      // What was given back is not given back again.
      const before = (await stateOf(subject)).refunded
      const again = await act(subject, 'credit', { amount: '55.37' })
      expect([before, again.status]).toEqual([before, before === 0n ? 200 : 422])
      expect((await stateOf(subject)).refunded).toBe(amount)
    }
    await shop.expectBooksInOrder()
  }, 300_000)

  it('lets it go once, whenever it was killed', async () => {
    const points = await shop.killBetweenAll(sell, sold => acted(sold, 'void'))
    expect(points.length).toBeGreaterThan(3)
    await shop.letAnHourPass()
    const found = new Set<string | undefined>()
    for (const { subject } of points) {
      const { state, captured, step } = await stateOf(subject)
      found.add(state)
      expect([captured, step]).toEqual([0n, undefined])
    }
    expect(found).toEqual(new Set(['authorized', 'voided']))
    await shop.expectBooksInOrder()
  }, 300_000)
})
