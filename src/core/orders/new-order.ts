import type { CartOwner } from '../access/caller.js'
import type { Cart } from '../cart/cart.js'
import { after } from '../cart/new-cart.js'
import type { Channel } from '../catalog/channel.js'
import type { Customer } from '../customers/customer.js'
import type { Instant, PromotionId } from '../ids.js'
import type { Payment } from '../payments/payment.js'
import type { PricedCart, PricedLine } from '../pricing/priced-cart.js'
import type { BoughtGiftCard } from './bought-gift-cards.js'
import type { Holds, Order, OrderPart } from './order.js'

/** What a new order is made of besides the priced cart. */
export interface NewOrder {
  readonly id: string
  readonly number: string
  readonly priced: PricedCart
  readonly parts: readonly OrderPart[]
  readonly channel: Channel
  readonly customer: Customer | undefined
  readonly idempotencyKey: string | undefined
  /** Automatic promotions with a usage limit: their uses are counted as coupons' are. */
  readonly limited: ReadonlySet<PromotionId>
  /** See `Holds.couponHolder`. */
  readonly couponHolder?: string | undefined
  readonly giftCards?: readonly BoughtGiftCard[]
  readonly keepsCartOpen?: boolean | undefined
  readonly confirmsLater?: boolean | undefined
  readonly standsUnpaid?: boolean | undefined
  readonly paysOnce?: boolean | undefined
  readonly now: Instant
}

/** A pending order: the frozen copy of the priced cart, with everything that it shall hold. */
export function newOrder(input: NewOrder): Order {
  const { priced, channel, now } = input
  const { cart } = priced
  const email = cart.buyer.email ?? input.customer?.email
  return {
    id: input.id,
    // Given by storage when the order is stored.
    integerId: 0,
    number: input.number,
    channel: channel.id,
    cartId: cart.id,
    purchase: cart.purchase,
    status: 'pending',
    paymentStatus: priced.totals.amountDue === 0n ? 'none' : 'pending',
    fulfillmentStatus: 'unfulfilled',
    owner: ownerOf(cart, input.customer),
    accessToken: cart.accessToken,
    ...(email === undefined ? {} : { email }),
    currency: priced.currency,
    grandTotal: priced.totals.grandTotal,
    amountDue: priced.totals.amountDue,
    snapshot: frozen(priced),
    parts: input.parts,
    holds: {
      ...holdsOf(priced, input.limited, channel.tracksStock !== false),
      ...(input.couponHolder === undefined ? {} : { couponHolder: input.couponHolder }),
    },
    fulfillments: [],
    ...((input.giftCards ?? []).length === 0 ? {} : { giftCards: input.giftCards }),
    ...(input.keepsCartOpen === true ? { keepsCartOpen: true } : {}),
    ...(input.confirmsLater === true ? { confirmsLater: true } : {}),
    ...(input.standsUnpaid === true ? { standsUnpaid: true } : {}),
    ...(input.paysOnce === true ? { paysOnce: true } : {}),
    extras: {
      ...cart.extras,
      ...(input.idempotencyKey === undefined ? {} : { idempotencyKey: input.idempotencyKey }),
    },
    placedAt: now,
    deadline: after(now, channel.paymentDeadlineSeconds * 1000),
    updatedAt: now,
    version: 1,
  }
}

/** Whoever is signed in owns what they bought, also from a cart that belongs to whoever holds its id. */
function ownerOf({ owner }: Cart, customer: Customer | undefined): CartOwner {
  return owner.kind === 'holder' && customer !== undefined ? { kind: 'member', customerId: customer.id } : owner
}

/** The same as a draft: a record that holds nothing and waits for nobody. */
export function asDraft(order: Order): Order {
  const { deadline: _none, ...rest } = order
  return { ...rest, status: 'incomplete', isDraft: true }
}

