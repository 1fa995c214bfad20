import type { Caller } from '../core/access/caller.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { ok, refuse } from '../core/result.js'
import { changeCart, factsFor, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** A cart with its figures. One query; a first access that claims the cart is one write more. */
export async function readCart(deps: Deps, caller: Caller, input: CartRef): Answer<CartView> {
  const reached = await reachCart(deps, caller, input, 'carts:read')
  if (!reached.ok) return reached
  const { cart, epoch, isClaimed } = reached.value
  if (isClaimed && cart.status === 'open') {
    return changeCart(deps, caller, { cart: input, permission: 'carts:read', stock: false, decide: ok })
  }
  const facts = await factsFor(deps, cart, epoch, { stock: false })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  return ok({ cart: priceCart(cart, facts), channel: facts.channel, facts })
}
