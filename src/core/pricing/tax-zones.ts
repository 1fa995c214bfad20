import type { Address } from '../cart/address.js'
import type { Cart, Consignment } from '../cart/cart.js'
import type { Assignment } from './assign-lines.js'
import type { Facts, TaxZone } from './facts.js'
import type { TaxPolicy } from './policy.js'

/** Whose tax applies where; undefined: nobody's. */
export interface TaxPlaces {
  /** By line: the zone of the first consignment that carries it, else the cart's. */
  readonly lines: readonly (TaxZone | undefined)[]
  readonly consignments: readonly (TaxZone | undefined)[]
  /** For fees and for what needs no shipping. */
  readonly cart: TaxZone | undefined
  /** For `replacesStoreTax`. */
  readonly store: TaxZone | undefined
}

/** Decides the tax zone of each line and consignment by the channel's policy. */
export function taxPlaces(cart: Cart, facts: Facts, assignment: Assignment): TaxPlaces {
  const policy = facts.channel.policy.tax
  const store = namedZone(facts, policy.storeZone)
  const zoneFor = (address: Address | undefined) => zoneOf(address, facts, policy, store)
  const billing = usable(cart.billingAddress)
  const destinations = cart.consignments.map(consignment => usable(destinationAddress(consignment, facts)))
  const anywhere = destinations.find(address => address !== undefined)
  if (policy.place === 'origin') return everywhere(originZone(facts, policy, store), assignment, store)
  if (policy.place === 'billing') return everywhere(zoneFor(billing ?? anywhere), assignment, store)
  const cartZone = zoneFor(anywhere ?? billing)
  const consignments = destinations.map(address => zoneFor(address ?? billing))
  const lines = assignment.consignmentOfLine.map(index => (index === undefined ? cartZone : consignments[index]))
  return { lines, consignments, cart: cartZone, store }
}

/** Where a consignment goes: its address, or that of its pickup point. */
export function destinationAddress(consignment: Consignment, facts: Facts): Address | undefined {
  const { destination } = consignment
  if (destination.kind === 'address') return destination.address
  if (destination.kind === 'unknown') return undefined
  return facts.pickupPoints.find(point => point.id === destination.pickupPointId)?.address
}

function everywhere(zone: TaxZone | undefined, assignment: Assignment, store: TaxZone | undefined): TaxPlaces {
  return {
    lines: assignment.consignmentOfLine.map(() => zone),
    consignments: assignment.consignments.map(() => zone),
    cart: zone,
    store,
  }
}

function originZone(facts: Facts, policy: TaxPolicy, store: TaxZone | undefined): TaxZone | undefined {
  return store ?? mostSpecificZone(facts, { country: policy.defaultCountry ?? facts.channel.defaultCountry })
}

/** No usable address: guest zone, else default country, else (where prices hold the store's tax) the store's zone. */
function zoneOf(
  address: Address | undefined,
  facts: Facts,
  policy: TaxPolicy,
  store: TaxZone | undefined,
): TaxZone | undefined {
  if (address !== undefined) return mostSpecificZone(facts, address) ?? namedZone(facts, policy.unmatchedZone)
  if (policy.guestZone !== undefined) return namedZone(facts, policy.guestZone)
  if (policy.defaultCountry !== undefined) return mostSpecificZone(facts, { country: policy.defaultCountry })
  return policy.replacesStoreTax ? store : undefined
}

function usable(address: Address | undefined): Address | undefined {
  return address?.country !== undefined && /^[A-Z]{2}$/.test(address.country) ? address : undefined
}

function namedZone(facts: Facts, id: string | undefined): TaxZone | undefined {
  return id === undefined ? undefined : facts.taxZones.find(zone => zone.id === id)
}

/** A subdivision beats a country; among equals the zone with fewer areas, then the earlier one. */
function mostSpecificZone(facts: Facts, address: Pick<Address, 'country' | 'subdivision'>): TaxZone | undefined {
  let best: { readonly zone: TaxZone; readonly rank: number } | undefined
  for (const zone of facts.taxZones) {
    const rank = matchRank(zone, address)
    if (rank === 0 || (best !== undefined && best.rank > rank)) continue
    if (best === undefined || rank > best.rank || zone.areas.length < best.zone.areas.length) best = { zone, rank }
  }
  return best?.zone
}

/** 2: names the subdivision; 1: names the country; 0: does not contain the address. */
function matchRank(zone: TaxZone, address: Pick<Address, 'country' | 'subdivision'>): 0 | 1 | 2 {
  let rank: 0 | 1 | 2 = 0
  for (const area of zone.areas) {
    if (area.country !== address.country) continue
    if (area.subdivision === undefined) rank = rank === 0 ? 1 : rank
    else if (isSameSubdivision(area.subdivision, area.country, address.subdivision)) return 2
  }
  return rank
}

/** `TX` and `US-TX` name the same subdivision of `US`. */
export function isSameSubdivision(
  subdivision: string,
  country: string | undefined,
  other: string | undefined,
): boolean {
  if (other === undefined) return false
  const prefix = `${country ?? ''}-`
  return subdivision.replace(prefix, '').toUpperCase() === other.replace(prefix, '').toUpperCase()
}
