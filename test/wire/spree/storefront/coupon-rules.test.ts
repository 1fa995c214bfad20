import { expect, it } from 'vitest'
import { sellBy } from '../golden-store.js'
import { describeShop, threeTotes } from '../shop.js'

// dialects/spree.md 3.8: every way in which a code is refused, at `apply_coupon_code` and within a step.

const notEligible = 'This coupon code is not eligible for this order'
const tenOff = { benefits: [{ kind: 'percent_off_lines', rate: '10' }] }

/** Rules of promotions, with what is said about an order of three totes at 15.99 that does not meet them. */
const rules = [
  {
    conditions: [{ kind: 'subtotal', atLeast: { USD: '1500.00' } }],
    said: "This coupon code can't be applied to orders less than $1,500.00.",
    code: null,
  },
  {
    conditions: [{ kind: 'subtotal', atMost: { USD: '20.00' } }],
    said: "This coupon code can't be applied to orders higher than $20.00.",
    code: null,
  },
  {
    conditions: [{ kind: 'products', skus: ['ROR-10012'] }],
    said: 'You need to add an applicable product before applying this coupon code.',
    code: null,
  },
  {
    conditions: [{ kind: 'categories', categories: ['Books'] }],
    said: 'You need to add a product from an applicable category before applying this coupon code.',
    code: null,
  },
  { conditions: [{ kind: 'subtotal', atLeast: { EUR: '1.00' } }], said: notEligible, code: 'coupon_code_not_eligible' },
  { conditions: [{ kind: 'quantity', atLeast: 9 }], said: notEligible, code: 'coupon_code_not_eligible' },
  { endsAt: '2020-01-01T00:00:00.000Z', said: 'The coupon code is expired', code: 'coupon_code_expired' },
  { startsAt: '2090-01-01T00:00:00.000Z', said: 'The coupon code is expired', code: 'coupon_code_expired' },
] as const

describeShop('rules of coupons', shop => {
  it('say why a code is refused: PUT /api/orders/:number/apply_coupon_code', async () => {
    const promotions = rules.map(({ said: _said, code: _code, ...rule }, index) => ({
      id: `rule-${index}`,
      name: `Rule ${index}`,
      ...tenOff,
      ...rule,
      coupons: [{ code: `RULE${index}`, integerId: 2_000 + index }],
    }))
    await sellBy(shop.server(), { promotions })
    const { number, token } = await shop.newOrder(threeTotes)
    const before = await shop.read({ number, token })
    for (const [index, { said, code }] of rules.entries()) {
      const refused = await shop.send('PUT', `/api/orders/${number}/apply_coupon_code?coupon_code=rule${index}`, {
        token,
      })
      expect([index, refused.status, refused.json]).toEqual([
        index,
        422,
        { success: null, error: said, successful: false, status_code: code },
      ])
      const step = await shop.put({ number, token }, { order: { coupon_code: `rule${index}` } }, 422)
      expect([index, step]).toEqual([index, { error: said }])
    }
    expect(await shop.read({ number, token })).toMatchObject({ total: before.total, state: 'cart' })
  })
})
