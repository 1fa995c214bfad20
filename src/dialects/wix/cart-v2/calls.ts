import type { Cart } from '../../../core/cart/cart.js'
import { codeKey } from '../../../core/cart/code-key.js'
import type { CartRevision } from '../../../core/cart/revision.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { CartRef, CartView, NewCart, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { actorOf, isPrivileged } from '../auth.js'
import { readGiftCard, shippingChanges, termsFor } from '../checkout-input.js'
import { extrasOf } from '../extras.js'
import { lineIdOf, lineRefOf } from '../ids.js'
import { readLines, readRemovals } from '../line-input.js'
import { noShippingOption } from '../problem-errors.js'
import { couponIdOf, giftCardIdOf } from '../render/discounts.js'
import type { WixCall } from '../request.js'
import { hostedUrl } from '../storefront/checkout-page.js'
import { checkFields, has, type JsonObject, objectAt, objectsAt, textAt } from '../validation.js'
import { applicationError, type WixError } from '../wix-error.js'
import { asV1Items, cartChanges, leftOutV2, v1ItemFields } from './input.js'
import { renderCartV2 } from './render-cart.js'
import { renderSummaryV2 } from './render-summary.js'
import { isLocked, respondErrorV2, respondRefusedV2 } from './words.js'

/** What the calls of the current cart and of any cart have in common. */
export type CartCallV2 = (call: WixCall, operations: Operations, cart: CartRef) => Promise<WireResponse>

function respondCart(call: WixCall, view: CartView): WireResponse {
  return respondJson(call.wire, { cart: renderCartV2(call, view) })
}

/** A new cart, with items, codes and what is known of the buyer. `extra`: what makes it the current one or not. */
export async function createOne(
  call: WixCall,
  operations: Operations,
  place: { readonly own: boolean },
): Promise<WireResponse> {
  const sent = objectAt(call.body, 'cart')
  const items = await readItems(call, operations)
  if ('error' in items) return respondErrorV2(call, items.error)
  const [coupon] = objectsAt(call.body, 'coupons')
  const giftCard = await giftCardOf(call, operations, objectsAt(call.body, 'giftCards')[0])
  if ('error' in giftCard) return respondErrorV2(call, giftCard.error)
  const option = objectAt(call.body, 'deliveryMethod')
  const method = textAt(option, 'code')
  const created = await operations.reviseCart(call.caller, {
    cart: place.own
      ? { own: call.channel.id, onlyDefault: true, create: newCart(call) }
      : { fresh: freshCart(call, sent) },
    revision: {
      guard: ({ lineItems, consignments }) => {
        if (method === undefined) return undefined
        if (lineItems.length + items.lines.length === 0) return v2Fault('DELIVERY_METHOD_MISSING_LINE_ITEMS')
        const isSomewhere = has(objectAt(sent, 'deliveryInfo'), 'address')
        return isSomewhere || isAddressed(consignments) ? undefined : v2Fault('DELIVERY_METHOD_MISSING_ADDRESS')
      },
      lines: items.lines,
      changes: cart => {
        const changes = cartChanges(call, sent, cart, true)
        if (method === undefined) return changes
        const { destination } = changes.consignments?.[0] ?? cart.consignments[0] ?? { destination: nowhere }
        return { ...changes, consignments: [{ destination, selectedOption: method }] }
      },
      ...(coupon === undefined ? {} : { coupon: textAt(coupon, 'code')?.trim() ?? null }),
      ...(giftCard.value === undefined ? {} : { giftCard: giftCard.value }),
      terms: termsFor(option, 'refuse'),
    },
    clientAddress: call.wire.clientAddress,
  })
  return created.ok ? respondCart(call, created.value) : respondRefusedV2(call, created.error)
}

const nowhere = { kind: 'unknown' } as const

function isAddressed([shipment]: Cart['consignments']): boolean {
  return shipment?.destination.kind === 'address'
}

/** A cart of V2 is a checkout from the start. */
export function newCart(call: WixCall): NewCart {
  const extras = { wix: { isCheckout: true, createdBy: actorOf(call.identity), channelType: 'WEB' } }
  return { channel: call.channel.id, extras }
}

