import type { Cart, Consignment, LineItem, PaymentSelection } from '../cart/cart.js'
import type { Variant } from '../catalog/variant.js'
import type { ConsignmentId, LineItemId, PromotionId, ShippingOptionId } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { MissedBound } from '../promotions/conditions/cart-facts.js'
import type { Rate } from '../rate.js'
import type { PaymentMethod } from './facts.js'
import type { TaxFault, TaxQuestion, TaxQuote } from './tax-quote.js'

/** One amount, without tax, its tax, and with tax: `gross = net + tax`, always. */
export interface Amount {
  readonly net: Minor
  readonly tax: Minor
  readonly gross: Minor
}

/**
 * A cart with every figure computed. All amounts are minor units of `currency`, in the cart's price mode unless an
 * `Amount` says both. Parts add up: lines + consignments + fees = totals; discount shares = discounts.
 */
export interface PricedCart {
  readonly cart: Cart
  readonly currency: CurrencyCode
  /** In the order of `cart.lineItems`. */
  readonly lines: readonly PricedLine[]
  /** In the order of `cart.consignments`. */
  readonly consignments: readonly PricedConsignment[]
  readonly fees: readonly PricedFee[]
  /** One per promotion or manual discount that took something, in order of application. */
  readonly discounts: readonly AppliedDiscount[]
  /** Promotions that apply and take nothing off: they give something, or offer it. Absent in older orders. */
  readonly giving?: readonly AppliedDiscount[]
  readonly losing: readonly LosingPromotion[]
  readonly taxes: readonly TaxTotal[]
  /** One per code on the cart, in its order. */
  readonly coupons: readonly PricedCoupon[]
  readonly giftCards: readonly PricedGiftCard[]
  readonly thresholds: readonly UnmetThreshold[]
  readonly totals: Totals
  /** Methods that can pay for this cart, in order of position. */
  readonly paymentMethods: readonly PaymentMethod[]
  readonly payments: readonly PricedPayment[]
  /** What keeps this cart from being ordered as it is; empty when nothing does. */
  readonly problems: readonly CartProblem[]
  /** Gifts that applying promotions grant; an operation adds the lines (`giftOf`). Always filled by `priceCart`. */
  readonly gifts?: readonly GrantedGift[]
  /** Gifts that applying promotions leave the shopper to choose; lines with `giftOf` say what was. As `gifts`. */
  readonly giftChoices?: readonly GiftChoice[]
  /** What somebody outside said of the taxes of this very cart, or that they could not; see `Facts.taxProvider`. */
  readonly taxQuote?: TaxQuote
  /** What they have to be asked before the taxes are known. */
  readonly taxQuestion?: TaxQuestion
}

/** Gifts of which the shopper may choose some. */
export interface GiftChoice {
  readonly promotionId: PromotionId
  readonly skus: readonly string[]
  /** Pieces that may be had altogether. */
  readonly quantity: number
}

/** A free gift that the cart has earned. */
export interface GrantedGift {
  readonly promotionId: PromotionId
  readonly sku: string
  readonly quantity: number
}

export interface Totals {
  /** Lines with options, before discounts, in the cart's price mode. */
  readonly subtotal: Minor
  /** Everything taken off lines, options and order; positive. */
  readonly itemDiscount: Minor
  /** Everything taken off shipping; positive. */
  readonly shippingDiscount: Minor
  /** `itemDiscount + shippingDiscount`. */
  readonly discount: Minor
  /** Shipping before its discounts, in the cart's price mode. */
  readonly shipping: Minor
  readonly fees: Minor
  /** Goods after discounts. */
  readonly items: Amount
  /** Shipping after discounts. */
  readonly shippingAmount: Amount
  readonly feesAmount: Amount
  readonly tax: Minor
  /** What the purchase costs; gift cards are not taken off. */
  readonly grandTotal: Minor
  readonly giftCards: Minor
  /** `grandTotal - giftCards`, never below zero. */
  readonly amountDue: Minor
}

