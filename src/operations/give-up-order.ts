import type { CheckoutError } from '../core/errors.js'
import type { OrderId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { canceledOrder } from '../core/orders/cancel-order.js'
import type { Order } from '../core/orders/order.js'
import { givenUp, reopenedCart } from '../core/orders/settle-order.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { OrderState } from '../storage/storage.js'
import { cartEvent } from './change-cart.js'
import type { Deps } from './deps.js'
import { returnMoneyOfOrder } from './return-money-of-order.js'
import { readState, waitingCart } from './settle-order.js'

/**
 * Cancels an order that is not fulfilled, whoever asks: stock, coupon uses and gift card amounts go back, money is
 * returned, and the cart that was frozen for it is open again. Repeating it changes nothing.
 *
 * @param isMeant  whether the order, as it is by then, is still one to give up; else `order_state`
 * @returns `order_state` once goods were sent, `busy` when too many others change it
 */
export async function giveUpOrder(
  deps: Deps,
  { id }: { readonly id: OrderId },
  reason: string,
  isMeant: (order: Order) => boolean = () => true,
): Promise<Result<OrderState, CheckoutError>> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const { order, payments } = await readState(deps, id)
    if (order.status === 'canceled') return ok({ order, payments })
    if (!isMeant(order)) return refuse({ code: 'order_state', status: order.status })
    const now = deps.clock()
    const decided = canceledOrder(order, reason, now)
    if (!decided.ok) return decided
    const canceled = decided.value
    const after = givenUp(payments, now)
    const cart = order.status === 'pending' ? await waitingCart(deps, canceled) : undefined
    const reopened = cart === undefined ? undefined : reopenedCart(cart, canceled, now)
    const saved = await deps.storage.orders.settle({
      order: canceled,
      since: order.version,
      payments: after.filter((payment, index) => payment !== payments[index]),
      holds: 'release',
      ...(cart === undefined || reopened === undefined ? {} : { cart: { cart: reopened, since: cart.version } }),
      events: [
        { type: 'order.canceled', subject: order.id, data: { orderId: order.id, number: order.number } },
        ...(reopened === undefined ? [] : [cartEvent('cart.opened', reopened)]),
      ],
    })
    if (saved === 'saved') return ok(await returnMoneyOfOrder(deps, { order: canceled, payments: after }))
  }
  return refuse({ code: 'busy' })
}
