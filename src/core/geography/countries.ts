import { countryTable } from './country-table.js'

/** A country and what an address in it needs. Source of the data: `scripts/make-geography.ts`. */
export interface Country {
  /** ISO 3166-1, upper case. */
  readonly alpha2: string
  readonly alpha3: string
  /** ISO 3166-1, three digits. */
  readonly numeric: string
  /** Ours, never given to another country: the alphabetical place when the table was first made; Germany is 60. */
  readonly integerId: number
  /** English; `localCountryName` has the others. */
  readonly name: string
  readonly hasPostalCodes: boolean
  readonly needsPostalCode: boolean
  readonly needsSubdivision: boolean
  readonly needsCity: boolean
  /** Regular expression of a whole postal code, without anchors. */
  readonly postalPattern?: string
  readonly postalExample?: string
}

interface Index {
  readonly all: readonly Country[]
  readonly byAlpha2: ReadonlyMap<string, Country>
  readonly byAlpha3: ReadonlyMap<string, Country>
  readonly byInteger: ReadonlyMap<number, Country>
  readonly byNumeric: ReadonlyMap<string, Country>
}

let index: Index | undefined

/** Read from the table once, at first use. */
function countryIndex(): Index {
  if (index === undefined) {
    const all = countryTable.trim().split('\n').map(readCountry)
    index = {
      all,
      byAlpha2: new Map(all.map(country => [country.alpha2, country])),
      byAlpha3: new Map(all.map(country => [country.alpha3, country])),
      byInteger: new Map(all.map(country => [country.integerId, country])),
      byNumeric: new Map(all.map(country => [country.numeric, country])),
    }
  }
  return index
}

function readCountry(line: string): Country {
  const [alpha2 = '', alpha3 = '', numeric = '', integerId = '', name = '', needs = '', example = '', ...rest] =
    line.split(';')
  const pattern = rest.join(';')
  return {
    alpha2,
    alpha3,
    numeric,
    integerId: Number(integerId),
    name,
    hasPostalCodes: pattern !== '',
    needsPostalCode: needs.includes('Z'),
    needsSubdivision: needs.includes('S'),
    needsCity: needs.includes('C'),
    ...(pattern === '' ? {} : { postalPattern: pattern }),
    ...(example === '' ? {} : { postalExample: example }),
  }
}

/** Every country, by alpha-2. */
export function allCountries(): readonly Country[] {
  return countryIndex().all
}

/** @param alpha2  upper case */
export function findCountry(alpha2: string): Country | undefined {
  return countryIndex().byAlpha2.get(alpha2)
}

/** @param alpha3  upper case */
export function findCountryByAlpha3(alpha3: string): Country | undefined {
  return countryIndex().byAlpha3.get(alpha3)
}

/** By our own `integerId`. */
export function findCountryByInteger(integerId: number): Country | undefined {
  return countryIndex().byInteger.get(integerId)
}

/** By the number of ISO 3166-1, e.g. 840. */
export function findCountryByNumeric(numeric: number): Country | undefined {
  return countryIndex().byNumeric.get(String(numeric).padStart(3, '0'))
}

/** Whether `alpha2` is the code of a country, in upper case. */
export function isKnownCountry(alpha2: string): boolean {
  return findCountry(alpha2) !== undefined
}

const patterns = new Map<string, RegExp>()

/**
 * Whether `text` is a postal code of the country, letters in either case. Where nothing is known about its codes, any
 * text is.
 */
export function isPostalCode(country: Country, text: string): boolean {
  const { postalPattern } = country
  if (postalPattern === undefined) return true
  const known = patterns.get(country.alpha2) ?? new RegExp(`^(?:${postalPattern})$`, 'iu')
  patterns.set(country.alpha2, known)
  return known.test(text.trim())
}

/** Name in a language of the runtime (`de-DE` or `de_DE`); English where it has none. */
export function localCountryName(country: Country, locale: string): string {
  try {
    const names = new Intl.DisplayNames([locale.replace('_', '-')], { type: 'region', fallback: 'none' })
    return names.of(country.alpha2) ?? country.name
  } catch {
    // Not a language tag at all.
    return country.name
  }
}
