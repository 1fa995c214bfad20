import type { Customer } from '../customers/customer.js'
import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import { ok, type Result, refuse } from '../result.js'
import type { Address } from './address.js'
import type { Buyer, Cart, Consignment, Destination } from './cart.js'
import type { CheckoutChanges, NewConsignment } from './changes.js'
import type { DecisionContext } from './decision.js'

/**
 * The cart with what people filled in. Nothing is judged for completeness here: drafts are kept as they are.
 *
 * @param customer  the member that owns the cart, where there is one: for addresses named by their stored id
 */
export function applyChanges(
  cart: Cart,
  changes: CheckoutChanges,
  customer: Customer | undefined,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const resolve = (address: Address) => storedAddress(address, customer, changes.addressIds ?? 'lenient')
  const billing = changes.billingAddress === undefined ? undefined : resolveOrNull(changes.billingAddress, resolve)
  if (billing !== undefined && !billing.ok) return billing
  const consignments = newConsignments(cart, changes.consignments, resolve, context)
  if (!consignments.ok) return consignments
  if ((changes.payments?.length ?? 0) > limits.paymentsPerCart) {
    return refuse({ code: 'limit_reached', limit: 'payments', maximum: limits.paymentsPerCart })
  }
  const { billingAddress: _old, customerNote: _note, ...rest } = cart
  const billingAddress = billing === undefined ? cart.billingAddress : (billing.value ?? undefined)
  const customerNote = changes.customerNote === undefined ? cart.customerNote : (changes.customerNote ?? undefined)
  return ok({
    ...rest,
    ...(billingAddress === undefined ? {} : { billingAddress }),
    ...(customerNote === undefined ? {} : { customerNote }),
    buyer: changes.buyer === undefined ? cart.buyer : changedBuyer({ ...cart.buyer, ...changes.buyer }),
    consignments: consignments.value,
    payments: changes.payments?.map(payment => ({ ...payment, id: context.newId() })) ?? cart.payments,
    marketing: changes.marketing ?? cart.marketing,
    preferences: changes.preferences ?? cart.preferences,
    step: changes.step ?? cart.step,
    extras: changes.extras === undefined ? cart.extras : { ...cart.extras, ...changes.extras },
  })
}

/** An e-mail address that was emptied is none. */
function changedBuyer({ email = '', ...rest }: Buyer): Buyer {
  return email === '' ? rest : { ...rest, email }
}

function resolveOrNull(
  address: Address | null,
  resolve: (address: Address) => Result<Address, CheckoutError>,
): Result<Address | null, CheckoutError> {
  return address === null ? ok(null) : resolve(address)
}

/** The stored address behind `customerAddressId`, or what was sent along. */
function storedAddress(
  address: Address,
  customer: Customer | undefined,
  ids: 'lenient' | 'strict',
): Result<Address, CheckoutError> {
  const id = address.customerAddressId
  if (id === undefined) return ok(address)
  const stored = customer?.addresses.find(entry => entry.id === id)
  if (stored !== undefined) {
    const { integerId: _integer, isDefaultBilling: _billing, isDefaultShipping: _shipping, ...plain } = stored
    return ok({ ...plain, customerAddressId: id })
  }
  if (ids === 'strict') {
    return refuse(
      customer === undefined ? { code: 'address_id_needs_customer' } : { code: 'address_not_found', addressId: id },
    )
  }
  const { customerAddressId: _unknown, ...fields } = address
  return ok(fields)
}

function newConsignments(
  cart: Cart,
  wanted: readonly NewConsignment[] | undefined,
  resolve: (address: Address) => Result<Address, CheckoutError>,
  context: DecisionContext,
): Result<readonly Consignment[], CheckoutError> {
  if (wanted === undefined) return ok(cart.consignments)
  if (wanted.length > limits.consignmentsPerCart) {
    return refuse({ code: 'limit_reached', limit: 'consignments', maximum: limits.consignmentsPerCart })
  }
  const consignments: Consignment[] = []
  for (const [index, consignment] of wanted.entries()) {
    for (const item of consignment.items ?? []) {
      if (!cart.lineItems.some(line => line.id === item.lineItemId)) {
        return refuse({ code: 'line_not_found', lineItemId: item.lineItemId })
      }
    }
    const destination = resolvedDestination(consignment.destination, resolve)
    if (!destination.ok) return destination
    const { items = [], ...rest } = consignment
    consignments.push({
      ...rest,
      // A consignment that stays in its place keeps its id, so that clients may go on naming it.
      id: cart.consignments[index]?.id ?? context.newId(),
      sequence: index + 1,
      items,
      destination: destination.value,
    })
  }
  return ok(consignments)
}

function resolvedDestination(
  destination: Destination,
  resolve: (address: Address) => Result<Address, CheckoutError>,
): Result<Destination, CheckoutError> {
  if (destination.kind !== 'address') return ok(destination)
  const address = resolve(destination.address)
  return address.ok ? ok({ kind: 'address', address: address.value }) : address
}
