import { EventEmitter, once } from 'node:events'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { guestCart, mugsTotal, openTill, overdue, purchaseBy, secondProcess, type Till } from './till.js'

const everything = ['billing_address', 'shipping_address', 'shipping_option', 'email'] as const

describeOnEachDatabase('draft orders', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })
  const operations = () => till.server.operations

  /** A guest whose two Mugs are ready to be ordered. */
  async function readyCart() {
    const guest = await guestCart(till)
    const cart = { key: { id: guest.cartId } }
    const {
      payments: _none,
      instruments: _neither,
      requires: _all,
      returnUrl: _url,
      ...changes
    } = purchaseBy('approve')
    const filled = await operations().changeCheckout(guest.caller, { cart, changes })
    if (!filled.ok) throw new Error(filled.error.code)
    const draft = async () => {
      const drafted = await operations().draftOrder(guest.caller, { cart, requires: everything })
      if (!drafted.ok) throw new Error(drafted.error.code)
      return drafted.value.order
    }
    const pay = (id: string, mode = 'approve', idempotencyKey?: string) =>
      operations().placeDraft(guest.caller, {
        id,
        placement: {
          payments: [{ method: 'dummyPaymentCreditCard' }],
          instruments: [{ mode }],
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        },
      })
    return { ...guest, cart, draft, pay }
  }

  it('hold nothing and leave the cart as it is, as many as wanted, each with its own number', async () => {
    const before = await till.stockOf('MUG-1')
    const { cartId, draft } = await readyCart()
    const drafts = await Promise.all([draft(), draft(), draft()])
    expect(drafts).toMatchObject(Array(3).fill({ status: 'incomplete', grandTotal: mugsTotal, amountDue: mugsTotal }))
    expect(new Set(drafts.map(({ number }) => number)).size).toBe(3)
    expect(await till.stockOf('MUG-1')).toBe(before)
    expect(await till.cart(cartId)).toMatchObject({ status: 'open', version: 2 })
    await till.recoverAfter(overdue)
    expect((await till.ordersOf(cartId)).map(({ status }) => status)).toEqual(Array(3).fill('incomplete'))
    await till.expectBooksInOrder()
  })

  it('stay when their cart is closed, since it was ordered elsewhere', async () => {
    const { caller, cartId, cart, draft, pay } = await readyCart()
    const { id } = await draft()
    expect(await operations().closeCart(caller, { cart })).toEqual({ ok: true, value: null })
    await till.expectBooksInOrder()
    expect(await pay(id)).toMatchObject({ ok: true, value: { order: { id, status: 'confirmed' } } })
    expect((await till.cart(cartId)).status).toBe('closed')
    await till.expectBooksInOrder()
  })

  it('are refused while something is missing', async () => {
    const { caller, cartId } = await guestCart(till)
    const cart = { key: { id: cartId } }
    const drafted = await operations().draftOrder(caller, { cart, requires: everything })
    expect(drafted).toMatchObject({ ok: false, error: { code: 'email_missing' } })
    const stranger = { kind: 'guest', guestKey: crypto.randomUUID() } as const
    const absent = await operations().draftOrder(stranger, { cart, requires: [] })
    expect(absent).toEqual({ ok: false, error: { code: 'cart_not_found' } })
    expect(await till.ordersOf(cartId)).toEqual([])
  })

  it('are paid by their frozen figures, which closes the cart', async () => {
    const before = await till.stockOf('MUG-1')
    const { caller, cartId, cart, draft, pay } = await readyCart()
    const { id, number } = await draft()
    await operations().addLineItems(caller, { cart, lines: [{ sku: '005_30663301', quantity: 1 }] })
    const paid = await pay(id, 'approve', 'once')
    expect(paid).toMatchObject({ ok: true, value: { isRepeat: false, order: { id, number, status: 'confirmed' } } })
    const { order, payments } = await till.saleOf(cartId)
    expect(order).toMatchObject({ id, number, status: 'confirmed', grandTotal: mugsTotal, paymentStatus: 'authorized' })
    expect(order.parts).toMatchObject([{ number }])
    expect(payments).toMatchObject([{ state: 'authorized', amount: mugsTotal }])
    expect(await till.stockOf('MUG-1')).toBe(before - 2)
    expect((await till.cart(cartId)).status).toBe('closed')
    expect(await pay(id, 'approve', 'once')).toMatchObject({ ok: true, value: { isRepeat: true, order: { id } } })
    const refusal = { code: 'cart_already_ordered', orderId: id, orderNumber: number }
    expect(await pay(id)).toEqual({ ok: false, error: refusal })
    await till.expectBooksInOrder()
  })

  it('are not placed beside a cart that another one is just giving back', async () => {
    const { caller, cartId, draft } = await readyCart()
    const [first, second] = [await draft(), await draft()]
    const { orders } = till.server.storage
    const placement = (mode: string) => ({ payments: [{ method: 'dummyPaymentCreditCard' }], instruments: [{ mode }] })
    const [opened, arrived] = [new EventEmitter(), new EventEmitter()]
    const [isOpened, isArrived] = [once(opened, 'now'), once(arrived, 'now')]
    const one = await secondProcess(till, {
      orders: {
        ...orders,
        prepare: async input => {
          arrived.emit('now')
          await isOpened
          return orders.prepare(input)
        },
      },
    })
    let paying: ReturnType<typeof one.operations.placeDraft> | undefined
    const other = await secondProcess(till, {
      orders: {
        ...orders,
        settle: async input => {
          paying ??= one.operations.placeDraft(caller, { id: first.id, placement: placement('approve') })
          await Promise.race([isArrived, paying])
          const saved = await orders.settle(input)
          opened.emit('now')
          return saved
        },
      },
    })
    const declined = await other.operations.placeDraft(caller, { id: second.id, placement: placement('decline') })
    expect(declined).toMatchObject({ ok: false, error: { code: 'payment_declined' } })
    const refusal = { code: 'cart_already_ordered', orderId: second.id, orderNumber: second.number, isPending: true }
    expect(await paying).toEqual({ ok: false, error: refusal })
    expect((await till.cart(cartId)).status).toBe('open')
    await till.expectBooksInOrder()
  })

  it.each(['dummyPaymentInvoice', 'dummyPaymentCreditCard'])(
    'of one cart, one is paid by %s; twenty tries',
    async method => {
      const before = await till.stockOf('MUG-1')
      const { caller, cartId, draft } = await readyCart()
      const drafts = await Promise.all(Array.from({ length: 5 }, draft))
      const tries = [...drafts, ...drafts, ...drafts, ...drafts].map(({ id }) =>
        operations().placeDraft(caller, {
          id,
          placement: { payments: [{ method }], instruments: [{ mode: 'approve' }] },
        }),
      )
      const answers = await Promise.all(tries)
      expect(answers.filter(answer => answer.ok)).toHaveLength(1)
      const refusals = answers.flatMap(answer => (answer.ok ? [] : [answer.error.code]))
      expect(refusals).toEqual(Array(19).fill('cart_already_ordered'))
      const statuses = (await till.ordersOf(cartId)).map(({ status }) => status)
      expect(statuses.sort()).toEqual(['confirmed', ...Array(4).fill('incomplete')])
      const paid = await Promise.all(drafts.map(({ id }) => till.server.storage.payments.ofOrder(id)))
      expect(paid.flat()).toHaveLength(1)
      expect(await till.stockOf('MUG-1')).toBe(before - 2)
      await till.expectBooksInOrder()
    },
  )

  describe('whose payment fails', () => {
    it('are drafts again, with everything given back and the cart open; another card then pays', async () => {
      const before = await till.stockOf('MUG-1')
      const { cartId, draft, pay } = await readyCart()
      const { id } = await draft()
      expect(await pay(id, 'decline')).toEqual({
        ok: false,
        error: { code: 'payment_declined', reason: 'card_declined' },
      })
      expect((await till.ordersOf(cartId))[0]).toMatchObject({ status: 'incomplete', cancelReason: 'card_declined' })
      expect(await till.stockOf('MUG-1')).toBe(before)
      expect((await till.cart(cartId)).status).toBe('open')
      await till.expectBooksInOrder()
      expect(await pay(id)).toMatchObject({ ok: true, value: { order: { status: 'confirmed' } } })
      const { order, payments } = await till.saleOf(cartId)
      expect(order.cancelReason).toBeUndefined()
      expect(payments.map(({ state }) => state).sort()).toEqual(['authorized', 'failed'])
      await till.expectBooksInOrder()
    })

    it('hold a gift card and a coupon anew each time', async () => {
      const { caller, cart, cartId, draft, pay } = await readyCart()
      await operations().addLineItems(caller, { cart, lines: [{ sku: '005_30663301', quantity: 1 }] })
      for (const code of ['ONCE', 'GIFT50DEMO']) {
        expect((await operations().applyCode(caller, { cart, code })).ok).toBe(true)
      }
      const { id } = await draft()
      expect(await codes()).toEqual({ used: 0, balance: 5_000 })
      for (const _try of [1, 2]) {
        expect((await pay(id, 'decline')).ok).toBe(false)
        expect(await codes()).toEqual({ used: 0, balance: 5_000 })
        await till.expectBooksInOrder()
      }
      expect((await pay(id)).ok).toBe(true)
      expect(await codes()).toEqual({ used: 1, balance: 0 })
      expect((await till.saleOf(cartId)).order).toMatchObject({ status: 'confirmed' })
      await till.expectBooksInOrder()
    })

    it('by silence are drafts again after the deadline', async () => {
      const before = await till.stockOf('MUG-1')
      const { cartId, draft, pay } = await readyCart()
      const { id } = await draft()
      expect((await pay(id, 'redirect')).ok).toBe(true)
      expect(await till.stockOf('MUG-1')).toBe(before - 2)
      expect((await till.cart(cartId)).status).toBe('placing')
      await till.recoverAfter(overdue)
      expect((await till.ordersOf(cartId))[0]).toMatchObject({ status: 'incomplete' })
      expect((await till.cart(cartId)).status).toBe('open')
      expect(await till.stockOf('MUG-1')).toBe(before)
      await till.expectBooksInOrder()
    })
  })

  it.each([
    [[], { code: 'payment_missing' }],
    [[{ method: 'seashells' }], { code: 'payment_method_unknown', method: 'seashells' }],
    [
      [{ method: 'dummyPaymentCreditCard', amount: 100n }],
      { code: 'payment_amount_wrong', expected: mugsTotal, actual: 100n },
    ],
  ])('are not paid by %o', async (payments, error) => {
    const { caller, draft } = await readyCart()
    const { id } = await draft()
    expect(await operations().placeDraft(caller, { id, placement: { payments } })).toEqual({ ok: false, error })
    await till.expectBooksInOrder()
  })

  it('outlive their cart, and can be canceled but not paid afterwards', async () => {
    const { caller, cart, draft, pay } = await readyCart()
    const [first, second] = [await draft(), await draft()]
    expect((await operations().deleteCart(caller, { cart })).ok).toBe(true)
    expect((await pay(first.id)).ok).toBe(true)
    expect((await operations().cancelOrder({ kind: 'system' }, { id: second.id, reason: 'no' })).ok).toBe(true)
    expect(await pay(second.id)).toEqual({ ok: false, error: { code: 'order_state', status: 'canceled' } })
    await till.expectBooksInOrder()
  })

  it('of somebody else are absent', async () => {
    const { draft } = await readyCart()
    const { id } = await draft()
    const stranger = { kind: 'guest', guestKey: crypto.randomUUID() } as const
    const paid = await operations().placeDraft(stranger, { id, placement: {} })
    expect(paid).toEqual({ ok: false, error: { code: 'order_not_found' } })
  })

  async function codes() {
    const { rows } = await till.server.storage.sql.query<{ used: number; balance: bigint }>(
      `select (select used from coupons where code_key = 'once')::integer as used,
        (select balance from gift_cards where code_key = 'gift50demo') as balance`,
    )
    return { used: rows[0]?.used, balance: Number(rows[0]?.balance) }
  }
})
