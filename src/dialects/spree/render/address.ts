import type { Address } from '../../../core/cart/address.js'
import { type Country, findCountry } from '../../../core/geography/countries.js'
import { findSubdivision, type Subdivision } from '../../../core/geography/subdivisions.js'

/** An address with its country and state spelled out. */
export function renderAddress(address: Address, id: number) {
  const country = address.country === undefined ? undefined : findCountry(address.country)
  const stateText = address.subdivision ?? address.subdivisionName
  const state = country === undefined || stateText === undefined ? undefined : findSubdivision(country, stateText)
  const names = [address.firstName, address.lastName].filter(name => name !== undefined)
  return {
    id,
    firstname: address.firstName ?? null,
    lastname: address.lastName ?? null,
    full_name: names.join(' '),
    address1: [address.line1, address.streetNumber].filter(part => part !== undefined).join(' ') || null,
    address2: address.line2 ?? null,
    city: address.city ?? null,
    zipcode: address.postalCode ?? null,
    phone: address.phone ?? null,
    company: address.company ?? null,
    alternative_phone: address.customFields?.alternative_phone ?? null,
    country_id: country?.integerId ?? null,
    state_id: state?.integerId ?? null,
    state_name: state === undefined ? (address.subdivisionName ?? null) : null,
    state_text: state?.code ?? stateText ?? null,
    country: country === undefined ? null : renderCountry(country),
    state: state === undefined || country === undefined ? null : renderState(state, country),
  }
}

/** A country without its states. */
export function renderCountry(country: Country) {
  return {
    id: country.integerId,
    iso_name: country.name.toUpperCase(),
    iso: country.alpha2,
    iso3: country.alpha3,
    name: country.name,
    numcode: Number(country.numeric),
  }
}

/** A state, province, or the like. */
export function renderState(state: Subdivision, country: Country) {
  return { id: state.integerId, name: state.name, abbr: state.code, country_id: country.integerId }
}
