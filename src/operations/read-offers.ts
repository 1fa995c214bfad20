import type { ChannelId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { ChannelFacts } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** What a channel offers whatever is in the cart: its ways to ship and to pay, and its tax zones. */
export type Offers = Pick<ChannelFacts, 'channel' | 'shippingMethods' | 'paymentMethods' | 'taxZones'>

/** What a channel offers, from the process's cache; `channel_unknown`. */
export async function readOffers(deps: Deps, input: { readonly channel: ChannelId }): Answer<Offers> {
  const rules = await deps.facts.rules(input.channel)
  return rules === undefined ? refuse({ code: 'channel_unknown', channel: input.channel }) : ok(rules)
}
