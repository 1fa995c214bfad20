import type { Address } from '../../../core/cart/address.js'
import type { Operations } from '../../../operations/operations.js'
import { defined } from '../address.js'
import type { SentAddress } from './sent-addresses.js'

/**
 * New addresses with what the postal directory knows of their code. A code that it does not know takes city, state and
 * street off where `isBlanking`: what was typed belongs to another code.
 */
export async function completed(
  sent: readonly SentAddress[],
  isBlanking: boolean,
  operations: Operations,
): Promise<readonly SentAddress[]> {
  return Promise.all(
    sent.map(async one => {
      const { country, postalCode, kind } = one.address
      if (one.isKnown || kind === 'pickup' || country === undefined || postalCode === undefined) return one
      const [place] = await operations.findPostalPlaces({ country, postalCode })
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
    }),
  )
}

function blanked(address: Address): Address {
  const { city: _c, subdivision: _s, subdivisionName: _n, line1: _l, district: _d, ...rest } = address
  return rest
}
