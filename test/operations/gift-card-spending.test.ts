import { beforeAll, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { openTill, sell, type Till } from './till.js'

const till1: Caller = { kind: 'key', keyId: 'counter', permissions: ['payments:read', 'payments:write'] }
const code = 'GIFT50DEMO'

describeOnEachDatabase('a gift card that is spent without an order', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  const spend = (amount: bigint, more: object = {}, caller: Caller = till1) =>
    till.server.operations.spendGiftCard(caller, { channel: 'us-wix', code, amount, currency: 'USD', ...more })
  const giveBack = (transaction: string, caller: Caller = till1) =>
    till.server.operations.returnGiftCard(caller, { transaction })

  async function balance(): Promise<unknown> {
    const read = await till.server.operations.readGiftCard(till1, { channel: 'us-wix', code })
    return read.ok ? read.value.balance : read.error
  }

  it('is worth less by that much until it is given back, once', async () => {
    const spent = await spend(2_000n, { code: 'gift50demo' })
    expect(await balance()).toBe(3_000n)
    const transaction = spent.ok ? spent.value.transaction : ''
    await till.expectBooksInOrder()
    expect(await giveBack(transaction)).toEqual({ ok: true, value: null })
    expect(await giveBack(transaction)).toEqual({ ok: true, value: null })
    expect(await balance()).toBe(5_000n)
    await till.expectBooksInOrder()
  })

  it('gives no more than it has, to however many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => spend(1_000n)))
    expect(answers.filter(answer => answer.ok)).toHaveLength(5)
    expect(await balance()).toBe(0n)
    const short = { ok: false, error: { code: 'gift_card_empty', giftCardCode: code } }
    expect(answers.filter(answer => !answer.ok)).toEqual([short, short, short])
    for (const answer of answers) if (answer.ok) await giveBack(answer.value.transaction)
    expect(await balance()).toBe(5_000n)
    await till.expectBooksInOrder()
  })

  it('is refused for nothing, beyond its balance, in a channel that does not know it, or by an unknown code', async () => {
    expect(await spend(0n)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(await spend(5_001n)).toMatchObject({ ok: false, error: { code: 'gift_card_empty' } })
    expect(await spend(100n, { channel: 'nowhere' })).toMatchObject({ ok: false, error: { code: 'gift_card_unknown' } })
    expect(await spend(100n, { code: 'NOSUCHCARD' })).toMatchObject({ ok: false, error: { code: 'gift_card_unknown' } })
    expect(await balance()).toBe(5_000n)
  })

  it('is for keys that may', async () => {
    const reader: Caller = { kind: 'key', keyId: 'reader', permissions: ['payments:read'] }
    const forbidden = { ok: false, error: { code: 'forbidden' } }
    for (const caller of [reader, { kind: 'visitor', visitorId: 'v' }, { kind: 'anonymous' }] as const) {
      expect(await spend(100n, {}, caller)).toMatchObject(forbidden)
      expect(await giveBack('x', caller)).toMatchObject(forbidden)
    }
    expect(
      await till.server.operations.readGiftCard({ kind: 'visitor', visitorId: 'v' }, { channel: 'us-wix', code }),
    ).toMatchObject(forbidden)
    expect(await balance()).toBe(5_000n)
  })

  it('has no transaction that nobody made, and what an order holds is the order’s', async () => {
    expect(await giveBack('no-such-transaction')).toEqual({ ok: false, error: { code: 'payment_not_found' } })
    const guest = await sell(till, '', {
      payments: [{ method: 'dummyPaymentInvoice' }],
      instruments: [],
    })
    const { order } = await till.saleOf(guest.cartId)
    expect(await giveBack(order.id)).toEqual({ ok: false, error: { code: 'payment_not_found' } })
    await till.expectBooksInOrder()
  })
})
