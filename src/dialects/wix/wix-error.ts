import type { FieldViolation } from './validation.js'

/** An error on the wire: of the application, or of the fields of the request. Source: dialects/wix.md 3.0. */
export type WixError =
  | {
      readonly status: number
      readonly code: string
      readonly description: string
      readonly data?: Readonly<Record<string, unknown>>
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly violations: readonly FieldViolation[] }

/** What was asked for: the same refusal has another code at a cart than at a checkout. */
export type Place = 'checkout' | 'create-order' | 'cart' | 'current-cart' | 'order' | 'payment' | 'gift-card' | 'member'

/** An error that has another code at one place than at another. */
export type Worded = (place: Place) => WixError

/** An error of the application. */
export function applicationError(
  status: number,
  code: string,
  description: string,
  data?: Readonly<Record<string, unknown>>,
): WixError {
  return { status, code, description, ...(data === undefined ? {} : { data }) }
}

/** The same at every place. */
export const always =
  (error: WixError): Worded =>
  () =>
    error

/** Fields that are wrong. */
export const invalid = (...violations: readonly FieldViolation[]): Worded => always({ violations })
