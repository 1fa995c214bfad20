import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import type { Handler, WireResponse } from '../../dialect.js'
import type { Access } from '../auth.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { findOrder } from '../find-order.js'
import { parseInteger } from '../ids.js'
import { toInteger } from '../money.js'
import { readPaymentToken, writePaymentToken } from '../payment-token.js'
import { invalid, type Problem, problems } from '../problem.js'
import { respondData, respondPaymentProblem } from '../respond.js'
import { channelOf, readOpenCart, type ServerRequest, serverEndpoint } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { cartRef } from './cart-access.js'

const readsMethods: Access = { scope: 'store_payments_methods_read', right: 'modify' }
const createsTokens: Access = { scope: 'store_payments_access_token_create', right: 'modify' }

const cardBrands = ['VISA', 'MASTERCARD', 'DISCOVER', 'AMEX', 'DINERS_CLUB', 'JCB', 'MAESTRO']

/**
 * GET /payments/methods?order_id= or ?checkout_id=: what can pay. Offline methods are an extension of ours, marked by their
 * id and type. 422 without either, 404 for an unknown one.
 */
export const getPaymentMethods = serverEndpoint(readsMethods, async (request, operations) => {
  const found = await cartToPay(request, operations)
  if (!found.ok) return respondPaymentProblem(found.error)
  const offersOffline = request.settings.offlinePayments
  return respondData(found.value.flatMap(method => methodOf(method, offersOffline)))
})

/** Methods that the cart can be paid with now, also where it is an order already. */
async function cartToPay(
  request: ServerRequest,
  operations: Operations,
): Promise<Result<readonly PaymentMethod[], Problem>> {
  const { query } = request.wire
  const orderId = query.get('order_id')
  const checkoutId = query.get('checkout_id')
  if (orderId === null && checkoutId === null) return refuse(invalid({ order_id: 'required' }))
  if (orderId === null) {
    const cart = cartRef(checkoutId ?? '')
    const view = cart === undefined ? refuse(problems.cartNotFound) : await readOpenCart(request, cart, operations)
    return view.ok ? ok(view.value.cart.paymentMethods) : view
  }
  const order = await readDraft(request, parseInteger(orderId), operations)
  if (!order.ok) return order
  const view = await readOpenCart(request, { key: { id: order.value.order.cartId } }, operations)
  return ok(view.ok ? view.value.cart.paymentMethods : [])
}

function methodOf(method: PaymentMethod, offersOffline: boolean): readonly object[] {
  const { name } = method
  if (method.kind === 'card') {
    const supported_instruments = cardBrands.map(instrument_type => ({
      instrument_type,
      verification_value_required: true,
    }))
    return [
      {
        id: `${method.id}.card`,
        name,
        test_mode: method.provider === 'sandbox',
        type: 'card',
        supported_instruments,
        stored_instruments: [],
      },
    ]
  }
  if (!offersOffline || method.provider !== 'manual') return []
  const id = `offline.${method.id}`
  return [{ id, name, test_mode: false, type: 'offline', supported_instruments: [], stored_instruments: [] }]
}

const tokenRequest = z.object({ order: z.object({ id: z.int().min(1), is_recurring: z.boolean().nullish() }) })

/**
 * POST /payments/access_tokens: 201 with a token that pays this order, what it costs, for an hour. 404 (30003) for an unknown
 * order, 409 (30101) for one that was paid or canceled.
 */
export const postPaymentToken = serverEndpoint(createsTokens, async (request, operations) => {
  const body = readBody(request.wire, tokenRequest)
  if (!body.ok) return respondPaymentProblem(body.error)
  const draft = await readDraft(request, body.value.order.id, operations)
  if (!draft.ok) return respondPaymentProblem(draft.error)
  const { order } = draft.value
  const { storeHash, storeId } = request.settings
  const grant = {
    storeHash,
    storeId,
    orderId: body.value.order.id,
    amount: toInteger(order.amountDue),
    currency: order.currency,
  }
  return respondData({ id: await writePaymentToken(grant, operations) }, 201)
})

/** An order that can be paid. */
async function readDraft(
  { caller }: Pick<ServerRequest, 'caller'>,
  id: number | undefined,
  operations: Operations,
): Promise<Result<OrderView, Problem>> {
  const read = await findOrder(caller, id ?? 0, operations)
  if (!read.ok) return refuse({ ...problemOf({ code: 'order_not_found' }), sentence: 'The order was not found.' })
  const { status } = read.value.order
  return status === 'incomplete' ? read : refuse(problemOf({ code: 'order_state', status }))
}

