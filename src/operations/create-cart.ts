import type { Caller } from '../core/access/caller.js'
import { ownerFor } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import type { NewLine } from '../core/cart/changes.js'
import { priceWithGifts } from '../core/cart/gifts.js'
import { addLine } from '../core/cart/line-items.js'
import { storable } from '../core/cart/personal-data.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import { ok, type Result, refuse } from '../core/result.js'
import { cartEvent, factsFor } from './change-cart.js'
import type { Deps } from './deps.js'
import { draftCart } from './draft-cart.js'
import { lineFault } from './line-limits.js'
import type { Answer, CartView, NewCart } from './operations.js'

/** A new cart, empty or with lines; `cart_exists` where the owner may have only one. */
export async function createCart(
  deps: Deps,
  caller: Caller,
  input: NewCart & { readonly lines?: readonly NewLine[] },
): Answer<CartView> {
  if (caller.kind === 'key' && !caller.permissions.includes('carts:write')) {
    return refuse({ code: 'forbidden', permission: 'carts:write' })
  }
  const lines = input.lines ?? []
  const fault = lineFault(caller, lines)
  if (fault !== undefined) return refuse(fault)
  // An empty cart shows no price.
  const epoch = lines.length === 0 ? await deps.facts.epoch() : await deps.storage.catalog.epoch()
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const draft = await draftCart(deps, caller, input, epoch)
    if (!draft.ok) return draft
    const facts = await factsFor(deps, draft.value, epoch, {
      skus: lines.map(line => line.sku),
      stock: lines.length > 0,
      gifts: true,
    })
    if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
    let cart: Result<Cart, CheckoutError> = ok(draft.value)
    for (const line of lines) {
      if (cart.ok) cart = addLine(cart.value, line, { facts, newId: deps.ids.uuid })
    }
    if (!cart.ok) return cart
    const { cart: whole, priced } = priceWithGifts(cart.value, { facts, newId: deps.ids.uuid })
    const soleOfOwner = input.soleOfOwner ?? false
    const events = [cartEvent('cart.created', whole)]
    const saved = await deps.storage.carts.insert(storable(whole, facts.channel), { soleOfOwner, events })
    if (saved === 'saved') return ok({ cart: priced, channel: facts.channel, facts })
    if (input.id !== undefined) return refuse({ code: 'cart_exists' })
    if (soleOfOwner && (await hasOpenCart(deps, caller, input))) return refuse({ code: 'cart_exists' })
  }
  return refuse({ code: 'busy' })
}

/** Tells a taken owner from a taken random number, which just wants another try. */
async function hasOpenCart(deps: Deps, caller: Caller, input: NewCart): Promise<boolean> {
  const owner = ownerFor(caller) ?? input.owner
  if (owner === undefined) return false
  return (await deps.storage.carts.read({ owner, channel: input.channel })).cart !== undefined
}
