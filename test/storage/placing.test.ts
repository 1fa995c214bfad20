import { expect, it } from 'vitest'
import type { Order } from '../../src/core/orders/order.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import type { PrepareOutcome } from '../../src/storage/storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { insertCart, later, now, put, putStock, sampleCart, samplePayment, samplePlacing } from './samples.js'

const mug = (quantity: number) => ({ stock: [{ sku: 'MUG-1', quantity }] })

async function stockOf(storage: OpenStorage, sku: string): Promise<number | undefined> {
  return (await storage.catalog.stock([sku])).get(sku)
}

/** The order that was placed; fails the test where none was. */
function placedOrder(outcome: PrepareOutcome): Order {
  if (outcome.kind !== 'placed') throw new Error(`not placed: ${outcome.kind}`)
  return outcome.order
}

async function countRows(storage: OpenStorage, table: string): Promise<number> {
  return (await storage.sql.query(`select 1 from ${table}`)).count
}

async function putCodes(storage: OpenStorage): Promise<void> {
  const promotion = {
    ...{ id: 'promo', integerId: 1, name: 'Once', channels: ['de'], isActive: true, isExclusive: false },
    ...{ needsCoupon: true, conditions: [], benefits: [] },
  }
  await put(
    storage,
    { kind: 'promotion', value: promotion },
    { kind: 'promotion', value: { ...promotion, id: 'scarce', usageLimit: 1 } },
    { kind: 'coupon', value: { code: 'ONCE', integerId: 1, promotionId: 'promo', isActive: true, usageLimit: 1 } },
    {
      kind: 'coupon',
      value: { code: 'Each', integerId: 2, promotionId: 'promo', isActive: true, usageLimitPerCustomer: 1 },
    },
    { kind: 'coupon', value: { code: 'SCARCE', integerId: 3, promotionId: 'scarce', isActive: true } },
    {
      kind: 'gift_card',
      channels: ['de'],
      value: { code: 'GIFT50', integerId: 1, name: 'Gift', currency: 'EUR', initial: 5000n, isActive: true },
    },
  )
}