/** A draft that is being paid for by these payments, one version later. */
export function placedDraft(
  draft: Order,
  payments: PricedCart['payments'],
  options: { readonly deadline: Instant; readonly now: Instant; readonly idempotencyKey: string | undefined },
): Order {
  const { cancelReason: _former, ...rest } = draft
  const { snapshot } = draft
  return {
    ...rest,
    status: 'pending',
    paymentStatus: draft.amountDue === 0n ? 'none' : 'pending',
    snapshot: { ...snapshot, cart: { ...snapshot.cart, payments: payments.map(entry => entry.selection) }, payments },
    extras: {
      ...draft.extras,
      ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    },
    deadline: options.deadline,
    updatedAt: options.now,
    version: draft.version + 1,
  }
}

/** The part of a priced cart that an order keeps: without what was merely on offer, and without the price list. */
function frozen(priced: PricedCart): PricedCart {
  return {
    ...priced,
    lines: priced.lines.map(line =>
      line.variant === undefined
        ? line
        : {
            ...line,
            variant: { ...line.variant, prices: [], optionGroups: [], subscriptionOptions: [], attachments: [] },
          },
    ),
    consignments: priced.consignments.map(entry => ({
      ...entry,
      offers: entry.selected === undefined ? [] : [entry.selected],
    })),
    paymentMethods: [],
    losing: [],
  }
}

function holdsOf(priced: PricedCart, limited: ReadonlySet<PromotionId>, tracksStock: boolean): Holds {
  const pieces = new Map<string, number>()
  for (const line of tracksStock ? priced.lines.filter(isStocked) : []) {
    pieces.set(line.item.sku, (pieces.get(line.item.sku) ?? 0) + line.quantity)
  }
  return {
    stock: [...pieces].map(([sku, quantity]) => ({ sku, quantity })),
    coupons: promotionUses(priced, limited),
    giftCards: priced.giftCards.flatMap(card => (card.used > 0n ? [{ code: card.code, amount: card.used }] : [])),
  }
}

/** Uses to count: of each code that applies, and of each automatic promotion with a limit that took or gave something. */
function promotionUses(priced: PricedCart, limited: ReadonlySet<PromotionId>): Holds['coupons'] {
  const byCode = priced.coupons.flatMap(({ code, status, promotionId }) =>
    status === 'applied' && promotionId !== undefined ? [{ code, promotionId }] : [],
  )
  const atWork = new Set([
    ...priced.discounts.flatMap(discount => (discount.source === 'promotion' ? [discount.id] : [])),
    ...priced.lines.flatMap(({ item }) => item.giftOf ?? []),
    ...priced.consignments.flatMap(({ selected }) => selected?.promotionId ?? []),
  ])
  for (const { promotionId } of byCode) atWork.delete(promotionId)
  const automatic = [...atWork].filter(id => limited.has(id)).map(promotionId => ({ code: '', promotionId }))
  return [...byCode, ...automatic]
}

/** Whatever the catalog has, has stock: places in a course run out as mugs do. */
function isStocked(line: PricedLine): boolean {
  return line.variant !== undefined
}

/** One attempt per payment that has something to pay. Their ids are the gateway's idempotency keys. */
export function newPayments(order: Order, priced: PricedCart, newId: () => string, now: Instant): readonly Payment[] {
  return priced.payments
    .filter(payment => payment.amount + payment.interest > 0n)
    .map(payment => {
      const id = newId()
      return {
        id,
        integerId: 0,
        orderId: order.id,
        method: payment.method.id,
        provider: payment.method.provider,
        state: 'created',
        amount: payment.amount + payment.interest,
        currency: order.currency,
        captured: 0n,
        refunded: 0n,
        idempotencyKey: id,
        display: { selectionId: payment.selection.id, methodName: payment.method.name },
        createdAt: now,
        updatedAt: now,
        version: 1,
      }
    })
}

/** The cart while its order is pending: its contents are frozen, unless it stays open. One version later. */
export function cartWhilePlacing(cart: Cart, order: Pick<Order, 'keepsCartOpen'>, now: Instant): Cart {
  const later = { ...cart, version: cart.version + 1, updatedAt: now }
  return order.keepsCartOpen === true ? later : { ...later, status: 'placing', step: 'confirm' }
}
