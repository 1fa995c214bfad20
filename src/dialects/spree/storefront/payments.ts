import { randomUUID } from 'node:crypto'
import type { CheckoutError } from '../../../core/errors.js'
import type { Minor } from '../../../core/money.js'
import { ok } from '../../../core/result.js'
import type { Answer, Offers, Operations, OrderView, PurchaseView } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import {
  respondException,
  respondInvalid,
  respondJson,
  respondNotFound,
  respondUnauthorized,
  texts,
} from '../errors.js'
import { extrasOf, withPastPayments } from '../extras.js'
import { parseAmount, toWire } from '../money.js'
import { paymentChanges } from '../order-attributes.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { integerText, isTree, type Tree, textOf } from '../params.js'
import { type PaymentChoice, readPaymentChoice, sourceFor } from '../payment-choice.js'
import { offersOf } from '../purchase-answer.js'
import { displayOf, methodType, paymentsOf, renderPayment, type WirePayment } from '../render/payment.js'
import { cartRef, endpoint, purchaseRef, refused, type SpreeRequest } from '../request.js'

const attributes = [
  'id',
  'number',
  'source_type',
  'source_id',
  'amount',
  'display_amount',
  'payment_method_id',
  'state',
  'avs_response',
  'response_code',
  'created_at',
  'updated_at',
] as const

/** What an action of a payment gets to see. */
interface Found {
  readonly view: PurchaseView
  readonly offers: Offers
  readonly payment: WirePayment
}

/** GET /api/orders/:number/payments: all of them, in pages. Source: dialects/spree.md 3.10. */
export const getPayments = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const { currency } = read.value.cart
  const wanted = isTree(request.tree.q) ? textOf(request.tree.q.response_code_cont) : undefined
  const found = paymentsOf(read.value, await offersOf(read.value, operations)).filter(
    ({ reference }) => wanted === undefined || reference?.includes(wanted) === true,
  )
  const page = pageOf(request)
  const payments = pageFrom(found, page).map(payment => renderPayment(payment, currency))
  return respondJson(200, { payments, ...envelope(payments.length, found.length, page) })
})

/** GET /api/orders/:number/payments/new: names of attributes, and the ways to pay for this order. */
export const getNewPayment = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const { cart, order } = read.value
  const offers = await offersOf(read.value, operations)
  const methods = order === undefined ? cart.paymentMethods : offers.paymentMethods
  return respondJson(200, {
    attributes,
    payment_methods: methods.map(method => ({
      id: method.integerId,
      name: method.name,
      description: method.instructions ?? null,
      method_type: methodType(method),
    })),
  })
})

/**
 * POST /api/orders/:number/payments: 201 with a payment in state `checkout`; others that were merely chosen become
 * invalid. No step is taken. 404 for an unknown method, 422 for a source that lacks something.
 */
export const postPayment = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  if (read.value.order !== undefined) return respondFrozen(request)
  const { payment } = request.tree
  if (!isTree(payment) || Object.keys(payment).length === 0) {
    return respondException('param is missing or the value is empty: payment')
  }
  const choice = await readChoice(request, operations, read.value, payment)
  return 'status' in choice ? choice : choose(request, operations, choice, 201)
})

/** GET /api/orders/:number/payments/:payment: one payment, by its number or its id; 404. */
export const getPayment = endpoint('open', async (request, operations) =>
  withPayment(request, operations, async ({ view, payment }) =>
    respondJson(200, renderPayment(payment, view.cart.currency)),
  ),
)

