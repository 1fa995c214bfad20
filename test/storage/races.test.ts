import { expect, it } from 'vitest'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { insertCart, put, putStock, sampleCart, samplePlacing } from './samples.js'

function tally(outcomes: readonly { readonly kind: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

async function available(storage: OpenStorage, sku: string): Promise<number | undefined> {
  return (await storage.catalog.stock([sku])).get(sku)
}

describeOnEachDatabase('at the same moment', open => {
  it('64 buyers of 20 pieces place 20 orders with 20 numbers in a row', async () => {
    const storage = await open()
    await putStock(storage, { TWENTY: [11, 0, 9] })
    const buy = () => storage.orders.prepare(samplePlacing(sampleCart(), { stock: [{ sku: 'TWENTY', quantity: 1 }] }))
    const outcomes = await Promise.all(Array.from({ length: 64 }, buy))
    expect(tally(outcomes)).toEqual({ placed: 20, insufficient_stock: 44 })
    expect(await available(storage, 'TWENTY')).toBe(0)
    const numbers = outcomes.flatMap(outcome => (outcome.kind === 'placed' ? [outcome.order.number] : []))
    expect(numbers.sort()).toEqual(Array.from({ length: 20 }, (_, index) => `DE--${index + 1}`).sort())
  })

  it('50 placements of one cart make one order and take its stock once', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [100] })
    const cart = await insertCart(storage)
    const frozen = { cart: { ...cart, version: 2, status: 'placing' as const }, since: 1 }
    const hold = { stock: [{ sku: 'MUG-1', quantity: 3 }] }
    const place = (_: unknown, index: number) =>
      storage.orders.prepare(samplePlacing(cart, hold, index % 2 === 0 ? { cart: frozen } : {}))
    const outcomes = await Promise.all(Array.from({ length: 50 }, place))
    expect(tally(outcomes)).toEqual({ placed: 1, already_ordered: 49 })
    const ids = outcomes.flatMap(outcome => ('order' in outcome ? [outcome.order.id] : []))
    expect(new Set(ids).size).toBe(1)
    expect(await available(storage, 'MUG-1')).toBe(97)
  })

  it('placements of a purchase whose cart row is gone make one order', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [100] })
    const cart = sampleCart()
    const hold = { stock: [{ sku: 'MUG-1', quantity: 1 }] }
    const place = () => storage.orders.prepare(samplePlacing(cart, hold))
    const outcomes = await Promise.all(Array.from({ length: 12 }, place))
    expect(tally(outcomes)).toEqual({ placed: 1, already_ordered: 11 })
    expect(await available(storage, 'MUG-1')).toBe(99)
  })

  it('a gift card is never overdrawn and a coupon never used once too often', async () => {
    const storage = await open()
    const promotion = {
      ...{ id: 'p', integerId: 1, name: 'P', channels: ['de'], isActive: true, isExclusive: false },
      ...{ needsCoupon: true, conditions: [], benefits: [] },
    }
    const card = { code: 'CARD', integerId: 1, name: 'Card', currency: 'EUR', initial: 5000n, isActive: true }
    await put(
      storage,
      { kind: 'promotion', value: promotion },
      { kind: 'coupon', value: { code: 'SEVEN', integerId: 1, promotionId: 'p', isActive: true, usageLimit: 7 } },
      { kind: 'gift_card', channels: ['de'], value: card },
    )
    const giftCards = [{ code: 'CARD', amount: 900n }]
    const pay = () => storage.orders.prepare(samplePlacing(sampleCart(), { giftCards }))
    expect(tally(await Promise.all(Array.from({ length: 20 }, pay)))).toEqual({ placed: 5, gift_card_short: 15 })
    const coupons = [{ code: 'SEVEN', promotionId: 'p' }]
    const redeem = () => storage.orders.prepare(samplePlacing(sampleCart(), { coupons }))
    expect(tally(await Promise.all(Array.from({ length: 20 }, redeem)))).toEqual({ placed: 7, coupon_used_up: 13 })
    const codes = await storage.catalog.codes(['card', 'seven'], 'de')
    expect(codes.giftCards[0]?.balance).toBe(500n)
    expect(codes.coupons[0]?.used).toBe(7)
  })

  it('orders of the same goods in opposite order, placed and released, never wait for each other in a circle', async () => {
    const storage = await open()
    await putStock(storage, { A: [1000], B: [500, 500], C: [1000] })
    const skus = ['A', 'B', 'C']
    const placeAndRelease = async (_: unknown, index: number) => {
      const order = index % 2 === 0 ? skus : [...skus].reverse()
      const stock = order.map(sku => ({ sku, quantity: 1 }))
      const outcome = await storage.orders.prepare(samplePlacing(sampleCart(), { stock }))
      if (outcome.kind !== 'placed') return outcome.kind
      const canceled = { ...outcome.order, status: 'canceled' as const, version: 2 }
      return storage.orders.settle({ order: canceled, since: 1, payments: [], holds: 'release', events: [] })
    }
    const before = storage.sql.statementCount()
    const outcomes = await Promise.all(Array.from({ length: 60 }, placeAndRelease))
    expect(new Set(outcomes)).toEqual(new Set(['saved']))
    // A deadlock would have been repeated, so more statements than two per order would give it away.
    expect(storage.sql.statementCount() - before).toBe(120)
    for (const sku of skus) expect(await available(storage, sku)).toBe(1000)
  })
})