export interface PricedLine {
  readonly item: LineItem
  /** Absent for custom items and gift certificates, and for what is gone from the catalog. */
  readonly variant?: Variant
  readonly name: string
  readonly kind: 'physical' | 'digital' | 'service' | 'gift_certificate'
  readonly availability: 'available' | 'partial' | 'out_of_stock' | 'not_found' | 'no_price'
  /** Pieces that could be had, where stock was asked. */
  readonly available?: number
  readonly quantity: number
  readonly unitMultiplierMicros: bigint
  /** Before catalog reductions, per piece (per unit of measure with a multiplier), in the cart's price mode. */
  readonly listPrice: Minor
  /** Catalog price as entered; differs from `unitPrice` under a manual price, for a free gift, and where the store's tax was replaced. */
  readonly catalogPrice: Minor
  readonly unitPrice: Minor
  /** `unitPrice` x pieces, by the policy's line amount; without options. */
  readonly price: Minor
  readonly options: readonly PricedOption[]
  /** `price` + options. */
  readonly subtotal: Minor
  /** Taken off the line itself (not its options), in order of application. */
  readonly discounts: readonly DiscountShare[]
  /** Sum of `discounts`; positive. */
  readonly discount: Minor
  /** Options' discounts included. */
  readonly fullDiscount: Minor
  /** All rates that apply, added up (compounded where they compound). */
  readonly taxRate: Rate
  readonly taxes: readonly TaxShare[]
  /** The line without options, after discounts. */
  readonly amount: Amount
  /** The line with options, after discounts. */
  readonly total: Amount
  /**
   * Tax of one piece (item part) by the unit pass: unit prices of all lines, then of all options, with their own carry.
   * Filled where taxes are carried.
   */
  readonly unitTax?: Minor
  /** Exact shares of single pieces, in order; equal neighbors stand together. Quantities add up to `quantity`. */
  readonly pieces: readonly PieceRun[]
}

/** `count` pieces in a row with the same figures. All amounts per piece, in the cart's price mode. */
export interface PieceRun {
  readonly count: number
  readonly price: Minor
  /** All options of the piece. */
  readonly options: Minor
  /** Per discount of the line, in the order of `discounts`. */
  readonly discounts: readonly Minor[]
  readonly optionDiscount: Minor
  readonly itemTax: Minor
  readonly optionTax: Minor
  /** What the piece costs after discounts, with options, in the cart's price mode; plus tax in net mode. */
  readonly toPay: Minor
}

export interface PricedOption {
  readonly sku: string
  readonly name: string
  readonly group: string
  readonly unitPrice: Minor
  readonly price: Minor
  readonly discount: Minor
  /** What makes up `discount`. Always filled by `priceCart`. */
  readonly discounts?: readonly DiscountShare[]
  /** See `PricedLine.unitTax`. */
  readonly unitTax?: Minor
  readonly taxRate: Rate
  readonly taxes: readonly TaxShare[]
  readonly amount: Amount
}

export interface PricedConsignment {
  readonly consignment: Consignment
  /** Lines and pieces that it really covers. */
  readonly items: readonly { readonly lineItemId: LineItemId; readonly quantity: number }[]
  readonly offers: readonly ShippingOffer[]
  /** Chosen (or default) and still offered. */
  readonly selected?: ShippingOffer
  /** Before discounts, in the cart's price mode. */
  readonly price: Minor
  readonly discounts: readonly DiscountShare[]
  readonly discount: Minor
  readonly taxRate: Rate
  readonly taxes: readonly TaxShare[]
  /** After discounts. */
  readonly amount: Amount
  /** Exact share of each line, in the order of `items`; they add up to `amount`. */
  readonly lineShares: readonly Amount[]
  /** Why nothing is offered, where nothing is. */
  readonly problem?: 'no_address' | 'no_zone' | 'not_deliverable'
}

/** An option quoted for one consignment. */
export interface ShippingOffer {
  readonly id: ShippingOptionId
  readonly integerId: number
  readonly name: string
  readonly description?: string
  readonly carrier: string
  readonly carrierId?: string
  /** Before discounts, in the cart's price mode; with the chosen delivery window, where the offer has it. */
  readonly price: Minor
  /** After shipping discounts that would apply to it. */
  readonly discountedPrice: Minor
  /** What choosing it would cost after discounts, both modes. */
  readonly amount: Amount
  readonly taxClass?: string
  readonly deliveryDays?: number
  readonly daysAreBusinessDays?: boolean
  readonly isRecommended: boolean
  readonly pickupPointId?: string
  readonly deliveryWindows?: readonly { readonly start: string; readonly end: string; readonly price: Minor }[]
  /** Made by a promotion. */
  readonly promotionId?: PromotionId
}

export interface PricedFee {
  readonly id: string
  /** `wrapping`: of one line, which `wrappingFeeId` tells. */
  readonly kind: 'manual' | 'threshold' | 'wrapping'
  readonly name: string
  readonly displayName: string
  readonly price: Minor
  readonly taxRate: Rate
  readonly taxes: readonly TaxShare[]
  readonly amount: Amount
}

/** What one discount took from one line, option or consignment; positive. */
export interface DiscountShare {
  /** `AppliedDiscount.id` */
  readonly discountId: string
  readonly amount: Minor
}

export interface AppliedDiscount {
  /** Promotion id, or the manual discount's id. */
  readonly id: string
  readonly integerId: number
  readonly source: 'promotion' | 'coupon' | 'manual'
  readonly name: string
  readonly description?: string
  readonly couponCode?: string
  readonly target: 'lines' | 'order' | 'shipping'
  readonly isPercent: boolean
  /** Present where it is one percentage. */
  readonly rate?: Rate
  readonly isExclusive: boolean
  readonly endsAt?: string
  /** Sum of all shares; positive. */
  readonly amount: Minor
}

