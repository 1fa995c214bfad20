import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import type { DecisionContext } from '../core/cart/decision.js'
import { type CartEdit, editCart as edited } from '../core/cart/edits.js'
import { priceWithGifts } from '../core/cart/gifts.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { Sku } from '../core/ids.js'
import type { Facts } from '../core/pricing/facts.js'
import { priceCart } from '../core/pricing/price-cart.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { worthFault } from '../core/pricing/worth.js'
import type { Condition, Promotion } from '../core/promotions/promotion.js'
import { ok, type Result, refuse } from '../core/result.js'
import { nothingAsked, withTaxes } from './ask-taxes.js'
import { changeCart, factsFor, knownStock, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { guardCodes } from './guard-codes.js'
import { isPriced, lineCountFault } from './line-limits.js'
import { readMember } from './member-of.js'
import type { Answer, CartSource, CartView } from './operations.js'

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
  readonly cart: CartSource
  readonly since?: number
  /** What the plan may bring in. */
  readonly skus?: readonly Sku[]
  readonly codes?: readonly string[]
  /** Of whoever sent the codes. */
  readonly clientAddress?: string
  /** A plan that changes nothing is a read, and needs no more than a read does. */
  readonly isRead?: boolean
  /** The store lets everybody who reaches a cart set prices on it. */
  readonly pricesAreOpen?: boolean
  /** Tell a cart that is done with (`cart_locked` with `isClosed`) from one that is not there. */
  readonly tellsClosed?: boolean
  /** See `CartChange.renewsTaxes`. */
  readonly renewsTaxes?: boolean
  /** May run more than once, each time on the newest cart. The desk that it gives back is what is written. */
  readonly plan: (desk: EditDesk) => Result<EditDesk, CheckoutError>
}

/** Several changes of one cart, or of a new one, all or none, in one write. A plan that gives back the desk that it got writes nothing. */
export async function editCart(deps: Deps, caller: Caller, input: EditCart): Answer<CartView> {
  const {
    cart: ref,
    since,
    skus = [],
    codes = [],
    clientAddress,
    tellsClosed = false,
    isRead,
    pricesAreOpen,
    renewsTaxes = false,
  } = input
  const customer = await readMember(deps, caller)
  const mayPrice = pricesAreOpen === true || hasPermission(caller, 'carts:admin')
  return changeCart(deps, caller, {
    cart: ref,
    since,
    permission: isRead === true ? 'carts:read' : 'carts:write',
    skus,
    codes,
    clientAddress,
    tellsClosed,
    renewsTaxes,
    stock: true,
    decide: (cart, context) => {
      const planned = input.plan(openDesk(cart, context, customer, mayPrice))
      return planned.ok ? ok(planned.value.cart) : planned
    },
  })
}

/** A part of what a cart costs besides its goods. */
export type Figure = 'taxes' | 'shipping' | 'fees' | 'gift_cards'

/** A cart that is tried out and forgotten. */
export interface TryCart {
  /** Where to start; `fresh`: from an empty cart. */
  readonly cart: CartSource
  readonly skus?: readonly Sku[]
  readonly codes?: readonly string[]
  readonly clientAddress?: string
  readonly pricesAreOpen?: boolean
  /** Promotions that shall not count: all of them, or those that take an amount off the order. */
  readonly ignores?: 'promotions' | 'order_amounts'
  /** Figures that nobody asked for: as if the store had none of them. */
  readonly leavesOut?: readonly Figure[]
  readonly plan: (desk: EditDesk) => Result<EditDesk, CheckoutError>
}

