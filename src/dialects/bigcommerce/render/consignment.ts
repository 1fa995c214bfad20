import type { Address } from '../../../core/cart/address.js'
import { type Consignment, customOptionId } from '../../../core/cart/cart.js'
import { type Minor, sumOf } from '../../../core/money.js'
import { bothModes } from '../../../core/pricing/both-modes.js'
import type { Amount, PricedConsignment, ShippingOffer } from '../../../core/pricing/priced-cart.js'
import { consignmentId, shippingOptionId } from '../ids.js'
import { serverAddress, storefrontAddress } from './address.js'
import type { RenderContext } from './context.js'
import { shown } from './figures.js'
import { pickupMethodOf } from './pickup.js'

/** Where a consignment goes; a pickup's address is that of whoever comes. */
export function addressOf({ destination }: Consignment): Address | undefined {
  if (destination.kind === 'address') return destination.address
  return destination.kind === 'pickup' ? destination.receiver : undefined
}

/** Figures of a consignment that both renderings show. */
interface ConsignmentFigures {
  readonly priced: PricedConsignment
  /** After discounts. */
  readonly cost: Amount
  readonly costBeforeDiscount: Minor
  /** What pages strike through beside the cost. */
  readonly comparisonCost: Minor
  readonly couponDiscounts: readonly { readonly code: string; readonly amount: Minor }[]
  readonly discountIds: readonly number[]
  readonly lineItemIds: readonly string[]
  readonly pickupMethodId: number | undefined
}

/** Consignments with something in them; one that another dialect keeps for an empty cart is not shown. */
function consignmentFigures(context: RenderContext): readonly ConsignmentFigures[] {
  const filled = context.cart.consignments.filter(priced => priced.items.length > 0)
  return filled.map(priced => {
    const applied = new Map(context.cart.discounts.map(discount => [discount.id, discount]))
    const shares = priced.discounts.flatMap(({ discountId, amount }) => {
      const discount = applied.get(discountId)
      return discount === undefined ? [] : [{ discount, amount }]
    })
    return {
      priced,
      cost: priced.amount,
      costBeforeDiscount: shippingAsShown(priced.price, priced, context),
      comparisonCost: comparisonCost(priced, context),
      couponDiscounts: shares.flatMap(({ discount, amount }) =>
        discount.couponCode === undefined
          ? []
          : [{ code: discount.couponCode, amount: shippingAsShown(amount, priced, context) }],
      ),
      discountIds: shares.flatMap(({ discount }) => (discount.source === 'promotion' ? [discount.integerId] : [])),
      lineItemIds: priced.items.map(item => item.lineItemId),
      pickupMethodId: priced.consignment.destination.kind === 'pickup' ? pickupMethodOf(priced) : undefined,
    }
  })
}

/** An amount of shipping as the store shows prices. */
export function shippingAsShown(
  amount: Minor,
  { amount: whole, taxRate }: PricedConsignment,
  context: RenderContext,
): Minor {
  const { policy } = context.channel
  const both = bothModes(amount, whole, context.cart.cart.priceMode, taxRate, policy.rounding)
  return shown(both, policy.tax.display)
}

/** What both renderings of an option say. */
function optionFacts(offer: ShippingOffer, priced: PricedConsignment, context: RenderContext) {
  return {
    id: offer.id === customOptionId ? '' : shippingOptionId(offer, priced.consignment),
    type: optionType(offer),
    description: offer.name,
    cost: context.money(shippingAsShown(offer.price, priced, context)),
    additional: offer.description ?? '',
    transitTime: offer.deliveryDays === undefined ? '' : `${offer.deliveryDays.toString()} days`,
  }
}

function optionType(offer: ShippingOffer): string {
  if (offer.id === customOptionId) return 'custom'
  if (offer.promotionId !== undefined) return 'freeshipping'
  return offer.pickupPointId === undefined ? 'shipping_flatrate' : 'shipping_pickupinstore'
}

function serverOption(offer: ShippingOffer, priced: PricedConsignment, context: RenderContext) {
  const facts = optionFacts(offer, priced, context)
  return {
    id: facts.id,
    type: facts.type,
    description: facts.description,
    image_url: '',
    cost: facts.cost,
    transit_time: facts.transitTime,
    additional_description: facts.additional,
  }
}

