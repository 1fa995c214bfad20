import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Cart } from '../../src/core/cart/cart.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import type { PrepareOrder } from '../../src/storage/storage.js'
import { describeOnEachDatabase, describeOnPostgres } from '../support/databases.js'
import { insertCart, putStock, sampleLine, samplePlacing } from './samples.js'

/** Orders a cart as it was read at that version, and leaves it open. */
function besideIts(cart: Cart, since = cart.version): PrepareOrder {
  const { order, ...placing } = samplePlacing(cart, { stock: [{ sku: 'MUG-1', quantity: 1 }] }, { cart: { since } })
  return { ...placing, order: { ...order, keepsCartOpen: true } }
}

/** Two carts, and what makes one of them. */
async function openPair(storage: OpenStorage) {
  await putStock(storage, { 'MUG-1': [5] })
  // The first by id: of two carts it is the one that is locked first.
  const [first = '', last = ''] = [randomUUID(), randomUUID()].sort()
  const from = await insertCart(storage, { id: first, lineItems: [sampleLine()] })
  const into = await insertCart(storage, { id: last })
  const merged = { ...into, version: 2, lineItems: [sampleLine()] }
  const merge = () =>
    storage.carts.merge({ cart: merged, since: 1 }, { id: from.id, since: from.version, purchase: from.purchase }, [
      { type: 'cart.adopted', subject: into.id, data: {} },
    ])
  return { from, into, merged, merge }
}

const cartAt = async (storage: OpenStorage, { id }: Cart) => (await storage.carts.read({ id })).cart

async function tracesOf(storage: OpenStorage) {
  const countOf = async (table: string) => (await storage.sql.query(`select 1 from ${table}`)).count
  return {
    stock: (await storage.catalog.stock(['MUG-1'])).get('MUG-1'),
    orders: await countOf('orders'),
    payments: await countOf('payments'),
    events: await countOf('outbox'),
  }
}

describeOnEachDatabase('a cart that is to join another one', open => {
  it('stays while an order of it waits for its payment', async () => {
    const storage = await open()
    const { from, into, merge } = await openPair(storage)
    expect(await storage.orders.prepare(besideIts(from))).toMatchObject({ kind: 'placed' })
    const before = await tracesOf(storage)
    expect(await merge()).toBe('lost')
    expect(await cartAt(storage, from)).toStrictEqual(from)
    expect(await cartAt(storage, into)).toStrictEqual(into)
    expect(await tracesOf(storage)).toEqual(before)
  })

  it('joins once that order was called off', async () => {
    const storage = await open()
    const { from, merged, merge } = await openPair(storage)
    const placed = await storage.orders.prepare(besideIts(from))
    if (placed.kind !== 'placed') throw new Error(placed.kind)
    const order = { ...placed.order, status: 'canceled', version: 2 } as const
    await storage.orders.settle({ order, since: 1, payments: [], holds: 'release', events: [] })
    expect(await merge()).toBe('saved')
    expect(await cartAt(storage, from)).toBeUndefined()
    expect(await cartAt(storage, merged)).toStrictEqual(merged)
  })

  it('joins beside a draft, an order of another cart and one of an earlier purchase', async () => {
    const storage = await open()
    const { from, merge } = await openPair(storage)
    const other = await insertCart(storage)
    const draft = samplePlacing(from)
    const earlier = besideIts({ ...from, purchase: from.purchase + 1 })
    const orders = [{ ...draft, order: { ...draft.order, status: 'incomplete' as const } }, besideIts(other), earlier]
    for (const order of orders) expect(await storage.orders.prepare(order)).toMatchObject({ kind: 'placed' })
    expect(await merge()).toBe('saved')
    expect(await cartAt(storage, from)).toBeUndefined()
  })

  it('takes the other one in while an order of it waits for its payment', async () => {
    const storage = await open()
    const { from, into } = await openPair(storage)
    expect(await storage.orders.prepare(besideIts(from))).toMatchObject({ kind: 'placed' })
    const cart = { ...from, version: 2, lineItems: [sampleLine(), sampleLine()] }
    const gone = { id: into.id, since: 1, purchase: into.purchase }
    expect(await storage.carts.merge({ cart, since: 1 }, gone, [])).toBe('saved')
    expect(await cartAt(storage, from)).toStrictEqual(cart)
  })
})

