import type { Cart } from '../../cart/cart.js'
import type { Minor, Money } from '../../money.js'
import type { Facts } from '../../pricing/facts.js'
import type { BaseLine } from '../../pricing/line-prices.js'

/** What conditions look at. */
export interface CartFacts {
  readonly cart: Cart
  readonly facts: Facts
  readonly lines: readonly BaseLine[]
  /** Lines with options, before discounts. */
  readonly subtotal: Minor
  /** Shipping options that the cart has chosen or got by default. */
  readonly shippingOptions: readonly string[]
  /** ISO 3166-1 alpha-2 of the destinations; of the billing address where there are none. */
  readonly countries: readonly string[]
}

/** A subtotal that lies below the least, or above the most, that a condition asks for. */
export interface MissedBound {
  readonly side: 'below' | 'above'
  readonly amount: Money
}

export type ConditionOf<Kind extends string, C> = Extract<C, { readonly kind: Kind }>
