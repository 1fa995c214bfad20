import { expect, it } from 'vitest'
import { useEmbeddedShop } from './embedded-shop.js'
import { act, acted, moneyOf, type Sold, sell, soldFor } from './sold-order.js'

const shop = useEmbeddedShop()
const url = () => shop.server().baseUrl
const { amount, text } = soldFor

/** The step is written down, the gateway does it, and what it said is saved. */
const points = [
  'before payment_save',
  'before gateway_record_replace',
  'after gateway_record_replace',
  'before order_settle',
  'after order_settle',
]
/** Money is taken with a word to the order beforehand too, so that nobody else takes it. */
const capturePoints = [
  'before order_settle',
  'before gateway_record_replace',
  'after gateway_record_replace',
  'before 2. order_settle',
  'after 2. order_settle',
]

/** What became of the money, point by point, once the recovery has been there. */
function moneyAfterwards(sold: readonly Sold[]) {
  return shop.settle(storage => Promise.all(sold.map(each => moneyOf(storage, each))))
}

it('an embedded database that is killed while money is taken has taken it once, or not at all', async () => {
  const sold = await shop.killAt(
    capturePoints,
    () => sell(url()),
    each => acted(url(), each, 'capture'),
  )
  const states = await moneyAfterwards(sold)
  expect(states.map(({ captured }) => captured)).toEqual([0n, amount, amount, amount, amount])
  for (const { state, captured, refunded, step } of states) {
    expect([state, refunded, step]).toEqual([captured === 0n ? 'authorized' : 'captured', 0n, undefined])
  }
  for (const each of sold) {
    expect(await act(url(), each, 'capture')).toMatchObject({ status: 200, json: { state: 'completed' } })
  }
}, 300_000)

it('and while it is given back, has given it back once, or not at all', async () => {
  const captured = async () => {
    const sold = await sell(url())
    await acted(url(), sold, 'capture')
    return sold
  }
  const sold = await shop.killAt(points, captured, each => acted(url(), each, 'credit', { amount: text }))
  const states = await moneyAfterwards(sold)
  expect(states.map(({ refunded }) => refunded)).toEqual([0n, amount, amount, amount, amount])
  for (const state of states) expect(state).toMatchObject({ captured: amount, step: undefined })
  for (const [index, each] of sold.entries()) {
    const again = await act(url(), each, 'credit', { amount: text })
    expect(again.status).toBe(states[index]?.refunded === 0n ? 200 : 422)
  }
}, 300_000)

it('and while it is let go, has let it go once, or still holds it', async () => {
  const sold = await shop.killAt(
    points,
    () => sell(url()),
    each => acted(url(), each, 'void'),
  )
  const states = await moneyAfterwards(sold)
  expect(states.map(({ state }) => state)).toEqual(['authorized', 'voided', 'voided', 'voided', 'voided'])
  for (const state of states) expect(state).toMatchObject({ captured: 0n, step: undefined })
}, 300_000)
