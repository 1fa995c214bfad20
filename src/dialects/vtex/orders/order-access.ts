import type { Caller } from '../../../core/access/caller.js'
import type { CheckoutError } from '../../../core/errors.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import type { VtexError } from '../answer.js'
import { setCookie } from '../cookies.js'
import { wordRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { orderSecretName, readOrderTokens, writeOrderToken } from '../order-token.js'
import { callerOf, type VtexRequest } from '../request.js'
import { partsOf } from './order-parts.js'

/** Who asks about an order: whoever is signed in, with the orders whose cookies the request has. */
export async function orderCallerOf(
  request: VtexRequest,
  operations: Operations,
  options: { readonly holdsCart: boolean } = { holdsCart: false },
): Promise<Caller> {
  const caller = callerOf(request.identity, options.holdsCart ? request.cookieCartId : undefined)
  const cookies = request.wire.headers.cookie ?? ''
  const heldOrders = readOrderTokens(cookies, await operations.signingSecret(orderSecretName))
  return heldOrders.length === 0 ? caller : { ...caller, heldOrders }
}

/** The two cookies that let a browser without an account see and finish its order, in the order that clients expect. */
export async function orderCookies(
  request: VtexRequest,
  operations: Operations,
  orderId: string,
): Promise<readonly string[]> {
  const token = writeOrderToken(orderId, await operations.signingSecret(orderSecretName))
  return [
    setCookie(request.wire, 'CheckoutDataAccess', `VTEX_CHK_Order_Auth=${token}`),
    setCookie(request.wire, 'Vtex_CHKO_Auth', token),
  ]
}

/** Whether anything in the request could prove a right to some order. */
export function hasCredentials(request: VtexRequest, caller: Caller): boolean {
  return request.identity.kind !== 'anonymous' || caller.heldOrders !== undefined || caller.heldCarts !== undefined
}

/** An order, and which of its parts is meant; absent: all of them. */
export interface FoundOrder {
  readonly view: OrderView
  readonly part?: number
}

const noOrder: CheckoutError = { code: 'order_not_found' }

/** An order by its own number or by that of one of its parts, which may be the same. */
export async function findOrder(
  operations: Operations,
  caller: Caller,
  orderId: string,
): Promise<Result<FoundOrder, CheckoutError>> {
  const group = /^(.+)-(\d\d)$/.exec(orderId)
  const grouped = group?.[1] === undefined ? refuse(noOrder) : await operations.readOrder(caller, { number: group[1] })
  if (grouped.ok) {
    const part = partsOf(grouped.value.order).findIndex(({ number }) => number === orderId)
    if (part >= 0) return ok({ view: grouped.value, part })
  }
  const exact = await operations.readOrder(caller, { number: orderId })
  if (!exact.ok) return exact
  const part = partsOf(exact.value.order).findIndex(({ number }) => number === orderId)
  return ok(part >= 0 ? { view: exact.value, part } : { view: exact.value })
}

/** Refusals of a read: whoever proves nothing is told to, whoever proves the wrong thing is told no. */
export function wordOrderRefusal(request: VtexRequest, caller: Caller, error: CheckoutError): VtexError {
  if (error.code === 'order_not_found' && !hasCredentials(request, caller)) return fixed.unauthorized
  return wordRefusal(error)
}
