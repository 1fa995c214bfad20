import { z } from 'zod'
import type { CartOwner } from '../../../core/access/caller.js'
import type { Order } from '../../../core/orders/order.js'
import { amountsDue } from '../../../core/orders/tender.js'
import type { StoredCard } from '../../../core/payments/stored-card.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Answer, Operations, OrderView, PaidByCard } from '../../../operations/operations.js'
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
import { serverStoredCard } from '../render/stored-card.js'
import { respondData, respondPaymentProblem } from '../respond.js'
import { channelOf, readOpenCart, type ServerRequest, serverEndpoint } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { cardsOf, cardsOfMethod } from '../stored-cards.js'
import { cartRef } from './cart-access.js'
import { type ChosenPayment, chosenPayment, paymentSchema } from './chosen-payment.js'

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
  const { methods, tenders, owner } = found.value
  const cards = await cardsOf(cardReader, owner, request.channel.id, methods, operations)
  return respondData([...tenders, ...methods.flatMap(method => methodOf(method, cards, offersOffline))])
})

/** Whoever may ask what pays may see the cards that do; see `readsMethods`. */
const cardReader = { kind: 'key', keyId: 'payment methods', permissions: ['customers:read'] } as const

/** What can pay: ways of payment, and money that was paid earlier. */
interface Payable {
  readonly owner: CartOwner
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
    return ok({ owner: open.owner, methods, tenders: await tendersOf(request, open, operations) })
  }
  const order = await readDraft(request, parseInteger(orderId), operations)
  if (!order.ok) return order
  const view = await readOpenCart(request, { key: { id: order.value.order.cartId } }, operations)
  const tenders = await tendersOf(request, order.value.order, operations)
  const { owner } = order.value.order
  return ok({ owner, methods: view.ok ? view.value.cart.paymentMethods : [], tenders })
}

function methodOf(method: PaymentMethod, cards: readonly StoredCard[], offersOffline: boolean): readonly object[] {
  const { name } = method
  if (method.kind === 'card') {
    const brands = cardBrands.map(instrument_type => ({ instrument_type, verification_value_required: true }))
    const { storedCards } = method
    const stored =
      storedCards === undefined
        ? []
        : [{ instrument_type: 'STORED_CARD', verification_value_required: storedCards.requiresSecurityCode }]
    return [
      {
        id: `${method.id}.card`,
        name,
        test_mode: method.provider === 'sandbox',
        type: 'card',
        supported_instruments: [...brands, ...stored],
        stored_instruments: cardsOfMethod(cards, method).map(serverStoredCard),
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

/**
 * POST /stores/:storeHash/payments: pays an order by its token, 201. A decline leaves the order incomplete. A gift certificate
 * or store credit pays what it can: what remains is for the next payment, and is not taken before that (`pending`). 401 for a
 * bad token, 409 for an order that was paid already, 422 for store credit of nobody with an account, 429 for who guesses codes.
 * A card is stored (`save_instrument`) once it has paid, for customers; where that cannot be, `meta` says 30050 and the order is
 * paid all the same. A stored card pays for its customer's orders alone (30051), until it expires (30103). Not covered: stored
 * accounts, cards that others made tokens of.
 * Source: dialects/bigcommerce.md 3.6.3.
 */
export const postPayment: Handler = async (wire, operations) => {
  const grant = await readPaymentToken(wire.headers.authorization ?? '', operations)
  const { storeHash, offlinePayments } = settingsOf(await channelOf(wire, operations))
  const isOwn = grant?.storeHash === wire.params.storeHash && grant?.storeHash === storeHash
  if (grant === undefined || !isOwn) return respondPaymentProblem({ ...problems.unauthorized, paymentCode: 30_107 })
  const body = readBody(wire, paymentSchema)
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
  if (paid.ok) return respondPaid(paid.value)
  return respondPaymentProblem(
    paid.error.code === 'sign_in_required' ? problems.customerMissing : problemOf(paid.error),
  )
}

/** Whoever holds a token may pay for the order that it names. */
const payer = { kind: 'key', keyId: 'payment', permissions: ['orders:read', 'orders:place', 'carts:read'] } as const

type Paid = OrderView & Pick<PaidByCard, 'keeping'>

function payBy(chosen: ChosenPayment, order: Order, wire: WireRequest, operations: Operations): Answer<Paid> {
  const { clientAddress } = wire
  const { id } = order
  if ('tender' in chosen) return operations.tenderForDraft(payer, { id, tender: chosen.tender, clientAddress })
  const { method } = chosen
  const placement = { clientAddress, capture: true }
  if ('card' in chosen && order.amountDue > 0n) {
    return operations.payByCard(payer, { id, method, card: chosen.card, placement })
  }
  const payments = order.amountDue === 0n ? [] : [{ method }]
  return operations.placeDraft(payer, { id, placement: { ...placement, payments, instruments: [{}] } })
}

/** Told beside the payment, which stands: the platform has a code for it, but no answer of a payment that succeeded. (ours) */
const keepings = {
  kept: { stored_instrument: { status: 'saved' } },
  not_kept: { stored_instrument: { status: 'not_saved', code: 30_050 } },
} as const

function respondPaid({ payments, order, keeping }: Paid): WireResponse {
  const [attempt] = payments.filter(one => one.state !== 'failed')
  const isCaptured = attempt?.state === 'captured'
  return respondData(
    {
      id: attempt?.id ?? order.id,
      transaction_type: isCaptured ? 'purchase' : 'authorization',
      status: order.status === 'confirmed' ? 'success' : 'pending',
    },
    201,
    keeping === undefined ? {} : keepings[keeping],
  )
}