/** What a cart would cost that nobody has yet, or that somebody has with changes; nothing is stored. */
export async function tryCart(deps: Deps, caller: Caller, input: TryCart): Answer<CartView> {
  const { skus = [], codes = [] } = input
  const fault = lineCountFault(skus)
  if (fault !== undefined) return refuse(fault)
  return guardCodes(deps, caller, input, async look => {
    const [reached, customer] = await Promise.all([
      reachCart(deps, caller, input.cart, 'carts:read', skus),
      readMember(deps, caller),
    ])
    if (!reached.ok) return reached
    const { cart, epoch } = reached.value
    const needs = { skus, codes, stock: true, gifts: true, ...knownStock(reached.value, input) }
    const facts = await factsFor(deps, cart, epoch, needs)
    if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
    look(facts)
    const { leavesOut = [] } = input
    const mayPrice = input.pricesAreOpen === true || hasPermission(caller, 'carts:admin')
    return withTaxes<Awaited<Answer<CartView>>>(
      deps,
      factsWithout(withoutIgnored(facts, input.ignores), leavesOut),
      nothingAsked(),
      known => {
        const context = { facts: known, newId: deps.ids.uuid }
        const planned = input.plan(openDesk(cart, context, customer, mayPrice))
        if (!planned.ok) return planned
        const { priced } = priceWithGifts(cartWithout(planned.value.cart, leavesOut), context)
        const tooDear = worthFault(priced, () => undefined)
        if (tooDear !== undefined) return refuse(tooDear)
        return ok({ cart: toldWithout(priced, leavesOut), channel: facts.channel, facts: known })
      },
      tried => (tried.ok ? tried.value.cart : undefined),
    )
  })
}

/** What is ignored never applies, and is there all the same: a code of it is no unknown one. */
function withoutIgnored(facts: Facts, ignores: TryCart['ignores']): Facts {
  if (ignores === undefined) return facts
  const isIgnored = ({ benefits }: Promotion) =>
    ignores === 'promotions' || benefits.some(({ kind }) => kind === 'amount_off_order')
  const promotions = facts.promotions.map(one =>
    isIgnored(one) ? { ...one, conditions: [neverHolds, ...one.conditions] } : one,
  )
  return { ...facts, promotions }
}

const neverHolds: Condition = { kind: 'currency', currencies: [] }

function factsWithout(facts: Facts, figures: readonly Figure[]): Facts {
  const { channel, taxProvider, ...rest } = facts
  const taxes = figures.includes('taxes') ? { taxZones: [] } : taxProvider === undefined ? {} : { taxProvider }
  return {
    ...rest,
    channel,
    ...taxes,
    ...(figures.includes('shipping') ? { shippingMethods: [] } : {}),
    ...(figures.includes('fees')
      ? { channel: { ...channel, thresholds: channel.thresholds.filter(({ kind }) => kind.startsWith('hard_')) } }
      : {}),
  }
}

function cartWithout(cart: Cart, figures: readonly Figure[]): Cart {
  const charged: Cart = figures.includes('fees') ? { ...cart, fees: [] } : cart
  if (!figures.includes('gift_cards')) return charged
  const { usesStoreCredit: _, ...rest } = charged
  return { ...rest, giftCards: [] }
}

const aboutShipping: ReadonlySet<string> = new Set([
  'not_deliverable',
  'shipping_option_gone',
  'shipping_option_missing',
])

/** Nobody who did not ask for shipping is told that there is none. */
function toldWithout(priced: PricedCart, figures: readonly Figure[]): PricedCart {
  if (!figures.includes('shipping')) return priced
  return { ...priced, problems: priced.problems.filter(({ code }) => !aboutShipping.has(code)) }
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

/** What a gift certificate is worth is its buyer's choice; any other price is not. */
function setsPrice(edit: CartEdit, cart: Cart): boolean {
  if (edit.kind === 'set_discounts') return edit.discounts.length > 0
  if (edit.kind === 'add_line') return isPriced(edit.line)
  if (edit.kind === 'revise') return (edit.revision.lines ?? []).some(isPriced)
  if (edit.kind !== 'change_line' || edit.changes.origin === undefined) return false
  const line = cart.lineItems.find(item => item.id === edit.lineItemId)
  return edit.changes.origin.kind !== 'gift_certificate' || line?.origin.kind !== 'gift_certificate'
}
