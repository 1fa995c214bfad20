import type { CartRef } from '../../../operations/operations.js'
import type { Handler, Route } from '../../dialect.js'
import { compact } from '../address.js'
import { respondJson } from '../answers.js'
import { isCart } from '../extras.js'
import { removalFields } from '../line-input.js'
import { type EndpointRules, endpoint, guidParam, type WixCall } from '../request.js'
import { placeCheckout, waitingPayment } from '../storefront/create-order.js'
import { guid, optional, required, text, truth } from '../validation.js'
import * as calls from './calls.js'
import {
  couponFields,
  createFields,
  estimateFieldsV2,
  giftCardFields,
  itemFields,
  lineUpdateFields,
  methodFields,
  updateFields,
} from './input.js'

const reading = ['ECOM.READ_CARTS'] as const
const writing = ['ECOM.MODIFY_CARTS', 'ECOM.ADMIN_MODIFY_CARTS'] as const

/** A call of V2 that takes the current cart as well as any: method, path below the cart, rules, operation, what it does. */
interface Row {
  readonly method: Route['method']
  readonly path: string
  readonly rules: Omit<EndpointRules, 'place'>
  readonly operation: string
  readonly run: calls.CartCallV2
  /** The current cart is made where there is none. */
  readonly makesCurrent?: true
}

const rows: readonly Row[] = [
  { method: 'GET', path: '', rules: { scopes: reading }, operation: 'read-cart', run: calls.readOneV2 },
  changing('PATCH', '', updateFields, calls.updateOneV2),
  { method: 'DELETE', path: '', rules: { scopes: writing }, operation: 'delete-cart', run: calls.deleteOneV2 },
  { method: 'POST', path: '/refresh', rules: { scopes: reading }, operation: 'read-cart', run: calls.refreshOne },
  { method: 'POST', path: '/calculate', rules: { scopes: reading }, operation: 'read-cart', run: calls.calculateOne },
  {
    method: 'POST',
    path: '/estimate',
    rules: { scopes: reading, fields: estimateFieldsV2 },
    operation: 'revise-cart',
    run: calls.estimateOneV2,
  },
  { ...changing('POST', '/add-line-items', itemFields, calls.addLinesV2), makesCurrent: true },
  changing('POST', '/remove-line-items', removalFields(300), calls.removeLinesV2),
  changing('POST', '/update-line-items', lineUpdateFields, calls.updateLinesV2),
  changing('POST', '/add-coupon', couponFields, calls.addCouponV2),
  changing('POST', '/remove-coupon', { couponId: required(guid) }, calls.removeCouponV2),
  changing('POST', '/set-delivery-method', methodFields, calls.setMethod),
  changing('POST', '/remove-delivery-method', {}, calls.removeMethod),
  changing('POST', '/add-gift-card', giftCardFields, calls.addGiftCardV2),
  changing('POST', '/remove-gift-card', { giftCardId: required(guid) }, calls.removeGiftCardV2),
]

function changing(
  method: Route['method'],
  path: string,
  fields: EndpointRules['fields'] & {},
  run: calls.CartCallV2,
): Row {
  return { method, path, rules: { scopes: writing, fields }, operation: 'revise-cart', run }
}

function current({ channel }: WixCall): CartRef {
  return { own: channel.id, onlyDefault: true }
}

function madeIfNone(call: WixCall) {
  return { own: call.channel.id, onlyDefault: true, create: calls.newCart(call) } as const
}

function named(call: WixCall): CartRef {
  return { key: { id: guidParam(call, 'cartId') }, isMeant: isCart }
}

/** POST /ecom/v2/carts: a cart with whatever is known; a shopper's is the current one from then on. 200. */
export const createCartV2 = endpoint({ place: 'cart', scopes: writing, fields: createFields }, (call, operations) =>
  calls.createOne(call, operations, { own: false }),
)

