import { type Country, findCountryByNumeric } from './countries.js'
import { subdivisionTable } from './subdivision-table.js'

/** A state, province, region, ... of a country (ISO 3166-2, and the US military's postal ones). */
export interface Subdivision {
  /** Alpha-2 of its country. */
  readonly country: string
  /** Within its country: `TX`. */
  readonly code: string
  readonly name: string
  /** Ours, never given to another: the country's numeric code times 1000, plus the place in the table from 1. */
  readonly integerId: number
}

/** Factor between a country's numeric code and the integer ids of its subdivisions. */
const placesPerCountry = 1_000

let lines: ReadonlyMap<string, string> | undefined
const parsed = new Map<string, readonly Subdivision[]>()

/** In the order of their integer ids; none where none are known. */
export function subdivisionsOf(country: Country): readonly Subdivision[] {
  const known = parsed.get(country.alpha2)
  if (known !== undefined) return known
  lines ??= new Map(
    subdivisionTable
      .trim()
      .split('\n')
      .map(line => [line.slice(0, 2), line.slice(3)]),
  )
  const fresh = readSubdivisions(country, lines.get(country.alpha2))
  parsed.set(country.alpha2, fresh)
  return fresh
}

function readSubdivisions(country: Country, line: string | undefined): readonly Subdivision[] {
  if (line === undefined) return []
  return line.split(';').map((entry, place) => {
    const [code = '', ...name] = entry.split('=')
    const integerId = Number(country.numeric) * placesPerCountry + place + 1
    return { country: country.alpha2, code, name: name.join('='), integerId }
  })
}

/**
 * By code (`TX`), by full code (`US-TX`) or by name (`Texas`), whatever the case and the accents. A code counts before a
 * name.
 */
export function findSubdivision(country: Country, text: string): Subdivision | undefined {
  const wanted = plain(text)
  if (wanted === '') return undefined
  const all = subdivisionsOf(country)
  const code = wanted.startsWith(`${country.alpha2.toLowerCase()}-`) ? wanted.slice(3) : wanted
  return (
    all.find(subdivision => subdivision.code.toLowerCase() === code) ??
    all.find(subdivision => plain(subdivision.name) === wanted)
  )
}

function plain(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** By our own `integerId`. */
export function findSubdivisionByInteger(integerId: number): Subdivision | undefined {
  if (!Number.isSafeInteger(integerId) || integerId < 0) return undefined
  const country = findCountryByNumeric(Math.floor(integerId / placesPerCountry))
  if (country === undefined) return undefined
  return subdivisionsOf(country)[(integerId % placesPerCountry) - 1]
}
