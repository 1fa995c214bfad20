import { describe, expect, it } from 'vitest'
import { cart, facts, giftCard, line, preset, variant } from '../../../test/golden/builders.js'
import { priceCart } from '../pricing/price-cart.js'
import { storeCreditCode } from '../pricing/store-credit.js'
import type { Cart } from './cart.js'
import { setGiftCardUses } from './code-lists.js'
import { removeGiftCard } from './codes.js'
import type { DecisionContext } from './decision.js'
import { useStoreCredit } from './store-credit.js'

const policy = preset('grossCarried')
const account = storeCreditCode('c1', 'EUR')
const ten = giftCard('TEN', 1_000n)

function context(balance?: bigint): DecisionContext {
  const shop = facts({ policy, variants: [variant('mug', 1_500n)], giftCards: [ten] })
  const storeCredit = new Map(balance === undefined ? [] : [[account, balance]])
  return { facts: { ...shop, storeCredit }, newId: () => 'id' }
}

const mugs: Cart = { ...cart([line('mug', 2)]), owner: { kind: 'member', customerId: 'c1' } }
const paying: Cart = { ...mugs, usesStoreCredit: true }

describe('store credit', () => {
  it('pays what gift cards leave, and no more than there is', () => {
    const paidBy = (it: Cart, balance: bigint) => {
      const { giftCards, totals } = priceCart(it, context(balance).facts)
      return [giftCards.map(({ used }) => used), totals.amountDue]
    }
    expect(paidBy(paying, 500n)).toEqual([[500n], 2_500n])
    expect(paidBy(paying, 9_000n)).toEqual([[3_000n], 0n])
    const both = { ...paying, giftCards: [{ code: 'TEN' }] }
    expect(paidBy(both, 9_000n)).toEqual([[1_000n, 2_000n], 0n])
    expect(paidBy(mugs, 9_000n)).toEqual([[], 3_000n])
  })

  it('that was spent meanwhile keeps nobody from ordering', () => {
    const { giftCards, problems, totals } = priceCart(paying, context(0n).facts)
    const { problems: without } = priceCart(mugs, context().facts)
    expect([giftCards, problems, totals.amountDue]).toEqual([[], without, 3_000n])
  })

  it('is used where the owner has some', () => {
    expect(useStoreCredit(mugs, true, context(1n))).toEqual({ ok: true, value: paying })
    expect(useStoreCredit(paying, true, context(1n))).toEqual({ ok: true, value: paying })
    expect(useStoreCredit(paying, false, context())).toEqual({ ok: true, value: mugs })
  })

  it('is refused to nobody in particular, without any, and for what gift cards do not buy either', () => {
    const guest: Cart = { ...mugs, owner: { kind: 'guest', guestKey: 'g' } }
    expect(useStoreCredit(guest, true, context(1n))).toMatchObject({ error: { code: 'sign_in_required' } })
    for (const balance of [undefined, 0n]) {
      expect(useStoreCredit(mugs, true, context(balance))).toMatchObject({ error: { code: 'store_credit_empty' } })
    }
    const monthly = { optionId: 'm', frequency: 'month', interval: 1 } as const
    const subscribing = { ...mugs, lineItems: mugs.lineItems.map(one => ({ ...one, subscription: monthly })) }
    expect(useStoreCredit(subscribing, true, context(1n))).toMatchObject({ error: { code: 'gift_card_not_allowed' } })
  })

  it('goes by its name, as gift cards do, and stays where a list names it again', () => {
    expect(removeGiftCard(paying, account.toUpperCase())).toEqual({ ok: true, value: mugs })
    expect(removeGiftCard(mugs, account)).toMatchObject({ error: { code: 'gift_card_absent' } })
    expect(setGiftCardUses(paying, [{ code: account }], context(5n))).toEqual({ ok: true, value: paying })
    expect(setGiftCardUses(paying, [], context(5n))).toEqual({ ok: true, value: mugs })
    expect(setGiftCardUses(mugs, [{ code: account }], context(5n))).toMatchObject({ value: { giftCards: [] } })
  })
})
