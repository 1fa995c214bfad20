import { z } from 'zod'
import type { ChannelId, Json } from '../../../core/ids.js'
import type { TaxRate, TaxZone } from '../../../core/pricing/facts.js'
import type { StoreRecord } from '../../../storage/import-store.js'
import { channelOf, type FieldsOf, form } from '../form.js'
import { writePercentage } from '../write-amounts.js'
import * as written from '../written.js'
import { area, writeArea } from './area.js'

const rate = z.strictObject({
  id: written.code,
  integerId: written.integerId,
  name: written.name,
  rate: written.percentage,
  taxClasses: z.array(written.name),
  priority: written.wholeNumber.default(0),
  isIncluded: z.boolean().exactOptional(),
} satisfies FieldsOf<TaxRate>)

export const taxZoneSchema = z.strictObject({
  id: written.code,
  name: written.name,
  areas: z.array(area).default([]),
  rates: z.array(rate).default([]),
} satisfies FieldsOf<TaxZone>)

/** A zone of one channel. */
export function taxZoneRecord(channel: ChannelId, value: TaxZone): StoreRecord {
  return { kind: 'tax_zone', channel, value }
}

export const taxZoneForm = form(taxZoneSchema.extend({ channel: written.code }), ({ channel, ...zone }, reading) => {
  channelOf(channel, ['channel'], reading)
  return [taxZoneRecord(channel, zone)]
})

export function writeTaxZone(zone: TaxZone): Readonly<Record<string, Json>> {
  return {
    id: zone.id,
    name: zone.name,
    areas: zone.areas.map(writeArea),
    rates: zone.rates.map(one => ({ ...one, rate: writePercentage(one.rate) })),
  }
}
