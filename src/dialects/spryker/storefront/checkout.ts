import type { CheckoutError } from '../../../core/errors.js'
import type { CartProblem } from '../../../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartDesk, Placed, Placement, PlannedPlacement } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { addressViolations, type CheckoutInput, type SentAddress } from '../checkout-input.js'
import {
  consignmentsOf,
  isDeclinedByTestPayment,
  offeredOption,
  plannedPayments,
  purchaseOf,
} from '../checkout-plan.js'
import { countryFacts } from '../countries.js'
import { respondErrors, respondRefusal, violationErrors, wordRefusal } from '../errors.js'
import { purchaseExtras, wasAskedFor } from '../extras.js'
import { fixed, type GlueError } from '../fixed-errors.js'
import { digest } from '../ids.js'
import { respondMany, respondOne } from '../json-api.js'
import { renderOrder } from '../render/order.js'
import { choiceNamed, isPaidFor, paymentChoices } from '../render/payment-methods.js'
import { endpoint, type GlueRequest, headerOf, wordingOf } from '../request.js'
import {
  type CheckoutRequest,
  groupKeyIn,
  type Quote,
  quoteCheckout,
  readCheckoutRequest,
  unassignedLines,
} from './checkout-request.js'

/** GET /checkout: there is nothing to list. 200 with an empty collection. */
export const getCheckout = endpoint({ type: 'checkout', identity: 'none', place: 'checkout' }, async request =>
  respondMany(request, []),
)

/**
 * POST /checkout: places the order, 201; the cart is gone afterwards. `include=orders,order-shipments` shows the order,
 * to guests too. With an `Idempotency-Key` a repeated request gets the first answer again.
 * Errors: 400 1105, 1107; 422 901, 1101-1104, 1108, 1109, 4301-4304; 429 where cards are being tested.
 * Source: dialects/spryker.md 3.8, 5.10.
 */
export const postCheckout = endpoint(
  { type: 'checkout', identity: 'either', place: 'checkout' },
  async (request, operations) => {
    const read = readCheckoutRequest(request, 'checkout')
    if (!read.ok) return respondErrors(request, read.error)
    const desk = checkoutDesk(request, read.value)
    const placed = await operations.placeOrder(request.caller, {
      cart: { key: { id: read.value.cartId } },
      placement: placementOf(request, read.value.input),
      plan: desk.plan,
    })
    if (placed.ok) return respondPlaced(request, placed.value)
    if (placed.error.code === 'too_many_attempts') return respondRefusal(request, placed.error, wordingOf(request))
    return respondErrors(request, desk.refusal(placed.error))
  },
)

/**
 * Looks at the cart when the order is placed, and keeps what it found: several faults make one answer, and a refusal names
 * lines of the cart in the client's words.
 */
function checkoutDesk(request: GlueRequest, read: CheckoutRequest) {
  const { input } = read
  const seen: { quote?: Quote; faults: readonly GlueError[] } = { faults: [] }
  return {
    plan: (desk: CartDesk): Result<PlannedPlacement, CheckoutError> => {
      const quoted = quoteCheckout(desk, read)
      if (!quoted.ok) return quoted
      seen.quote = quoted.value
      seen.faults = faults(request, input, quoted.value)
      if (seen.faults.length > 0) return refuse({ code: 'cart_invalid', problems: [] })
      const { view, shipments } = quoted.value
      return ok({
        consignments: consignmentsOf(shipments, offeredOption(view.cart)),
        ...plannedPayments(input, view.cart, request.settings.multiplePayments),
      })
    },
    refusal: (error: CheckoutError): readonly GlueError[] => {
      if (seen.faults.length > 0) return seen.faults
      return seen.quote === undefined ? wordRefusal(error, wordingOf(request)) : worded(request, [error], seen.quote)
    },
  }
}

function placementOf(request: GlueRequest, input: CheckoutInput): Placement {
  const key = idempotencyKey(request)
  return {
    ...purchaseOf(input),
    extras: purchaseExtras(input.delivery.kind === 'split', requestDigest(request)),
    clientAddress: request.wire.clientAddress,
    leavesCart: true,
    requires: ['billing_address', 'shipping_address', 'shipping_option', 'payment'],
    ...(key === undefined ? {} : { idempotencyKey: key }),
  }
}

function respondPlaced(request: GlueRequest, placed: Placed): Promise<WireResponse> | WireResponse {
  if (placed.isRepeat && !wasAskedFor(placed.order, requestDigest(request))) {
    return respondErrors(request, [fixed.keyReused])
  }
  return respondOne(
    request,
    {
      type: 'checkout',
      id: null,
      attributes: {
        orderReference: placed.order.number,
        redirectUrl: placed.redirectUrl,
        isExternalRedirect: placed.redirectUrl === null ? null : true,
      },
      relationships: { orders: () => [renderOrder(placed.order)] },
    },
    { status: 201 },
  )
}

