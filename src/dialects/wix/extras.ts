import type { Cart, LineItem } from '../../core/cart/cart.js'
import type { Json } from '../../core/ids.js'
import { derivedGuid } from './ids.js'
import { isObject } from './validation.js'

type JsonRecord = Readonly<Record<string, Json>>

/** What this dialect keeps with a cart, since only its clients know it. Nobody's name, street or phone is in here. */
export interface WixExtras {
  /** It has been made a checkout: then it is one, under the same id. */
  readonly isCheckout?: boolean
  /** It never was a cart. */
  readonly isCheckoutOnly?: boolean
  readonly channelType?: string
  readonly createdBy?: JsonRecord
  /** A cart that the client says this checkout is made from. */
  readonly cartId?: string
  readonly customFields?: readonly JsonRecord[]
  readonly overrideCheckoutUrl?: string
  readonly customSettings?: JsonRecord
  readonly externalReference?: JsonRecord
  readonly customContentReference?: JsonRecord
  readonly extendedFields?: JsonRecord
  readonly businessLocationId?: string
  readonly taxExemptGroupId?: string
  readonly selectedMemberships?: JsonRecord
}

/** What this dialect keeps with a line. */
export interface WixLineExtras {
  /** As the client sent it. */
  readonly catalogReference?: JsonRecord
  /** Members of a custom item, or overrides of a catalog item, that are shown and nothing else. */
  readonly shown?: JsonRecord
  readonly taxableAddress?: JsonRecord
  readonly extendedFields?: JsonRecord
}

/** What was kept with the cart. Written by this dialect alone, so it has its form. */
export function extrasOf(cart: Pick<Cart, 'extras'>): WixExtras {
  const kept = cart.extras.wix
  return isObject(kept) ? (kept as WixExtras) : {}
}

/** What was kept with the line. */
export function lineExtrasOf(item: Pick<LineItem, 'extras'>): WixLineExtras {
  const kept = item.extras?.wix
  return isObject(kept) ? (kept as WixLineExtras) : {}
}

/** Whether it may be asked for as a cart: a checkout that was made directly never was one. */
export function isCart(cart: Pick<Cart, 'extras'>): boolean {
  return extrasOf(cart).isCheckoutOnly !== true
}

/** Whether somebody made a checkout of this cart. One that was begun in another dialect is both from the start. */
export function isCartWithCheckout(cart: Pick<Cart, 'extras'>): boolean {
  const { isCheckout, createdBy } = extrasOf(cart)
  return isCart(cart) && (isCheckout === true || createdBy === undefined)
}

/** The extras of a cart with `changes`; a member that is undefined leaves. */
export function withExtras(
  cart: Pick<Cart, 'extras'>,
  changes: { readonly [Name in keyof WixExtras]?: WixExtras[Name] | undefined },
): Readonly<Record<string, Json>> {
  const next = Object.entries({ ...extrasOf(cart), ...changes }).filter(([, value]) => value !== undefined)
  return { wix: Object.fromEntries(next) as Json }
}

/** Whether its buyer may be on its way to pay: what a checkout goes by is its id, also after a log-in. Source: S:19-24. */
export function isCheckout(cart: Pick<Cart, 'extras'>): boolean {
  return extrasOf(cart).isCheckout === true
}

/** One id that a cart, its checkout and its order share; not the cart's own, which opens it. */
export function purchaseFlowIdOf(cart: Pick<Cart, 'id' | 'purchase'>): string {
  return derivedGuid('purchase', `${cart.id}/${cart.purchase}`)
}
