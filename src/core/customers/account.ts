import type { CheckoutError } from '../errors.js'
import type { CustomerId, Instant } from '../ids.js'
import { limits } from '../limits.js'
import { ok, type Result, refuse } from '../result.js'
import type { Customer } from './customer.js'

/** What a customer may change about themself. */
export type ProfileChanges = Partial<
  Pick<
    Customer,
    | 'email'
    | 'salutation'
    | 'firstName'
    | 'lastName'
    | 'gender'
    | 'dateOfBirth'
    | 'phone'
    | 'document'
    | 'documentType'
    | 'company'
    | 'acceptsMarketing'
  >
>

/** Form in which e-mail addresses are compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** Whether a text can be somebody's e-mail address: an `@` between two parts, and not too long. */
export function isEmailAddress(text: string): boolean {
  return text.length <= limits.nameLength && /^[^\s@]+@[^\s@]+$/.test(text.trim())
}

const profileTexts = [
  'salutation',
  'firstName',
  'lastName',
  'gender',
  'dateOfBirth',
  'phone',
  'document',
  'documentType',
  'company',
] as const

/** A customer as registered; storage gives the integer id and the reference. */
export function newAccount(
  input: ProfileChanges & { readonly email: string; readonly isConfirmed?: boolean },
  id: CustomerId,
  now: Instant,
): Result<Omit<Customer, 'integerId' | 'reference'>, CheckoutError> {
  const fault = profileFault(input)
  if (fault !== undefined) return refuse(fault)
  return ok({
    id,
    ...withoutEmptyTexts(textsOf(input)),
    email: input.email.trim(),
    groups: [],
    acceptsMarketing: input.acceptsMarketing ?? false,
    isConfirmed: input.isConfirmed ?? true,
    addresses: [],
    customFields: {},
    createdAt: now,
    updatedAt: now,
    version: 1,
  })
}

/** Changes a profile; an empty text takes a member away, an absent member stays. */
export function withProfile(customer: Customer, changes: ProfileChanges): Result<Customer, CheckoutError> {
  const fault = profileFault(changes)
  if (fault !== undefined) return refuse(fault)
  return ok(
    withoutEmptyTexts({
      ...customer,
      ...textsOf(changes),
      email: changes.email?.trim() ?? customer.email,
      acceptsMarketing: changes.acceptsMarketing ?? customer.acceptsMarketing,
    }),
  )
}

/** Leaves out members whose text is empty: that is how a client takes one away. */
export function withoutEmptyTexts<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== '')) as T
}

/**
 * The customer without anything personal. Id, integer id and reference stay, since orders name them; the e-mail
 * address becomes one that nobody can have (`.invalid`, RFC 2606).
 */
export function anonymized(customer: Customer): Customer {
  return {
    id: customer.id,
    integerId: customer.integerId,
    reference: customer.reference,
    email: `${customer.id}@anonymous.invalid`,
    groups: [],
    acceptsMarketing: false,
    isConfirmed: false,
    addresses: [],
    customFields: {},
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    version: customer.version,
  }
}

/** Whether `anonymized` made this one. */
export function isAnonymized(customer: Pick<Customer, 'id' | 'email'>): boolean {
  return customer.email === `${customer.id}@anonymous.invalid`
}

function textsOf(changes: ProfileChanges): Partial<Pick<Customer, (typeof profileTexts)[number]>> {
  const entries = profileTexts.map(name => [name, changes[name]] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** The one thing wrong with a profile: texts have a limit, an e-mail address has an `@` between two parts. */
function profileFault(changes: ProfileChanges): CheckoutError | undefined {
  for (const name of profileTexts) {
    if ([...(changes[name] ?? '')].length > limits.nameLength) {
      return { code: 'invalid_input', field: name, rule: 'too_long' }
    }
  }
  if (changes.email === undefined) return undefined
  return isEmailAddress(changes.email) ? undefined : { code: 'invalid_input', field: 'email', rule: 'email' }
}