function storefrontOption(offer: ShippingOffer, priced: PricedConsignment, context: RenderContext) {
  const facts = optionFacts(offer, priced, context)
  return {
    id: facts.id,
    type: facts.type,
    description: facts.description,
    imageUrl: '',
    cost: facts.cost,
    costAfterDiscount: context.money(shippingAsShown(offer.discountedPrice, priced, context)),
    transitTime: facts.transitTime,
    additionalDescription: facts.additional,
    isRecommended: offer.isRecommended,
  }
}

/** What may be chosen; one that was set by hand is not. */
function choices({ offers }: PricedConsignment): readonly ShippingOffer[] {
  return offers.filter(offer => offer.id !== customOptionId)
}

/** `consignments` of the server-to-server checkout. */
export function serverConsignments(context: RenderContext) {
  const { money } = context
  return consignmentFigures(context).map(figures => {
    const { priced, cost } = figures
    const address = { id: consignmentId(priced.consignment), ...serverAddress(addressOf(priced.consignment)) }
    return {
      id: consignmentId(priced.consignment),
      shipping_cost_inc_tax: money(cost.gross),
      shipping_cost_ex_tax: money(cost.net),
      handling_cost_inc_tax: 0,
      handling_cost_ex_tax: 0,
      coupon_discounts: figures.couponDiscounts.map(({ code, amount }) => ({ code, amount: money(amount) })),
      discounts: figures.discountIds.map(id => ({ id })),
      line_item_ids: figures.lineItemIds,
      selected_shipping_option: priced.selected === undefined ? null : serverOption(priced.selected, priced, context),
      ...(figures.pickupMethodId === undefined
        ? {}
        : { selected_pickup_option: { pickup_method_id: figures.pickupMethodId } }),
      address,
      shipping_address: address,
      ...(context.include.has('consignments.availableShippingOptions')
        ? { available_shipping_options: choices(priced).map(offer => serverOption(offer, priced, context)) }
        : {}),
    }
  })
}

/** `consignments` of the storefront checkout. */
export function storefrontConsignments(context: RenderContext) {
  const { money } = context
  const { display } = context.figures
  return consignmentFigures(context).map(figures => {
    const { priced } = figures
    const cost = money(shown(figures.cost, display))
    const address = { id: consignmentId(priced.consignment), ...storefrontAddress(addressOf(priced.consignment)) }
    return {
      id: consignmentId(priced.consignment),
      shippingCost: cost,
      shippingCostBeforeDiscount: money(figures.costBeforeDiscount),
      comparisonShippingCost: money(figures.comparisonCost),
      handlingCost: 0,
      couponDiscounts: figures.couponDiscounts.map(({ code, amount }) => ({ code, amount: money(amount) })),
      discounts: figures.discountIds.map(id => ({ id })),
      lineItemIds: figures.lineItemIds,
      selectedShippingOption: priced.selected === undefined ? null : storefrontOption(priced.selected, priced, context),
      ...(figures.pickupMethodId === undefined
        ? {}
        : { selectedPickupOption: { pickupMethodId: figures.pickupMethodId } }),
      shippingAddress: address,
      address,
      ...(context.include.has('consignments.availableShippingOptions')
        ? { availableShippingOptions: choices(priced).map(offer => storefrontOption(offer, priced, context)) }
        : {}),
    }
  })
}

/**
 * What shipping cost after automatic promotions and before coupons; before all discounts where prices are shown otherwise than
 * they were entered. Source: reference/orders.sf.yml comparisonShippingCost.
 */
export function comparisonCost(priced: PricedConsignment, context: RenderContext): Minor {
  const { cart, discounts } = context.cart
  if (cart.priceMode !== context.figures.display) return shippingAsShown(priced.price, priced, context)
  const automatic = new Set(discounts.filter(({ source }) => source === 'promotion').map(({ id }) => id))
  const taken = priced.discounts.filter(({ discountId }) => automatic.has(discountId)).map(({ amount }) => amount)
  return priced.price - sumOf(taken)
}

/** The same over all consignments. */
export function comparisonCosts(context: RenderContext): Minor {
  return sumOf(consignmentFigures(context).map(one => one.comparisonCost))
}

/** Shipping before its discounts, over all consignments, as the store shows prices. */
export function shippingBeforeDiscount(context: RenderContext): Minor {
  return consignmentFigures(context).reduce((sum, one) => sum + one.costBeforeDiscount, 0n)
}
