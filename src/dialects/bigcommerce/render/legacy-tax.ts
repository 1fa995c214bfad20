import type { TaxShare } from '../../../core/pricing/priced-cart.js'
import { wrappingFeeId } from '../../../core/pricing/wrappings.js'
import { decimalText, toText } from '../money.js'
import { legacyPlace } from './legacy-parts.js'
import { type OrderContext, orderAddressId, orderLineId } from './order.js'

/** What is taxed: goods, the way to them, or their wrapping; v2 has no word for fees. */
type LineItemType = 'item' | 'shipping' | 'gift-wrapping' | null

/** What one rate takes of one thing in an order. */
interface TaxedThing {
  readonly share: TaxShare
  /** 0: it goes to no address. */
  readonly addressId: number
  readonly productId: number | null
  readonly type: LineItemType
}

/**
 * Taxes of an order: a row for each rate and address; with `details` one for each thing that is taxed, which add up to the
 * same. What goes to no address stands with the first one, unless details are asked for. Source: dialects/bigcommerce.md 4.6.
 */
export function legacyTaxes(context: OrderContext, { details = false }: { readonly details?: boolean } = {}) {
  const things = taxedThings(context)
  if (details) {
    return things.map((thing, index) => ({
      ...taxRow(thing, index, context),
      order_product_id: thing.productId?.toString() ?? null,
      line_item_type: thing.type,
    }))
  }
  const [first] = context.cart.consignments
  const home = first === undefined ? 0 : orderAddressId(context, first.consignment)
  const rows = new Map<string, TaxedThing>()
  for (const thing of things) {
    const addressId = thing.addressId || home
    const key = `${thing.share.rateId} ${addressId.toString()}`
    const amount = thing.share.amount + (rows.get(key)?.share.amount ?? 0n)
    rows.set(key, { ...thing, addressId, share: { ...thing.share, amount } })
  }
  return [...rows.values()].map((thing, index) => taxRow(thing, index, context))
}

function taxRow({ share, addressId }: TaxedThing, index: number, context: OrderContext) {
  const { order, orderId, cart } = context
  const rateId = cart.taxes.find(tax => tax.rateId === share.rateId)?.integerId ?? 0
  const amount = toText(share.amount, order.currency)
  return {
    id: order.integerId * rowsPerOrder + index + 1,
    order_id: orderId,
    ...legacyPlace(addressId, context),
    tax_rate_id: rateId,
    tax_class_id: 0,
    name: share.name,
    class: 'Default Tax Class',
    rate: decimalText(share.rate.micros, 4),
    priority: 1,
    priority_amount: amount,
    line_amount: amount,
  }
}

/** Above what lines, shipping and fees of one order may have of rates. Ours. */
const rowsPerOrder = 100_000

function taxedThings(context: OrderContext): readonly TaxedThing[] {
  const { figures, cart } = context
  const addresses = new Map(
    cart.consignments.flatMap(({ consignment, items }) =>
      items.map(item => [item.lineItemId, orderAddressId(context, consignment)] as const),
    ),
  )
  const addressOf = (lineItemId: string) => addresses.get(lineItemId) ?? 0
  const goods = figures.lines.flatMap(line =>
    [...line.line.taxes, ...line.line.options.flatMap(option => option.taxes)].map(share => ({
      share,
      addressId: addressOf(line.line.item.id),
      productId: orderLineId(context, line),
      type: 'item' as const,
    })),
  )
  const shipping = cart.consignments.flatMap(({ consignment, taxes }) =>
    taxes.map(share => ({
      share,
      addressId: orderAddressId(context, consignment),
      productId: null,
      type: 'shipping' as const,
    })),
  )
  const wrapped = new Map(figures.lines.map(({ line }) => [wrappingFeeId(line.item), line.item.id]))
  const fees = cart.fees.flatMap(fee => {
    const lineItemId = wrapped.get(fee.id)
    const addressId = lineItemId === undefined ? 0 : addressOf(lineItemId)
    const type = fee.kind === 'wrapping' ? ('gift-wrapping' as const) : null
    return fee.taxes.map(share => ({ share, addressId, productId: null, type }))
  })
  return [...goods, ...shipping, ...fees]
}
