import type { Cart } from '../core/cart/cart.js'
import { applyChanges } from '../core/cart/checkout-changes.js'
import { priceWithGifts } from '../core/cart/gifts.js'
import type { Customer } from '../core/customers/customer.js'
import type { Facts } from '../core/pricing/facts.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { ok } from '../core/result.js'
import type { Deps } from './deps.js'
import type { CartDesk } from './operations.js'

/**
 * A desk over a cart that was read, with everything at hand that pricing needs.
 *
 * @param onQuote  is shown every cart that was priced
 */
export function cartDesk(
  deps: Deps,
  cart: Cart,
  facts: Facts,
  customer: Customer | undefined,
  onQuote: (priced: PricedCart) => void = () => undefined,
): CartDesk {
  return {
    cart,
    shippingMethods: facts.shippingMethods,
    quote: changes => {
      const context = { facts, newId: deps.ids.uuid }
      const changed = applyChanges(cart, changes, customer, context)
      if (!changed.ok) return changed
      const { priced } = priceWithGifts(changed.value, context)
      onQuote(priced)
      const view = { cart: priced, channel: facts.channel }
      return ok(customer === undefined ? view : { ...view, customer })
    },
  }
}