const cardSchema = z.object({
  type: z.literal('card'),
  number: z.string(),
  cardholder_name: z.string().nullish(),
  expiry_month: z.int().min(1).max(12),
  expiry_year: z.int(),
  verification_value: z.string().nullish(),
})
const payment = z.object({
  payment: z.object({
    payment_method_id: z.string(),
    instrument: z.union([cardSchema, z.looseObject({ type: z.string() })]).nullish(),
    save_instrument: z.boolean().nullish(),
  }),
})
type Wanted = z.output<typeof payment>['payment']

/**
 * POST /stores/:storeHash/payments: pays an order by its token, 201. A decline leaves the order incomplete. 401 for a bad
 * token, 409 for an order that was paid already. Not covered: stored instruments, gift certificates and store credit as
 * payments of their own. Source: dialects/bigcommerce.md 3.6.3.
 */
export const postPayment: Handler = async (wire, operations) => {
  const grant = await readPaymentToken(wire.headers.authorization ?? '', operations)
  const { storeHash, offlinePayments } = settingsOf(await channelOf(wire, operations))
  const isOwn = grant?.storeHash === wire.params.storeHash && grant?.storeHash === storeHash
  if (grant === undefined || !isOwn) return respondPaymentProblem({ ...problems.unauthorized, paymentCode: 30_107 })
  const body = readBody(wire, payment)
  if (!body.ok) return respondPaymentProblem({ ...body.error, paymentCode: 10_001 })
  const caller = { kind: 'key', keyId: 'payment', permissions: ['orders:read', 'orders:place', 'carts:read'] } as const
  const read = await findOrder(caller, grant.orderId, operations)
  if (!read.ok) return respondPaymentProblem(problemOf({ code: 'order_not_found' }))
  const { order } = read.value
  if (toInteger(order.amountDue) !== grant.amount || order.currency !== grant.currency) {
    return respondPaymentProblem({
      ...problems.conflict,
      sentence: 'The order costs another amount.',
      paymentCode: 30_004,
    })
  }
  const chosen = chosenPayment(body.value.payment, offlinePayments)
  if (!chosen.ok) return respondPaymentProblem(chosen.error)
  const placed = await operations.placeDraft(caller, {
    id: order.id,
    placement: {
      payments: grant.amount === 0 ? [] : [{ method: chosen.value.method }],
      instruments: [chosen.value.instrument],
      clientAddress: wire.clientAddress,
      capture: true,
    },
  })
  return placed.ok ? respondPaid(placed.value) : respondPaymentProblem(problemOf(placed.error))
}

function respondPaid({ payments, order }: OrderView): WireResponse {
  const [attempt] = payments.filter(one => one.state !== 'failed')
  const isCaptured = attempt?.state === 'captured'
  return respondData(
    {
      id: attempt?.id ?? order.id,
      transaction_type: isCaptured ? 'purchase' : 'authorization',
      status: order.status === 'confirmed' ? 'success' : 'pending',
    },
    201,
  )
}

interface Chosen {
  readonly method: string
  readonly instrument: Readonly<Record<string, Json>>
}

function chosenPayment({ payment_method_id: id, instrument }: Wanted, offersOffline: boolean): Result<Chosen, Problem> {
  if (id.startsWith('offline.') && offersOffline) return ok({ method: id.slice('offline.'.length), instrument: {} })
  if (!id.endsWith('.card')) return refuse(problemOf({ code: 'payment_method_unknown', method: id }))
  const card = cardSchema.safeParse(instrument)
  if (!card.success) return refuse({ ...invalid({ 'payment.instrument': 'must be a card' }), paymentCode: 10_001 })
  const { number, cardholder_name, expiry_month, expiry_year, verification_value } = card.data
  return ok({
    method: id.slice(0, -'.card'.length),
    instrument: {
      number,
      expiryMonth: expiry_month,
      expiryYear: expiry_year,
      ...(typeof cardholder_name === 'string' ? { holder: cardholder_name } : {}),
      ...(typeof verification_value === 'string' ? { securityCode: verification_value } : {}),
    },
  })
}
