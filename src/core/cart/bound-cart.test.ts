import { expect, it } from 'vitest'
import { cart, line } from '../../../test/golden/builders.js'
import { boundCart } from './bound-cart.js'
import type { Cart } from './cart.js'

const guest = { kind: 'guest', guestKey: 'g' } as const
const member = { kind: 'member', customerId: 'c1' } as const
const buyer = { email: 'ada@example.test' }
const made: Cart = cart([line('mug', 1)], { owner: { kind: 'privileged' }, buyer, isDefault: false })

it('goes to whoever holds its link, as the current one, with all that was filled in', () => {
  expect(boundCart(made, made.channel, guest)).toEqual({ ok: true, value: { ...made, owner: guest, isDefault: true } })
  expect(boundCart(made, made.channel, member)).toMatchObject({
    value: { owner: member, buyer: { ...buyer, customerId: 'c1' }, isDefault: true },
  })
  expect(boundCart({ ...made, owner: { kind: 'guest', guestKey: 'other' } }, made.channel, guest).ok).toBe(true)
})

it('is not there for others than its member, once it was ordered, and in another channel', () => {
  const theirs = { ...made, owner: member }
  const refused = { ok: false, error: { code: 'cart_not_found' } }
  expect(boundCart(theirs, made.channel, member)).toMatchObject({ ok: true, value: { owner: member, isDefault: true } })
  expect(boundCart(theirs, made.channel, { kind: 'member', customerId: 'c2' })).toEqual(refused)
  expect(boundCart(theirs, made.channel, guest)).toEqual(refused)
  expect(boundCart({ ...made, status: 'closed' }, made.channel, guest)).toEqual(refused)
  expect(boundCart(made, 'elsewhere', guest)).toEqual(refused)
})
