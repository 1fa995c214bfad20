import { expect, it } from 'vitest'
import { cart, line } from '../../../test/golden/builders.js'
import { isKnownAt, sameSince, writtenAlike } from './same-since.js'

const read = cart([line('mug', 2)], { version: 4 })
const known = (one: typeof read) => [3, 4, 5, 6, 7, 8].filter(version => isKnownAt(one, version))

it('is known at its own version alone, where nothing was noted', () => {
  expect(known(read)).toEqual([4])
})

it('is known at every version since it is the same', () => {
  const frozen = writtenAlike({ ...read, status: 'placing', version: 5 }, read)
  const open = writtenAlike({ ...frozen, status: 'open', version: 6 }, frozen)
  expect([known(frozen), known(open), sameSince(open)]).toEqual([[4, 5], [4, 5, 6], 4])
  const twice = writtenAlike({ ...open, version: 7 }, open)
  expect(known(twice)).toEqual([4, 5, 6, 7])
})

it('is known at its own version alone once something else was written', () => {
  const frozen = writtenAlike({ ...read, version: 5 }, read)
  const changed = { ...frozen, version: 6, customerNote: 'Ring twice' }
  expect(known(changed)).toEqual([6])
  expect(known(writtenAlike({ ...changed, version: 7 }, changed))).toEqual([6, 7])
})
