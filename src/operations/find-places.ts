import { type Coordinates, isOnEarth } from '../core/geography/distance.js'
import { type NearbyPickupPoint, type Place, pickupPointsNear } from '../core/geography/pickup-search.js'
import { allRegions, type Region, regionOf } from '../core/geography/regions.js'
import type { ChannelId } from '../core/ids.js'
import type { Facts } from '../core/pricing/facts.js'
import { ok, refuse } from '../core/result.js'
import type { PostalPlace } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** How far from coordinates the directory's nearest place may lie, degrees: about 55 km. Ours. */
const nearestPlaceDegrees = 0.5

/** What the postal directory knows of a code; several where it has several places or streets. */
export async function findPostalPlaces(
  deps: Deps,
  input: { readonly country: string; readonly postalCode: string },
): Promise<readonly PostalPlace[]> {
  return deps.facts.postalPlaces(input.country, input.postalCode)
}

/** Pickup points of the channel for a place, nearest first; none where nothing serves it. */
export async function findPickupPoints(
  deps: Deps,
  input: { readonly channel: ChannelId; readonly near: Place; readonly radiusKilometers?: number },
): Answer<readonly NearbyPickupPoint[]> {
  const fault = faultOf(input.near)
  if (fault !== undefined) return refuse(fault)
  const facts = await channelFacts(deps, input.channel)
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const center = 'postalCode' in input.near ? await centerOf(deps, input.near) : undefined
  return ok(pickupPointsNear(facts.pickupPoints, input.near, center, input.radiusKilometers))
}

/** Who serves a place. Coordinates stand for the nearest place that the postal directory knows. */
export async function findRegion(
  deps: Deps,
  input: { readonly channel: ChannelId; readonly country: string; readonly near: Place },
): Answer<Region> {
  const fault = faultOf(input.near)
  if (fault !== undefined) return refuse(fault)
  const facts = await channelFacts(deps, input.channel)
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const sellers = [...facts.sellers.values()]
  if ('postalCode' in input.near) return ok(regionOf(sellers, input.country, input.near.postalCode))
  const place = await deps.storage.catalog.nearestPostalPlace(input.near, nearestPlaceDegrees)
  // Nothing near: only those who serve every place.
  const isThere = place?.country === input.country
  return ok(regionOf(sellers, input.country, isThere ? place.postalCode : ''))
}

/** Every region of the channel's countries that somebody serves. */
export async function listRegions(deps: Deps, input: { readonly channel: ChannelId }): Answer<readonly Region[]> {
  const facts = await channelFacts(deps, input.channel)
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  return ok(allRegions([...facts.sellers.values()], facts.channel.countries))
}

async function channelFacts(deps: Deps, channel: ChannelId): Promise<Facts | undefined> {
  const epoch = await deps.storage.catalog.epoch()
  return deps.facts.load({ channel, skus: [], codes: [], stock: false, epoch })
}

function faultOf(near: Place) {
  if ('postalCode' in near || isOnEarth(near)) return undefined
  return { code: 'invalid_input', field: 'coordinates', rule: 'on_earth' } as const
}

async function centerOf(
  deps: Deps,
  place: { readonly country: string; readonly postalCode: string },
): Promise<Coordinates | undefined> {
  const places = await deps.storage.catalog.postalPlaces(place.country, place.postalCode)
  return places.flatMap(({ longitude, latitude }) =>
    longitude === undefined || latitude === undefined ? [] : [{ longitude, latitude }],
  )[0]
}
