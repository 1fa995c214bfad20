import * as jsvat from 'jsvat'

const countries = Object.values(jsvat).filter(entry => typeof entry === 'object' && 'codes' in entry)

/** What a VAT id says, once it is one. */
export interface VatId {
  /** Upper case, without blanks, dots and hyphens. */
  readonly value: string
  /** Alpha-2 of the country; Northern Ireland, which has its own ids, is `GB`. */
  readonly country: string
}

/**
 * Reads a VAT id by its form and check digits; whether it was ever given out only the tax office knows.
 *
 * @param country  alpha-2, where the id must belong to it
 * @returns undefined when it is none, or another country's
 */
export function checkVatId(text: string, country?: string): VatId | undefined {
  const value = text.replace(/[\s.-]/g, '').toUpperCase()
  if (value.length > 20) return undefined
  const found = value.startsWith('XI') ? readNorthernIrish(value) : read(value)
  return country === undefined || found?.country === country ? found : undefined
}

function read(value: string): VatId | undefined {
  const checked = jsvat.checkVAT(value, countries)
  const code = checked.country?.isoCode.short
  return checked.isValid && code !== undefined ? { value, country: code } : undefined
}

/** Numbers of Northern Ireland are British ones under XI (since 2021), which jsvat does not know. */
function readNorthernIrish(value: string): VatId | undefined {
  const british = read(`GB${value.slice(2)}`)
  return british === undefined ? undefined : { value, country: 'GB' }
}
