/** Degrees: longitude -180 to 180, latitude -90 to 90. */
export interface Coordinates {
  readonly longitude: number
  readonly latitude: number
}

/** Mean radius of the earth, kilometers (IUGG). */
const earthRadius = 6_371.0088

/** Kilometers along the great circle (haversine); good to half a percent. */
export function kilometersBetween(a: Coordinates, b: Coordinates): number {
  const north = radians(b.latitude - a.latitude)
  const east = radians(b.longitude - a.longitude)
  const chord =
    Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Whether both lie on the globe. */
export function isOnEarth({ longitude, latitude }: Coordinates): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
