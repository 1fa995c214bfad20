import type { Caller, CartOwner } from '../core/access/caller.js'
import { hasPermission, ownerFor } from '../core/access/permissions.js'
import { shownTo } from '../core/cart/personal-data.js'
import type { ChannelId } from '../core/ids.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { usedAccount } from '../core/pricing/store-credit.js'
import { ok, refuse } from '../core/result.js'
import { couponHolder } from './coupon-holder.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/** The open carts of the caller (a key names the owner), oldest first. */
export async function listCarts(
  deps: Deps,
  caller: Caller,
  input: { readonly channel: ChannelId; readonly owner?: CartOwner },
): Answer<readonly CartView[]> {
  if (caller.kind === 'key' && !hasPermission(caller, 'carts:read')) {
    return refuse({ code: 'forbidden', permission: 'carts:read' })
  }
  const isPrivileged = caller.kind === 'key' || caller.kind === 'system'
  const owner = isPrivileged ? (input.owner ?? ownerFor(caller)) : ownerFor(caller)
  if (owner === undefined || owner.kind === 'holder') return ok([])
  const { carts, epoch } = await deps.storage.carts.list(owner, input.channel)
  // Carts of one guest may name several addresses: then nobody can count for all of them at once.
  const [holder, ...otherHolders] = new Set(carts.map(couponHolder))
  const facts = await deps.facts.load({
    channel: input.channel,
    skus: carts.flatMap(cart => cart.lineItems.map(line => line.sku)),
    codes: carts.flatMap(cart => [...cart.couponCodes, ...cart.giftCards.map(use => use.code)]),
    accounts: carts.flatMap(cart => usedAccount(cart) ?? []),
    stock: false,
    epoch,
    ...(owner.kind === 'member' ? { customer: owner.customerId } : {}),
    ...(holder === undefined || otherHolders.length > 0 ? {} : { couponHolder: holder }),
  })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  return ok(carts.map(cart => ({ cart: priceCart(shownTo(caller, cart), facts), channel: facts.channel })))
}
