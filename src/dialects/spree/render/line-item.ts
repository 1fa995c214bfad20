import type { Channel } from '../../../core/catalog/channel.js'
import { divide, type Minor, sumOf } from '../../../core/money.js'
import { fullDiscounts, fullTaxes } from '../../../core/pricing/full-shares.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { ONE_MICROS } from '../../../core/rate.js'
import { integerOf } from '../ids.js'
import { display, toWire } from '../money.js'
import { discountAdjustments, taxAdjustments } from './adjustment.js'
import { renderVariant } from './variant.js'

/** A line with its variant and its own discounts and taxes. */
export function renderLineItem(priced: PricedCart, line: PricedLine, { tracksStock }: Pick<Channel, 'tracksStock'>) {
  const { currency } = priced
  const { item, variant } = line
  const adjusted = { type: 'Spree::LineItem', id: item.sequence } as const
  const discounts = fullDiscounts(line)
  const ofOrder = sumOf(
    discounts.flatMap(({ discountId, amount }) =>
      priced.discounts.some(({ id, target }) => id === discountId && target === 'order') ? [amount] : [],
    ),
  )
  const price = pieceOf(line)
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
      ...discountAdjustments(priced, discounts, adjusted),
      ...taxAdjustments(priced, fullTaxes(line), included, adjusted),
    ],
  }
}

/**
 * What one piece costs, since clients multiply it by the quantity: with its services, which only other APIs know, and with
 * all that is in it where the price is that of a measure.
 */
function pieceOf(line: PricedLine): Minor {
  if (line.unitMultiplierMicros !== ONE_MICROS) return divide(line.subtotal, BigInt(line.quantity), 'half_away')
  return line.unitPrice + sumOf(line.options.map(({ unitPrice }) => unitPrice))
}
