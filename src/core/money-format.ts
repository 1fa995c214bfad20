import { type CurrencyCode, type Minor, toDecimal } from './money.js'

/** How people of a locale write amounts of a currency. */
export interface MoneyFormat {
  /** The narrow one: `$` also where `US$` tells it from others. */
  readonly symbol: string
  readonly decimalSeparator: string
  /** Between thousands; empty where there is none. */
  readonly groupSeparator: string
  readonly startsWithSymbol: boolean
}

/** Formats are kept: making one takes as long as pricing a cart. More than these nobody sells in; clients may name any. */
const most = 500
const formats = new Map<string, MoneyFormat>()
const writers = new Map<string, Intl.NumberFormat>()
const names = new Map<string, string>()

/** @param locale with hyphen or underscore; @throws RangeError when it is not a locale */
export function moneyFormat(currency: CurrencyCode, locale: string): MoneyFormat {
  return remembered(formats, `${locale} ${currency}`, () => {
    const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
    const parts = new Intl.NumberFormat(tagOf(locale), options).formatToParts(1_234_567.89)
    const part = (type: Intl.NumberFormatPartTypes) => parts.find(one => one.type === type)?.value
    return {
      symbol: part('currency') ?? currency,
      decimalSeparator: part('decimal') ?? '.',
      groupSeparator: part('group') ?? '',
      startsWithSymbol: parts[0]?.type === 'currency',
    }
  })
}

/** An amount as people write it there: `$1,234.50` in en_US. Throws as `moneyFormat`. */
export function formatMoney(minor: Minor, currency: CurrencyCode, locale: string): string {
  const writer = remembered(
    writers,
    `${locale} ${currency}`,
    () => new Intl.NumberFormat(tagOf(locale), { style: 'currency', currency }),
  )
  // Formatted from the decimal text: exact for every amount.
  return writer.format(toDecimal(minor, currency) as `${number}`)
}

/** A currency's English name: `US Dollar`. */
export function currencyName(currency: CurrencyCode): string {
  return remembered(names, currency, () => new Intl.DisplayNames('en', { type: 'currency' }).of(currency) ?? currency)
}

function tagOf(locale: string): string {
  return locale.replaceAll('_', '-')
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= most) known.clear()
  const made = make()
  known.set(key, made)
  return made
}
