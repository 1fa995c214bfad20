import { type CurrencyCode, type Minor, minorDigits, toDecimal } from '../../core/money.js'

/** Amounts, dates and lists as people of one language write them. */
export interface Formats {
  /** Of the cart's currency, to the last minor unit. */
  money(minor: Minor): string
  number(value: number): string
  /** `Tuesday, 24 November`, of an instant or of a day (YYYY-MM-DD), in the channel's time zone. */
  day(instant: string): string
  /** `24 Nov, 14:00` */
  hour(instant: string): string
  /** Name of a day of the week, 0 is Sunday. */
  weekday(day: number): string
  list(parts: readonly string[]): string
  /** Of a country, alpha-2. */
  country(code: string): string
  /** Order of two names, as people look for them in a list. */
  compare(one: string, other: string): number
}

/** Formats that were made already: making them costs more than a page does. */
const known = new Map<string, Formats>()
/** Languages, locales, currencies and time zones are few; whoever sets odd ones on carts fills no memory. */
const mostKnown = 200

/** As `newFormats`, made once. */
export function createFormats(language: string, locale: string, currency: CurrencyCode, timeZone: string): Formats {
  const key = JSON.stringify([language, locale, currency, timeZone])
  const made = known.get(key) ?? newFormats(language, locale, currency, timeZone)
  if (known.size >= mostKnown) known.clear()
  known.set(key, made)
  return made
}

/**
 * @param language  the page's; the cart's locale decides between regions of that language (`en_US`, `en_GB`)
 */
function newFormats(language: string, locale: string, currency: CurrencyCode, timeZone: string): Formats {
  const own = locale.replace('_', '-')
  const tag = own.toLowerCase().split('-')[0] === language.toLowerCase().split('-')[0] ? validTag(own) : undefined
  const wanted = tag ?? language
  const digits = minorDigits(currency)
  const money = new Intl.NumberFormat(wanted, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const number = new Intl.NumberFormat(wanted)
  const day = new Intl.DateTimeFormat(wanted, { weekday: 'long', day: 'numeric', month: 'long', timeZone })
  const hour = new Intl.DateTimeFormat(wanted, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  })
  const weekday = new Intl.DateTimeFormat(wanted, { weekday: 'long', timeZone: 'UTC' })
  const list = new Intl.ListFormat(wanted, { type: 'conjunction' })
  const countries = new Intl.DisplayNames([wanted], { type: 'region' })
  return {
    // A decimal as text is formatted digit by digit, so that no amount passes through a float.
    money: minor => money.format(toDecimal(minor, currency) as `${number}`),
    number: value => number.format(value),
    day: instant => day.format(new Date(instant)),
    hour: instant => hour.format(new Date(instant)),
    // 4 January 1970 was a Sunday
    weekday: index => weekday.format(new Date(Date.UTC(1970, 0, 4 + index))),
    list: parts => list.format(parts),
    country: code => countries.of(code) ?? code,
    compare: new Intl.Collator(wanted).compare,
  }
}

function validTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}
