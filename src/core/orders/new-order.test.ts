import { describe, expect, it } from 'vitest'
import { cart, channel, facts, line, preset, promotion, variant } from '../../../test/golden/builders.js'
import { priceWithGifts } from '../cart/gifts.js'
import type { Facts } from '../pricing/facts.js'
import { newOrder } from './new-order.js'

const policy = preset('netPerRate')
const gift = promotion({ kind: 'free_gift', sku: 'mug', quantity: 2 }, { usageLimit: 100 })
const discount = promotion({ kind: 'amount_off_order', amount: { EUR: 100n } }, { usageLimit: 5 })
const unlimited = promotion({ kind: 'amount_off_order', amount: { EUR: 50n } })

/** The holds of an order of three tees (and what else is bought), with this much of the gift in stock. */
function order(mugs: number, boughtMugs = 0, stock: 'stock' | 'giftStock' = 'giftStock') {
  const store: Facts = {
    ...facts({
      policy,
      variants: [variant('tee', 1000n), variant('mug', 500n)],
      promotions: [gift, discount, unlimited],
    }),
    [stock]: new Map([
      ['mug', mugs],
      ['tee', 9],
    ]),
  }
  const lines = [line('tee', 3), ...(boughtMugs === 0 ? [] : [line('mug', boughtMugs, { sequence: 2 })])]
  const newId = () => crypto.randomUUID()
  const { priced } = priceWithGifts(cart(lines), { facts: store, newId })
  const limited = new Set([gift.id, discount.id])
  const input = { id: 'o', number: '1', parts: [], customer: undefined, idempotencyKey: undefined }
  return newOrder({ ...input, priced, channel: channel(policy), limited, now: store.now })
}

describe('what a new order holds', () => {
  it('are the pieces of its gifts, and a use of each limited promotion that took or gave something', () => {
    const { stock, coupons } = order(2).holds
    expect(stock).toEqual([
      { sku: 'tee', quantity: 3 },
      { sku: 'mug', quantity: 2 },
    ])
    expect(coupons).toEqual([discount.id, gift.id].map(promotionId => ({ code: '', promotionId })))
  })

  it.each([
    ['one piece is missing', 1, 0],
    ['the rest is bought', 3, 2],
  ])('is no gift and no use of it where %s', (_why, mugs, bought) => {
    for (const stock of ['stock', 'giftStock'] as const) {
      const { holds, snapshot } = order(mugs, bought, stock)
      expect(snapshot.lines.filter(({ item }) => item.giftOf !== undefined)).toEqual([])
      expect(holds.coupons).toEqual([{ code: '', promotionId: discount.id }])
    }
  })
})
