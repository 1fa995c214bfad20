import type { CartOwner } from '../../../core/access/caller.js'
import type { CheckoutChanges } from '../../../core/cart/changes.js'
import type { CartRevision } from '../../../core/cart/revision.js'
import type { CartRef, CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { actorOf, isPrivileged } from '../auth.js'
import {
  createCheckoutFields,
  paymentFault,
  readCheckout,
  readGiftCard,
  termsFor,
  updateCheckoutFields,
} from '../checkout-input.js'
import { respondError, respondRefusal } from '../errors.js'
import { isCartWithCheckout, withExtras } from '../extras.js'
import { readLines } from '../line-input.js'
import { renderCheckout } from '../render/checkout.js'
import { endpoint, guidParam, type WixCall } from '../request.js'
import { type FieldViolation, has, type JsonObject, objectAt, objectsAt, textAt, violation } from '../validation.js'

const writing = ['ECOM.MODIFY_CHECKOUTS', 'ECOM.ADMIN_MODIFY_CHECKOUTS'] as const
const place = 'checkout'

/** POST /ecom/v1/checkouts: a checkout that never was a cart. 200. Source: S:10-30; dialects/wix.md 3.1. */
export const createCheckout = endpoint(
  { place, scopes: writing, fields: createCheckoutFields, also: itemsMissing },
  async (call, operations) => {
    const { body } = call
    const info = objectAt(body, 'checkoutInfo')
    const revision = await readRevision(call, operations, info, true)
    if (!revision.ok) return respondError(call.wire, revision.error)
    const created = await operations.reviseCart(call.caller, {
      cart: {
        fresh: {
          channel: call.channel.id,
          isDefault: false,
          ...ownerOf(call, objectAt(info, 'buyerInfo')),
          extras: {
            wix: {
              isCheckout: true,
              isCheckoutOnly: true,
              channelType: textAt(body, 'channelType') ?? 'WEB',
              createdBy: actorOf(call.identity),
            },
          },
        },
      },
      revision: revision.value,
      clientAddress: call.wire.clientAddress,
    })
    return created.ok ? respondCheckout(call, created.value) : respondRefusal(call.wire, created.error, place)
  },
)

function itemsMissing(body: JsonObject): readonly FieldViolation[] {
  const isGiven = (name: string) => has(body, name) && !(Array.isArray(body[name]) && body[name].length === 0)
  return isGiven('lineItems') || isGiven('customLineItems')
    ? []
    : [violation('lineItems', 'REQUIRED_ONE_OF_FIELD', 'one of lineItems and customLineItems must have an item')]
}

/** GET /ecom/v1/checkouts/{id}: priced anew. 200; 404 for whom it is not. Source: S:13-30; dialects/wix.md 3.2. */
export const getCheckout = endpoint({ place, scopes: ['ECOM.READ_CHECKOUTS'] }, async (call, operations) => {
  const read = await readCheckoutView(call, operations, guidParam(call, 'id'))
  return read.ok ? respondCheckout(call, read.value) : respondRefusal(call.wire, read.error, place)
})

/** GET /ecom/v1/checkouts/by-cart-id/{id}: the checkout made from a cart. 404 until there is one. */
export const getCheckoutByCartId = endpoint({ place, scopes: ['ECOM.READ_CHECKOUTS'] }, async (call, operations) => {
  const cart = { key: { id: guidParam(call, 'id') }, isMeant: isCartWithCheckout }
  const read = await operations.readCart(call.caller, cart, { stock: true })
  return read.ok ? respondCheckout(call, read.value) : respondRefusal(call.wire, read.error, place)
})

/**
 * PATCH /ecom/v1/checkouts/{checkout.id}: what is sent is replaced, the rest stays; an empty update is refused. 200.
 * Source: S:33-46; dialects/wix.md 3.4.
 */
export const updateCheckout = endpoint(
  { place, scopes: writing, fields: updateCheckoutFields },
  async (call, operations) => {
    const info = objectAt(call.body, 'checkout')
    if (isEmptyUpdate(call.body, info)) {
      return respondError(call.wire, { violations: [violation('checkout', 'REQUIRED_FIELD', 'must not be empty')] })
    }
    const revision = await readRevision(call, operations, info, false)
    if (!revision.ok) return respondError(call.wire, revision.error)
    return reviseCheckout(call, operations, revision.value)
  },
)

/** Everything besides codes and the id counts as an update. */
function isEmptyUpdate(body: JsonObject, info: JsonObject): boolean {
  const codes = ['couponCode', 'giftCardCode', 'giftCardRedeemAmount', 'overrideCheckoutUrl']
  const hasLines = objectsAt(body, 'lineItems').length + objectsAt(body, 'customLineItems').length > 0
  const isSent = (member: unknown) => member !== undefined && member !== null
  const hasInfo = Object.entries(info).some(([name, member]) => name !== 'id' && isSent(member))
  return !hasLines && !hasInfo && codes.every(name => !isSent(body[name]))
}

/** What a request to create or update changes. */
async function readRevision(call: WixCall, operations: Operations, info: JsonObject, isNew: boolean) {
  const changes = readCheckout(call, info, isNew)
  if (!changes.ok) return changes
  const giftCard = await readGiftCard(call, operations)
  if (!giftCard.ok) return giftCard
  const lines = await readLines(call, operations)
  if (!lines.ok) return lines
  const coupon = textAt(call.body, 'couponCode')?.trim()
  const option = objectAt(objectAt(info, 'shippingInfo'), 'selectedCarrierServiceOption')
  const value: CartRevision = {
    ...(isNew ? { guard: (_cart, facts) => paymentFault(facts) } : {}),
    lines: lines.value,
    changes: changes.value,
    ...(coupon === undefined ? {} : { coupon }),
    ...(giftCard.value === undefined ? {} : { giftCard: giftCard.value }),
    terms: termsFor(option, 'refuse'),
  }
  return { ok: true as const, value }
}

/** Keys say whose a checkout is; shoppers own what they make. Source: S:24-30. */
function ownerOf({ identity }: WixCall, buyerInfo: JsonObject): { readonly owner?: CartOwner } {
  if (!isPrivileged(identity)) return {}
  const customerId = textAt(buyerInfo, 'memberId')?.toLowerCase()
  if (customerId !== undefined) return { owner: { kind: 'member', customerId } }
  return { owner: { kind: buyerInfo.openAccess === true ? 'open' : 'privileged' } }
}

/** Changes the checkout that the path names. */
export async function reviseCheckout(
  call: WixCall,
  operations: Operations,
  revision: CartRevision,
): Promise<WireResponse> {
  const revised = await operations.reviseCart(call.caller, {
    cart: checkoutRef(call),
    revision: { terms: termsFor({}, 'refuse'), ...revision },
    clientAddress: call.wire.clientAddress,
  })
  return revised.ok ? respondCheckout(call, revised.value) : respondRefusal(call.wire, revised.error, place)
}

/** The checkout that the path names. */
export function checkoutRef(call: WixCall): CartRef {
  return { key: { id: guidParam(call, 'id') } }
}

/** A checkout as it stands now, with its stock. A cart that nobody made a checkout of is none. */
export async function readCheckoutView(call: WixCall, operations: Operations, id: string) {
  return operations.readCart(call.caller, { key: { id } }, { stock: true })
}

export function respondCheckout(call: WixCall, view: CartView): WireResponse {
  return respondJson(call.wire, { checkout: renderCheckout(call, view) })
}

/** Marks what is changed in the dialect's own part of a checkout. */
export function extrasChange(changes: Parameters<typeof withExtras>[1]): CartRevision['changes'] & {} {
  return (cart): CheckoutChanges => ({ extras: withExtras(cart, changes) })
}
