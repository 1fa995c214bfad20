import { expect, it } from 'vitest'
import { cart, line } from '../../../test/golden/builders.js'
import { findLine } from './line-reference.js'

const two = cart([line('mug', 1), line('tee', 2)])

it('a line is found by its id, or by what makes it up: then the first one', () => {
  expect(findLine(two, { id: 'line-tee' })).toEqual({ ok: true, value: two.lineItems[1] })
  expect(findLine(two, { matches: item => item.quantity === 2 })).toEqual({ ok: true, value: two.lineItems[1] })
  expect(findLine(two, { matches: () => true })).toEqual({ ok: true, value: two.lineItems[0] })
})

it('a line that is not there is told, by its id where it has one', () => {
  const absent = (lineItemId: string) => ({ ok: false, error: { code: 'line_not_found', lineItemId } })
  expect(findLine(two, { id: 'elsewhere' })).toEqual(absent('elsewhere'))
  expect(findLine(two, { matches: () => false })).toEqual(absent(''))
  expect(findLine(cart([]), { matches: () => true })).toEqual(absent(''))
})
