import { expect, it } from 'vitest'
import type { OutboxEvent } from '../../src/storage/storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { insertCart } from './samples.js'

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString()

describeOnEachDatabase('an idempotency key', open => {
  it('is claimed by one of many, who may answer once for all', async () => {
    const { idempotency } = await open()
    const claim = () => idempotency.claim('k', 'body', inAnHour())
    const kinds = (await Promise.all(Array.from({ length: 8 }, claim))).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual([...Array(7).fill('busy'), 'claimed'])
    await idempotency.answer('k', { status: 201, body: [null, '#1'] })
    expect(await claim()).toStrictEqual({ kind: 'answered', answer: { status: 201, body: [null, '#1'] } })
    expect(await idempotency.claim('k', 'another body', inAnHour())).toEqual({ kind: 'mismatch' })
  })

  it('may be answered with null', async () => {
    const { idempotency } = await open()
    await idempotency.claim('k', 'body', inAnHour())
    await idempotency.answer('k', null)
    expect(await idempotency.claim('k', 'body', inAnHour())).toEqual({ kind: 'answered', answer: null })
  })

  it('is free again after release or expiry, but never while it is answered', async () => {
    const { idempotency } = await open()
    await idempotency.claim('k', 'body', inAnHour())
    await idempotency.release('k')
    expect(await idempotency.claim('k', 'other', anHourAgo())).toEqual({ kind: 'claimed' })
    expect(await idempotency.claim('k', 'third', inAnHour())).toEqual({ kind: 'claimed' })
    await idempotency.answer('k', 1)
    await idempotency.release('k')
    expect(await idempotency.claim('k', 'third', inAnHour())).toEqual({ kind: 'answered', answer: 1 })
    expect(await idempotency.prune(new Date().toISOString(), 10)).toBe(0)
  })

  it('whose first request died is claimed again after its lease, with the same body only', async () => {
    const { idempotency, sql } = await open()
    await idempotency.claim('k', 'body', inAnHour())
    await sql.query("update idempotency_keys set leased_until = now() - interval '1 second'")
    expect(await idempotency.claim('k', 'other', inAnHour())).toEqual({ kind: 'mismatch' })
    expect(await idempotency.claim('k', 'body', inAnHour())).toEqual({ kind: 'claimed' })
    expect(await idempotency.claim('k', 'body', inAnHour())).toEqual({ kind: 'busy' })
  })
})

describeOnEachDatabase('the outbox', open => {
  async function emit(storage: Awaited<ReturnType<typeof open>>, subject: string, from: number, to: number) {
    const events: OutboxEvent[] = []
    for (let n = from; n <= to; n += 1) events.push({ type: 'cart.changed', subject, data: { n } })
    const cart = await insertCart(storage)
    await storage.carts.save({ ...cart, version: 2 }, 1, events)
  }

  it('delivers every event once, those of one subject in order, to any number of drains', async () => {
    const storage = await open()
    await emit(storage, 'a', 1, 30)
    await emit(storage, 'b', 1, 30)
    const seen: { subject: string; data: unknown }[] = []
    const drainAll = async () => {
      for (let idle = 0; idle < 5; ) {
        const count = await storage.outbox.drain(4, async events => {
          seen.push(...events.map(({ subject, data }) => ({ subject, data })))
          return events.map(event => event.id)
        })
        idle = count === 0 ? idle + 1 : 0
      }
    }
    await Promise.all([drainAll(), drainAll(), drainAll()])
    for (const subject of ['a', 'b']) {
      const order = seen.filter(event => event.subject === subject).map(event => event.data)
      expect(order).toEqual(Array.from({ length: 30 }, (_, index) => ({ n: index + 1 })))
    }
  })

  it('offers again what was not acknowledged, also when delivery throws', async () => {
    const storage = await open()
    await emit(storage, 'a', 1, 2)
    const failing = storage.outbox.drain(10, async () => Promise.reject(new Error('away')))
    await expect(failing).rejects.toThrow('away')
    expect(await storage.outbox.drain(10, async ([first]) => (first === undefined ? [] : [first.id]))).toBe(1)
    const left: unknown[] = []
    await storage.outbox.drain(10, async events => {
      left.push(...events.map(({ data }) => data))
      return events.map(event => event.id)
    })
    expect(left).toEqual([{ n: 2 }])
    expect(await storage.outbox.drain(10, async () => [])).toBe(0)
  })
})

describeOnEachDatabase('a setting', open => {
  it('is made once, whoever asks first', async () => {
    const { settings } = await open()
    const read = (_: unknown, index: number) => settings.readOrCreate('secret', () => `secret ${index}`)
    const values = new Set(await Promise.all(Array.from({ length: 8 }, read)))
    expect(values.size).toBe(1)
    expect(values).toContain(await settings.readOrCreate('secret', () => 'another'))
  })
})
