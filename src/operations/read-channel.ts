import type { Channel } from '../core/catalog/channel.js'
import type { ChannelId } from '../core/ids.js'
import type { Facts } from '../core/pricing/facts.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** One channel with its settings. */
export async function readChannel(deps: Deps, input: { readonly channel: ChannelId }): Answer<Channel> {
  const channel = await deps.facts.channel(input.channel)
  return channel === undefined ? refuse({ code: 'channel_unknown', channel: input.channel }) : ok(channel)
}

/** Sellers, pickup points and ways of shipping of a channel; from the cache where it may be. */
export async function readChannelFacts(
  deps: Deps,
  input: { readonly channel: ChannelId },
): Answer<Pick<Facts, 'sellers' | 'pickupPoints' | 'shippingMethods' | 'paymentMethods'>> {
  const facts = await deps.facts.rules(input.channel)
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const { sellers, pickupPoints, shippingMethods, paymentMethods } = facts
  return ok({
    sellers: new Map(sellers.map(seller => [seller.id, seller])),
    pickupPoints,
    shippingMethods,
    paymentMethods,
  })
}
