import { describe, expect, test } from 'vitest'
import type { Caller, CartOwner } from './caller.js'
import { accessToCart, isPersonHidden, mayReachCustomer, mayReachOrder, ownerFor } from './permissions.js'

const id = 'cart-1'
const callers = {
  member: { kind: 'member', customerId: 'c1' },
  otherMember: { kind: 'member', customerId: 'c2' },
  visitor: { kind: 'visitor', visitorId: 'v1' },
  otherVisitor: { kind: 'visitor', visitorId: 'v2' },
  guest: { kind: 'guest', guestKey: 'g1' },
  otherGuest: { kind: 'guest', guestKey: 'g2' },
  anonymous: { kind: 'anonymous' },
  holder: { kind: 'anonymous', heldCarts: [id] },
  key: { kind: 'key', keyId: 'k', permissions: ['carts:read'] },
  weakKey: { kind: 'key', keyId: 'k', permissions: ['orders:read'] },
  system: { kind: 'system' },
} as const satisfies Record<string, Caller>
const owners = {
  member: { kind: 'member', customerId: 'c1' },
  visitor: { kind: 'visitor', visitorId: 'v1' },
  guest: { kind: 'guest', guestKey: 'g1' },
  open: { kind: 'open' },
  privileged: { kind: 'privileged' },
  holder: { kind: 'holder' },
} as const satisfies Record<string, CartOwner>

type Row = Record<keyof typeof callers, string>
const always = { holder: 'allowed', key: 'allowed', weakKey: 'forbidden', system: 'allowed' }

/** Owner by caller, every pair. */
const table: Record<keyof typeof owners, Row> = {
  member: {
    ...always,
    member: 'allowed',
    otherMember: 'absent',
    visitor: 'absent',
    otherVisitor: 'absent',
    guest: 'absent',
    otherGuest: 'absent',
    anonymous: 'absent',
  },
  visitor: {
    ...always,
    member: 'claim member c1',
    otherMember: 'claim member c2',
    visitor: 'allowed',
    otherVisitor: 'allowed',
    guest: 'absent',
    otherGuest: 'absent',
    anonymous: 'absent',
  },
  guest: {
    ...always,
    member: 'absent',
    otherMember: 'absent',
    visitor: 'absent',
    otherVisitor: 'absent',
    guest: 'allowed',
    otherGuest: 'absent',
    anonymous: 'absent',
  },
  open: {
    ...always,
    member: 'claim member c1',
    otherMember: 'claim member c2',
    visitor: 'claim visitor v1',
    otherVisitor: 'claim visitor v2',
    guest: 'claim guest g1',
    otherGuest: 'claim guest g2',
    anonymous: 'allowed',
  },
  privileged: {
    ...always,
    member: 'absent',
    otherMember: 'absent',
    visitor: 'absent',
    otherVisitor: 'absent',
    guest: 'absent',
    otherGuest: 'absent',
    anonymous: 'absent',
  },
  holder: {
    ...always,
    member: 'allowed',
    otherMember: 'allowed',
    visitor: 'allowed',
    otherVisitor: 'allowed',
    guest: 'allowed',
    otherGuest: 'allowed',
    anonymous: 'allowed',
  },
}

describe.each(Object.keys(owners) as (keyof typeof owners)[])("a cart of owner kind '%s'", owner => {
  test.each(Object.keys(callers) as (keyof typeof callers)[])('to %s', caller => {
    const access = accessToCart(callers[caller], { id, owner: owners[owner] }, 'carts:read')
    const text = access.kind === 'claim' ? `claim ${Object.values(access.owner).join(' ')}` : access.kind
    expect(text).toBe(table[owner][caller])
  })
})

test('a key is told which permission it lacks', () => {
  expect(accessToCart(callers.key, { id, owner: owners.member }, 'carts:write')).toEqual({
    kind: 'forbidden',
    permission: 'carts:write',
  })
})

test('the secret of another cart opens nothing', () => {
  const caller: Caller = { kind: 'anonymous', heldCarts: ['cart-2'] }
  expect(accessToCart(caller, { id, owner: owners.guest }, 'carts:read').kind).toBe('absent')
})

