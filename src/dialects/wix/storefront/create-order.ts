import type { CheckoutError } from '../../../core/errors.js'
import type { Json } from '../../../core/ids.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartDesk, CartRef, Operations, Placed, PlannedPlacement } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { compact } from '../address.js'
import { respondJson } from '../answers.js'
import { respondError, wordRefusal } from '../errors.js'
import { lineExtrasOf } from '../extras.js'
import { outOfStock } from '../problem-errors.js'
import { scheduleOf } from '../render/price-summary.js'
import { endpoint, guidParam, type WixCall } from '../request.js'
import { isObject, type JsonObject, optional, text, textAt, truth } from '../validation.js'
import type { WixError } from '../wix-error.js'

const place = 'create-order'
const scopes = ['ECOM.CREATE_ORDER_FROM_CHECKOUT'] as const
const orderFields = { savePaymentMethod: optional(truth), delayCapture: optional(truth) }
const chargeFields = { ...orderFields, paymentToken: optional(text(8_192)) }

/**
 * POST /ecom/v1/checkouts/{id}/create-order: 200 with the order's id, or the subscription's, which is the same here.
 * Finished or being paid already: 409 with that id. Source: S:48-52; dialects/wix.md 3.11.
 */
export const createOrder = endpoint({ place, scopes, fields: orderFields }, (call, operations) =>
  orderCheckout(call, operations, {}),
)

/**
 * POST /ecom/v1/checkouts/{id}/create-order-and-charge: as above, paid by a token of the gateway. Declined: 400
 * `PAYMENT_ERROR`, and the checkout may be ordered again.
 */
export const createOrderAndCharge = endpoint({ place, scopes, fields: chargeFields }, (call, operations) => {
  const token = textAt(call.body, 'paymentToken')
  return orderCheckout(call, operations, token === undefined ? {} : { token })
})

type Instrument = Readonly<Record<string, Json>>

async function orderCheckout(call: WixCall, operations: Operations, instrument: Instrument): Promise<WireResponse> {
  const placed = await placeCheckout(call, operations, { key: { id: guidParam(call, 'id') } }, instrument)
  if (placed.ok) return respondPlaced(call, placed.value, instrument)
  return respondError(call.wire, await namingSubscription(placed.error, call, operations))
}

/** What was ordered before is told by the name under which it was answered then. Source: dialects/wix.md 3.11. */
async function namingSubscription(error: WixError, call: WixCall, operations: Operations): Promise<WixError> {
  if ('violations' in error || error.data?.orderId === undefined) return error
  const { orderId, ...data } = error.data
  const read = await operations.readCart(call.caller, { key: { id: guidParam(call, 'id') } })
  const isSubscription = read.ok && hasSubscription(read.value.cart.lines)
  return isSubscription ? { ...error, data: { ...data, subscriptionId: orderId } } : error
}

function hasSubscription(lines: readonly PricedLine[]): boolean {
  return lines.some(line => line.item.subscription !== undefined)
}

/** Places the order of a cart, with the checks of this platform. */
export async function placeCheckout(
  call: WixCall,
  operations: Operations,
  cart: CartRef,
  instrument: Instrument,
): Promise<Result<Placed, WixError>> {
  const seen: { lines: readonly PricedLine[] } = { lines: [] }
  const placed = await operations.placeOrder(call.caller, {
    cart,
    placement: {
      capture: call.body.delayCapture !== true,
      looksAtStock: true,
      clientAddress: call.wire.clientAddress,
    },
    plan: desk => {
      const quoted = desk.quote({})
      if (quoted.ok) seen.lines = quoted.value.cart.lines
      return planPlacement(call, desk, instrument)
    },
  })
  return placed.ok ? placed : refuse(wordNotPlaced(placed.error, seen.lines))
}

/** What the platform asks of a checkout besides what every cart must have, and how it is paid. */
function planPlacement(call: WixCall, desk: CartDesk, instrument: Instrument): Result<PlannedPlacement, CheckoutError> {
  const isShipped = (line: PricedLine) => line.kind === 'physical' && line.availability !== 'not_found'
  // Goods that are sent need somewhere to go, also where nobody said so yet.
  const consignments = desk.cart.consignments.length === 0 ? [{ destination: { kind: 'unknown' as const } }] : undefined
  const quoted = desk.quote(consignments === undefined ? {} : { consignments })
  if (!quoted.ok) return quoted
  const { lines } = quoted.value.cart
  const fault = itemFault(call, lines, desk)
  if (fault !== undefined) return refuse(fault)
  const needsShipping = lines.some(isShipped)
  const payments = paymentsFor(call, quoted.value.cart)
  if (!payments.ok) return payments
  return ok({
    ...(consignments === undefined || !needsShipping ? {} : { consignments }),
    payments: payments.value,
    instruments: payments.value.map((_payment, index) => (index === 0 ? instrument : {})),
    requires: [
      'shipping_option',
      'billing_address_if_due',
      'payment',
      ...(needsShipping ? (['shipping_address'] as const) : []),
    ],
  })
}

