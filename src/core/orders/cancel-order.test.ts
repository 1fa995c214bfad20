import { describe, expect, it } from 'vitest'
import { canceledOrder } from './cancel-order.js'
import type { Order } from './order.js'

const now = '2026-01-05T10:00:00.000Z'

function order(changes: Partial<Order> = {}): Order {
  const parts = { status: 'confirmed', paymentStatus: 'paid', fulfillmentStatus: 'unfulfilled', version: 3 }
  return { ...parts, deadline: now, ...changes } as unknown as Order
}

describe('calling an order off', () => {
  it.each(['incomplete', 'pending', 'confirmed'] as const)(
    'is possible while it is %s and nothing was sent',
    status => {
      expect(canceledOrder(order({ status }), 'no longer wanted', now)).toEqual({
        ok: true,
        value: {
          ...{ status: 'canceled', paymentStatus: 'paid', fulfillmentStatus: 'canceled', version: 4 },
          ...{ cancelReason: 'no longer wanted', updatedAt: now },
        },
      })
    },
  )

  it.each(['partially_fulfilled', 'fulfilled'] as const)('is refused once goods were sent: %s', fulfillmentStatus => {
    expect(canceledOrder(order({ fulfillmentStatus }), 'too late', now)).toEqual({
      ok: false,
      error: { code: 'order_state', status: fulfillmentStatus },
    })
  })
})
