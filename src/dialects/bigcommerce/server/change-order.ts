import { z } from 'zod'
import { limits } from '../../../core/limits.js'
import type { Order } from '../../../core/orders/order.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { markIn, type OrderNotes, withMark, withNotes } from '../order-notes.js'
import { markOf, mayBeMarked, orderStatuses, ownStatusId, stageOf, stageSent, statusIdOf } from '../order-status.js'
import { invalid, type Problem } from '../problem.js'
import { legacyOrder } from '../render/legacy-order.js'
import { respond } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { contextOf, readOrder } from './legacy-orders.js'
import { modifiesOrders } from './order-access.js'

const change = z.object({
  status_id: z.int().min(0).max(14).nullish(),
  payment_method: z.string().max(limits.nameLength).nullish(),
  staff_notes: z.string().max(limits.textLength).nullish(),
  customer_message: z.string().max(limits.textLength).nullish(),
  external_order_id: z.string().max(250).nullish(),
})
type Change = z.output<typeof change>

/**
 * PUT /v2/orders/:orderId: sets the status, and writes notes, the customer's message and the id in another system. 5 and 6
 * call the order off; 2 and 10 note that all of it was sent; any status but 0, 4, 5, 6 and 14 places an incomplete order with an
 * offline method, `payment_method`. No status moves money, so that 4 and 14 follow from the payments (422). 409 where the order
 * cannot come to that any more. Not covered: the rest of an order, which is a frozen record.
 */
export const putLegacyOrder = serverEndpoint(
  modifiesOrders,
  async (request, operations) => {
    const body = readBody(request.wire, change)
    if (!body.ok) return respondProblem(body.error, 'v2')
    const read = await readOrder(request, operations)
    if (!read.ok) return respondProblem(read.error, 'v2')
    const moved = await moveTo(body.value, read.value, request, operations)
    if (!moved.ok) return respondProblem(moved.error, 'v2')
    const noted = await annotate(body.value, moved.value, request, operations)
    if (!noted.ok) return respondProblem(noted.error, 'v2')
    return respond(200, legacyOrder(await contextOf(request, noted.value, operations)))
  },
  'v2',
)

/** Does what the status says; of what is said alone, `annotate` makes a mark. Nothing is done for a status that is refused. */
async function moveTo(
  { status_id: wanted, payment_method: method }: Change,
  view: OrderView,
  request: ServerRequest,
  operations: Operations,
): Promise<Result<OrderView, Problem>> {
  const { order, payments } = view
  if (wanted == null || wanted === statusIdOf(order, payments, markIn(order))) return ok(view)
  const { caller } = request
  if (wanted === 5 || wanted === 6) {
    const reason = wanted === 5 ? 'canceled by the shop' : 'declined by the shop'
    const canceled = await operations.cancelOrder(caller, { id: order.id, reason })
    if (canceled.ok) return canceled
    return refuse(canceled.error.code === 'order_state' ? cannotBe(wanted) : problemOf(canceled.error))
  }
  if (wanted === 0 || wanted === 4) return refuse(followsFromPayments)
  const isSent = wanted === 2 || wanted === 10
  const stage = order.status === 'incomplete' ? 'open' : stageOf(order)
  const after = stage !== undefined && stage !== 'canceled' && isSent ? stageSent(stage) : stage
  if (after === undefined || !mayBeMarked(after, wanted)) {
    return refuse(wanted === 14 && stage !== 'canceled' ? followsFromPayments : cannotBe(wanted))
  }
  const placed =
    order.status === 'incomplete' ? await placeByHand(view, method ?? undefined, request, operations) : ok(view)
  if (!placed.ok || !isSent || after === stage) return placed
  const sent = await operations.fulfillOrder(caller, { id: order.id, isAll: true })
  return sent.ok ? sent : refuse(problemOf(sent.error))
}

const followsFromPayments = invalid({ status_id: 'follows from the payments' })

function cannotBe(id: number): Problem {
  const name = orderStatuses.find(one => one.id === id)?.name ?? ''
  return { status: 409, code: 'order_state', sentence: `The order cannot become "${name}" any more.` }
}

/**
 * Places an order that was paid elsewhere, or is to be: with the offline method of that id or name, else with the first of
 * those by which nobody collects money at the door. Source: dialects/bigcommerce.md 3.2; which method is ours.
 */
async function placeByHand(
  { order }: OrderView,
  method: string | undefined,
  { caller, settings, wire }: ServerRequest,
  operations: Operations,
): Promise<Result<OrderView, Problem>> {
  const facts = settings.offlinePayments ? await operations.readChannelFacts({ channel: order.channel }) : undefined
  const offline = facts?.ok === true ? facts.value.paymentMethods.filter(({ provider }) => provider === 'manual') : []
  const name = method?.trim().toLowerCase()
  const chosen =
    offline.find(one => one.id.toLowerCase() === name || one.name.toLowerCase() === name) ??
    offline.find(({ kind }) => kind !== 'cash_on_delivery' && kind !== 'free')
  if (chosen === undefined && order.amountDue > 0n) return refuse(invalid({ payment_method: 'no offline method' }))
  const payments = chosen === undefined || order.amountDue === 0n ? [] : [{ method: chosen.id }]
  const placement = { payments, instruments: [{}], capture: true, clientAddress: wire.clientAddress }
  const placed = await operations.placeDraft(caller, { id: order.id, placement })
  return placed.ok ? placed : refuse(problemOf(placed.error))
}

/** Writes what is to be kept beside the record, the status among it where it does not follow from the order itself. */
async function annotate(
  body: Change,
  view: OrderView,
  { caller }: ServerRequest,
  operations: Operations,
): Promise<Result<OrderView, Problem>> {
  const notes: OrderNotes = {
    ...(body.staff_notes == null ? {} : { staffNotes: body.staff_notes }),
    ...(body.customer_message == null ? {} : { customerMessage: body.customer_message }),
    ...(body.external_order_id == null ? {} : { externalOrderId: body.external_order_id }),
  }
  const wanted = body.status_id ?? undefined
  const { order, payments } = view
  const marks = wanted !== undefined && wanted !== statusIdOf(order, payments, markIn(order))
  if (!marks && Object.keys(notes).length === 0) return ok(view)
  const written = await operations.annotateOrder(caller, {
    id: order.id,
    dialect: 'bigcommerce',
    note: now => {
      const marked = marks ? markedAs(wanted, now, payments) : ok(now)
      return marked.ok ? ok(withNotes(marked.value, notes)) : marked
    },
  })
  if (written.ok) return written
  const { error } = written
  return refuse(error.code === 'order_state' && wanted !== undefined ? cannotBe(wanted) : problemOf(error))
}

/** The order with a status set by hand, where it may still be that; what follows from the order anyway needs no mark. */
function markedAs(wanted: number, order: Order, payments: OrderView['payments']) {
  const stage = stageOf(order)
  if (stage === undefined || !mayBeMarked(stage, wanted)) {
    return refuse({ code: 'order_state', status: order.status } as const)
  }
  const mark = wanted === ownStatusId(order, payments) ? undefined : markOf(stage, wanted)
  return ok({ ...order, extras: { ...order.extras, bigcommerce: withMark(order, mark) } })
}
