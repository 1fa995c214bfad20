import { randomUUID } from 'node:crypto'
import type { Address } from '../../core/cart/address.js'
import {
  type AddressField,
  type AddressRules,
  addressProblems,
  withKnownSubdivision,
} from '../../core/cart/address-rules.js'
import {
  allCountries,
  type Country,
  findCountry,
  findCountryByAlpha3,
  findCountryByInteger,
} from '../../core/geography/countries.js'
import { findSubdivision, findSubdivisionByInteger } from '../../core/geography/subdivisions.js'
import { limits } from '../../core/limits.js'
import { integerText, isTree, type Tree, textOf } from './params.js'

/** What an address must hold here. */
export function addressRulesOf(settings: {
  readonly address_requires_state: boolean
  readonly address_requires_phone: boolean
}): AddressRules {
  const always: readonly AddressField[] = ['firstName', 'lastName', 'line1', 'city', 'postalCode', 'country']
  return {
    requires: [
      ...always,
      ...(settings.address_requires_phone ? (['phone'] as const) : []),
      ...(settings.address_requires_state ? (['subdivision'] as const) : []),
    ],
  }
}

const plainFields = [
  ['firstname', 'firstName'],
  ['first_name', 'firstName'],
  ['lastname', 'lastName'],
  ['last_name', 'lastName'],
  ['address1', 'line1'],
  ['address2', 'line2'],
  ['city', 'city'],
  ['zipcode', 'postalCode'],
  ['phone', 'phone'],
  ['company', 'company'],
] as const

/** Field of the wire that a part of an address is told of. */
const wireNames: Readonly<Partial<Record<AddressField, string>>> = {
  firstName: 'firstname',
  lastName: 'lastname',
  line1: 'address1',
  line2: 'address2',
  postalCode: 'zipcode',
  subdivision: 'state',
}

/**
 * An address from what was sent. With `current`, the address that is edited: what was not sent stays as it is.
 *
 * @returns an address with an id of its own
 */
export function readAddress(tree: Tree, current?: Address): Address {
  const parts: Record<string, string | undefined> = {}
  for (const [wire, own] of plainFields) {
    if (Object.hasOwn(tree, wire)) parts[own] = textOf(tree[wire]) ?? ''
  }
  const alternative = textOf(tree.alternative_phone)
  const country = countryIn(tree) ?? current?.country
  const customFields =
    alternative === undefined ? {} : { customFields: { ...current?.customFields, alternative_phone: alternative } }
  const { subdivision: _code, subdivisionName: _name, ...kept } = current ?? {}
  const place = subdivisionIn(tree, country, current)
  const whole = {
    id: randomUUID(),
    ...kept,
    ...parts,
    ...customFields,
    ...(country === undefined ? {} : { country }),
    ...place,
  }
  const filled = Object.entries(whole).filter(([, value]) => value !== undefined && value !== '')
  return withKnownSubdivision(Object.fromEntries(filled) as Address)
}

/** Alpha-2 code of the country that was named; the text itself where it names none, to be told of. */
function countryIn(tree: Tree): string | undefined {
  const id = integerText(tree.country_id)
  if (id !== undefined) return findCountryByInteger(id)?.alpha2 ?? 'unknown'
  const nested = isTree(tree.country) ? tree.country : {}
  const named =
    textOf(tree.country_iso) ??
    textOf(nested.iso) ??
    textOf(nested.iso3) ??
    textOf(nested.iso_name) ??
    textOf(nested.name) ??
    textOf(tree.country)
  if (named !== undefined) return countryNamed(named)?.alpha2 ?? 'unknown'
  const nestedId = integerText(nested.id)
  return nestedId === undefined ? undefined : (findCountryByInteger(nestedId)?.alpha2 ?? 'unknown')
}

function countryNamed(text: string): Country | undefined {
  const upper = text.toUpperCase()
  const byName = () => allCountries().find(({ name }) => name.toUpperCase() === upper)
  return findCountry(upper) ?? findCountryByAlpha3(upper) ?? byName()
}

/** A state of another country is none; a name is kept as it was typed. */
function subdivisionIn(tree: Tree, country: string | undefined, current: Address | undefined): Partial<Address> {
  const nested = isTree(tree.state) ? tree.state : {}
  const id = integerText(tree.state_id) ?? integerText(nested.id)
  const known = country === undefined ? undefined : findCountry(country)
  if (id !== undefined) {
    const found = findSubdivisionByInteger(id)
    if (found !== undefined && found.country === country)
      return { subdivision: found.code, subdivisionName: found.name }
  }
  const name = textOf(tree.state_name) ?? textOf(nested.abbr) ?? textOf(nested.name) ?? textOf(tree.state)
  if (name !== undefined) {
    const found = known === undefined ? undefined : findSubdivision(known, name)
    return found === undefined ? { subdivisionName: name } : { subdivision: found.code, subdivisionName: found.name }
  }
  const isTold = ['state_id', 'state', 'state_name'].some(key => Object.hasOwn(tree, key))
  if (isTold || current === undefined || current.country !== country) return {}
  const { subdivision, subdivisionName } = current
  return {
    ...(subdivision === undefined ? {} : { subdivision }),
    ...(subdivisionName === undefined ? {} : { subdivisionName }),
  }
}

/** What is wrong with an address, by field of the wire behind `prefix`. */
export function addressErrors(
  address: Address,
  rules: AddressRules,
  prefix: string,
): Readonly<Record<string, readonly string[]>> {
  const found = addressProblems(address, rules).map(({ field, rule }) => [
    `${prefix}${wireNames[field] ?? field}`,
    [rule === 'missing' ? "can't be blank" : 'is invalid'],
  ])
  const isTooLong = String(address.customFields?.alternative_phone ?? '').length > limits.nameLength
  return { ...Object.fromEntries(found), ...(isTooLong ? { [`${prefix}alternative_phone`]: ['is invalid'] } : {}) }
}
