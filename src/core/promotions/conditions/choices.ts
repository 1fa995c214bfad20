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

/** The day of the week of `facts.now` where the channel is. */
export function weekdaysHold(condition: ConditionOf<'weekdays', Condition>, { facts }: CartFacts): boolean {
  const day = weekdays.indexOf(weekdayIn(facts.channel.timeZone).format(new Date(facts.now))) + 1
  return condition.days.includes(day)
}

/** As the formatter below writes them; Monday is the first. */
const weekdays: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Kept, since a cart is priced often and zones are few. */
function weekdayIn(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone })
  formatters.set(timeZone, made)
  return made
}
