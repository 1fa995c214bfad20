import type { Caller } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import { codeKey } from '../core/cart/code-key.js'
import type { DecisionContext } from '../core/cart/decision.js'
import { type CartEdit, editCart as edited } from '../core/cart/edits.js'
import { priceWithGifts } from '../core/cart/gifts.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { Sku } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Facts } from '../core/pricing/facts.js'
import { priceCart } from '../core/pricing/price-cart.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import type { Promotion } from '../core/promotions/promotion.js'
import { ok, type Result, refuse } from '../core/result.js'
import { changeCart, factsFor, reachCart } from './change-cart.js'
import { guessersOf } from './change-codes.js'
import type { Deps } from './deps.js'
import { draftCart } from './draft-cart.js'
import { readMember } from './member-of.js'
import type { Answer, CartRef, CartView, NewCart } from './operations.js'

/** A cart that is being changed, step by step, before it is written. Pure: each step gives another desk. */
export interface EditDesk {
  readonly cart: Cart
  readonly facts: Facts
  readonly customer: Customer | undefined
  edit(edits: readonly CartEdit[]): Result<EditDesk, CheckoutError>
  /** With every figure, as it stands. */
  price(): PricedCart
}

/** What is needed to change a cart by a plan. */
export interface EditCart {
  readonly cart: CartRef
  readonly since?: number
  /** What the plan may bring in. */
  readonly skus?: readonly Sku[]
  readonly codes?: readonly string[]
  /** Of whoever sent codes: guessing them too often, on one cart or from one address, must wait. */
  readonly clientAddress?: string
  /** A plan that changes nothing is a read, and needs no more than a read does. */
  readonly isRead?: boolean
  /** The store lets everybody who reaches a cart set prices on it. */
  readonly pricesAreOpen?: boolean
  /** May run more than once, each time on the newest cart. The desk that it gives back is what is written. */
  readonly plan: (desk: EditDesk) => Result<EditDesk, CheckoutError>
}

/** Several changes of one cart, all or none, in one write. A plan that gives back the desk that it got writes nothing. */
export async function editCart(deps: Deps, caller: Caller, input: EditCart): Answer<CartView> {
  const codes = input.codes ?? []
  const guessers = codes.length === 0 ? [] : guessersOf(caller, input)
  const wait = Math.max(0, ...guessers.map(({ kind, key }) => deps.limiter.tooMany(kind, key) ?? 0))
  if (wait > 0) return refuse({ code: 'too_many_attempts', retryAfterSeconds: wait })
  if ((input.skus ?? []).length > limits.linesPerRequest) {
    return refuse({ code: 'limit_reached', limit: 'lines', maximum: limits.linesPerRequest })
  }
  const customer = await readMember(deps, caller)
  const mayPrice = input.pricesAreOpen === true || isPricer(caller)
  let isGuess = false
  const answer = await changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: input.isRead === true ? 'carts:read' : 'carts:write',
    skus: input.skus ?? [],
    codes,
    stock: true,
    decide: (cart, context) => {
      isGuess = codes.some(code => !isKnownCode(code, context.facts))
      const planned = input.plan(openDesk(cart, context, customer, mayPrice))
      return planned.ok ? ok(planned.value.cart) : planned
    },
  })
  if (isGuess) for (const { kind, key } of guessers) deps.limiter.failed(kind, key)
  return answer
}

/** A cart that is tried out and forgotten. */
export interface TryCart {
  /** Where to start; `create`: from an empty cart. */
  readonly from: { readonly cart: CartRef } | { readonly create: NewCart }
  readonly skus?: readonly Sku[]
  readonly codes?: readonly string[]
  readonly clientAddress?: string
  readonly pricesAreOpen?: boolean
  /** Promotions that shall not count: all of them, or those that take an amount off the order. */
  readonly ignores?: 'promotions' | 'order_amounts'
  readonly plan: (desk: EditDesk) => Result<EditDesk, CheckoutError>
}

