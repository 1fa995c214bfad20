import type { Cart } from '../cart/cart.js'
import type { Variant } from '../catalog/variant.js'
import type { PromotionId } from '../ids.js'
import type { PricedLine } from './priced-cart.js'

/**
 * One piece of a gift as the line that it would be, for shoppers who have yet to choose: it costs nothing.
 *
 * @param available  pieces of it that may be promised; undefined where nobody asked
 */
export function offeredGift(
  cart: Cart,
  variant: Variant,
  { promotionId, available }: { readonly promotionId: PromotionId; readonly available: number | undefined },
): PricedLine {
  const price = variant.prices.find(
    one => one.channel === cart.channel && one.currency === cart.currency && one.mode === cart.priceMode,
  )
  const nothing = { net: 0n, tax: 0n, gross: 0n }
  return {
    item: {
      id: `${promotionId}/${variant.sku}`,
      sequence: 0,
      sku: variant.sku,
      seller: variant.seller,
      quantity: 1,
      options: [],
      origin: { kind: 'catalog' },
      attachments: [],
      isGift: true,
      giftOf: promotionId,
      addedAt: cart.updatedAt,
    },
    variant,
    name: variant.name,
    kind: variant.kind,
    availability: available !== undefined && available < 1 ? 'out_of_stock' : 'available',
    quantity: 1,
    unitMultiplierMicros: variant.unitMultiplierMicros,
    listPrice: price?.list ?? price?.amount ?? 0n,
    catalogPrice: price?.amount ?? 0n,
    unitPrice: 0n,
    price: 0n,
    options: [],
    subtotal: 0n,
    discounts: [],
    discount: 0n,
    fullDiscount: 0n,
    taxRate: { micros: 0n },
    taxes: [],
    amount: nothing,
    total: nothing,
    pieces: [],
  }
}
