import type { PickupPoint } from '../pricing/facts.js'
import { type Coordinates, kilometersBetween } from './distance.js'
import { isInPostalRange } from './postal-ranges.js'

/** Where a shopper is, or wants goods to be: a postal code of a country (alpha-2), or coordinates. */
export type Place = { readonly country: string; readonly postalCode: string } | Coordinates

export interface NearbyPickupPoint {
  readonly point: PickupPoint
  readonly kilometers: number
}

/** How far a pickup point may be from coordinates, kilometers. Ours. */
export const pickupRadiusKilometers = 50

/**
 * Pickup points for a place, nearest first: those that serve its postal code, or those within the radius of coordinates.
 *
 * @param center  where the postal code lies, as far as known; without it the distance is 0
 * @param radius  how far from coordinates, kilometers
 */
export function pickupPointsNear(
  points: readonly PickupPoint[],
  place: Place,
  center: Coordinates | undefined,
  radius: number = pickupRadiusKilometers,
): readonly NearbyPickupPoint[] {
  const from = 'postalCode' in place ? center : place
  return points
    .filter(point => point.isActive)
    .map(point => ({ point, kilometers: distanceTo(point, from) }))
    .filter(({ point, kilometers }) =>
      'postalCode' in place
        ? servesPostalCode(point, place.country, place.postalCode)
        : hasCoordinates(point) && kilometers <= radius,
    )
    .sort((a, b) => a.kilometers - b.kilometers)
}

function servesPostalCode(point: PickupPoint, country: string, postalCode: string): boolean {
  if (point.address.country !== country) return false
  return (
    point.postalRanges.length === 0 ||
    point.postalRanges.some(range => isInPostalRange(postalCode, range.from, range.to))
  )
}

function hasCoordinates({ address }: PickupPoint): boolean {
  return address.longitude !== undefined && address.latitude !== undefined
}

function distanceTo({ address }: PickupPoint, from: Coordinates | undefined): number {
  const { longitude, latitude } = address
  if (from === undefined || longitude === undefined || latitude === undefined) return 0
  return kilometersBetween(from, { longitude, latitude })
}
