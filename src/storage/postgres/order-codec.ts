import { present } from '../../core/assert.js'
import type { Cart } from '../../core/cart/cart.js'
import { amendedSnapshot } from '../../core/orders/amend-order.js'
import type { BoughtGiftCard } from '../../core/orders/bought-gift-cards.js'
import type { Order, OrderPart } from '../../core/orders/order.js'
import { tenderedSnapshot } from '../../core/orders/tender.js'
import type { GiftCard } from '../../core/pricing/facts.js'
import type { PricedCart } from '../../core/pricing/priced-cart.js'
import type { GiftCardDetails } from '../code-stores.js'
import { caseKey, ownerKey } from './keys.js'
import { readTagged, writeTagged } from './tagged-json.js'

/** How the parts' numbers follow from the order's: as they stand in the body, the same, or with `-01`, `-02`. */
export type PartNumbering = 'stored' | 'plain' | 'suffixed'

export interface OrderRow {
  readonly number: string
  readonly integer_id: bigint
  readonly version: number
  readonly part_numbering: PartNumbering
  readonly body: unknown
  readonly snapshot: unknown
}

/** The columns that decoding needs. */
export const orderColumns = 'number, integer_id, version, part_numbering, body, snapshot'

/**
 * An order's body as it is stored: number, integer id and version are columns, for they are given while it is written,
 * and the snapshot has a column of its own, since it never changes: what was amended stands in the body, and is laid over
 * it when it is read.
 */
type StoredOrder = Omit<Order, 'number' | 'integerId' | 'version' | 'snapshot'> & { readonly cardRows?: unknown }

/** The snapshot's lines and consignments repeat those of its cart, which are stored once. */
interface StoredSnapshot extends Omit<PricedCart, 'lines' | 'consignments'> {
  readonly lines: readonly Partial<PricedCart['lines'][number]>[]
  readonly consignments: readonly Partial<PricedCart['consignments'][number]>[]
}

/** Writes an order's body. */
export function encodeOrder(order: Order): string {
  const { number: _number, integerId: _integerId, version: _version, snapshot: _snapshot, ...rest } = order
  return writeTagged(order.giftCards === undefined ? rest : { ...rest, cardRows: order.giftCards.map(cardRow(order)) })
}

/** A gift card that the order buys, as migration 0013 makes it: the rest is known only when the order is confirmed. */
function cardRow(order: Order): (card: BoughtGiftCard) => object {
  const { currency, placedAt } = order
  return ({ code, amount, recipient, sender, message = '', theme = 'General' }) => {
    const body: Omit<GiftCard, 'balance' | 'integerId' | 'isActive'> = {
      ...{ code, name: 'Gift certificate', currency },
      initial: amount,
    }
    const details: GiftCardDetails = {
      ...{ recipient, sender, message },
      design: `${theme.toLowerCase()}.html`,
      purchasedAt: placedAt,
    }
    return {
      code_key: caseKey(code),
      balance: amount.toString(),
      body: writeTagged(body),
      details: JSON.stringify(details),
    }
  }
}

/** Writes the priced cart of an order. */
export function encodeSnapshot(snapshot: PricedCart): string {
  const { cart } = snapshot
  const stored: StoredSnapshot = {
    ...snapshot,
    lines: snapshot.lines.map(({ item, ...line }, index) =>
      item === cart.lineItems[index] ? line : { item, ...line },
    ),
    consignments: snapshot.consignments.map(({ consignment, ...priced }, index) =>
      consignment === cart.consignments[index] ? priced : { consignment, ...priced },
    ),
  }
  return writeTagged(stored)
}

/** Reads an order from its row. */
export function decodeOrder(row: OrderRow): Order {
  const { cardRows: _rows, ...body } = readTagged<StoredOrder>(row.body)
  const snapshot = readTagged<StoredSnapshot>(row.snapshot)
  return {
    ...body,
    snapshot: tenderedSnapshot(amendedSnapshot(readSnapshot(snapshot, snapshot.cart), body.amendments), body.tenders),
    number: row.number,
    integerId: Number(row.integer_id),
    version: row.version,
    parts: numberParts(body.parts, row.number, row.part_numbering),
  }
}

function readSnapshot(stored: StoredSnapshot, cart: Cart): PricedCart {
  return {
    ...stored,
    lines: stored.lines.map((line, index) => ({ item: cart.lineItems[index], ...line }) as PricedCart['lines'][number]),
    consignments: stored.consignments.map(
      (priced, index) => ({ consignment: cart.consignments[index], ...priced }) as PricedCart['consignments'][number],
    ),
  }
}

/** The parts with the numbers that follow from the order's number. */
export function numberParts(
  parts: readonly OrderPart[],
  number: string,
  numbering: PartNumbering,
): readonly OrderPart[] {
  if (numbering === 'stored') return parts
  return parts.map((part, index) => ({
    ...part,
    number: numbering === 'plain' ? number : `${number}-${String(index + 1).padStart(2, '0')}`,
  }))
}

/** The columns that are written beside the body, as one JSON record. */
export function orderRecord(order: Order, numbering: PartNumbering): string {
  return JSON.stringify({
    id: order.id,
    number: order.number,
    part_numbering: numbering,
    version: order.version,
    channel: order.channel,
    cart_id: order.cartId,
    purchase: order.purchase,
    status: order.status,
    owner_kind: order.owner.kind,
    owner_key: ownerKey(order.owner),
    email_key: order.email === undefined ? null : caseKey(order.email),
    currency: order.currency,
    grand_total: order.grandTotal.toString(),
    placed_at: order.placedAt,
    deadline: order.deadline ?? null,
  })
}

/** What the order takes from the stock, added up by SKU. */
export function stockRecord(order: Order): string {
  return JSON.stringify(
    [...addUp(order.holds.stock.map(hold => [hold.sku, hold.quantity]))].map(([sku, quantity]) => ({ sku, quantity })),
  )
}

export function couponsRecord(order: Order): string {
  return JSON.stringify(
    order.holds.coupons.map(({ code, promotionId }) => ({
      code,
      code_key: caseKey(code),
      promotion_id: promotionId,
      ...(order.holds.couponHolder === undefined ? {} : { holder: order.holds.couponHolder }),
    })),
  )
}

/** What the order takes from gift cards, added up by card. */
export function giftCardsRecord(order: Order): string {
  const codes = new Map(order.holds.giftCards.map(hold => [caseKey(hold.code), hold.code]))
  const amounts = new Map<string, bigint>()
  for (const { code, amount } of order.holds.giftCards) {
    amounts.set(caseKey(code), (amounts.get(caseKey(code)) ?? 0n) + amount)
  }
  return JSON.stringify(
    [...amounts]
      .filter(([, amount]) => amount > 0n)
      .map(([key, amount]) => ({
        code: present(codes.get(key), 'every card has a code'),
        code_key: key,
        amount: amount.toString(),
      })),
  )
}

function addUp(entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [key, count] of entries) if (count > 0) sums.set(key, (sums.get(key) ?? 0) + count)
  return sums
}
