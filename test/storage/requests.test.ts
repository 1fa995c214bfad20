import { expect, it } from 'vitest'
import type { OutboxEvent } from '../../src/storage/storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { insertCart } from './samples.js'

// Not today: whatever expires does so by the time of the program.
const now = '2031-05-06T07:00:00.000Z'
const inAnHour = { now, expiresAt: '2031-05-06T08:00:00.000Z' }
const anHourAgo = { now, expiresAt: '2031-05-06T06:00:00.000Z' }

describeOnEachDatabase('an idempotency key', open => {
  it('is claimed by one of many, who may answer once for all', async () => {
    const { idempotency } = await open()
    const claim = () => idempotency.claim('k', 'body', inAnHour)
    const kinds = (await Promise.all(Array.from({ length: 8 }, claim))).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual([...Array(7).fill('busy'), 'claimed'])
    await idempotency.answer('k', { status: 201, body: [null, '#1'] })
    expect(await claim()).toStrictEqual({ kind: 'answered', answer: { status: 201, body: [null, '#1'] } })
    expect(await idempotency.claim('k', 'another body', inAnHour)).toEqual({ kind: 'mismatch' })
  })

  it('may be answered with null', async () => {
    const { idempotency } = await open()
    await idempotency.claim('k', 'body', inAnHour)
    await idempotency.answer('k', null)
    expect(await idempotency.claim('k', 'body', inAnHour)).toEqual({ kind: 'answered', answer: null })
  })

  it('is free again after release or expiry, but never while it is answered', async () => {
    const { idempotency } = await open()
    await idempotency.claim('k', 'body', inAnHour)
    await idempotency.release('k')
    expect(await idempotency.claim('k', 'other', anHourAgo)).toEqual({ kind: 'claimed' })
    expect(await idempotency.claim('k', 'third', inAnHour)).toEqual({ kind: 'claimed' })
    await idempotency.answer('k', 1)
    await idempotency.release('k')
    expect(await idempotency.claim('k', 'third', inAnHour)).toEqual({ kind: 'answered', answer: 1 })
    expect(await idempotency.prune(now, 10)).toBe(0)
  })

  it('whose first request died is claimed again after its lease, with the same body only', async () => {
    const { idempotency, sql } = await open()
    await idempotency.claim('k', 'body', inAnHour)
    await sql.query("update idempotency_keys set leased_until = now() - interval '1 second'")
    expect(await idempotency.claim('k', 'other', inAnHour)).toEqual({ kind: 'mismatch' })
    expect(await idempotency.claim('k', 'body', inAnHour)).toEqual({ kind: 'claimed' })
    expect(await idempotency.claim('k', 'body', inAnHour)).toEqual({ kind: 'busy' })
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

  it('shows the oldest to whoever looks, and keeps them, also those that a drain has in hand', async () => {
    const storage = await open()
    await emit(storage, 'a', 1, 2)
    await storage.outbox.add({ type: 'order.placed', subject: 'o', data: { n: 3 } })
    const look = async (limit: number, type?: string) =>
      (await storage.outbox.oldest(limit, type)).map(({ data }) => data)
    expect(await look(10)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(await look(2)).toEqual([{ n: 1 }, { n: 2 }])
    expect(await look(1, 'order.placed')).toEqual([{ n: 3 }])
    await storage.outbox.drain(10, async () => {
      expect(await look(10)).toHaveLength(3)
      return []
    })
  })

  it('takes back what was acknowledged, those of one subject in their order', async () => {
    const storage = await open()
    await emit(storage, 'a', 1, 3)
    await emit(storage, 'b', 4, 4)
    const ids = (await storage.outbox.oldest(10, undefined)).map(({ id }) => id)
    const [a1 = 0n, a2 = 0n, a3 = 0n, b = 0n] = ids
    expect(await storage.outbox.acknowledge([a2, a3, b, 424_242n])).toEqual({ deleted: 1, waiting: 2 })
    expect(await storage.outbox.acknowledge([a1, a2])).toEqual({ deleted: 2, waiting: 0 })
    expect((await storage.outbox.oldest(10, undefined)).map(({ id }) => id)).toEqual([a3])
    const both = await Promise.all([storage.outbox.acknowledge([a3]), storage.outbox.acknowledge([a3])])
    expect(both.map(({ deleted }) => deleted).sort()).toEqual([0, 1])
  })

  it('gives an event that was written late to whoever asks for the oldest again', async () => {
    const storage = await open()
    await storage.sql.query(
      "insert into outbox (id, type, subject, data) overriding system value values (90, 'a.b', 's', '1')",
    )
    const [first] = await storage.outbox.oldest(10, undefined)
    await storage.outbox.acknowledge([first?.id ?? 0n])
    await storage.sql.query(
      "insert into outbox (id, type, subject, data) overriding system value values (80, 'a.b', 't', '2')",
    )
    expect(await storage.outbox.oldest(10, undefined)).toMatchObject([{ id: 80n, data: 2 }])
  })

  it('keeps what names a person for a day, and other events until they are too old', async () => {
    const storage = await open()
    for (const type of ['customer.sign_in_requested', 'order.placed']) {
      for (const subject of ['old', 'new']) await storage.outbox.add({ type, subject, data: { type, subject } })
    }
    await storage.sql.query("update outbox set at = now() - interval '25 hours' where subject = 'old'")
    const aMonthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString()
    expect(await storage.outbox.prune(aMonthAgo, 10)).toBe(1)
    expect((await storage.outbox.oldest(10, undefined)).map(({ data }) => data)).toEqual([
      { type: 'customer.sign_in_requested', subject: 'new' },
      { type: 'order.placed', subject: 'old' },
      { type: 'order.placed', subject: 'new' },
    ])
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
