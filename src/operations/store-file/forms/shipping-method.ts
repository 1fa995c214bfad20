import { z } from 'zod'
import type { Channel } from '../../../core/catalog/channel.js'
import type { Json } from '../../../core/ids.js'
import { toDecimal } from '../../../core/money.js'
import type { ShippingMethod, ShippingZone } from '../../../core/pricing/facts.js'
import type { StoreRecord } from '../../../storage/import-store.js'
import { channelOf, type FieldsOf, form, minorOf, mustFollow, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import * as written from '../written.js'
import { area, writeArea } from './area.js'
import { pricesByCurrency, toChannelPrices, writeChannelPrices } from './prices.js'

const zone = z.preprocess(
  value => (typeof value === 'string' ? { area: value } : value),
  z
    .strictObject({
      area: area.exactOptional(),
      postalFrom: written.code.exactOptional(),
      postalTo: written.code.exactOptional(),
    })
    .refine(one => (one.postalFrom === undefined) === (one.postalTo === undefined), {
      error: 'needs both postalFrom and postalTo, or neither',
    })
    .refine(written.postalOrder.holds, written.postalOrder.problem)
    .transform(({ area: place, ...range }): ShippingZone => ({ ...place, ...range })),
)

const deliveryWindow = z.strictObject({
  start: written.instant,
  end: written.instant,
  price: written.amount,
})

export const shippingMethodSchema = z.strictObject({
  id: written.code,
  integerId: written.integerId,
  name: written.name,
  description: written.text.exactOptional(),
  carrier: written.name,
  carrierId: written.name.exactOptional(),
  position: written.wholeNumber.default(0),
  taxClass: written.name.exactOptional(),
  isActive: z.boolean().default(true),
  zones: z.array(zone).default([]),
  deliveryDays: written.wholeNumber.exactOptional(),
  daysAreBusinessDays: z.boolean().exactOptional(),
  pickupPointIds: z.array(written.code).exactOptional(),
  shippingCategories: z.array(written.name).exactOptional(),
  deliveryWindows: z.array(deliveryWindow).exactOptional(),
  prices: pricesByCurrency,
} satisfies FieldsOf<ShippingMethod>)

/** A method of one channel. */
export function shippingMethodRecord(
  { prices, deliveryWindows, ...method }: z.output<typeof shippingMethodSchema>,
  channel: Channel,
  path: Path,
  reading: Reading,
): StoreRecord {
  method.pickupPointIds?.forEach((id, index) => {
    reading.refersTo('pickup_point', id, [...path, 'pickupPointIds', index], channel.id)
  })
  if (method.taxClass !== undefined) reading.usesTaxClass(method.taxClass, [...path, 'taxClass'])
  deliveryWindows?.forEach((one, index) => {
    mustFollow(one, [...path, 'deliveryWindows', index, 'end'], reading, 'start')
  })
  const windows = deliveryWindows?.map(({ price, ...times }, index) => ({
    ...times,
    price: minorOf(price, channel.currency, [...path, 'deliveryWindows', index, 'price'], reading),
  }))
  const value: ShippingMethod = {
    ...method,
    ...(windows === undefined ? {} : { deliveryWindows: windows }),
    prices: toChannelPrices(prices, channel, [...path, 'prices'], reading),
  }
  return { kind: 'shipping_method', channel: channel.id, value }
}

export const shippingMethodForm = form(
  shippingMethodSchema.extend({ channel: written.code }),
  ({ channel: id, ...method }, reading) => {
    const channel = channelOf(id, ['channel'], reading)
    return channel === undefined ? [] : [shippingMethodRecord(method, channel, [], reading)]
  },
)

/** `currency` is the channel's: a delivery window's price is in it. */
export function writeShippingMethod(method: ShippingMethod, currency: string): Readonly<Record<string, Json>> {
  const { zones, deliveryWindows, prices, ...rest } = method
  return {
    ...rest,
    zones: zones.map(({ country, subdivision, ...range }) => {
      if (country === undefined) return { ...range }
      const place = writeArea(subdivision === undefined ? { country } : { country, subdivision })
      return range.postalFrom === undefined ? place : { area: place, ...range }
    }),
    ...(deliveryWindows === undefined
      ? {}
      : { deliveryWindows: deliveryWindows.map(one => ({ ...one, price: toDecimal(one.price, currency) })) }),
    prices: writeChannelPrices(prices),
  }
}