/** A promotion that could have applied but did not, and why. */
export interface LosingPromotion {
  readonly promotionId: PromotionId
  readonly name: string
  readonly couponCode?: string
  readonly reason:
    | 'condition_not_met'
    | 'exclusive_other'
    | 'better_other'
    | 'nothing_left'
    | 'limit_reached'
    | 'not_started'
    | 'ended'
  /** The condition that failed. */
  readonly condition?: string
  /** Where it is one on the subtotal. */
  readonly bound?: MissedBound
  /** What it would have taken alone, where computed. */
  readonly wouldTake?: Minor
}

export interface TaxShare {
  readonly rateId: string
  readonly name: string
  readonly rate: Rate
  readonly base: Minor
  readonly amount: Minor
}

export interface TaxTotal {
  readonly rateId: string
  readonly integerId: number
  readonly name: string
  readonly rate: Rate
  readonly base: Minor
  readonly amount: Minor
}

export interface PricedCoupon {
  readonly code: string
  readonly integerId: number
  readonly promotionId?: PromotionId
  readonly name?: string
  readonly description?: string
  readonly endsAt?: string
  readonly isExclusive: boolean
  readonly status: 'applied' | 'not_applicable' | 'beaten' | 'expired' | 'not_started' | 'used_up' | 'unknown'
  /** Used up by the buyer at hand; others may still use it. */
  readonly isUsedUpByCustomer?: true
  /** The condition that is not met, where that is why it does not apply; `bound`: what a subtotal misses. */
  readonly condition?: string
  readonly bound?: MissedBound
  /** What it takes off now; 0 unless applied. */
  readonly amount: Minor
}

/** A gift card, or the owner's store credit, which comes last and only where it has something left. */
export interface PricedGiftCard {
  readonly code: string
  readonly isStoreCredit?: true
  /** Came for the order as a payment of its own; see `Order.tenders`. */
  readonly isTender?: true
  readonly integerId: number
  readonly name: string
  readonly status: 'applied' | 'empty' | 'expired' | 'disabled' | 'unknown' | 'other_currency' | 'not_allowed'
  readonly initial: Minor
  readonly balance: Minor
  readonly used: Minor
  readonly remaining: Minor
}

export interface UnmetThreshold {
  readonly kind: 'hard_minimum' | 'hard_maximum' | 'soft_minimum_fixed' | 'soft_minimum_flexible'
  readonly amount: Minor
  readonly fee?: Minor
  /** How far the subtotal is away; positive. */
  readonly delta: Minor
  readonly message: string
}

export interface PricedPayment {
  readonly selection: PaymentSelection
  readonly method: PaymentMethod
  /** Its part of the amount due. */
  readonly amount: Minor
  readonly interest: Minor
}

/** Soft problems, attached to the result; placing refuses while one is there. */
export type CartProblem =
  | { readonly code: 'line_not_found'; readonly lineItemId: LineItemId; readonly sku: string }
  | { readonly code: 'line_no_price'; readonly lineItemId: LineItemId; readonly sku: string }
  | {
      readonly code: 'line_out_of_stock'
      readonly lineItemId: LineItemId
      readonly sku: string
      readonly available: number
    }
  | { readonly code: 'shipping_option_missing'; readonly consignmentId: ConsignmentId }
  | {
      readonly code: 'shipping_option_gone'
      readonly consignmentId: ConsignmentId
      readonly optionId: ShippingOptionId
    }
  | { readonly code: 'not_deliverable'; readonly consignmentId: ConsignmentId }
  | { readonly code: 'line_unassigned'; readonly lineItemId: LineItemId; readonly quantity: number }
  | { readonly code: 'coupon_invalid'; readonly couponCode: string; readonly status: PricedCoupon['status'] }
  | { readonly code: 'gift_card_invalid'; readonly giftCardCode: string; readonly status: PricedGiftCard['status'] }
  | { readonly code: 'payment_method_unknown'; readonly method: string }
  | { readonly code: 'payment_short'; readonly missing: Minor }
  /** Found when the order is placed: no such country. */
  | { readonly code: 'country_unknown'; readonly part: 'billing' | 'shipping'; readonly country: string }
  | { readonly code: 'threshold'; readonly threshold: UnmetThreshold }
  /** Somebody outside says what taxes are due, and has not said it of this cart. */
  | { readonly code: 'taxes_unknown'; readonly reason: TaxFault | 'not_asked' | 'no_destination' }
  | { readonly code: 'subscription_terms'; readonly reason: 'one_line_only' | 'no_gift_card' | 'total_above_zero' }
