import type { Caller } from '../core/access/caller.js'
import { priceWithGifts } from '../core/cart/gifts.js'
import { storable } from '../core/cart/personal-data.js'
import { type CartRevision, reviseCart as revised } from '../core/cart/revision.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import { ok, type Result, refuse } from '../core/result.js'
import { cartEvent, changeCart, factsFor, reachCart } from './change-cart.js'
import { guardGuesses } from './change-codes.js'
import type { Deps } from './deps.js'
import { draftCart } from './draft-cart.js'
import { lineFault } from './line-limits.js'
import { readMember } from './member-of.js'
import type { Answer, CartRef, CartView, NewCart } from './operations.js'

/** Several changes of one cart, or of a new one, as one step. */
export interface RevisionInput {
  /** `fresh`: a new one, whatever carts the caller has. */
  readonly cart: CartRef | { readonly fresh: NewCart }
  readonly since?: number
  readonly revision: CartRevision
  readonly clientAddress?: string
}

/**
 * Changes lines, codes and what people filled in together: all or none, one read and one write. The answer tells of the
 * stock. A cart that is done with is told apart from one that is not there (`cart_locked` with `isClosed`).
 */
export async function reviseCart(deps: Deps, caller: Caller, input: RevisionInput): Answer<CartView> {
  const { revision } = input
  const fault = lineFault(caller, revision.lines ?? [])
  if (fault !== undefined) return refuse(fault)
  const customer = await readMember(deps, caller)
  return guarded(deps, caller, input, () => {
    if ('fresh' in input.cart) return createRevised(deps, caller, input.cart.fresh, revision)
    return changeCart(deps, caller, {
      cart: input.cart,
      since: input.since,
      permission: 'carts:write',
      ...needsOf(revision),
      stock: true,
      tellsClosed: true,
      decide: (cart, context) => revised(cart, revision, customer, context),
    })
  })
}

/** What the cart would be after a revision, with its stock; nothing is stored. One read. */
export async function quoteRevision(deps: Deps, caller: Caller, input: RevisionInput): Answer<CartView> {
  const { revision } = input
  // Nothing comes of it, so a backend may try prices that it could not set.
  const asked = caller.kind === 'key' ? { kind: 'system' as const } : caller
  const fault = lineFault(asked, revision.lines ?? [])
  if (fault !== undefined) return refuse(fault)
  const customer = await readMember(deps, caller)
  return guarded(deps, caller, input, async () => {
    const reached =
      'fresh' in input.cart
        ? await draft(deps, caller, input.cart.fresh)
        : await reachCart(deps, caller, input.cart, 'carts:read')
    if (!reached.ok) return reached
    const { cart, epoch } = reached.value
    const facts = await factsFor(deps, cart, epoch, { ...needsOf(revision), stock: true, gifts: true })
    if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
    const context = { facts, newId: deps.ids.uuid }
    const after = revised(cart, revision, customer, context)
    if (!after.ok) return after
    return ok({ cart: priceWithGifts(after.value, context).priced, channel: facts.channel })
  })
}

function needsOf({ lines, coupon, giftCard }: CartRevision) {
  const codes = [coupon, giftCard?.code].filter(code => typeof code === 'string')
  return { skus: (lines ?? []).map(line => line.sku), codes }
}

/** Only who sends a code may be guessing one. */
function guarded(deps: Deps, caller: Caller, input: RevisionInput, run: () => Answer<CartView>): Answer<CartView> {
  const { coupon, giftCard } = input.revision
  if (typeof coupon !== 'string' && (giftCard === undefined || giftCard === null)) return run()
  const cart = 'fresh' in input.cart ? { own: input.cart.fresh.channel } : input.cart
  const { clientAddress } = input
  return guardGuesses(deps, caller, { cart, ...(clientAddress === undefined ? {} : { clientAddress }) }, run)
}

async function draft(deps: Deps, caller: Caller, create: NewCart) {
  const epoch = await deps.storage.catalog.epoch()
  const cart = await draftCart(deps, caller, create, epoch)
  return cart.ok ? ok({ cart: cart.value, epoch }) : cart
}

async function createRevised(
  deps: Deps,
  caller: Caller,
  create: NewCart,
  revision: CartRevision,
): Promise<Result<CartView, CheckoutError>> {
  if (caller.kind === 'key' && !caller.permissions.includes('carts:write')) {
    return refuse({ code: 'forbidden', permission: 'carts:write' })
  }
  const customer = await readMember(deps, caller)
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const made = await draft(deps, caller, create)
    if (!made.ok) return made
    const { cart, epoch } = made.value
    const facts = await factsFor(deps, cart, epoch, { ...needsOf(revision), stock: true, gifts: true })
    if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
    const context = { facts, newId: deps.ids.uuid }
    const after = revised(cart, revision, customer, context)
    if (!after.ok) return after
    const { cart: whole, priced } = priceWithGifts(after.value, context)
    const saved = await deps.storage.carts.insert(storable(whole, facts.channel), {
      soleOfOwner: create.soleOfOwner ?? false,
      events: [cartEvent('cart.created', whole)],
    })
    // A random number that is taken just wants another try.
    if (saved === 'saved') return ok({ cart: priced, channel: facts.channel })
  }
  return refuse({ code: create.soleOfOwner === true ? 'cart_exists' : 'busy' })
}
