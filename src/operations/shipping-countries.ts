import type { ChannelId } from '../core/ids.js'
import { countriesServed } from '../core/pricing/countries-served.js'
import type { Deps } from './deps.js'

/** Countries that a channel's shipping methods reach, alpha-2, in the channel's order; none for an unknown channel. */
export async function shippingCountries(
  deps: Deps,
  input: { readonly channel: ChannelId },
): Promise<readonly string[]> {
  const epoch = await deps.storage.catalog.epoch()
  const facts = await deps.facts.load({ channel: input.channel, skus: [], codes: [], stock: false, epoch })
  return facts === undefined ? [] : countriesServed(facts.shippingMethods, facts.channel)
}
