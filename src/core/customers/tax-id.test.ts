import { expect, test } from 'vitest'
import { isTaxId } from './tax-id.js'

test.each([
  ['CPF', '52998224725', true],
  ['CPF', '529.982.247-25', true],
  ['CPF', '52998224724', false],
  ['CPF', '11111111111', false],
  ['CPF', '5299822472', false],
  ['CPF', '', false],
  ['CPF', '529982247AB', false],
  ['CNPJ', '11.222.333/0001-81', true],
  ['CNPJ', '11222333000181', true],
  ['CNPJ', '11222333000182', false],
  ['CNPJ', '52998224725', false],
] as const)('%s %s: %s', (type, text, expected) => {
  expect(isTaxId(type, text)).toBe(expected)
})
