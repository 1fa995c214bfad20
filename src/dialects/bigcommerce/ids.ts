import { createHash } from 'node:crypto'
import type { Consignment } from '../../core/cart/cart.js'
import type { CartId } from '../../core/ids.js'
import type { ShippingOffer } from '../../core/pricing/priced-cart.js'

/** Hexadecimal digits that are the same whenever the parts are. */
function digest(parts: readonly string[], length: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length)
}

/** A consignment's id on the wire: 13 hexadecimal digits. */
export function consignmentId(consignment: Pick<Consignment, 'id'>): string {
  return digest(['consignment', consignment.id], 13)
}

/** Id of the one billing address of a cart; it keeps it when it is replaced. */
export function billingAddressId(cartId: CartId): string {
  return digest(['billing-address', cartId], 13)
}

/** A shipping option's id on the wire: 32 digits, the same while method, price and destination are. */
export function shippingOptionId(offer: Pick<ShippingOffer, 'id' | 'price'>, { destination }: Consignment): string {
  const place =
    destination.kind === 'address'
      ? [destination.address.country ?? '', destination.address.subdivision ?? '', destination.address.postalCode ?? '']
      : [destination.kind]
  return digest([offer.id, offer.price.toString(), ...place], 32)
}

/** A positive integer below 2^31 for something that has a name and no number, such as a product's option. */
export function integerOf(...name: readonly string[]): number {
  return Number.parseInt(digest(name, 8), 16) & 0x7fffffff || 1
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads a cart's or a line's id in any case; undefined for what can be none. */
export function parseUuid(text: string): string | undefined {
  const lower = text.toLowerCase()
  return uuid.test(lower) ? lower : undefined
}

/** Reads a positive integer id from a path; undefined for anything else. */
export function parseInteger(text: string): number | undefined {
  if (!/^[1-9]\d{0,15}$/.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}
