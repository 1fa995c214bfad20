import { unreachable } from '../../../core/assert.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { CheckoutInput } from '../checkout-input.js'
import type { PlannedShipment } from '../checkout-plan.js'
import { countryFacts } from '../countries.js'
import { respondErrors, wordRefusal } from '../errors.js'
import type { GlueError } from '../fixed-errors.js'
import { respondMany, respondOne } from '../json-api.js'
import { renderCheckoutData } from '../render/checkout-data.js'
import { addressOf } from '../render/order-address.js'
import { choiceNamed, paymentChoices } from '../render/payment-methods.js'
import { endpoint, type GlueRequest, refused, wordingOf } from '../request.js'
import { groupKeyIn, type Quote, quoteCheckout, readCheckoutRequest, unassignedLines } from './checkout-request.js'

/** GET /checkout-data: there is nothing to list. 200 with an empty collection. */
export const getCheckoutData = endpoint(
  { type: 'checkout-data', identity: 'none', place: 'checkout-data' },
  async request => respondMany(request, []),
)

/**
 * POST /checkout-data: 200 with what can be chosen, for a cart that is priced with what the request says. Stores
 * nothing, and does not judge content: unknown countries, methods or an empty cart are only hinted at, in `meta`.
 * Errors: 400 1105, 1107; 422 901, 1101, 1103, 1108, 4301. Source: dialects/spryker.md 3.7.
 */
export const postCheckoutData = endpoint(
  { type: 'checkout-data', identity: 'either', place: 'checkout-data' },
  async (request, operations) => {
    const read = readCheckoutRequest(request, 'checkout-data')
    if (!read.ok) return respondErrors(request, read.error)
    const quoted = await operations.quoteCart(request.caller, {
      cart: { key: { id: read.value.cartId } },
      plan: desk => quoteCheckout(desk, read.value, request.channel.defaultCountry),
    })
    if (!quoted.ok) return refused(request, quoted.error)
    const { view, shipments } = quoted.value
    const { input } = read.value
    const errors = faults(request, input, quoted.value)
    if (errors.length > 0) return respondErrors(request, errors)
    const resource = renderCheckoutData(view, {
      isMember: request.customer !== undefined,
      payments: input.payments,
      addressAt: position => sentAddress(shipments[position], view.cart.consignments[position]),
      sort: request.sort,
      locale: request.locale,
    })
    const hints = hintsFor(request, input, quoted.value)
    return respondOne(request, resource, hints.length === 0 ? {} : { meta: { hints } })
  },
)

/** What stands in the way even here: lines left out of a split delivery, order values, strictly mapped payments. */
function faults(request: GlueRequest, input: CheckoutInput, quote: Quote): readonly GlueError[] {
  const { cart: priced } = quote.view
  const thresholds = priced.thresholds.filter(({ kind }) => kind === 'hard_minimum' || kind === 'hard_maximum')
  const errors: readonly CheckoutError[] = [
    ...(request.settings.strictPaymentMapping ? unknownPayments(input, quote) : []),
    ...unassignedLines(quote),
    ...(priced.lines.length === 0
      ? []
      : thresholds.map(threshold => ({ code: 'threshold_unmet' as const, ...threshold }))),
  ]
  const wording = { ...wordingOf(request, groupKeyIn(quote.view)), currency: priced.currency }
  return errors.flatMap(error => wordRefusal(error, wording))
}

function unknownPayments(input: CheckoutInput, { view }: Quote): readonly CheckoutError[] {
  const choices = paymentChoices(view.cart)
  return input.payments
    .filter(sent => choiceNamed(choices, sent) === undefined)
    .map(({ method, provider }) => ({ code: 'payment_method_unknown', method, provider }))
}

/** The address of a shipment as the client gave it; a stored one by its id as the account has it. */
function sentAddress(
  shipment: PlannedShipment | undefined,
  quoted: Quote['view']['cart']['consignments'][number] | undefined,
) {
  const sent = shipment?.address
  return sent?.customerAddressId === undefined ? sent : addressOf(quoted?.consignment.destination)
}

interface Hint {
  readonly pointer: string
  readonly detail: string
}

/** What would stop an order later, told early; members that older clients do not know, so they ignore them. */
function hintsFor(request: GlueRequest, input: CheckoutInput, quote: Quote): readonly { [name: string]: string }[] {
  const wording = { ...wordingOf(request), place: 'checkout' as const }
  const hint = (pointer: string, error: CheckoutError): readonly Hint[] =>
    wordRefusal(error, wording).map(({ detail }) => ({ pointer: `/data/attributes/${pointer}`, detail }))
  return [
    ...(quote.view.cart.lines.length === 0 ? hint('idCart', { code: 'cart_empty' }) : []),
    ...countryHints(input).flatMap(({ pointer, error }) => hint(pointer, error)),
    ...quote.shipments.flatMap(({ methodId }, position) =>
      methodId === undefined || quote.view.cart.consignments[position]?.selected !== undefined
        ? []
        : hint(methodPointer(input, position), { code: 'shipping_option_not_found', optionId: methodId }),
    ),
    ...input.payments.flatMap((sent, index) =>
      choiceNamed(paymentChoices(quote.view.cart), sent) === undefined
        ? hint(`payments/${index.toString()}`, { code: 'payment_missing' })
        : [],
    ),
  ].map(each => ({ ...each }))
}

function countryHints(input: CheckoutInput): readonly { readonly pointer: string; readonly error: CheckoutError }[] {
  const { delivery, billingAddress } = input
  const shipped = delivery.kind === 'single' ? delivery.address : undefined
  const sent = [
    { part: 'billing' as const, address: billingAddress },
    { part: 'shipping' as const, address: shipped },
  ]
  return sent.flatMap(({ part, address }) => {
    const country = address?.id === undefined ? address?.iso2Code : undefined
    if (country === undefined || countryFacts(country.toUpperCase()) !== undefined) return []
    return [{ pointer: `${part}Address/iso2Code`, error: { code: 'country_unknown', part, country } }]
  })
}

function methodPointer({ delivery }: CheckoutInput, position: number): string {
  switch (delivery.kind) {
    case 'single':
      return 'shipment/idShipmentMethod'
    case 'split':
      return `shipments/${position.toString()}/idShipmentMethod`
    default:
      return unreachable(delivery)
  }
}
