import { describe, expect, it } from 'vitest'
import { cart, channel, line, preset } from '../../../test/golden/builders.js'
import type { Cart } from './cart.js'
import { hasIdentifiableOwner, storable } from './personal-data.js'

const policy = preset('grossCarried')
const forgetful = channel(policy, { storesAnonymousAddresses: false })
const address = {
  firstName: 'Ada',
  line1: 'Street 1',
  city: 'Berlin',
  postalCode: '10115',
  subdivision: 'BE',
  country: 'DE',
}

const anonymous: Cart = cart([line('mug', 2)], {
  owner: { kind: 'visitor', visitorId: 'v1' },
  buyer: { firstName: 'Ada', phone: '+49 30 1', ipAddress: '192.0.2.1' },
  billingAddress: address,
  addresses: [address],
  consignments: [
    { id: 'p1', sequence: 1, items: [], destination: { kind: 'address', address }, selectedOption: 'standard' },
    {
      id: 'p2',
      sequence: 2,
      items: [],
      destination: { kind: 'pickup', pickupPointId: 'store', receiver: address },
    },
  ],
  couponCodes: ['TEN'],
})

describe('a cart of nobody in particular', () => {
  it('is stored without names and places, where the channel says so; what was chosen stays', () => {
    const { billingAddress: _, ...rest } = anonymous
    expect(storable(anonymous, forgetful)).toEqual({
      ...rest,
      buyer: {},
      addresses: [],
      consignments: [
        { ...anonymous.consignments[0], destination: { kind: 'unknown' } },
        { ...anonymous.consignments[1], destination: { kind: 'pickup', pickupPointId: 'store' } },
      ],
    })
    const text = JSON.stringify(storable(anonymous, forgetful))
    for (const part of ['Ada', 'Street 1', 'Berlin', '10115', '+49 30 1', '192.0.2.1']) expect(text).not.toContain(part)
  })

  it('is stored whole, where the channel stores it', () => {
    expect(storable(anonymous, channel(policy))).toBe(anonymous)
  })
})

describe('a cart of somebody', () => {
  it.each<readonly [string, Partial<Cart>]>([
    ['a member', { owner: { kind: 'member', customerId: 'c1' } }],
    ['an e-mail address', { buyer: { email: 'a@polytill.test' } }],
    ['a contact', { buyer: { contactId: 'contact' } }],
  ])('known by %s is stored whole', (_, more) => {
    const known = { ...anonymous, ...more }
    expect(hasIdentifiableOwner(known)).toBe(true)
    expect(storable(known, forgetful)).toBe(known)
  })

  it.each<readonly [string, Partial<Cart>]>([
    ['a visitor', { owner: { kind: 'visitor', visitorId: 'v' } }],
    ['a guest', { owner: { kind: 'guest', guestKey: 'g' } }],
    ['whoever holds it', { owner: { kind: 'holder' } }],
    ['a name alone', { buyer: { firstName: 'Ada' } }],
  ])('is not known by %s', (_, more) => {
    expect(hasIdentifiableOwner({ ...anonymous, ...more })).toBe(false)
  })
})
