import { describe, expect, it } from 'vitest'
import { currencyName, formatMoney, moneyFormat } from './money-format.js'

describe('amounts as people write them', () => {
  it('have the symbol, the separators and their places of the locale', () => {
    expect(moneyFormat('USD', 'en_US')).toEqual({
      symbol: '$',
      decimalSeparator: '.',
      groupSeparator: ',',
      startsWithSymbol: true,
    })
    expect(moneyFormat('EUR', 'de-DE')).toEqual({
      symbol: '€',
      decimalSeparator: ',',
      groupSeparator: '.',
      startsWithSymbol: false,
    })
    expect(moneyFormat('EUR', 'de_DE')).toEqual(moneyFormat('EUR', 'de-DE'))
  })

  it('are exact however large', () => {
    expect(formatMoney(1_000_000n, 'EUR', 'en_US')).toBe('€10,000.00')
    expect(formatMoney(12_345_678_901_234_567_890n, 'USD', 'en_US')).toBe('$123,456,789,012,345,678.90')
    expect(formatMoney(-5n, 'JPY', 'en_US')).toBe('-¥5')
  })

  it('tell the name of a currency', () => {
    expect(currencyName('USD')).toBe('US Dollar')
  })

  it('refuse what is no locale, each time', () => {
    expect(() => moneyFormat('USD', 'no locale')).toThrow(RangeError)
    expect(() => moneyFormat('USD', 'no locale')).toThrow(RangeError)
  })

  it('are right still after more locales than are kept', () => {
    for (let index = 0; index < 1_200; index += 1) moneyFormat('USD', `en-u-nu-latn-x-a${index}`)
    expect(moneyFormat('EUR', 'de-DE').decimalSeparator).toBe(',')
  })
})
