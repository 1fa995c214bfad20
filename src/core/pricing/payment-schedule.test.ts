import { expect, it } from 'vitest'
import { facts, giftCard, line, netCart, preset, variant } from '../../../test/golden/builders.js'
import { type LinePayment, paymentSchedule } from './payment-schedule.js'
import { priceCart } from './price-cart.js'
import type { PricedLine } from './priced-cart.js'

const goods = [variant('shirt', 1_000n, { currency: 'USD' }), variant('shoe', 8_500n, { currency: 'USD' })]

function schedule(paymentOf: (line: PricedLine) => LinePayment, card = 0n) {
  const priced = priceCart(
    netCart('USD', [line('shirt', 3), line('shoe', 1)], { giftCards: card > 0n ? [{ code: 'CARD' }] : [] }),
    facts({ policy: preset('netPerLineStacked'), variants: goods, giftCards: [giftCard('CARD', card)] }),
  )
  const { now, later } = paymentSchedule(priced, paymentOf)
  expect(now.total + later.total).toBe(priced.totals.amountDue)
  expect(now.subtotal + later.subtotal).toBe(priced.totals.subtotal)
  return [now.total, later.total]
}

const shoe =
  (payment: LinePayment) =>
  (line: PricedLine): LinePayment =>
    line.item.sku === 'shoe' ? payment : 'now'

it.each([
  ['all with the order', shoe('now'), 0n, [11_500n, 0n]],
  ['the shoe later', shoe('later'), 0n, [3_000n, 8_500n]],
  ['a deposit on the shoe', shoe({ deposit: 2_000n }), 0n, [5_000n, 6_500n]],
  ['a deposit beyond its price', shoe({ deposit: 99_999n }), 0n, [11_500n, 0n]],
  ['a gift card within what is paid now', shoe('later'), 1_000n, [2_000n, 8_500n]],
  ['a gift card beyond what is paid now', shoe('later'), 5_000n, [0n, 6_500n]],
] as const)('%s', (_name, paymentOf, card, expected) => {
  expect(schedule(paymentOf, card)).toEqual(expected)
})

it('with something to try out first, all of it after the trial', () => {
  const priced = priceCart(
    netCart('USD', [line('shirt', 3), line('shoe', 1)]),
    facts({ policy: preset('netPerLineStacked'), variants: goods }),
  )
  const { now, later, afterTrial } = paymentSchedule(priced, shoe('after_trial'))
  expect([now.total, now.subtotal, later.total, later.subtotal]).toEqual([0n, 0n, 0n, 0n])
  expect(afterTrial).toMatchObject({ subtotal: 11_500n, total: 11_500n })
})
