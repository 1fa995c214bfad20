import { emailKey } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import { adoptCart } from './adopt-cart.js'
import type { Adoption } from './contracts/customers.js'
import type { Deps } from './deps.js'
import { accountOf, guardingSignIn, nobody } from './guard-sign-in.js'
import type { Answer } from './operations.js'

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
    readonly adoptCart?: Adoption
  },
): Answer<Customer> {
  const { email, password, clientAddress } = input
  const signedIn = await guardingSignIn(deps, { account: accountOf(email), clientAddress }, async () => {
    const customer = await verified(deps, email, password)
    if (customer === undefined) return refuse({ code: 'credentials_wrong' })
    return customer.isConfirmed ? ok(customer) : refuse({ code: 'customer_unconfirmed' })
  })
  if (!signedIn.ok) return signedIn
  const customer = signedIn.value
  if (input.adoptCart !== undefined) await adoptCart(deps, { customerId: customer.id, ...input.adoptCart })
  return ok(customer)
}

async function verified(deps: Deps, email: string, password: string): Promise<Customer | undefined> {
  const customer = await deps.storage.customers.read({ email: emailKey(email) })
  const hash = await deps.storage.customers.passwordHash(customer?.id ?? nobody)
  // A password that is too long was never accepted; hashing its beginning costs what hashing any other does.
  const isRight = await deps.passwords.verify(hash, password.slice(0, limits.passwordLength))
  return isRight && password.length <= limits.passwordLength ? customer : undefined
}
