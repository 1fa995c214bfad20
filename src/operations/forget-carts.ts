import type { CartOwner } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import { releasedCart } from '../core/cart/released-cart.js'
import type { CartId, ChannelId, CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { cartEvent, pause, stamped } from './change-cart.js'
import type { Deps } from './deps.js'

/** How many carts one statement looks through for a customer's name. Ours: 26 ms, at most 75, on two cores; nobody waits for it. */
const lookedThroughAtOnce = 2_000

/**
 * Deletes a customer's open carts, and those of no owner that the customer was named on as the buyer; where a stranger named the
 * customer, the cart stays without anything personal. Carts that somebody typed the customer's e-mail address on are left alone. A
 * cart that is being ordered right now is left to its order; one that somebody changes meanwhile goes all the same.
 *
 * @returns false where others are faster again and again
 */
export async function forgetCarts(deps: Deps, customerId: CustomerId): Promise<boolean> {
  if (!(await forgetOwnCarts(deps, customerId))) return false
  // One after another: many who go at once keep no more than one connection of this process at work.
  return deps.queue.run('carts that name a customer', () => forgetNamingCarts(deps, customerId))
}

/** Those alone that the customer owns, which an index finds. */
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

/** No index has them, since every write of a cart would pay for it: all carts are looked through, a slice at a time. */
async function forgetNamingCarts(deps: Deps, customerId: CustomerId): Promise<boolean> {
  let last: CartId | undefined = ''
  while (last !== undefined) {
    const slice: Awaited<ReturnType<typeof deps.storage.carts.naming>> = await deps.storage.carts.naming(customerId, {
      after: last,
      limit: lookedThroughAtOnce,
    })
    for (const id of slice.ids) {
      if (!(await forgetCart(deps, id, customerId))) return false
    }
    last = slice.last
  }
  return true
}

async function forgetCart(deps: Deps, id: CartId, customerId: CustomerId): Promise<boolean> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const { cart } = await deps.storage.carts.read({ id })
    if (cart === undefined || cart.status !== 'open' || cart.owner.kind === 'member') return true
    const { buyer } = cart
    if (buyer.customerId !== customerId && buyer.profileId !== customerId) return true
    const done = buyer.customerId === customerId ? await remove(deps, cart) : await release(deps, cart)
    if (done === 'saved') return true
    await pause(attempt)
  }
  return false
}

function remove(deps: Deps, cart: Cart): Promise<'saved' | 'lost'> {
  return deps.storage.carts.remove(cart.id, cart.version, [cartEvent('cart.deleted', cart)])
}

function release(deps: Deps, cart: Cart): Promise<'saved' | 'lost'> {
  const next = stamped(releasedCart(cart, cart.owner), cart.version, deps.clock())
  return deps.storage.carts.save(next, cart.version, [cartEvent('cart.changed', next)])
}
