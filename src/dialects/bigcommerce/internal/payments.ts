import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import { limits } from '../../../core/limits.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { findOrder } from '../find-order.js'
import { toInteger } from '../money.js'
import { readPaymentToken } from '../payment-token.js'
import type { Problem } from '../problem.js'
import { respond } from '../respond.js'
import { channelOf } from '../server-request.js'
import { settingsOf } from '../settings.js'

/** Whoever holds a token may pay for the order that it names. */
const payer = {
  kind: 'key',
  keyId: 'payment token',
  permissions: ['orders:read', 'orders:place', 'carts:read'],
} as const

const text = z.union([z.string().max(limits.nameLength), z.number().transform(String)])

const card = z.object({
  account_name: z.string().max(limits.nameLength).nullish(),
  number: text,
  month: text,
  year: text,
  verification_value: text.nullish(),
})

const request = z.object({
  order: z.object({ id: text }),
  payment: z.object({ gateway: z.string().min(1), credit_card: card.nullish() }),
})
type PaymentRequest = z.output<typeof request>

/**
 * POST /api/public/v1/orders/payments: 200 `{"status":"ok"}` when the order is paid, by the token that came with it. What
 * the client says of amounts, items and addresses does not count: the order costs what it says itself. Repeating it for a
 * paid order charges nothing and answers the same. Errors are `{"status":"error","errors":[{code, message}]}`: 401 for a bad
 * token, 400 for a body without a card and for a declined one, 404, 409 when another order of the cart was paid.
 * Source: dialects/bigcommerce.md 3.8.
 */
export async function postPublicPayment(wire: WireRequest, operations: Operations): Promise<WireResponse> {
  const channel = await channelOf(wire, operations)
  const token = /^JWT\s+([^\s,]+)$/i.exec(wire.headers.authorization?.trim() ?? '')?.[1] ?? ''
  const grant = await readPaymentToken(`PAT ${token}`, operations)
  if (grant === undefined || grant.storeHash !== settingsOf(channel).storeHash)
    return respondErrors(401, 'invalid_payment_token', 'The payment token is not valid.')
  const body = readBody(wire, request)
  if (!body.ok) return respondProblem(body.error)
  if (body.value.order.id !== grant.orderId.toString()) {
    return respondErrors(401, 'invalid_payment_token', 'The payment token belongs to another order.')
  }
  const read = await findOrder(payer, grant.orderId, operations)
  if (!read.ok) return respondProblem(problemOf(read.error))
  const { order } = read.value
  if (toInteger(order.amountDue) !== grant.amount || order.currency !== grant.currency) {
    return respondErrors(409, 'cart_has_changed', 'The order costs another amount.')
  }
  const paid = await operations.placeDraft(payer, {
    id: order.id,
    placement: {
      payments: [{ method: body.value.payment.gateway }],
      instruments: [instrumentOf(body.value)],
      capture: true,
      returnUrl: `${wire.baseUrl}/checkout/order-confirmation/${grant.orderId.toString()}`,
      idempotencyKey: `bigcommerce order ${order.id}`,
      clientAddress: wire.clientAddress,
    },
  })
  if (!paid.ok) return respondProblem(problemOf(paid.error))
  return paid.value.redirectUrl === null
    ? respond(200, { status: 'ok', errors: [] })
    : respondRedirect(paid.value.redirectUrl)
}

/** The neutral form that gateways take. Without a card the shopper gives the data on the gateway's own page. */
function instrumentOf({ payment }: PaymentRequest): Readonly<Record<string, Json>> {
  const { credit_card: sent } = payment
  if (sent === undefined || sent === null) return {}
  const { account_name: holder, verification_value: securityCode } = sent
  return {
    number: sent.number,
    expiryMonth: sent.month,
    expiryYear: sent.year,
    ...(holder === undefined || holder === null ? {} : { holder }),
    ...(securityCode === undefined || securityCode === null ? {} : { securityCode }),
  }
}

/** The shopper has to go to the card issuer's page first. (inferred from what the platform's client does with it) */
function respondRedirect(url: string): WireResponse {
  const code = 'additional_action_required'
  const message = 'The card issuer asks for a confirmation.'
  return respond(400, {
    status: code,
    errors: [{ code, message }],
    additional_action_required: { type: 'offsite_redirect', data: { redirect_url: url } },
    three_ds_result: { acs_url: url, payer_auth_request: null, merchant_data: null, callback_url: null },
  })
}

function respondProblem(problem: Problem): WireResponse {
  const { storefront = {} } = problem
  return respondErrors(storefront.status ?? problem.status, problem.kind ?? problem.code, problem.sentence)
}

function respondErrors(status: number, code: string, message: string): WireResponse {
  return respond(status, { status: 'error', errors: [{ code, message }] })
}
