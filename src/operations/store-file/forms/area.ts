import countries from 'i18n-iso-countries'
import { z } from 'zod'

/** A country, "US", or a subdivision, "US-TX". Output: both parts. */
export const area = z.string().transform((written, context) => {
  const [country = '', subdivision] = written.split('-')
  const isKnown = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(written) && countries.isValid(country)
  if (!isKnown) context.addIssue('must be a country such as "US" or a subdivision such as "US-TX"')
  return subdivision === undefined ? { country } : { country, subdivision }
})

/** Writes an area as the file has it. */
export function writeArea(place: { readonly country: string; readonly subdivision?: string }): string {
  return place.subdivision === undefined ? place.country : `${place.country}-${place.subdivision}`
}
