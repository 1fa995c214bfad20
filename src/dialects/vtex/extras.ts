import type { Cart, LineItem } from '../../core/cart/cart.js'
import type { Json } from '../../core/ids.js'
import type { Order } from '../../core/orders/order.js'

/** What this dialect keeps with a cart and the core has no place for. Every member may be missing. */
export interface VtexExtras {
  /** The registered customer whose e-mail address stands on the cart. */
  readonly profileId?: string
  readonly ignoreProfileData?: boolean
  readonly customerClass?: string
  /** Attachments that are shown as they were sent. */
  readonly invoiceAddress?: Readonly<Record<string, Json>>
  readonly salesAssociateId?: string
  /** Plans as they were sent, each with the `lineItemId` of the line that comes again by it. */
  readonly subscriptions?: readonly Readonly<Record<string, Json>>[]
  readonly customFields?: readonly Json[]
  readonly itemsOrdination?: { readonly criteria: string; readonly ascending: boolean }
  /** Of an order: the shopper wants what was typed for it in their profile. */
  readonly savesPersonalData?: boolean
  readonly isCheckedIn?: boolean
  readonly storeId?: string
  /** Gift cards as they were sent, by code: `id`, `provider`, `isSpecialCard`. */
  readonly giftCards?: Readonly<Record<string, Readonly<Record<string, Json>>>>
}

/** What the dialect kept with the cart. */
export function extrasOf({ extras }: Pick<Cart | Order, 'extras'>): VtexExtras {
  const own = extras.vtex
  return own !== undefined && own !== null && typeof own === 'object' && !Array.isArray(own) ? (own as VtexExtras) : {}
}

/** The cart's extras with some members set; null takes a member away. */
export function withExtras(
  cart: Pick<Cart, 'extras'>,
  changes: { readonly [Key in keyof VtexExtras]?: VtexExtras[Key] | null },
): Readonly<Record<string, Json>> {
  const merged = { ...extrasOf(cart), ...changes }
  const kept = Object.entries(merged).filter(([, value]) => value !== null && value !== undefined)
  return { vtex: Object.fromEntries(kept) as Readonly<Record<string, Json>> }
}

/** A price tag that came with an item of an order. */
interface KeptPriceTag {
  readonly name: string
  readonly value: number
}

/** The price tags that came with an item; undefined for most. */
export function sentPriceTagsOf({ extras }: Pick<LineItem, 'extras'>): readonly KeptPriceTag[] | undefined {
  const own = extras?.vtex as { readonly priceTags?: readonly KeptPriceTag[] } | undefined
  return own?.priceTags
}
