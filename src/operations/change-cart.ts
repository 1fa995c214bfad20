import type { Caller, CartOwner, Permission } from '../core/access/caller.js'
import { accessByToken, accessToCart, hasPermission, ownerFor } from '../core/access/permissions.js'
import { present } from '../core/assert.js'
import type { Cart } from '../core/cart/cart.js'
import type { Decide } from '../core/cart/decision.js'
import { priceWithGifts } from '../core/cart/gifts.js'
import { withKeptTaxes } from '../core/cart/kept-taxes.js'
import { after, cartLifetimeMilliseconds } from '../core/cart/new-cart.js'
import { shownTo, storable } from '../core/cart/personal-data.js'
import { isKnownAt } from '../core/cart/same-since.js'
import { withoutStaleChoices } from '../core/cart/stale-choices.js'
import { weightFault } from '../core/cart/weight.js'
import type { CheckoutError } from '../core/errors.js'
import type { Sku } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { holdsForCart, mayLackOwnHolds, withOwnHolds } from '../core/orders/own-holds.js'
import type { Facts } from '../core/pricing/facts.js'
import { priceCart } from '../core/pricing/price-cart.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { accountOf, usedAccount } from '../core/pricing/store-credit.js'
import { worthFault } from '../core/pricing/worth.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { CartKey, CartRead, OutboxEvent } from '../storage/storage.js'
import { type AskedTaxes, nothingAsked, withTaxes } from './ask-taxes.js'
import { couponHolder } from './coupon-holder.js'
import type { Deps } from './deps.js'
import { draftCart } from './draft-cart.js'
import type { FactsNeeded } from './facts/facts-source.js'
import { guardCodes } from './guard-codes.js'
import { lineCountFault } from './line-limits.js'
import type { CartRef, CartSource, CartView, NewCart } from './operations.js'

/** One change of one cart. */
export interface CartChange {
  readonly cart: CartSource
  readonly permission: Permission
  /** The version that the client saw; another one is a conflict. */
  readonly since?: number | undefined
  /** Things that the decision may bring into the cart. */
  readonly skus?: readonly Sku[]
  /** Codes that somebody typed; whoever guesses too often must wait, see `guardCodes`. */
  readonly codes?: readonly string[]
  readonly clientAddress?: string | undefined
  /** The decision looks at the owner's store credit. */
  readonly storeCredit?: boolean
  /** Whether the decision looks at the stock. */
  readonly stock: boolean
  /** Tell a cart that is done with from one that is not there. */
  readonly tellsClosed?: boolean
  /** An outside provider of taxes is asked where that is due even if nothing else changes. */
  readonly renewsTaxes?: boolean
  readonly decide: Decide
}

/** A cart as read, with what the caller may do with it decided. */
export interface ReachedCart {
  readonly cart: Cart
  /** Absent: not stored yet. */
  readonly since: number | undefined
  readonly epoch: bigint
  readonly isSole: boolean
  /** Where the read was told to ask for it. */
  readonly stock?: ReadonlyMap<Sku, number>
}

/**
 * The only way to make or change a cart: read it, decide on it, write it where nobody was faster, else read and decide
 * again. Two round trips, stock included; changes of one cart inside this process queue up behind each other first, so
 * that lost races are rare. Source: design section 5.
 *
 * @returns `cart_exists` for a fresh cart whose id is taken, or whose owner may have only one
 */
export async function changeCart(
  deps: Deps,
  caller: Caller,
  change: CartChange,
): Promise<Result<CartView, CheckoutError>> {
  const fault = lineCountFault(change.skus)
  if (fault !== undefined) return refuse(fault)
  const { cart } = change
  return guardCodes(deps, caller, change, look => {
    const decide: Decide = (before, context) => {
      look(context.facts)
      return change.decide(before, context)
    }
    const run = () => changeUntilWritten(deps, caller, { ...change, decide })
    // What only reads waits for nobody: not for a change that asks outside either.
    const isRead = change.permission === 'carts:read' && change.renewsTaxes !== true
    return 'fresh' in cart || isRead ? run() : deps.queue.run(queueKey(caller, cart), run)
  })
}

async function changeUntilWritten(
  deps: Deps,
  caller: Caller,
  change: CartChange,
): Promise<Result<CartView, CheckoutError>> {
  const { cart, permission, skus = [], stock } = change
  const asked = nothingAsked()
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const reached = await reachCart(deps, caller, cart, permission, stock ? skus : undefined)
    if (!reached.ok) return reached
    const outcome = await attemptChange(deps, reached.value, change, asked)
    if (outcome !== 'lost') return outcome
    if ('fresh' in cart && cart.fresh.soleOfOwner === true && (await hasOpenCart(deps, reached.value.cart))) {
      return refuse({ code: 'cart_exists' })
    }
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}

