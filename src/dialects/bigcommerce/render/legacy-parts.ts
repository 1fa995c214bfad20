import type { Minor } from '../../../core/money.js'
import type { Amount } from '../../../core/pricing/priced-cart.js'
import type { addressFacts } from './address.js'
import { type OrderContext, orderAddressId } from './order.js'
import { pickupPointIdOf } from './pickup.js'

export const zero = '0.0000'

/** `<name>_ex_tax`, `_inc_tax` and `_tax` of an amount. */
export function threeOf<Name extends string>(name: Name, amount: Amount, text: (amount: Minor) => string) {
  return {
    [`${name}_ex_tax`]: text(amount.net),
    [`${name}_inc_tax`]: text(amount.gross),
    [`${name}_tax`]: text(amount.tax),
  }
}

export const nothing: Amount = { net: 0n, tax: 0n, gross: 0n }

/** Who gets it, and where. */
export function legacyAddress(facts: ReturnType<typeof addressFacts>) {
  return {
    first_name: facts.firstName,
    last_name: facts.lastName,
    company: facts.company,
    street_1: facts.address1,
    street_2: facts.address2,
    city: facts.city,
    state: facts.stateOrProvince,
    zip: facts.postalCode,
    country: facts.country,
    country_iso2: facts.countryCode,
    phone: facts.phone,
  }
}

/** What the shop asks for besides. */
export function formFields({ customFields }: ReturnType<typeof addressFacts>) {
  return customFields.map(({ fieldId, fieldValue }) => ({ name: fieldId, value: fieldValue }))
}

/** The shipping address or the pickup that something stands with, by the id of its consignment; 0 for what it is not. */
export function legacyPlace(id: number, context: OrderContext) {
  const isFetched = context.cart.consignments.some(
    one => pickupPointIdOf(one) !== undefined && orderAddressId(context, one.consignment) === id,
  )
  return { order_pickup_method_id: isFetched ? id : 0, order_address_id: isFetched ? 0 : id }
}
