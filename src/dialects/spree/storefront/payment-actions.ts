import { randomUUID } from 'node:crypto'
import type { CheckoutError } from '../../../core/errors.js'
import type { Minor } from '../../../core/money.js'
import { amountOwed } from '../../../core/orders/amount-owed.js'
import { ok } from '../../../core/result.js'
import type { Answer, Operations, OrderView, PurchaseView } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondInvalid, respondJson, texts } from '../errors.js'
import { withPastPayments } from '../extras.js'
import { dropLater, receiveLater } from '../later-payments.js'
import { parseAmount, toWire } from '../money.js'
import { isTree } from '../params.js'
import { type FoundPayment, respondPayment, withPayment } from '../payment-named.js'
import { displayOf } from '../render/payment.js'
import { cartRef, endpoint, refused, type SpreeRequest } from '../request.js'

/**
 * PUT /api/orders/:number/payments/:payment/authorize: reserves what a chosen payment covers, also before the order is
 * completed; 422 with the gateway's word. What is paid by a promise has nothing to reserve, and stays as it is.
 * Source: dialects/spree.md 3.10.
 */
export const putAuthorize = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async found => {
    const { payment } = found
    const isPromised = payment.state === 'checkout' && !isReserved(found)
    if (payment.state === 'pending' || isPromised) return respondPayment(found)
    return payment.selection === undefined ? respondState(found) : sendAhead(request, operations, found, false)
  }),
)

/**
 * PUT /api/orders/:number/payments/:payment/capture: takes what is reserved, all or `amount`; a repeat changes nothing.
 * What nobody reserves, such as a check, is received by it, also before the order is completed.
 */
export const putCapture = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async found => {
    if (found.payment.later !== undefined) return receiveLater(request, operations, found)
    if (found.payment.selection === undefined) return capture(request, operations, found)
    if (isReserved(found)) return respondGateway('Nothing is authorized yet.')
    const sent = await sendAhead(request, operations, found, true)
    return sent.status === 200 ? withPayment(request, operations, now => capture(request, operations, now)) : sent
  }),
)

/** PUT /api/orders/:number/payments/:payment/purchase: reserves and takes at once, also before the order is completed. */
export const putPurchase = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async found => {
    if (found.payment.later !== undefined) return respondPayment(found)
    if (found.payment.selection === undefined) return capture(request, operations, found)
    return isReserved(found) ? sendAhead(request, operations, found, true) : respondPayment(found)
  }),
)

/** PUT /api/orders/:number/payments/:payment/void: gives a payment up; what was taken goes back. */
export const putVoid = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async found => {
    const { view, payment } = found
    const { attempt, selection } = payment
    if (payment.later !== undefined) return dropLater(request, operations, found)
    if (selection !== undefined) return dropChosen(request, operations, found)
    if (attempt === undefined || payment.state === 'void') return respondPayment(found)
    if (attempt.orderId === view.ahead?.id) return giveBack(request, operations)
    const done =
      attempt.captured > 0n
        ? operations.refundPayment(request.caller, { id: attempt.id, refundKey: 'void' })
        : operations.voidPayment(request.caller, { id: attempt.id })
    return respondActed(request, operations, done)
  }),
)

/**
 * PUT /api/orders/:number/payments/:payment/credit: gives back `amount`, or what the customer is owed; 422 above what
 * was taken. Before the order is completed a payment goes back whole: a part of it would pay for no order.
 */
export const putCredit = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async found => {
    const { view, payment } = found
    const { attempt } = payment
    const { currency } = view.cart
    const allowed = attempt === undefined ? 0n : attempt.captured - attempt.refunded
    const sent = sentAmount(request)
    const amount = sent === undefined ? least(allowed, owedTo(view)) : parseAmount(sent, currency)
    if (amount === undefined || amount < 0n) return respondInvalid({ amount: ['is not a number'] })
    if (amount > allowed || attempt === undefined) {
      const limit = toWire(allowed, currency)
      const error = `This payment can only be credited up to ${limit}. Please specify an amount less than or equal to this number.`
      return respondJson(422, { error })
    }
    if (amount === 0n) return respondPayment(found)
    if (attempt.orderId === view.ahead?.id) {
      return amount === allowed ? giveBack(request, operations) : respondGateway(wholeOnly)
    }
    const refundKey = randomUUID()
    const refunded = operations.refundPayment(request.caller, { id: attempt.id, amount, refundKey })
    return respondActed(request, operations, refunded)
  }),
)

const wholeOnly = 'Before the order is completed, a payment is given back whole.'

