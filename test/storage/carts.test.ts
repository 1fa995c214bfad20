import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CartOwner } from '../../src/core/access/caller.js'
import { present } from '../../src/core/assert.js'
import type { Cart } from '../../src/core/cart/cart.js'
import { decodeCart, encodeCart } from '../../src/storage/postgres/cart-codec.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { insertCart, now, putStock, sampleCart, sampleLine } from './samples.js'

/** Texts that a careless codec takes for something else. */
const hostileTexts = [
  '5n',
  '#5',
  '##5',
  '#',
  '',
  '123',
  '{"$bigint":"5"}',
  '\u0000',
  '\ud800',
  '"\\\n\u2028',
  '__proto__',
  "'; drop table carts; --",
  'ß\u{1f600}',
]

const hostileRecord = Object.fromEntries(hostileTexts.map((text, index) => [`key ${index}`, text]))

function fullCart(): Cart {
  const line = sampleLine({ seenUnitPrice: 12n })
  return sampleCart({
    name: '5n',
    owner: { kind: 'member', customerId: 'customer #5' },
    buyer: { email: '#12', isCorporate: false },
    lineItems: [
      line,
      sampleLine({ sequence: 2, origin: { kind: 'manual', unitPrice: 9_007_199_254_740_993n, by: '7' } }),
      sampleLine({
        sequence: 3,
        origin: { kind: 'custom', name: '#1', unitPrice: -1n, listPrice: 0n, itemKind: 'service' },
      }),
      sampleLine({ sequence: 4, origin: { kind: 'custom', name: '12', unitPrice: 5n, itemKind: 'digital' } }),
      sampleLine({
        sequence: 5,
        origin: {
          kind: 'gift_certificate',
          amount: 5000n,
          name: '5000',
          sender: { name: 'a', email: 'b' },
          recipient: { name: 'c', email: 'd' },
        },
        configuration: { amount: '5', unitPrice: 5, nested: [null, true, '#5'] },
        customData: hostileRecord,
        extras: { x: hostileTexts },
        subscription: { optionId: 'o', frequency: 'month', interval: 1 },
      }),
    ],
    consignments: [
      {
        id: randomUUID(),
        sequence: 1,
        items: [{ lineItemId: line.id, quantity: 1 }],
        destination: { kind: 'address', address: { line1: '#1', latitude: 52.5, customFields: hostileRecord } },
        selectedOption: '1',
        selectedPrice: 490n,
        deliveryWindow: { start: now, end: now, price: 0n },
      },
      { id: randomUUID(), sequence: 2, items: [], destination: { kind: 'unknown' } },
    ],
    billingAddress: { firstName: '\u0000' },
    couponCodes: hostileTexts,
    giftCards: [{ code: '#5', limit: 5n }, { code: '5' }],
    payments: [
      { id: '1', method: 'card', amount: 100n, data: { '#': '#1' } },
      { id: '2', method: 'invoice' },
    ],
    customData: { app: hostileRecord },
    fees: [{ id: 'f', name: 'n', displayName: 'd', amount: 10n }],
    manualDiscounts: [{ id: 'd', name: 'n', amount: 3n, lineItemId: line.id }],
    notices: [{ code: 'price_changed', level: 'info', data: hostileRecord, at: now }],
    extras: { dialect: { deep: [hostileRecord] } },
  })
}

/** As PostgreSQL can look at it: U+FFFD for a NUL and for half of a character. */
function withoutHalves(cart: Cart): Cart {
  const readable = (text: string) => text.replaceAll(/[\0\ud800]/gu, '\ufffd')
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return readable(value)
    if (Array.isArray(value)) return value.map(change)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member)]))
  }
  return change(cart) as Cart
}

