import type { Address } from '../../../core/cart/address.js'
import { findCountry } from '../../../core/geography/countries.js'
import { type Html, html } from '../../html.js'
import { writesCityFirst } from '../address-parts.js'
import type { Look } from '../page-call.js'

/** An address as it is read out, one part after the other. */
export function addressLines(address: Address, { formats }: Pick<Look, 'formats'>, between: ', ' | 'lines'): Html {
  const name = joined([address.firstName, address.middleName, address.lastName], ' ')
  const street = joined([address.line1, address.streetNumber], ' ')
  const region = address.subdivision ?? address.subdivisionName
  const isCityFirst = writesCityFirst(address.country)
  const place = isCityFirst
    ? joined([joined([address.city, region], ', '), address.postalCode], ' ')
    : joined([address.postalCode, address.city, region], ' ')
  const country =
    address.country === undefined || findCountry(address.country) === undefined
      ? address.country
      : formats.country(address.country)
  const parts = [name, address.company, street, address.line2, address.district, place, country].filter(
    (part): part is string => part !== undefined && part !== '',
  )
  if (between === ', ') return html`${parts.join(', ')}`
  return html`${parts.map((part, index) => (index === 0 ? html`${part}` : html`<br>${part}`))}`
}

function joined(parts: readonly (string | undefined)[], by: string): string {
  return parts.filter(part => part !== undefined && part !== '').join(by)
}
