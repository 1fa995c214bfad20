import { after } from '../core/cart/new-cart.js'
import type { AttemptNews } from '../core/payments/apply-answer.js'
import { isDead, isSecured, isUnsettled, type Payment } from '../core/payments/payment.js'
import { type GatewayAnswer, GatewayUnknown } from '../payments/provider.js'
import type { Deps } from './deps.js'
import { returnMoneyOfOrder } from './return-money-of-order.js'
import { readState, settleOrder } from './settle-order.js'
import { finishBegunStep } from './take-payment-step.js'

/** An attempt untouched for so long that whoever made it must be gone, milliseconds: three gateway waits. */
const orphanedAfterMilliseconds = 30_000
const batch = 50
/** Orders that are looked at side by side: a silent gateway takes its whole wait for each. */
const atOnce = 10

/**
 * Finishes what a crash, a silent gateway or a shopper who never came back left open: asks the gateway by idempotency
 * key, then confirms, or cancels and gives everything back. Safe to run in every process at once. What stays open makes
 * room for others and comes again later, so that one dead gateway does not keep the money at another one waiting.
 *
 * @param signal  aborts between orders, for a shutdown
 * @returns how many orders it was to look at
 */
export async function recoverOrders(deps: Deps, signal?: AbortSignal): Promise<number> {
  const now = deps.clock()
  const overdue = await deps.storage.orders.overdue(now, batch)
  const orphans = await deps.storage.payments.unsettled(after(now, -orphanedAfterMilliseconds), batch)
  const overdueIds = new Set(overdue.map(order => order.id))
  const ids = [...new Set([...overdueIds, ...orphans.map(payment => payment.orderId)])]
  for (let at = 0; at < ids.length && signal?.aborted !== true; at += atOnce) {
    await Promise.all(ids.slice(at, at + atOnce).map(id => tryToRecover(deps, id, overdueIds.has(id))))
  }
  return ids.length
}

async function tryToRecover(deps: Deps, id: string, isOverdue: boolean): Promise<void> {
  try {
    await recoverOne(deps, id, isOverdue)
  } catch (error) {
    deps.log.error({ orderId: id, error: String(error) }, 'an order could not be recovered; tried again later')
  }
  await postpone(deps, id).catch(() => undefined)
}

/** What is still open goes behind the others that wait to be looked at. */
async function postpone(deps: Deps, orderId: string): Promise<void> {
  const now = deps.clock()
  for (const payment of await deps.storage.payments.ofOrder(orderId)) {
    if (!isUnsettled(payment) || payment.updatedAt >= after(now, -orphanedAfterMilliseconds)) continue
    await deps.storage.payments.save({ ...payment, updatedAt: now, version: payment.version + 1 }, payment.version, [])
  }
}

async function recoverOne(deps: Deps, orderId: string, isOverdue: boolean): Promise<void> {
  const found = await readState(deps, orderId)
  // A step that was begun comes first: what it took or gave back decides what is left to return.
  const begun = found.payments.filter(({ step, provider }) => step !== undefined && deps.providers.has(provider))
  for (const payment of begun) await finishBegunStep(deps, payment.id)
  const { order, payments } = begun.length === 0 ? found : await readState(deps, orderId)
  if (order.status !== 'pending') {
    await returnMoneyOfOrder(deps, { order, payments })
    return
  }
  const news = new Map<string, AttemptNews>()
  for (const payment of payments) {
    // Nobody was to send it yet.
    if (order.confirmsLater === true && payment.state === 'created' && !isOverdue) continue
    if (!isDead(payment.state) && !isSecured(payment.state)) news.set(payment.id, await ask(deps, payment))
  }
  const settled = await settleOrder(deps, orderId, news, { isOverdue })
  deps.log.info({ orderId, status: settled.order.status }, 'order recovered')
}

/** The gateway never spoke of this attempt, and holds but the mark that whoever looked before left there. */
function isOurMark({ gatewayReference }: Payment, { outcome }: GatewayAnswer): boolean {
  return gatewayReference === undefined && outcome === 'voided'
}

async function ask(deps: Deps, payment: Payment): Promise<AttemptNews> {
  const provider = deps.providers.get(payment.provider)
  if (provider === undefined) return { kind: 'unknown' }
  try {
    const answer = await provider.find(payment.idempotencyKey, payment)
    if (answer !== undefined && !isOurMark(payment, answer)) return { kind: 'answer', answer }
    // Voiding leaves a mark at the gateway, so that a request of ours that is still under way is refused there.
    await provider.void({ idempotencyKey: payment.idempotencyKey }, payment)
    return { kind: 'never_heard' }
  } catch (error) {
    if (error instanceof GatewayUnknown) return { kind: 'unknown' }
    throw error
  }
}
