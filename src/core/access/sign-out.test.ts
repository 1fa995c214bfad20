import { describe, expect, it } from 'vitest'
import { isEndedBy } from './sign-out.js'

const at = '2026-11-21T10:00:00.500Z'
const moment = Date.parse(at)
const proof = { customerId: 'c1', issuedAt: moment }

describe('somebody who was signed out everywhere', () => {
  it('is signed in no more by what was told of an earlier version, whatever the clock said', () => {
    expect(isEndedBy({ version: 4, at }, { ...proof, customerVersion: 3, issuedAt: moment + 60_000 })).toBe(true)
  })

  it('is signed in by what was told of that version or a later one, also within the same moment and before', () => {
    for (const customerVersion of [4, 5]) {
      for (const issuedAt of [moment - 60_000, moment, moment + 1]) {
        expect(isEndedBy({ version: 4, at }, { ...proof, customerVersion, issuedAt })).toBe(false)
      }
    }
  })

  it('is judged by the clock where no version was told: the second of it still counts as before', () => {
    const secondOf = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000
    expect(isEndedBy({ version: 4, at }, { ...proof, issuedAt: secondOf(moment) })).toBe(true)
    expect(isEndedBy({ version: 4, at }, { ...proof, issuedAt: moment })).toBe(true)
    expect(isEndedBy({ version: 4, at }, { ...proof, issuedAt: secondOf(moment) + 1000 })).toBe(false)
  })
})
