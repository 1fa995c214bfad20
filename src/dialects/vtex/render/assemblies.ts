import type { PricedLine } from '../../../core/pricing/priced-cart.js'
import type { RenderContext } from './context.js'

/**
 * What an item may be put together from. Each group of components is one option, named by its name; who bought what of it
 * is told by the items that hang on this one. The shape is that which the platform's own storefront apps read.
 */
export function renderAssemblyOptions({ variant }: PricedLine, context: RenderContext) {
  return (variant?.componentGroups ?? []).map(({ name, minQuantity, maxQuantity, components }) => ({
    id: name,
    name,
    composition: {
      minQuantity,
      maxQuantity,
      items: components.map(({ sku, ...numbers }) => ({
        id: componentIdOf(sku, context),
        ...numbers,
        priceTable: '',
        seller: sellerOfComponent(sku, context),
      })),
    },
    inputValues: {},
  }))
}

/** Of which options something was chosen. */
export function renderAssemblies({ item }: PricedLine, { priced }: RenderContext) {
  const groups = priced.lines.flatMap(({ item: { parent, componentOf } }) =>
    parent === item.id && componentOf !== undefined ? [componentOf] : [],
  )
  return [...new Set(groups)].map(id => ({ id, inputValues: {} }))
}

/** An order knows the components that were bought; of others, only the SKU. */
function componentIdOf(sku: string, context: RenderContext): string {
  const variant = variantOf(sku, context)
  return variant === undefined ? sku : String(variant.variantId)
}

function sellerOfComponent(sku: string, context: RenderContext): string {
  const seller = variantOf(sku, context)?.seller ?? ''
  return seller === '' ? ([...context.facts.sellers.keys()][0] ?? '1') : seller
}

function variantOf(sku: string, { facts, priced }: RenderContext) {
  return facts.variants?.get(sku) ?? priced.lines.find(({ item }) => item.sku === sku)?.variant
}
