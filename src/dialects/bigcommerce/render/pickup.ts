import type { PickupPoint } from '../../../core/pricing/facts.js'
import type { PricedConsignment } from '../../../core/pricing/priced-cart.js'
import { addressFacts } from './address.js'

/** Most letters of a text about a pickup, as documented. */
const longestText = 250

/** What to bring, and where to go. */
export function collectionInstructions(point: PickupPoint | undefined, description: string | undefined): string {
  return (point?.instructions ?? description ?? '').slice(0, longestText)
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** When the place is open. */
export function collectionTimes({ hours }: PickupPoint): string {
  return hours
    .map(({ day, opens, closes }) => `${weekdays[day % 7] ?? ''} ${opens}-${closes}`)
    .join(', ')
    .slice(0, longestText)
}

/** The place where a consignment is fetched, in whatever dialect that was chosen; none: it is sent. */
export function pickupPointIdOf({ consignment, selected }: PricedConsignment): string | undefined {
  const { destination } = consignment
  return destination.kind === 'pickup' ? destination.pickupPointId : selected?.pickupPointId
}

/** How it is fetched, by the number under which pickup options name it. */
export function pickupMethodOf({ selected, offers }: PricedConsignment): number | undefined {
  return (selected ?? offers[0])?.integerId
}

/** A pickup of an order of the older API; of a place that is gone since nothing is known. */
export function legacyPickup(priced: PricedConsignment, points: readonly PickupPoint[]) {
  const id = pickupPointIdOf(priced)
  const place = points.findIndex(point => point.id === id)
  const point = points[place]
  const facts = addressFacts(point?.address)
  return {
    pickup_method_id: pickupMethodOf(priced) ?? 0,
    pickup_method_display_name: (priced.selected?.name ?? '').slice(0, longestText),
    collection_instructions: collectionInstructions(point, priced.selected?.description),
    collection_time_description: point === undefined ? '' : collectionTimes(point),
    location: {
      id: place + 1,
      code: id ?? '',
      name: point?.name ?? '',
      address_line_1: facts.address1,
      address_line_2: facts.address2,
      city: facts.city,
      state: facts.stateOrProvince,
      postal_code: facts.postalCode,
      country_alpha2: facts.countryCode,
      email: facts.email,
      phone: facts.phone,
    },
  }
}