describeOnEachDatabase('an order beside its open cart', open => {
  it('is lost once the cart has joined another one, and leaves no trace', async () => {
    const storage = await open()
    const { from, merged, merge } = await openPair(storage)
    expect(await merge()).toBe('saved')
    const before = await tracesOf(storage)
    expect(before).toMatchObject({ stock: 5, orders: 0 })
    expect(await storage.orders.prepare(besideIts(from))).toEqual({ kind: 'lost' })
    expect(await tracesOf(storage)).toEqual(before)
    expect(await cartAt(storage, merged)).toStrictEqual(merged)
  })

  it('is lost once the cart was removed or pruned, and where another one has its id since', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [5] })
    const removed = await insertCart(storage, { version: 3 })
    expect(await storage.carts.remove(removed.id, 3, [])).toBe('saved')
    expect(await storage.orders.prepare(besideIts(removed))).toEqual({ kind: 'lost' })
    const expired = await insertCart(storage, { expiresAt: '2020-01-01T00:00:00.000Z' })
    expect(await storage.carts.prune('2020-01-02T00:00:00.000Z', 10)).toBe(1)
    expect(await storage.orders.prepare(besideIts(expired))).toEqual({ kind: 'lost' })
    await insertCart(storage, { id: removed.id })
    expect(await storage.orders.prepare(besideIts(removed))).toEqual({ kind: 'lost' })
  })

  it('is placed as the cart was read, which goes on being changed and changes hands', async () => {
    const storage = await open()
    await putStock(storage, { 'MUG-1': [5] })
    const cart = await insertCart(storage, { lineItems: [sampleLine()] })
    const owner = { kind: 'member', customerId: 'somebody' } as const
    const changed = { ...cart, owner, version: 2, lineItems: [sampleLine(), sampleLine()] }
    expect(await storage.carts.save(changed, 1, [])).toBe('saved')
    const placed = await storage.orders.prepare(besideIts(cart))
    expect(placed).toMatchObject({ kind: 'placed', order: { owner: cart.owner, snapshot: { cart: { version: 1 } } } })
    expect(await cartAt(storage, cart)).toStrictEqual(changed)
  })
})

describeOnPostgres('a cart that is ordered and joins another one at the same moment', open => {
  /** Locks rows as somebody else would; the answer lets go of them. */
  async function lock(storage: OpenStorage, statement: string, id: string): Promise<() => Promise<void>> {
    let [haveLocked, letGo] = [() => {}, () => {}]
    const isLocked = new Promise<void>(resolve => {
      haveLocked = resolve
    })
    const isOver = new Promise<void>(resolve => {
      letGo = resolve
    })
    const holding = storage.sql.transaction(async sql => {
      await sql.query(statement, [id])
      haveLocked()
      await isOver
    })
    await isLocked
    return () => {
      letGo()
      return holding
    }
  }

  /** Until so many wait for a lock. */
  async function areWaiting(storage: OpenStorage, expected: number): Promise<void> {
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    for (let looks = 0; looks < 5_000; looks += 1) if ((await storage.sql.query(waiting)).count >= expected) return
    throw new Error(`fewer than ${expected} wait`)
  }

  it('stays where the order comes first: the other waits, and sees it', async () => {
    const storage = await open()
    const { from, into, merge } = await openPair(storage)
    // The counter of numbers is the last thing that an order locks.
    expect(await storage.orders.prepare(samplePlacing(into))).toMatchObject({ kind: 'placed' })
    const unlock = await lock(storage, 'select 1 from order_counters where channel = $1 for update', from.channel)
    const placing = storage.orders.prepare(besideIts(from))
    await areWaiting(storage, 1)
    const merging = merge()
    await areWaiting(storage, 2)
    await unlock()
    expect([await placing, await merging]).toMatchObject([{ kind: 'placed' }, 'lost'])
    expect(await cartAt(storage, from)).toStrictEqual(from)
  })

  it('is gone where the merge comes first: the order waits, and is lost', async () => {
    const storage = await open()
    const { from, into, merge } = await openPair(storage)
    const unlock = await lock(storage, 'select 1 from carts where id = $1 for update', into.id)
    const merging = merge()
    await areWaiting(storage, 1)
    const placing = storage.orders.prepare(besideIts(from))
    await areWaiting(storage, 2)
    await unlock()
    expect([await placing, await merging]).toEqual([{ kind: 'lost' }, 'saved'])
    expect(await tracesOf(storage)).toMatchObject({ stock: 5, orders: 0 })
  })
})
