import { expect, it } from 'vitest'
import type { StoredCard } from '../../src/core/payments/stored-card.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { later, now } from './samples.js'

const sampleCard = (at: number, more: Partial<StoredCard> = {}): StoredCard => ({
  token: at.toString(16).padStart(64, '0'),
  customerId: 'c1',
  channel: 'de',
  method: 'card',
  provider: 'sandbox',
  gatewayToken: `kept ${at}`,
  brand: 'visa',
  lastFour: at.toString().padStart(4, '0'),
  expiryMonth: 2,
  expiryYear: 2031,
  isDefault: false,
  ...more,
})

async function withCustomer(storage: OpenStorage, id = 'c1') {
  const customer = {
    ...{ id, email: `${id}@example.test`, groups: [], acceptsMarketing: false, isConfirmed: true, addresses: [] },
    ...{ customFields: {}, createdAt: now, updatedAt: now, version: 1 },
  }
  const added = await storage.customers.insert(customer, { passwordHash: 'hash', referencePrefix: 'DE--' })
  if (added === 'exists') throw new Error('not inserted')
  return added
}

describeOnEachDatabase('stored cards', open => {
  it('are those of one customer in one channel, the default first, then the newest', async () => {
    const storage = await open()
    const { storedCards } = storage
    await withCustomer(storage)
    await withCustomer(storage, 'c2')
    const kept = [
      await storedCards.keep(sampleCard(1, { isDefault: true }), now, 9),
      await storedCards.keep(sampleCard(2), now, 9),
      await storedCards.keep(sampleCard(3), later, 9),
      await storedCards.keep(sampleCard(4, { channel: 'us' }), later, 9),
      await storedCards.keep(sampleCard(5, { customerId: 'c2' }), later, 9),
    ]
    expect(kept).toEqual(Array(5).fill('kept'))
    const first = sampleCard(1, { isDefault: true })
    expect(await storedCards.list('c1', 'de')).toStrictEqual([first, sampleCard(3), sampleCard(2)])
    expect(await storedCards.list('c2', 'de')).toStrictEqual([sampleCard(5, { customerId: 'c2' })])
    expect(await storedCards.list('c2', 'us')).toEqual([])
  })

  it('have one default, the last that was made so; when it goes, the one of before is', async () => {
    const storage = await open()
    const { storedCards } = storage
    await withCustomer(storage)
    for (const at of [1, 2]) await storedCards.keep(sampleCard(at, { isDefault: at === 1 }), now, 9)
    expect(await storedCards.makeDefault('c1', sampleCard(2).token, later)).toBe(true)
    expect(await storedCards.makeDefault('c2', sampleCard(1).token, later)).toBe(false)
    const defaults = async () => (await storedCards.list('c1', 'de')).map(({ isDefault }) => isDefault)
    expect(await defaults()).toEqual([true, false])
    expect((await storedCards.list('c1', 'de'))[0]?.token).toBe(sampleCard(2).token)
    const both = [1, 2].map(at => storedCards.makeDefault('c1', sampleCard(at).token, later))
    expect(await Promise.all(both)).toEqual([true, true])
    expect(await defaults()).toEqual([true, false])
    expect(await storedCards.remove('c1', sampleCard(2).token)).toBe(true)
    expect(await defaults()).toEqual([true])
  })

  it('are told by their figures: kept again, also by many at once, a card is one and keeps its token', async () => {
    const storage = await open()
    const { storedCards } = storage
    await withCustomer(storage)
    const again = (at: number) => ({ ...sampleCard(1), token: sampleCard(at).token, gatewayToken: `newer ${at}` })
    const kept = await Promise.all([1, 2, 3, 4, 5].map(at => storedCards.keep(again(at), now, 1)))
    expect(kept).toEqual(Array(5).fill('kept'))
    const [only, ...others] = await storedCards.list('c1', 'de')
    expect(others).toEqual([])
    expect(await storedCards.keep({ ...again(9), isDefault: true }, later, 1)).toBe('kept')
    expect(await storedCards.list('c1', 'de')).toEqual([
      { ...sampleCard(1), token: only?.token, gatewayToken: 'newer 9', isDefault: true },
    ])
  })

  it('are no more than allowed, and of nobody who is not there', async () => {
    const storage = await open()
    const { storedCards } = storage
    await withCustomer(storage)
    expect(await storedCards.keep(sampleCard(1), now, 2)).toBe('kept')
    expect(await storedCards.keep(sampleCard(2), now, 2)).toBe('kept')
    expect(await storedCards.keep(sampleCard(3), now, 2)).toBe('refused')
    expect(await storedCards.keep(sampleCard(2), now, 2)).toBe('kept')
    expect(await storedCards.keep(sampleCard(3, { channel: 'us' }), now, 2)).toBe('kept')
    expect(await storedCards.keep(sampleCard(1, { customerId: 'c9' }), now, 2)).toBe('refused')
  })

  it('go once, by their customer alone, or all of them', async () => {
    const storage = await open()
    const { storedCards } = storage
    await withCustomer(storage)
    for (const at of [1, 2, 3]) await storedCards.keep(sampleCard(at), now, 9)
    const { token } = sampleCard(1)
    expect(await storedCards.remove('c2', token)).toBe(false)
    const removed = await Promise.all([1, 2, 3].map(() => storedCards.remove('c1', token)))
    expect(removed.filter(Boolean)).toHaveLength(1)
    expect(await storedCards.removeAll('c1')).toBe(2)
    expect(await storedCards.list('c1', 'de')).toEqual([])
  })

  it('never hold a number: neither a longer one in place of four digits, nor a token that is not ours', async () => {
    const storage = await open()
    const { storedCards } = storage
    await withCustomer(storage)
    for (const wrong of [{ lastFour: '4111111111111111' }, { lastFour: '111' }, { token: '4111111111111111' }]) {
      await expect(storedCards.keep(sampleCard(1, wrong), now, 9)).rejects.toThrow()
    }
  })

  it('none is left of a customer who is forgotten while cards are being kept', async () => {
    const storage = await open()
    const { storedCards, customers } = storage
    for (let round = 0; round < 10; round += 1) {
      const customer = await withCustomer(storage, `c${round}`)
      const forget = async () => {
        const email = `${customer.id}@anonymous.invalid`
        expect(await customers.save({ ...customer, email, version: 2 }, 1)).toBe('saved')
        await storedCards.removeAll(customer.id)
      }
      const keeps = [1, 2, 3, 4].map(at =>
        storedCards.keep(sampleCard(at + 10 * round, { customerId: customer.id }), now, 9),
      )
      await Promise.all([...keeps.slice(0, 2), forget(), ...keeps.slice(2)])
      expect(await storedCards.list(customer.id, 'de')).toEqual([])
      expect(await storedCards.keep(sampleCard(999, { customerId: customer.id }), now, 9)).toBe('refused')
    }
  })
})
