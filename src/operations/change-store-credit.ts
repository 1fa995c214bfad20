import type { Caller } from '../core/access/caller.js'
import { missingStoreCreditRight } from '../core/access/permissions.js'
import type { Customer } from '../core/customers/customer.js'
import type { CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { CurrencyCode, Minor } from '../core/money.js'
import { isPossibleBalance } from '../core/pricing/store-credit.js'
import { ok, refuse } from '../core/result.js'
import { pause } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * What a customer has to spend in one currency from now on, beside what orders took already and still hold. Each change is
 * an entry of the account's ledger; what an order takes or gives back at the same moment is not lost. It is money: for keys
 * that may write both customers and payments.
 *
 * @returns `customer_not_found`; `invalid_input` for an amount that no account can hold
 */
export async function changeStoreCredit(
  deps: Deps,
  caller: Caller,
  input: { readonly customerId: CustomerId; readonly currency: CurrencyCode; readonly balance: Minor },
): Answer<Customer> {
  const fault = missingStoreCreditRight(caller)
  if (fault !== undefined) return refuse(fault)
  const { customerId, currency, balance } = input
  if (!isPossibleBalance(balance)) return refuse({ code: 'invalid_input', field: 'balance', rule: 'range' })
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const customer = await deps.storage.customers.read({ id: customerId })
    if (customer === undefined) return refuse({ code: 'customer_not_found' })
    const others = (customer.storeCredit ?? []).filter(one => one.currency !== currency)
    const since = customer.storeCredit?.find(one => one.currency === currency)?.amount ?? 0n
    const saved = await deps.storage.storeCredit.set({ customerId, currency, balance }, since, deps.ids.uuid())
    if (saved === 'saved') return ok({ ...customer, storeCredit: [...others, { currency, amount: balance }] })
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}