test('who makes a cart owns it; a key must name the owner unless it acts for a customer', () => {
  expect(ownerFor(callers.member)).toEqual(owners.member)
  expect(ownerFor(callers.anonymous)).toEqual({ kind: 'holder' })
  expect(ownerFor(callers.key)).toBeUndefined()
  expect(ownerFor({ ...callers.key, actingFor: 'c1' })).toEqual(owners.member)
})

/** Of a purchase on which no registered customer stands. */
const ofNobody = { cart: { buyer: {} } } as never

test('an order is reached by its owner, by the holder of its cart, and by keys that may', () => {
  const order = { owner: owners.guest, cartId: id, snapshot: ofNobody }
  expect(mayReachOrder(callers.guest, order, 'orders:read')).toBe(true)
  expect(mayReachOrder(callers.otherGuest, order, 'orders:read')).toBe(false)
  expect(mayReachOrder(callers.holder, order, 'orders:read')).toBe(true)
  expect(mayReachOrder(callers.anonymous, order, 'orders:read')).toBe(false)
  expect(mayReachOrder(callers.weakKey, order, 'orders:read')).toBe(true)
  expect(mayReachOrder(callers.key, order, 'orders:read')).toBe(false)
  expect(
    mayReachOrder(callers.otherMember, { owner: owners.member, cartId: id, snapshot: ofNobody }, 'orders:read'),
  ).toBe(false)
  expect(
    mayReachOrder(callers.otherVisitor, { owner: owners.visitor, cartId: id, snapshot: ofNobody }, 'orders:read'),
  ).toBe(false)
})

test('the secret of one order opens that order, and no other of the same cart', () => {
  const caller: Caller = { kind: 'anonymous', heldOrders: ['order-1'] }
  const order = { owner: owners.member, cartId: id, snapshot: ofNobody }
  expect(mayReachOrder(caller, { ...order, id: 'order-1' }, 'orders:read')).toBe(true)
  expect(mayReachOrder(caller, { ...order, id: 'order-2' }, 'orders:read')).toBe(false)
  expect(mayReachOrder(caller, order, 'orders:read')).toBe(false)
  expect(accessToCart(caller, { id, owner: owners.member }, 'carts:read').kind).toBe('absent')
})

test('customer data is for the customer and for keys that may', () => {
  expect(mayReachCustomer(callers.member, 'c1', 'customers:read')).toBe(true)
  expect(mayReachCustomer(callers.member, 'c2', 'customers:read')).toBe(false)
  expect(mayReachCustomer(callers.guest, 'c1', 'customers:read')).toBe(false)
  expect(mayReachCustomer(callers.key, 'c1', 'customers:read')).toBe(false)
})

describe('the person on a cart', () => {
  const named = { profileId: 'c1', email: 'c1@shop.example' }
  const signedIn = { customerId: 'c1', email: 'c1@shop.example' }

  test.each([
    ['whom a stranger named', named],
    ['who was signed in', signedIn],
  ])('%s is shown to that customer, to keys, and where strangers see asterisks', (_, buyer) => {
    const hidden = (caller: Caller, owner: CartOwner = owners.holder) => isPersonHidden(caller, { owner, buyer })
    const shown = [callers.member, callers.key, callers.system, { ...callers.holder, seesMasked: true } as const]
    expect(shown.map(caller => hidden(caller))).toEqual([false, false, false, false])
    const others = [callers.otherMember, callers.visitor, callers.guest, callers.anonymous, callers.holder]
    expect(others.map(caller => hidden(caller))).toEqual([true, true, true, true, true])
    expect(hidden(callers.holder, owners.member)).toBe(false)
    expect(hidden(callers.otherMember, { kind: 'member', customerId: 'c2' })).toBe(true)
    const order = { owner: owners.holder, cartId: id, snapshot: { cart: { buyer } } as never }
    expect(mayReachOrder(callers.holder, order, 'orders:read')).toBe(false)
    expect(mayReachOrder({ ...callers.holder, seesMasked: true }, order, 'orders:read')).toBe(true)
  })

  test('who is no registered customer is whoever has the cart', () => {
    const buyer = { email: 'ana@shop.example', firstName: 'Ana' }
    expect(isPersonHidden(callers.anonymous, { owner: owners.holder, buyer })).toBe(false)
  })
})
