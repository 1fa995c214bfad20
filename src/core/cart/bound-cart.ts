import type { CartOwner } from '../access/caller.js'
import type { ErrorOf } from '../errors.js'
import type { ChannelId } from '../ids.js'
import { ok, type Result, refuse } from '../result.js'
import { assignedCart } from './assigned-cart.js'
import type { Cart } from './cart.js'

/**
 * The cart in the hands of whoever was given its link, as the one that they shop with from then on. A backend's cart, or a
 * guest's, goes over with all that was filled in. A member's stays the member's: for anybody else it is not there, nor is it in
 * another channel.
 */
export function boundCart(
  cart: Cart,
  channel: ChannelId,
  to: Extract<CartOwner, { readonly kind: 'member' | 'guest' }>,
): Result<Cart, ErrorOf<'cart_not_found'>> {
  const { owner } = cart
  if (cart.status !== 'open' || cart.channel !== channel) return refuse({ code: 'cart_not_found' })
  if (owner.kind === 'member') {
    const isTheirs = to.kind === 'member' && to.customerId === owner.customerId
    return isTheirs ? ok({ ...cart, isDefault: true }) : refuse({ code: 'cart_not_found' })
  }
  const given = to.kind === 'member' ? assignedCart(cart, to.customerId) : { ...cart, owner: to }
  return ok({ ...given, isDefault: true })
}
