import { expect, test } from 'vitest'
import { isPhone } from '../../src/operations/check-phone.js'
import { checkVatId } from '../../src/operations/check-vat-id.js'

test.each([
  ['DE136695976', { value: 'DE136695976', country: 'DE' }],
  [' de 136.695-976 ', { value: 'DE136695976', country: 'DE' }],
  ['GB980780684', { value: 'GB980780684', country: 'GB' }],
  ['XI980780684', { value: 'XI980780684', country: 'GB' }],
  ['ATU99999999', undefined],
  ['DE136695977', undefined],
  ['XI980780685', undefined],
  ['XI', undefined],
  ['US136695976', undefined],
  ['', undefined],
  [`DE${'1'.repeat(100_000)}`, undefined],
])('VAT id %j', (text, expected) => {
  expect(checkVatId(text)).toEqual(expected)
})

test('a VAT id of another country is none of this one', () => {
  expect(checkVatId('DE136695976', 'DE')).toBeDefined()
  expect(checkVatId('DE136695976', 'AT')).toBeUndefined()
  expect(checkVatId('XI980780684', 'GB')).toBeDefined()
})

test.each([
  ['+49 30 123456', 'DE', true],
  ['030 123456', 'DE', true],
  ['030 123456', undefined, false],
  ['(512) 472-1234', 'US', true],
  ['+55 21 99999-9999', 'BR', true],
  ['+55 21 99999-9999', 'XX', true],
  ['512', 'US', false],
  ['no phone', 'US', false],
  ['', 'US', false],
  ['1'.repeat(100_000), 'US', false],
])('phone %j in %s: %s', (text, country, isValid) => {
  expect(isPhone(text, country)).toBe(isValid)
})
