import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * Whether `text` is a phone number that may exist: international (`+49 ...`), or as written within `country`.
 *
 * @param country  alpha-2; unknown or absent: international numbers only
 */
export function isPhone(text: string, country: string | undefined): boolean {
  if (text.length > 40) return false
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined
  return parsePhoneNumberFromString(text, home)?.isValid() ?? false
}
