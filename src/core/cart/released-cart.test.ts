import { expect, it } from 'vitest'
import { cart, line } from '../../../test/golden/builders.js'
import type { Cart } from './cart.js'
import { releasedCart } from './released-cart.js'

const address = { firstName: 'Ada', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

const owned: Cart = cart([line('mug', 2)], {
  owner: { kind: 'member', customerId: 'c1' },
  buyer: { customerId: 'c1', email: 'ada@example.test', phone: '+49 30 1' },
  billingAddress: address,
  addresses: [address],
  consignments: [{ id: 'p1', sequence: 1, items: [], destination: { kind: 'address', address } }],
  couponCodes: ['TEN'],
  giftCards: [{ code: 'GIFT' }],
  payments: [{ id: 'x', method: 'card', token: 'stored-card' }],
  customerNote: 'Ring at Ada',
  preferences: { newsletter: true },
  customData: { crm: { id: 'Ada-7' } },
  extras: { shop: { name: 'Ada' } },
  step: 'payment',
})

it('keeps lines and coupons for the browser and forgets its customer', () => {
  const released = releasedCart(owned, { kind: 'guest', guestKey: 'g1' })
  expect(released).toEqual(
    cart([line('mug', 2)], {
      id: owned.id,
      owner: { kind: 'guest', guestKey: 'g1' },
      buyer: {},
      couponCodes: ['TEN'],
      step: 'cart',
    }),
  )
  for (const part of ['Ada', 'c1', 'Street 1', '10115', 'GIFT', 'stored-card']) {
    expect(JSON.stringify(released)).not.toContain(part)
  }
})
