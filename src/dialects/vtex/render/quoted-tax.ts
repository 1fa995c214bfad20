import { type Minor, sumOf } from '../../../core/money.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import type { QuotedTax } from '../../../core/pricing/tax-quote.js'
import { toMajor, toWire } from '../money.js'
import type { RenderContext } from './context.js'
import { type PriceTag, skuIdOf } from './item.js'

/** Taxes of a line that an outside service told: they stand in its tags, and not in its `tax`. */
export function quotedTaxesOf({ item }: PricedLine, { taxQuote }: PricedCart): readonly QuotedTax[] {
  return (taxQuote?.taxes ?? []).filter(({ line }) => line === item.sequence)
}

/** What they come to. */
export function quotedTaxOf(line: PricedLine, priced: PricedCart): Minor {
  return sumOf(quotedTaxesOf(line, priced).map(({ amount }) => amount))
}

/** One tag per tax. Taxes that gross prices hold already add nothing, and have none. */
export function quotedTaxTags(line: PricedLine, priced: PricedCart): readonly PriceTag[] {
  if (priced.cart.priceMode === 'gross') return []
  return quotedTaxesOf(line, priced).map(({ name, amount, jurisdiction }) => ({
    name: `TAXHUB@${name}`,
    identifier: null,
    isPercentual: false,
    value: toWire(amount),
    rawValue: toMajor(amount, priced.currency),
    ...(jurisdiction === undefined
      ? {}
      : { jurisType: jurisdiction.type, jurisCode: jurisdiction.code, jurisName: jurisdiction.name }),
  }))
}

/** Which taxes of an order were told by an outside service; null where the store's own rates counted. */
export function renderTaxData({ priced, settings }: RenderContext) {
  if (priced.taxQuote === undefined) return null
  return {
    areTaxesDesignatedByMarketplace: settings.orderForm.taxConfiguration?.isMarketplaceResponsibleForTaxes ?? false,
    taxInfoCollection: priced.lines.flatMap((line, itemIndex) => {
      const priceTags = quotedTaxTags(line, priced)
      return priceTags.length === 0 ? [] : [{ itemIndex, sku: skuIdOf(line), priceTags }]
    }),
  }
}
