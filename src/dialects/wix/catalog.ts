import type { SubscriptionTerms } from '../../core/cart/cart.js'
import type { NewLine } from '../../core/cart/changes.js'
import type { Variant } from '../../core/catalog/variant.js'
import type { Json } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'
import { derivedGuid } from './ids.js'
import type { WixCall } from './request.js'
import { isObject, type JsonObject, objectAt, textAt } from './validation.js'

/** Names of this platform's ids among a variant's own. */
const productIdName = 'wixCatalogItemId'
const variantIdName = 'wixVariantId'

/** What the platform's older stores write where a product has no variants. */
const noVariant = '00000000-0000-0000-0000-000000000000'

/** Finds what catalog references name. */
export interface CatalogLookup {
  /** Whether that channel sells all that was named of this catalog. */
  readonly knowsAll: boolean
  /** The line for a reference; one that the catalog does not know is a line too, of goods that nobody has. */
  line(reference: JsonObject): Pick<NewLine, 'sku' | 'ifUnavailable' | 'attachments' | 'subscription'>
}

/** Looks up every reference at once. */
export async function lookUp(
  call: WixCall,
  operations: Operations,
  references: readonly JsonObject[],
  channel = call.channel.id,
): Promise<CatalogLookup> {
  const own = references.filter(reference => isOwn(call, reference))
  const values = [...new Set(own.map(reference => textAt(reference, 'catalogItemId') ?? ''))]
  const key = { externalIds: { name: productIdName, values } }
  const variants = values.length === 0 ? [] : await operations.findSoldVariants({ channel, key })
  return {
    knowsAll: own.every(reference => variantOf(variants, reference) !== undefined),
    line: reference => {
      const variant = isOwn(call, reference) ? variantOf(variants, reference) : undefined
      const options = objectAt(reference, 'options')
      const sku = variant?.sku ?? `unknown:${textAt(reference, 'catalogItemId') ?? ''}`
      const subscription = variant === undefined ? undefined : subscriptionOf(variant, options)
      const texts = customTexts(options)
      return {
        sku,
        ifUnavailable: 'keep',
        ...(texts === undefined ? {} : { attachments: [{ name: 'customTextFields', content: texts }] }),
        ...(subscription === undefined ? {} : { subscription }),
      }
    },
  }
}

/** The platform's own stores app, and the id by which its templates and many storefronts still name it. */
const storesApp = '215238eb-22a5-4c36-9e7b-e7c08025e04e'
const olderStoresApp = '1380b703-ce81-ff05-f115-39571d94dfcd'

function isOwn({ settings }: WixCall, reference: JsonObject): boolean {
  const [appId, own] = [textAt(reference, 'appId')?.toLowerCase(), settings.catalogAppId.toLowerCase()]
  return appId === own || (appId === olderStoresApp && own === storesApp)
}

/** By variant id, else by option values; a product of one variant needs neither, but what is sent must be right. */
function variantOf(variants: readonly Variant[], reference: JsonObject): Variant | undefined {
  const itemId = textAt(reference, 'catalogItemId')
  const candidates = variants.filter(variant => variant.externalIds[productIdName] === itemId)
  const options = objectAt(reference, 'options')
  const variantId = textAt(options, 'variantId')?.toLowerCase()
  const chosen = objectAt(options, 'options')
  if (variantId !== undefined && variantId !== noVariant) {
    const [only, ...others] = candidates
    const byId = candidates.find(variant => variantIdOf(variant) === variantId)
    // A product of one variant may be known by another store's id of that variant.
    return byId ?? (others.length === 0 ? only : undefined)
  }
  const fitting = candidates.filter(variant =>
    Object.entries(chosen).every(([name, value]) => variant.attributes[name] === value),
  )
  return fitting[0]
}

/** The id of a variant on the wire. */
export function variantIdOf(variant: Variant): string {
  return (variant.externalIds[variantIdName] ?? derivedGuid('variant', variant.sku)).toLowerCase()
}

/** How a line is referred to that came into the cart by another way. */
export function referenceTo(variant: Variant, appId: string): JsonObject {
  const catalogItemId = variant.externalIds[productIdName] ?? derivedGuid('product', variant.productSku)
  return { catalogItemId, appId, options: { variantId: variantIdOf(variant) } }
}

function subscriptionOf(variant: Variant, options: JsonObject): SubscriptionTerms | undefined {
  const optionId = textAt(options, 'subscriptionOptionId')?.toLowerCase()
  const found = variant.subscriptionOptions.find(option => option.optionId.toLowerCase() === optionId)
  if (found === undefined) return undefined
  const { title: _title, ...terms } = found
  return terms
}

function customTexts(options: JsonObject): Readonly<Record<string, string>> | undefined {
  const fields = options.customTextFields
  if (!isObject(fields)) return undefined
  const texts = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return texts.length === 0 ? undefined : Object.fromEntries(texts)
}

/** A reference as it is kept and shown again. */
export function keptReference(reference: JsonObject): Readonly<Record<string, Json>> {
  const { catalogItemId, appId, options } = reference
  return {
    catalogItemId: String(catalogItemId),
    appId: String(appId),
    ...(isObject(options) ? { options: options as Json } : {}),
  }
}
