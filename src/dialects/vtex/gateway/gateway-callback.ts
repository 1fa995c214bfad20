import type { Caller } from '../../../core/access/caller.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Payment } from '../../../core/payments/payment.js'
import type { Operations, Placed } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondEmpty, respondError, respondJson, respondText, type VtexError } from '../answer.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { answerOrderForm } from '../order-form-answer.js'
import { keepPersonalData } from '../orders/keep-personal-data.js'
import { hasCredentials, orderCallerOf } from '../orders/order-access.js'
import type { VtexRequest } from '../request.js'

const engine = (code: string, message: string): VtexError => ({ status: 500, code, message })
const denied = engine('CHK0204', 'The payment was denied')
const notSent = engine('CHK0206', 'Payment cannot be authorized')
const waiting = engine('CHK0205', 'Waiting progress for the following payments')
const expired = engine('CHK0115', 'Current transaction is inactive and cannot be processed')

/**
 * POST /api/checkout/pub/gatewayCallback/{orderGroup}: 204 once the payments of the group are secured, again and again; 200
 * with the orderForm for clients that want it. 428 where the shopper must go to a page first. 500 CHK0204 denied, CHK0206
 * not sent, CHK0205 not known yet, CHK0115 over; 404 CHK0199 unknown, 400 ORD064 no number, 403 CHK003 no right to it.
 */
export async function finishOrderGroup(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const group = request.params.orderGroup ?? ''
  if (!isOrderGroup(group)) {
    return respondError({ status: 400, code: 'ORD064', message: 'Invalid order group id' })
  }
  const caller = await finisherOf(request, operations)
  const finished = await operations.confirmOrder(caller, { number: group })
  if (finished.ok) await keepPersonalData(operations, finished.value)
  if (!finished.ok) {
    const isHidden = finished.error.code === 'order_not_found'
    return isHidden
      ? respondError(await unreachable(request, operations, caller, group))
      : respondUnfinished(finished.error)
  }
  if (finished.value.order.status === 'confirmed') return answerFinished(request, operations, finished.value)
  const ways = redirects(finished.value)
  return ways.RedirectResponseCollection.length === 0 ? respondError(waiting) : respondJson(ways, { status: 428 })
}

/**
 * GET /checkout/gatewayCallback/{orderGroup}/{messageCode}: 302, where the browser comes back to from a payment page; to the
 * page of the order once it is finished, else back to the cart.
 */
export async function returnFromGateway(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const group = request.params.orderGroup ?? ''
  const hash = request.query.get('hash')
  if (isOrderGroup(group) && hash !== null) {
    await operations.confirmPayment(
      { kind: 'anonymous' },
      { order: group, payload: { type: 'payment-confirmation', hash } },
    )
  }
  const isFinished = isOrderGroup(group) && (await finishes(request, operations, group))
  const { cartPage } = request.settings
  const target = isFinished ? `/checkout/orderPlaced?og=${encodeURIComponent(group)}` : cartPage
  return respondText(302, '', { Location: /^https?:/.test(target) ? target : `${request.wire.baseUrl}${target}` })
}

async function finishes(request: VtexRequest, operations: Operations, group: string): Promise<boolean> {
  const finished = await operations.confirmOrder(await finisherOf(request, operations), { number: group })
  if (finished.ok) await keepPersonalData(operations, finished.value)
  return finished.ok && finished.value.order.status === 'confirmed'
}

function isOrderGroup(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(text)
}

/** The order cookie, the cart's cookie, the signed-in owner or a key open a group. */
function finisherOf(request: VtexRequest, operations: Operations): Promise<Caller> {
  return orderCallerOf(request, operations, { holdsCart: true })
}

/** Why somebody does not get at a group: it is not theirs, or not there. */
async function unreachable(
  request: VtexRequest,
  operations: Operations,
  caller: Caller,
  group: string,
): Promise<VtexError> {
  const exists = await operations.readOrder({ kind: 'system' }, { number: group })
  if (exists.ok || !hasCredentials(request, caller)) return fixed.accessDenied
  return { status: 404, code: 'CHK0199', message: `Order Group ${group} not found` }
}

/** jQuery's clients take the answer for the orderForm, and break on an empty one; all others look at the status only. */
async function answerFinished(request: VtexRequest, operations: Operations, placed: Placed): Promise<WireResponse> {
  if (!(request.wire.headers.accept ?? '').includes('text/javascript')) return respondEmpty(204)
  const { cartId } = placed.order
  const view = await operations.readCart(
    { kind: 'anonymous', heldCarts: [cartId], seesMasked: true },
    { key: { id: cartId } },
  )
  return view.ok ? answerOrderForm(request, operations, view.value) : respondEmpty(204)
}

function respondUnfinished(error: CheckoutError): WireResponse {
  switch (error.code) {
    case 'payment_missing':
    case 'order_state':
      return respondError(notSent)
    case 'payment_declined':
      return respondError(isOver(error.reason) ? expired : denied)
    case 'payment_unknown':
      return respondError(waiting)
    default:
      return respondRefusal(error)
  }
}

/** Reasons for which an order is given up without anybody having said no. */
function isOver(reason: string): boolean {
  return reason === 'payment_expired' || reason === 'replaced' || reason === 'never_sent'
}

/** Pages and apps that the shopper has to go to. */
function redirects({ payments, redirectUrl }: Placed) {
  const urls = payments.flatMap((payment: Payment) =>
    payment.state === 'requires_action' && payment.redirectUrl !== undefined ? [payment.redirectUrl] : [],
  )
  const all = urls.length > 0 ? urls : redirectUrl === null ? [] : [redirectUrl]
  return {
    RedirectResponseCollection: all.map(url => ({ redirectUrl: url })),
    paymentAuthorizationAppCollection: [],
  }
}
