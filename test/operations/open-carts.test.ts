import { beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { guestCart, mugsTotal, openTill, orphaned, overdue, purchaseBy, secondProcess, type Till } from './till.js'

describeOnEachDatabase('placing a cart that stays open, to be confirmed later', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  const later = { keepsCartOpen: true, confirmsLater: true } as const

  /** A guest's two Mugs, placed; the cart goes on. */
  async function placed(mode = 'approve') {
    const guest = await guestCart(till)
    const cart = { key: { id: guest.cartId } }
    const place = () => operations().placeOrder(guest.caller, { cart, placement: purchaseBy(mode, later) })
    const answer = await place()
    if (!answer.ok) throw new Error(answer.error.code)
    const { order } = answer.value
    const send = () => operations().sendPayments(guest.caller, { id: order.id, instruments: [{ mode }] })
    const confirm = () => operations().confirmOrder(guest.caller, { id: order.id })
    return { ...guest, cart, place, send, confirm, order, placed: answer.value }
  }
  const operations = () => till.server.operations

  it('takes the goods, asks no gateway and leaves the cart as it is', async () => {
    const before = await till.stockOf('MUG-1')
    const { cartId, placed: answer } = await placed()
    expect(answer).toMatchObject({ redirectUrl: null, isRepeat: false, order: { status: 'pending' } })
    expect(answer.payments).toMatchObject([{ state: 'created', amount: mugsTotal }])
    expect(await till.stockOf('MUG-1')).toBe(before - 2)
    expect(await till.cart(cartId)).toMatchObject({ status: 'open', version: 1, purchase: 0 })
    await till.expectBooksInOrder()
  })

  it('sends each payment once, waits for the word, and then empties the cart for the next purchase', async () => {
    const { caller, cartId, cart, send, confirm, order } = await placed()
    const [first, second] = await Promise.all([send(), send()])
    expect(first.ok && second.ok).toBe(true)
    expect(await till.saleOf(cartId)).toMatchObject({
      order: { status: 'pending' },
      payments: [{ state: 'authorized', amount: mugsTotal }],
    })
    const added = await operations().addLineItems(caller, { cart, lines: [{ sku: '005_30663301', quantity: 1 }] })
    expect(added.ok).toBe(true)
    expect(await confirm()).toMatchObject({ ok: true, value: { order: { status: 'confirmed' }, isRepeat: false } })
    expect(await confirm()).toMatchObject({ ok: true, value: { order: { status: 'confirmed' }, isRepeat: true } })
    expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
    expect(await till.cart(cartId)).toMatchObject({
      status: 'open',
      purchase: 1,
      lineItems: [{ sku: '005_30663301', quantity: 1 }],
      payments: [],
    })
    await till.expectBooksInOrder()

    const again = await operations().placeOrder(caller, { cart, placement: purchaseBy('approve', later) })
    expect(again).toMatchObject({ ok: true, value: { isRepeat: false, order: { status: 'pending', purchase: 1 } } })
  })

  it('answers the same order while the cart is as it was, and a new one when it changed', async () => {
    const before = await till.stockOf('MUG-1')
    const { caller, cartId, cart, place, send, confirm, order } = await placed()
    const repeated = await place()
    expect(repeated).toMatchObject({ ok: true, value: { isRepeat: true, order: { id: order.id } } })
    expect((await send()).ok).toBe(true)
    await operations().addLineItems(caller, { cart, lines: [{ sku: 'MUG-1', quantity: 1 }] })
    const replaced = await place()
    expect(replaced).toMatchObject({ ok: true, value: { isRepeat: false, order: { status: 'pending' } } })
    expect((await till.ordersOf(cartId)).map(({ status, cancelReason }) => [status, cancelReason])).toEqual([
      ['pending', undefined],
      ['canceled', 'replaced'],
    ])
    expect(await till.server.storage.payments.ofOrder(order.id)).toMatchObject([{ state: 'voided' }])
    expect(await confirm()).toMatchObject({ ok: false, error: { code: 'payment_declined', reason: 'replaced' } })
    expect(await till.stockOf('MUG-1')).toBe(before - 3)
    await till.expectBooksInOrder()
  })

  it('placed twenty times at once is one order', async () => {
    const { caller, cartId } = await guestCart(till)
    const cart = { key: { id: cartId } }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        operations().placeOrder(caller, { cart, placement: purchaseBy('approve', later) }),
      ),
    )
    const ids = new Set(answers.map(answer => (answer.ok ? answer.value.order.id : answer.error.code)))
    expect(ids.size).toBe(1)
    expect(await till.ordersOf(cartId)).toHaveLength(1)
    await till.expectBooksInOrder()
  })

  it('of the last piece is the same order again, also from another process that still saw the piece', async () => {
    const { caller, cartId } = await guestCart(till, [{ sku: 'LAST-ONE', quantity: 1 }])
    const purchase = {
      cart: { key: { id: cartId } },
      placement: purchaseBy('approve', { ...later, looksAtStock: true }),
    }
    const { orders } = till.server.storage
    const first: Awaited<ReturnType<ReturnType<typeof operations>['placeOrder']>>[] = []
    const other = await secondProcess(till, {
      orders: {
        ...orders,
        prepare: async input => {
          if (first.length === 0) first.push(await operations().placeOrder(caller, purchase))
          return orders.prepare(input)
        },
      },
    })
    const second = await other.operations.placeOrder(caller, purchase)
    const [before] = first
    if (before?.ok !== true) throw new Error('the first is placed')
    const { id } = before.value.order
    expect(second).toMatchObject({ ok: true, value: { isRepeat: true, order: { id } } })
    expect(await operations().placeOrder(caller, purchase)).toMatchObject({ ok: true, value: { order: { id } } })
    expect(await till.stockOf('LAST-ONE')).toBe(0)
    await till.expectBooksInOrder()
  })

  it('is not confirmed before its payments are sent', async () => {
    const { confirm, cartId } = await placed()
    expect(await confirm()).toEqual({ ok: false, error: { code: 'payment_missing' } })
    await till.recoverAfter(orphaned)
    expect((await till.saleOf(cartId)).order.status).toBe('pending')
    await till.expectBooksInOrder()
  })

  it.each(['approve', 'redirect'])('%s, without the word by its deadline, gives everything back', async mode => {
    // What other shoppers left pending is over first.
    await till.recoverAfter(overdue)
    const before = await till.stockOf('MUG-1')
    const { send, confirm, cartId, place } = await placed(mode)
    expect((await send()).ok).toBe(true)
    await till.recoverAfter(overdue)
    const { order, payments } = await till.saleOf(cartId)
    expect(order).toMatchObject({ status: 'canceled', cancelReason: 'payment_expired' })
    expect(payments[0]?.state).toBe('voided')
    expect(await till.stockOf('MUG-1')).toBe(before)
    expect(await confirm()).toMatchObject({ ok: false, error: { code: 'payment_declined' } })
    expect(await till.cart(cartId)).toMatchObject({ status: 'open', lineItems: [{ sku: 'MUG-1', quantity: 2 }] })
    expect(await place()).toMatchObject({ ok: true, value: { isRepeat: false } })
    await till.expectBooksInOrder()
  })

  it('whose shopper must go to a page first is confirmed by what comes back from there', async () => {
    const { send, confirm, cartId } = await placed('redirect')
    const sent = await send()
    expect(sent.ok && sent.value.redirectUrl).toMatch(/\/sandbox\/pay\//)
    const waiting = await confirm()
    expect(waiting).toMatchObject({ ok: true, value: { order: { status: 'pending' } } })
    expect(waiting.ok && waiting.value.redirectUrl).toBe(sent.ok && sent.value.redirectUrl)
    const path = new URL(present(sent.ok ? sent.value.redirectUrl : null, 'a page')).pathname
    await till.server.request('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'decision=approved',
    })
    await till.recoverAfter(overdue)
    expect((await till.saleOf(cartId)).order.status).toBe('confirmed')
    expect(await till.cart(cartId)).toMatchObject({ status: 'open', purchase: 1, lineItems: [] })
    await till.expectBooksInOrder()
  })

  it('by a card that is declined gives everything back at once; the next try is another order', async () => {
    const before = await till.stockOf('MUG-1')
    const { send, confirm, cartId, place } = await placed('decline')
    const declined = { ok: false, error: { code: 'payment_declined', reason: 'card_declined' } }
    expect(await send()).toEqual(declined)
    expect(await send()).toEqual(declined)
    expect(await confirm()).toEqual(declined)
    expect(await till.stockOf('MUG-1')).toBe(before)
    expect((await place()).ok).toBe(true)
    expect(await till.ordersOf(cartId)).toHaveLength(2)
    await till.expectBooksInOrder()
  })

  it('belongs to who placed it', async () => {
    const { order } = await placed()
    const stranger = { kind: 'guest', guestKey: crypto.randomUUID() } as const
    const absent = { ok: false, error: { code: 'order_not_found' } }
    expect(await operations().sendPayments(stranger, { id: order.id, instruments: [{}] })).toEqual(absent)
    expect(await operations().confirmOrder(stranger, { id: order.id })).toEqual(absent)
  })

  describe('at the same moment as', () => {
    it('a cancellation is one or the other', async () => {
      const { send, confirm, order, cartId } = await placed()
      await send()
      const [confirmed, canceled] = await Promise.all([
        confirm(),
        operations().cancelOrder({ kind: 'system' }, { id: order.id, reason: 'changed my mind' }),
      ])
      const { order: after } = await till.saleOf(cartId)
      expect(canceled.ok).toBe(true)
      expect(after.status).toBe('canceled')
      expect(confirmed.ok || confirmed.error.code === 'payment_declined').toBe(true)
      await till.recoverAfter(orphaned)
      expect((await till.server.storage.payments.ofOrder(order.id))[0]?.state).toBe('voided')
    })

    it('changes of the cart loses neither', async () => {
      const { caller, cart, send, confirm, cartId } = await placed()
      await send()
      const add = () => operations().addLineItems(caller, { cart, lines: [{ sku: '005_30663301', quantity: 1 }] })
      const answers = await Promise.all([add(), confirm(), add(), confirm(), add()])
      expect(answers.map(answer => answer.ok)).toEqual([true, true, true, true, true])
      expect(await till.cart(cartId)).toMatchObject({ purchase: 1, lineItems: [{ sku: '005_30663301', quantity: 3 }] })
    })
  })
})
