import type { CheckoutError } from '../../../core/errors.js'
import type { Json } from '../../../core/ids.js'
import type { Order } from '../../../core/orders/order.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondException, respondInvalid, respondJson, respondNotFound, respondNothing, texts } from '../errors.js'
import { extrasOf } from '../extras.js'
import { parseAmount, toWire } from '../money.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { integerText, isTree, type Tree, textOf } from '../params.js'
import { stockLocation } from '../render/shipment.js'
import { endpoint, purchaseRef, refused, type SpreeRequest } from '../request.js'

/** A promise to take goods back, as it is kept with its order. */
interface Return {
  readonly id: number
  readonly state: 'authorized' | 'canceled' | 'received'
  readonly memo: string | null
  readonly reason: string | null
  readonly amount: string
  readonly created_at: string
  readonly updated_at: string
}

/** Most returns that one order keeps. Ours. */
const mostReturns = 100

/** GET /api/orders/:number/return_authorizations: all of an order, in pages. Source: dialects/spree.md 3.16. */
export const getReturns = endpoint('admin', async (request, operations) =>
  withOrder(request, operations, async order => {
    const all = returnsOf(order)
    const page = pageOf(request)
    const rows = pageFrom(all, page).map(one => renderReturn(order, one))
    return respondJson(200, { return_authorizations: rows, ...envelope(rows.length, all.length, page) })
  }),
)

/** GET /api/orders/:number/return_authorizations/new: names of attributes. */
export const getNewReturn = endpoint('admin', async () =>
  respondJson(200, {
    attributes: ['id', 'number', 'state', 'order_id', 'memo', 'created_at', 'updated_at', 'amount', 'reason'],
    required_attributes: ['stock_location_id'],
  }),
)

/** GET /api/orders/:number/return_authorizations/:id: one; 404. */
export const getReturn = endpoint('admin', async (request, operations) =>
  withReturn(request, operations, async (order, one) => respondJson(200, renderReturn(order, one))),
)

/** POST /api/orders/:number/return_authorizations: 201; orders that were shipped only; 422. */
export const postReturn = endpoint('admin', async (request, operations) =>
  withOrder(request, operations, async order => {
    const wanted = request.tree.return_authorization
    if (!isTree(wanted) || Object.keys(wanted).length === 0) {
      return respondException('param is missing or the value is empty: return_authorization')
    }
    if (order.fulfillments.length === 0) return respondInvalid({ base: ['order must have shipped units'] })
    if (integerText(wanted.stock_location_id) !== stockLocation.id) {
      return respondInvalid({ stock_location: [texts.blank] })
    }
    const amount = wanted.amount === undefined ? 0n : parseAmount(wanted.amount, order.currency)
    if (amount === undefined || amount < 0n) return respondInvalid({ amount: ['is not a number'] })
    const now = new Date().toISOString()
    const id = 1 + Math.max(0, ...returnsOf(order).map(one => one.id))
    const fresh: Return = {
      id,
      state: 'authorized',
      memo: textOf(wanted.memo) ?? null,
      reason: textOf(wanted.reason) ?? textOf(wanted.return_authorization_reason_id) ?? null,
      amount: toWire(amount, order.currency),
      created_at: now,
      updated_at: now,
    }
    return write(request, operations, order, 201, id, all => {
      return all.length < mostReturns && !all.some(one => one.id === id)
        ? ok([...all, fresh])
        : refuse({ code: 'limit_reached', limit: 'returns', maximum: mostReturns })
    })
  }),
)

/** PUT /api/orders/:number/return_authorizations/:id: another memo, reason or amount; 200. */
export const putReturn = endpoint('admin', async (request, operations) =>
  withReturn(request, operations, async (order, known) => {
    const wanted: Tree = isTree(request.tree.return_authorization) ? request.tree.return_authorization : {}
    const amount = wanted.amount === undefined ? undefined : parseAmount(wanted.amount, order.currency)
    if (wanted.amount !== undefined && (amount === undefined || amount < 0n)) {
      return respondInvalid({ amount: ['is not a number'] })
    }
    return change(request, operations, order, known.id, one => ({
      ...one,
      memo: textOf(wanted.memo) ?? one.memo,
      reason: textOf(wanted.reason) ?? one.reason,
      amount: amount === undefined ? one.amount : toWire(amount, order.currency),
    }))
  }),
)

