import { after } from '../core/cart/new-cart.js'
import type { AttemptNews } from '../core/payments/apply-answer.js'
import { isDead, isSecured, type Payment } from '../core/payments/payment.js'
import { GatewayUnknown } from '../payments/provider.js'
import type { Deps } from './deps.js'
import { returnStrayMoney } from './return-stray-money.js'
import { readState, settleOrder } from './settle-order.js'
import { finishBegunStep } from './take-payment-step.js'

/** An attempt untouched for so long that whoever made it must be gone, milliseconds: three gateway waits. */
const orphanedAfterMilliseconds = 30_000
const batch = 50
/** How many orders are looked after at the same time, so that silent gateways are waited for together. */
const sideBySide = 10

/**
 * Finishes what a crash, a silent gateway or a shopper who never came back left open: asks the gateway by idempotency
 * key, then confirms, or cancels and gives everything back. Safe to run in every process at once.
 *
 * @returns how many orders it looked at
 */
export async function recoverOrders(deps: Deps): Promise<number> {
  const now = deps.clock()
  const overdue = await deps.storage.orders.overdue(now, batch)
  const orphans = await deps.storage.payments.unsettled(after(now, -orphanedAfterMilliseconds), batch)
  const overdueIds = new Set(overdue.map(order => order.id))
  const ids = [...new Set([...overdueIds, ...orphans.map(payment => payment.orderId)])]
  for (let start = 0; start < ids.length; start += sideBySide) {
    const together = ids.slice(start, start + sideBySide)
    await Promise.all(together.map(id => tryToRecover(deps, id, overdueIds.has(id))))
  }
  return ids.length
}

async function tryToRecover(deps: Deps, orderId: string, isOverdue: boolean): Promise<void> {
  try {
    await recoverOne(deps, orderId, isOverdue)
    await lineUpAgain(deps, orderId)
  } catch (error) {
    deps.log.error({ orderId, error: String(error) }, 'an order could not be recovered; tried again later')
  }
}

/** Attempts that nobody answered for go to the end of the line, so that they do not keep others from being looked at. */
async function lineUpAgain(deps: Deps, orderId: string): Promise<void> {
  const now = deps.clock()
  const before = after(now, -orphanedAfterMilliseconds)
  for (const payment of await deps.storage.payments.ofOrder(orderId)) {
    const isOpen = payment.state === 'unknown' || payment.state === 'refund_due' || payment.step !== undefined
    if (!isOpen || payment.updatedAt >= before) continue
    await deps.storage.payments.save({ ...payment, updatedAt: now, version: payment.version + 1 }, payment.version, [])
  }
}

async function recoverOne(deps: Deps, orderId: string, isOverdue: boolean): Promise<void> {
  const { order, payments } = await readState(deps, orderId)
  if (order.status !== 'pending') {
    await returnStrayMoney(deps, payments)
    for (const payment of payments) await finishBegunStep(deps, payment.id)
    return
  }
  const news = new Map<string, AttemptNews>()
  for (const payment of payments) {
    if (!isDead(payment.state) && !isSecured(payment.state)) news.set(payment.id, await ask(deps, payment))
  }
  const settled = await settleOrder(deps, orderId, news, { isOverdue })
  deps.log.info({ orderId, status: settled.order.status }, 'order recovered')
}

async function ask(deps: Deps, payment: Payment): Promise<AttemptNews> {
  const provider = deps.providers.get(payment.provider)
  if (provider === undefined) return { kind: 'unknown' }
  try {
    const answer = await provider.find(payment.idempotencyKey, payment)
    if (answer !== undefined) return { kind: 'answer', answer }
    // Voiding leaves a mark at the gateway, so that a request of ours that is still under way is refused there.
    await provider.void({ idempotencyKey: payment.idempotencyKey })
    return { kind: 'never_heard' }
  } catch (error) {
    if (error instanceof GatewayUnknown) return { kind: 'unknown' }
    throw error
  }
}
