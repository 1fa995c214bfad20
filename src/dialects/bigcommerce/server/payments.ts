import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import type { Order } from '../../../core/orders/order.js'
import { amountsDue } from '../../../core/orders/tender.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Answer, Operations, OrderView, TenderForDraft } from '../../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../../dialect.js'
import type { Access } from '../auth.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { findOrder } from '../find-order.js'
import { parseInteger } from '../ids.js'
import { toInteger } from '../money.js'
import { readPaymentToken, writePaymentToken } from '../payment-token.js'
import { invalid, type Problem, problems } from '../problem.js'
import { storeCreditOf } from '../render/checkout.js'
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
  const { methods, tenders } = found.value
  return respondData([...tenders, ...methods.flatMap(method => methodOf(method, offersOffline))])
})

/** What can pay: ways of payment, and money that was paid earlier. */
interface Payable {
  readonly methods: readonly PaymentMethod[]
  readonly tenders: readonly object[]
}

/** Gift certificates always, and store credit of a customer who has some. Source: dialects/bigcommerce.md 3.6.1. */
async function tendersOf(
  { caller }: ServerRequest,
  { owner, currency }: Pick<Order, 'owner' | 'currency'>,
  operations: Operations,
): Promise<readonly object[]> {
  const tender = (type: string, name: string) => ({
    ...{ id: `bigcommerce.${type}`, name, test_mode: false, type },
    ...{ supported_instruments: [], stored_instruments: [] },
  })
  const certificate = tender('gift_certificate', 'Gift Certificate')
  if (owner.kind !== 'member') return [certificate]
  const customer = await operations.readCustomer(caller, { id: owner.customerId })
  const hasCredit = customer.ok && storeCreditOf(customer.value, currency) > 0n
  return hasCredit ? [certificate, tender('store_credit', 'Store Credit')] : [certificate]
}

/** Methods that the cart can be paid with now, also where it is an order already. */
async function cartToPay(request: ServerRequest, operations: Operations): Promise<Result<Payable, Problem>> {
  const { query } = request.wire
  const orderId = query.get('order_id')
  const checkoutId = query.get('checkout_id')
  if (orderId === null && checkoutId === null) return refuse(invalid({ order_id: 'required' }))
  if (orderId === null) {
    const cart = cartRef(checkoutId ?? '')
    const view = cart === undefined ? refuse(problems.cartNotFound) : await readOpenCart(request, cart, operations)
    if (!view.ok) return view
    const { cart: open, paymentMethods: methods } = view.value.cart
    return ok({ methods, tenders: await tendersOf(request, open, operations) })
  }
  const order = await readDraft(request, parseInteger(orderId), operations)
  if (!order.ok) return order
  const view = await readOpenCart(request, { key: { id: order.value.order.cartId } }, operations)
  const tenders = await tendersOf(request, order.value.order, operations)
  return ok({ methods: view.ok ? view.value.cart.paymentMethods : [], tenders })
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
const certificateSchema = z.object({
  type: z.literal('gift_certificate'),
  gift_certificate_code: z.string().trim().min(1).max(50),
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
 * POST /stores/:storeHash/payments: pays an order by its token, 201. A decline leaves the order incomplete. A gift certificate
 * or store credit pays what it can: what remains is for the next payment, and is not taken before that (`pending`). 401 for a
 * bad token, 409 for an order that was paid already, 429 for who guesses codes. Not covered: stored instruments.
 * Source: dialects/bigcommerce.md 3.6.3.
 */
export const postPayment: Handler = async (wire, operations) => {
  const grant = await readPaymentToken(wire.headers.authorization ?? '', operations)
  const { storeHash, offlinePayments } = settingsOf(await channelOf(wire, operations))
  const isOwn = grant?.storeHash === wire.params.storeHash && grant?.storeHash === storeHash
  if (grant === undefined || !isOwn) return respondPaymentProblem({ ...problems.unauthorized, paymentCode: 30_107 })
  const body = readBody(wire, payment)
  if (!body.ok) return respondPaymentProblem({ ...body.error, paymentCode: 10_001 })
  const read = await findOrder(payer, grant.orderId, operations)
  if (!read.ok) return respondPaymentProblem(problemOf({ code: 'order_not_found' }))
  const { order } = read.value
  if (!amountsDue(order).map(toInteger).includes(grant.amount) || order.currency !== grant.currency) {
    return respondPaymentProblem({
      ...problems.conflict,
      sentence: 'The order costs another amount.',
      paymentCode: 30_004,
    })
  }
  const chosen = chosenPayment(body.value.payment, offlinePayments)
  if (!chosen.ok) return respondPaymentProblem(chosen.error)
  const paid = await payBy(chosen.value, order, wire, operations)
  return paid.ok ? respondPaid(paid.value) : respondPaymentProblem(problemOf(paid.error))
}

/** Whoever holds a token may pay for the order that it names. */
const payer = { kind: 'key', keyId: 'payment', permissions: ['orders:read', 'orders:place', 'carts:read'] } as const

function payBy(chosen: Chosen, order: Order, wire: WireRequest, operations: Operations): Answer<OrderView> {
  const { clientAddress } = wire
  if ('tender' in chosen)
    return operations.tenderForDraft(payer, { id: order.id, tender: chosen.tender, clientAddress })
  return operations.placeDraft(payer, {
    id: order.id,
    placement: {
      payments: order.amountDue === 0n ? [] : [{ method: chosen.method }],
      instruments: [chosen.instrument],
      clientAddress,
      capture: true,
    },
  })
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

type Chosen =
  | { readonly method: string; readonly instrument: Readonly<Record<string, Json>> }
  | { readonly tender: TenderForDraft['tender'] }

function chosenPayment({ payment_method_id: id, instrument }: Wanted, offersOffline: boolean): Result<Chosen, Problem> {
  if (id.startsWith('offline.') && offersOffline) return ok({ method: id.slice('offline.'.length), instrument: {} })
  if (id === 'bigcommerce.store_credit') return ok({ tender: 'store_credit' })
  if (id === 'bigcommerce.gift_certificate') {
    const certificate = certificateSchema.safeParse(instrument)
    if (certificate.success) return ok({ tender: { giftCardCode: certificate.data.gift_certificate_code } })
    return refuse({ ...invalid({ 'payment.instrument.gift_certificate_code': 'required' }), paymentCode: 10_001 })
  }
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
