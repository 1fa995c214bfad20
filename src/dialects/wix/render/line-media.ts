import type { PricedLine } from '../../../core/pricing/priced-cart.js'
import { lineExtrasOf } from '../extras.js'
import { isObject, type JsonObject, textAt } from '../validation.js'

/** Pixels of a picture whose size nobody knows: clients that cut pictures need some. */
const unknownSize = { height: 800, width: 800 }

interface Origins {
  readonly baseUrl: string
  readonly siteUrl: string
}

/** The picture of a line; always there, since clients take its id and size for granted. Source: dialects/wix.md 6.2. */
export function renderMedia(line: PricedLine, { baseUrl }: Origins): JsonObject {
  const { shown = {} } = lineExtrasOf(line.item)
  const own = isObject(shown.media) ? shown.media : shown.image
  if (isObject(own)) return { id: '', url: '', ...unknownSize, ...own }
  const path = line.variant?.imageUrl
  if (path === undefined) return { id: 'no-picture', url: '', ...unknownSize }
  const url = path.startsWith('/') ? `${baseUrl}${path}` : path
  return { id: path.split('/').at(-1) ?? path, url, ...unknownSize, altText: line.name }
}

/** The page of the goods on the site. */
export function renderUrl(line: PricedLine, { siteUrl }: Origins): JsonObject | undefined {
  const { shown = {} } = lineExtrasOf(line.item)
  if (isObject(shown.url)) return shown.url
  if (line.variant === undefined) return undefined
  const own = line.variant.url
  if (own !== undefined && !own.startsWith('/')) return { relativePath: new URL(own).pathname, url: own }
  const relativePath = own ?? `/product-page/${slugOf(line.variant.name)}`
  return { relativePath, url: `${siteUrl}${relativePath}` }
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return textAt({ slug }, 'slug') ?? 'item'
}
