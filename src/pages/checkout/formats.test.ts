import { expect, it } from 'vitest'
import { createFormats } from './formats.js'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

it.each([
  ['en', 'en_US', 'USD', 123_456n, '$1,234.56'],
  ['en', 'en_GB', 'GBP', -5n, '-£0.05'],
  ['de', 'de_DE', 'EUR', 61_877n, '618,77 €'],
  ['de', 'en_US', 'EUR', 61_877n, '618,77 €'],
  ['pt-BR', 'pt-BR', 'BRL', 3_200n, 'R$ 32,00'],
  ['es', 'es_ES', 'EUR', 1_234_567n, '12.345,67 €'],
  ['en', 'en', 'JPY', 1_200n, '¥1,200'],
  ['en', 'en', 'KWD', 1_234n, 'KWD 1.234'],
  ['en', 'not a tag', 'EUR', 0n, '€0.00'],
  // More digits than a float has.
  ['en', 'en_US', 'USD', 9_007_199_254_740_993_11n, '$9,007,199,254,740,993.11'],
])('in %s (%s) %s %d is %s', (language, locale, currency, minor, expected) => {
  expect(plain(createFormats(language, locale, currency, 'UTC').money(minor))).toBe(expected)
})

it("days are those of the channel's time zone", () => {
  const instant = '2026-11-24T02:30:00.000Z'
  expect(createFormats('en', 'en_US', 'USD', 'America/Chicago').day(instant)).toBe('Monday, November 23')
  expect(createFormats('de', 'de_DE', 'EUR', 'Europe/Berlin').day(instant)).toBe('Dienstag, 24. November')
  expect(createFormats('pt-BR', 'pt-BR', 'BRL', 'America/Sao_Paulo').weekday(6)).toBe('sábado')
})
