import type { Customer } from '../customers/customer.js'
import type { CheckoutError } from '../errors.js'
import type { LineItemId, PromotionId } from '../ids.js'
import { limits } from '../limits.js'
import { ok, type Result, refuse } from '../result.js'
import type { Address } from './address.js'
import type { Buyer, Cart, GiftCardUse, LineItem, ManualDiscount, Notice } from './cart.js'
import { setComponents } from './change-components.js'
import type { CheckoutChanges, NewLine } from './changes.js'
import { setDiscounts } from './charges.js'
import { applyChanges } from './checkout-changes.js'
import { setCouponCodes, setGiftCardUses } from './code-lists.js'
import type { ComponentUse } from './components.js'
import type { DecisionContext } from './decision.js'
import { type ChosenGift, chooseGifts } from './gifts.js'
import { addLine, setQuantity } from './line-items.js'
import { type LineShipping, shipLines } from './line-shipping.js'
import { wrappingFault } from './line-wrapping.js'
import { noteProblems } from './problem-notices.js'
import { type CartRevision, reviseCart } from './revision.js'
import { splitLine } from './split-line.js'

/** What may change about a line that stays; a member that is absent stays as it is, null takes it away. */
export interface LineChanges {
  readonly attachments?: LineItem['attachments']
  readonly options?: LineItem['options']
  /** Manual prices need `carts:admin`. */
  readonly origin?: LineItem['origin']
  readonly subscription?: LineItem['subscription'] | null
  readonly seller?: string
  readonly wrapping?: LineItem['wrapping'] | null
  readonly extras?: LineItem['extras'] | null
}

/** One step of a change that a client makes in one request. */
export type CartEdit =
  | { readonly kind: 'add_line'; readonly line: NewLine }
  /** 0 takes the line out. */
  | { readonly kind: 'set_quantity'; readonly lineItemId: LineItemId; readonly quantity: number }
  | { readonly kind: 'change_line'; readonly lineItemId: LineItemId; readonly changes: LineChanges }
  /** See `setComponents`. */
  | {
      readonly kind: 'set_components'
      readonly lineItemId: LineItemId
      readonly components: readonly ComponentUse[]
    }
  /** The line becomes as many lines, each with a new id, in its place; components are split with their goods. */
  | { readonly kind: 'split_line'; readonly lineItemId: LineItemId; readonly quantities: readonly number[] }
  /** Lines in this order; those that are not named keep theirs behind. */
  | { readonly kind: 'arrange_lines'; readonly lineItemIds: readonly LineItemId[] }
  | { readonly kind: 'fill_in'; readonly changes: CheckoutChanges }
  /** Lines, codes and what people filled in, together; see `CartRevision`. */
  | { readonly kind: 'revise'; readonly revision: CartRevision }
  /** Replaces all that is known of the buyer. */
  | { readonly kind: 'set_buyer'; readonly buyer: Buyer }
  | { readonly kind: 'set_addresses'; readonly addresses: readonly Address[] }
  /** Instead of what was chosen of that promotion's gifts before; see `chooseGifts`. */
  | { readonly kind: 'choose_gifts'; readonly promotionId: PromotionId; readonly chosen: readonly ChosenGift[] }
  /** An option per line; see `shipLines`. */
  | { readonly kind: 'ship_lines'; readonly shipping: LineShipping }
  /** Replaces the codes; those that nobody can use are left out with a notice. */
  | { readonly kind: 'set_coupons'; readonly codes: readonly string[] }
  /** Replaces the gift cards; those that cannot pay are left out with a notice. */
  | { readonly kind: 'set_gift_cards'; readonly cards: readonly GiftCardUse[] }
  /** Replaces the discounts by hand; needs `carts:admin`. */
  | { readonly kind: 'set_discounts'; readonly discounts: readonly Omit<ManualDiscount, 'id'>[] }
  | { readonly kind: 'set_custom_data'; readonly customData: Cart['customData'] }
  | { readonly kind: 'set_notices'; readonly notices: readonly Notice[] }
  /** Tells the shopper of what cannot be had or sent as things are. */
  | { readonly kind: 'note_problems' }

/**
 * The cart after one step.
 *
 * @param customer  the member that owns the cart, where there is one: for addresses named by their stored id
 */
