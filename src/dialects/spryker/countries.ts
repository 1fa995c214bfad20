import { findCountry } from '../../core/geography/countries.js'
import type { Attributes } from './json-api.js'

/** What the platform's country table says about one country. */
export interface CountryFacts {
  readonly id: number
  readonly iso2: string
  readonly iso3: string
  readonly name: string
  readonly postalCodeMandatory: boolean
  /** As a client's form checks it; null where there are no postal codes. */
  readonly postalCodeRegex: string | null
}

/** English name of a country, as the platform shows it in every locale; the code itself where it is unknown. */
export function countryName(code: string): string {
  return findCountry(code)?.name ?? code
}

/** Facts about a country by its two-letter code; undefined where there is no such country. */
export function countryFacts(code: string): CountryFacts | undefined {
  const country = findCountry(code)
  if (country === undefined) return undefined
  return {
    id: country.integerId,
    iso2: country.alpha2,
    iso3: country.alpha3,
    name: country.name,
    postalCodeMandatory: country.needsPostalCode,
    postalCodeRegex: country.postalPattern ?? null,
  }
}

/** The `country` object of `/checkout-data`, in the older spelling of its members; null where there is no such country. */
export function countryObject(code: string): Attributes | null {
  const country = countryFacts(code)
  if (country === undefined) return null
  return {
    id_country: country.id,
    iso2_code: country.iso2,
    iso3_code: country.iso3,
    name: country.name,
    postal_code_mandatory: country.postalCodeMandatory,
    postal_code_regex: country.postalCodeRegex ?? '',
    regions: [],
  }
}
