import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { emailKey, isAnonymized } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import type { Deps } from './deps.js'

/** A registered customer as an unknown caller may learn of; what is shown to strangers is masked by the dialect. */
export interface Profile {
  readonly customer: Customer
  /** The caller is this customer, or a key that may read customers. */
  readonly isOwn: boolean
}

/** The customer with this e-mail address. For dialects that tell everybody that there is one. */
export async function findProfile(
  deps: Deps,
  caller: Caller,
  input: { readonly email: string },
): Promise<Profile | undefined> {
  const customer = await deps.storage.customers.read({ email: emailKey(input.email) })
  return customer === undefined ? undefined : profileOf(caller, customer)
}

/** As `findProfile`, of several addresses in one query; those without a customer are left out. By address as it was asked. */
export async function findProfiles(
  deps: Deps,
  caller: Caller,
  input: { readonly emails: readonly string[] },
): Promise<ReadonlyMap<string, Profile>> {
  const customers = await deps.storage.customers.withEmails(input.emails.map(emailKey))
  const byKey = new Map(customers.map(customer => [emailKey(customer.email), profileOf(caller, customer)] as const))
  return new Map(
    input.emails.flatMap(email => {
      const profile = byKey.get(emailKey(email))
      return profile === undefined ? [] : [[email, profile] as const]
    }),
  )
}

function profileOf(caller: Caller, customer: Customer): Profile | undefined {
  if (isAnonymized(customer)) return undefined
  return { customer, isOwn: mayReachCustomer(caller, customer.id, 'customers:read') }
}