describeOnEachDatabase('placing an order', open => {
  it('takes stock, counts the number, freezes the cart and tells the outbox, in one statement', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [5] })
    const cart = await insertCart(storage)
    const placing = { ...cart, version: 2, status: 'placing' as const }
    const input = samplePlacing(cart, mug(2), { cart: { cart: placing, since: 1 } })
    const before = storage.sql.statementCount()
    const outcome = await storage.orders.prepare(input)
    expect(storage.sql.statementCount() - before).toBe(1)
    const order = placedOrder(outcome)
    expect(order).toMatchObject({ number: 'DE--1', integerId: 1, parts: [{ number: 'DE--1' }] })
    expect(outcome).toMatchObject({ payments: [{ id: input.payments[0]?.id, integerId: 1 }] })
    expect(await storage.orders.read({ id: order.id })).toStrictEqual(order)
    const payments = await storage.payments.ofOrder(order.id)
    expect(payments).toHaveLength(1)
    for (const key of [{ id: order.id }, { number: order.number }, { integerId: order.integerId }]) {
      const counted = storage.sql.statementCount()
      expect(await storage.orders.readState(key)).toStrictEqual({ order, payments })
      expect(storage.sql.statementCount() - counted).toBe(1)
    }
    expect(await storage.orders.readState({ id: 'nobody' })).toBeUndefined()
    expect(await storage.orders.read({ number: 'DE--1' })).toStrictEqual(order)
    expect(await storage.orders.read({ integerId: 1 })).toStrictEqual(order)
    expect(await storage.orders.ofPurchase(cart.id, 0)).toStrictEqual(order)
    expect(await storage.payments.ofOrder(order.id)).toStrictEqual([{ ...input.payments[0], integerId: 1 }])
    expect((await storage.carts.read({ id: cart.id })).cart).toStrictEqual(placing)
    expect(await stockOf(storage, 'MUG-1')).toBe(3)
    expect(await countRows(storage, 'outbox')).toBe(1)
  })

  it('counts numbers per channel without gaps, skips taken ones and suffixes parts where asked', async () => {
    const storage = await open()
    const given = samplePlacing(sampleCart(), {}, { number: { kind: 'given' } })
    await storage.orders.prepare({ ...given, order: { ...given.order, number: '11' } })
    const numbers: string[] = []
    for (let count = 0; count < 3; count += 1) {
      const number = { kind: 'counted', prefix: '', first: 10, partSuffix: true } as const
      const order = placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), {}, { number })))
      numbers.push(order.number, order.parts[0]?.number ?? '')
    }
    expect(numbers).toEqual(['10', '10-01', '12', '12-01', '13', '13-01'])
    expect((await storage.orders.read({ number: '12' }))?.parts[0]?.number).toBe('12-01')
  })

  it('takes what one location lacks from the next, by name, and never below zero', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [2, 0, 3] })
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), mug(4))))
    const { rows } = await storage.sql.query('select location, available from stock order by location')
    expect(rows.map(row => row.available)).toEqual([0, 0, 1])
  })

  it('adds up the pieces of a SKU that is held twice', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [3] })
    const twice = { stock: [...mug(2).stock, ...mug(2).stock] }
    const refused = await storage.orders.prepare(samplePlacing(sampleCart(), twice))
    expect(refused).toEqual({ kind: 'insufficient_stock', sku: 'MUG-1', available: 3 })
  })

  it('leaves no trace when one SKU of several is short, or unknown', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [5], 'TEE-1': [1] })
    const cart = await insertCart(storage)
    const frozen = { cart: { cart: { ...cart, version: 2, status: 'placing' as const }, since: 1 } }
    const tee = { stock: [...mug(2).stock, { sku: 'TEE-1', quantity: 2 }] }
    const short = await storage.orders.prepare(samplePlacing(cart, tee, frozen))
    expect(short).toEqual({ kind: 'insufficient_stock', sku: 'TEE-1', available: 1 })
    const unknown = { stock: [...mug(2).stock, { sku: 'NONE', quantity: 1 }] }
    const missing = await storage.orders.prepare(samplePlacing(cart, unknown, frozen))
    expect(missing).toEqual({ kind: 'insufficient_stock', sku: 'NONE', available: 0 })
    expect(await stockOf(storage, 'MUG-1')).toBe(5)
    expect((await storage.carts.read({ id: cart.id })).cart).toStrictEqual(cart)
    for (const table of ['orders', 'payments', 'outbox', 'order_counters']) {
      expect(await countRows(storage, table)).toBe(0)
    }
  })

  it('is lost when the cart has moved on', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [5] })
    const cart = await insertCart(storage)
    const input = samplePlacing(cart, mug(1), { cart: { cart: { ...cart, version: 8 }, since: 7 } })
    expect(await storage.orders.prepare(input)).toEqual({ kind: 'lost' })
    expect(await stockOf(storage, 'MUG-1')).toBe(5)
  })

  it('a second time for the same purchase returns the standing order, even where it took the last piece', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [1] })
    const cart = await insertCart(storage)
    const first = placedOrder(await storage.orders.prepare(samplePlacing(cart, mug(1))))
    const again = await storage.orders.prepare(samplePlacing(cart, mug(1)))
    expect(again).toStrictEqual({ kind: 'already_ordered', order: first })
    const nothingHeld = await storage.orders.prepare(samplePlacing(cart))
    expect(nothingHeld).toStrictEqual({ kind: 'already_ordered', order: first })
    const next = placedOrder(await storage.orders.prepare(samplePlacing({ ...cart, purchase: 1 })))
    expect(next.number).toBe('DE--2')
  })

  it('by a draft holds nothing and does not stand in the way', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [1] })
    const cart = await insertCart(storage)
    const input = samplePlacing(cart, mug(1))
    const draft = { ...input, order: { ...input.order, status: 'incomplete' as const } }
    placedOrder(await storage.orders.prepare(draft))
    expect(await stockOf(storage, 'MUG-1')).toBe(1)
    placedOrder(await storage.orders.prepare(samplePlacing(cart, mug(1))))
    expect(await storage.orders.ofCart(cart.id)).toHaveLength(2)
  })

  it('counts a coupon use, also for its customer, and refuses one too many', async () => {
    const storage = await open()
    await putCodes(storage)
    const member = { owner: { kind: 'member' as const, customerId: 'c1' } }
    const once = { coupons: [{ code: 'once', promotionId: 'promo' }] }
    const each = { coupons: [{ code: 'EACH', promotionId: 'promo' }] }
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(member), once)))
    const second = await storage.orders.prepare(samplePlacing(sampleCart(), once))
    expect(second).toEqual({ kind: 'coupon_used_up', code: 'once' })
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(member), each)))
    const sameCustomer = await storage.orders.prepare(samplePlacing(sampleCart(member), each))
    expect(sameCustomer).toEqual({ kind: 'coupon_used_up', code: 'EACH' })
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), each)))
    const scarce = { coupons: [{ code: 'SCARCE', promotionId: 'scarce' }] }
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), scarce)))
    expect(await storage.orders.prepare(samplePlacing(sampleCart(), scarce))).toMatchObject({ kind: 'coupon_used_up' })
    const { coupons } = await storage.catalog.codes(['Once', 'each', 'nope'], 'de', { couponHolder: 'c1' })
    const uses = coupons.map(({ code, used, usedByCustomer }) => [code, used, usedByCustomer])
    expect(uses.sort()).toEqual([
      ['Each', 2, 1],
      ['ONCE', 1, 1],
    ])
  })

  it('counts the uses of an automatic promotion, which the epoch does not tell, by everybody and by the customer', async () => {
    const storage = await open()
    await putCodes(storage)
    const owner = { kind: 'member' as const, customerId: 'c1' }
    const automatic = { coupons: [{ code: '', promotionId: 'promo' }] }
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart({ owner }), automatic)))
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), automatic)))
    const uses = (customer?: string) => storage.catalog.promotionUses(['promo', 'scarce', 'none'], customer)
    const unused = ['scarce', { used: 0, usedByCustomer: 0 }]
    expect([...(await uses('c1'))].sort()).toEqual([['promo', { used: 2, usedByCustomer: 1 }], unused])
    expect([...(await uses())].sort()).toEqual([['promo', { used: 2, usedByCustomer: 0 }], unused])
  })

  it('takes from gift cards what they hold and refuses more', async () => {
    const storage = await open()
    await putCodes(storage)
    const use = (amount: bigint) => ({ giftCards: [{ code: 'gift50', amount }] })
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), use(4999n))))
    const over = await storage.orders.prepare(samplePlacing(sampleCart(), use(2n)))
    expect(over).toEqual({ kind: 'gift_card_short', code: 'gift50' })
    placedOrder(await storage.orders.prepare(samplePlacing(sampleCart(), use(1n))))
    const { giftCards } = await storage.catalog.codes(['GIFT50'], 'de')
    expect(giftCards).toMatchObject([{ code: 'GIFT50', initial: 5000n, balance: 0n }])
    const { rows } = await storage.sql.query('select sum(amount)::bigint as balance from gift_card_ledger')
    expect(rows).toEqual([{ balance: 0n }])
  })
})

