import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import { limits } from '../../../core/limits.js'
import type { CardToPayBy, Operations } from '../../../operations/operations.js'
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

/** A stored card; pages may ask for its number once more. */
const storedCard = z.object({
  token: z.string().max(limits.nameLength),
  verification_value: text.nullish(),
  credit_card_number_confirmation: text.nullish(),
})

const request = z.object({
  order: z.object({ id: text }),
  payment: z.object({
    gateway: z.string().min(1),
    credit_card: card.nullish(),
    bigpay_token: storedCard.nullish(),
    vault_payment_instrument: z.boolean().nullish(),
    set_as_default_stored_instrument: z.boolean().nullish(),
  }),
})
type PaymentRequest = z.output<typeof request>

/**
 * The order's token. With a stored card the client sends its vault access token too, however old that is by then: the order's
 * says already who pays, so that one is not looked at. Source: @bigcommerce/checkout-sdk 1.983.2, executed.
 */
const orderToken = /^JWT\s+([^\s,]+)(?:\s*,\s*VAT\s+[^\s,]+)?$/i

/**
 * POST /api/public/v1/orders/payments: 200 `{"status":"ok"}` when the order is paid, by the token that came with it. What
 * the client says of amounts, items and addresses does not count: the order costs what it says itself. Repeating it for a
 * paid order charges nothing and answers the same. Errors are `{"status":"error","errors":[{code, message}]}`: 401 for a bad
 * token, 400 for a body without a card, for a declined one and for a stored card that is not of the order's customer, 404,
 * 409 when another order of the cart was paid. A card to be stored is, once it has paid; that it cannot be changes nothing.
 * Source: dialects/bigcommerce.md 3.8; @bigcommerce/bigpay-client payment-mapper.js.
 */
export async function postPublicPayment(wire: WireRequest, operations: Operations): Promise<WireResponse> {
  const channel = await channelOf(wire, operations)
  const token = orderToken.exec(wire.headers.authorization?.trim() ?? '')?.[1] ?? ''
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
  const paid = await operations.payByCard(payer, {
    id: order.id,
    method: body.value.payment.gateway,
    card: cardOf(body.value),
    placement: {
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

/** A card that the customer stored, or one whose data are here and which may be stored once it has paid. */
function cardOf(sent: PaymentRequest): CardToPayBy {
  const { bigpay_token: stored, vault_payment_instrument: keeps, set_as_default_stored_instrument } = sent.payment
  const isDefault = set_as_default_stored_instrument === true
  if (stored === undefined || stored === null) {
    return { kind: 'given', instrument: instrumentOf(sent), ...(keeps === true ? { keeps: { isDefault } } : {}) }
  }
  const { token, verification_value: securityCode, credit_card_number_confirmation: number } = stored
  return {
    kind: 'stored',
    token,
    makesDefault: isDefault,
    ...(securityCode === undefined || securityCode === null ? {} : { securityCode }),
    ...(number === undefined || number === null ? {} : { number }),
  }
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
