import { present } from '../assert.js'
import type { Cart } from '../cart/cart.js'
import { codeKey } from '../cart/code-key.js'
import { sumOf } from '../money.js'
import type { Promotion } from '../promotions/promotion.js'
import { nothing } from './amounts.js'
import { assignLines } from './assign-lines.js'
import { cartFacts, type Discounting, discountCart } from './discounts.js'
import type { Facts } from './facts.js'
import { type BareFee, feesOf } from './fees.js'
import { giftAllowance } from './gift-allowance.js'
import { payByGiftCard } from './gift-cards.js'
import { identifyGoods } from './goods.js'
import { type BaseLine, linePrices } from './line-prices.js'
import { payingMethods, sharePayments } from './payment-shares.js'
import type { PricedCart, PricedFee, PricedLine } from './priced-cart.js'
import { pricedLines } from './priced-lines.js'
import { problemsOf } from './problems.js'
import { holdsBesidesShipping } from './screening.js'
import { pricedConsignments } from './shipping.js'
import { chooseOffers, withFreeOptions } from './shipping-choice.js'
import { type BareOffer, type Quote, quoteShipping } from './shipping-offers.js'
import { type TaxedCart, taxCart } from './tax-cart.js'
import { priceByQuote } from './tax-question.js'
import { openRateBook, untaxed } from './tax-rates.js'
import { taxPlaces } from './tax-zones.js'
import { unmetThresholds } from './thresholds.js'
import { afterGiftCards, totalsOf } from './totals.js'

/**
 * Computes every figure of a cart anew from what people chose and what the store knows, by the channel's policy.
 * Pure: the same cart and facts give the same figures, so a quote equals the purchase. Left-over units, carried
 * fractions and scarce stock go to lines in the order in which they were added (`sequence`), however the cart shows them.
 *
 * @throws InvariantError when an amount, fee or rate of the input is negative
 */
export function priceCart(cart: Cart, facts: Facts): PricedCart {
  const known = lastPriced.get(cart)
  if (known?.facts === facts) return known.priced
  const priced = priceAnew(cart, facts)
  lastPriced.set(cart, { facts, priced })
  return priced
}

/** One request asks for the figures of the same cart several times: carts and facts never change, so neither do they. */
const lastPriced = new WeakMap<Cart, { readonly facts: Facts; readonly priced: PricedCart }>()

function priceAnew(cart: Cart, facts: Facts): PricedCart {
  const { taxProvider } = facts
  return taxProvider === undefined ? priceByAge(cart, facts) : priceByQuote(cart, facts, taxProvider, priceByAge)
}

function priceByAge(cart: Cart, facts: Facts): PricedCart {
  const byAge = cart.lineItems.every((item, index) => item.sequence >= (cart.lineItems[index - 1]?.sequence ?? 0))
  if (byAge) return priceInOrder(cart, facts)
  const lineItems = [...cart.lineItems].sort((a, b) => a.sequence - b.sequence)
  const priced = priceInOrder({ ...cart, lineItems }, facts)
  const lines = new Map(priced.lines.map(line => [line.item, line]))
  return { ...priced, cart, lines: cart.lineItems.map(item => present(lines.get(item), 'each line was priced')) }
}

