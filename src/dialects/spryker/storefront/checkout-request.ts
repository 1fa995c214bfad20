import type { CheckoutError } from '../../../core/errors.js'
import type { CartId } from '../../../core/ids.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartDesk, CartView } from '../../../operations/operations.js'
import {
  byReference,
  type CheckoutInput,
  type CheckoutKind,
  checkoutViolations,
  partsBesideId,
  readCheckout,
  type ShipmentFault,
  shipmentFaults,
} from '../checkout-input.js'
import {
  consignmentsOf,
  hasNamedMethods,
  offeredOption,
  type PlannedShipment,
  plannedShipments,
  purchaseOf,
} from '../checkout-plan.js'
import { violationErrors } from '../errors.js'
import { fixed, type GlueError } from '../fixed-errors.js'
import { groupKeys, parseUuid } from '../ids.js'
import type { GlueRequest } from '../request.js'

/** A checkout request that can be looked at together with its cart. */
export interface CheckoutRequest {
  readonly input: CheckoutInput
  readonly cartId: CartId
}

const shipmentErrors: Readonly<Record<ShipmentFault, GlueError>> = {
  mixed: fixed.shipmentsMixed,
  missing: fixed.shipmentMissing,
  address_missing: fixed.shipmentAddressMissing,
  address_invalid: fixed.shipmentAddressInvalid,
}

/**
 * Everything about a checkout request that needs no cart, in the order in which clients learn of it: field rules, number
 * of payments, shipments, customer data. Source: dialects/spryker.md 3.7, 3.8, 5.10.
 */
export function readCheckoutRequest(
  request: GlueRequest,
  kind: CheckoutKind,
): Result<CheckoutRequest, readonly GlueError[]> {
  const { attributes, settings } = request
  const isMember = request.customer !== undefined
  const violations = checkoutViolations(attributes, kind, byReference(isMember), partsBesideId(settings))
  if (violations.length > 0) return refuse(violationErrors(violations))
  const input = readCheckout(attributes)
  if (input.payments.length > 1 && !settings.multiplePayments) return refuse([fixed.paymentsMultiple])
  const faults = shipmentFaults(attributes, kind)
  if (faults.length > 0) return refuse(faults.map(fault => shipmentErrors[fault]))
  if (kind === 'checkout' && !isMember && input.customer === undefined) return refuse([fixed.customerDataMissing])
  const cartId = parseUuid(input.idCart)
  return cartId === undefined ? refuse([fixed.checkoutCartNotFound]) : ok({ input, cartId })
}

/** A cart as it would be with what the request says; nothing is stored. */
export interface Quote {
  readonly view: CartView
  readonly shipments: readonly PlannedShipment[]
}

/**
 * Quotes the cart with the request's addresses and methods. A method is named by its integer id on the wire; where the
 * channel has none of that id, an offer that a promotion made may have it: then one quote more tells its own id.
 *
 * @param assumedCountry  see `consignmentsOf`
 */
export function quoteCheckout(
  desk: CartDesk,
  { input }: CheckoutRequest,
  assumedCountry?: string,
): Result<Quote, CheckoutError> {
  const shipments = plannedShipments(input, desk.cart)
  const quote = (optionOf: (methodId: string, position: number) => string) =>
    desk.quote({ ...purchaseOf(input), consignments: consignmentsOf(shipments, optionOf, assumedCountry) })
  const first = quote(
    methodId => desk.shippingMethods.find(method => method.integerId.toString() === methodId)?.id ?? methodId,
  )
  if (!first.ok) return first
  if (hasNamedMethods(first.value.cart, shipments)) return ok({ view: first.value, shipments })
  const optionOf = offeredOption(first.value.cart)
  const isOffered = shipments.some(({ methodId }, at) => methodId !== undefined && optionOf(methodId, at) !== methodId)
  if (!isOffered) return ok({ view: first.value, shipments })
  const second = quote(optionOf)
  return second.ok ? ok({ view: second.value, shipments }) : second
}

/** The group key of a line of that cart, for errors that name one. */
export function groupKeyIn(view: CartView): (id: string) => string {
  const keys = groupKeys(view.cart.cart.lineItems)
  return id => keys.get(id) ?? id
}

/** Lines that need shipping and that no entry of a split delivery names. */
export function unassignedLines({ view }: Quote): readonly CheckoutError[] {
  return view.cart.problems.flatMap((problem): readonly CheckoutError[] =>
    problem.code === 'line_unassigned' ? [{ code: 'line_unassigned', lineItemId: problem.lineItemId }] : [],
  )
}