export function editCart(
  cart: Cart,
  edit: CartEdit,
  context: DecisionContext,
  customer?: Customer,
): Result<Cart, CheckoutError> {
  switch (edit.kind) {
    case 'add_line':
      return addLine(cart, edit.line, context)
    case 'set_quantity':
      return setQuantity(cart, edit.lineItemId, edit.quantity, context)
    case 'change_line':
      return changeLine(cart, edit.lineItemId, edit.changes, context)
    case 'set_components':
      return setComponents(cart, edit.lineItemId, edit.components, context)
    case 'split_line':
      return splitLine(cart, edit.lineItemId, edit.quantities, context)
    case 'arrange_lines':
      return ok(arrangeLines(cart, edit.lineItemIds))
    case 'fill_in':
      return applyChanges(cart, edit.changes, customer, context)
    case 'revise':
      return reviseCart(cart, edit.revision, customer, context)
    case 'set_buyer':
      return ok({ ...cart, buyer: edit.buyer })
    case 'set_addresses':
      return setAddresses(cart, edit.addresses)
    case 'choose_gifts':
      return chooseGifts(cart, edit.promotionId, edit.chosen, context)
    case 'ship_lines':
      return ok(shipLines(cart, edit.shipping, context))
    case 'set_coupons':
      return setCouponCodes(cart, edit.codes, context)
    case 'set_gift_cards':
      return setGiftCardUses(cart, edit.cards, context)
    case 'set_discounts':
      return setDiscounts(cart, edit.discounts, context)
    case 'set_custom_data':
      return setCustomData(cart, edit.customData)
    case 'set_notices':
      return ok(edit.notices.length === 0 && cart.notices.length === 0 ? cart : { ...cart, notices: edit.notices })
    case 'note_problems':
      return ok(noteProblems(cart, context))
  }
}

function changeLine(
  cart: Cart,
  lineItemId: LineItemId,
  changes: LineChanges,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const item = cart.lineItems.find(line => line.id === lineItemId)
  if (item === undefined) return refuse({ code: 'line_not_found', lineItemId })
  const { subscription, extras, wrapping, ...rest } = changes
  const { subscription: oldSubscription, extras: oldExtras, wrapping: oldWrapping, ...kept } = item
  const nextSubscription = subscription === undefined ? oldSubscription : (subscription ?? undefined)
  const nextExtras = extras === undefined ? oldExtras : (extras ?? undefined)
  const nextWrapping = wrapping === undefined ? oldWrapping : (wrapping ?? undefined)
  const next: LineItem = {
    ...kept,
    ...rest,
    ...(nextSubscription === undefined ? {} : { subscription: nextSubscription }),
    ...(nextExtras === undefined ? {} : { extras: nextExtras }),
    ...(nextWrapping === undefined ? {} : { wrapping: nextWrapping }),
  }
  const fault = wrapping === undefined ? undefined : wrappingFault(cart, next, context)
  if (fault !== undefined) return refuse(fault)
  const size = JSON.stringify([next.attachments, next.options, next.extras]).length
  if (size > limits.extrasBytes || next.options.length > limits.optionsPerLine) {
    return refuse({ code: 'limit_reached', limit: 'extras', maximum: limits.extrasBytes })
  }
  return ok({ ...cart, lineItems: cart.lineItems.map(line => (line.id === lineItemId ? next : line)) })
}

function arrangeLines(cart: Cart, lineItemIds: readonly LineItemId[]): Cart {
  const places = new Map(lineItemIds.map((id, index) => [id, index]))
  const place = (line: LineItem) => places.get(line.id) ?? lineItemIds.length
  const lineItems = [...cart.lineItems].sort((a, b) => place(a) - place(b))
  return lineItems.every((line, index) => line === cart.lineItems[index]) ? cart : { ...cart, lineItems }
}

function setAddresses(cart: Cart, addresses: readonly Address[]): Result<Cart, CheckoutError> {
  if (addresses.length > limits.consignmentsPerCart) {
    return refuse({ code: 'limit_reached', limit: 'addresses', maximum: limits.consignmentsPerCart })
  }
  return ok({ ...cart, addresses })
}

function setCustomData(cart: Cart, customData: Cart['customData']): Result<Cart, CheckoutError> {
  if (JSON.stringify(customData).length > limits.extrasBytes) {
    return refuse({ code: 'limit_reached', limit: 'extras', maximum: limits.extrasBytes })
  }
  return ok({ ...cart, customData })
}
