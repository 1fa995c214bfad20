import type { Channel } from '../../../core/catalog/channel.js'
import { minorDigits } from '../../../core/money.js'
import { moneyFormat } from '../../../core/money-format.js'
import { alpha3Of } from '../address.js'

/** Windows names of time zones, which this API uses. Source: CLDR, windowsZones. */
const windowsZones: Readonly<Record<string, string>> = {
  'America/Sao_Paulo': 'E. South America Standard Time',
  'America/Bahia': 'Bahia Standard Time',
  'America/Manaus': 'SA Western Standard Time',
  'America/Argentina/Buenos_Aires': 'Argentina Standard Time',
  'America/Santiago': 'Pacific SA Standard Time',
  'America/Bogota': 'SA Pacific Standard Time',
  'America/Lima': 'SA Pacific Standard Time',
  'America/Mexico_City': 'Central Standard Time (Mexico)',
  'America/New_York': 'Eastern Standard Time',
  'America/Chicago': 'Central Standard Time',
  'America/Denver': 'Mountain Standard Time',
  'America/Los_Angeles': 'Pacific Standard Time',
  'America/Toronto': 'Eastern Standard Time',
  'Europe/London': 'GMT Standard Time',
  'Europe/Lisbon': 'GMT Standard Time',
  'Europe/Dublin': 'GMT Standard Time',
  'Europe/Berlin': 'W. Europe Standard Time',
  'Europe/Vienna': 'W. Europe Standard Time',
  'Europe/Zurich': 'W. Europe Standard Time',
  'Europe/Amsterdam': 'W. Europe Standard Time',
  'Europe/Rome': 'W. Europe Standard Time',
  'Europe/Paris': 'Romance Standard Time',
  'Europe/Madrid': 'Romance Standard Time',
  'Europe/Brussels': 'Romance Standard Time',
  'Europe/Warsaw': 'Central European Standard Time',
  'Europe/Prague': 'Central Europe Standard Time',
  'Europe/Bucharest': 'GTB Standard Time',
  'Europe/Athens': 'GTB Standard Time',
  'Europe/Istanbul': 'Turkey Standard Time',
  'Asia/Tokyo': 'Tokyo Standard Time',
  'Asia/Seoul': 'Korea Standard Time',
  'Asia/Kolkata': 'India Standard Time',
  'Australia/Sydney': 'AUS Eastern Standard Time',
}

/** Windows locale ids. Source: MS-LCID. */
const localeIds: Readonly<Record<string, number>> = {
  'pt-BR': 1046,
  'pt-PT': 2070,
  'en-US': 1033,
  'en-GB': 2057,
  'es-ES': 3082,
  'es-AR': 11274,
  'es-CL': 13322,
  'es-CO': 9226,
  'es-MX': 2058,
  'es-PE': 10250,
  'de-DE': 1031,
  'fr-FR': 1036,
  'it-IT': 1040,
  'nl-NL': 1043,
  'pl-PL': 1045,
  'ro-RO': 1048,
  'ja-JP': 1041,
  'ko-KR': 1042,
}

/** BCP 47 with a hyphen, as this API writes locales. */
export function wireLocale(locale: string): string {
  return locale.replaceAll('_', '-')
}

/** Country, time zone and money of the store, as pages format them. */
export function renderStorePreferences(channel: Channel, currency: string) {
  const locale = wireLocale(channel.locale)
  const format = moneyFormat(currency, locale)
  return {
    countryCode: alpha3Of(channel.defaultCountry),
    saveUserData: true,
    timeZone: windowsZones[channel.timeZone] ?? 'UTC',
    currencyCode: currency,
    currencyLocale: localeIds[locale] ?? localeIds['en-US'] ?? 0,
    currencySymbol: format.symbol,
    currencyFormatInfo: {
      currencyDecimalDigits: minorDigits(currency),
      currencyDecimalSeparator: format.decimalSeparator,
      currencyGroupSeparator: format.groupSeparator === '' ? ',' : format.groupSeparator,
      currencyGroupSize: 3,
      startsWithCurrencySymbol: format.startsWithSymbol,
    },
  }
}
