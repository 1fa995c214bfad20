import type { CheckoutError } from '../errors.js'
import type { Instant } from '../ids.js'
import { type Minor, sumOf } from '../money.js'
import { least } from '../pricing/amounts.js'
import { mayPayByGiftCard } from '../pricing/gift-card-use.js'
import type { PricedCart, PricedGiftCard } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Order } from './order.js'

/** A gift card or store credit that came for a draft as a payment of its own. */
export interface Tender {
  readonly code: string
  readonly integerId: number
  readonly name: string
  readonly isStoreCredit?: true
  /** What it had when it came. */
  readonly balance: Minor
  readonly amount: Minor
}

type TenderFault = Extract<
  CheckoutError,
  { readonly code: 'order_state' | 'gift_card_present' | 'gift_card_empty' | 'gift_card_not_allowed' }
>

/**
 * The draft with one more tender: it pays what it can of what is still due. A draft holds nothing; the tender is taken in
 * the transaction that places the order, with everything else, so that nothing has to be given back where the rest never comes.
 */
export function withTender(order: Order, money: Omit<Tender, 'amount'>, now: Instant): Result<Order, TenderFault> {
  const { code: giftCardCode, balance } = money
  if (order.status !== 'incomplete') return refuse({ code: 'order_state', status: order.status })
  if (order.snapshot.giftCards.some(({ code }) => code === money.code)) {
    return refuse({ code: 'gift_card_present', giftCardCode })
  }
  if (!mayPayByGiftCard(order.snapshot.lines.map(({ item }) => item)))
    return refuse({ code: 'gift_card_not_allowed', giftCardCode })
  const amount = least(balance, order.amountDue)
  if (amount <= 0n) return refuse({ code: 'gift_card_empty', giftCardCode })
  return ok(tendered(order, [...(order.tenders ?? []), { ...money, amount }], now))
}

/** The draft without that tender: its money went elsewhere. Undefined where the draft has none of that name. */
export function withoutTender(order: Order, code: string, now: Instant): Order | undefined {
  const { tenders = [] } = order
  const left = tenders.filter(tender => tender.code !== code)
  return order.status !== 'incomplete' || left.length === tenders.length ? undefined : tendered(order, left, now)
}

/** The draft as it was before anything paid a part of it: nothing was taken yet. The same version. */
export function untendered(order: Order, now: Instant): Order {
  if (order.tenders === undefined) return order
  const { tenders: _nothing, ...rest } = tendered(order, [], now)
  return { ...rest, paymentStatus: 'none', version: order.version }
}

function tendered(order: Order, tenders: readonly Tender[], now: Instant): Order {
  const snapshot = tenderedSnapshot(order.snapshot, tenders)
  const giftCards = snapshot.giftCards.flatMap(({ code, used }) => (used > 0n ? [{ code, amount: used }] : []))
  return {
    ...order,
    tenders,
    snapshot,
    amountDue: snapshot.totals.amountDue,
    paymentStatus: tenders.length === 0 ? 'pending' : 'partially_paid',
    holds: { ...order.holds, giftCards },
    updatedAt: now,
    version: order.version + 1,
  }
}

/** The purchase as it was frozen, with the tenders that came since among its gift cards. */
export function tenderedSnapshot(snapshot: PricedCart, tenders: readonly Tender[] = []): PricedCart {
  const frozen = snapshot.giftCards.filter(card => card.isTender !== true)
  if (tenders.length === 0 && frozen.length === snapshot.giftCards.length) return snapshot
  const giftCards = [...frozen, ...tenders.map(cardOf)]
  const paid = sumOf(giftCards.map(({ used }) => used))
  const { grandTotal } = snapshot.totals
  return { ...snapshot, giftCards, totals: { ...snapshot.totals, giftCards: paid, amountDue: grandTotal - paid } }
}

function cardOf({ amount, balance, ...about }: Tender): PricedGiftCard {
  const amounts = { initial: balance, balance, used: amount, remaining: balance - amount }
  return { ...about, isTender: true, status: 'applied', ...amounts }
}

/**
 * What an order was due at one time or another since its draft was made, the present first: whoever was told to pay one of
 * them may pay what is left.
 */
export function amountsDue({ amountDue, tenders = [] }: Pick<Order, 'amountDue' | 'tenders'>): readonly Minor[] {
  return [0, ...tenders.keys()].map(
    (_, count) => amountDue + sumOf(tenders.slice(tenders.length - count).map(({ amount }) => amount)),
  )
}
