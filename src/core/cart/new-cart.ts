import type { CartOwner } from '../access/caller.js'
import type { Channel } from '../catalog/channel.js'
import type { CheckoutError } from '../errors.js'
import type { Instant } from '../ids.js'
import { ok, type Result, refuse } from '../result.js'
import type { Buyer, Cart, PriceMode } from './cart.js'

/** How long an untouched cart is kept, milliseconds: 30 days (BigCommerce's; the others name longer or none). */
export const cartLifetimeMilliseconds = 30 * 24 * 3_600_000

/** Random parts of a new cart, made outside since core has no randomness. */
export interface CartIdentity {
  readonly id: string
  readonly integerId: number
  readonly number: string
  readonly accessToken: string
}

/**
 * An empty open cart of `channel`.
 *
 * @returns `currency_unsupported` when the channel does not sell in that currency
 */
export function newCart(input: {
  readonly identity: CartIdentity
  readonly channel: Channel
  readonly owner: CartOwner
  readonly now: Instant
  readonly currency?: string | undefined
  readonly locale?: string | undefined
  readonly priceMode?: PriceMode | undefined
  readonly name?: string | undefined
  readonly isDefault?: boolean | undefined
  readonly buyer?: Buyer | undefined
  readonly extras?: Cart['extras'] | undefined
}): Result<Cart, CheckoutError> {
  const { identity, channel, owner, now } = input
  const currency = input.currency ?? channel.currency
  if (!channel.currencies.includes(currency)) return refuse({ code: 'currency_unsupported', currency })
  const customer = owner.kind === 'member' ? { customerId: owner.customerId } : {}
  return ok({
    ...identity,
    version: 1,
    channel: channel.id,
    currency,
    locale: input.locale ?? channel.locale,
    priceMode: input.priceMode ?? channel.priceMode,
    status: 'open',
    purchase: 0,
    step: 'cart',
    owner,
    buyer: { ...input.buyer, ...customer },
    ...(input.name === undefined ? {} : { name: input.name }),
    isDefault: input.isDefault ?? true,
    lineItems: [],
    consignments: [],
    addresses: [],
    couponCodes: [],
    giftCards: [],
    payments: [],
    marketing: {},
    preferences: {},
    customData: {},
    fees: [],
    manualDiscounts: [],
    notices: [],
    extras: input.extras ?? {},
    createdAt: now,
    updatedAt: now,
    expiresAt: after(now, cartLifetimeMilliseconds),
  })
}

/** The instant `milliseconds` after `instant`. */
export function after(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString()
}
