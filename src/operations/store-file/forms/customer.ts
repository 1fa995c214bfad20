import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Customer } from '../../../core/customers/customer.js'
import { type FieldsOf, form, type Reading } from '../form.js'
import * as written from '../written.js'
import { customerAddress } from './address.js'

const customerSchema = z.strictObject({
  id: written.uuid.exactOptional(),
  integerId: written.integerId,
  reference: written.code,
  email: z.email('must be an e-mail address').max(254, 'must not be longer than 254 characters'),
  password: z.string().min(1, 'must not be empty').max(1000).exactOptional(),
  passwordHash: z.string().startsWith('$argon2id$', 'must be an argon2id hash').exactOptional(),
  salutation: written.name.exactOptional(),
  firstName: written.name.exactOptional(),
  lastName: written.name.exactOptional(),
  gender: written.name.exactOptional(),
  dateOfBirth: written.date.exactOptional(),
  phone: written.name.exactOptional(),
  document: written.name.exactOptional(),
  documentType: written.name.exactOptional(),
  company: written.name.exactOptional(),
  groups: z.array(written.name).default([]),
  acceptsMarketing: z.boolean().default(false),
  isConfirmed: z.boolean().default(true),
  addresses: z.array(customerAddress).default([]),
  customFields: written.texts.default({}),
  storeCredit: written.amountByCurrency.exactOptional(),
  createdAt: written.instant.exactOptional(),
  updatedAt: written.instant.exactOptional(),
} satisfies FieldsOf<Customer, 'version'>)

/** A person with an account. Without an `id` one is derived from the e-mail address, so that a second import finds it. */
export const customerForm = form(customerSchema, async (entry, reading) => {
  const { password, passwordHash, storeCredit, ...rest } = entry
  const id = rest.id ?? derivedUuid(`customer ${rest.email.toLowerCase()}`)
  const hash = await hashOf(password, passwordHash, reading)
  if (hash === undefined) return undefined
  const value: Omit<Customer, 'version'> = {
    ...rest,
    id,
    createdAt: rest.createdAt ?? reading.now,
    updatedAt: rest.updatedAt ?? rest.createdAt ?? reading.now,
    addresses: rest.addresses.map(one => ({ ...one, id: one.id ?? derivedUuid(`address ${id} ${one.integerId}`) })),
  }
  const credit = Object.entries(storeCredit ?? {}).map(([currency, amount]) => ({ currency, amount }))
  const whole = credit.length === 0 ? value : { ...value, storeCredit: credit }
  return [{ kind: 'customer', value: whole, passwordHash: hash }]
})

async function hashOf(
  password: string | undefined,
  passwordHash: string | undefined,
  reading: Reading,
): Promise<string | undefined> {
  if ((password === undefined) === (passwordHash === undefined)) {
    reading.problem(['password'], 'needs either password or passwordHash')
    return undefined
  }
  return password === undefined ? passwordHash : reading.hashPassword(password)
}

/** A UUID (version 8: made by a rule of our own) that is the same for the same name. */
function derivedUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
