import type { Caller } from '../core/access/caller.js'
import { ownerFor } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import { newCart } from '../core/cart/new-cart.js'
import type { CheckoutError } from '../core/errors.js'
import { type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { NewCart } from './operations.js'

/** An empty cart of the caller, not stored yet. A key may name another owner; without one only keys reach the cart. */
export async function draftCart(
  deps: Deps,
  caller: Caller,
  draft: NewCart,
  epoch: bigint,
): Promise<Result<Cart, CheckoutError>> {
  const facts = await deps.facts.load({ channel: draft.channel, skus: [], codes: [], stock: false, epoch })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: draft.channel })
  const own = ownerFor(caller)
  const isPrivileged = caller.kind === 'key' || caller.kind === 'system'
  const owner = (isPrivileged ? (draft.owner ?? own) : own) ?? { kind: 'privileged' }
  return newCart({
    identity: {
      id: draft.id ?? deps.ids.uuid(),
      integerId: deps.ids.integer(),
      number: `R${deps.ids.digits(9)}`,
      accessToken: deps.ids.secret(),
    },
    channel: facts.channel,
    owner,
    now: facts.now,
    currency: draft.currency,
    locale: draft.locale,
    priceMode: draft.priceMode,
    name: draft.name,
    isDefault: draft.isDefault,
    buyer: draft.buyer,
    extras: draft.extras,
  })
}
