import type { Condition } from '../promotion.js'
import type { CartFacts, ConditionOf } from './cart-facts.js'

/** By the groups that the store gave the customer; what a cart says about its buyer proves nothing. */
export function customerGroupHolds(condition: ConditionOf<'customer_group', Condition>, { facts }: CartFacts): boolean {
  const groups = facts.customer?.groups ?? []
  return condition.groups.some(group => groups.includes(group))
}

/** A known customer without an order; a guest's history is unknown, so it does not hold. */
export function firstOrderHolds({ facts }: CartFacts): boolean {
  return facts.customer !== undefined && facts.customer.orderCount === 0
}

export function countryHolds(condition: ConditionOf<'country', Condition>, { countries }: CartFacts): boolean {
  return condition.countries.some(country => countries.includes(country))
}

export function currencyHolds(condition: ConditionOf<'currency', Condition>, { cart }: CartFacts): boolean {
  return condition.currencies.includes(cart.currency)
}