/** POST /ecom/v2/carts/current: the current cart, made where there is none. 200. */
export const createCurrentCartV2 = endpoint(
  { place: 'current-cart', scopes: writing, fields: createFields },
  (call, operations) => calls.createOne(call, operations, { own: true }),
)

/** POST /ecom/v2/carts/{cartId}/get-checkout-url: the hosted page, or the address that replaces it. 200. */
export const getCheckoutUrlV2 = endpoint({ place: 'cart', scopes: reading }, (call, operations) =>
  calls.respondUrlV2(call, operations, named(call)),
)

/**
 * POST /ecom/v2/carts/{cartId}/place-order: 200 with `orderId`, `paymentGatewayOrderId` while money is missing, and
 * `completed`. Ordered already: 409 CART_ALREADY_ORDERED with that order's id. Goods that are sent and have nowhere to go: 428
 * MISSING_DELIVERY_ADDRESS.
 */
export const placeOrderV2 = endpoint(
  {
    place: 'create-order',
    scopes: ['ECOM.CREATE_ORDER_FROM_CHECKOUT'],
    fields: {
      savePaymentMethod: optional(truth),
      delayCapture: optional(truth),
      priceVerificationToken: optional(text(4_096)),
    },
  },
  async (call, operations) => {
    const placed = await placeCheckout(call, operations, named(call), {})
    if (!placed.ok) return calls.respondNotPlacedV2(call, operations, named(call), placed.error)
    const waiting = waitingPayment(placed.value)
    return respondJson(
      call.wire,
      compact({
        orderId: placed.value.order.id,
        paymentGatewayOrderId: waiting?.id,
        completed: placed.value.order.status === 'confirmed',
      }),
    )
  },
)

/** POST /ecom/v2/carts/{cartId}/mark-cart-as-completed: its order was made elsewhere. 200, also again. */
export const markCompletedV2 = endpoint(
  { place: 'cart', scopes: writing, fields: { orderId: optional(guid) } },
  (call, operations) => calls.completeOne(call, operations, named(call)),
)

/** The handler under the name of what it runs, by which `npm run where` finds that. */
function called(name: string, handler: Handler): Handler {
  return Object.defineProperty(handler, 'name', { value: name })
}

/** Every endpoint of V2: the calls of any cart, and those that the current cart has too. Source: dialects/wix.md 1, V2. */
export const endpointsV2 = [
  {
    method: 'POST',
    path: '/ecom/v2/carts/current',
    handler: called('createCurrentCartV2', createCurrentCartV2),
    operation: 'revise-cart',
  },
  ...rows.map(({ method, path, rules, operation, run, makesCurrent }) => ({
    method,
    path: `/ecom/v2/carts/current${path}`,
    operation,
    handler: called(
      run.name,
      endpoint({ ...rules, place: 'current-cart' }, (call, operations) =>
        run(call, operations, makesCurrent === true ? madeIfNone(call) : current(call)),
      ),
    ),
  })),
  { method: 'POST', path: '/ecom/v2/carts', handler: called('createCartV2', createCartV2), operation: 'revise-cart' },
  ...rows.map(({ method, path, rules, operation, run }) => ({
    method,
    path: `/ecom/v2/carts/:cartId${path}`,
    operation,
    handler: called(
      run.name,
      endpoint({ ...rules, place: 'cart' }, (call, operations) => run(call, operations, named(call))),
    ),
  })),
  {
    method: 'POST',
    path: '/ecom/v2/carts/:cartId/get-checkout-url',
    handler: called('getCheckoutUrlV2', getCheckoutUrlV2),
    operation: 'read-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v2/carts/:cartId/place-order',
    handler: called('placeOrderV2', placeOrderV2),
    operation: 'place-order',
  },
  {
    method: 'POST',
    path: '/ecom/v2/carts/:cartId/mark-cart-as-completed',
    handler: called('markCompletedV2', markCompletedV2),
    operation: 'close-cart',
  },
] as const
