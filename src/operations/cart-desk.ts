import type { Cart } from '../core/cart/cart.js'
import { applyChanges } from '../core/cart/checkout-changes.js'
import type { Customer } from '../core/customers/customer.js'
import type { Facts } from '../core/pricing/facts.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { ok } from '../core/result.js'
import type { Deps } from './deps.js'
import type { CartDesk } from './operations.js'

/** A desk over a cart that was read, with everything at hand that pricing needs. */
export function cartDesk(deps: Deps, cart: Cart, facts: Facts, customer: Customer | undefined): CartDesk {
  return {
    cart,
    shippingMethods: facts.shippingMethods,
    quote: changes => {
      const changed = applyChanges(cart, changes, customer, { facts, newId: deps.ids.uuid })
      if (!changed.ok) return changed
      const view = { cart: priceCart(changed.value, facts), channel: facts.channel }
      return ok(customer === undefined ? view : { ...view, customer })
    },
  }
}
