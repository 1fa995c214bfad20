import type { CartEdit } from '../../../core/cart/edits.js'
import type { CheckoutError } from '../../../core/errors.js'
import { sumOf } from '../../../core/money.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { ONE_MICROS } from '../../../core/rate.js'
import { ok, type Result } from '../../../core/result.js'
import type { EditDesk } from '../../../operations/operations.js'
import { grossOf } from '../render/item.js'
import { orderedPricedLines } from './ordered-lines.js'
import type { OrderedItem } from './whole-order-input.js'

type Discounts = Extract<CartEdit, { readonly kind: 'set_discounts' }>['discounts']

/**
 * Lowers and raises lines by the price tags that came with them: what is taken off is a discount by hand; what is put on is a
 * price by hand, rounded up to a price of one piece, with a discount of what that is too much.
 */
export function tagged(desk: EditDesk, items: readonly OrderedItem[], by: string): Result<EditDesk, CheckoutError> {
  if (items.every(({ priceTags }) => priceTags.length === 0)) return ok(desk)
  const lines = orderedPricedLines(desk.price())
  const edits: CartEdit[] = []
  const discounts: Discounts[number][] = []
  for (const [index, { priceTags }] of items.entries()) {
    const line = lines[index]
    const sum = tagSum({ priceTags })
    const [first] = priceTags
    if (line === undefined || first === undefined || sum === 0n) continue
    const lineItemId = line.item.id
    const { unitPrice, surplus } = sum < 0n ? { unitPrice: undefined, surplus: -sum } : raised(line, sum)
    if (unitPrice !== undefined) {
      const origin = { kind: 'manual', unitPrice, by } as const
      edits.push({ kind: 'change_line', lineItemId, changes: { origin } })
    }
    if (surplus > 0n) discounts.push({ name: first.name, amount: surplus, lineItemId })
  }
  return desk.edit([...edits, { kind: 'set_discounts', discounts }])
}

/** The smallest price of a piece at which the line costs at least that much more, and by how much it is then too dear. */
function raised(line: PricedLine, by: bigint) {
  const factor = BigInt(line.quantity) * line.unitMultiplierMicros
  const wanted = grossOf(line) + by
  const unitPrice = (wanted * ONE_MICROS + factor - 1n) / factor
  return { unitPrice, surplus: (unitPrice * factor) / ONE_MICROS - wanted }
}

/** Whether every line came out as its tags say: nothing is taken off that is not there. */
export function isTaggedAsSent(priced: PricedCart, items: readonly OrderedItem[]): boolean {
  const { discounts } = priced
  const lines = orderedPricedLines(priced)
  const byHand = new Set(discounts.flatMap(({ id, source }) => (source === 'manual' ? [id] : [])))
  return items.every((item, index) => {
    const line = lines[index]
    if (line === undefined || item.priceTags.length === 0) return true
    const taken = sumOf(line.discounts.flatMap(({ discountId, amount }) => (byHand.has(discountId) ? [amount] : [])))
    return line.price - taken - grossOf(line) === tagSum(item)
  })
}

function tagSum({ priceTags }: Pick<OrderedItem, 'priceTags'>): bigint {
  return sumOf(priceTags.map(({ value }) => value))
}
