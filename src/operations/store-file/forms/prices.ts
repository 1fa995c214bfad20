import { z } from 'zod'
import type { Channel } from '../../../core/catalog/channel.js'
import type { Price } from '../../../core/catalog/variant.js'
import type { Json } from '../../../core/ids.js'
import { toDecimal } from '../../../core/money.js'
import { channelOf, minorOf, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import * as written from '../written.js'

/** Stands for "the channel's own currency" where an amount is written without one. */
const OWN_CURRENCY = ''

const entry = z.strictObject({
  amount: written.amount,
  list: written.amount.exactOptional(),
  mode: written.priceMode.exactOptional(),
})
type Entry = z.output<typeof entry>

const isAlone = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'
const asEntry = (value: unknown): unknown => (isAlone(value) ? { amount: value } : value)
const asEntries = (value: unknown): unknown => (Array.isArray(value) ? value.map(asEntry) : [asEntry(value)])

const currencyOrOwn = z.string().refine(code => code === OWN_CURRENCY || written.currency.safeParse(code).success, {
  error: 'must be a currency code such as "EUR"',
})
const entries = z.preprocess(asEntries, z.array(entry))

/** Amounts by currency: `{"EUR": "4.90"}`, or with a mode `{"EUR": {"amount": "4.90", "mode": "net"}}`, or a list of both modes. */
export const pricesByCurrency = z.record(written.currency, entries)

/** Amounts by channel: `{"de": "12.50"}` in its own currency, or `{"de": {"EUR": "12.50", "CHF": {...}}}`. */
export const pricesByChannel = z.record(
  written.code,
  z.preprocess(value => (isAlone(value) ? { [OWN_CURRENCY]: value } : value), z.record(currencyOrOwn, entries)),
)

/** Prices of a variant or an option, with problems for unknown channels and for currencies they do not sell in. */
export function toPrices(prices: z.output<typeof pricesByChannel>, path: Path, reading: Reading): readonly Price[] {
  return Object.entries(prices).flatMap(([id, byCurrency]) => {
    const channel = channelOf(id, [...path, id], reading)
    if (channel === undefined) return []
    return toChannelPrices(byCurrency, channel, [...path, id], reading).map(price => ({ channel: id, ...price }))
  })
}

/** Prices within one channel. */
export function toChannelPrices(
  byCurrency: Readonly<Record<string, readonly Entry[]>>,
  channel: Channel,
  path: Path,
  reading: Reading,
): readonly Omit<Price, 'channel'>[] {
  const all = Object.entries(byCurrency).flatMap(([code, list]) =>
    list.map((one, index) => ({ price: toPrice(one, channel, code, [...path, code, index], reading), code, index })),
  )
  const seen = new Set<string>()
  for (const { price, code, index } of all) {
    const { currency, mode } = price
    const key = `${currency} ${mode}`
    if (seen.has(key)) reading.problem([...path, code, index], `is a second ${mode} price in ${currency}`)
    seen.add(key)
  }
  return all.map(({ price }) => price)
}

function toPrice(one: Entry, channel: Channel, code: string, path: Path, reading: Reading): Omit<Price, 'channel'> {
  const currency = code === OWN_CURRENCY ? channel.currency : code
  const mode = one.mode ?? channel.priceMode
  if (!channel.currencies.includes(currency)) {
    reading.problem(path, `channel "${channel.id}" does not sell in ${currency}`)
  }
  const price = { currency, mode, amount: minorOf(one.amount, currency, [...path, 'amount'], reading) }
  return one.list === undefined ? price : { ...price, list: minorOf(one.list, currency, [...path, 'list'], reading) }
}

/** Writes prices by currency, each with its mode. */
export function writeChannelPrices(prices: readonly Omit<Price, 'channel'>[]): Readonly<Record<string, Json>> {
  const byCurrency: Record<string, Json[]> = {}
  for (const { currency, mode, amount, list } of prices) {
    byCurrency[currency] ??= []
    byCurrency[currency]?.push({
      amount: toDecimal(amount, currency),
      ...(list === undefined ? {} : { list: toDecimal(list, currency) }),
      mode,
    })
  }
  return Object.fromEntries(
    Object.entries(byCurrency).map(([code, list]) => [code, list.length === 1 ? (list[0] ?? null) : list]),
  )
}

/** Writes prices by channel. */
export function writePrices(prices: readonly Price[]): Readonly<Record<string, Json>> {
  const channels = [...new Set(prices.map(price => price.channel))]
  return Object.fromEntries(channels.map(id => [id, writeChannelPrices(prices.filter(price => price.channel === id))]))
}
