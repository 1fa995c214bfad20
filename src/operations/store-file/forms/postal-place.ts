import { z } from 'zod'
import type { PostalPlace } from '../../../storage/storage.js'
import { type FieldsOf, form } from '../form.js'
import * as written from '../written.js'

const postalPlaceSchema = z.strictObject({
  country: written.country,
  postalCode: written.code,
  place: written.name,
  subdivision: written.name,
  subdivisionName: written.name,
  district: written.name.exactOptional(),
  street: written.name.exactOptional(),
  latitude: z.number().min(-90).max(90).exactOptional(),
  longitude: z.number().min(-180).max(180).exactOptional(),
} satisfies FieldsOf<PostalPlace>)

export const postalPlaceForm = form(postalPlaceSchema, value => [{ kind: 'postal_place', value }])