function priceInOrder(cart: Cart, facts: Facts): PricedCart {
  const goods = identifyGoods(cart, facts)
  const assignment = assignLines(cart, goods)
  const places = taxPlaces(cart, facts, assignment)
  const book = openRateBook(cart.priceMode)
  const base = linePrices(cart, facts, goods, places, book)
  const quotes = quoteShipping(cart, facts, goods, assignment, places, book)
  const { discounting, offered, chosen } = discountAndChoose(cart, facts, base, quotes)
  const thresholds = unmetThresholds(cart, facts, sumOf(base.map(line => line.subtotal)))
  const bareFees = feesOf(cart, facts.channel, thresholds)
  const taxed = taxCart(cart, facts, base, chosen, bareFees, discounting.ledger, places, book)
  const lines = withoutLostGifts(pricedLines(facts, base, discounting, taxed), discounting)
  const shipping = { assignment, quotes: offered, chosen, places, book }
  const consignments = pricedConsignments(cart, facts, lines, shipping, discounting, taxed)
  const fees = pricedFees(bareFees, taxed)
  const purchase = totalsOf(lines, consignments, fees)
  const giftCards = payByGiftCard(cart, facts, lines, purchase.grandTotal)
  const totals = afterGiftCards(purchase, giftCards)
  const paymentMethods = payingMethods(facts, lines, totals.amountDue)
  const payments = sharePayments(cart, facts, paymentMethods, totals.amountDue)
  const { discounts, giving, losing, coupons, gifts, giftChoices } = discounting
  const priced = { cart, lines, consignments, coupons, giftCards, thresholds, totals, payments }
  const problems = problemsOf({ ...priced, unassigned: assignment.unassigned })
  return {
    ...priced,
    currency: cart.currency,
    fees,
    discounts,
    giving,
    losing,
    taxes: taxed.totals,
    paymentMethods,
    problems,
    gifts,
    giftChoices,
  }
}

interface DiscountedChoice {
  readonly discounting: Discounting
  /** With the free options of promotions that apply. */
  readonly offered: readonly Quote[]
  readonly chosen: readonly (BareOffer | undefined)[]
}

/**
 * Promotions may offer shipping options, and options may decide on promotions: all options that might be offered are
 * looked at first; if a promotion that made a chosen one does not apply after all, the rest is decided again without it.
 */
function discountAndChoose(
  cart: Cart,
  facts: Facts,
  lines: readonly BaseLine[],
  quotes: readonly Quote[],
): DiscountedChoice {
  const { policy } = facts.channel
  const coupled = new Set(cart.couponCodes.map(code => facts.coupons.get(codeKey(code))?.promotionId))
  const makers = facts.promotions.filter(one => makesAnOffer(one) && (!one.needsCoupon || coupled.has(one.id)))
  const bare = chooseOffers(cart, quotes, policy)
  if (makers.length === 0) return { discounting: discountCart(cart, facts, lines, bare), offered: quotes, chosen: bare }
  const about = cartFacts(cart, facts, lines, bare)
  const possible = withFreeOptions(
    quotes,
    makers.filter(one => holdsBesidesShipping(one, about)),
  )
  let chosen = chooseOffers(cart, possible, policy)
  let discounting = discountCart(cart, facts, lines, chosen)
  const offered = withFreeOptions(
    quotes,
    discounting.winners.map(winner => winner.promotion),
  )
  const final = chooseOffers(cart, offered, policy)
  if (final.some((offer, index) => offer?.id !== chosen[index]?.id)) {
    discounting = discountCart(cart, facts, lines, final)
  }
  chosen = final
  return { discounting, offered, chosen }
}

function makesAnOffer(promotion: Promotion): boolean {
  return promotion.benefits.some(benefit => benefit.kind === 'free_shipping_option')
}

function pricedFees(fees: readonly BareFee[], taxed: TaxedCart): readonly PricedFee[] {
  return fees.map(({ id, kind, name, displayName, price }, index) => {
    const position = taxed.firstFee + index
    const { amount, taxes } = taxed.parts[position] ?? { amount: nothing, taxes: [] }
    const taxRate = (taxed.rates[position] ?? untaxed).combined
    return { id, kind, name, displayName, price, taxRate, taxes, amount }
  })
}

/** A gift whose promotion grants it no longer (or not so many) has no price: it is neither free nor charged. */
function withoutLostGifts(
  lines: readonly PricedLine[],
  { gifts, giftChoices }: Pick<Discounting, 'gifts' | 'giftChoices'>,
): readonly PricedLine[] {
  if (lines.every(line => line.item.giftOf === undefined)) return lines
  const isGiven = giftAllowance(gifts, giftChoices)
  return lines.map(line => {
    if (line.item.giftOf === undefined || line.availability === 'not_found') return line
    return isGiven(line.item) ? line : { ...line, availability: 'no_price' }
  })
}