/** Keys say whose the cart is, as of a checkout of V1. Source: dialects/wix.md 2.3. */
function freshCart(call: WixCall, sent: JsonObject): NewCart {
  const draft = { ...newCart(call), isDefault: !isPrivileged(call.identity) }
  if (!isPrivileged(call.identity)) return draft
  const customer = objectAt(sent, 'customerInfo')
  const customerId = textAt(customer, 'memberId')?.toLowerCase()
  if (customerId !== undefined) return { ...draft, isDefault: true, owner: { kind: 'member', customerId } }
  return { ...draft, owner: { kind: customer.openAccess === true ? 'open' : 'privileged' } }
}

export const readOneV2: CartCallV2 = async (call, operations, cart) => {
  const read = await operations.readCart(call.caller, cart, { stock: true })
  if (!read.ok) return respondRefusedV2(call, read.error)
  return respondJson(call.wire, { cart: renderCartV2(call, read.value, await orderOf(call, operations, read.value)) })
}

/** Id of the order that a cart has become, for whoever may see it; none where it was made elsewhere. */
async function orderOf(call: WixCall, operations: Operations, { cart }: CartView): Promise<string | undefined> {
  if (cart.cart.status !== 'closed') return undefined
  const filter = { cartIds: [cart.cart.id], statuses: ['confirmed', 'canceled'] as const }
  const page = { channel: call.channel.id, filter, oldestFirst: false, offset: 0, limit: 1 }
  const found = await operations.listOrders(call.caller, page)
  return found.ok ? found.value.orders[0]?.id : undefined
}

/** Figures are computed anew at each read, so that there is nothing to refresh but the answer. */
export const calculateOne: CartCallV2 = async (call, operations, cart) => {
  const read = await operations.readCart(call.caller, cart, { stock: true })
  if (!read.ok) return respondRefusedV2(call, read.error)
  if (read.value.cart.cart.status === 'closed')
    return respondRefusedV2(call, { code: 'cart_locked', isClosed: true }, 'checkout')
  return respondJson(call.wire, { cart: renderCartV2(call, read.value), summary: renderSummaryV2(call, read.value) })
}

/** The same with whatever figures are wanted. */
export const estimateOneV2: CartCallV2 = async (call, operations, cart) => {
  const quoted = await operations.quoteRevision(call.caller, {
    cart,
    revision: { guard: doneFault },
    leavesOut: leftOutV2(call.body),
    clientAddress: call.wire.clientAddress,
  })
  if (!quoted.ok) return respondRefusedV2(call, quoted.error, placeOf(call, quoted.error))
  return respondJson(call.wire, {
    cart: renderCartV2(call, quoted.value),
    summary: renderSummaryV2(call, quoted.value),
  })
}

function doneFault({ status }: Cart): CheckoutError | undefined {
  return status === 'closed' ? { code: 'cart_locked', isClosed: true } : undefined
}

export const refreshOne: CartCallV2 = async (call, operations, cart) => {
  const read = await operations.readCart(call.caller, cart, { stock: true })
  if (!read.ok) return respondRefusedV2(call, read.error)
  if (read.value.cart.cart.status === 'closed')
    return respondRefusedV2(call, { code: 'cart_locked', isClosed: true }, 'checkout')
  return respondCart(call, read.value)
}

export const updateOneV2: CartCallV2 = (call, operations, cart) => {
  const sent = objectAt(call.body, 'cart')
  return revise(call, operations, cart, { changes: before => cartChanges(call, sent, before, false) })
}

export const deleteOneV2: CartCallV2 = async (call, operations, cart) => {
  const deleted = await operations.deleteCart(call.caller, { cart })
  return deleted.ok ? respondJson(call.wire, {}) : respondRefusedV2(call, deleted.error)
}

const noItems = applicationError(400, 'NO_LINE_ITEMS_TO_ADD', 'There is nothing to add.')

export const addLinesV2: CartCallV2 = async (call, operations, cart) => {
  const items = await readItems(call, operations)
  if ('error' in items) return respondErrorV2(call, items.error)
  if (items.lines.length === 0) return respondErrorV2(call, noItems)
  return revise(call, operations, cart, { lines: items.lines })
}

/** Items of V2 in V1's form; one that the catalog does not know is refused, and so is one that breaks a rule. */
async function readItems(call: WixCall, operations: Operations) {
  const asV1 = asV1Items(call)
  const violations = checkFields(asV1.body, v1ItemFields)
  if (violations.length > 0) return { error: { violations } satisfies WixError }
  const lines = await readLines(asV1, operations)
  if (!lines.ok) return { error: lines.error }
  const unknown = new Set(lines.value.flatMap(({ sku }) => (sku.startsWith('unknown:') ? [sku] : [])))
  if (unknown.size === 0) return { lines: lines.value }
  const invalidItems = objectsAt(asV1.body, 'lineItems').flatMap(item => {
    const reference = objectAt(item, 'catalogReference')
    const isUnknown = unknown.has(`unknown:${textAt(reference, 'catalogItemId') ?? ''}`)
    return isUnknown ? [{ catalogReference: reference }] : []
  })
  return {
    error: applicationError(404, 'ITEM_NOT_FOUND_IN_CATALOG', 'The catalog has no such item.', { invalidItems }),
  }
}

