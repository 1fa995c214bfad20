import type { Channel } from '../catalog/channel.js'
import type { ShippingMethod } from './facts.js'

/**
 * Countries that something can be shipped to, alpha-2: those that the methods' zones name, and every country of the
 * channel where a method goes everywhere. In the channel's order; named countries that it does not list come last.
 */
export function countriesServed(
  methods: readonly ShippingMethod[],
  channel: Pick<Channel, 'countries'>,
): readonly string[] {
  const active = methods.filter(method => method.isActive)
  const named = active.flatMap(method => method.zones.flatMap(zone => zone.country ?? []))
  const goesEverywhere = active.some(
    ({ zones }) => zones.length === 0 || zones.some(zone => zone.country === undefined),
  )
  const own = channel.countries.filter(country => goesEverywhere || named.includes(country))
  return [...new Set([...own, ...named])]
}
