import { refuse } from '../../../core/result.js'
import type { Answer, Operations, OrderView } from '../../../operations/operations.js'
import { findOrder } from '../find-order.js'
import { parseInteger } from '../ids.js'
import { readInclude } from '../render/context.js'
import { type OrderContext, orderContext } from '../render/order.js'
import { contextOf } from '../server-request.js'
import { callerOf } from '../session.js'
import type { ShopperRequest } from '../shopper-endpoint.js'

/**
 * The order that the path names, where this session placed it, or the customer who is signed in; also what the browser's
 * guest ordered before signing in. Anybody else is told that there is none, so that nobody learns of numbers by trying.
 */
export async function readOwnOrder(request: ShopperRequest, operations: Operations): Answer<OrderView> {
  const { wire, session, channel, caller } = request
  const number = parseInteger(wire.params.orderId ?? '')
  if (number === undefined || session === undefined) return refuse({ code: 'order_not_found' })
  const own = await findOrder(caller, number, operations)
  const isGuestToo = !own.ok && session.customerId !== undefined
  const read = isGuestToo ? await findOrder(guestCaller(session), number, operations) : own
  return read.ok && read.value.order.channel !== channel.id ? refuse({ code: 'order_not_found' }) : read
}

function guestCaller({ guestKey }: { readonly guestKey: string }) {
  return callerOf({ guestKey })
}

/** What the rendering of an order looks at: the cart that was frozen with it, and whose it is. */
export async function ownOrderContext(
  { wire, caller }: Pick<ShopperRequest, 'wire' | 'caller'>,
  view: OrderView,
  operations: Operations,
): Promise<OrderContext> {
  const { order, channel } = view
  const { customer } = await contextOf({ wire, caller }, { cart: order.snapshot, channel }, operations)
  return orderContext(view, { customer, baseUrl: wire.baseUrl, include: readInclude(wire.query) })
}
