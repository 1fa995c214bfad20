import type { CartOwner } from '../core/access/caller.js'
import { emailKey } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { ChannelId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import { adoptCart } from './adopt-cart.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** Id that no customer has: an unknown e-mail address costs the same queries and the same hashing as a known one. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * The customer with this e-mail address and password; the guest's cart, where named, joins the customer's. An unknown
 * address and a wrong password are one refusal after the same time. Only failures count against guessing, by address
 * of the account and of the client, so that a crowd behind one address is free.
 */
export async function signIn(
  deps: Deps,
  input: {
    readonly email: string
    readonly password: string
    readonly clientAddress: string
    readonly adoptCart?: { readonly guest: CartOwner; readonly channel: ChannelId }
  },
): Answer<Customer> {
  const account = emailKey(input.email).slice(0, limits.nameLength)
  const blocked = tooMany(deps, account, input.clientAddress)
  if (blocked !== undefined) return refuse(blocked)
  const customer = await verified(deps, input.email, input.password)
  if (customer === undefined) {
    deps.limiter.failed('sign_in', account)
    deps.limiter.failed('sign_in_client', input.clientAddress)
    return refuse({ code: 'credentials_wrong' })
  }
  // The client's count stays: else one good account would buy endless guesses at others.
  deps.limiter.succeeded('sign_in', account)
  if (!customer.isConfirmed) return refuse({ code: 'customer_unconfirmed' })
  if (input.adoptCart !== undefined) await adoptCart(deps, { customerId: customer.id, ...input.adoptCart })
  return ok(customer)
}

function tooMany(deps: Deps, account: string, clientAddress: string): CheckoutError | undefined {
  const wait = Math.max(
    deps.limiter.tooMany('sign_in', account) ?? 0,
    deps.limiter.tooMany('sign_in_client', clientAddress) ?? 0,
  )
  return wait === 0 ? undefined : { code: 'too_many_attempts', retryAfterSeconds: wait }
}

async function verified(deps: Deps, email: string, password: string): Promise<Customer | undefined> {
  const customer = await deps.storage.customers.read({ email: emailKey(email) })
  const hash = await deps.storage.customers.passwordHash(customer?.id ?? nobody)
  // A password that is too long was never accepted; hashing its beginning costs what hashing any other does.
  const isRight = await deps.passwords.verify(hash, password.slice(0, limits.passwordLength))
  return isRight && password.length <= limits.passwordLength ? customer : undefined
}