/** PUT /api/orders/:number/payments/:payment: another amount or source while nothing was charged; 403 after that. */
export const putPayment = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async ({ view, payment }) => {
    const { state, selection } = payment
    if (state !== 'checkout' && state !== 'pending') {
      return respondJson(403, { error: `This payment cannot be updated because it is ${state}.` })
    }
    const wanted = request.tree.payment
    if (!isTree(wanted) || Object.keys(wanted).length === 0) {
      return respondException('param is missing or the value is empty: payment')
    }
    if (selection === undefined) {
      const amount = wanted.amount === undefined ? payment.amount : parseAmount(wanted.amount, view.cart.currency)
      return amount === payment.amount
        ? respondJson(200, renderPayment(payment, view.cart.currency))
        : respondInvalid({ amount: [texts.isInvalid] })
    }
    const amount = wanted.amount === undefined ? undefined : parseAmount(wanted.amount, view.cart.currency)
    if (wanted.amount !== undefined && (amount === undefined || amount < 0n)) {
      return respondInvalid({ amount: ['is not a number'] })
    }
    const hasSource = wanted.source_attributes !== undefined
    const choice = hasSource
      ? await readChoice(request, operations, view, { payment_method_id: payment.method?.integerId, ...wanted })
      : undefined
    if (choice !== undefined && 'status' in choice) return choice
    const walked = await operations.walkCheckout(request.caller, {
      cart: cartRef(request),
      rules: request.settings.rules,
      steps: 'none',
      plan: ({ cart }) =>
        ok({
          payments: cart.payments.map(known => {
            if (known.id !== selection.id) return known
            const { seenTotal: _seen, ...data } = known.data ?? {}
            const stated = amount === undefined ? {} : { amount }
            return { ...(choice?.selection ?? { ...known, data }), ...stated }
          }),
        }),
    })
    if (!walked.ok) return refused(request, walked.error)
    return respondLast(request, operations, { ...walked.value.view, payments: [] }, 200)
  }),
)

/** PUT /api/orders/:number/payments/:payment/authorize: what is placed with the order is authorized already; else 422. */
export const putAuthorize = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async ({ view, payment }) =>
    payment.state === 'pending' || (payment.state === 'checkout' && payment.attempt !== undefined)
      ? respondJson(200, renderPayment(payment, view.cart.currency))
      : respondGateway(processedLater),
  ),
)

/** PUT /api/orders/:number/payments/:payment/capture: takes what is reserved, all or `amount`; a repeat changes nothing. */
export const putCapture = endpoint('admin', async (request, operations) => capture(request, operations))

/** PUT /api/orders/:number/payments/:payment/purchase: as capture. */
export const putPurchase = endpoint('admin', async (request, operations) => capture(request, operations))

/** PUT /api/orders/:number/payments/:payment/void: gives a payment up; what was taken goes back. */
export const putVoid = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async ({ view, payment }) => {
    const { attempt, selection } = payment
    if (selection !== undefined) return dropChosen(request, operations, payment)
    if (attempt === undefined) return respondJson(200, renderPayment(payment, view.cart.currency))
    if (payment.state === 'void') return respondJson(200, renderPayment(payment, view.cart.currency))
    const done =
      attempt.captured > 0n
        ? operations.refundPayment(request.caller, { id: attempt.id, refundKey: 'void' })
        : operations.voidPayment(request.caller, { id: attempt.id })
    return respondActed(request, operations, done)
  }),
)

/**
 * PUT /api/orders/:number/payments/:payment/credit: gives back `amount`, or what the customer is owed; 422 above what
 * was taken.
 */
export const putCredit = endpoint('admin', async (request, operations) =>
  withPayment(request, operations, async ({ view, payment }) => {
    const { attempt } = payment
    const { currency } = view.cart
    const allowed = attempt === undefined ? 0n : attempt.captured - attempt.refunded
    const sent = request.tree.amount ?? (isTree(request.tree.payment) ? request.tree.payment.amount : undefined)
    const amount = sent === undefined ? least(allowed, owedTo(view)) : parseAmount(sent, currency)
    if (amount === undefined || amount < 0n) return respondInvalid({ amount: ['is not a number'] })
    if (amount > allowed || attempt === undefined) {
      const limit = toWire(allowed, currency)
      const error = `This payment can only be credited up to ${limit}. Please specify an amount less than or equal to this number.`
      return respondJson(422, { error })
    }
    if (amount === 0n) return respondJson(200, renderPayment(payment, currency))
    const refundKey = randomUUID()
    return respondActed(
      request,
      operations,
      operations.refundPayment(request.caller, { id: attempt.id, amount, refundKey }),
    )
  }),
)

const processedLater = 'The payment is processed when the order is completed.'

function least(a: Minor, b: Minor): Minor {
  return a < b ? a : b
}

/** What was paid beyond the total. */
function owedTo({ order, payments }: PurchaseView): Minor {
  const own = payments.filter(({ orderId }) => orderId === order?.id)
  const paid = own.reduce((sum, { captured, refunded }) => sum + captured - refunded, 0n)
  const due = order === undefined || order.status === 'canceled' ? 0n : order.amountDue
  return paid > due ? paid - due : 0n
}

