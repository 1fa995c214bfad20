import type { Address } from '../../../core/cart/address.js'
import { findCountry, isPostalCode } from '../../../core/geography/countries.js'
import { limits } from '../../../core/limits.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import { isDelivery, isOnGlobe, parseAddress, parseCoordinates, renderAddress } from '../address.js'
import type { VtexError } from '../answer.js'
import { type Fields, isObject, objectsOf, textOf } from '../body.js'
import { fixed } from '../fixed-errors.js'
import { maskAddress } from '../mask.js'
import type { AddressBook } from './address-book.js'

export interface SentAddress {
  readonly address: Address
  /** It stands on the cart, or in the customer's address book, as it was sent. */
  readonly isKnown: boolean
}

/** Addresses on one cart. Ours. */
const addressesPerCart = 20

/** Characters that no postal code has. */
const forbidden = /[<>?+";%*]/

/**
 * The addresses of a body: `selectedAddresses`, or the older single `address`; undefined where it has neither. One to
 * send goods to, and one to pick them up at or to search from; more of each where the account allows several.
 */
export function readSelectedAddresses(
  body: Fields,
  book: AddressBook,
  allowsSeveral: boolean,
): Result<readonly SentAddress[] | undefined, VtexError> {
  const given = givenAddresses(body)
  if (given === undefined || given === null) return ok(undefined)
  const entries = objectsOf(given)
  if (entries === undefined) return refuse(fixed.badRequest)
  if (entries.length > addressesPerCart) return refuse(fixed.tooManyAddresses)
  const sent: SentAddress[] = []
  for (const entry of entries) {
    const one = readSentAddress(entry, book)
    if (!one.ok) return one
    sent.push(one.value)
  }
  const deliveries = sent.filter(({ address }) => isDelivery(address)).length
  if (!allowsSeveral && (deliveries > 1 || sent.length - deliveries > 1)) return refuse(fixed.tooManyDeliveryAddresses)
  const countries = new Set(sent.map(({ address }) => address.country))
  if (countries.size > 1) return refuse(fixed.twoCountries)
  // One id is one address: the last word on it counts.
  return ok([...new Map(sent.map(one => [one.address.id, one])).values()])
}

/** The same entries, as far as they are objects and not too many. */
export function addressEntriesOf(body: Fields): readonly Fields[] {
  return (objectsOf(givenAddresses(body)) ?? []).slice(0, addressesPerCart)
}

function givenAddresses({ selectedAddresses, address }: Fields): unknown {
  return selectedAddresses ?? (isObject(address) ? [address] : undefined)
}

function readSentAddress(entry: Fields, book: AddressBook): Result<SentAddress, VtexError> {
  const known = knownAddress(entry, book)
  if (known !== undefined) return ok({ address: known, isKnown: true })
  const fault = addressFault(entry)
  if (fault !== undefined) return refuse(fault)
  const address = parseAddress(entry)
  if (address === undefined) return refuse(fixed.postalService)
  return isTooLong(address) ? refuse(fixed.fieldTooLong('address')) : ok({ address, isKnown: false })
}

/** Whether some part of an address is longer than there is room for. */
export function isTooLong(address: Address): boolean {
  return Object.values(address).some(part => typeof part === 'string' && part.length > limits.nameLength)
}

/** An address that is named by its id alone, or comes back as it was shown, masked or not. */
function knownAddress(entry: Fields, { stored, onCart, hidesState }: AddressBook): Address | undefined {
  const id = textOf(entry.addressId)
  if (id === undefined) return undefined
  const saved = stored.find(address => address.id === id)
  const address = onCart.find(one => one.id === id) ?? (saved === undefined ? undefined : asSelected(saved))
  if (address === undefined) return undefined
  const shown = renderAddress(address)
  const masked = maskAddress(shown, hidesState)
  const isEcho = Object.entries(entry).every(([key, value]) => {
    const wanted = JSON.stringify(value)
    const own = key in shown ? [shown[key as keyof typeof shown], masked[key as keyof typeof masked]] : [value]
    return value === null || own.some(one => JSON.stringify(one) === wanted)
  })
  return isEcho ? address : undefined
}

/** An address of the book as an address of the cart. */
function asSelected({
  integerId: _i,
  isDefaultShipping: _s,
  isDefaultBilling: _b,
  ...address
}: AddressBook['stored'][number]): Address {
  return { ...address, customerAddressId: address.id, isDisposable: false }
}

/** What is wrong with an address before anything is looked up. Pickup points are known by their id. */
export function addressFault(entry: Fields): VtexError | undefined {
  const country = textOf(entry.country)
  if (country === undefined) return fixed.invalidCountry
  const coordinates = parseCoordinates(entry.geoCoordinates)
  if (coordinates !== undefined && !isOnGlobe(coordinates)) return fixed.sellerUnreachable
  const postalCode = textOf(entry.postalCode)
  if (postalCode === undefined) {
    return coordinates === undefined && entry.addressType !== 'pickup' ? fixed.placeMissing : undefined
  }
  if (forbidden.test(postalCode)) return fixed.postalCode(postalCode)
  const address = parseAddress(entry)
  const known = address?.country === undefined ? undefined : findCountry(address.country)
  if (known === undefined) return fixed.postalService
  const isRight = !known.hasPostalCodes || isPostalCode(known, address?.postalCode ?? '')
  return isRight ? undefined : fixed.postalCode(postalCode)
}
