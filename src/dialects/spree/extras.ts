import type { Cart } from '../../core/cart/cart.js'
import type { Json } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'

/** What only this dialect keeps with a cart or an order, under its own name. */
export type SpreeExtras = Readonly<Record<string, Json>>

/** What was kept; empty where nothing was. */
export function extrasOf(holder: { readonly extras: Cart['extras'] }): SpreeExtras {
  const own = holder.extras.spree
  return isObject(own) ? own : {}
}

function isObject(value: Json | undefined): value is SpreeExtras {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The extras with the tracking number of one shipment. */
export function withTracking(extras: SpreeExtras, consignmentId: string, tracking: string): SpreeExtras {
  const known = extras.tracking
  return { ...extras, tracking: { ...(isObject(known) ? known : {}), [consignmentId]: tracking } }
}

/** The tracking number that was noted of a shipment before it was sent. */
export function notedTracking(extras: SpreeExtras, consignmentId: string): string | undefined {
  const known = extras.tracking
  const noted = isObject(known) ? known[consignmentId] : undefined
  return typeof noted === 'string' ? noted : undefined
}

/** A payment that was chosen once, and that a later choice made invalid. */
export interface PastPayment {
  readonly id: string
  readonly method: string
  readonly amount: Minor
  readonly display: SpreeExtras
  readonly at: string
  readonly state: 'invalid' | 'void'
}

/** Past payments that are kept; older ones go. Ours. */
const pastKept = 20

/** Payments that a later one made invalid, oldest first. */
export function pastPayments(cart: Pick<Cart, 'extras'>): readonly PastPayment[] {
  const { pastPayments: kept } = extrasOf(cart)
  return (Array.isArray(kept) ? kept : []).flatMap((entry: Json): readonly PastPayment[] => {
    if (!isObject(entry)) return []
    const { id, method, amount, display, at, state } = entry
    return [
      {
        id: String(id),
        method: String(method),
        amount: BigInt(String(amount)),
        display: isObject(display) ? display : {},
        at: String(at),
        state: state === 'void' ? 'void' : 'invalid',
      },
    ]
  })
}

/** The extras with more past payments. */
export function withPastPayments(cart: Pick<Cart, 'extras'>, more: readonly PastPayment[]): SpreeExtras {
  if (more.length === 0) return extrasOf(cart)
  const all = [...pastPayments(cart), ...more].slice(-pastKept)
  return { ...extrasOf(cart), pastPayments: all.map(({ amount, ...rest }) => ({ ...rest, amount: String(amount) })) }
}

/** A payment of a completed order that is to be received by hand; `paymentId` once it was. */
export interface LaterPayment {
  readonly key: string
  readonly method: string
  readonly amount: Minor
  readonly at: string
  readonly state: 'checkout' | 'invalid' | 'void'
  readonly paymentId?: string
}

/** Payments that were added to a completed order, oldest first. */
export function laterPayments(order: Pick<Cart, 'extras'>): readonly LaterPayment[] {
  const { laterPayments: kept } = extrasOf(order)
  return (Array.isArray(kept) ? kept : []).flatMap((entry: Json): readonly LaterPayment[] => {
    if (!isObject(entry)) return []
    const { key, method, amount, at, state, paymentId } = entry
    return [
      {
        key: String(key),
        method: String(method),
        amount: BigInt(String(amount)),
        at: String(at),
        state: state === 'void' || state === 'invalid' ? state : 'checkout',
        ...(typeof paymentId === 'string' ? { paymentId } : {}),
      },
    ]
  })
}

/** The extras with these payments instead of those that were added before. */
export function withLaterPayments(order: Pick<Cart, 'extras'>, all: readonly LaterPayment[]): SpreeExtras {
  const written = all.slice(-pastKept).map(({ amount, ...rest }) => ({ ...rest, amount: String(amount) }))
  return { ...extrasOf(order), laterPayments: written }
}
