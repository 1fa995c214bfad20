import type { Condition } from '../promotion.js'
import type { CartFacts, ConditionOf } from './cart-facts.js'

export function shippingOptionHolds(
  condition: ConditionOf<'shipping_option', Condition>,
  { shippingOptions }: CartFacts,
): boolean {
  return condition.options.some(option => shippingOptions.includes(option))
}

/** One of the chosen payments uses one of the methods, in that many installments where the condition says how many. */
export function paymentMethodHolds(condition: ConditionOf<'payment_method', Condition>, { cart }: CartFacts): boolean {
  return cart.payments.some(
    payment =>
      condition.methods.includes(payment.method) &&
      (condition.installments === undefined || (payment.installments ?? 1) === condition.installments),
  )
}

export function marketingHolds(condition: ConditionOf<'marketing', Condition>, { cart }: CartFacts): boolean {
  const value = cart.marketing[condition.field]
  return value !== undefined && condition.values.includes(value)
}

/** The day of the week of `facts.now`, in UTC. */
export function weekdaysHold(condition: ConditionOf<'weekdays', Condition>, { facts }: CartFacts): boolean {
  const sunday = 7
  const day = new Date(facts.now).getUTCDay()
  return condition.days.includes(day === 0 ? sunday : day)
}