const noUpdates = applicationError(400, 'EMPTY_LINE_ITEM_UPDATES', 'There is nothing to update.')
const twice = (duplicateLineItemIds: readonly string[]) =>
  applicationError(400, 'DUPLICATE_LINE_ITEM_UPDATES', 'A line is updated twice.', { duplicateLineItemIds })

export const updateLinesV2: CartCallV2 = async (call, operations, cart) => {
  const updates = objectsAt(call.body, 'lineItems')
  if (updates.length === 0) return respondErrorV2(call, noUpdates)
  const ids = updates.map(update => textAt(update, 'lineItemId')?.toLowerCase() ?? '')
  const repeated = ids.filter((id, index) => ids.indexOf(id) < index)
  if (repeated.length > 0) return respondErrorV2(call, twice([...new Set(repeated)]))
  const quantities = updates.flatMap((update, index) => {
    const { newQuantity } = objectAt(update, 'quantity')
    return newQuantity === undefined ? [] : [{ lineItem: lineRefOf(ids[index] ?? ''), quantity: Number(newQuantity) }]
  })
  return revise(call, operations, cart, { guard: strangers(ids), quantities })
}

export const removeLinesV2: CartCallV2 = (call, operations, cart) => {
  const ids = Array.isArray(call.body.lineItemIds) ? call.body.lineItemIds.map(id => String(id).toLowerCase()) : []
  return revise(call, operations, cart, {
    guard: strangers(ids),
    removed: readRemovals(call.body),
  })
}

/** Refuses ids of lines that the cart has not. */
function strangers(ids: readonly string[]): CartRevision['guard'] & {} {
  return ({ lineItems }) => {
    const known = new Set(lineItems.map(lineIdOf))
    const missing = ids.find(id => !known.has(id))
    return missing === undefined ? undefined : { code: 'line_not_found', lineItemId: missing }
  }
}

export const addCouponV2: CartCallV2 = (call, operations, cart) => {
  const code = textAt(objectAt(call.body, 'coupon'), 'code')?.trim() ?? ''
  return revise(call, operations, cart, {
    guard: before =>
      lockedFault(before, 'lockCouponCode') ??
      fullFault(before.couponCodes, code, { present: 'COUPON_ALREADY_EXISTS', full: 'MAX_COUPONS_PER_CART_EXCEEDED' }),
    coupon: code,
  })
}

export const removeCouponV2: CartCallV2 = (call, operations, cart) => {
  const id = textAt(call.body, 'couponId')?.toLowerCase()
  return revise(call, operations, cart, {
    guard: before =>
      lockedFault(before, 'lockCouponCode') ??
      (before.couponCodes.some(code => couponIdOf(code) === id) ? undefined : v2Fault('COUPON_NOT_FOUND_IN_CART')),
    coupon: null,
  })
}

export const addGiftCardV2: CartCallV2 = async (call, operations, cart) => {
  const giftCard = await giftCardOf(call, operations, objectAt(call.body, 'giftCard'))
  if ('error' in giftCard) return respondErrorV2(call, giftCard.error)
  if (giftCard.value === undefined)
    return respondErrorV2(call, applicationError(404, 'INVALID_GIFT_CARD_CODE', 'No code.'))
  const { code } = giftCard.value
  return revise(call, operations, cart, {
    guard: before =>
      lockedFault(before, 'lockGiftCard') ??
      fullFault(
        before.giftCards.map(use => use.code),
        code,
        { present: 'GIFT_CARD_ALREADY_EXISTS', full: 'MAX_GIFT_CARDS_PER_CART_EXCEEDED' },
      ),
    giftCard: giftCard.value,
  })
}

export const removeGiftCardV2: CartCallV2 = (call, operations, cart) => {
  const id = textAt(call.body, 'giftCardId')?.toLowerCase()
  return revise(call, operations, cart, {
    guard: before =>
      lockedFault(before, 'lockGiftCard') ??
      (before.giftCards.some(({ code }) => giftCardIdOf(code) === id)
        ? undefined
        : v2Fault('GIFT_CARD_NOT_FOUND_IN_CART')),
    giftCard: null,
  })
}

