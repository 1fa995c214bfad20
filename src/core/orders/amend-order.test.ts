import { describe, expect, it } from 'vitest'
import type { Address } from '../cart/address.js'
import { amendedSnapshot, amendOrder } from './amend-order.js'
import type { Order } from './order.js'

const now = '2026-11-21T09:00:00.000Z'
const albany: Address = { id: 'a', line1: '1 Road', city: 'Albany', subdivision: 'NY', country: 'US' }
const aunt: Address = { id: 'b', line1: '9 Hill', city: 'Reno', subdivision: 'NV', country: 'US' }
const to = (id: string, address: Address) => ({ id, sequence: 1, items: [], destination: { kind: 'address', address } })
const consignments = [to('c1', albany), to('c2', aunt)]
const order = {
  id: 'o1',
  status: 'confirmed',
  fulfillmentStatus: 'unfulfilled',
  email: 'a@polytill.test',
  grandTotal: 100n,
  snapshot: {
    cart: { buyer: { email: 'a@polytill.test' }, billingAddress: albany, addresses: [], consignments },
    consignments: consignments.map(consignment => ({ consignment, items: [] })),
  },
  version: 3,
} as unknown as Order

describe('amendments of an order', () => {
  it('show wherever the order is read, and leave what goes to somebody else', () => {
    const moved = { ...albany, line1: '2 Road' }
    const amended = amendOrder(order, { email: 'b@polytill.test', shippingAddress: moved }, now)
    if (!amended.ok) throw new Error(amended.error.code)
    const { email, grandTotal, version, amendments, snapshot } = amended.value
    expect({ email, grandTotal, version }).toEqual({ email: 'b@polytill.test', grandTotal: 100n, version: 4 })
    const places = snapshot.consignments.map(({ consignment }) => consignment.destination)
    expect(places).toEqual([
      { kind: 'address', address: moved },
      { kind: 'address', address: aunt },
    ])
    expect(snapshot.cart.consignments.map(({ destination }) => destination)).toEqual(places)
    expect(snapshot.cart.buyer.email).toBe('b@polytill.test')
    // As storage has it: the purchase as it was made, and the amendments beside it.
    expect(amendedSnapshot(order.snapshot, amendments)).toEqual(snapshot)
    expect(amendedSnapshot(order.snapshot, undefined)).toBe(order.snapshot)
  })

  it('add up, the newest one first', () => {
    const once = amendOrder(order, { shippingAddress: { ...albany, line1: '2 Road' } }, now)
    const twice = once.ok ? amendOrder(once.value, { shippingAddress: { ...albany, line1: '3 Road' } }, now) : once
    const after = twice.ok ? amendOrder(twice.value, { customerNote: 'Ring' }, now) : twice
    if (!after.ok) throw new Error(after.error.code)
    const { snapshot, amendments } = after.value
    expect(snapshot.cart.customerNote).toBe('Ring')
    expect(snapshot.consignments[0]?.consignment.destination).toMatchObject({ address: { line1: '3 Road' } })
    expect(amendedSnapshot(order.snapshot, amendments)).toEqual(snapshot)
  })

  it.each([
    ['another state', order, { shippingAddress: { ...albany, subdivision: 'CA' } }, 'confirmed'],
    ['another country', order, { billingAddress: { ...albany, country: 'CA' } }, 'confirmed'],
    ['goods that went', { ...order, fulfillmentStatus: 'fulfilled' }, { shippingAddress: albany }, 'fulfilled'],
    ['an order that waits', { ...order, status: 'pending' }, { email: 'b@polytill.test' }, 'pending'],
    ['an order that was called off', { ...order, status: 'canceled' }, { email: 'b@polytill.test' }, 'canceled'],
  ] as const)('are refused for %s', (_what, of, wanted, status) => {
    expect(amendOrder(of, wanted, now)).toEqual({ ok: false, error: { code: 'order_state', status } })
  })
})
