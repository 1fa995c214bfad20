import { ok } from '../../../core/result.js'
import type { Operations, PurchaseView } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondException, respondInvalid, respondJson, texts } from '../errors.js'
import { extrasOf } from '../extras.js'
import { addLaterPayment } from '../later-payments.js'
import { parseAmount } from '../money.js'
import { paymentChanges } from '../order-attributes.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { isTree, type Tree } from '../params.js'
import { type PaymentChoice, readPaymentChoice, sourceFor } from '../payment-choice.js'
import { respondPayment, withPayment } from '../payment-named.js'
import { offersOf } from '../purchase-answer.js'
import { methodType, paymentsOf, renderPayment } from '../render/payment.js'
import { cartRef, endpoint, purchaseRef, refused, respondPlaced, type SpreeRequest } from '../request.js'
import { searched } from '../search.js'

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

/** What payments are searched by. */
const searchedBy = ['id', 'number', 'state', 'response_code', 'payment_method_id', 'source_type'] as const

/** GET /api/orders/:number/payments: all of them, in pages; `q` searches. Source: dialects/spree.md 3.10. */
export const getPayments = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const { currency } = read.value.cart
  const all = paymentsOf(read.value, await offersOf(read.value, operations))
  const rows = all.map(payment => renderPayment(payment, currency))
  const found = searched(rows, request.tree.q, searchedBy)
  const page = pageOf(request)
  const payments = pageFrom(found, page)
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
  const { order } = read.value
  if (order !== undefined && !request.isAdmin) return respondPlaced(request, order)
  const { payment } = request.tree
  if (!isTree(payment) || Object.keys(payment).length === 0) {
    return respondException('param is missing or the value is empty: payment')
  }
  if (order !== undefined) return addLaterPayment(request, operations, { ...read.value, order }, payment)
  const choice = await readChoice(request, operations, read.value, payment)
  return 'status' in choice ? choice : choose(request, operations, choice, 201)
})

/** GET /api/orders/:number/payments/:payment: one payment, by its number or its id; 404. */
export const getPayment = endpoint('open', async (request, operations) =>
  withPayment(request, operations, async found => respondPayment(found)),
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
            const other = choice?.selection ?? known
            // It stays the payment that it was, whatever pays it now: under its number, and in its place.
            const named = { at: payment.createdAt, key: payment.key }
            return { ...other, ...stated, data: { ...data, ...choice?.selection.data, ...named } }
          }),
        }),
    })
    if (!walked.ok) return refused(request, walked.error)
    return respondLast(request, operations, { ...walked.value.view, payments: [] }, 200)
  }),
)

async function readChoice(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  payment: Tree,
): Promise<PaymentChoice | WireResponse> {
  const { currency, totals } = view.cart
  const stated = payment.amount ?? undefined
  const amount = stated === undefined ? undefined : parseAmount(stated, currency)
  if (stated !== undefined && (amount === undefined || amount < 0n)) {
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
