import type { Form } from '../forms.js'
import type { Shop } from '../shop.js'
import type { Scene, Stage } from './stages.js'

type Params = Readonly<Record<string, string>>

/** One thing that an endpoint does, and its answer. */
export interface Case {
  /** The fact that it shows. */
  readonly is: string
  /** The order that it is asked of; absent: none. */
  readonly at?: Stage
  /** Who asks; absent: whoever holds the order's token. */
  readonly by?: 'admin' | 'customer' | 'second' | 'nobody'
  /** Asked of the order first, with its token: method, rest of the path, body. */
  readonly first?: readonly [method: string, rest: string, body: object]
  /** In place of the order's own. */
  readonly params?: Params | ((shop: Shop) => Promise<Params>)
  readonly query?: string
  readonly body?: object | string | ((scene: Scene) => object)
  readonly status: number
  /** The body whole; else its form and some of its members. A text is compared as it is. */
  readonly whole?: unknown
  readonly form?: Form
  readonly has?: object | ((scene: Scene) => object)
  /** What the order shows afterwards; absent for a refusal: the same as before. */
  readonly after?: object
}

/** By `METHOD /path`. */
export type Contract = Readonly<Record<string, readonly Case[]>>

export const unauthorized = { error: 'You are not authorized to perform that action.' }
export const notFound = { error: 'The resource you were looking for could not be found.' }

/** The answers that 2.9 lists, by what they say. */
export const invalid = (errors: Readonly<Record<string, readonly string[]>>) => ({
  error: 'Invalid resource. Please fix errors and try again.',
  errors,
})
export const noTransition = (errors: Readonly<Record<string, readonly string[]>>) => ({
  error: 'The order could not be transitioned. Please fix the errors and try again.',
  errors,
})
export const gateway = (text: string) => ({
  error: `There was a problem with the payment gateway: ${text}`,
  errors: { base: [text] },
})
export const missing = (name: string) => ({ exception: `param is missing or the value is empty: ${name}` })
export const coupon = (error: string, status_code: string | null) => ({
  success: null,
  error,
  successful: false,
  status_code,
})

export const unknownCoupon = "The coupon code you entered doesn't exist. Please try again."

export const blankCard = {
  'payments.Credit Card': [
    "Number can't be blank",
    'Month is not a number',
    'Year is not a number',
    "Verification Value can't be blank",
    "Name can't be blank",
  ],
}

/** Whoever names an order by a wrong number, or has no credential that fits. */
export const strangers = (at: Stage, body: object = {}): readonly Case[] => [
  { is: 'is refused without a credential', at, by: 'nobody', body, status: 401, whole: unauthorized },
  { is: "is refused by another user's key", at, by: 'second', body, status: 401, whole: unauthorized },
  {
    is: 'knows no order of that number',
    by: 'nobody',
    params: { number: 'R000000000' },
    body,
    status: 404,
    whole: notFound,
  },
  {
    is: 'tells whoever presents a token no more of it',
    at,
    params: { number: 'R000000000' },
    body,
    status: 401,
    whole: unauthorized,
  },
]
