import type { Channel } from '../../../core/catalog/channel.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { Minor } from '../../../core/money.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { toNumber } from '../money.js'
import { type BigCommerceSettings, settingsOf } from '../settings.js'
import { type CartFigures, figuresOf } from './figures.js'

/** Everything that the rendering of a cart, checkout or order looks at. */
export interface RenderContext {
  readonly cart: PricedCart
  readonly channel: Channel
  readonly settings: BigCommerceSettings
  readonly figures: CartFigures
  /** Who owns the cart, where it is a member's. */
  readonly customer: Customer | undefined
  /** Scheme and host as the client sees them; relative addresses of the catalog are made absolute by it. */
  readonly baseUrl: string
  /** Keys that are shown only when asked for, in camel case: `consignments.availableShippingOptions`. */
  readonly include: ReadonlySet<string>
  /** An amount in major units. */
  readonly money: (amount: Minor) => number
}

export function renderContext(input: {
  readonly cart: PricedCart
  readonly channel: Channel
  readonly customer: Customer | undefined
  readonly baseUrl: string
  readonly include: ReadonlySet<string>
}): RenderContext {
  const { cart, channel } = input
  return {
    ...input,
    settings: settingsOf(channel),
    figures: figuresOf(cart, channel),
    money: amount => toNumber(amount, cart.currency),
  }
}

/**
 * Reads `include`: a list by commas, in either case. `cart.line_items.physical_items.options` (checkouts) and
 * `lineItems.physicalItems.options` (carts) mean the same; what is not known is ignored.
 */
export function readInclude(query: URLSearchParams): ReadonlySet<string> {
  const names = query
    .getAll('include')
    .concat(query.getAll('include[]'))
    .flatMap(text => text.split(','))
    .map(name => name.trim().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
  return new Set(names.filter(name => name !== '').map(name => name.replace(/^cart\./, '')))
}

/** An address of the catalog (`/demo/images/mug.svg`) as a client can fetch it; empty where there is none. */
export function absoluteUrl(baseUrl: string, url: string | undefined): string {
  if (url === undefined || url === '') return ''
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : url
}
