import type { Cart } from '../core/cart/cart.js'
import type { Channel } from '../core/catalog/channel.js'
import type { CheckoutError } from '../core/errors.js'
import type { Order } from '../core/orders/order.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { isStoreCredit } from '../core/pricing/store-credit.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { PrepareOutcome } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Placed, Placement } from './operations.js'
import { type PayingOptions, payOrder } from './pay-order.js'

/** How the payments of a placement are asked for. */
export function payingOptions(deps: Deps, channel: Channel, placement: Partial<Placement>): PayingOptions {
  return {
    instruments: placement.instruments ?? [],
    returnUrl: placement.returnUrl ?? channel.urls.return ?? deps.baseUrl,
    capture: placement.capture ?? false,
  }
}

/** *pay* and *finalize* of an order that was just prepared, unless that is over already or has to wait. */
export async function payPrepared(
  deps: Deps,
  placed: Extract<PrepareOutcome, { readonly kind: 'placed' }>,
  cart: Cart | undefined,
  channel: Channel,
  paying: PayingOptions,
): Promise<Result<Placed, CheckoutError>> {
  const { order, payments } = placed
  if (order.status === 'confirmed' || order.confirmsLater === true) {
    return ok({ order, payments, channel, redirectUrl: null, isRepeat: false })
  }
  const paid = await payOrder(deps, { order, payments, cart }, paying)
  if (isGivenUp(paid.order)) return declined(paid.order)
  return standing({ ...paid, channel, isRepeat: false })
}

/** An order that stands, as its buyer is told; `payment_unknown` while nobody knows whether its payment was heard. */
export function standing(placed: Omit<Placed, 'redirectUrl'>): Result<Placed, CheckoutError> {
  const { order, payments } = placed
  const isOpen = payments.some(payment => payment.state === 'unknown' || payment.state === 'created')
  if (order.status === 'pending' && isOpen && order.confirmsLater !== true) {
    return refuse({ code: 'payment_unknown', orderId: order.id, orderNumber: order.number })
  }
  return ok({ ...placed, redirectUrl: redirectOf(order, payments) })
}

/** An order that was given up since its payment failed. */
export function declined(order: Order): Result<Placed, CheckoutError> {
  return refuse({ code: 'payment_declined', reason: order.cancelReason ?? 'declined' })
}

/** Where the shopper must go; null once nothing is left to do. */
export function redirectOf(order: Order, payments: Placed['payments']): string | null {
  if (order.status !== 'pending') return null
  return payments.find(payment => payment.state === 'requires_action')?.redirectUrl ?? null
}

/** An order of this purchase stands. The same idempotency key gets it again; everyone else is told. */
export async function repeated(
  deps: Deps,
  order: Order,
  placement: Pick<Placement, 'idempotencyKey'>,
): Promise<Result<Placed, CheckoutError>> {
  const isSameKey = placement.idempotencyKey !== undefined && order.extras.idempotencyKey === placement.idempotencyKey
  if (!isSameKey) return refuse(alreadyOrderedAs(order))
  return asItStands(deps, order)
}

/** The refusal that names the order of this purchase. */
export function alreadyOrderedAs(order: Order): CheckoutError {
  const pending = order.status === 'pending' ? { isPending: true as const } : {}
  return { code: 'cart_already_ordered', orderId: order.id, orderNumber: order.number, ...pending }
}

/** The order with what became of its payments. */
export async function asItStands(deps: Deps, order: Order): Promise<Result<Placed, CheckoutError>> {
  const [payments, channel] = await Promise.all([
    deps.storage.payments.ofOrder(order.id),
    deps.facts.channel(order.channel),
  ])
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  return standing({ order, payments, channel, isRepeat: true })
}

/** Why *prepare* wrote nothing, in the caller's terms. */
export function notPrepared(
  outcome: Exclude<PrepareOutcome, { readonly kind: 'placed' | 'lost' | 'already_ordered' }>,
  priced: Pick<PricedCart, 'lines'>,
): CheckoutError {
  switch (outcome.kind) {
    case 'insufficient_stock': {
      const { sku, available } = outcome
      const name = priced.lines.find(line => line.item.sku === sku)?.name ?? sku
      return { code: 'insufficient_stock', sku, name, available }
    }
    case 'coupon_used_up':
      // No code: an automatic promotion went to somebody faster; whoever looks again sees the price without it.
      return outcome.code === '' ? { code: 'busy' } : { code: 'coupon_used_up', couponCode: outcome.code }
    case 'gift_card_short':
      return isStoreCredit(outcome.code)
        ? { code: 'store_credit_empty' }
        : { code: 'gift_card_empty', giftCardCode: outcome.code }
  }
}
