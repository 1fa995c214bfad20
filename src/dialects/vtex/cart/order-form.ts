import type { Buyer } from '../../../core/cart/cart.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { CartId } from '../../../core/ids.js'
import { ok, type Result } from '../../../core/result.js'
import type { CartRef, CartView, EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { defined } from '../address.js'
import { isTrue } from '../body.js'
import { respondRefusal } from '../errors.js'
import { extrasOf, withExtras } from '../extras.js'
import { answerOrderForm } from '../order-form-answer.js'
import type { CartRequest, VtexRequest } from '../request.js'
import { recomputed } from './recompute.js'

/**
 * GET and POST /api/checkout/pub/orderForm: 200, the cart of the cookie, else a new one; `forceNewCart` always makes one. An
 * empty cart of another channel than `sc` names gives way to a new one.
 */
export async function currentOrderForm(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const { cookieCartId } = request
  const isForced = isTrue(request.query.get('forceNewCart'))
  const known =
    cookieCartId === undefined || isForced
      ? undefined
      : await readOrderForm(request, operations, { key: { id: cookieCartId } })
  const isKept = known?.ok === true && !isElsewhere(request, known.value)
  const view = isKept ? known : await newOrderForm(request, operations)
  return view.ok ? answerOrderForm(request, operations, view.value) : respondRefusal(view.error)
}

/** An empty cart of another channel than the one that the request names. */
function isElsewhere({ query, channel }: VtexRequest, { cart, channel: own }: CartView): boolean {
  const isNamed = (query.get('sc') ?? '') !== ''
  return isNamed && cart.lines.length === 0 && own.settings.vtex !== undefined && own.id !== channel.id
}

/**
 * GET and POST /api/checkout/pub/orderForm/{orderFormId}: 200. A well-formed id that nobody knows (any longer) becomes the
 * id of an empty cart: clients keep the id of their cookie and have no other way on.
 */
export async function orderFormById(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const view = await readOrMake(request, operations)
  return view.ok ? answerOrderForm(request, operations, view.value) : respondRefusal(view.error)
}

async function readOrMake(request: CartRequest, operations: Operations): Promise<Result<CartView, CheckoutError>> {
  const read = await readOrderForm(request, operations, request.cart)
  if (read.ok || read.error.code !== 'cart_not_found' || request.isElsewhere()) return read
  const made = await newOrderForm(request, operations, request.cartId)
  if (made.ok || made.error.code !== 'cart_exists') return made
  // Somebody else made it meanwhile; or it was bought and closed, and its id is used up.
  const again = await readOrderForm(request, operations, request.cart)
  return again.ok || request.isElsewhere() ? again : newOrderForm(request, operations)
}

/** A cart as it stands; a signed-in shopper's profile is put on a cart that has none. */
async function readOrderForm(
  request: VtexRequest,
  operations: Operations,
  cart: CartRef,
): Promise<Result<CartView, CheckoutError>> {
  const isRefresh = isTrue(request.query.get('refreshOutdatedData'))
  const view = await operations.editCart(request.caller, {
    cart,
    isRead: true,
    renewsTaxes: isRefresh,
    plan: desk => refreshed(desk, isRefresh),
  })
  if (view.ok || view.error.code !== 'cart_locked') return view
  return operations.readCart(request.caller, cart)
}

function refreshed(desk: EditDesk, isRefresh: boolean): Result<EditDesk, CheckoutError> {
  const { cart, customer } = desk
  const lacksProfile = cart.buyer.email === undefined && extrasOf(cart).ignoreProfileData !== true
  const known =
    customer === undefined || !lacksProfile
      ? ok(desk)
      : desk.edit([
          { kind: 'set_buyer', buyer: buyerOf(customer) },
          { kind: 'fill_in', changes: { extras: withExtras(cart, { profileId: customer.id }) } },
        ])
  if (!known.ok || !isRefresh) return known
  return recomputed(known.value, desk)
}

/** A new cart: nobody's, since whoever knows its id has it; with the profile of a shopper who is signed in. */
export async function newOrderForm(
  request: VtexRequest,
  operations: Operations,
  id?: CartId,
): Promise<Result<CartView, CheckoutError>> {
  const { identity, caller, channel, settings } = request
  const customer =
    identity.kind === 'shopper' ? await operations.readCustomer(caller, { id: identity.customerId }) : undefined
  const { ignoreProfileData } = settings.orderForm
  const isKnown = customer?.ok === true && !ignoreProfileData
  const extras = {
    ...(ignoreProfileData ? { ignoreProfileData } : {}),
    ...(isKnown ? { profileId: customer.value.id } : {}),
  }
  return operations.createCart(
    { kind: 'anonymous' },
    {
      channel: channel.id,
      ...(id === undefined ? {} : { id }),
      ...(isKnown ? { buyer: buyerOf(customer.value) } : {}),
      ...(Object.keys(extras).length === 0 ? {} : { extras: withExtras({ extras: {} }, extras) }),
    },
  )
}

/** A registered customer as the buyer of a cart. */
export function buyerOf(customer: Customer): Buyer {
  const { email, firstName, lastName, phone, document, documentType, company } = customer
  return {
    customerId: customer.id,
    email,
    ...defined({ firstName, lastName, phone, document, documentType, corporateName: company }),
  }
}
