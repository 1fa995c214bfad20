import type { Address } from '../../../core/cart/address.js'
import { type AddressProblem, isEmail } from '../../../core/cart/address-rules.js'
import type { Consignment } from '../../../core/cart/cart.js'
import type { CheckoutChanges, NewConsignment } from '../../../core/cart/changes.js'
import type { Customer } from '../../../core/customers/customer.js'
import { findCountry } from '../../../core/geography/countries.js'
import { findSubdivision } from '../../../core/geography/subdivisions.js'
import { countriesServed } from '../../../core/pricing/countries-served.js'
import type { Facts } from '../../../core/pricing/facts.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { type AddressPart, addressFaults, addressParts, formValues, typedAddress } from '../address-parts.js'
import { addressOf, carrying } from '../progress.js'
import type { FieldError } from '../render/fields.js'
import { needsShipping } from '../render/summary.js'
import type { Words } from '../words/en.js'

/** Prefix of the billing address's fields. */
export const billingPrefix = 'b-'

/** Prefix of the fields of a delivery address; the first is 0. */
export function shippingPrefix(index: number): string {
  return `s${index}-`
}

/** Where the channel sends goods, and so whose addresses can be given. */
export function shippingCountriesOf(facts: Facts): readonly string[] {
  const served = countriesServed(facts.shippingMethods, facts.channel)
  return served.length === 0 ? facts.channel.countries : served
}

/** How many delivery addresses the cart has: one, unless it is divided already. */
export function addressCount(cart: PricedCart): number {
  return needsShipping(cart) ? Math.max(1, carrying(cart).length) : 0
}

/** What the form shows before anything is typed: what the cart holds, else what is known of the customer. */
export function storedDetails(cart: PricedCart, facts: Facts, customer: Customer | undefined): Record<string, string> {
  const { buyer, billingAddress, preferences } = cart.cart
  const { defaultCountry } = facts.channel
  const count = addressCount(cart)
  const consignments = carrying(cart).map(({ consignment }) => consignment)
  const values: Record<string, string> = {
    email: buyer.email ?? customer?.email ?? '',
    newsletter: preferences.newsletter === true ? '1' : '',
  }
  const start = (countries: readonly string[]): Address => ({
    ...nameOf(buyer, customer),
    country: countries.includes(defaultCountry) ? defaultCountry : (countries[0] ?? defaultCountry),
  })
  for (let index = 0; index < count; index += 1) {
    const consignment = consignments[index] ?? (index === 0 ? cart.cart.consignments[0] : undefined)
    const known = consignment === undefined ? undefined : addressOf(consignment)
    const book = customer?.addresses.find(({ isDefaultShipping }) => isDefaultShipping) ?? customer?.addresses[0]
    const address = known ?? start(shippingCountriesOf(facts))
    Object.assign(values, formValues({ ...start(shippingCountriesOf(facts)), ...address }, shippingPrefix(index)))
    values[`${shippingPrefix(index)}book`] = known === undefined ? (book?.id ?? '') : (known.customerAddressId ?? '')
  }
  const first = consignments[0] === undefined ? undefined : addressOf(consignments[0])
  const isSame =
    count > 0 && (billingAddress === undefined || (first !== undefined && isSamePlace(first, billingAddress)))
  values.same = isSame ? '1' : ''
  Object.assign(values, formValues({ ...start(facts.channel.countries), ...billingAddress }, billingPrefix))
  return values
}

