import type { Cart, LineItem } from '../cart/cart.js'
import type { Variant } from '../catalog/variant.js'
import type { Sku } from '../ids.js'
import type { Facts } from './facts.js'
import type { PricedLine } from './priced-cart.js'

/** What a line is, before any price: its variant, its nature and whether it can be had. */
export interface Goods {
  readonly item: LineItem
  readonly variant: Variant | undefined
  readonly name: string
  readonly kind: PricedLine['kind']
  /** Undefined: never taxed. */
  readonly taxClass: string | undefined
  readonly availability: PricedLine['availability']
  /** Pieces that could be had, where stock was asked. */
  readonly available: number | undefined
  /** Physical, and known to the catalog. */
  readonly needsShipping: boolean
}

/** Looks up what each line of the cart is; lines of one SKU share its stock in their order. */
export function identifyGoods(cart: Cart, facts: Facts): readonly Goods[] {
  const left = new Map<Sku, number>()
  return cart.lineItems.map(item => {
    const { origin } = item
    switch (origin.kind) {
      case 'gift_certificate':
        return madeUp(item, origin.name, 'gift_certificate', undefined)
      case 'custom':
        return madeUp(item, origin.name, origin.itemKind, origin.taxClass)
      default:
        return fromCatalog(item, facts, left)
    }
  })
}

function madeUp(item: LineItem, name: string, kind: Goods['kind'], taxClass: string | undefined): Goods {
  const needsShipping = kind === 'physical'
  return {
    item,
    variant: undefined,
    name,
    kind,
    taxClass,
    availability: 'available',
    available: undefined,
    needsShipping,
  }
}

function fromCatalog(item: LineItem, facts: Facts, left: Map<Sku, number>): Goods {
  const variant = facts.variants.get(item.sku)
  const isKnown = variant?.isActive === true
  const available = isKnown && facts.stock !== undefined ? takeStock(item, facts.stock, left) : undefined
  return {
    item,
    variant,
    name: variant?.name ?? item.sku,
    kind: variant?.kind ?? 'physical',
    taxClass: variant?.taxClass,
    availability: isKnown ? availabilityOf(item.quantity, available) : 'not_found',
    available,
    needsShipping: isKnown && variant.kind === 'physical',
  }
}

function takeStock(item: LineItem, stock: ReadonlyMap<Sku, number>, left: Map<Sku, number>): number {
  const available = left.get(item.sku) ?? stock.get(item.sku) ?? 0
  left.set(item.sku, Math.max(0, available - item.quantity))
  return available
}

function availabilityOf(quantity: number, available: number | undefined): Goods['availability'] {
  if (available === undefined || available >= quantity) return 'available'
  return available > 0 ? 'partial' : 'out_of_stock'
}