describeOnEachDatabase('settling an order', open => {
  const held = {
    stock: [{ sku: 'MUG-1', quantity: 4 }],
    coupons: [{ code: 'ONCE', promotionId: 'promo' }],
    giftCards: [{ code: 'GIFT50', amount: 1000n }],
  }

  async function placeHeld(storage: OpenStorage) {
    await putStock(storage, { 'MUG-1': [3, 3] })
    await putCodes(storage)
    const cart = await insertCart(storage, { owner: { kind: 'member', customerId: 'c1' } })
    const frozen = { ...cart, version: 2, status: 'placing' as const }
    const outcome = await storage.orders.prepare(samplePlacing(cart, held, { cart: { cart: frozen, since: 1 } }))
    return { cart: frozen, order: placedOrder(outcome), payments: outcome.kind === 'placed' ? outcome.payments : [] }
  }

  async function heldAmounts(storage: OpenStorage) {
    const { coupons, giftCards } = await storage.catalog.codes(['ONCE', 'GIFT50'], 'de', { couponHolder: 'c1' })
    return {
      stock: await stockOf(storage, 'MUG-1'),
      uses: [coupons[0]?.used, coupons[0]?.usedByCustomer],
      balance: giftCards[0]?.balance,
    }
  }

  it('confirms it with its payment, removes the cart and keeps the holds, in one statement', async () => {
    const storage = await open()
    const { cart, order, payments } = await placeHeld(storage)
    const paid = payments.map(payment => ({
      ...payment,
      version: 2,
      state: 'authorized' as const,
      gatewayReference: 'g',
    }))
    const confirmed = { ...order, status: 'confirmed' as const, version: 2, updatedAt: later }
    const before = storage.sql.statementCount()
    const events = [{ type: 'order.confirmed', subject: order.id, data: {} }]
    const input = {
      order: confirmed,
      since: 1,
      payments: paid,
      holds: 'keep' as const,
      cart: { remove: cart.id },
      events,
    }
    expect(await storage.orders.settle(input)).toBe('saved')
    expect(storage.sql.statementCount() - before).toBe(1)
    expect(await storage.orders.read({ id: order.id })).toStrictEqual(confirmed)
    expect(await storage.payments.read({ gatewayReference: 'g' })).toStrictEqual(paid[0])
    expect((await storage.carts.read({ id: cart.id })).cart).toBeUndefined()
    expect(await heldAmounts(storage)).toEqual({ stock: 2, uses: [1, 1], balance: 4000n })
  })

  it('is read with all its payments, in one statement, by each of its ids', async () => {
    const storage = await open()
    const { order, payments } = await placeHeld(storage)
    const second = samplePayment(order, { idempotencyKey: 'second', state: 'created' })
    const paid: Order = { ...order, paymentStatus: 'partially_paid', version: order.version + 1 }
    const added = { order: paid, since: order.version, payment: second, events: [] }
    expect(await storage.orders.addPayment(added)).toBe('saved')
    const all = [...payments, await storage.payments.read({ id: second.id })]
    const before = storage.sql.statementCount()
    expect(await storage.orders.readState({ id: order.id })).toStrictEqual({ order: paid, payments: all })
    expect(storage.sql.statementCount() - before).toBe(1)
    expect(await storage.orders.readState({ number: order.number })).toStrictEqual({ order: paid, payments: all })
    const { integerId } = order
    expect(await storage.orders.readState({ integerId })).toStrictEqual({ order: paid, payments: all })
    expect(await storage.orders.readState({ number: 'nobody' })).toBeUndefined()
  })

  it('takes no further payment once somebody else changed it', async () => {
    const storage = await open()
    const { order, payments } = await placeHeld(storage)
    const payment = samplePayment(order, { idempotencyKey: 'second', state: 'captured' })
    const events = [{ type: 'payment.captured', subject: order.id, data: null }]
    const outbox = await storage.outbox.oldest(100, undefined)
    const added = { order: { ...order, version: order.version + 1 }, since: order.version - 1, payment, events }
    expect(await storage.orders.addPayment(added)).toBe('lost')
    expect(await storage.orders.readState({ id: order.id })).toStrictEqual({ order, payments })
    expect(await storage.outbox.oldest(100, undefined)).toEqual(outbox)
  })

  it('without payments is read as such', async () => {
    const storage = await open()
    const cart = await insertCart(storage)
    const placed = placedOrder(await storage.orders.prepare({ ...samplePlacing(cart), payments: [] }))
    const read = await storage.orders.readState({ id: placed.id })
    expect(read).toStrictEqual({ order: placed, payments: [] })
  })

  it('releases stock to where it came from, the coupon use and the gift card amount exactly once', async () => {
    const storage = await open()
    const { cart, order } = await placeHeld(storage)
    expect(await heldAmounts(storage)).toEqual({ stock: 2, uses: [1, 1], balance: 4000n })
    const canceled = { ...order, status: 'canceled' as const, version: 2 }
    const opened = { cart: { ...cart, version: 3, status: 'open' as const }, since: 2 }
    const release = { order: canceled, since: 1, payments: [], holds: 'release' as const, events: [], cart: opened }
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => storage.orders.settle(release)))
    expect(outcomes.filter(outcome => outcome === 'saved')).toHaveLength(1)
    const again = { ...release, order: { ...canceled, version: 3 }, since: 2, cart: { remove: cart.id } }
    expect(await storage.orders.settle(again)).toBe('saved')
    expect(await heldAmounts(storage)).toEqual({ stock: 6, uses: [0, 0], balance: 5000n })
    const { rows } = await storage.sql.query('select available from stock order by location')
    expect(rows).toEqual([{ available: 3 }, { available: 3 }])
    expect(await storage.orders.ofPurchase(cart.id, 0)).toBeUndefined()
    placedOrder(await storage.orders.prepare(samplePlacing(cart, held)))
  })

  it('changes nothing when the order, a payment or the cart has another version', async () => {
    const storage = await open()
    const { cart, order, payments } = await placeHeld(storage)
    const canceled = { ...order, status: 'canceled' as const, version: 2 }
    const release = { order: canceled, since: 1, payments: [], holds: 'release' as const, events: [] }
    const stalePayment = payments.map(payment => ({ ...payment, version: 9, state: 'failed' as const }))
    const attempts = [
      { ...release, since: 5 },
      { ...release, since: 5, cart: { remove: cart.id } },
      { ...release, payments: stalePayment },
      { ...release, payments: stalePayment, cart: { remove: cart.id } },
      { ...release, cart: { cart: { ...cart, version: 9 }, since: 8 } },
    ]
    for (const attempt of attempts) expect(await storage.orders.settle(attempt)).toBe('lost')
    expect(await storage.orders.read({ id: order.id })).toStrictEqual(order)
    expect((await storage.carts.read({ id: cart.id })).cart).toStrictEqual(cart)
    expect(await heldAmounts(storage)).toEqual({ stock: 2, uses: [1, 1], balance: 4000n })
  })

  it('finds orders past their deadline, oldest first, and payments that nobody settled', async () => {
    const storage = await open()
    const deadlines = ['2026-11-21T07:00:00.000Z', '2026-11-21T06:00:00.000Z', later]
    for (const deadline of deadlines) {
      const input = samplePlacing(sampleCart())
      const payments = [samplePayment(input.order, { updatedAt: deadline })]
      placedOrder(await storage.orders.prepare({ ...input, order: { ...input.order, deadline }, payments }))
    }
    const overdue = await storage.orders.overdue(now, 10)
    expect(overdue.map(order => order.deadline)).toEqual([deadlines[1], deadlines[0]])
    expect(await storage.orders.overdue(now, 1)).toHaveLength(1)
    const unsettled = await storage.payments.unsettled(now, 10)
    expect(unsettled.map(payment => payment.updatedAt)).toEqual([deadlines[1], deadlines[0]])
  })
})
