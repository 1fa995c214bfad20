import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import type { Seller } from '../../../core/pricing/facts.js'
import { type FieldsOf, form } from '../form.js'
import * as written from '../written.js'

const region = z
  .strictObject({ country: written.country, postalFrom: written.code, postalTo: written.code })
  .refine(written.postalOrder.holds, written.postalOrder.problem)

/** A seller is not tied to a currency, so its minimum is written in minor units: the same number in every currency. */
const sellerSchema = z.strictObject({
  id: written.code,
  name: written.name,
  logoUrl: written.text.exactOptional(),
  minimumOrderMinor: z.int('must be a whole number').min(0, 'must not be below zero').exactOptional(),
  regions: z.array(region).default([]),
} satisfies FieldsOf<Seller, 'minimumOrderValue'>)

export const sellerForm = form(sellerSchema, ({ minimumOrderMinor, ...seller }) => [
  {
    kind: 'seller',
    value: minimumOrderMinor === undefined ? seller : { ...seller, minimumOrderValue: BigInt(minimumOrderMinor) },
  },
])

export function writeSeller({ minimumOrderValue, ...seller }: Seller): Readonly<Record<string, Json>> {
  if (minimumOrderValue === undefined) return seller
  return { ...seller, minimumOrderMinor: Number(minimumOrderValue) }
}
