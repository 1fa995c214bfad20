import type { Cart, Consignment } from '../cart/cart.js'
import type { Minor } from '../money.js'
import type { Promotion } from '../promotions/promotion.js'
import type { PricingPolicy } from './policy.js'
import type { BareOffer, Quote } from './shipping-offers.js'

/** Integer ids of offers that promotions make start here, above those of shipping methods. */
const PROMOTION_OFFER_IDS = 1_000_000_000

/**
 * The chosen offer of each consignment: the one asked for, else the policy's default. A choice that is gone is none, or
 * the default, by the policy.
 */
export function chooseOffers(
  cart: Cart,
  quotes: readonly Quote[],
  policy: PricingPolicy,
): readonly (BareOffer | undefined)[] {
  return cart.consignments.map((consignment, index) => {
    const offers = quotes[index]?.offers ?? []
    const { selectedOption } = consignment
    const asked = selectedOption === undefined ? undefined : offers.find(offer => offer.id === selectedOption)
    if (asked !== undefined) return asked
    if (selectedOption !== undefined && policy.goneShippingOption !== 'default') return undefined
    return defaultOffer(offers, consignment, policy)
  })
}

/** Nobody is sent to a pickup point, or bound to an hour, unasked. */
function defaultOffer(
  offers: readonly BareOffer[],
  consignment: Consignment,
  policy: PricingPolicy,
): BareOffer | undefined {
  const isPickup = consignment.destination.kind === 'pickup'
  const eligible = offers.filter(
    ({ pickupPointId, deliveryWindows = [] }) =>
      (isPickup || pickupPointId === undefined) && deliveryWindows.length === 0,
  )
  switch (policy.defaultShippingOption) {
    case 'none':
      return undefined
    case 'first':
      return eligible[0]
    case 'cheapest':
      return cheapest(eligible)
  }
}

/** The offer with the lowest price, the earlier one among equals. */
export function cheapest<T extends { readonly price: Minor }>(offers: readonly T[]): T | undefined {
  let best: T | undefined
  for (const offer of offers) if (best === undefined || offer.price < best.price) best = offer
  return best
}

/** Adds the free option of each promotion in front of what is offered, wherever something is shipped. */
export function withFreeOptions(quotes: readonly Quote[], promotions: readonly Promotion[]): readonly Quote[] {
  const free = promotions.flatMap(freeOptions)
  if (free.length === 0) return quotes
  return quotes.map(quote => (quote.offers.length === 0 ? quote : { ...quote, offers: [...free, ...quote.offers] }))
}

function freeOptions(promotion: Promotion): readonly BareOffer[] {
  return promotion.benefits.flatMap(benefit =>
    benefit.kind === 'free_shipping_option'
      ? [
          {
            id: `free-${promotion.id}`,
            integerId: PROMOTION_OFFER_IDS + promotion.integerId,
            name: benefit.name,
            carrier: '',
            price: 0n,
            promotionId: promotion.id,
          },
        ]
      : [],
  )
}

/** Price of the delivery window that the shopper chose, where the offer has it; windows are the offer's, never the shopper's. */
export function windowPrice(consignment: Consignment, offer: BareOffer): Minor {
  const wanted = consignment.deliveryWindow
  if (wanted === undefined) return 0n
  return offer.deliveryWindows?.find(one => one.start === wanted.start && one.end === wanted.end)?.price ?? 0n
}
