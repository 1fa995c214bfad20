import { describe, expect, it } from 'vitest'
import { byMode, hundredths, parsePriceMode, percentNumber, percentText, priceModeText, toWire } from './money.js'

describe('amounts and rates on the wire', () => {
  it('writes amounts as integers and refuses what a JSON number cannot hold', () => {
    expect(toWire(61_877n)).toBe(61877)
    expect(toWire(-1n)).toBe(-1)
    expect(toWire(9_007_199_254_740_993n)).toBe(9_007_199_254_740_992)
  })

  it('writes rates as a number in carts and with two decimals in orders', () => {
    expect(percentNumber({ micros: 190_000n })).toBe(19)
    expect(percentNumber({ micros: 82_500n })).toBe(8.25)
    expect(percentText({ micros: 190_000n })).toBe('19.00')
    expect(percentText({ micros: 82_550n })).toBe('8.26')
    expect(percentText({ micros: 0n })).toBe('0.00')
  })

  it('keeps the leading zero and the sign of hundredths', () => {
    expect(hundredths(5n)).toBe('0.05')
    expect(hundredths(-5n)).toBe('-0.05')
    expect(hundredths(1900n)).toBe('19.00')
  })

  it('pairs the mode of the cart with a zero for the other', () => {
    expect(byMode('gross', 490n)).toEqual({ gross: 490, net: 0 })
    expect(byMode('net', 490n)).toEqual({ gross: 0, net: 490 })
  })

  it('reads only the two price modes', () => {
    expect(parsePriceMode(priceModeText('gross'))).toBe('gross')
    expect(parsePriceMode(priceModeText('net'))).toBe('net')
    expect(parsePriceMode('gross')).toBeUndefined()
    expect(parsePriceMode(null)).toBeUndefined()
  })
})
