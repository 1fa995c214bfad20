import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import type { Cart } from './cart.js'

/**
 * Why a cart may not become like this: nobody makes one heavy with what is filled in beside its goods. One that is heavy
 * already may become lighter.
 *
 * @param before  undefined for a new one
 */
export function weightFault(before: Cart | undefined, after: Cart): CheckoutError | undefined {
  if (before !== undefined && weighed.every(name => before[name] === after[name])) return undefined
  if ((after.customerNote?.length ?? 0) > limits.textLength && after.customerNote !== before?.customerNote) {
    return { code: 'limit_reached', limit: 'note', maximum: limits.textLength }
  }
  const weight = weightOf(after)
  if (weight <= limits.filledInBytes || (before !== undefined && weight < weightOf(before))) return undefined
  return { code: 'limit_reached', limit: 'filled_in', maximum: limits.filledInBytes }
}

/** What people and clients fill in; goods have limits of their own. */
const weighed = [
  'buyer',
  'consignments',
  'billingAddress',
  'addresses',
  'payments',
  'marketing',
  'preferences',
  'customerNote',
  'staffNote',
  'customData',
  'extras',
] as const satisfies readonly (keyof Cart)[]

/** Length of that as JSON; amounts count as a digit. */
function weightOf(cart: Cart): number {
  const filledIn = weighed.map(name => cart[name])
  return JSON.stringify(filledIn, (_name, value: unknown) => (typeof value === 'bigint' ? 0 : value)).length
}
