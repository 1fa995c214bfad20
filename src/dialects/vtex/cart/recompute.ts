import type { Notice } from '../../../core/cart/cart.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import type { LineShipping } from '../../../core/cart/line-shipping.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { LineItemId } from '../../../core/ids.js'
import { ok, type Result } from '../../../core/result.js'
import type { EditDesk } from '../../../operations/operations.js'
import { extrasOf } from '../extras.js'

/**
 * Brings everything that follows from a change into line, as each write of this API does: ways of shipping for new
 * items, payments for the new total, messages about what cannot be had.
 *
 * @param before  the cart as it was before the change
 */
export function recomputed(
  desk: EditDesk,
  before: EditDesk,
  shipping: LineShipping = { wishes: [] },
): Result<EditDesk, CheckoutError> {
  const known = new Set(before.cart.lineItems.map(line => line.id))
  const asked = new Set(shipping.wishes.map(wish => wish.lineItemId))
  const fresh = desk.cart.lineItems.filter(line => !known.has(line.id) && !asked.has(line.id))
  const wishes = [...shipping.wishes, ...fresh.map(line => ({ lineItemId: line.id, option: null }))]
  const shipped = desk.edit([...arranging(desk), { kind: 'ship_lines', shipping: { ...shipping, wishes } }])
  if (!shipped.ok) return shipped
  const paid = refitted(shipped.value, before)
  return paid.ok ? paid.value.edit([{ kind: 'note_problems' }]) : paid
}

/** Items in the order that the shopper asked for. */
function arranging({ cart, facts }: EditDesk): readonly CartEdit[] {
  const { itemsOrdination } = extrasOf(cart)
  if (itemsOrdination === undefined) return []
  const { criteria, ascending } = itemsOrdination
  const nameOf = (sku: string) => facts.variants.get(sku)?.name ?? sku
  const lines = [...cart.lineItems].sort((a, b) => {
    // Of one name, the earlier one comes first: turned around, the same order comes of every write.
    if (criteria === 'NAME') return nameOf(a.sku).localeCompare(nameOf(b.sku)) || a.sequence - b.sequence
    if (criteria === 'GIFT' && a.isGift !== b.isGift) return a.isGift ? 1 : -1
    return a.sequence - b.sequence
  })
  const lineItemIds: readonly LineItemId[] = (ascending ? lines : lines.reverse()).map(line => line.id)
  return [{ kind: 'arrange_lines', lineItemIds }]
}

/**
 * One payment follows the total; several, which somebody worked out by hand, go when the total moves, and so does one
 * that nobody can pay with any longer.
 */
function refitted(desk: EditDesk, before: EditDesk): Result<EditDesk, CheckoutError> {
  const { payments } = desk.cart
  if (payments.length === 0) return ok(desk)
  const priced = desk.price()
  const isOffered = priced.payments.length === payments.length
  const [only] = payments
  if (isOffered && payments.length === 1 && only !== undefined) {
    if (only.amount === undefined) return ok(desk)
    const { amount: _amount, id: _id, ...rest } = only
    return desk.edit([{ kind: 'fill_in', changes: { payments: [rest] } }])
  }
  if (isOffered && priced.totals.amountDue === before.price().totals.amountDue) return ok(desk)
  const notice: Notice = { code: 'payment_unavailable', level: 'warning', data: {}, at: desk.facts.now }
  return desk.edit([
    { kind: 'fill_in', changes: { payments: [] } },
    { kind: 'set_notices', notices: [...desk.cart.notices.filter(one => one.code !== notice.code), notice] },
  ])
}