/** Tells an owner who may have only one cart from a random number that is taken, which just wants another try. */
async function hasOpenCart(deps: Deps, { owner, channel }: Cart): Promise<boolean> {
  return (await deps.storage.carts.read({ owner, channel })).cart !== undefined
}

/** One try: decide on the cart as it was read, and write it; `lost` when somebody was faster. */
export async function attemptChange(
  deps: Deps,
  reached: ReachedCart,
  change: Omit<CartChange, 'cart' | 'permission'>,
  asked: AskedTaxes = nothingAsked(),
): Promise<Result<CartView, CheckoutError> | 'lost'> {
  const { cart, since } = reached
  const frozen = frozenFault(cart, change.tellsClosed)
  if (frozen !== undefined) return refuse(frozen)
  if (change.since !== undefined && (since === undefined || !isKnownAt(cart, change.since))) {
    return refuse({ code: 'version_conflict', current: since ?? 0 })
  }
  const needs = { ...change, ...knownStock(reached, change), gifts: true }
  const known = await factsFor(deps, cart, reached.epoch, needs)
  if (known === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  const isSettled = (one: Decided) => one.whole === cart && since !== undefined && change.renewsTaxes !== true
  const outcome = await withTaxes(
    deps,
    known,
    asked,
    facts => decideOn(deps, reached, change, { facts, needs }),
    one => (one.ok && !isSettled(one.value) ? one.value.priced : undefined),
  )
  if (!outcome.ok) return outcome
  const { whole, priced, facts } = outcome.value
  const kept = isSettled(outcome.value) ? whole : withKeptTaxes(whole, priced, facts.now)
  if (kept === cart && since !== undefined) return ok({ cart: priced, channel: facts.channel, facts })
  const next = stamped(kept, since, facts.now)
  const saved = await saveCart(deps, storable(next, facts.channel), reached)
  if (saved !== 'saved') return 'lost'
  return ok({ cart: { ...priced, cart: next }, channel: facts.channel, facts })
}

/** What a change makes of a cart; `whole` is the very cart that was read where it changes nothing. */
interface Decided {
  readonly whole: Cart
  readonly priced: PricedCart
  readonly facts: Facts
}

async function decideOn(
  deps: Deps,
  { cart, since, epoch }: ReachedCart,
  change: Pick<CartChange, 'decide'>,
  { facts: known, needs }: { readonly facts: Facts; readonly needs: Parameters<typeof factsFor>[3] },
): Promise<Result<Decided, CheckoutError>> {
  const decided = change.decide(cart, { facts: known, newId: deps.ids.uuid })
  if (!decided.ok) return decided
  const tooHeavy = weightFault(since === undefined ? undefined : cart, decided.value)
  if (tooHeavy !== undefined) return refuse(tooHeavy)
  const facts = countsAnew(cart, decided.value, known)
    ? {
        ...present(await factsFor(deps, decided.value, epoch, needs), 'the channel was there a moment ago'),
        ...(known.taxQuotes === undefined ? {} : { taxQuotes: known.taxQuotes }),
      }
    : known
  if (decided.value === cart && since !== undefined) return ok({ whole: cart, priced: priceCart(cart, facts), facts })
  const settled = withoutStaleChoices(cart, decided.value, facts)
  const { cart: whole, priced } = priceWithGifts(settled, { facts, newId: deps.ids.uuid })
  const tooDear = worthFault(priced, () => (since === undefined ? undefined : priceCart(cart, facts)))
  return tooDear === undefined ? ok({ whole, priced, facts }) : refuse(tooDear)
}

/** Whether somebody else's uses of coupons and promotions count from now on than those that were asked for. */
function countsAnew(before: Cart, after: Cart, { promotionUses }: Facts): boolean {
  const isCounted = after.couponCodes.length > 0 || promotionUses !== undefined
  return isCounted && couponHolder(before) !== couponHolder(after)
}

/** What the read told of the stock: of everything in the cart and of what the change may bring in. */
export function knownStock(
  { cart, stock }: Pick<ReachedCart, 'cart' | 'stock'>,
  change: Pick<CartChange, 'skus'>,
): Pick<FactsNeeded, 'knownStock'> {
  if (stock === undefined) return {}
  return { knownStock: { of: [...cart.lineItems.map(line => line.sku), ...(change.skus ?? [])], pieces: stock } }
}

/** Why the contents of this cart cannot change now; one that is done with is as good as absent, unless to be told. */
export function frozenFault(cart: Cart, tellsClosed = false): CheckoutError | undefined {
  if (cart.status === 'placing') return { code: 'cart_locked' }
  if (cart.status === 'open') return undefined
  return tellsClosed ? { code: 'cart_locked', isClosed: true } : { code: 'cart_not_found' }
}

async function saveCart(deps: Deps, next: Cart, reached: ReachedCart): Promise<'saved' | 'lost' | 'exists'> {
  const events = [cartEvent(reached.since === undefined ? 'cart.created' : 'cart.changed', next)]
  if (reached.since === undefined) {
    return deps.storage.carts.insert(next, { soleOfOwner: reached.isSole, events })
  }
  return deps.storage.carts.save(next, reached.since, events)
}

/** What the outbox tells of a cart. */
export function cartEvent(type: string, cart: Cart): OutboxEvent {
  return { type, subject: cart.id, data: { cartId: cart.id, version: cart.version, channel: cart.channel } }
}

/** The cart one version later. */
export function stamped(cart: Cart, since: number | undefined, now: string): Cart {
  return {
    ...cart,
    version: since === undefined ? cart.version : since + 1,
    updatedAt: now,
    expiresAt: after(now, cartLifetimeMilliseconds),
  }
}

/**
 * Facts for a decision about this cart; stock and codes only where they are looked at. What the cart's own order holds
 * counts as there: one query, only where something is short of a cart that may have been ordered.
 */
export async function factsFor(
  deps: Deps,
  cart: Cart,
  epoch: bigint,
  needs: Pick<FactsNeeded, 'stock' | 'knownStock' | 'gifts'> &
    Partial<Pick<FactsNeeded, 'skus' | 'codes'>> & {
      readonly storeCredit?: boolean
      /** The standing order of the cart's purchase, where that was read already; undefined: there is none. */
      readonly order?: Order | undefined
    },
): Promise<Facts | undefined> {
  const customer = cart.owner.kind === 'member' ? cart.owner.customerId : cart.buyer.customerId
  const holder = couponHolder(cart)
  const facts = await deps.facts.load({
    channel: cart.channel,
    skus: [...cart.lineItems.map(line => line.sku), ...(needs.skus ?? [])],
    codes: [...cart.couponCodes, ...cart.giftCards.map(use => use.code), ...(needs.codes ?? [])],
    accounts: accountsOf(cart, needs.storeCredit === true),
    stock: needs.stock,
    gifts: needs.gifts ?? false,
    ...(needs.knownStock === undefined ? {} : { knownStock: needs.knownStock }),
    epoch,
    ...(customer === undefined ? {} : { customer }),
    ...(holder === undefined ? {} : { couponHolder: holder }),
  })
  if (facts === undefined || !mayLackOwnHolds(cart, facts)) return facts
  const order = 'order' in needs ? needs.order : await deps.storage.orders.ofPurchase(cart.id, cart.purchase)
  return order !== undefined && holdsForCart(order, cart) ? withOwnHolds(facts, order, holder) : facts
}

/** The store credit that the cart pays from, or (`asked`) might. */
function accountsOf(cart: Cart, asked: boolean): readonly string[] {
  const account = asked ? accountOf(cart) : usedAccount(cart)
  return account === undefined ? [] : [account]
}

/**
 * Reads a cart and decides whether the caller may touch it; makes one (not stored yet) where the reference says so. A
 * cart that becomes the caller's by this access, whatever its status, is written at once: of two that come at the same
 * time one has it, and the other decides anew.
 *
 * @returns `cart_not_found` also for carts of others
 */
export async function reachCart(
  deps: Deps,
  caller: Caller,
  ref: CartSource,
  permission: Permission,
  stockOf?: readonly Sku[],
): Promise<Result<ReachedCart, CheckoutError>> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const reached = await attemptReach(deps, caller, ref, permission, stockOf)
    if (reached !== 'lost') return reached
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}