/** Whether money is reserved at a gateway before it is taken; a promise to pay is not. */
function isReserved({ payment: { method } }: FoundPayment): boolean {
  return method !== undefined && method.provider !== 'manual'
}

function sentAmount({ tree }: SpreeRequest): unknown {
  return tree.amount ?? (isTree(tree.payment) ? tree.payment.amount : undefined)
}

function least(a: Minor, b: Minor): Minor {
  return a < b ? a : b
}

/** What was paid beyond the total, and beyond what paying in installments costs on top. */
function owedTo({ order, ahead, payments }: PurchaseView): Minor {
  const standing = order ?? ahead
  const own = payments.filter(({ orderId }) => orderId === standing?.id)
  const paid = own.reduce((sum, { captured, refunded }) => sum + captured - refunded, 0n)
  const due = standing === undefined || standing.status === 'canceled' ? 0n : amountOwed(standing)
  return paid > due ? paid - due : 0n
}

async function capture(request: SpreeRequest, operations: Operations, found: FoundPayment): Promise<WireResponse> {
  const { attempt, state } = found.payment
  if (state === 'completed') return respondPayment(found)
  if (attempt === undefined) return respondState(found)
  const sent = sentAmount(request)
  const amount = sent === undefined ? undefined : parseAmount(sent, found.view.cart.currency)
  if (sent !== undefined && amount === undefined) return respondInvalid({ amount: ['is not a number'] })
  const captured = operations.capturePayment(request.caller, {
    id: attempt.id,
    ...(amount === undefined ? {} : { amount }),
  })
  return respondActed(request, operations, captured)
}

/** Sends a chosen payment although nobody said yet to buy: an order holds the goods for it until that is said. */
async function sendAhead(
  request: SpreeRequest,
  operations: Operations,
  { view }: FoundPayment,
  takes: boolean,
): Promise<WireResponse> {
  const sent = await operations.payAhead(request.caller, {
    cart: cartRef(request),
    expectedTotal: view.cart.totals.grandTotal,
    capture: takes,
    clientAddress: request.wire.clientAddress,
  })
  // Somebody did the same a moment earlier: the payment says what came of it.
  if (!sent.ok && sent.error.code !== 'cart_already_ordered') return respondActFault(request, sent.error)
  return withPayment(request, operations, async found => respondPayment(found))
}

/** Money that was taken or reserved before completion goes back, and the order can be changed again. */
async function giveBack(request: SpreeRequest, operations: Operations): Promise<WireResponse> {
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: () => ok({ payments: [] }),
  })
  if (!walked.ok) return respondActFault(request, walked.error)
  return withPayment(request, operations, async found => respondPayment(found))
}

/** The payment after a gateway's action, or what the gateway said. */
async function respondActed(
  request: SpreeRequest,
  operations: Operations,
  acting: Answer<OrderView>,
): Promise<WireResponse> {
  const acted = await acting
  if (!acted.ok) return respondActFault(request, acted.error)
  return withPayment(request, operations, async found => respondPayment(found))
}

function respondActFault(request: SpreeRequest, error: CheckoutError): WireResponse {
  switch (error.code) {
    case 'payment_declined':
      return respondGateway(texts.declined)
    case 'payment_unknown':
      return respondGateway(texts.gatewayDown)
    case 'payment_state':
      return respondGateway(`The payment is ${error.state}.`)
    case 'payment_amount_wrong':
      return respondGateway('The amount is not possible for this payment.')
    default:
      return refused(request, error)
  }
}

/** A payment that its state leaves nothing to be done with. */
function respondState({ payment: { state } }: FoundPayment): WireResponse {
  return respondGateway(`The payment is ${state}.`)
}

function respondGateway(text: string): WireResponse {
  return respondJson(422, { error: `There was a problem with the payment gateway: ${text}`, errors: { base: [text] } })
}

/** A payment that was merely chosen is chosen no longer. */
async function dropChosen(
  request: SpreeRequest,
  operations: Operations,
  { payment }: FoundPayment,
): Promise<WireResponse> {
  const { selection } = payment
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: ({ cart }) =>
      ok({
        payments: cart.payments.filter(({ id }) => id !== selection?.id),
        extras: {
          spree: withPastPayments(cart, [
            {
              id: payment.key,
              method: payment.methodId,
              amount: payment.amount,
              display: selection === undefined ? {} : displayOf(selection),
              at: payment.createdAt,
              state: 'void',
            },
          ]),
        },
      }),
  })
  if (!walked.ok) return refused(request, walked.error)
  return withPayment(request, operations, async found => respondPayment(found))
}
