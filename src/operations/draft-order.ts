import type { Caller } from '../core/access/caller.js'
import type { Json } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { asDraft } from '../core/orders/new-order.js'
import type { Order } from '../core/orders/order.js'
import { ok, refuse } from '../core/result.js'
import { frozenFault, pause, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { readMember } from './member-of.js'
import type { Answer, CartRef, OrderView, Placement } from './operations.js'
import { planOrder } from './plan-order.js'
import { pricePlacement } from './price-placement.js'
import { orderEvent } from './settle-order.js'

/** What becomes a draft. */
export interface DraftOrder {
  readonly cart: CartRef
  readonly requires?: Placement['requires']
  /** What only one dialect knows of the order, kept with it under that dialect's name; needs no more than placing does. */
  readonly note?: { readonly dialect: string; readonly of: (order: Order) => Json }
}

/** Writes an order of status `incomplete`: a frozen copy of the cart that holds nothing; see `Operations.draftOrder`. */
export async function draftOrder(deps: Deps, caller: Caller, input: DraftOrder): Answer<OrderView> {
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
    const order = noted(asDraft(plan.order), input.note)
    const events = [orderEvent(order)]
    const outcome = await deps.storage.orders.prepare({ order, number: plan.counting, payments: [], events })
    if (outcome.kind === 'placed') return ok({ order: outcome.order, payments: [], channel: ready.value.channel })
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}

function noted(order: Order, note: DraftOrder['note']): Order {
  return note === undefined ? order : { ...order, extras: { ...order.extras, [note.dialect]: note.of(order) } }
}
