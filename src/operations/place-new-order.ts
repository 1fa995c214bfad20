import type { Caller } from '../core/access/caller.js'
import type { CheckoutError } from '../core/errors.js'
import type { Result } from '../core/result.js'
import { deleteCart } from './delete-cart.js'
import type { Deps } from './deps.js'
import { type EditCart, editCart } from './edit-cart.js'
import type { Answer, CartDesk, NewCart, Placed, Placement, PlannedPlacement } from './operations.js'
import { placeOrder } from './place-order.js'

/** A whole purchase in one request. */
export interface NewPurchase {
  readonly create: NewCart
  /** Fills the cart; as `editCart`. */
  readonly edit: Pick<EditCart, 'skus' | 'codes' | 'clientAddress' | 'plan'>
  readonly placement: Placement
  /** As `placeOrder`. */
  readonly plan?: (desk: CartDesk) => Result<PlannedPlacement, CheckoutError>
}

/**
 * Places an order of somebody who had no cart: makes one for this purchase, fills it, and orders it by the same steps as
 * any other. A purchase that is refused leaves no cart behind.
 */
export async function placeNewOrder(deps: Deps, caller: Caller, purchase: NewPurchase): Answer<Placed> {
  const filled = await editCart(deps, caller, { cart: { fresh: purchase.create }, ...purchase.edit })
  if (!filled.ok) return filled
  const { id } = filled.value.cart.cart
  const holder: Caller = { ...caller, heldCarts: [...(caller.heldCarts ?? []), id] }
  const placed = await order(deps, holder, id, purchase)
  // Whoever does not know yet what became of the payment still needs it.
  if (!placed.ok && placed.error.code !== 'payment_unknown') await deleteCart(deps, holder, { cart: { key: { id } } })
  return placed
}

function order(deps: Deps, holder: Caller, id: string, { placement, plan }: NewPurchase): Answer<Placed> {
  return placeOrder(deps, holder, { cart: { key: { id } }, placement, ...(plan === undefined ? {} : { plan }) })
}