async function attemptReach(
  deps: Deps,
  caller: Caller,
  ref: CartSource,
  permission: Permission,
  stockOf: readonly Sku[] | undefined,
): Promise<Result<ReachedCart, CheckoutError> | 'lost'> {
  if ('fresh' in ref) return reachFresh(deps, caller, ref.fresh, permission, stockOf)
  const key = keyOf(caller, ref)
  if (key === undefined) return refuse({ code: 'cart_not_found' })
  const read = await deps.storage.carts.read(key, stockOf)
  const stock = stockRead(read)
  if (read.cart === undefined || ('own' in ref && ref.onlyDefault === true && !read.cart.isDefault)) {
    const draft = 'own' in ref ? ref.create : undefined
    if (draft === undefined) return refuse({ code: 'cart_not_found' })
    const made = await draftCart(deps, caller, draft, read.epoch)
    if (!made.ok) return made
    const isSole = draft.soleOfOwner ?? true
    return ok({ cart: made.value, since: undefined, epoch: read.epoch, isSole, ...stock })
  }
  const access =
    'token' in ref
      ? accessByToken(caller, read.cart, permission, ref.token)
      : accessToCart(caller, read.cart, permission)
  if (access.kind === 'absent') return refuse({ code: 'cart_not_found' })
  if (access.kind === 'forbidden') return refuse({ code: 'forbidden', permission: access.permission })
  if ('key' in ref && 'isMeant' in ref && ref.isMeant?.(read.cart) === false) return refuse({ code: 'cart_not_found' })
  if ('number' in key && (await isOfFormerOrder(deps, read.cart))) return refuse({ code: 'cart_not_found' })
  const cart =
    access.kind === 'claim' ? stamped(claimed(read.cart, access.owner), read.cart.version, deps.clock()) : read.cart
  if (access.kind === 'claim') {
    const saved = await deps.storage.carts.save(cart, read.cart.version, [cartEvent('cart.claimed', cart)])
    if (saved === 'lost') return 'lost'
  }
  return ok({ cart: shownTo(caller, cart), since: cart.version, epoch: read.epoch, isSole: false, ...stock })
}

