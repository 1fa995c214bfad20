import { beforeAll, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { openTill, type Till } from './till.js'

const shop: Caller = {
  kind: 'key',
  keyId: 'shop',
  permissions: ['settings:read', 'settings:write', 'payments:read', 'payments:write'],
}
const channel = 'us'
/** More than are taken back in one step. */
const many = 260

describeOnEachDatabase('taking all codes back at once', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  it("takes every coupon that is the channel's own, however many, and none that others share", async () => {
    const { createCoupon, deleteCoupons, listCoupons } = till.server.operations
    const codes = async () => {
      const listed = await listCoupons(shop, { channel, offset: 0, limit: 250 })
      return listed.ok ? listed.value.coupons.map(one => one.coupon.code) : listed
    }
    expect(await codes()).toEqual(['SAVE20', 'FREESHIP', 'ONCE'])
    for (let index = 0; index < many; index += 1) {
      const terms = { name: `Bulk ${index}`, isActive: true, conditions: [] }
      const benefits = [{ kind: 'amount_off_order', amount: { USD: 100n } }] as const
      expect((await createCoupon(shop, { channel, code: `BULK-${index}`, ...terms, benefits })).ok).toBe(true)
    }
    // The two of the demo that hold in this channel alone go with them.
    expect(await deleteCoupons(shop, { channel })).toEqual({ ok: true, value: many + 2 })
    expect(await codes()).toEqual(['ONCE'])
    expect(await deleteCoupons(shop, { channel })).toEqual({ ok: true, value: 0 })
  })

  it('takes every gift card that was made here, however many, and none that came with the store', async () => {
    const { createGiftCard, deleteGiftCards, listGiftCards } = till.server.operations
    const before = await listGiftCards(shop, { channel, offset: 0, limit: 100 })
    const person = { name: 'Ada', email: 'ada@example.com' }
    for (let index = 0; index < many; index += 1) {
      const terms = { currency: 'USD', initial: 500n, balance: 500n, isActive: true }
      const made = await createGiftCard(shop, {
        channel,
        ...terms,
        details: { recipient: person, sender: person, message: '', design: 'none', purchasedAt: till.server.now() },
      })
      expect(made.ok).toBe(true)
    }
    expect(await deleteGiftCards(shop, { channel })).toEqual({ ok: true, value: many })
    expect(await listGiftCards(shop, { channel, offset: 0, limit: 100 })).toEqual(before)
    await till.expectBooksInOrder()
  })

  it.each(['store-credit-ada-USD', ' STORE-CREDIT-ADA-USD'])(
    'refuses %j, which is how an account is called',
    async code => {
      const person = { name: 'Ada', email: 'ada@example.com' }
      const made = await till.server.operations.createGiftCard(shop, {
        ...{ channel, code, currency: 'USD', initial: 500n, balance: 500n, isActive: true },
        details: { recipient: person, sender: person, message: '', design: 'none', purchasedAt: till.server.now() },
      })
      expect(made).toEqual({ ok: false, error: { code: 'invalid_input', field: 'code', rule: 'taken' } })
    },
  )
})
