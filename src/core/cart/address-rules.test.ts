import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allCountries } from '../geography/countries.js'
import type { Address } from './address.js'
import { type AddressField, addressProblems, addressRefusal, isEmail, withKnownSubdivision } from './address-rules.js'

const austin: Address = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  line1: '9 Elm St',
  city: 'Austin',
  postalCode: '78701',
  subdivision: 'TX',
  country: 'US',
  phone: '+1 512 555 0100',
  email: 'ana@example.com',
}
const requires: readonly AddressField[] = [
  'firstName',
  'lastName',
  'line1',
  'city',
  'postalCode',
  'subdivision',
  'country',
]

test('a complete address has no problems', () => {
  expect(addressProblems(austin, { requires, countries: ['US', 'CA'] })).toEqual([])
})

test('what is missing is named in the order of the parts, blanks count as missing', () => {
  const { firstName: _, ...address } = { ...austin, line1: '  ', postalCode: '' }
  expect(addressProblems(address, { requires })).toEqual([
    { field: 'firstName', rule: 'missing' },
    { field: 'line1', rule: 'missing' },
    { field: 'postalCode', rule: 'missing' },
  ])
})

test('nothing is missing where nothing is required, but what is given is checked', () => {
  expect(addressProblems({}, { requires: [] })).toEqual([])
  const given = { country: 'XX', email: 'ana', firstName: 'x'.repeat(256) }
  expect(addressProblems(given, { requires: [] })).toEqual([
    { field: 'firstName', rule: 'too_long' },
    { field: 'country', rule: 'unknown' },
    { field: 'email', rule: 'invalid' },
  ])
})

describe('the country decides', () => {
  const bare = { firstName: 'A', lastName: 'B', line1: 'C', city: 'D' }

  test.each<[string, Partial<Address>, readonly object[]]>([
    [
      'US',
      {},
      [
        { field: 'postalCode', rule: 'missing' },
        { field: 'subdivision', rule: 'missing' },
      ],
    ],
    ['DE', {}, [{ field: 'postalCode', rule: 'missing' }]],
    ['DE', { postalCode: '10115' }, []],
    ['DE', { postalCode: '1011' }, [{ field: 'postalCode', rule: 'pattern' }]],
    ['HK', {}, []],
    ['HK', { postalCode: 'whatever' }, []],
    ['AE', {}, [{ field: 'subdivision', rule: 'missing' }]],
    ['BR', { postalCode: '22250040', subdivision: 'RJ' }, []],
    ['BR', { postalCode: '22250040', subdivision: 'TX' }, [{ field: 'subdivision', rule: 'unknown' }]],
    ['US', { postalCode: '78701', subdivisionName: 'Texas' }, []],
    ['US', { postalCode: '78701', subdivisionName: 'Texass' }, [{ field: 'subdivision', rule: 'unknown' }]],
    ['DE', { postalCode: '10115', subdivisionName: 'in the east' }, []],
    ['DE', { postalCode: '10115', subdivision: 'XX' }, [{ field: 'subdivision', rule: 'unknown' }]],
  ])('%s with %j', (country, more, problems) => {
    expect(addressProblems({ ...bare, ...more, country }, { requires })).toEqual(problems)
  })

  test('a singapore address needs no city', () => {
    const { city: _, ...address } = { ...bare, country: 'SG', postalCode: '546080' }
    expect(addressProblems(address, { requires })).toEqual([])
  })

  test('without a country a postal code is required like everything else', () => {
    expect(addressProblems(bare, { requires })).toEqual([
      { field: 'postalCode', rule: 'missing' },
      { field: 'country', rule: 'missing' },
    ])
  })

  test('a country that the channel does not serve is told apart from one that does not exist', () => {
    const problems = addressProblems(austin, { requires, countries: ['DE'] })
    expect(problems).toEqual([{ field: 'country', rule: 'not_served' }])
  })
})

test('phone and VAT id are judged by whom the caller hands in, with the country', () => {
  const asked: unknown[] = []
  const no = (...args: unknown[]) => {
    asked.push(args)
    return false
  }
  const problems = addressProblems({ ...austin, vatId: 'X1' }, { requires, isPhone: no, isVatId: no })
  expect(problems).toEqual([
    { field: 'phone', rule: 'invalid' },
    { field: 'vatId', rule: 'invalid' },
  ])
  expect(asked).toEqual([
    ['+1 512 555 0100', 'US'],
    ['X1', 'US'],
  ])
  expect(addressProblems({ ...austin, vatId: 'X1' }, { requires })).toEqual([])
})

test('as a refusal: an unknown country by itself, else all fields', () => {
  const address = { ...austin, country: 'XX', line1: '' }
  const problems = addressProblems(address, { requires })
  expect(addressRefusal(address, problems, 'shipping')).toEqual({
    code: 'country_unknown',
    country: 'XX',
    part: 'shipping',
  })
  expect(addressRefusal(address, problems, 'customer')).toMatchObject({
    code: 'address_incomplete',
    fields: ['line1', 'country'],
  })
  expect(addressRefusal(austin, [], 'billing')).toBeUndefined()
  const incomplete = addressProblems({ country: 'US' }, { requires })
  expect(addressRefusal({ country: 'US' }, incomplete, 'billing')).toEqual({
    code: 'address_incomplete',
    part: 'billing',
    fields: ['firstName', 'lastName', 'line1', 'city', 'postalCode', 'subdivision'],
  })
})

test('a subdivision is completed from code or name, and left alone where it is not known', () => {
  expect(withKnownSubdivision({ country: 'US', subdivision: 'US-TX' })).toEqual({
    country: 'US',
    subdivision: 'TX',
    subdivisionName: 'Texas',
  })
  expect(withKnownSubdivision({ country: 'BR', subdivisionName: 'sao paulo' })).toMatchObject({ subdivision: 'SP' })
  const odd = { country: 'US', subdivisionName: 'nowhere' }
  expect(withKnownSubdivision(odd)).toBe(odd)
})

test.each([
  ['ana@example.com', true],
  ['a.b+c@sub.example.co', true],
  ['customer@polytill.test', true],
  ['ana', false],
  ['ana@', false],
  ['ana@example', false],
  ['@example.com', false],
  ['a b@example.com', false],
  ['a@b@example.com', false],
  ['a@example..com', false],
  ['a@example.com\nbcc: x@y.z', false],
  [`a@${'x'.repeat(250)}.com`, false],
])('e-mail %j: %s', (text, isValid) => {
  expect(isEmail(text)).toBe(isValid)
})

test('any texts in any country are judged without an error, quickly', () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 400 }), { nil: undefined })
  const address = fc.record({
    country: fc.constantFrom(...allCountries().map(country => country.alpha2), 'XX', '__proto__'),
    city: text,
    postalCode: text,
    subdivision: text,
    subdivisionName: text,
    email: text,
    line1: text,
  })
  fc.assert(
    fc.property(address, given => {
      const problems = addressProblems(JSON.parse(JSON.stringify(given)) as Address, { requires })
      expect(new Set(problems.map(problem => problem.field)).size).toBe(problems.length)
    }),
    { numRuns: 500 },
  )
})
