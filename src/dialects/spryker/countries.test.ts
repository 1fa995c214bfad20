import { describe, expect, it } from 'vitest'
import { countryFacts, countryName, countryObject } from './countries.js'

describe('countries', () => {
  it('shows Germany as the platform samples do', () => {
    expect(countryObject('DE')).toEqual({
      id_country: 60,
      iso2_code: 'DE',
      iso3_code: 'DEU',
      name: 'Germany',
      postal_code_mandatory: true,
      postal_code_regex: '\\d{5}',
      regions: [],
    })
  })

  it('knows countries without postal codes', () => {
    expect(countryFacts('HK')).toMatchObject({ postalCodeMandatory: false, postalCodeRegex: null })
  })

  it('knows no country XX', () => {
    expect(countryFacts('XX')).toBeUndefined()
    expect(countryObject('XX')).toBeNull()
    expect(countryName('XX')).toBe('XX')
  })
})
