import type { Cart } from '../cart/cart.js'
import { allocate, type Minor } from '../money.js'
import { isShippingBenefit, priceAfter, type ShippingBenefit } from '../promotions/benefits/off-shipping.js'
import { conditionHolds } from '../promotions/conditions/condition-holds.js'
import { nothing } from './amounts.js'
import type { AssignedPieces, Assignment } from './assign-lines.js'
import type { Discounting } from './discounts.js'
import type { Facts } from './facts.js'
import type { Amount, PricedConsignment, PricedLine, ShippingOffer } from './priced-cart.js'
import { discountShares } from './priced-lines.js'
import { type Candidate, holdsBesidesShipping } from './screening.js'
import { cheapest, windowPrice } from './shipping-choice.js'
import type { BareOffer, Quote } from './shipping-offers.js'
import { shippingRates, type TaxedCart, taxAlone } from './tax-cart.js'
import { type RateBook, untaxed } from './tax-rates.js'
import type { TaxPlaces } from './tax-zones.js'

/** Everything that consignments are put together from. */
export interface Shipping {
  readonly assignment: Assignment
  readonly quotes: readonly Quote[]
  readonly chosen: readonly (BareOffer | undefined)[]
  readonly places: TaxPlaces
  readonly book: RateBook
}

/** Puts each consignment together: what it covers, what is offered, what is chosen, and what that costs. */
export function pricedConsignments(
  cart: Cart,
  facts: Facts,
  lines: readonly PricedLine[],
  shipping: Shipping,
  discounting: Discounting,
  taxed: TaxedCart,
): readonly PricedConsignment[] {
  const reductions = shippingReductions(facts, discounting)
  return cart.consignments.map((consignment, index) => {
    const position = discounting.ledger.firstConsignment + index
    const part = discounting.ledger.parts[position]
    const { amount, taxes } = taxed.parts[position] ?? { amount: nothing, taxes: [] }
    const chosen = shipping.chosen[index]
    const quote = shipping.quotes[index]
    const covered = shipping.assignment.consignments[index] ?? []
    const best = cheapest(quote?.offers ?? [])
    const price = part?.price ?? 0n
    const offers = (quote?.offers ?? []).map((offer): ShippingOffer => {
      const isRecommended = offer === best
      if (offer === chosen) return { ...offer, price, discountedPrice: part?.remaining ?? 0n, amount, isRecommended }
      const full = offer.price + windowPrice(consignment, offer)
      const discountedPrice = reductions.reduce((left, reduce) => reduce(offer.id, left), full)
      const rates = shippingRates(facts, offer, index, shipping.places, shipping.book)
      return { ...offer, price: full, discountedPrice, amount: taxAlone(facts, discountedPrice, rates), isRecommended }
    })
    const selected = chosen === undefined ? undefined : offers.find(offer => offer.id === chosen.id)
    return {
      consignment,
      items: covered.map(({ lineItemId, quantity }) => ({ lineItemId, quantity })),
      offers,
      ...(selected === undefined ? {} : { selected }),
      price,
      discounts: discountShares(part?.shares ?? []),
      discount: price - (part?.remaining ?? 0n),
      taxRate: (taxed.rates[position] ?? untaxed).combined,
      taxes,
      amount,
      lineShares: lineShares(amount, covered, lines),
      ...(quote?.problem === undefined ? {} : { problem: quote.problem }),
    }
  })
}

type Reduce = (offerId: string, price: Minor) => Minor

/**
 * What would lower an offer that is not chosen: shipping benefits of promotions that apply, and of those that fail or
 * find nothing left only because another option is chosen.
 */
function shippingReductions(facts: Facts, { winners, losing, about }: Discounting): readonly Reduce[] {
  const others = losing
    .filter(one => one.condition === 'shipping_option' || one.reason === 'nothing_left')
    .map(one => one.promotionId)
  const nearly = facts.promotions
    .filter(one => others.includes(one.id) && holdsBesidesShipping(one, about))
    .map((promotion): Candidate => ({ promotion }))
  return [...winners, ...nearly].flatMap(({ promotion }) =>
    promotion.benefits.filter(isShippingBenefit).map(benefit => reduceBy(benefit, promotion, facts, about)),
  )
}

function reduceBy(
  benefit: ShippingBenefit,
  promotion: Candidate['promotion'],
  facts: Facts,
  about: Discounting['about'],
): Reduce {
  return (offerId, price) => {
    const ifChosen = { ...about, shippingOptions: [offerId] }
    const applies = promotion.conditions.every(one => one.kind !== 'shipping_option' || conditionHolds(one, ifChosen))
    if (!applies) return price
    return priceAfter(benefit, offerId, price, about.cart.currency, facts.channel.policy.rounding)
  }
}

/** Net and tax each by largest remainder over the worth of the pieces, so that no share is below zero. */
function lineShares(
  amount: Amount,
  covered: readonly AssignedPieces[],
  lines: readonly PricedLine[],
): readonly Amount[] {
  if (covered.length === 0) return []
  const scale = 1_000_000n
  const weights = covered.map(({ line, quantity }) => {
    const priced = lines[line]
    if (priced === undefined) return 0n
    return (priced.subtotal * BigInt(quantity) * scale) / BigInt(priced.quantity)
  })
  const nets = allocate(amount.net, weights)
  const taxes = allocate(amount.tax, weights)
  return covered.map((_, index) => {
    const net = nets[index] ?? 0n
    const tax = taxes[index] ?? 0n
    return { net, tax, gross: net + tax }
  })
}
