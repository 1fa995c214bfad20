import type { Cart, LineItem } from '../cart/cart.js'
import type { Variant } from '../catalog/variant.js'
import type { Sku } from '../ids.js'
import type { Facts } from './facts.js'
import type { PricedLine } from './priced-cart.js'

/** What a line is, before any price: its variant, its nature and whether it can be had. */
export interface Goods {
  readonly item: LineItem
  readonly variant?: Variant
  readonly name: string
  readonly kind: PricedLine['kind']
  /** Absent: never taxed. */
  readonly taxClass?: string
  readonly availability: PricedLine['availability']
  readonly available?: number
  /** Physical, and known to the catalog. */
  readonly needsShipping: boolean
}

/** Looks up what each line of the cart is; lines of one SKU share its stock in their order. */
export function identifyGoods(cart: Cart, facts: Facts): readonly Goods[] {
  const left = new Map<Sku, number>()
  return cart.lineItems.map(item => {
    switch (item.origin.kind) {
      case 'gift_certificate':
        return {
          item,
          name: item.origin.name,
          kind: 'gift_certificate',
          availability: 'available',
          needsShipping: false,
        }
      case 'custom':
        return {
          item,
          name: item.origin.name,
          kind: item.origin.itemKind,
          ...(item.origin.taxClass === undefined ? {} : { taxClass: item.origin.taxClass }),
          availability: 'available',
          needsShipping: item.origin.itemKind === 'physical',
        }
      default:
        return fromCatalog(item, facts, left)
    }
  })
}

function fromCatalog(item: LineItem, facts: Facts, left: Map<Sku, number>): Goods {
  const variant = facts.variants.get(item.sku)
  if (variant === undefined) {
    return { item, name: item.sku, kind: 'physical', availability: 'not_found', needsShipping: false }
  }
  const about = { item, variant, name: variant.name, kind: variant.kind, taxClass: variant.taxClass }
  if (!variant.isActive) return { ...about, availability: 'not_found', needsShipping: false }
  const needsShipping = variant.kind === 'physical'
  if (facts.stock === undefined) return { ...about, availability: 'available', needsShipping }
  const available = left.get(item.sku) ?? facts.stock.get(item.sku) ?? 0
  left.set(item.sku, Math.max(0, available - item.quantity))
  const availability = available >= item.quantity ? 'available' : available > 0 ? 'partial' : 'out_of_stock'
  return { ...about, availability, available, needsShipping }
}
