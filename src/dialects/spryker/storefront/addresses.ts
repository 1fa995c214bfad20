import type { AddressEntry } from '../../../core/customers/address-book.js'
import type { WireResponse } from '../../dialect.js'
import { type AddressParts, readAddress, writeAddress } from '../address.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { respondMany, respondNothing, respondOne } from '../json-api.js'
import { renderAddress } from '../render/customer.js'
import { endpoint, type GlueRequest, refused } from '../request.js'
import {
  atMost,
  type Field,
  type Fields,
  length,
  notBlank,
  oneOf,
  optional,
  type Rule,
  required,
  truth,
} from '../validation.js'

const salutation = oneOf('Mr', 'Mrs', 'Ms', 'Dr')

/** Compulsory on creation; on a change they may be absent but not blank. */
function addressFields(compulsory: (...rules: readonly Rule[]) => Field): Fields {
  return {
    salutation: compulsory(notBlank, salutation),
    firstName: compulsory(notBlank, atMost(100)),
    lastName: compulsory(notBlank, atMost(100)),
    address1: compulsory(notBlank, atMost(255)),
    address2: compulsory(notBlank, atMost(255)),
    address3: optional(atMost(255)),
    zipCode: compulsory(notBlank, atMost(15)),
    city: compulsory(notBlank, length(3, 255)),
    iso2Code: compulsory(notBlank, atMost(2)),
    company: optional(atMost(255)),
    phone: optional(atMost(255)),
    isDefaultShipping: compulsory(truth('bool')),
    isDefaultBilling: compulsory(truth('bool')),
  }
}

const rules = { type: 'addresses', place: 'addresses', identity: 'customer' } as const

/** GET /customers/{ref}/addresses: the address book; 403/411 for others. Source: dialects/spryker.md 3.2. */
export const getAddresses = endpoint(rules, async (request, operations) => {
  if (!isOwn(request)) return respondErrors(request, [fixed.addressesForbidden])
  const customer = await operations.readCustomer(request.caller, { id: ownId(request) })
  if (!customer.ok) return refused(request, customer.error)
  const { reference, addresses } = customer.value
  return respondMany(
    request,
    addresses.map(address => renderAddress(reference, address)),
  )
})

/** GET /customers/{ref}/addresses/{uuid}; 403/411 for others, 404/404. Source: dialects/spryker.md 3.2. */
export const getAddress = endpoint(rules, async (request, operations) => {
  if (!isOwn(request)) return respondErrors(request, [fixed.addressesForbidden])
  const customer = await operations.readCustomer(request.caller, { id: ownId(request) })
  if (!customer.ok) return refused(request, customer.error)
  const address = customer.value.addresses.find(({ id }) => id === request.params.uuid)
  if (address === undefined) return respondErrors(request, [fixed.addressNotFound])
  return respondOne(request, renderAddress(customer.value.reference, address))
})

/**
 * POST /customers/{ref}/addresses: 201; 403/411 for others, 422/901. The first address becomes default for both.
 * `country` is ignored. Source: dialects/spryker.md 3.2.
 */
export const postAddress = endpoint({ ...rules, fields: addressFields(required) }, async (request, operations) => {
  if (!isOwn(request)) return respondErrors(request, [fixed.addressesForbidden])
  const { attributes } = request
  const address: AddressEntry = {
    ...readAddress(partsOf(attributes)),
    isDefaultShipping: attributes.isDefaultShipping === true,
    isDefaultBilling: attributes.isDefaultBilling === true,
  }
  const added = await operations.addAddress(request.caller, { customerId: ownId(request), address })
  if (!added.ok) return refused(request, added.error)
  return respondOne(request, renderAddress(added.value.customer.reference, added.value.address), { status: 201 })
})

/** PATCH /customers/{ref}/addresses/{uuid}: 200; 403/411 for others, 404/404, 422/901. Source: dialects/spryker.md 3.2. */
export const patchAddress = endpoint({ ...rules, fields: addressFields(optional) }, async (request, operations) => {
  if (!isOwn(request)) return respondErrors(request, [fixed.addressesForbidden])
  const customer = await operations.readCustomer(request.caller, { id: ownId(request) })
  if (!customer.ok) return refused(request, customer.error)
  const stored = customer.value.addresses.find(({ id }) => id === request.params.uuid)
  if (stored === undefined) return respondErrors(request, [fixed.addressNotFound])
  // Lines are mapped as a whole: a stored address may be written without a house number.
  const parts = { ...writeAddress(stored), ...partsOf(request.attributes) }
  const changed = await operations.changeAddress(request.caller, {
    customerId: ownId(request),
    addressId: stored.id,
    changes: { ...blankLines, ...readAddress(parts), ...flagsOf(request.attributes) },
  })
  if (!changed.ok) return refused(request, changed.error)
  return respondOne(request, renderAddress(changed.value.customer.reference, changed.value.address))
})

/** DELETE /customers/{ref}/addresses/{uuid}: 204; 403/411 for others, 404/404. Source: dialects/spryker.md 3.2. */
export const deleteAddress = endpoint(rules, async (request, operations): Promise<WireResponse> => {
  if (!isOwn(request)) return respondErrors(request, [fixed.addressesForbidden])
  const addressId = request.params.uuid ?? ''
  const removed = await operations.removeAddress(request.caller, { customerId: ownId(request), addressId })
  return removed.ok ? respondNothing(request) : refused(request, removed.error)
})

/** What a change takes away unless it is in the new parts. */
const blankLines = { line2: '', line3: '', company: '', phone: '' } as const

const partNames = [
  'salutation',
  'firstName',
  'lastName',
  'address1',
  'address2',
  'address3',
  'zipCode',
  'city',
  'iso2Code',
  'company',
  'phone',
] as const satisfies readonly (keyof AddressParts)[]

/** The parts that were sent; null is blank. */
function partsOf(attributes: GlueRequest['attributes']): Partial<AddressParts> {
  const sent = partNames.filter(name => attributes[name] !== undefined)
  return Object.fromEntries(sent.map(name => [name, attributes[name] === null ? '' : String(attributes[name])]))
}

function flagsOf(attributes: GlueRequest['attributes']): Partial<AddressEntry> {
  const { isDefaultShipping, isDefaultBilling } = attributes
  return {
    ...(typeof isDefaultShipping === 'boolean' ? { isDefaultShipping } : {}),
    ...(typeof isDefaultBilling === 'boolean' ? { isDefaultBilling } : {}),
  }
}

/** Id of the customer behind the token; the endpoint demands one. */
function ownId(request: GlueRequest): string {
  return request.customer?.customerId ?? ''
}

function isOwn(request: GlueRequest): boolean {
  const { reference } = request.params
  return reference === 'mine' || (reference !== '' && reference === request.customer?.reference)
}