/** A gift card with what it shall pay at most, by the rules of V1. */
async function giftCardOf(call: WixCall, operations: Operations, sent: JsonObject | undefined) {
  const amount = sent === undefined ? undefined : textAt(objectAt(sent, 'redeemAmount'), 'amount')
  const body = { giftCardCode: sent?.code, ...(amount === undefined ? {} : { giftCardRedeemAmount: amount }) }
  const read = await readGiftCard({ ...call, body }, operations)
  return read.ok ? { value: read.value } : { error: read.error }
}

export const setMethod: CartCallV2 = (call, operations, cart) => {
  const option = objectAt(call.body, 'deliveryMethod')
  return revise(
    call,
    operations,
    cart,
    {
      guard: ({ lineItems, consignments }) => {
        if (lineItems.length === 0) return v2Fault('DELIVERY_METHOD_MISSING_LINE_ITEMS')
        return isAddressed(consignments) ? undefined : v2Fault('DELIVERY_METHOD_MISSING_ADDRESS')
      },
      changes: before => shippingChanges(before, { option: textAt(option, 'code') }),
    },
    termsFor(option, 'refuse'),
  )
}

export const removeMethod: CartCallV2 = (call, operations, cart) =>
  revise(call, operations, cart, {
    changes: ({ consignments: [present] }) =>
      present === undefined ? {} : { consignments: [{ destination: present.destination }] },
  })

export const respondUrlV2: CartCallV2 = async (call, operations, cart) => {
  const read = await operations.readCart(call.caller, cart)
  if (!read.ok) return respondRefusedV2(call, read.error)
  const { cart: found } = read.value.cart
  const custom = extrasOf(found).overrideCheckoutUrl?.replaceAll('{checkout_id}', found.id)
  return respondJson(call.wire, { checkoutUrl: custom ?? (await hostedUrl(call, found.id, operations)) })
}

export const completeOne: CartCallV2 = async (call, operations, cart) => {
  const closed = await operations.closeCart(call.caller, { cart })
  return closed.ok ? readOneV2(call, operations, cart) : respondRefusedV2(call, closed.error)
}

const noAddress = applicationError(428, 'MISSING_DELIVERY_ADDRESS', 'There is no address to send the items to.')

/** V2 tells a missing address from a missing method, which V1 calls by one name. */
export async function respondNotPlacedV2(
  call: WixCall,
  operations: Operations,
  cart: CartRef,
  error: WixError,
): Promise<WireResponse> {
  if (error !== noShippingOption) return respondErrorV2(call, error)
  const read = await operations.readCart(call.caller, cart)
  const isSomewhere = read.ok && read.value.cart.cart.consignments.some(one => one.destination.kind !== 'unknown')
  return respondErrorV2(call, isSomewhere ? error : noAddress)
}

function v2Fault(code: string): CheckoutError {
  return { code: 'invalid_input', field: `v2:${code}`, rule: code }
}

function lockedFault(cart: Cart, name: 'lockCouponCode' | 'lockGiftCard'): CheckoutError | undefined {
  if (!isLocked(extrasOf(cart).customSettings, name)) return undefined
  return v2Fault(name === 'lockCouponCode' ? 'COUPON_LOCKED' : 'GIFT_CARD_LOCKED')
}

function fullFault(
  present: readonly string[],
  code: string,
  codes: { readonly present: string; readonly full: string },
): CheckoutError | undefined {
  if (present.some(one => codeKey(one) === codeKey(code))) return v2Fault(codes.present)
  return present.length > 0 ? v2Fault(codes.full) : undefined
}

async function revise(
  call: WixCall,
  operations: Operations,
  cart: CartRef,
  revision: CartRevision,
  terms = termsFor({}, 'refuse'),
): Promise<WireResponse> {
  const revised = await operations.reviseCart(call.caller, {
    cart,
    revision: { terms, ...revision },
    clientAddress: call.wire.clientAddress,
  })
  return revised.ok
    ? respondCart(call, revised.value)
    : respondRefusedV2(call, revised.error, placeOf(call, revised.error))
}

/** A cart that is done with says so, as a checkout of V1 does. */
function placeOf(call: WixCall, { code }: CheckoutError) {
  return code === 'cart_locked' ? 'checkout' : call.place
}