/** What a cart would cost that nobody has yet, or that somebody has with changes; nothing is stored. */
export async function tryCart(deps: Deps, caller: Caller, input: TryCart): Answer<CartView> {
  const { codes = [], clientAddress, skus = [] } = input
  const isWatched = codes.length > 0 && clientAddress !== undefined
  const wait = isWatched ? deps.limiter.tooMany('code_client', clientAddress) : undefined
  if (wait !== undefined) return refuse({ code: 'too_many_attempts', retryAfterSeconds: wait })
  if (skus.length > limits.linesPerRequest) {
    return refuse({ code: 'limit_reached', limit: 'lines', maximum: limits.linesPerRequest })
  }
  const [start, customer] = await Promise.all([startOf(deps, caller, input), readMember(deps, caller)])
  if (!start.ok) return start
  const { cart, epoch } = start.value
  const facts = await factsFor(deps, cart, epoch, { skus, codes, stock: true, gifts: true })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  if (isWatched && codes.some(code => !isKnownCode(code, facts))) deps.limiter.failed('code_client', clientAddress)
  const context = { facts: withoutIgnored(facts, input.ignores), newId: deps.ids.uuid }
  const planned = input.plan(openDesk(cart, context, customer, input.pricesAreOpen === true || isPricer(caller)))
  if (!planned.ok) return planned
  const { priced } = priceWithGifts(planned.value.cart, context)
  return ok({ cart: priced, channel: facts.channel, facts: context.facts })
}

async function startOf(
  deps: Deps,
  caller: Caller,
  { from }: TryCart,
): Promise<Result<{ readonly cart: Cart; readonly epoch: bigint }, CheckoutError>> {
  if ('cart' in from) return reachCart(deps, caller, from.cart, 'carts:read')
  const epoch = await deps.storage.catalog.epoch()
  const draft = await draftCart(deps, caller, from.create, epoch)
  return draft.ok ? ok({ cart: draft.value, epoch }) : draft
}

function withoutIgnored(facts: Facts, ignores: TryCart['ignores']): Facts {
  if (ignores === undefined) return facts
  const isOrderAmount = (promotion: Promotion) => promotion.benefits.some(({ kind }) => kind === 'amount_off_order')
  return { ...facts, promotions: ignores === 'promotions' ? [] : facts.promotions.filter(one => !isOrderAmount(one)) }
}

function openDesk(cart: Cart, context: DecisionContext, customer: Customer | undefined, mayPrice: boolean): EditDesk {
  const desk: EditDesk = {
    cart,
    facts: context.facts,
    customer,
    price: () => priceCart(cart, context.facts),
    edit: edits => {
      let next: Result<Cart, CheckoutError> = ok(cart)
      for (const edit of edits) {
        if (!next.ok) return next
        if (setsPrice(edit, next.value) && !mayPrice) return refuse({ code: 'forbidden', permission: 'carts:admin' })
        next = edited(next.value, edit, context, customer)
      }
      if (!next.ok) return next
      return ok(next.value === cart ? desk : openDesk(next.value, context, customer, mayPrice))
    },
  }
  return desk
}

function isPricer(caller: Caller): boolean {
  return caller.kind === 'system' || (caller.kind === 'key' && caller.permissions.includes('carts:admin'))
}

/** What a gift certificate is worth is its buyer's choice; any other price is not. */
function setsPrice(edit: CartEdit, cart: Cart): boolean {
  if (edit.kind === 'add_line') return edit.line.origin?.kind === 'manual' || edit.line.origin?.kind === 'custom'
  if (edit.kind !== 'change_line' || edit.changes.origin === undefined) return false
  const line = cart.lineItems.find(item => item.id === edit.lineItemId)
  return edit.changes.origin.kind !== 'gift_certificate' || line?.origin.kind !== 'gift_certificate'
}

function isKnownCode(code: string, { coupons, giftCards }: Facts): boolean {
  const key = codeKey(code)
  return coupons.has(key) || giftCards.has(key)
}
