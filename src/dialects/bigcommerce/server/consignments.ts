import { z } from 'zod'
import type { ConsignmentItem } from '../../../core/cart/cart.js'
import type { ConsignmentChange, WantedDestination } from '../../../core/cart/consignment-changes.js'
import { findCountry } from '../../../core/geography/countries.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import { readBody, version } from '../body.js'
import { consignmentId, parseUuid, shippingOptionId } from '../ids.js'
import { priceSchema, readPrice } from '../money.js'
import { invalid, type Problem } from '../problem.js'
import { respondProblem, serverEndpoint, sinceOf } from '../server-request.js'
import { addressOf, addressSchema, type SentAddress } from '../storefront/parse-address.js'
import { addressProblem } from './billing-address.js'
import { changeCheckout, currencyOfCheckout, modifiesCheckouts } from './checkouts.js'

const item = z
  .object({ item_id: z.string(), quantity: z.int().min(1) })
  .transform(({ item_id, quantity }) => ({ lineItemId: parseUuid(item_id) ?? item_id, quantity }))
const pickup = z.object({ pickup_method_id: z.int() })

const wanted = z.object({
  address: addressSchema.nullish(),
  shipping_address: addressSchema.nullish(),
  pickup_option: pickup.nullish(),
  line_items: z.array(item).min(1, 'must not be empty'),
  version,
})
type Wanted = z.output<typeof wanted>

/** A single consignment is taken as a list of one. (inferred) */
const newConsignments = z.preprocess(
  value => (value !== null && typeof value === 'object' && !Array.isArray(value) ? [value] : value),
  z.array(wanted).min(1, 'must not be empty'),
)

/**
 * POST /checkouts/:checkoutId/consignments: 200 with the checkout. A line of which only a part is assigned is split. 422 for
 * unknown items, more pieces than a line has, goods that are not shipped, addresses without e-mail or country.
 */
export const postConsignments = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, newConsignments)
  if (!body.ok) return respondProblem(body.error)
  const consignments = []
  for (const [index, one] of body.value.entries()) {
    const destination = destinationOf(one, `${index.toString()}.`)
    if (!destination.ok) return respondProblem(destination.error)
    consignments.push({ destination: destination.value, items: one.line_items })
  }
  const change: ConsignmentChange = { kind: 'add', consignments }
  const since = sinceOf(body.value.find(one => typeof one.version === 'number')?.version)
  return changeCheckout(
    request,
    operations,
    cart => operations.changeConsignments(request.caller, { cart, change, ...since }),
    problem => respondProblem(asUnprocessable(problem)),
  )
})

const changes = z.object({
  address: addressSchema.nullish(),
  shipping_address: addressSchema.nullish(),
  pickup_option: pickup.nullish(),
  line_items: z.array(item).min(1, 'must not be empty').nullish(),
  shipping_option_id: z.string().nullish(),
  custom_shipping: z
    .object({
      price: priceSchema,
      description: z.string().max(250),
    })
    .nullish(),
  version,
})
type Changes = z.output<typeof changes>

/**
 * PUT /checkouts/:checkoutId/consignments/:consignmentId: another address or other items, or a shipping option, or a pickup
 * option, or an option by hand; one kind at a time. 404 for an unknown consignment, 422 for an option that is not offered.
 */
export const putConsignment = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, changes)
  if (!body.ok) return respondProblem(body.error)
  const currency = isGiven(body.value.custom_shipping)
    ? await currencyOfCheckout(request, operations)
    : ok(request.channel.currency)
  if (!currency.ok) return respondProblem(currency.error)
  const change = changeOf(body.value, request.params.consignmentId ?? '', currency.value)
  if (!change.ok) return respondProblem(change.error)
  return changeCheckout(request, operations, cart =>
    operations.changeConsignments(request.caller, { cart, change: change.value, ...sinceOf(body.value.version) }),
  )
})

/** DELETE /checkouts/:checkoutId/consignments/:consignmentId: 200 with the checkout; its lines go nowhere then. */
export const deleteConsignment = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, z.object({ version }))
  if (!body.ok) return respondProblem(body.error)
  const change = { kind: 'remove', find: named(request.params.consignmentId ?? '') } as const
  return changeCheckout(request, operations, cart =>
    operations.changeConsignments(request.caller, { cart, change, ...sinceOf(body.value.version) }),
  )
})

/** A consignment by its id on the wire. */
function named(id: string): Extract<ConsignmentChange, { readonly kind: 'remove' }>['find'] {
  return consignment => consignmentId(consignment) === id
}

function changeOf(body: Changes, id: string, currency: string): Result<ConsignmentChange, Problem> {
  const find = named(id)
  const { shipping_option_id: optionId, custom_shipping: custom, pickup_option: picked, line_items: items } = body
  const hasPlace = (body.address ?? body.shipping_address ?? items ?? null) !== null
  const kinds = [hasPlace || isGiven(picked), isGiven(optionId), isGiven(custom)].filter(Boolean)
  if (kinds.length !== 1) {
    const rule = kinds.length === 0 ? 'required' : 'must not stand beside an address or items'
    return refuse(invalid({ shipping_option_id: rule }))
  }
  if (isGiven(optionId)) {
    const matches: Extract<ConsignmentChange, { kind: 'choose_option' }>['matches'] = (offer, consignment) =>
      shippingOptionId(offer, consignment) === optionId
    return ok({ kind: 'choose_option', find, matches })
  }
  if (isGiven(custom)) {
    const price = readPrice(custom.price, currency)
    return ok({ kind: 'set_custom_option', find, name: custom.description, price })
  }
  return changedPlace(body, find, items ?? undefined)
}

function changedPlace(
  body: Changes,
  find: Extract<ConsignmentChange, { readonly kind: 'change' }>['find'],
  items: readonly ConsignmentItem[] | undefined,
): Result<ConsignmentChange, Problem> {
  const hasDestination = isGiven(body.address ?? body.shipping_address) || isGiven(body.pickup_option)
  const destination = hasDestination ? destinationOf(body, '') : undefined
  if (destination !== undefined && !destination.ok) return destination
  return ok({
    kind: 'change',
    find,
    ...(destination === undefined ? {} : { destination: destination.value }),
    ...(items === undefined ? {} : { items }),
  })
}

/** Older documents say `shipping_address`; who picks goods up needs no address. */
function destinationOf(
  body: Pick<Wanted, 'address' | 'shipping_address' | 'pickup_option'>,
  path: string,
): Result<WantedDestination, Problem> {
  const sent = body.address ?? body.shipping_address
  const { pickup_option: picked } = body
  if (isGiven(picked)) {
    const receiver = isGiven(sent) ? { receiver: addressOf(sent) } : {}
    return ok({ kind: 'pickup_method', integerId: picked.pickup_method_id, ...receiver })
  }
  if (!isGiven(sent)) return refuse(invalid({ [`${path}address`]: 'required' }))
  const problem = addressProblem(sent, `${path}address.`) ?? countryProblem(sent, path)
  return problem === undefined ? ok({ kind: 'address', address: addressOf(sent) }) : refuse(problem)
}

function countryProblem({ countryCode = '' }: SentAddress, path: string): Problem | undefined {
  const isKnown = findCountry(countryCode.toUpperCase()) !== undefined
  return isKnown ? undefined : invalid({ [`${path}address.country_code`]: 'unknown country' })
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}

/** An item that is not there is a fault of the body here, not of the path. */
function asUnprocessable(problem: Problem): Problem {
  const isItem = problem.status === 404 && problem.sentence === 'The cart has no such item.'
  return isItem ? { ...problem, status: 422, errors: { line_items: 'unknown item' } } : problem
}
