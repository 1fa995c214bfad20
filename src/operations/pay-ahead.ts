import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { Minor } from '../core/money.js'
import type { Order } from '../core/orders/order.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, Placed } from './operations.js'
import { placeOrder } from './place-order.js'
import { sendPayments } from './send-payments.js'

/** A payment that is sent before the shopper said to buy. */
export interface PayAhead {
  readonly cart: CartRef
  /** What the payment is to cover; another total is refused. */
  readonly expectedTotal: Minor
  /** Take the money instead of reserving it. */
  readonly capture: boolean
  readonly clientAddress: string
}

/**
 * Sends the chosen payments of a cart although nobody said yet to buy it: for keys that may move money. Behind them
 * stands a pending order that holds the goods and freezes the cart, so whatever is taken has an order, is counted once,
 * and goes back when the cart is changed, or is not bought by the deadline. `walkCheckout` ends it.
 *
 * @returns `cart_already_ordered` where that was done before, `cart_invalid` before the delivery is planned, and what `placeOrder` and `sendPayments` answer
 */
export async function payAhead(deps: Deps, caller: Caller, input: PayAhead): Answer<Placed> {
  if (!hasPermission(caller, 'payments:write')) return refuse({ code: 'forbidden', permission: 'payments:write' })
  const placed = await placeOrder(deps, caller, {
    cart: input.cart,
    placement: {
      requires: ['email', 'shipping_option', 'payment'],
      expectedTotal: input.expectedTotal,
      confirmsLater: true,
    },
    plan: desk => {
      const quoted = desk.quote({})
      if (!quoted.ok) return quoted
      const { problems } = quoted.value.cart
      // What is not planned to be sent is not paid for either: the delivery is part of what it costs.
      const unsent = problems.find(({ code }) => code === 'line_unassigned')
      if (unsent !== undefined) return refuse({ code: 'cart_invalid', problems: [unsent] })
      // Nothing to pay would be an order at once, and nobody asked for one.
      return quoted.value.cart.totals.amountDue > 0n ? ok({}) : refuse({ code: 'payment_missing' })
    },
  })
  if (!placed.ok) return placed
  return sendPayments(deps, caller, {
    id: placed.value.order.id,
    clientAddress: input.clientAddress,
    plan: order => ok({ instruments: instrumentsOf(order), capture: input.capture }),
  })
}

/** What the gateway kept of each chosen payment, by position. */
export function instrumentsOf({ snapshot }: Order): readonly { readonly token?: string }[] {
  return snapshot.cart.payments.map(({ token }) => (token === undefined ? {} : { token }))
}
