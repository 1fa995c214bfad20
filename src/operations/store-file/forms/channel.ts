import { z } from 'zod'
import type { Channel, OrderNumberPattern, Threshold, Wrapping } from '../../../core/catalog/channel.js'
import type { Json } from '../../../core/ids.js'
import { toDecimal } from '../../../core/money.js'
import { parseMicros } from '../../../core/rate.js'
import type { StoreRecord } from '../../../storage/import-store.js'
import { type FieldsOf, form, minorOf, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import { writePercentage } from '../write-amounts.js'
import * as written from '../written.js'
import { paymentMethodRecord, paymentMethodSchema } from './payment-method.js'
import { pickupPointSchema, referToSellers } from './pickup-point.js'
import { readPolicy } from './policy.js'
import { shippingMethodRecord, shippingMethodSchema } from './shipping-method.js'
import { taxZoneRecord, taxZoneSchema } from './tax-zone.js'

const orderNumbers = z.strictObject({
  prefix: z.string().max(32, 'must not be longer than 32 characters').default(''),
  kind: z.enum(['counting', 'random_digits', 'cart_number']),
  first: written.positiveNumber.default(1),
  digits: written.positiveNumber.max(18, 'must be at most 18').exactOptional(),
  groupSuffix: z.boolean().default(false),
} satisfies FieldsOf<OrderNumberPattern>)

const threshold = z.strictObject({
  kind: z.enum(['hard_minimum', 'hard_maximum', 'soft_minimum_fixed', 'soft_minimum_flexible']),
  currency: written.currency.exactOptional(),
  amount: written.amount,
  /** An amount, or a percentage where the kind is flexible. */
  fee: written.amount.exactOptional(),
  message: written.text,
} satisfies FieldsOf<Threshold>)

const wrapping = z.strictObject({
  integerId: written.integerId,
  name: written.name,
  taxClass: written.name.exactOptional(),
  prices: written.amountByCurrency,
} satisfies FieldsOf<Wrapping>)

const locale = z.string().regex(/^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/, 'must be a locale such as "en_US"')

const channelSchema = z.strictObject({
  id: written.code,
  name: written.name,
  currency: written.currency,
  currencies: z.array(written.currency).exactOptional(),
  locale,
  locales: z.array(locale).exactOptional(),
  countries: z.array(written.country).min(1, 'must name at least one country'),
  defaultCountry: written.country.exactOptional(),
  timeZone: written.timeZone.default('UTC'),
  priceMode: written.priceMode,
  policy: written.json,
  orderNumbers,
  paymentDeadlineSeconds: written.positiveNumber.default(900),
  thresholds: z.array(threshold).default([]),
  wrappings: z.array(wrapping).exactOptional(),
  storesAnonymousAddresses: z.boolean().default(true),
  tracksStock: z.boolean().exactOptional(),
  urls: z.record(written.name, z.url('must be an address such as "https://example.com/"')).default({}),
  allowedOrigins: z.array(written.origin).default([]),
  settings: written.jsonByName.default({}),
  taxZones: z.array(taxZoneSchema).default([]),
  shippingMethods: z.array(shippingMethodSchema).default([]),
  paymentMethods: z.array(paymentMethodSchema).default([]),
  pickupPoints: z.array(pickupPointSchema).default([]),
} satisfies FieldsOf<Channel>)
type Written = z.output<typeof channelSchema>

/** A channel and what is nested in it. */
export const channelForm = form(channelSchema, (entry, reading) => {
  const channel = toChannel(entry, reading)
  if (channel === undefined) return []
  const { taxZones, shippingMethods, paymentMethods, pickupPoints } = entry
  pickupPoints.forEach((point, index) => {
    referToSellers(point.sellers, ['pickupPoints', index], reading)
  })
  return [
    { kind: 'channel', value: channel },
    ...taxZones.map(zone => taxZoneRecord(channel.id, zone)),
    ...pickupPoints.map((value): StoreRecord => ({ kind: 'pickup_point', channel: channel.id, value })),
    ...shippingMethods.map((method, index) =>
      shippingMethodRecord(method, channel, ['shippingMethods', index], reading),
    ),
    ...paymentMethods.map((method, index) =>
      paymentMethodRecord(channel.id, method, ['paymentMethods', index], reading),
    ),
  ]
})

function toChannel(entry: Written, reading: Reading): Channel | undefined {
  const policy = readPolicy(entry.policy, ['policy'], reading)
  const { taxZones, shippingMethods, paymentMethods, pickupPoints, wrappings, ...rest } = entry
  const [firstCountry = ''] = rest.countries
  // Members that may be left out come last, so that an export looks the same whether they were written or not.
  const { currencies = [rest.currency], locales = [rest.locale], defaultCountry = firstCountry, ...own } = rest
  mustInclude('currencies', currencies, own.currency, reading)
  mustInclude('locales', locales, own.locale, reading)
  mustInclude('countries', own.countries, defaultCountry, reading)
  const thresholds = own.thresholds.map((one, index) =>
    toThreshold(one, own.currency, currencies, ['thresholds', index], reading),
  )
  if (policy === undefined) return undefined
  for (const zone of ['guestZone', 'storeZone', 'unmatchedZone'] as const) {
    const id = policy.tax[zone]
    if (id !== undefined) reading.refersTo('tax_zone', id, ['policy', 'tax', zone], own.id)
  }
  const whole = { ...own, policy, currencies, locales, defaultCountry, thresholds }
  return wrappings === undefined ? whole : { ...whole, wrappings: wrappings.map(toWrapping) }
}

function toWrapping({ prices, ...rest }: z.output<typeof wrapping>): Wrapping {
  return { ...rest, prices: Object.entries(prices).map(([currency, amount]) => ({ currency, amount })) }
}

function mustInclude(field: string, list: readonly string[], value: string, reading: Reading): void {
  if (!list.includes(value)) reading.problem([field], `lacks "${value}", the channel's own`)
}

function toThreshold(
  one: z.output<typeof threshold>,
  ownCurrency: string,
  currencies: readonly string[],
  path: Path,
  reading: Reading,
): Threshold {
  const { fee, amount, currency = ownCurrency, ...rest } = one
  if (!currencies.includes(currency)) reading.problem([...path, 'currency'], 'is no currency of this channel')
  const isFlexible = one.kind === 'soft_minimum_flexible'
  if ((fee === undefined) === one.kind.startsWith('soft')) {
    reading.problem(
      [...path, 'fee'],
      fee === undefined ? 'is missing: a soft minimum has a fee' : 'only a soft minimum has a fee',
    )
  }
  const value = { ...rest, currency, amount: minorOf(amount, currency, [...path, 'amount'], reading) }
  if (fee === undefined) return value
  if (!isFlexible) return { ...value, fee: minorOf(fee, currency, [...path, 'fee'], reading) }
  const micros = parseMicros(fee)
  if (micros === undefined || micros % 100n !== 0n)
    reading.problem([...path, 'fee'], 'must be a percentage such as "2.5"')
  return { ...value, fee: (micros ?? 0n) / 100n }
}

export function writeChannel(channel: Channel): Readonly<Record<string, Json>> {
  const { policy, orderNumbers: numbers, thresholds, settings, wrappings, ...rest } = channel
  return {
    ...rest,
    settings: withoutSecrets(settings),
    policy: {
      ...policy,
      discounts: { ...policy.discounts },
      tax: { ...policy.tax },
      coupons: { ...policy.coupons },
      giftCards: { ...policy.giftCards },
    },
    orderNumbers: { ...numbers },
    thresholds: thresholds.map(writeThreshold),
    ...(wrappings === undefined ? {} : { wrappings: wrappings.map(writeWrapping) }),
  }
}

function writeWrapping({ prices, ...rest }: Wrapping): Readonly<Record<string, Json>> {
  return {
    ...rest,
    prices: Object.fromEntries(prices.map(({ currency, amount }) => [currency, toDecimal(amount, currency)])),
  }
}

/** What an outside party knows the store by stays with the store: a file is handed around. */
function withoutSecrets<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSecrets) as unknown as T
  const kept = Object.entries(value).filter(([name]) => name !== 'authorizationHeader')
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutSecrets(member as Json)])) as T
}

function writeThreshold({ fee, ...rest }: Threshold): Readonly<Record<string, Json>> {
  const value = { ...rest, amount: toDecimal(rest.amount, rest.currency) }
  if (fee === undefined) return value
  const isFlexible = rest.kind === 'soft_minimum_flexible'
  return { ...value, fee: isFlexible ? writePercentage({ micros: fee }) : toDecimal(fee, rest.currency) }
}
