import type { Address } from '../../../core/cart/address.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { Operations, Placed } from '../../../operations/operations.js'
import { isDelivery } from '../address.js'
import { extrasOf } from '../extras.js'

const texts = ['firstName', 'lastName', 'phone', 'document', 'documentType'] as const

/**
 * Puts what a signed-in shopper has typed for a purchase into their profile and address book, where they asked for it and
 * the purchase came about just now. Only for who was signed in while buying: nobody writes into the profile of somebody
 * whom they merely name. What cannot be kept does not spoil the purchase. Source: dialects/vtex.md 5.8.
 */
export async function keepPersonalData(operations: Operations, { order, isRepeat }: Placed): Promise<void> {
  const { owner, snapshot } = order
  const isWanted = extrasOf(order).savesPersonalData === true && order.status === 'confirmed' && !isRepeat
  if (!isWanted || owner.kind !== 'member') return
  const { customerId } = owner
  const caller = { kind: 'member', customerId } as const
  const customer = await operations.readCustomer(caller, { id: customerId })
  if (!customer.ok) return
  const { buyer, addresses } = snapshot.cart
  const typed = Object.fromEntries(
    texts.flatMap(name => {
      const value = buyer[name]
      return value === undefined || value === '' || value === customer.value[name] ? [] : [[name, value]]
    }),
  )
  if (Object.keys(typed).length > 0) await operations.updateCustomer(caller, { id: customerId, changes: typed })
  for (const address of addresses.filter(one => isNew(one, customer.value))) {
    const { id: _id, customerAddressId: _known, isDisposable: _kept, ...entry } = address
    const defaults = { isDefaultShipping: false, isDefaultBilling: false }
    await operations.addAddress(caller, { customerId, address: { ...entry, ...defaults } })
  }
}

/** To be kept, and not in the book yet. */
function isNew(address: Address, { addresses }: Customer): boolean {
  if (address.isDisposable !== false || address.customerAddressId !== undefined || !isDelivery(address)) return false
  return !addresses.some(known => placeOf(known) === placeOf(address))
}

function placeOf(address: Address): string {
  const { country, postalCode, city, line1, streetNumber, line2, firstName, lastName } = address
  return JSON.stringify([country, postalCode, city, line1, streetNumber, line2, firstName, lastName])
}
