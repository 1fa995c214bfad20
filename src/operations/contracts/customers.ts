import type { Caller, CartOwner, Permission } from '../../core/access/caller.js'
import type { SignInProof } from '../../core/access/sign-out.js'
import type { Cart } from '../../core/cart/cart.js'
import type { Customer, CustomerAddress } from '../../core/customers/customer.js'
import type { ChannelId, CustomerId } from '../../core/ids.js'
import type { CurrencyCode, Minor } from '../../core/money.js'
import type { Credential } from '../../storage/storage.js'
import type { Profile } from '../find-profile.js'
import type { SendableCode } from '../make-sign-in-code.js'
import type { SignInRequest } from '../request-sign-in.js'
import type { CodeBearer } from '../sign-in-by-code.js'
import type { Answer } from './views.js'

export interface NewCustomer {
  readonly email: string
  readonly password: string
  readonly salutation?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly gender?: string
  readonly dateOfBirth?: string
  readonly phone?: string
  readonly acceptsMarketing?: boolean
  readonly isConfirmed?: boolean
  /** `<prefix><n>`, e.g. `DE--`. */
  readonly referencePrefix: string
  /** The guest's cart in this channel becomes the customer's. */
  readonly adoptCart?: Adoption
}

/** Whose cart, in which channel, comes along with who signs in or registers. */
export interface Adoption {
  readonly guest: CartOwner
  readonly channel: ChannelId
  /** Carts that their buyer goes on to ask for by id, e.g. one that is a checkout by now; absent: none. */
  readonly keepsId?: (cart: Cart) => boolean
}

export type NewAddress = Omit<CustomerAddress, 'id' | 'integerId'>

/** Customers, and the secrets by which callers are known. */
export interface CustomerOperations {
  registerCustomer(caller: Caller, input: NewCustomer): Answer<Customer>
  /** The guest's cart, where named, is merged into the customer's. */
  signIn(input: {
    readonly email: string
    readonly password: string
    readonly clientAddress: string
    readonly adoptCart?: Adoption
  }): Answer<Customer>
  /** An e-mail that signs in, asked for: an event for the store's own mailer, see `request-sign-in.ts`. */
  requestSignIn(input: SignInRequest): Answer<{ readonly ttlSeconds: number }>
  /** The code of such an e-mail, for the mailer: told once, kept as a hash. */
  makeSignInCode(caller: Caller, input: { readonly request: string }): Answer<SendableCode>
  /** Who brings the code of such an e-mail. */
  signInByCode(input: CodeBearer): Answer<Customer>
  /** The cart of somebody who signed in elsewhere joins the customer's; as `adoptCart` of `signIn`. */
  adoptCart(input: Adoption & { readonly customerId: CustomerId }): Promise<void>
  readCustomer(
    caller: Caller,
    input:
      | { readonly id: CustomerId }
      | { readonly reference: string }
      | { readonly email: string }
      | { readonly integerId: number },
  ): Answer<Customer>
  /** Who has an account under this e-mail address, also for strangers: what they are shown is for the dialect to mask. */
  findProfile(caller: Caller, input: { readonly email: string }): Promise<Profile | undefined>
  /** The same of several addresses, in one query; by address as it was asked. */
  findProfiles(caller: Caller, input: { readonly emails: readonly string[] }): Promise<ReadonlyMap<string, Profile>>
  updateCustomer(
    caller: Caller,
    input: {
      readonly id: CustomerId
      readonly changes: Partial<
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
    },
  ): Answer<Customer>
  /** What the customer may spend in that currency; see `changeStoreCredit`. */
  changeStoreCredit(
    caller: Caller,
    input: { readonly customerId: CustomerId; readonly currency: CurrencyCode; readonly balance: Minor },
  ): Answer<Customer>
  /**
   * Another password; whoever is signed in by the one before is no longer, wherever that is, keys stay. `invalid_input`: none, or
   * endless.
   */
  changePassword(caller: Caller, input: { readonly id: CustomerId; readonly password: string }): Answer<null>
  /** Takes every personal datum away, stored cards too, and signs the customer out everywhere; orders stay. */
  anonymizeCustomer(caller: Caller, input: { readonly id: CustomerId }): Answer<null>
  /** The first address becomes default for both; a new default clears the old one. */
  addAddress(
    caller: Caller,
    input: { readonly customerId: CustomerId; readonly address: NewAddress },
  ): Answer<{ readonly customer: Customer; readonly address: CustomerAddress }>
  changeAddress(
    caller: Caller,
    input: { readonly customerId: CustomerId; readonly addressId: string; readonly changes: Partial<NewAddress> },
  ): Answer<{ readonly customer: Customer; readonly address: CustomerAddress }>
  removeAddress(caller: Caller, input: { readonly customerId: CustomerId; readonly addressId: string }): Answer<null>
  /** A new random secret; only its hash is kept. */
  issueCredential(input: {
    readonly kind: Credential['kind']
    readonly subject: string
    readonly dialect?: string
    readonly permissions?: readonly Permission[]
    readonly data?: Credential['data']
    readonly ttlSeconds?: number
  }): Promise<string>
  checkCredential(input: {
    readonly kind: Credential['kind']
    readonly secret: string
  }): Promise<Credential | undefined>
  /** As `checkCredential`, and used up: only one caller gets it. */
  takeCredential(input: { readonly kind: Credential['kind']; readonly secret: string }): Promise<Credential | undefined>
  /** One use of a `single_use` credential that is good for `atMost`; false: it is used up, over, or not there. */
  countUse(input: { readonly secret: string; readonly atMost: number }): Promise<boolean>
  revokeCredentials(input: { readonly kind: Credential['kind']; readonly subject: string }): Promise<number>
  /** Whether what a signed token says of a sign-in still holds: nobody signed the customer out everywhere since. */
  isSignedIn(proof: SignInProof): Promise<boolean>
  /** A secret of this store, made once and kept; for signing tokens. */
  signingSecret(name: string): Promise<string>
}
