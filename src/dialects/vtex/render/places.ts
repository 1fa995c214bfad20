import { createHash } from 'node:crypto'
import type { NearbyPickupPoint } from '../../../core/geography/pickup-search.js'
import type { Region } from '../../../core/geography/regions.js'
import type { ChannelId } from '../../../core/ids.js'
import type { Seller } from '../../../core/pricing/facts.js'
import type { PostalPlace } from '../../../operations/operations.js'
import { plainPostalCode, renderPickupPoint } from '../address.js'

/**
 * What the postal directory knows of a code; empty texts where it knows nothing. A code with several streets has none in
 * particular. Source: dialects/vtex.md 3.26.
 */
export function renderPostalPlace(alpha3: string, postalCode: string, places: readonly PostalPlace[]) {
  const [place] = places
  const same = (part: (place: PostalPlace) => string | undefined) => {
    const first = place === undefined ? undefined : part(place)
    return first !== undefined && places.every(other => part(other) === first) ? first : ''
  }
  const isLocated = place?.longitude !== undefined && place.latitude !== undefined
  return {
    postalCode: plainPostalCode(postalCode),
    city: same(found => found.place),
    state: same(found => found.subdivision),
    country: alpha3,
    street: same(found => found.street),
    number: '',
    neighborhood: same(found => found.district),
    complement: '',
    reference: '',
    geoCoordinates: isLocated ? [place.longitude, place.latitude] : [],
  }
}

/** Source: dialects/vtex.md 3.32. */
export function renderRegion(channel: ChannelId, region: Region) {
  return { id: regionIdOf(channel, region), sellers: region.sellers.map(renderSeller) }
}

function renderSeller({ id, name, logoUrl }: Seller) {
  return { id, name, logo: logoUrl ?? null }
}

/** The same for all places of a country that the same sellers serve; `v2.` and 32 hexadecimal digits. */
export function regionIdOf(channel: ChannelId, { country, sellers }: Region): string {
  const text = JSON.stringify([channel, country, ...sellers.map(({ id }) => id).sort()])
  return `v2.${createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase()}`
}

/** Source: dialects/vtex.md 3.25. */
export function renderNearbyPickupPoint({ point, kilometers }: NearbyPickupPoint) {
  const { address, ...rest } = renderPickupPoint(point)
  const pickupPoint = { ...rest, address: { ...address, reference: address.reference ?? '' } }
  return { distance: Math.round(kilometers * 1_000) / 1_000, pickupPoint }
}
