import { describe, expect, it } from 'vitest'
import { bothModes } from './both-modes.js'

const rate = { micros: 82_500n }

describe('a part of something taxed', () => {
  it('keeps the proportion of the whole as it was rounded', () => {
    // 25.50 with 1.94 tax: 4.50 of it is 4.16 without, where the bare rate says 4.157.
    const whole = { net: 2356n, tax: 194n, gross: 2550n }
    expect(bothModes(450n, whole, 'gross', rate, 'half_away')).toEqual({ net: 416n, tax: 34n, gross: 450n })
  })

  it('without tax, gets its tax on top', () => {
    const whole = { net: 2925n, tax: 234n, gross: 3159n }
    expect(bothModes(300n, whole, 'net', { micros: 80_000n }, 'half_away')).toEqual({
      net: 300n,
      tax: 24n,
      gross: 324n,
    })
  })

  it('goes by the rate where nothing is left of the whole', () => {
    const nothing = { net: 0n, tax: 0n, gross: 0n }
    expect(bothModes(10_000n, nothing, 'net', rate, 'half_away').gross).toBe(10_825n)
    expect(bothModes(10_825n, nothing, 'gross', rate, 'half_away').net).toBe(10_000n)
  })

  it('is the same in both modes where nothing is taxed', () => {
    const whole = { net: 500n, tax: 0n, gross: 500n }
    expect(bothModes(123n, whole, 'gross', { micros: 0n }, 'half_away')).toEqual({ net: 123n, tax: 0n, gross: 123n })
  })
})
