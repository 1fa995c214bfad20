import { z } from 'zod'
import { form } from '../form.js'
import * as written from '../written.js'

/** Where stock lies when no location is written. */
export const DEFAULT_LOCATION = 'main'

const stockSchema = z.strictObject({
  sku: written.code,
  location: written.code.default(DEFAULT_LOCATION),
  available: written.wholeNumber,
})

export const stockForm = form(stockSchema, (value, reading) => {
  reading.refersToSku(value.sku, ['sku'])
  return [{ kind: 'stock', value }]
})
