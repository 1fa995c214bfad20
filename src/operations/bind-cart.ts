import type { CartOwner } from '../core/access/caller.js'
import { boundCart } from '../core/cart/bound-cart.js'
import type { CartId, ChannelId } from '../core/ids.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/**
 * Gives a cart to whoever was handed its link, once the link itself was proven: it is their current one from then on, and a
 * cart that they had before no longer is.
 *
 * @returns `cart_not_found` for a cart that was ordered, and for another member's
 */
export async function bindCart(
  deps: Deps,
  input: {
    readonly id: CartId
    readonly channel: ChannelId
    readonly to: Extract<CartOwner, { readonly kind: 'member' | 'guest' }>
  },
): Answer<CartView> {
  const system = { kind: 'system' } as const
  const { id, channel, to } = input
  const change = { permission: 'carts:write', since: undefined, stock: false } as const
  const bound = await changeCart(deps, system, {
    ...change,
    cart: { key: { id } },
    decide: cart => boundCart(cart, channel, to),
  })
  if (!bound.ok) return bound
  const { carts } = await deps.storage.carts.list(to, channel)
  for (const other of carts.filter(one => one.id !== id && one.isDefault)) {
    await changeCart(deps, system, {
      ...change,
      cart: { key: { id: other.id } },
      decide: cart => ({ ok: true, value: { ...cart, isDefault: false } }),
    })
  }
  return bound
}
