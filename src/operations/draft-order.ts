import type { Caller } from '../core/access/caller.js'
import { limits } from '../core/limits.js'
import { asDraft } from '../core/orders/new-order.js'
import { ok, refuse } from '../core/result.js'
import { frozenFault, pause, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { readMember } from './member-of.js'
import type { Answer, CartRef, OrderView, Placement } from './operations.js'
import { planOrder } from './plan-order.js'
import { pricePlacement } from './price-placement.js'
import { orderEvent } from './settle-order.js'

/** Writes an order of status `incomplete`: a frozen copy of the cart that holds nothing; see `Operations.draftOrder`. */
export async function draftOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly requires?: Placement['requires'] },
): Answer<OrderView> {
  const placement: Placement = input.requires === undefined ? {} : { requires: input.requires }
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const reached = await reachCart(deps, caller, input.cart, 'orders:place')
    if (!reached.ok) return reached
    if (reached.value.since === undefined) return refuse({ code: 'cart_empty' })
    const frozen = frozenFault(reached.value.cart)
    if (frozen !== undefined) return refuse(frozen)
    const customer = await readMember(deps, caller)
    const ready = await pricePlacement(deps, reached.value, { placement }, { customer, stock: true })
    if (ready === 'lost') continue
    if (!ready.ok) return ready
    const plan = planOrder(deps, ready.value, customer, placement)
    const order = asDraft(plan.order)
    const events = [orderEvent(order)]
    const outcome = await deps.storage.orders.prepare({ order, number: plan.counting, payments: [], events })
    if (outcome.kind === 'placed') return ok({ order: outcome.order, payments: [], channel: ready.value.channel })
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}