/** What single items ask for. Source: dialects/wix.md 3.11, 9. */
function itemFault(call: WixCall, lines: readonly PricedLine[], { cart }: CartDesk): CheckoutError | undefined {
  const shown = lines.map(line => lineExtrasOf(line.item).shown ?? {})
  if (shown.some(item => item.membersOnly === true) && cart.owner.kind !== 'member') return { code: 'sign_in_required' }
  if (shown.some(item => item.savePaymentMethod === true) && call.body.savePaymentMethod !== true) {
    return { code: 'payment_data_missing', index: 0, field: 'savePaymentMethod' }
  }
  const buysGiftCards = lines.some((line, index) => line.kind === 'gift_certificate' || isGiftCard(shown[index] ?? {}))
  if (buysGiftCards && cart.giftCards.length > 0) {
    return { code: 'gift_card_not_allowed', giftCardCode: cart.giftCards[0]?.code ?? '' }
  }
  if (buysGiftCards && cart.couponCodes.length > 0) {
    return { code: 'coupon_not_applicable', couponCode: cart.couponCodes[0] ?? '' }
  }
  return undefined
}

function isGiftCard({ itemType }: JsonObject): boolean {
  return isObject(itemType) && itemType.preset === 'GIFT_CARD'
}

/** What is paid now goes to the site's gateway, what is paid later is promised. */
function paymentsFor(
  { settings }: WixCall,
  priced: PricedCart,
): Result<NonNullable<PlannedPlacement['payments']>, CheckoutError> {
  const { now, later: promised, afterTrial } = scheduleOf(priced)
  // What comes due after a trial is as little the gateway's today as what is paid on the spot.
  const later = afterTrial ?? promised
  const methods = priced.paymentMethods
  if (methods.length === 0) return ok([])
  const online = methodOf(methods, settings.onlinePaymentMethod, method => method.kind === 'card') ?? methods[0]
  const offline = methodOf(methods, settings.offlinePaymentMethod, method => method.provider === 'manual')
  if (later.total > 0n && offline === undefined) return refuse({ code: 'payment_method_unknown', method: 'offline' })
  return ok([
    ...(now.total > 0n && online !== undefined ? [{ method: online.id, amount: now.total }] : []),
    ...(later.total > 0n && offline !== undefined ? [{ method: offline.id, amount: later.total }] : []),
  ])
}

/** The method that the site names, else the first that fits. */
function methodOf(
  methods: readonly PaymentMethod[],
  named: string | undefined,
  fits: (method: PaymentMethod) => boolean,
): PaymentMethod | undefined {
  return named === undefined ? methods.find(fits) : methods.find(method => method.id === named)
}

function respondPlaced(call: WixCall, placed: Placed, instrument: Instrument): WireResponse {
  const { order, payments } = placed
  return respondJson(
    call.wire,
    compact({
      [hasSubscription(order.snapshot.lines) ? 'subscriptionId' : 'orderId']: order.id,
      paymentGatewayOrderId: waitingPayment(placed)?.id,
      paymentResponseToken: instrument.token === undefined ? undefined : payments[0]?.id,
    }),
  )
}

/** The payment that the client is to see to; none where nothing is left to pay. */
export function waitingPayment({ order, payments }: Placed): Placed['payments'][number] | undefined {
  return order.status === 'pending' ? payments.find(payment => payment.state !== 'authorized') : undefined
}

/** Goods that are gone are told by whether any are left. */
function wordNotPlaced(error: CheckoutError, lines: readonly PricedLine[]): WixError {
  const isGone = (line: PricedLine) => line.availability !== 'available' && line.availability !== 'partial'
  const isStock =
    error.code === 'insufficient_stock' ||
    (error.code === 'cart_invalid' && error.problems.some(problem => stockProblems.has(problem.code)))
  if (!isStock) return wordRefusal(error, place)
  const isLastPiece = error.code === 'insufficient_stock' && lines.length === 1 && error.available === 0
  return outOfStock(!(isLastPiece || lines.every(isGone)))
}

const stockProblems: ReadonlySet<string> = new Set(['line_not_found', 'line_no_price', 'line_out_of_stock'])