/** DELETE /api/orders/:number/return_authorizations/:id: 204. */
export const deleteReturn = endpoint('admin', async (request, operations) =>
  withReturn(request, operations, async (order, known) => {
    const written = await write(request, operations, order, 200, known.id, all =>
      ok(all.filter(one => one.id !== known.id)),
    )
    return written.status === 404 ? respondNothing() : written
  }),
)

/** PUT /api/orders/:number/return_authorizations/:id/add: units are not kept one by one; 200 with the return as it is. */
export const putReturnAdd = endpoint('admin', async (request, operations) =>
  withReturn(request, operations, async (order, one) => respondJson(200, renderReturn(order, one))),
)

/** PUT /api/orders/:number/return_authorizations/:id/cancel: 200; 422 for one that was received. */
export const putReturnCancel = endpoint('admin', async (request, operations) => move(request, operations, 'canceled'))

/** PUT /api/orders/:number/return_authorizations/:id/receive: 200; 422 for one that was canceled. */
export const putReturnReceive = endpoint('admin', async (request, operations) => move(request, operations, 'received'))

function move(request: SpreeRequest, operations: Operations, state: 'canceled' | 'received'): Promise<WireResponse> {
  return withReturn(request, operations, async (order, known) => {
    if (known.state === state) return respondJson(200, renderReturn(order, known))
    if (known.state !== 'authorized') {
      const event = state === 'canceled' ? 'cancel' : 'receive'
      return respondInvalid({ state: [`cannot transition via "${event}"`] })
    }
    return change(request, operations, order, known.id, one => ({ ...one, state }))
  })
}

function change(
  request: SpreeRequest,
  operations: Operations,
  order: Order,
  id: number,
  edit: (one: Return) => Return,
): Promise<WireResponse> {
  const now = new Date().toISOString()
  return write(request, operations, order, 200, id, all =>
    ok(all.map(one => (one.id === id ? { ...edit(one), updated_at: now } : one))),
  )
}

async function write(
  request: SpreeRequest,
  operations: Operations,
  order: Order,
  status: number,
  id: number,
  edit: (all: readonly Return[]) => Result<readonly Return[], CheckoutError>,
): Promise<WireResponse> {
  const noted = await operations.annotateOrder(request.caller, {
    id: order.id,
    dialect: 'spree',
    note: newest => {
      const returns = edit(returnsOf(newest))
      return returns.ok ? ok({ ...extrasOf(newest), returns: returns.value as unknown as Json }) : returns
    },
  })
  if (!noted.ok) return refused(request, noted.error)
  const after = noted.value.order
  const one = returnsOf(after).find(known => known.id === id)
  return one === undefined ? respondNotFound() : respondJson(status, renderReturn(after, one))
}

async function withOrder(
  request: SpreeRequest,
  operations: Operations,
  answer: (order: Order) => Promise<WireResponse>,
): Promise<WireResponse> {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  return read.value.order === undefined
    ? respondInvalid({ base: ['order must have shipped units'] })
    : answer(read.value.order)
}

function withReturn(
  request: SpreeRequest,
  operations: Operations,
  answer: (order: Order, one: Return) => Promise<WireResponse>,
): Promise<WireResponse> {
  return withOrder(request, operations, async order => {
    const one = returnsOf(order).find(({ id }) => id === integerText(request.params.id))
    return one === undefined ? respondNotFound() : answer(order, one)
  })
}

function returnsOf(order: Order): readonly Return[] {
  const { returns } = extrasOf(order)
  return Array.isArray(returns) ? (returns as unknown as readonly Return[]) : []
}

function renderReturn({ snapshot }: Order, one: Return) {
  const { id, state, memo, reason, amount, created_at, updated_at } = one
  const { number } = snapshot.cart
  const rma = `RMA${number.replace(/\D/g, '')}${String(id).padStart(2, '0')}`
  return { id, number: rma, state, order_id: number, memo, created_at, updated_at, amount, reason }
}
