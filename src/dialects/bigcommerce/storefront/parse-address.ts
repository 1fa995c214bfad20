import { z } from 'zod'
import type { Address } from '../../../core/cart/address.js'
import { findCountry } from '../../../core/geography/countries.js'
import { findSubdivision } from '../../../core/geography/subdivisions.js'
import { limits } from '../../../core/limits.js'
import { type FieldValue, writeFieldValue } from '../address-fields.js'
import { looseText } from '../body.js'

const text = looseText.pipe(z.string().max(limits.nameLength)).optional()
const fieldValue = z.union([z.string().max(limits.textLength), z.number(), z.array(z.string()).max(100)])

const customField = z.object({ fieldId: z.union([z.string(), z.number()]), fieldValue: fieldValue.nullish() })

const fields = z.object({
  firstName: text,
  lastName: text,
  email: text,
  company: text,
  address1: text,
  address2: text,
  city: text,
  stateOrProvince: text,
  stateOrProvinceCode: text,
  countryCode: text,
  postalCode: text,
  phone: text,
  customFields: z.array(z.preprocess(camelKeys, customField)).nullish(),
  shouldSaveAddress: z.boolean().nullish(),
})

/** An address of a storefront's body. Every member may be missing; those that are unknown are ignored. Source: 4.5. */
export const addressSchema = z.preprocess(camelKeys, fields)

export type SentAddress = z.output<typeof fields>

/** The server-to-server spelling is taken too. Source: dialects/bigcommerce.md 8. */
function camelKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      member,
    ]),
  )
}

/**
 * The address as core keeps it; empty texts count as not given. A country code that is none is left out, not refused; the
 * state may be named or coded.
 */
export function addressOf(sent: SentAddress): Address {
  const country = findCountry((sent.countryCode ?? '').toUpperCase())
  const state = sent.stateOrProvinceCode || sent.stateOrProvince || ''
  const known = country === undefined ? undefined : findSubdivision(country, state)
  return withoutEmpty({
    firstName: sent.firstName,
    lastName: sent.lastName,
    company: sent.company,
    line1: sent.address1,
    line2: sent.address2,
    city: sent.city,
    postalCode: sent.postalCode,
    subdivision: known?.code,
    subdivisionName: known === undefined ? sent.stateOrProvince || state : undefined,
    country: country?.alpha2,
    phone: sent.phone,
    email: sent.email,
    customFields: customFieldsOf(sent.customFields ?? []),
  })
}

function customFieldsOf(
  sent: readonly { readonly fieldId: string | number; readonly fieldValue?: FieldValue | null | undefined }[],
): Address['customFields'] | undefined {
  const given = sent.flatMap(({ fieldId, fieldValue: value }) =>
    value === undefined || value === null ? [] : [[String(fieldId), writeFieldValue(value)] as const],
  )
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined }

function withoutEmpty(address: Optional<Address>): Address {
  return Object.fromEntries(
    Object.entries(address).filter(([, value]) => value !== undefined && value !== ''),
  ) as Address
}
