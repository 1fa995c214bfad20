import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { card, checkout, purchase } from '../wire/spryker/basket.js'
import { expectError } from '../wire/spryker/glue.js'
import { guestCart, mugsTotal, openTill, orphaned, purchaseBy, sell, type Till } from './till.js'

const mugs = { sku: 'MUG-1', quantity: 2 }

const paymentWrong = 'Something went wrong with your payment. Try again!'

describeOnEachDatabase('placing an order', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
  })

  async function payBy(number: string, who: { readonly guest: string }, cartId: string) {
    return checkout(till.glue, who, purchase(cartId, { payments: [card(number)] }))
  }

  describe('by a card that is approved', () => {
    it('confirms the order at once, takes the goods and closes the cart', async () => {
      const before = await till.stockOf('MUG-1')
      const { who, cartId } = await guestCart(till)
      const answer = await payBy('4111111111111111', who, cartId)
      expect(answer.status).toBe(201)
      const { order, payments } = await till.saleOf(cartId)
      expect(answer.json.data.attributes).toEqual({
        orderReference: order.number,
        redirectUrl: null,
        isExternalRedirect: null,
      })
      expect(order).toMatchObject({ status: 'confirmed', paymentStatus: 'authorized', grandTotal: mugsTotal })
      expect(payments).toMatchObject([{ state: 'authorized', amount: mugsTotal, currency: 'EUR', captured: 0n }])
      expect(payments[0]?.display).toMatchObject({ brand: 'visa', lastFour: '1111' })
      expect(await till.stockOf('MUG-1')).toBe(before - 2)
      expect((await till.cart(cartId)).status).toBe('closed')
      await till.expectBooksInOrder()
    })

    it('takes the money together with the order where that is asked for', async () => {
      const { cartId, answer } = await sell(till, 'approve', { capture: true })
      expect(answer).toMatchObject({ ok: true, value: { redirectUrl: null, isRepeat: false } })
      const { order, payments } = await till.saleOf(cartId)
      expect(order).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' })
      expect(payments).toMatchObject([{ state: 'captured', captured: mugsTotal }])
      await till.expectBooksInOrder()
    })

    it('and answered twice has one effect', async () => {
      const { cartId, answer } = await sell(till, 'twice')
      expect(answer.ok).toBe(true)
      const { order, payments } = await till.saleOf(cartId)
      expect(payments).toMatchObject([{ state: 'authorized', amount: mugsTotal }])
      expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(1)
      await till.expectBooksInOrder()
    })
  })

  describe('by a card that is declined', () => {
    it.each([
      ['4000000000000002', 'card_declined'],
      ['4000000000009995', 'insufficient_funds'],
      ['4000000000000069', 'card_expired'],
      ['4111111111111112', 'number_invalid'],
      ['4000000000003014', 'test_card_required'],
    ])('%s leaves no order and gives everything back; another card then buys the same cart', async (number, reason) => {
      const before = await till.stockOf('MUG-1')
      const { who, cartId } = await guestCart(till)
      const refused = await payBy(number, who, cartId)
      expectError(refused, 422, '1102', paymentWrong)
      const { order, payments } = await till.saleOf(cartId)
      expect(order).toMatchObject({ status: 'canceled', paymentStatus: 'failed', cancelReason: reason })
      expect(payments).toMatchObject([{ state: 'failed', declineReason: reason }])
      expect(await till.stockOf('MUG-1')).toBe(before)
      const cart = await till.cart(cartId)
      expect(cart).toMatchObject({ status: 'open', lineItems: [mugs] })
      const data = { orderNumber: order.number, reason }
      expect(cart.notices).toMatchObject([{ code: 'payment_declined', level: 'error', data }])

      const placed = await payBy('5555555555554444', who, cartId)
      expect(placed.status).toBe(201)
      expect((await till.ordersOf(cartId)).map(({ status }) => status).sort()).toEqual(['canceled', 'confirmed'])
      await till.expectBooksInOrder()
    })

    it('releases coupon and gift card, which the next try holds again', async () => {
      const { who, cartId } = await guestCart(till, [{ sku: '005_30663301', quantity: 1 }])
      for (const code of ['ONCE', 'GIFT50DEMO']) {
        const attributes = { code }
        const path = `/guest-carts/${cartId}/cart-codes`
        const added = await till.glue.send('POST', path, { ...who, data: { type: 'cart-codes', attributes } })
        expect(added.status).toBe(201)
      }
      expect((await payBy('4000000000000002', who, cartId)).status).toBe(422)
      expect(await codesOf(till)).toEqual({ used: 0, balance: 5_000 })
      expect(await till.cart(cartId)).toMatchObject({ couponCodes: ['ONCE'], giftCards: [{ code: 'GIFT50DEMO' }] })
      await till.expectBooksInOrder()

      expect((await payBy('4111111111111111', who, cartId)).status).toBe(201)
      // 70.00 less 5.00, delivered free; the gift card pays 50.00 of it.
      const { order, payments } = await till.saleOf(cartId)
      expect(order).toMatchObject({ grandTotal: 6_500n, amountDue: 1_500n })
      expect(payments).toMatchObject([{ amount: 1_500n, state: 'authorized' }])
      expect(await codesOf(till)).toEqual({ used: 1, balance: 0 })
      await till.expectBooksInOrder()
    })
  })

  describe('by a gateway that speaks of something else', () => {
    it.each(['wrong_amount', 'wrong_currency', 'wrong_order'])(
      '%s never confirms; the reservation is voided',
      async mode => {
        const { cartId, answer } = await sell(till, mode)
        expect(answer).toMatchObject({ ok: false, error: { code: 'payment_declined' } })
        const { order, payments } = await till.saleOf(cartId)
        expect(order).toMatchObject({ status: 'canceled', paymentStatus: 'failed' })
        expect(payments).toMatchObject([{ state: 'voided', captured: 0n }])
        expect((await till.cart(cartId)).status).toBe('open')
        expect(await till.eventsOf(order.id, 'order.confirmed')).toBe(0)
        await till.expectBooksInOrder()
      },
    )

    it.each(['wrong_amount', 'wrong_currency', 'wrong_order'])('%s gives back what it took, all of it', async mode => {
      const { cartId, answer } = await sell(till, mode, { capture: true })
      expect(answer.ok).toBe(false)
      const { payments } = await till.saleOf(cartId)
      expect(payments).toMatchObject([{ state: 'refunded' }])
      const taken = mode === 'wrong_amount' ? mugsTotal + 100n : mugsTotal
      const record = await till.server.storage.gatewayRecords.get(`attempt:${payments[0]?.idempotencyKey}`)
      const refunds = [{ key: `${payments[0]?.id}:stray`, amount: taken.toString() }]
      expect(record?.value).toMatchObject({ state: 'captured', captured: taken.toString(), refunds })
      await till.server.operations.recoverOrders()
      await till.recoverAfter(orphaned)
      await till.expectBooksInOrder()
    })
  })

  it('with nothing left to pay asks no gateway', async () => {
    await till.server.storage.sql.query(
      `with card as (insert into gift_cards (code_key, channels, balance, body)
        select 'allofit', channels, 5000, replace(body::text, 'GIFT50DEMO', 'ALLOFIT')::json from gift_cards
        where code_key = 'gift50demo' returning code_key)
      insert into gift_card_ledger (code_key, kind, amount) select code_key, 'initial', 5000 from card`,
    )
    const { caller, cartId } = await guestCart(till)
    const cart = { key: { id: cartId } }
    const { operations } = till.server
    expect((await operations.applyGiftCard(caller, { cart, code: 'allofit' })).ok).toBe(true)
    const placed = await operations.placeOrder(caller, { cart, placement: purchaseBy('decline') })
    expect(placed).toMatchObject({ ok: true, value: { order: { status: 'confirmed', amountDue: 0n }, payments: [] } })
    await till.expectBooksInOrder()
  })

  describe('again', () => {
    it('under the same idempotency key gives the first order back, and no second payment', async () => {
      const key = crypto.randomUUID()
      const { caller, cartId, answer } = await sell(till, 'approve', { idempotencyKey: key })
      const cart = { key: { id: cartId } }
      const placement = purchaseBy('approve', { idempotencyKey: key })
      const again = await till.server.operations.placeOrder(caller, { cart, placement })
      expect(answer).toMatchObject({ ok: true, value: { isRepeat: false } })
      expect(again).toMatchObject({ ok: true, value: { isRepeat: true, redirectUrl: null } })
      expect(again.ok && again.value.order.id).toBe(answer.ok && answer.value.order.id)
      expect((await till.saleOf(cartId)).payments).toHaveLength(1)
      await till.expectBooksInOrder()
    })

    it('under the same key leads a shopper to the same payment page', async () => {
      const key = crypto.randomUUID()
      const { caller, cartId, answer } = await sell(till, 'redirect', { idempotencyKey: key })
      const placement = purchaseBy('approve', { idempotencyKey: key })
      const again = await till.server.operations.placeOrder(caller, { cart: { key: { id: cartId } }, placement })
      expect(again.ok && again.value.redirectUrl).toMatch(/^http.*\/sandbox\/pay\//)
      expect(again.ok && again.value.redirectUrl).toBe(answer.ok && answer.value.redirectUrl)
      expect(await till.ordersOf(cartId)).toHaveLength(1)
    })

    it('under another key or none is told that the cart was ordered', async () => {
      const { caller, cartId } = await sell(till, 'approve', { idempotencyKey: 'mine' })
      const { order } = await till.saleOf(cartId)
      const refusal = { code: 'cart_already_ordered', orderId: order.id, orderNumber: order.number }
      for (const placement of [purchaseBy('approve'), purchaseBy('approve', { idempotencyKey: 'other' })]) {
        const again = await till.server.operations.placeOrder(caller, { cart: { key: { id: cartId } }, placement })
        expect(again).toEqual({ ok: false, error: refusal })
      }
      expect((await till.saleOf(cartId)).payments).toHaveLength(1)
    })

    it('over HTTP answers the same under one Idempotency-Key, and refuses another purchase under it', async () => {
      const { who, cartId } = await guestCart(till)
      const headers = { 'idempotency-key': crypto.randomUUID() }
      const attributes = purchase(cartId, { payments: [card('4111111111111111')] })
      const first = await checkout(till.glue, who, attributes, '', { headers })
      const second = await checkout(till.glue, who, attributes, '', { headers })
      expect(first.status).toBe(201)
      expect([second.status, second.json]).toEqual([201, first.json])
      const other = await checkout(till.glue, who, { ...attributes, shipment: { idShipmentMethod: 2 } }, '', {
        headers,
      })
      expect(other.status).toBe(422)
      expect((await till.saleOf(cartId)).payments).toHaveLength(1)
    })

    it('after a decline under the same key is a new try', async () => {
      const key = crypto.randomUUID()
      const { caller, cartId, answer } = await sell(till, 'decline', { idempotencyKey: key })
      expect(answer).toEqual({ ok: false, error: { code: 'payment_declined', reason: 'card_declined' } })
      const placement = purchaseBy('approve', { idempotencyKey: key })
      const again = await till.server.operations.placeOrder(caller, { cart: { key: { id: cartId } }, placement })
      expect(again).toMatchObject({ ok: true, value: { isRepeat: false, order: { status: 'confirmed' } } })
    })
  })

  describe('is refused and leaves no trace', () => {
    it.each([
      ['another total', { expectedTotal: 1n }, { code: 'total_changed', expected: 1n, actual: mugsTotal }],
      ['another version', { expectedVersion: 7 }, { code: 'version_conflict', current: 1 }],
    ])('when the client expects %s', async (_, expectation, error) => {
      const { cartId, answer } = await sell(till, 'approve', expectation)
      expect(answer).toEqual({ ok: false, error })
      expect(await till.ordersOf(cartId)).toEqual([])
      expect(await till.cart(cartId)).toMatchObject({ status: 'open', version: 1 })
    })

    it('when a plan refuses, or the stock is short', async () => {
      const { caller, cartId } = await guestCart(till, [{ sku: 'TWENTY', quantity: 20 }])
      const cart = { key: { id: cartId } }
      const refused = await till.server.operations.placeOrder(caller, {
        cart,
        placement: purchaseBy('approve'),
        plan: () => ({ ok: false, error: { code: 'not_deliverable' } }),
      })
      expect(refused).toEqual({ ok: false, error: { code: 'not_deliverable' } })
      await till.server.storage.sql.query(`update stock set available = 19 where sku = 'TWENTY'`)
      const short = await till.server.operations.placeOrder(caller, { cart, placement: purchaseBy('approve') })
      await till.server.storage.sql.query(`update stock set available = 20 where sku = 'TWENTY'`)
      expect(short).toMatchObject({ ok: false, error: { code: 'insufficient_stock', sku: 'TWENTY', available: 19 } })
      expect(await till.ordersOf(cartId)).toEqual([])
      expect((await till.cart(cartId)).status).toBe('open')
      await till.expectBooksInOrder()
    })
  })
})

/** Uses of the coupon ONCE and the balance of the gift card GIFT50DEMO. */
async function codesOf({ server }: Till): Promise<{ readonly used: number; readonly balance: number }> {
  const { rows } = await server.storage.sql.query<{ used: number; balance: number }>(
    `select c.used, g.balance::integer as balance from coupons c, gift_cards g
      where c.code_key = 'once' and g.code_key = 'gift50demo'`,
  )
  return { used: rows[0]?.used ?? -1, balance: rows[0]?.balance ?? -1 }
}
