import { unreachable } from '../../assert.js'
import type { Condition } from '../promotion.js'
import { countryHolds, currencyHolds, customerGroupHolds, firstOrderHolds } from './buyer.js'
import type { CartFacts } from './cart-facts.js'
import { marketingHolds, paymentMethodHolds, shippingOptionHolds, weekdaysHold } from './choices.js'
import { categoriesHold, productsHold, quantityHolds, subtotalHolds } from './contents.js'

/** Whether a promotion's condition holds for the cart as it is. */
export function conditionHolds(condition: Condition, cart: CartFacts): boolean {
  switch (condition.kind) {
    case 'subtotal':
      return subtotalHolds(condition, cart)
    case 'quantity':
      return quantityHolds(condition, cart)
    case 'products':
      return productsHold(condition, cart)
    case 'categories':
      return categoriesHold(condition, cart)
    case 'customer_group':
      return customerGroupHolds(condition, cart)
    case 'shipping_option':
      return shippingOptionHolds(condition, cart)
    case 'payment_method':
      return paymentMethodHolds(condition, cart)
    case 'marketing':
      return marketingHolds(condition, cart)
    case 'weekdays':
      return weekdaysHold(condition, cart)
    case 'first_order':
      return firstOrderHolds(cart)
    case 'currency':
      return currencyHolds(condition, cart)
    case 'country':
      return countryHolds(condition, cart)
    default:
      return unreachable(condition)
  }
}