describe('the cart codec', () => {
  it('gives back every cart as it was, absent members absent', () => {
    const cart = fullCart()
    const read = decodeCart(JSON.parse(encodeCart(cart)), cart.version)
    expect(read).toStrictEqual(cart)
    expect(Object.keys(read.lineItems[0] ?? {})).not.toContain('parent')
  })

  it('reads 500 lines in little more time than JSON.parse takes', () => {
    const lineItems = Array.from({ length: 500 }, () => sampleLine({ seenUnitPrice: 1250n }))
    const text = encodeCart(sampleCart({ lineItems }))
    const cpuOf = (work: () => unknown) => {
      for (let count = 0; count < 50; count += 1) work()
      const before = process.cpuUsage()
      for (let count = 0; count < 200; count += 1) work()
      return process.cpuUsage(before).user
    }
    // Alone it is about a tenth more; three times leaves room for a busy machine.
    expect(cpuOf(() => decodeCart(JSON.parse(text), 1))).toBeLessThan(3 * cpuOf(() => JSON.parse(text)))
  })

  it('keeps any text and any amount', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.bigInt(), fc.jsonValue(), (text, amount, json) => {
        const cart = sampleCart({
          customerNote: text,
          giftCards: [{ code: text, limit: amount }],
          fees: [{ id: text, name: text, displayName: text, amount }],
          extras: { x: JSON.parse(JSON.stringify(json)) },
          lineItems: [sampleLine({ seenUnitPrice: amount, origin: { kind: 'manual', unitPrice: amount, by: text } })],
        })
        expect(decodeCart(JSON.parse(encodeCart(cart)), 1)).toStrictEqual(cart)
      }),
      { numRuns: 200 },
    )
  })
})

