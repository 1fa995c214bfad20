import type { CheckoutStep } from '../../../core/cart/cart.js'
import type { Operations, PurchaseView } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { amendCompleted } from '../amend-completed.js'
import { respondJson, respondNoTransition, respondUnauthorized, texts } from '../errors.js'
import { parseAmount } from '../money.js'
import { saysAnything, stepNamed } from '../order-attributes.js'
import { moveOrder, orderSaid } from '../order-walk.js'
import { type Tree, textOf } from '../params.js'
import { respondOrder, settledPurchase } from '../purchase-answer.js'
import { orderState } from '../render/order.js'
import { endpoint, purchaseRef, refused, respondPlaced, type SpreeRequest } from '../request.js'

/**
 * PUT /api/checkouts/:number: saves what was sent, then takes one step; 200 with the order. 422 where the step cannot be
 * taken, with what was sent saved; 422 with nothing saved where it is wrong; 401; 404. A completed order answers 200
 * to an empty body. Source: seed 002; dialects/spree.md 3.2.
 */
export const putCheckout = endpoint('open', async (request, operations) => {
  const state = stateIn(request)
  if (state === 'invalid') return respondWrongState(request, operations)
  const order = orderSaid(request)
  return moveOrder(
    request,
    operations,
    { steps: 'one', backTo: state, needsStock: true, ...(order === undefined ? {} : { order }) },
    view => respondDone(request, operations, view, order !== undefined && saysAnything(order) ? order : undefined),
  )
})

/** PUT /api/checkouts/:number/next: one step, nothing saved before it. Source: dialects/spree.md 3.3. */
export const putNext = endpoint('open', async (request, operations) => {
  const state = stateIn(request)
  if (state === 'invalid') return respondWrongState(request, operations)
  return moveOrder(request, operations, { steps: 'one', backTo: state, needsStock: true }, async () =>
    request.settings.strict_3_3 && !request.isAdmin ? respondUnauthorized() : respondCannot('next'),
  )
})

/** PUT /api/checkouts/:number/advance: as many steps as can be taken, the last one included; always 200. */
export const putAdvance = endpoint('open', async (request, operations) => {
  const state = stateIn(request)
  if (state === 'invalid') return respondWrongState(request, operations)
  return moveOrder(request, operations, { steps: 'all', backTo: state, needsStock: true }, view =>
    request.settings.strict_3_3 && !request.isAdmin
      ? Promise.resolve(respondUnauthorized())
      : respondOrder(request, operations, view),
  )
})

/**
 * PUT /api/checkouts/:number/complete: only the last step, and only at the total that the client expects; 400 for
 * another total. An extension of the platform's lineage. Source: dialects/spree.md 3.3.
 */
export const putComplete = endpoint('open', async (request, operations) => {
  const read = await settledPurchase(request, operations)
  if (!read.ok) return refused(request, read.error)
  const { order, cart: priced } = read.value
  if (order !== undefined) return respondDone(request, operations, read.value, undefined)
  const expected = textOf(request.tree.expected_total)
  const total = expected === undefined ? undefined : parseAmount(expected, priced.currency)
  if (expected !== undefined && total !== priced.totals.grandTotal) {
    const message = 'does not match the order total'
    return respondJson(400, { error: texts.noTransition, errors: { expected_total: [message] } })
  }
  const state = orderState(read.value, request.settings)
  const isLast = state === 'payment' || state === 'confirm' || priced.totals.amountDue === 0n
  const needsConfirm = state === 'payment' && priced.payments.some(({ method }) => method.kind === 'card')
  if (!isLast || needsConfirm) return respondCannot('complete')
  return moveOrder(
    request,
    operations,
    { steps: 'one', needsStock: true, ...(total === undefined ? {} : { expectedTotal: total }) },
    view => respondDone(request, operations, view, undefined),
  )
})

/**
 * GET /api/checkouts/:number: 301 to the order, the query kept; no body. Source: dialects/spree.md 1.4.
 */
export const getCheckout = endpoint('open', async ({ wire, params }) => {
  const prefix = wire.path.startsWith('/api/v1/') ? '/api/v1' : '/api'
  const query = wire.rawQuery === '' ? '' : `?${wire.rawQuery}`
  const location = `${wire.baseUrl}${prefix}/orders/${encodeURIComponent(params.number ?? '')}${query}`
  return { status: 301, headers: { Location: location } }
})

/** The step that the client wants to be at before it moves; `invalid` for what is none. */
function stateIn({ tree }: SpreeRequest): CheckoutStep | undefined | 'invalid' {
  if (textOf(tree.state) === undefined) return undefined
  return stepNamed(tree.state) ?? 'invalid'
}

/** Whoever may not change the order learns that, and nothing about its states. */
async function respondWrongState(request: SpreeRequest, operations: Operations): Promise<WireResponse> {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  if (read.value.order !== undefined) return respondOrder(request, operations, read.value)
  return respondNoTransition({ state: [texts.isInvalid] })
}

/** An order that is placed already: a repeat is answered with it; administrators put right what may be, nobody the rest. */
export function respondDone(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  changes: Tree | undefined,
): Promise<WireResponse> {
  const { isAdmin, settings } = request
  const { order } = view
  if (!isAdmin && changes !== undefined) return Promise.resolve(respondPlaced(request, order))
  if (!isAdmin && settings.strict_3_3 && order?.status !== 'pending') return Promise.resolve(respondUnauthorized())
  return changes === undefined || order === undefined
    ? respondOrder(request, operations, view)
    : amendCompleted(request, operations, { ...view, order }, changes)
}

function respondCannot(event: string): WireResponse {
  return respondNoTransition({ state: [`cannot transition via "${event}"`] })
}
