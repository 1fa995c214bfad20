import type { PriceMode } from '../cart/cart.js'
import type { Rounding } from '../money.js'

/**
 * How a channel computes, in the trade's words. Each choice is one property-tested implementation;
 * `presets.ts` names the combinations that the demo channels use. A value of the channel, not of a dialect.
 */
export interface PricingPolicy {
  /** `unit_multiplier`: price x multiplier x quantity, cut to whole minor units, spread exactly over the pieces. */
  readonly lineAmount: 'price_times_quantity' | 'unit_multiplier'
  readonly rounding: Rounding
  readonly discounts: DiscountPolicy
  readonly tax: TaxPolicy
  readonly coupons: { readonly max: number; readonly whenFull: 'replace' | 'refuse' }
  readonly giftCards: { readonly max: number; readonly whenFull: 'replace' | 'refuse' }
  /** A quantity above the stock: refused, capped to the stock, or kept with a status on the line. */
  readonly excessQuantity: 'refuse' | 'cap' | 'keep'
  /** Lines whose variant is gone or sold out: refused or removed, or kept with a status. */
  readonly unavailableLines: 'remove' | 'keep'
  /** Which option a consignment gets unasked. */
  readonly defaultShippingOption: 'none' | 'first' | 'cheapest'
  /** How long a chosen option stands: while it is offered (absent), or only while the whole list of offers is the same. */
  readonly shippingChoice?: 'while_offered' | 'while_offers_stay'
  /** What a consignment gets whose chosen option is no longer offered; the order is refused either way. Absent: `none`. */
  readonly goneShippingOption?: 'none' | 'default'
  /** Order of the offers of a consignment. Absent: by position. */
  readonly shippingOrder?: 'position' | 'price'
}

export interface DiscountPolicy {
  /** `per_line`: each line rounded alone; `carried`: the lost fraction goes on to the next line. */
  readonly percent: 'per_line' | 'carried'
  /** `largest_remainder` over lines; `per_unit_carried`: per piece, in order, with the lost fraction carried on. */
  readonly spread: 'largest_remainder' | 'per_unit_carried'
  /** Whether an order discount is spread over gift certificate lines too. */
  readonly spreadOverGiftCertificates: boolean
  /** Whether the price of line options is part of what a percentage takes. */
  readonly includesOptions: boolean
  /** What a later promotion's percentage is taken of. */
  readonly base: 'undiscounted' | 'reduced'
  /**
   * `all`: by priority, larger first within one priority, an exclusive one wins alone;
   * `best_per_target`: of those competing on one line, shipment or the order only the largest applies;
   * `lowest_total`: of promotions that exclude each other, the compatible group with the lowest total applies.
   */
  readonly stacking: 'all' | 'best_per_target' | 'lowest_total'
  /** Order within equal priority. `kind_first`: as `benefitRank` ranks what they give, then the larger first. */
  readonly order: 'larger_first' | 'percent_first' | 'amount_first' | 'kind_first'
  /** What a code activates is applied before or after the automatic ones of equal priority. */
  readonly coupons: 'with_automatic' | 'after_automatic'
  /** Whether all that is taken off lines comes before what is taken off the order. Absent: `lines_first`. */
  readonly levels?: 'lines_first' | 'together'
}

export interface TaxPolicy {
  /** Mode in which catalog prices and shipping prices of the channel are entered (a cart may override by `priceMode`). */
  readonly entry: PriceMode
  readonly display: PriceMode
  /**
   * `per_line`: each line and shipment rounded alone, then summed;
   * `per_rate`: once per rate over the whole cart, then shared out to lines;
   * `carried`: the lost fraction runs on through lines, then options, then expenses.
   */
  readonly rounding: 'per_line' | 'per_rate' | 'carried'
  readonly place: 'destination' | 'billing' | 'origin'
  /** Zone for carts without a usable address; absent: no tax then. */
  readonly guestZone?: string
  /** Country assumed while none is known, e.g. `DE`. */
  readonly defaultCountry?: string
  /** Zone for a usable address that lies in no zone; absent: no tax there. */
  readonly unmatchedZone?: string
  /** Order-level discounts reduce the taxable amount. */
  readonly orderDiscountsReduceTax: boolean
  /** Shipping is taxed: by its own tax class, or not at all. */
  readonly shipping: 'taxed' | 'untaxed'
  /** Prices entered gross: first take off the store zone's tax, then add the destination's. */
  readonly replacesStoreTax: boolean
  /** The store's own zone, for `replacesStoreTax`. */
  readonly storeZone?: string
}
