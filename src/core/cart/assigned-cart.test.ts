import { expect, it } from 'vitest'
import { cart, line } from '../../../test/golden/builders.js'
import { assignedCart } from './assigned-cart.js'
import type { Cart } from './cart.js'

const chosen: Cart = cart([line('mug', 1)], {
  owner: { kind: 'privileged' },
  buyer: { email: 'ada@example.test' },
  consignments: [{ id: 'p1', sequence: 1, items: [], destination: { kind: 'unknown' }, selectedOption: 'flat' }],
})

it('goes to a customer without the choice of shipping, and back', () => {
  const given = assignedCart(chosen, 'c1')
  expect(given.owner).toEqual({ kind: 'member', customerId: 'c1' })
  expect(given.buyer).toEqual({ email: 'ada@example.test', customerId: 'c1' })
  expect(given.consignments).toEqual([{ id: 'p1', sequence: 1, items: [], destination: { kind: 'unknown' } }])
  const back = assignedCart(given, null)
  expect([back.owner, back.buyer]).toEqual([{ kind: 'privileged' }, { email: 'ada@example.test' }])
})

it('is the same cart for whom it belongs to already', () => {
  expect(assignedCart(chosen, null)).toBe(chosen)
  const given = assignedCart(chosen, 'c1')
  expect(assignedCart(given, 'c1')).toBe(given)
})
