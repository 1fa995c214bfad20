import type { Caller } from '../core/access/caller.js'
import type { NewLine } from '../core/cart/changes.js'
import { addLineItems } from './add-line-items.js'
import type { Deps } from './deps.js'
import type { Answer, CartView, NewCart } from './operations.js'

/** A new cart, empty or with lines; `cart_exists` where the owner may have only one. */
export function createCart(
  deps: Deps,
  caller: Caller,
  { lines = [], ...fresh }: NewCart & { readonly lines?: readonly NewLine[] },
): Answer<CartView> {
  return addLineItems(deps, caller, { cart: { fresh }, lines })
}
