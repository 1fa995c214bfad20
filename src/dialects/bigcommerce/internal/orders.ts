import { z } from 'zod'
import type { CheckoutError } from '../../../core/errors.js'
import { refuse } from '../../../core/result.js'
import type { Answer, CartRef, CartView, Operations, OrderView } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { dropRefusedCodes } from '../drop-codes.js'
import { problemOf } from '../errors.js'
import { parseUuid } from '../ids.js'
import { toInteger } from '../money.js'
import { writePaymentToken } from '../payment-token.js'
import { type Problem, problems } from '../problem.js'
import { internalOrder } from '../render/internal-order.js'
import { settingsOf } from '../settings.js'
import { type ShopperAnswer, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { ownOrderContext, readOwnOrder } from '../storefront/own-order.js'

const submission = z.object({
  cartId: z.string().nullish(),
  customerMessage: z.string().max(2000).nullish(),
  useStoreCredit: z.boolean().nullish(),
  payment: z.object({ name: z.string().min(1) }).nullish(),
})

/**
 * POST /internalapi/v1/checkout/order: 201 with the order. With an offline method, and where nothing is left to pay, the
 * order is placed and the cart is gone; the same again answers the same order. Without a method it is an incomplete order
 * that the header `token` allows to pay for, and the cart stays until that succeeds.
 * Errors: 400 `empty_cart`, `missing_shipping_method`, `invalid_shipping_address`, `invalid_payment_provider`; 404; 409
 * `stock_too_low`, `invalid_order_id` when the cart was ordered otherwise. Source: dialects/bigcommerce.md 3.7.6, 5.1.
 */
export const postOrder = shopperEndpoint('internal', async (request, operations) => {
  const body = readBody(request.wire, submission)
  if (!body.ok) return { problem: body.error }
  const { session, channel } = request
  const id = typeof body.value.cartId === 'string' ? parseUuid(body.value.cartId) : undefined
  if (session === undefined) return { problem: absent(body.value.cartId) }
  if (!settingsOf(channel).allowPurchasing) return { problem: problems.catalogOnly }
  if (typeof body.value.cartId === 'string' && id === undefined) return { problem: absent(body.value.cartId) }
  const cart: CartRef = id === undefined ? { own: channel.id } : { key: { id } }
  const made = await makeOrder(request, operations, cart, body.value)
  if (!made.ok) {
    await dropRefusedCodes(request.caller, cart, made.error, operations)
    return { problem: problemFor(made.error, body.value.cartId) }
  }
  return answerOrder(request, made.value, operations, 201)
})

/**
 * POST /internalapi/v1/checkout/order/:orderId: 200 with the order, after a shopper came back from a gateway's page. 404
 * for others' orders, 409 `order_could_not_be_finalized_error` while it is not paid. Source: dialects/bigcommerce.md 3.7.6.
 */
export const postOrderFinalization = shopperEndpoint('internal', async (request, operations) => {
  const read = await readOwnOrder(request, operations)
  if (!read.ok) return { problem: { ...problemOf(read.error), kind: 'invalid_order_id' } }
  if (read.value.order.status !== 'confirmed') {
    const sentence = 'The order is not paid yet.'
    return { problem: { status: 409, sentence, code: 'order_state', kind: 'order_could_not_be_finalized_error' } }
  }
  return answerOrder(request, read.value, operations, 200)
})

/** Offline methods and nothing due: placed at once. Else a record of the cart as it is, to be paid for. */
async function makeOrder(
  request: ShopperRequest,
  operations: Operations,
  cart: CartRef,
  body: z.output<typeof submission>,
): Answer<OrderView> {
  const { caller, wire } = request
  const read = await cartToOrder(request, operations, cart, body.useStoreCredit ?? undefined)
  if (!read.ok) return refuse(read.error)
  const method = methodOf(read.value, body.payment?.name)
  const note = noteOf(read.value, body.customerMessage ?? undefined)
  const isNothingDue = read.value.cart.totals.amountDue === 0n
  if (isNothingDue || method === 'offline' || read.value.cart.cart.status === 'closed') {
    const payments = isNothingDue || body.payment == null ? [] : [{ method: body.payment.name }]
    return operations.placeOrder(caller, {
      cart: { key: { id: read.value.cart.cart.id } },
      placement: {
        payments,
        requires: [...orderRequirements, 'payment'],
        idempotencyKey: submissionKey,
        clientAddress: wire.clientAddress,
        ...note,
      },
    })
  }
  if (method === 'unknown') return refuse({ code: 'payment_method_unknown', method: body.payment?.name ?? '' })
  if (Object.keys(note).length > 0) {
    const changed = await operations.changeCheckout(caller, { cart, changes: note })
    if (!changed.ok) return changed
  }
  return operations.draftOrder(caller, { cart: { key: { id: read.value.cart.cart.id } }, requires: orderRequirements })
}

/**
 * The session's cart as it shall be ordered: with store credit or without, where the submission says so. Asking for what
 * nobody has changes nothing: the order costs what the checkout says.
 */
async function cartToOrder(
  { caller }: ShopperRequest,
  operations: Operations,
  cart: CartRef,
  uses: boolean | undefined,
): Answer<CartView> {
  const read = await operations.readCart(caller, cart)
  if (!read.ok || uses === undefined) return read
  const { cart: stored } = read.value.cart
  if (stored.status !== 'open' || uses === (stored.usesStoreCredit === true)) return read
  const changed = await operations.useStoreCredit(caller, { cart, uses })
  return !changed.ok && withoutCredit.has(changed.error.code) ? read : changed
}

const withoutCredit: ReadonlySet<string> = new Set(['sign_in_required', 'store_credit_empty', 'gift_card_not_allowed'])

/** What must be there before an order is made. Source: dialects/bigcommerce.md 3.2 (orders), 5.12. */
const orderRequirements = ['complete_addresses', 'shipping_option'] as const

/** A click that comes twice is one submission: of one purchase there is one order. */
const submissionKey = 'bigcommerce checkout'

type MethodKind = 'offline' | 'later' | 'unknown'

/** How the method is paid: out of our sight, or by data that come later; likewise where none is named. */
function methodOf({ cart }: CartView, name: string | undefined): MethodKind {
  if (name === undefined) return 'later'
  const method = cart.paymentMethods.find(each => each.id === name)
  if (method === undefined) return 'unknown'
  return method.provider === 'manual' ? 'offline' : 'later'
}

/** A message that comes along; an empty one takes none away. */
function noteOf({ cart }: CartView, message: string | undefined): { readonly customerNote?: string } {
  const isNews = message !== undefined && message !== '' && message !== cart.cart.customerNote
  return isNews ? { customerNote: message } : {}
}

/** A cart that is not there: the session's own was emptied or ordered; one that was named is not the session's. */
function absent(cartId: string | null | undefined): Problem {
  return typeof cartId === 'string' ? problems.cartNotFound : problems.emptyCart
}

function problemFor(error: CheckoutError, cartId: string | null | undefined): Problem {
  return error.code === 'cart_not_found' ? absent(cartId) : problemOf(error)
}

async function answerOrder(
  request: ShopperRequest,
  view: OrderView,
  operations: Operations,
  status: number,
): Promise<ShopperAnswer> {
  const context = await ownOrderContext(request, view, operations)
  const order = internalOrder(context)
  const { storeHash, storeId } = context.settings
  const grant = { storeHash, storeId, orderId: context.orderId, amount: toInteger(view.order.amountDue) }
  const token = await writePaymentToken({ ...grant, currency: view.order.currency }, operations)
  return { status, body: { data: { order }, meta: { deviceFingerprint: null } }, headers: { token: `JWT ${token}` } }
}
