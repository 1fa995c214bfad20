import { describe, expect, it } from 'vitest'
import { fulfilledOrder, retrackedOrder } from './fulfill-order.js'
import type { Order } from './order.js'

const now = '2026-01-05T10:00:00.000Z'

/** The parts of an order that sending looks at: two lines, one consignment each. */
function order(changes: Partial<Order> = {}): Order {
  const line = (id: string, quantity: number) => ({ item: { id }, quantity, kind: 'physical' })
  const consignment = (id: string, lineItemId: string, quantity: number) => ({
    consignment: { id },
    items: [{ lineItemId, quantity }],
  })
  const snapshot = {
    lines: [line('a', 2), line('b', 1)],
    consignments: [consignment('first', 'a', 2), consignment('second', 'b', 1)],
  }
  const parts = { status: 'confirmed', fulfillmentStatus: 'unfulfilled', fulfillments: [], version: 3, snapshot }
  return { ...parts, ...changes } as unknown as Order
}

const sent = (from: Order, consignmentId: string): Order => {
  const result = fulfilledOrder(from, { consignmentId, trackingNumber: 'T1' }, now)
  if (!result.ok || result.value === undefined) throw new Error('it is not sent')
  return result.value
}

describe('sending goods', () => {
  it('one consignment after the other fulfills the order', () => {
    const partly = sent(order(), 'first')
    expect(partly).toMatchObject({
      fulfillmentStatus: 'partially_fulfilled',
      version: 4,
      fulfillments: [{ id: 'first', items: [{ lineItemId: 'a', quantity: 2 }], trackingNumber: 'T1', at: now }],
    })
    expect(sent(partly, 'second')).toMatchObject({ fulfillmentStatus: 'fulfilled', version: 5 })
  })

  it('happens once', () => {
    expect(fulfilledOrder(sent(order(), 'first'), { consignmentId: 'first' }, now)).toEqual({
      ok: true,
      value: undefined,
    })
  })

  it.each(['pending', 'canceled', 'incomplete'] as const)('is not done for an order that is %s', status => {
    const refused = fulfilledOrder(order({ status }), { consignmentId: 'first' }, now)
    expect(refused).toEqual({ ok: false, error: { code: 'order_state', status } })
  })

  it('knows the consignments of the order only', () => {
    const refused = fulfilledOrder(order(), { consignmentId: 'third' }, now)
    expect(refused).toEqual({ ok: false, error: { code: 'consignment_not_found', consignmentId: 'third' } })
  })

  it('may get another tracking number afterwards, and only then', () => {
    const wanted = (trackingNumber: string) => ({ consignmentId: 'first', trackingNumber })
    const changed = retrackedOrder(sent(order(), 'first'), wanted('T2'), now)
    expect(changed).toMatchObject({
      value: {
        version: 5,
        fulfillments: [{ id: 'first', trackingNumber: 'T2' }],
        fulfillmentStatus: 'partially_fulfilled',
      },
    })
    expect(retrackedOrder(sent(order(), 'first'), wanted('T1'), now)).toEqual({ ok: true, value: undefined })
    const refused = { ok: false, error: { code: 'consignment_not_found', consignmentId: 'first' } }
    expect(retrackedOrder(order(), wanted('T2'), now)).toEqual(refused)
  })
})