function idempotencyKey(request: GlueRequest): string | undefined {
  const key = headerOf(request.wire, 'idempotency-key')
  return key === undefined ? undefined : digest(key)
}

/** Tells whether two requests ask for the same. Payments are left out: they may hold a card number. */
function requestDigest({ attributes }: GlueRequest): string {
  const { payments: _, ...rest } = attributes
  return digest(JSON.stringify(rest))
}

const lineProblems: ReadonlySet<CartProblem['code']> = new Set(['line_not_found', 'line_no_price', 'line_out_of_stock'])

/**
 * What the quote shows to stand in the way. The cart's content comes first and alone; then everything that is wrong with
 * the request, together.
 */
function faults(request: GlueRequest, input: CheckoutInput, quote: Quote): readonly GlueError[] {
  const { view } = quote
  if (view.cart.lines.length === 0) return [fixed.checkoutCartEmpty]
  const content = view.cart.problems.filter(problem => lineProblems.has(problem.code))
  if (content.length > 0) return worded(request, [{ code: 'cart_invalid', problems: content }], quote)
  const lost = lostReferences(input, quote)
  if (lost.length > 0) return lost
  const found: readonly CheckoutError[] = [
    ...unknownMethods(quote),
    ...unassignedLines(quote),
    ...splitAddressFaults(input, quote),
    ...unknownCountries(quote),
    ...unknownPayments(input, quote),
  ]
  if (found.length === 0) {
    return isDeclinedByTestPayment(input)
      ? worded(request, [{ code: 'payment_declined', reason: 'declined' }], quote)
      : []
  }
  const thresholds = view.cart.problems.filter(problem => problem.code === 'threshold')
  return [
    ...worded(request, found, quote),
    ...(thresholds.length === 0 ? [] : worded(request, [{ code: 'cart_invalid', problems: thresholds }], quote)),
  ]
}

function worded(request: GlueRequest, errors: readonly CheckoutError[], { view }: Quote): readonly GlueError[] {
  const wording = { ...wordingOf(request, groupKeyIn(view)), currency: view.cart.currency }
  return errors.flatMap(error => wordRefusal(error, wording))
}

/** Addresses named by an id that the account does not have: then the parts must be there after all. */
function lostReferences(input: CheckoutInput, { view }: Quote): readonly GlueError[] {
  const isLost = (sent: SentAddress | undefined): sent is SentAddress =>
    sent?.id !== undefined && view.customer?.addresses.some(stored => stored.id === sent.id) !== true
  const shipped = input.delivery.kind === 'single' ? input.delivery.address : undefined
  return violationErrors([
    ...(isLost(input.billingAddress) ? addressViolations(input.billingAddress, 'billingAddress') : []),
    ...(isLost(shipped) ? addressViolations(shipped, 'shippingAddress') : []),
  ])
}

function unknownMethods({ view, shipments }: Quote): readonly CheckoutError[] {
  const optionOf = offeredOption(view.cart)
  return shipments.flatMap(({ methodId = '' }, position): readonly CheckoutError[] => {
    const { offers = [], items = [] } = view.cart.consignments[position] ?? {}
    // Goods that are not shipped need no method.
    if (items.length === 0) return []
    const optionId = optionOf(methodId, position)
    return offers.some(offer => offer.id === optionId) ? [] : [{ code: 'shipping_option_not_found', optionId }]
  })
}

/** In `shipments` an address id must be one of the customer's own. */
function splitAddressFaults({ delivery }: CheckoutInput, { view }: Quote): readonly CheckoutError[] {
  if (delivery.kind === 'single') return []
  const { customer } = view
  const ids = [...new Set(delivery.shipments.flatMap(({ address }) => address?.id ?? []))]
  if (ids.length > 0 && customer === undefined) return [{ code: 'address_id_needs_customer' }]
  return ids
    .filter(id => customer?.addresses.some(stored => stored.id === id) !== true)
    .map(addressId => ({ code: 'address_not_found', addressId }))
}

function unknownCountries({ view }: Quote): readonly CheckoutError[] {
  const { billingAddress, consignments } = view.cart.cart
  const shipped = consignments.map(({ destination }) =>
    destination.kind === 'address' ? destination.address.country : undefined,
  )
  // None at all: an address that is named by an id, which is another fault.
  const unknown = (part: 'billing' | 'shipping', country: string | undefined): readonly CheckoutError[] =>
    country === undefined || countryFacts(country) !== undefined ? [] : [{ code: 'country_unknown', part, country }]
  return [
    ...unknown('billing', billingAddress?.country),
    ...[...new Set(shipped)].flatMap(country => unknown('shipping', country)),
  ]
}

function unknownPayments(input: CheckoutInput, { view }: Quote): readonly CheckoutError[] {
  if (isPaidFor(view.cart)) return []
  const known = paymentChoices(view.cart)
  return input.payments
    .filter(sent => choiceNamed(known, sent) === undefined)
    .map(({ method, provider }) => ({ code: 'payment_method_unknown', method, provider }))
}
