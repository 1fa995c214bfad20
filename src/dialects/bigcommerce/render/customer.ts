import type { Customer } from '../../../core/customers/customer.js'
import type { CurrencyCode } from '../../../core/money.js'
import { toNumber } from '../money.js'
import { isoTime } from '../time.js'
import { storeCreditOf } from './checkout.js'

/** A customer as v3 shows one to backends; amounts in the currency of the store. */
export function serverCustomer(customer: Customer, currency: CurrencyCode) {
  return {
    id: customer.integerId,
    email: customer.email,
    first_name: customer.firstName ?? '',
    last_name: customer.lastName ?? '',
    company: customer.company ?? '',
    phone: customer.phone ?? '',
    notes: '',
    tax_exempt_category: '',
    customer_group_id: 0,
    address_count: customer.addresses.length,
    date_created: isoTime(customer.createdAt),
    date_modified: isoTime(customer.updatedAt),
    store_credit_amounts: [{ amount: toNumber(storeCreditOf(customer, currency), currency) }],
  }
}