async function capture(request: SpreeRequest, operations: Operations): Promise<WireResponse> {
  return withPayment(request, operations, async ({ view, payment }) => {
    const { attempt, state } = payment
    const { currency } = view.cart
    if (state === 'completed') return respondJson(200, renderPayment(payment, currency))
    if (attempt === undefined) return respondGateway(processedLater)
    const sent = request.tree.amount ?? (isTree(request.tree.payment) ? request.tree.payment.amount : undefined)
    const amount = sent === undefined ? undefined : parseAmount(sent, currency)
    if (sent !== undefined && amount === undefined) return respondInvalid({ amount: ['is not a number'] })
    const done = operations.capturePayment(request.caller, {
      id: attempt.id,
      ...(amount === undefined ? {} : { amount }),
    })
    return respondActed(request, operations, done)
  })
}

async function withPayment(
  request: SpreeRequest,
  operations: Operations,
  answer: (found: Found) => Promise<WireResponse>,
): Promise<WireResponse> {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const offers = await offersOf(read.value, operations)
  const { payment: name = '' } = request.params
  const payment = paymentsOf(read.value, offers).find(({ id, number }) => number === name || id === integerText(name))
  return payment === undefined ? respondNotFound() : answer({ view: read.value, offers, payment })
}

/** The payment after a gateway's action, or what the gateway said. */
async function respondActed(
  request: SpreeRequest,
  operations: Operations,
  acting: Answer<OrderView>,
): Promise<WireResponse> {
  const acted = await acting
  if (!acted.ok) return respondActFault(request, acted.error)
  return withPayment(request, operations, async ({ view, payment }) =>
    respondJson(200, renderPayment(payment, view.cart.currency)),
  )
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

function respondGateway(text: string): WireResponse {
  return respondJson(422, { error: `There was a problem with the payment gateway: ${text}`, errors: { base: [text] } })
}

function respondFrozen(request: SpreeRequest): WireResponse {
  return request.isAdmin ? respondInvalid({ base: [texts.frozen] }) : respondUnauthorized()
}

async function readChoice(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  payment: Tree,
): Promise<PaymentChoice | WireResponse> {
  const { currency, totals } = view.cart
  const amount = payment.amount === undefined ? undefined : parseAmount(payment.amount, currency)
  if (payment.amount !== undefined && (amount === undefined || amount < 0n)) {
    return respondInvalid({ amount: ['is not a number'] })
  }
  const choice = await readPaymentChoice(operations, {
    offers: await offersOf(view, operations),
    methodId: payment.payment_method_id,
    source: sourceFor(payment, [request.tree]),
    // Whoever pays all that is due pays whatever is due in the end.
    amount: amount === totals.amountDue ? undefined : amount,
    now: new Date().toISOString(),
  })
  return choice.ok ? choice.value : choice.error
}

async function choose(
  request: SpreeRequest,
  operations: Operations,
  payment: PaymentChoice,
  status: number,
): Promise<WireResponse> {
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: desk => {
      const quoted = desk.quote({})
      if (!quoted.ok) return quoted
      const { changes, marks } = paymentChanges({ payment, now: new Date().toISOString() }, quoted.value)
      return ok({ ...changes, extras: { spree: { ...extrasOf(desk.cart), ...marks } } })
    },
  })
  if (!walked.ok) return refused(request, walked.error)
  return respondLast(request, operations, { ...walked.value.view, payments: [] }, status)
}

/** The payment that was chosen last. */
async function respondLast(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  status: number,
): Promise<WireResponse> {
  const chosen = paymentsOf(view, await offersOf(view, operations)).findLast(({ selection }) => selection !== undefined)
  if (chosen === undefined) return refused(request, { code: 'busy' })
  return respondJson(status, renderPayment(chosen, view.cart.currency))
}

/** A payment that was merely chosen is chosen no longer. */
async function dropChosen(request: SpreeRequest, operations: Operations, payment: WirePayment): Promise<WireResponse> {
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
  return withPayment(request, operations, async ({ view, payment: dropped }) =>
    respondJson(200, renderPayment(dropped, view.cart.currency)),
  )
}