/** Whether a cart that stayed open while it was bought gave its number away: to that order, which is done with. */
async function isOfFormerOrder(deps: Deps, { id, number, purchase }: Cart): Promise<boolean> {
  const order = purchase === 0 ? undefined : await deps.storage.orders.read({ number })
  return order !== undefined && order.cartId === id && order.purchase < purchase
}

/** A cart that nobody has yet. The read that finds its id free tells of the catalog and the stock as well. */
async function reachFresh(
  deps: Deps,
  caller: Caller,
  fresh: NewCart,
  permission: Permission,
  stockOf: readonly Sku[] | undefined,
): Promise<Result<ReachedCart, CheckoutError>> {
  if (caller.kind === 'key' && !hasPermission(caller, permission)) return refuse({ code: 'forbidden', permission })
  const id = fresh.id ?? deps.ids.uuid()
  const read = await readFresh(deps, id, fresh, stockOf)
  if (read.cart !== undefined) return refuse({ code: 'cart_exists' })
  const made = await draftCart(deps, caller, { ...fresh, id }, read.epoch)
  if (!made.ok) return made
  return ok({
    cart: made.value,
    since: undefined,
    epoch: read.epoch,
    isSole: fresh.soleOfOwner ?? false,
    ...stockRead(read),
  })
}

/** An empty cart under an id of ours shows no price and takes no stock: nothing has to be asked for it. */
async function readFresh(
  deps: Deps,
  id: string,
  fresh: NewCart,
  stockOf: readonly Sku[] | undefined,
): Promise<CartRead> {
  const isBare = fresh.id === undefined && (stockOf ?? []).length === 0
  if (!isBare) return deps.storage.carts.read({ id }, stockOf)
  const epoch = await deps.facts.epoch()
  return { cart: undefined, epoch, ...(stockOf === undefined ? {} : { stock: new Map<Sku, number>() }) }
}

function stockRead({ stock }: CartRead): Pick<ReachedCart, 'stock'> {
  return stock === undefined ? {} : { stock }
}

/** The cart in its new owner's hands; a member's identity is the buyer's too. */
function claimed(cart: Cart, owner: CartOwner): Cart {
  const customer = owner.kind === 'member' ? { customerId: owner.customerId } : {}
  return { ...cart, owner, buyer: { ...cart.buyer, ...customer } }
}

function keyOf(caller: Caller, ref: CartRef): CartKey | undefined {
  if ('key' in ref) return ref.key
  const owner = ownerFor(caller)
  // A holder's cart has no owner to look it up by: it is new each time.
  return owner === undefined ? undefined : { owner, channel: ref.own }
}

/** Changes that may meet on one cart share a key; a cart known by two keys is guarded by its version. */
export function queueKey(caller: Caller, ref: CartRef): string {
  const key = keyOf(caller, ref)
  if (key === undefined) return ''
  return 'id' in key ? key.id : JSON.stringify(key)
}

/** A short random wait, longer after each lost race, so that processes do not stay in step. */
export function pause(attempt: number): Promise<void> {
  const ceiling = Math.min(100, 2 ** attempt)
  return new Promise(resolve => setTimeout(resolve, Math.random() * ceiling))
}
