import { z } from 'zod'
import type { PickupPoint } from '../../../core/pricing/facts.js'
import { channelOf, type FieldsOf, form, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import * as written from '../written.js'
import { address } from './address.js'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "08:30"')
const day = written.wholeNumber.max(6, 'must be 0 (Sunday) to 6 (Saturday)')

export const pickupPointSchema = z.strictObject({
  id: written.code,
  name: written.name,
  address,
  sellers: z.array(written.code).default([]),
  hours: z.array(z.strictObject({ day, opens: timeOfDay, closes: timeOfDay })).default([]),
  instructions: written.text.exactOptional(),
  isActive: z.boolean().default(true),
  postalRanges: z.array(written.postalRange).default([]),
} satisfies FieldsOf<PickupPoint>)

/** Its sellers must exist. */
export function referToSellers(sellers: readonly string[], path: Path, reading: Reading): void {
  sellers.forEach((id, index) => {
    reading.refersTo('seller', id, [...path, 'sellers', index])
  })
}

export const pickupPointForm = form(
  pickupPointSchema.extend({ channel: written.code }),
  ({ channel, ...value }, reading) => {
    channelOf(channel, ['channel'], reading)
    referToSellers(value.sellers, [], reading)
    return [{ kind: 'pickup_point', channel, value }]
  },
)
