import { z } from 'zod'
import type { Address } from '../../../core/cart/address.js'
import type { CustomerAddress } from '../../../core/customers/customer.js'
import type { FieldsOf } from '../form.js'
import * as written from '../written.js'

const part = written.text.max(255, 'must not be longer than 255 characters').exactOptional()

const parts = {
  salutation: part,
  firstName: part,
  middleName: part,
  lastName: part,
  company: part,
  line1: part,
  streetNumber: part,
  line2: part,
  line3: part,
  district: part,
  city: part,
  postalCode: part,
  subdivision: part,
  subdivisionName: part,
  country: written.country.exactOptional(),
  phone: part,
  email: part,
  vatId: part,
  vatIdType: part,
  reference: part,
  longitude: z.number().min(-180).max(180).exactOptional(),
  latitude: z.number().min(-90).max(90).exactOptional(),
  kind: part,
  isDisposable: z.boolean().exactOptional(),
  customFields: written.texts.exactOptional(),
}

/** A postal address: every field is optional, as in the core. */
export const address = z.strictObject({ id: part, customerAddressId: part, ...parts } satisfies FieldsOf<Address>)

/** An entry of a customer's address book. */
export const customerAddress = z.strictObject({
  id: written.uuid.exactOptional(),
  integerId: written.integerId,
  ...parts,
  isDefaultShipping: z.boolean().default(false),
  isDefaultBilling: z.boolean().default(false),
} satisfies FieldsOf<CustomerAddress, 'customerAddressId'>)
