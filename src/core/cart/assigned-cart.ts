import type { CustomerId } from '../ids.js'
import type { Cart } from './cart.js'

/**
 * The cart in the hands of another customer, or (null) of nobody: shipping was chosen by the former one, so the choice
 * goes; promotions and coupons are judged anew when the cart is priced.
 */
export function assignedCart(cart: Cart, customerId: CustomerId | null): Cart {
  const former = cart.owner.kind === 'member' ? cart.owner.customerId : null
  if (former === customerId) return cart
  const { customerId: _former, ...buyer } = cart.buyer
  const { usesStoreCredit: _credit, ...rest } = cart
  return {
    ...rest,
    owner: customerId === null ? { kind: 'privileged' } : { kind: 'member', customerId },
    buyer: customerId === null ? buyer : { ...buyer, customerId },
    consignments: cart.consignments.map(({ selectedOption: _option, selectedPrice: _price, ...rest }) => rest),
  }
}
