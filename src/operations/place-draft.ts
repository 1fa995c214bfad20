import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { Cart, PaymentSelection } from '../core/cart/cart.js'
import { after } from '../core/cart/new-cart.js'
import { writtenAlike } from '../core/cart/same-since.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import { sumOf } from '../core/money.js'
import { cartWhilePlacing, newPayments, placedDraft } from '../core/orders/new-order.js'
import type { Order } from '../core/orders/order.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import type { Facts } from '../core/pricing/facts.js'
import { payingMethods, sharePayments } from '../core/pricing/payment-shares.js'
import type { PricedPayment } from '../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../core/result.js'
import { factsFor, pause } from './change-cart.js'
import type { Deps } from './deps.js'
import { dropTender } from './drop-tender.js'
import type { Answer, Operations, Placed } from './operations.js'
import { alreadyOrderedAs, declined, notPrepared, payingOptions, payPrepared, repeated } from './pay-prepared.js'
import { guardingPayments } from './payment-attempts.js'
import { decideHere, isDecidedHere, type OrderPlan } from './plan-order.js'
import { placedEvents } from './settle-order.js'

type Input = Parameters<Operations['placeDraft']>[1]

/** Pays for a draft by its frozen figures; see `Operations.placeDraft`. The steps are those of `placeOrder`. */
export async function placeDraft(deps: Deps, caller: Caller, input: Input): Answer<Placed> {
  const found = await deps.storage.orders.read({ id: input.id })
  if (found === undefined || !mayReachOrder(caller, found, 'orders:place')) return refuse({ code: 'order_not_found' })
  return deps.queue.run(found.cartId, async () => {
    for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
      const draft = attempt === 0 ? found : await deps.storage.orders.read({ id: input.id })
      const outcome = await attemptDraft(deps, draft, input.placement)
      if (outcome !== 'lost') return outcome
      await pause(attempt)
    }
    return refuse({ code: 'busy' })
  })
}

async function attemptDraft(
  deps: Deps,
  draft: Order | undefined,
  placement: Input['placement'],
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  if (draft === undefined) return refuse({ code: 'order_not_found' })
  if (draft.status === 'canceled') return refuse({ code: 'order_state', status: 'canceled' })
  if (draft.status !== 'incomplete') return repeated(deps, draft, placement)
  return payForDraft(deps, draft, placement)
}

/**
 * Places a draft as `draft` has it, which may be paid for otherwise than the stored one of that version.
 *
 * @returns `lost` when the stored one moved on
 */
export async function payForDraft(
  deps: Deps,
  draft: Order,
  placement: Input['placement'],
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  const read = await deps.storage.carts.read({ id: draft.cartId })
  const facts = await factsFor(deps, draft.snapshot.cart, read.epoch, { stock: false })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: draft.channel })
  if (isHeld(draft, read.cart)) return refusedByHolder(deps, draft)
  const chosen = choosePayments(deps, draft, facts, placement.payments ?? [])
  if (!chosen.ok) return chosen
  let isLost = false
  const payer = { cartId: draft.cartId, clientAddress: placement.clientAddress }
  const answer = await guardingPayments(deps, payer, async () => {
    const outcome = await prepareAndPay(
      deps,
      { draft, cart: cartToClose(draft, read.cart) },
      chosen.value,
      facts,
      placement,
    )
    if (outcome !== 'lost') return outcome
    isLost = true
    return refuse({ code: 'busy' })
  })
  return isLost ? 'lost' : answer
}

/** Whether another order of the same purchase is being paid for. */
function isHeld(draft: Order, cart: Cart | undefined): boolean {
  return cart?.status === 'placing' && cart.purchase === draft.purchase
}

/** Refused by the order that has the cart; `lost` when that has just given it back, or has not been seen yet. */
async function refusedByHolder(deps: Deps, draft: Order): Promise<Result<never, CheckoutError> | 'lost'> {
  const holder = await deps.storage.orders.ofPurchase(draft.cartId, draft.purchase)
  return holder === undefined || holder.id === draft.id ? 'lost' : refuse(alreadyOrderedAs(holder))
}

/** The draft's cart, where it still stands for this purchase. */
function cartToClose(draft: Order, cart: Cart | undefined): Cart | undefined {
  return cart?.status === 'open' && cart.purchase === draft.purchase ? cart : undefined
}

/** What each payment covers of the draft's total, by the methods of the channel as they are now. */
function choosePayments(
  deps: Deps,
  draft: Order,
  facts: Facts,
  payments: readonly Omit<PaymentSelection, 'id'>[],
): Result<readonly PricedPayment[], CheckoutError> {
  const due = draft.amountDue
  const selections = payments.map(payment => ({ ...payment, id: deps.ids.uuid() }))
  const methods = payingMethods(facts, draft.snapshot.lines, due)
  const shared = sharePayments({ ...draft.snapshot.cart, payments: selections }, facts, methods, due)
  const unknown = selections.find(selection => !shared.some(entry => entry.selection === selection))
  if (unknown !== undefined) return refuse({ code: 'payment_method_unknown', method: unknown.method })
  if (shared.length === 0 && due > 0n) return refuse({ code: 'payment_missing' })
  const actual = sumOf(shared.map(entry => entry.amount))
  return actual === due ? ok(shared) : refuse({ code: 'payment_amount_wrong', expected: due, actual })
}

async function prepareAndPay(
  deps: Deps,
  { draft, cart }: { readonly draft: Order; readonly cart: Cart | undefined },
  chosen: readonly PricedPayment[],
  { channel }: Facts,
  placement: Input['placement'],
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  const now = deps.clock()
  const deadline = after(now, channel.paymentDeadlineSeconds * 1000)
  const pending = placedDraft(draft, chosen, { deadline, now, idempotencyKey: placement.idempotencyKey })
  const frozen = cart === undefined ? undefined : writtenAlike(cartWhilePlacing(cart, pending, now), cart)
  const drafted: OrderPlan = {
    order: pending,
    payments: newPayments(pending, pending.snapshot, deps.ids.uuid, now),
    counting: { kind: 'given' },
    cart: frozen,
    events: placedEvents(pending, frozen),
  }
  const paying = payingOptions(deps, channel, placement)
  const plan = isDecidedHere(deps, drafted) ? await decideHere(deps, drafted, paying) : drafted
  if (isGivenUp(plan.order)) return declined(plan.order)
  const outcome = await deps.storage.orders.prepare({
    order: plan.order,
    draftSince: draft.version,
    number: plan.counting,
    payments: plan.payments,
    ...(cart === undefined || plan.cart === undefined ? {} : { cart: { cart: plan.cart, since: cart.version } }),
    events: plan.events,
  })
  switch (outcome.kind) {
    case 'placed':
      return payPrepared(deps, outcome, plan.cart, channel, paying)
    case 'lost':
      return 'lost'
    case 'already_ordered':
      return outcome.order.id === draft.id
        ? repeated(deps, outcome.order, placement)
        : refuse(alreadyOrderedAs(outcome.order))
    case 'gift_card_short':
      // A tender of the draft alone: the cards of its cart are the figures that the shopper saw.
      await dropTender(deps, draft.id, outcome.code)
      return refuse(notPrepared(outcome, draft.snapshot))
    default:
      return refuse(notPrepared(outcome, draft.snapshot))
  }
}
