import { expect, it } from 'vitest'
import { describeOnPostgres } from '../support/databases.js'
import { useKillableShop } from './killable-shop.js'
import { act, acted, moneyOf, type Sold, sell, soldFor } from './sold-order.js'

const { amount, text } = soldFor

describeOnPostgres('a server that is killed while it moves the money of an order', () => {
  const shop = useKillableShop()
  const url = () => shop.server().baseUrl
  const stateOf = (sold: Sold) => moneyOf(shop.storage(), sold)

  it('takes it once, whenever it was killed', async () => {
    const points = await shop.killBetweenAll(
      () => sell(url()),
      sold => acted(url(), sold, 'capture'),
    )
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
      const again = await act(url(), subject, 'capture')
      expect([statement, again.status, again.json.state]).toEqual([statement, 200, 'completed'])
      expect((await stateOf(subject)).captured).toBe(amount)
    }
    await shop.expectBooksInOrder()
  }, 300_000)

  it('gives it back once, whenever it was killed', async () => {
    const points = await shop.killBetweenAll(
      async () => {
        const sold = await sell(url())
        expect((await act(url(), sold, 'capture')).status).toBe(200)
        return sold
      },
      sold => acted(url(), sold, 'credit', { amount: text }),
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
      const again = await act(url(), subject, 'credit', { amount: text })
      expect([before, again.status]).toEqual([before, before === 0n ? 200 : 422])
      expect((await stateOf(subject)).refunded).toBe(amount)
    }
    await shop.expectBooksInOrder()
  }, 300_000)

  it('lets it go once, whenever it was killed', async () => {
    const points = await shop.killBetweenAll(
      () => sell(url()),
      sold => acted(url(), sold, 'void'),
    )
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
