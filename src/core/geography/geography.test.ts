import { describe, expect, test } from 'vitest'
import {
  allCountries,
  findCountry,
  findCountryByAlpha3,
  findCountryByInteger,
  findCountryByNumeric,
  isKnownCountry,
  isPostalCode,
  localCountryName,
} from './countries.js'
import { findSubdivision, findSubdivisionByInteger, subdivisionsOf } from './subdivisions.js'

function country(alpha2: string) {
  const found = findCountry(alpha2)
  if (found === undefined) throw new Error(`no ${alpha2}`)
  return found
}

describe('countries', () => {
  test('are all there, each code and id once', () => {
    const all = allCountries()
    expect(all).toHaveLength(250)
    for (const key of ['alpha2', 'alpha3', 'numeric', 'integerId', 'name'] as const) {
      expect(new Set(all.map(entry => entry[key])).size).toBe(250)
    }
    expect(all.filter(entry => !/^[A-Z]{2}$/.test(entry.alpha2) || !/^[A-Z]{3}$/.test(entry.alpha3))).toEqual([])
  })

  test('Germany, to the letter', () => {
    expect(country('DE')).toEqual({
      alpha2: 'DE',
      alpha3: 'DEU',
      numeric: '276',
      integerId: 60,
      name: 'Germany',
      hasPostalCodes: true,
      needsPostalCode: true,
      needsSubdivision: false,
      needsCity: true,
      postalPattern: String.raw`\d{5}`,
      postalExample: '26133',
    })
  })

  test('are found by every code, and not by another', () => {
    const us = country('US')
    expect(us.name).toBe('United States')
    expect([findCountryByAlpha3('USA'), findCountryByNumeric(840), findCountryByInteger(us.integerId)]).toEqual([
      us,
      us,
      us,
    ])
    expect(findCountryByNumeric(76)?.alpha2).toBe('BR')
    for (const code of ['us', 'USA', 'XX', '', 'UK', '__proto__']) expect(isKnownCountry(code)).toBe(false)
    expect(findCountryByInteger(0)).toBeUndefined()
    expect(findCountryByNumeric(999)).toBeUndefined()
  })

  test.each([
    ['US', true, true],
    ['CA', true, true],
    ['BR', true, true],
    ['DE', true, false],
    ['FR', true, false],
    ['HK', false, false],
    ['AE', false, true],
    ['IE', false, false],
  ])('%s needs a postal code: %s, a subdivision: %s', (alpha2, needsPostalCode, needsSubdivision) => {
    expect(country(alpha2)).toMatchObject({ needsPostalCode, needsSubdivision })
  })

  test('every pattern accepts its own example and not a sentence', () => {
    const patterned = allCountries().filter(entry => entry.hasPostalCodes)
    expect(patterned.length).toBeGreaterThan(150)
    for (const entry of patterned) {
      if (entry.postalExample !== undefined)
        expect([entry.alpha2, isPostalCode(entry, entry.postalExample)]).toEqual([entry.alpha2, true])
      expect([entry.alpha2, isPostalCode(entry, 'no postal code')]).toEqual([entry.alpha2, false])
    }
  })

  test.each([
    ['BR', '22250040', true],
    ['BR', '22250-040', true],
    ['BR', '2225004', false],
    ['US', '10011', true],
    ['US', ' 78701-1234 ', true],
    ['US', '1001', false],
    ['DE', '10115', true],
    ['DE', '10115 ', true],
    ['DE', 'D-10115', false],
    ['CA', 'h3z2y7', true],
    ['GB', 'ec1y 8sy', true],
    ['HK', 'anything', true],
  ])('%s %j: %s', (alpha2, text, isValid) => {
    expect(isPostalCode(country(alpha2), text)).toBe(isValid)
  })

  test('have names in other languages, and English where the language is none', () => {
    expect(localCountryName(country('DE'), 'de_DE')).toBe('Deutschland')
    expect(localCountryName(country('US'), 'pt-BR')).toBe('Estados Unidos')
    expect(localCountryName(country('DE'), 'no such locale')).toBe('Germany')
  })
})

describe('subdivisions', () => {
  test.each([
    ['US', 60],
    ['CA', 13],
    ['DE', 16],
    ['FR', 101],
    ['BR', 27],
  ])('%s has at least %i, each code and id once', (alpha2, least) => {
    const all = subdivisionsOf(country(alpha2))
    expect(all.length).toBeGreaterThanOrEqual(least)
    expect(new Set(all.map(entry => entry.code)).size).toBe(all.length)
    for (const entry of all) expect(findSubdivisionByInteger(entry.integerId)).toBe(entry)
  })

  test('every country that needs one has several to choose from', () => {
    const needing = allCountries().filter(entry => entry.needsSubdivision)
    expect(needing.length).toBeGreaterThan(20)
    for (const entry of needing) expect(subdivisionsOf(entry).length).toBeGreaterThan(1)
  })

  test.each([
    ['US', 'TX', 'TX'],
    ['US', 'us-tx', 'TX'],
    ['US', ' texas ', 'TX'],
    ['BR', 'Sao Paulo', 'SP'],
    ['BR', 'São Paulo', 'SP'],
    ['DE', 'Baden-Wurttemberg', 'BW'],
    ['FR', 'Île-de-France', 'IDF'],
    ['US', 'AE', 'AE'],
  ])('%s: %j is %s', (alpha2, text, code) => {
    expect(findSubdivision(country(alpha2), text)?.code).toBe(code)
  })

  test.each(['', ' ', 'ZZ', 'CA-TX', 'Texas, US', 'US-', '__proto__'])('%j is none of the US', text => {
    expect(findSubdivision(country('US'), text)).toBeUndefined()
  })

  test.each([0, -1, 840, 840_000, 840_999, 999_001, 1.5, Number.NaN])('%d is no subdivision', integerId => {
    expect(findSubdivisionByInteger(integerId)).toBeUndefined()
  })
})
