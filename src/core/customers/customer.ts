import type { Address } from '../cart/address.js'
import type { CustomerId, Instant } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'

/** A person with an account. */
export interface Customer {
  readonly id: CustomerId
  readonly integerId: number
  /** What dialects show as customer reference, e.g. `DE--21`. Unique. */
  readonly reference: string
  /** As typed; compared in lower case. Unique. */
  readonly email: string
  readonly salutation?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly gender?: string
  readonly dateOfBirth?: string
  readonly phone?: string
  readonly document?: string
  readonly documentType?: string
  readonly company?: string
  readonly groups: readonly string[]
  readonly acceptsMarketing: boolean
  readonly isConfirmed: boolean
  /** Each with `id`; the address book. */
  readonly addresses: readonly CustomerAddress[]
  readonly customFields: Readonly<Record<string, string>>
  /** What they may spend, by currency: told with each read, changed by its own operation and by orders alone. */
  readonly storeCredit?: readonly { readonly currency: CurrencyCode; readonly amount: Minor }[]
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

export interface CustomerAddress extends Address {
  readonly id: string
  readonly integerId: number
  readonly isDefaultShipping: boolean
  readonly isDefaultBilling: boolean
}
