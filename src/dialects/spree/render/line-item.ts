import type { Channel } from '../../../core/catalog/channel.js'
import { sumOf } from '../../../core/money.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { integerOf } from '../ids.js'
import { display, toWire } from '../money.js'
import { discountAdjustments, taxAdjustments } from './adjustment.js'
import { renderVariant } from './variant.js'

/** A line with its variant and its own discounts and taxes. */
export function renderLineItem(priced: PricedCart, line: PricedLine, { tracksStock }: Pick<Channel, 'tracksStock'>) {
  const { currency } = priced
  const { item, variant } = line
  const adjusted = { type: 'Spree::LineItem', id: item.sequence } as const
  const ofOrder = sumOf(
    line.discounts.flatMap(({ discountId, amount }) =>
      priced.discounts.some(({ id, target }) => id === discountId && target === 'order') ? [amount] : [],
    ),
  )
  // Services, which only other APIs know, are part of what a piece costs: clients multiply it by the quantity.
  const services = sumOf(line.options.map(({ unitPrice }) => unitPrice))
  const price = line.unitPrice + services
  const included = line.total.tax - (line.total.gross - (line.subtotal - line.fullDiscount))
  return {
    id: item.sequence,
    quantity: line.quantity,
    price: toWire(price, currency),
    variant_id: variant?.variantId ?? integerOf(`variant ${item.sku}`),
    single_display_amount: display(price, currency),
    display_amount: display(line.subtotal, currency),
    display_total: display(line.subtotal, currency),
    total: toWire(line.total.gross + ofOrder, currency),
    variant:
      variant === undefined
        ? null
        : {
            ...renderVariant(variant, {
              currency,
              price: line.catalogPrice,
              tracksStock,
              ...(line.available === undefined ? {} : { stock: line.available }),
            }),
            product_id: variant.productId,
          },
    adjustments: [
      ...discountAdjustments(priced, line.discounts, adjusted),
      ...taxAdjustments(priced, line.taxes, included, adjusted),
    ],
  }
}
