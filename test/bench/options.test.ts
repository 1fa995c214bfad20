import { expect, it } from 'vitest'
import { parseOptions } from '../../bench/options.js'

const parse = (...args: readonly string[]) => parseOptions(args, ['vtex', 'spryker'])

it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
  'the bench buys from a shop on this machine: %s',
  url => expect(parse('--vendure', url)).toMatchObject({ vendure: url }),
)

it.each([
  'http://example.org',
  'http://127.0.0.1.example.org:3000',
  'http://localhost@example.org',
  'http://192.0.2.1:3000',
  'https://localhost:3000',
  'localhost:3000',
  '',
])('and from no other: "%s"', url => {
  expect(() => parse('--vendure', url)).toThrow(`--vendure takes an address on this machine`)
})

it('names no shop unless it is told one', () => {
  expect(parse()).not.toHaveProperty('vendure')
})
