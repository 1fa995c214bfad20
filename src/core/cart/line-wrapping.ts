import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import { wrappingOf } from '../pricing/wrappings.js'
import type { Cart, LineItem } from './cart.js'
import type { DecisionContext } from './decision.js'

/** Why goods cannot be wrapped so: only what can be held can, in a wrapping that the channel sells in this currency. */
export function wrappingFault(
  { currency }: Pick<Cart, 'currency'>,
  { sku, wrapping }: Pick<LineItem, 'sku' | 'wrapping'>,
  { facts }: DecisionContext,
): CheckoutError | undefined {
  if (wrapping === undefined) return undefined
  const wrong = (rule: string): CheckoutError => ({ code: 'invalid_input', field: 'wrapping', rule })
  if (wrappingOf(facts.channel, wrapping.wrappingId, currency) === undefined) return wrong('unknown')
  if ((wrapping.message ?? '').length > limits.nameLength) return wrong('too_long')
  return facts.variants.get(sku)?.kind === 'physical' ? undefined : wrong('not_wrappable')
}