function nameOf(buyer: PricedCart['cart']['buyer'], customer: Customer | undefined): Address {
  const firstName = buyer.firstName ?? customer?.firstName
  const lastName = buyer.lastName ?? customer?.lastName
  return { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
}

function isSamePlace(one: Address, other: Address): boolean {
  const text = (address: Address) => JSON.stringify(Object.entries(formValues(address, '')).sort())
  return text(one) === text(other)
}

/** What was typed, as changes of the cart; or what is wrong with it. */
export interface ParsedDetails {
  readonly changes: CheckoutChanges
  readonly errors: readonly FieldError[]
}

/** Reads the form for the cart as it is now. */
export function parseDetails(
  form: URLSearchParams,
  cart: PricedCart,
  facts: Facts,
  customer: Customer | undefined,
  words: Words,
): ParsedDetails {
  const email = (form.get('email') ?? '').trim()
  const errors: FieldError[] = []
  if (email === '') errors.push({ field: 'email', message: words.errors.missing(words.contact.email) })
  else if (!isEmail(email)) errors.push({ field: 'email', message: words.errors.email })
  const count = addressCount(cart)
  const addresses = Array.from({ length: count }, (_, index) => {
    const prefix = shippingPrefix(index)
    const stored = customer?.addresses.find(({ id }) => id === form.get(`${prefix}book`))
    const address =
      stored === undefined ? typedAddress(form, prefix, words) : { ...stored, customerAddressId: stored.id }
    const faults = errorsOf(address, prefix, shippingCountriesOf(facts), words)
    // A stored address has no fields here that could be mended.
    errors.push(
      ...(stored === undefined || faults.length === 0
        ? faults
        : [{ ...faults[0], field: `${prefix}book` } as FieldError]),
    )
    return withSubdivision(address)
  })
  const isSame = count > 0 && form.get('same') === '1'
  const billing = isSame ? addresses[0] : withSubdivision(typedAddress(form, billingPrefix, words))
  if (!isSame) errors.push(...errorsOf(billing ?? {}, billingPrefix, facts.channel.countries, words))
  const { firstName, lastName, phone } = billing ?? {}
  return {
    errors,
    changes: {
      buyer: {
        email,
        ...(firstName === undefined ? {} : { firstName }),
        ...(lastName === undefined ? {} : { lastName }),
        ...(phone === undefined ? {} : { phone }),
      },
      billingAddress: billing ?? null,
      ...(count === 0 ? {} : { consignments: sentTo(cart, addresses) }),
      preferences: { ...cart.cart.preferences, newsletter: form.get('newsletter') === '1' },
      addressIds: 'strict',
    },
  }
}

/** The cart's consignments with these addresses; one with everything where there is none. */
function sentTo(cart: PricedCart, addresses: readonly Address[]): readonly NewConsignment[] {
  const carried = new Map(carrying(cart).map(({ consignment }, index) => [consignment.id, addresses[index]]))
  if (carried.size === 0) {
    const [address = {}] = addresses
    return [{ destination: { kind: 'address', address } }]
  }
  return cart.cart.consignments.map(({ id, sequence: _sequence, ...consignment }) => {
    const address = carried.get(id)
    return address === undefined ? consignment : { ...consignment, destination: movedTo(consignment, address) }
  })
}

/** Goods that are picked up are picked up there still, by whoever was typed. */
function movedTo({ destination }: Pick<Consignment, 'destination'>, address: Address): Consignment['destination'] {
  return destination.kind === 'pickup' ? { ...destination, receiver: address } : { kind: 'address', address }
}

function withSubdivision(address: Address): Address {
  const country = findCountry(address.country ?? '')
  const found = country === undefined ? undefined : findSubdivision(country, address.subdivision ?? '')
  return found === undefined ? address : { ...address, subdivision: found.code, subdivisionName: found.name }
}

function errorsOf(address: Address, prefix: string, countries: readonly string[], words: Words): readonly FieldError[] {
  const parts = addressParts(address.country ?? '', words)
  // A saved address may have faults in parts that its country's form does not show; only what is missing there is not asked for.
  const problems = addressFaults(address, countries).filter(
    ({ field, rule }) => field === 'country' || rule !== 'missing' || parts.some(({ name }) => name === field),
  )
  const missing = parts
    .filter(({ name, isRequired }) => isRequired && (address[name] ?? '') === '')
    .filter(({ name }) => !problems.some(({ field }) => field === name))
    .map(({ name }): AddressProblem => ({ field: name, rule: 'missing' }))
  const order = ['country', ...parts.map(({ name }) => name)]
  return [...problems, ...missing]
    .sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
    .map(problem => ({
      field: `${prefix}${problem.field}`,
      message: wordProblem(problem, labelOf(problem.field, parts, words), address, words),
    }))
}

function labelOf(field: AddressProblem['field'], parts: readonly AddressPart[], { address, contact }: Words): string {
  const shown = parts.find(({ name }) => name === field)
  if (shown !== undefined) return shown.label
  if (field === 'country') return address.country
  if (field === 'subdivision') return address.region
  return field === 'email' ? contact.email : address.book
}

function wordProblem({ field, rule }: AddressProblem, label: string, address: Address, { errors }: Words): string {
  const isChoice = field === 'country' || field === 'subdivision'
  switch (rule) {
    case 'missing':
      return isChoice ? errors.choose(label) : errors.missing(label)
    case 'too_long':
      return errors.tooLong(label)
    case 'unknown':
      return errors.unknown(label)
    case 'not_served':
      return errors.notServed
    case 'pattern':
      return errors.postalCode(label, findCountry(address.country ?? '')?.postalExample ?? '')
    case 'invalid':
      return field === 'phone' ? errors.phone : errors.invalid(label)
  }
}
