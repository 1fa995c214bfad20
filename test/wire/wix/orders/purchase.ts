import type { Caller } from '../../../../src/core/access/caller.js'
import type { Order } from '../../../../src/core/orders/order.js'
import type { Placement } from '../../../../src/operations/operations.js'
import type { TestServer } from '../../../support/test-server.js'
import type { Person } from '../people.js'

const place = {
  firstName: 'Ada',
  lastName: 'Tester',
  line1: '1 Test Street',
  city: 'New York',
  postalCode: '10011',
  subdivision: 'NY',
  country: 'US',
  phone: '+12125550100',
}

export const onAccount: Partial<Placement> = { payments: [{ method: 'offline' }] }
export const byPage: Partial<Placement> = { payments: [{ method: 'creditCard' }], instruments: [{ mode: 'redirect' }] }
export const byCard: Partial<Placement> = { payments: [{ method: 'creditCard' }], instruments: [{ mode: 'approve' }] }

/** What the demo store's figure 5 is made of, less the coupon: 3 shirts and a shoe. */
export const figure5 = [
  { sku: 'SHIRT', quantity: 3 },
  { sku: 'SHOE', quantity: 1 },
]

export function callerOf(person: Person): Caller {
  const id = person.id ?? ''
  return id.startsWith('c0ffee00-0003') ? { kind: 'member', customerId: id } : { kind: 'visitor', visitorId: id }
}

/** Somebody buys: an order of theirs, past all endpoints. */
export async function buy(
  { operations }: TestServer,
  person: Person,
  how: Partial<Placement> = onAccount,
  cart: { readonly coupon?: string; readonly giftCard?: string; readonly lines?: typeof figure5 } = {},
): Promise<Order> {
  const caller = callerOf(person)
  const made = await operations.createCart(caller, {
    channel: 'us-wix',
    lines: cart.lines ?? figure5,
    isDefault: false,
  })
  if (!made.ok) throw new Error(made.error.code)
  const key = { key: { id: made.value.cart.cart.id } }
  if (cart.coupon !== undefined) await operations.applyCoupon(caller, { cart: key, code: cart.coupon })
  if (cart.giftCard !== undefined) await operations.applyGiftCard(caller, { cart: key, code: cart.giftCard })
  const placed = await operations.placeOrder(caller, {
    cart: key,
    placement: {
      buyer: { email: 'buyer@polytill.test' },
      billingAddress: place,
      consignments: [{ destination: { kind: 'address', address: place }, selectedOption: 'standard-us-shipping' }],
      ...how,
    },
  })
  if (!placed.ok) throw new Error(placed.error.code)
  return placed.value.order
}
