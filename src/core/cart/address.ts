/** A postal address with its contact. Every part is optional here: drafts are kept as they are; `address-rules.ts` judges. */
export interface Address {
  /** Id of the sub-object on the wire; stable while the address stays on the cart. */
  readonly id?: string
  /** The customer's stored address that this is a copy of. */
  readonly customerAddressId?: string
  readonly salutation?: string
  readonly firstName?: string
  readonly middleName?: string
  readonly lastName?: string
  readonly company?: string
  /** Street and number as one line, or the street alone when `streetNumber` is given. */
  readonly line1?: string
  readonly streetNumber?: string
  readonly line2?: string
  readonly line3?: string
  readonly district?: string
  readonly city?: string
  readonly postalCode?: string
  /** Subdivision by its code within the country (`TX`, `RJ`), else its name in `subdivisionName`. */
  readonly subdivision?: string
  readonly subdivisionName?: string
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string
  readonly phone?: string
  readonly email?: string
  readonly vatId?: string
  readonly vatIdType?: string
  readonly reference?: string
  /** Degrees. */
  readonly longitude?: number
  readonly latitude?: number
  /** residential, commercial, pickup, gift registry, ... (the dialect's word, kept). */
  readonly kind?: string
  /** True: used for this purchase only, never saved to the customer's address book. */
  readonly isDisposable?: boolean
  readonly customFields?: Readonly<Record<string, string>>
}