describeOnEachDatabase('carts', open => {
  it('come back from the database as they were, by each key, with the epoch', async () => {
    const { carts } = await open()
    const sent = fullCart()
    expect(await carts.insert(sent, { soleOfOwner: false, events: [] })).toBe('saved')
    const cart = withoutHalves(sent)
    const keys = [
      { id: cart.id },
      { number: cart.number },
      { integerId: cart.integerId },
      { owner: cart.owner, channel: 'de' },
    ]
    for (const key of keys) expect(await carts.read(key)).toStrictEqual({ cart, epoch: 1n })
    expect(await carts.list(cart.owner, 'de')).toStrictEqual({ carts: [cart], epoch: 1n })
  })

  it('with texts that are no characters can be listed beside others, and their books be read', async () => {
    const { carts, purchases, books } = await open()
    await carts.insert(fullCart(), { soleOfOwner: false, events: [] })
    const listed = await purchases.list({ channel: 'de', conditions: [], sorts: [], limit: 5, offset: 0 })
    expect(listed.total).toBe(1)
    const findings = await books.check({ now: new Date().toISOString(), shown: 1 })
    expect(findings.filter(({ total }) => total > 0)).toEqual([])
  })

  it('that are not there are undefined, with the epoch', async () => {
    const { carts } = await open()
    expect(await carts.read({ id: 'no such id' })).toStrictEqual({ cart: undefined, epoch: 1n })
    expect(await carts.list({ kind: 'guest', guestKey: 'x' }, 'de')).toStrictEqual({ carts: [], epoch: 1n })
    expect(await carts.read({ owner: { kind: 'open' }, channel: 'de' })).toMatchObject({ cart: undefined })
  })

  it('are saved only on the version that was read, events with them', async () => {
    const storage = await open()
    const cart = await insertCart(storage)
    const changed = { ...cart, version: 2, name: 'first' }
    const event = { type: 'cart.changed', subject: cart.id, data: { v: 2 } }
    expect(await storage.carts.save(changed, 1, [event])).toBe('saved')
    expect(await storage.carts.save({ ...changed, name: 'second' }, 1, [event])).toBe('lost')
    expect(await storage.carts.remove(cart.id, 1, [event])).toBe('lost')
    expect((await storage.carts.read({ id: cart.id })).cart).toStrictEqual(changed)
    expect((await storage.sql.query('select 1 from outbox')).count).toBe(1)
    expect(await storage.carts.remove(cart.id, 2, [event])).toBe('saved')
    expect((await storage.carts.read({ id: cart.id })).cart).toBeUndefined()
  })

  it('are read with the stock of what they hold now, whoever wrote them last', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [2, 3], 'TEE-1': [6], 'POT-1': [7] })
    const read = async (id: string) => (await storage.carts.read({ id }, ['POT-1'])).stock
    const holding = (...skus: readonly string[]) => skus.map((sku, index) => sampleLine({ sku, sequence: index + 1 }))
    const cart = await insertCart(storage, { lineItems: holding('MUG-1', 'none\u0000such') })
    expect(await read(cart.id)).toEqual(
      new Map([
        ['MUG-1', 5],
        ['POT-1', 7],
      ]),
    )
    await storage.carts.save({ ...cart, version: 2, lineItems: holding('TEE-1') }, 1, [])
    expect(await read(cart.id)).toEqual(
      new Map([
        ['TEE-1', 6],
        ['POT-1', 7],
      ]),
    )
    // A writer that knows nothing of the column.
    const body = encodeCart({ ...cart, lineItems: holding('MUG-1', 'TEE-1') })
    await storage.sql.query('update carts set version = 3, body = $2 where id = $1', [cart.id, body])
    expect(await read(cart.id)).toEqual(
      new Map([
        ['MUG-1', 5],
        ['TEE-1', 6],
        ['POT-1', 7],
      ]),
    )
    expect(await read('no such id')).toEqual(new Map([['POT-1', 7]]))
  })

  it('of one statement each: read, list, save and remove', async () => {
    const storage = await open()
    const cart = await insertCart(storage)
    const before = storage.sql.statementCount()
    await storage.carts.read({ id: cart.id })
    await storage.carts.list(cart.owner, 'de')
    await storage.carts.save({ ...cart, version: 2 }, 1, [{ type: 'cart.changed', subject: cart.id, data: null }])
    await storage.carts.remove(cart.id, 2, [])
    expect(storage.sql.statementCount() - before).toBe(4)
  })

  it('keep every one of 50 changes made at the same time', async () => {
    const storage = await open()
    const { id } = await insertCart(storage)
    const addOne = async () => {
      for (;;) {
        const cart = present((await storage.carts.read({ id })).cart, 'the cart is there')
        const lineItems = [...cart.lineItems, sampleLine({ sequence: cart.lineItems.length + 1 })]
        const changed = { ...cart, version: cart.version + 1, lineItems }
        if ((await storage.carts.save(changed, cart.version, [])) === 'saved') return
      }
    }
    await Promise.all(Array.from({ length: 50 }, addOne))
    const { cart } = await storage.carts.read({ id })
    expect(cart?.version).toBe(51)
    expect(cart?.lineItems).toHaveLength(50)
  })

  it('whose number or integer id is taken are not inserted, nor are their events', async () => {
    const storage = await open()
    const first = await insertCart(storage)
    const events = [{ type: 'cart.created', subject: 'x', data: null }]
    for (const taken of [{ number: first.number }, { integerId: first.integerId }, { id: first.id }]) {
      expect(await storage.carts.insert(sampleCart(taken), { soleOfOwner: false, events })).toBe('exists')
    }
    expect((await storage.sql.query('select 1 from outbox')).count).toBe(0)
  })

  it('that shall be the only one of their owner exist once, also when made at the same time', async () => {
    const storage = await open()
    const owner: CartOwner = { kind: 'member', customerId: 'c' }
    const insertSole = () => storage.carts.insert(sampleCart({ owner }), { soleOfOwner: true, events: [] })
    const outcomes = await Promise.all(Array.from({ length: 8 }, insertSole))
    expect(outcomes.filter(outcome => outcome === 'saved')).toHaveLength(1)
    const other = sampleCart({ owner, channel: 'br' })
    expect(await storage.carts.insert(other, { soleOfOwner: true, events: [] })).toBe('saved')
    const further = sampleCart({ owner })
    expect(await storage.carts.insert(further, { soleOfOwner: false, events: [] })).toBe('saved')
  })

  it('that were the only one of a guest may be taken over by a member who has one', async () => {
    const storage = await open()
    const member: CartOwner = { kind: 'member', customerId: 'c' }
    const guestCart = sampleCart()
    await storage.carts.insert(sampleCart({ owner: member }), { soleOfOwner: true, events: [] })
    await storage.carts.insert(guestCart, { soleOfOwner: true, events: [] })
    expect(await storage.carts.save({ ...guestCart, version: 2, owner: member }, 1, [])).toBe('saved')
    expect((await storage.carts.list(member, 'de')).carts).toHaveLength(2)
  })

  it('that were being ordered open again although the owner has begun another', async () => {
    const storage = await open()
    const cart = sampleCart()
    await storage.carts.insert(cart, { soleOfOwner: true, events: [] })
    await storage.carts.save({ ...cart, version: 2, status: 'placing' }, 1, [])
    const next = sampleCart({ owner: cart.owner })
    expect(await storage.carts.insert(next, { soleOfOwner: true, events: [] })).toBe('saved')
    expect(await storage.carts.save({ ...cart, version: 3 }, 2, [])).toBe('saved')
  })

  it('of an owner are found default first, then newest; listed oldest first', async () => {
    const storage = await open()
    const owner: CartOwner = { kind: 'visitor', visitorId: 'v' }
    const old = await insertCart(storage, { owner, createdAt: '2026-01-01T00:00:00.000Z' })
    const recent = await insertCart(storage, { owner, createdAt: '2026-06-01T00:00:00.000Z' })
    await insertCart(storage, { owner, status: 'closed', createdAt: '2026-07-01T00:00:00.000Z' })
    const key = { owner, channel: 'de' }
    expect((await storage.carts.read(key)).cart?.id).toBe(recent.id)
    await storage.carts.save({ ...old, version: 2, isDefault: true }, 1, [])
    expect((await storage.carts.read(key)).cart?.id).toBe(old.id)
    expect((await storage.carts.list(owner, 'de')).carts.map(cart => cart.id)).toEqual([old.id, recent.id])
  })

  it('merge wholly or not at all', async () => {
    const storage = await open()
    const into = await insertCart(storage)
    const from = await insertCart(storage)
    const merged = { ...into, version: 2, lineItems: [sampleLine()] }
    const since = { cart: merged, since: 1 }
    const gone = { id: from.id, since: 1, purchase: 0 }
    expect(await storage.carts.merge(since, { ...gone, since: 7 }, [])).toBe('lost')
    expect(await storage.carts.merge({ cart: merged, since: 7 }, gone, [])).toBe('lost')
    expect((await storage.carts.read({ id: from.id })).cart).toStrictEqual(from)
    expect((await storage.carts.read({ id: into.id })).cart).toStrictEqual(into)
    expect(await storage.carts.merge(since, gone, [])).toBe('saved')
    expect((await storage.carts.read({ id: from.id })).cart).toBeUndefined()
    expect((await storage.carts.read({ id: into.id })).cart).toStrictEqual(merged)
    const fresh = { cart: sampleCart(), since: undefined }
    expect(await storage.carts.merge(fresh, { id: into.id, since: 2, purchase: 0 }, [])).toBe('saved')
    expect((await storage.carts.read({ id: fresh.cart.id })).cart).toStrictEqual(fresh.cart)
  })

  it('are pruned when they expired, but not while they are being ordered', async () => {
    const storage = await open()
    const expired = { expiresAt: '2026-11-21T07:59:59.999Z' }
    const gone = await insertCart(storage, expired)
    const placing = await insertCart(storage, { ...expired, status: 'placing' })
    const alive = await insertCart(storage, { expiresAt: '2026-11-21T08:00:00.001Z' })
    expect(await storage.carts.prune(now, 10)).toBe(1)
    const left = await Promise.all([gone, placing, alive].map(({ id }) => storage.carts.read({ id })))
    expect(left.map(({ cart }) => cart !== undefined)).toEqual([false, true, true])
  })
})
