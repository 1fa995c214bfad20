import type { ProfileChanges } from '../../../core/customers/account.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { respondMany, respondNothing, respondOne } from '../json-api.js'
import { renderCustomer } from '../render/customer.js'
import { endpoint, type GlueRequest, guestCartOf, refused } from '../request.js'
import type { SprykerSettings } from '../settings.js'
import { atMost, date, email, type Fields, length, notBlank, oneOf, optional, required, truth } from '../validation.js'

const salutation = oneOf('Mr', 'Mrs', 'Ms', 'Dr')
const gender = oneOf('Male', 'Female')

function newCustomerFields(settings: SprykerSettings): Fields {
  const password = settings.passwordRule === 'classes' ? length(12, 128) : length(8, 64)
  return {
    email: required(notBlank, email(), atMost(255)),
    salutation: required(notBlank, salutation),
    firstName: required(notBlank, atMost(100)),
    lastName: required(notBlank, atMost(100)),
    gender: optional(gender),
    dateOfBirth: optional(date),
    password: required(notBlank, password),
    confirmPassword: required(notBlank, password),
    acceptedTerms: required(truth('bool')),
  }
}

const changedCustomerFields: Fields = {
  email: optional(notBlank, email(), atMost(255)),
  salutation: optional(notBlank, salutation),
  firstName: optional(notBlank, atMost(100)),
  lastName: optional(notBlank, atMost(100)),
  gender: optional(gender),
  dateOfBirth: optional(date),
}

/**
 * POST /customers: 201 with the customer; 422/901, 406, 413, 420, 400 (the e-mail address is taken, in neutral words).
 * A guest header on the request makes the guest's cart the customer's. Source: dialects/spryker.md 3.2.
 */
export const postCustomer = endpoint(
  { type: 'customers', place: 'customers', identity: 'none', fields: newCustomerFields },
  async (request, operations) => {
    const { attributes, settings } = request
    const password = String(attributes.password)
    if (password !== String(attributes.confirmPassword)) return respondErrors(request, [fixed.passwordsDiffer])
    if (attributes.acceptedTerms !== true) return respondErrors(request, [fixed.termsNotAccepted])
    if (settings.passwordRule === 'classes' && !hasAllClasses(password)) {
      return respondErrors(request, [fixed.passwordClasses])
    }
    const customer = await operations.registerCustomer(request.caller, {
      ...profileOf(attributes),
      email: String(attributes.email),
      password,
      isConfirmed: !settings.confirmsEmail,
      referencePrefix: `${settings.storeName}--`,
      ...guestCartOf(request),
    })
    if (!customer.ok) return refused(request, customer.error)
    return respondOne(request, renderCustomer(customer.value), { status: 201 })
  },
)

/** GET /customers: an array with the customer of the token. Source: dialects/spryker.md 3.2. */
export const getCustomers = endpoint(
  { type: 'customers', place: 'customers', identity: 'customer' },
  async (request, operations) => {
    const customer = await operations.readCustomer(request.caller, { id: ownId(request) })
    return customer.ok ? respondMany(request, [renderCustomer(customer.value)]) : refused(request, customer.error)
  },
)

/** GET /customers/{ref}: the customer; `mine` as an array. 404/402 for others. Source: dialects/spryker.md 2.5, 3.2. */
export const getCustomer = endpoint(
  { type: 'customers', place: 'customers', identity: 'customer' },
  async (request, operations) => {
    const customer = await operations.readCustomer(request.caller, { id: ownId(request) })
    if (!customer.ok) return refused(request, customer.error)
    const reference = request.params.reference ?? ''
    if (reference === 'mine' || reference === '') return respondMany(request, [renderCustomer(customer.value)])
    if (!isOwn(request)) return respondErrors(request, [fixed.customerNotFound])
    return respondOne(request, renderCustomer(customer.value))
  },
)

/** PATCH /customers/{ref}: 200 with the customer; 404/402 for others, 422/901, 422/400. Source: dialects/spryker.md 3.2. */
export const patchCustomer = endpoint(
  { type: 'customers', place: 'customers', identity: 'customer', fields: changedCustomerFields },
  async (request, operations) => {
    if (!isOwn(request)) return respondErrors(request, [fixed.customerNotFound])
    const changes = profileOf(request.attributes)
    const customer = await operations.updateCustomer(request.caller, { id: ownId(request), changes })
    return customer.ok ? respondOne(request, renderCustomer(customer.value)) : refused(request, customer.error)
  },
)

/** DELETE /customers/{ref}: 204, the account is anonymized; 404/402 for others. Source: dialects/spryker.md 1, 3.2. */
export const deleteCustomer = endpoint(
  { type: 'customers', place: 'customers', identity: 'customer' },
  async (request, operations) => {
    if (!isOwn(request)) return respondErrors(request, [fixed.customerNotFound])
    const done = await operations.anonymizeCustomer(request.caller, { id: ownId(request) })
    return done.ok ? respondNothing(request) : refused(request, done.error)
  },
)

/** Id of the customer behind the token; the endpoint demands one. */
function ownId(request: GlueRequest): string {
  return request.customer?.customerId ?? ''
}

function isOwn(request: GlueRequest): boolean {
  const { reference } = request.params
  return reference === 'mine' || reference === request.customer?.reference
}

function hasAllClasses(password: string): boolean {
  return [/\p{Lu}/u, /\p{Ll}/u, /\p{N}/u, /[^\p{L}\p{N}\s]/u].every(pattern => pattern.test(password))
}

const profileNames = ['email', 'salutation', 'firstName', 'lastName', 'gender', 'dateOfBirth'] as const

/** The attributes that were sent; null takes one away. */
function profileOf(attributes: GlueRequest['attributes']): ProfileChanges {
  const sent = profileNames.filter(name => attributes[name] !== undefined)
  return Object.fromEntries(sent.map(name => [name, attributes[name] === null ? '' : String(attributes[name])]))
}
