import type { CartOwner } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import type { ChannelId, CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { cartEvent, pause } from './change-cart.js'
import type { Deps } from './deps.js'

/**
 * Deletes a customer's open carts. A cart that is being ordered right now is left to its order; one that somebody changes
 * meanwhile goes all the same.
 *
 * @returns false where others are faster again and again
 */
export async function forgetOwnCarts(deps: Deps, customerId: CustomerId): Promise<boolean> {
  const owner = { kind: 'member', customerId } as const
  for (const channel of await deps.facts.channels()) {
    if (!(await deleteCartsOf(deps, owner, channel.id))) return false
  }
  return true
}

async function deleteCartsOf(deps: Deps, owner: CartOwner, channel: ChannelId): Promise<boolean> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    let isLost = false
    const { carts } = await deps.storage.carts.list(owner, channel)
    for (const cart of carts.filter(({ status }) => status === 'open')) {
      if ((await remove(deps, cart)) === 'lost') isLost = true
    }
    if (!isLost) return true
    await pause(attempt)
  }
  return false
}

function remove(deps: Deps, cart: Cart): Promise<'saved' | 'lost'> {
  return deps.storage.carts.remove(cart.id, cart.version, [cartEvent('cart.deleted', cart)])
}
