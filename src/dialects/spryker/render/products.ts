import type { Variant } from '../../../core/catalog/variant.js'
import type { Resource } from '../json-api.js'

/** A `concrete-products` resource, as far as cart lines need it: name, description, attributes. */
export function renderProduct(variant: Variant): Resource {
  return {
    type: 'concrete-products',
    id: variant.sku,
    attributes: {
      sku: variant.sku,
      isDiscontinued: !variant.isActive,
      discontinuedNote: null,
      averageRating: null,
      reviewCount: 0,
      productAbstractSku: variant.productSku,
      name: variant.name,
      description: variant.description ?? null,
      attributes: { ...variant.attributes },
      superAttributesDefinition: [],
      metaTitle: null,
      metaKeywords: null,
      metaDescription: null,
      attributeNames: Object.fromEntries(Object.keys(variant.attributes).map(name => [name, name])),
    },
  }
}
