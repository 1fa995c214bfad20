import type { Cart } from '../../../core/cart/cart.js'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { goTo, type PageCall } from '../page-call.js'
import { firstOpenStep, isReachable } from '../progress.js'
import type { StepName } from '../render/layout.js'

/** How the last try to pay ended. */
export type Tried = 'declined' | 'canceled' | 'expired'

/** Where a shopper belongs who asks for a step that cannot be shown: to the order, or to the first step that lacks something. */
export function whereItIs(call: PageCall, view: PurchaseView, step: StepName): WireResponse | undefined {
  if (view.order !== undefined) return goTo(call.path('order'))
  if (view.cart.lines.length === 0 && step !== 'details') return goTo(call.path('details'))
  return isReachable(step, view) ? undefined : goTo(call.path(firstOpenStep(view)))
}

/** How the last try to pay for this cart ended, where it failed. */
export function triedOf({ notices }: Pick<Cart, 'notices'>): Tried | undefined {
  const last = notices.findLast(({ code }) => code === 'payment_declined' || code === 'payment_expired')
  if (last === undefined) return undefined
  if (last.code === 'payment_expired') return 'expired'
  return last.data.reason === 'canceled_by_shopper' ? 'canceled' : 'declined'
}
