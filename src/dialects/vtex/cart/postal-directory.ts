import type { Address } from '../../../core/cart/address.js'
import type { Operations } from '../../../operations/operations.js'
import { defined, parseAddress } from '../address.js'
import type { Fields } from '../body.js'
import { addressEntriesOf, type SentAddress } from './sent-addresses.js'

type Place = Awaited<ReturnType<Operations['findPostalPlaces']>>[number]

/** What the postal directory knows of the codes that were sent, by country and code. */
export type PostalDirectory = ReadonlyMap<string, Place>

/** Looks up the codes of the addresses in a body. */
export async function postalDirectoryOf(body: Fields, operations: Operations): Promise<PostalDirectory> {
  const places = await Promise.all(
    addressEntriesOf(body).map(async entry => {
      const { country, postalCode, kind } = parseAddress(entry) ?? {}
      if (country === undefined || postalCode === undefined || kind === 'pickup') return []
      const [place] = await operations.findPostalPlaces({ country, postalCode })
      return place === undefined ? [] : [[`${country} ${postalCode}`, place] as const]
    }),
  )
  return new Map(places.flat())
}

/**
 * New addresses with what the postal directory knows of their code. A code that it does not know takes city, state and
 * street off where `isBlanking`: what was typed belongs to another code.
 */
export function completed(
  sent: readonly SentAddress[],
  directory: PostalDirectory,
  isBlanking: boolean,
): readonly SentAddress[] {
  return sent.map(one => {
    const { country, postalCode, kind } = one.address
    if (one.isKnown || kind === 'pickup' || country === undefined || postalCode === undefined) return one
    const place = directory.get(`${country} ${postalCode}`)
    if (place === undefined) return isBlanking ? { ...one, address: blanked(one.address) } : one
    const known: Address = defined({
      line1: place.street,
      district: place.district,
      city: place.place,
      subdivision: place.subdivision,
      longitude: place.longitude,
      latitude: place.latitude,
    })
    // What the shopper typed counts; the directory fills the gaps.
    return { ...one, address: { ...known, ...one.address } }
  })
}

function blanked(address: Address): Address {
  const { city: _c, subdivision: _s, subdivisionName: _n, line1: _l, district: _d, ...rest } = address
  return rest
}
