import type { Seller } from '../pricing/facts.js'
import { isInPostalRange } from './postal-ranges.js'

/** All places that the same sellers serve. */
export interface Region {
  /** Alpha-2. */
  readonly country: string
  /** In the order in which the store lists them; empty: nobody serves these places. */
  readonly sellers: readonly Seller[]
}

/** The region of a postal code. A seller without regions serves every place. */
export function regionOf(sellers: readonly Seller[], country: string, postalCode: string): Region {
  return { country, sellers: sellers.filter(seller => serves(seller, country, postalCode)) }
}

/**
 * Every region that has sellers, in these countries: who serves a place changes only where one of the sellers' postal
 * ranges begins or ends, so one code on either side of each bound stands for all.
 */
export function allRegions(sellers: readonly Seller[], countries: readonly string[]): readonly Region[] {
  const ranges = sellers.flatMap(({ regions }) => regions)
  return countries.flatMap(country => {
    const bounds = ranges
      .filter(range => range.country === country)
      .flatMap(range => [range.postalFrom, range.postalTo])
    // A code that no range can hold stands for everything outside of them.
    const codes = ['', ...bounds, ...bounds.flatMap(neighbors)]
    const found = new Map(
      codes.map(code => {
        const region = regionOf(sellers, country, code)
        return [JSON.stringify(region.sellers.map(({ id }) => id)), region] as const
      }),
    )
    return [...found.values()].filter(region => region.sellers.length > 0)
  })
}

/** The codes just before and after one that is a number; none for codes with letters, whose ranges are whole districts. */
function neighbors(code: string): readonly string[] {
  if (!/^\d{1,15}$/.test(code)) return []
  return [Number(code) - 1, Number(code) + 1]
    .filter(next => next >= 0)
    .map(next => String(next).padStart(code.length, '0'))
    .filter(next => next.length === code.length)
}

function serves({ regions }: Seller, country: string, postalCode: string): boolean {
  if (regions.length === 0) return true
  return regions.some(
    range => range.country === country && isInPostalRange(postalCode, range.postalFrom, range.postalTo),
  )
}
