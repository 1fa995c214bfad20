import { z } from 'zod'
import type { ConsignmentChange, WantedDestination } from '../../../core/cart/consignment-changes.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import { readBody, version } from '../body.js'
import { consignmentId, parseUuid, shippingOptionId } from '../ids.js'
import { invalid, type Problem } from '../problem.js'
import { sinceOf } from '../server-request.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { saveAddress } from './billing-address.js'
import { changeCheckoutBy } from './checkouts.js'
import { addressOf, addressSchema, type SentAddress } from './parse-address.js'
import { looseInteger } from './parse-goods.js'

const item = z
  .object({ itemId: z.string(), quantity: looseInteger.pipe(z.int().min(1)) })
  .transform(({ itemId, quantity }) => ({ lineItemId: parseUuid(itemId) ?? itemId, quantity }))
const items = z.array(item).min(1, 'must not be empty')
const pickup = z.object({ pickupMethodId: looseInteger })

const place = {
  address: addressSchema.nullish(),
  shippingAddress: addressSchema.nullish(),
  pickupOption: pickup.nullish(),
  version,
}

/** A single consignment is taken as a list of one. (inferred) */
const newConsignments = z.preprocess(
  value => (value !== null && typeof value === 'object' && !Array.isArray(value) ? [value] : value),
  z.array(z.object({ ...place, lineItems: items, shippingOptionId: z.string().nullish() })).min(1, 'must not be empty'),
)

/**
 * POST /api/storefront/checkouts/:cartId/consignments: 200, the checkout. Addresses may be incomplete, empty even: then
 * nothing is offered for them. A line of which only a part is assigned is split. Goods go by the option that is named, if any:
 * 400 where it is not offered. 404, 409, 422 for items that cannot go.
 * Source: dialects/bigcommerce.md 3.4, 5.5.
 */
export const postConsignments = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, newConsignments)
  if (!body.ok) return { problem: body.error }
  const consignments = body.value.map(one => ({
    destination: destinationOf(one),
    items: one.lineItems,
    // Pages that send back what they hold have an empty one while nothing is chosen.
    ...(isGiven(one.shippingOptionId) && one.shippingOptionId !== ''
      ? { matches: optionOf(one.shippingOptionId) }
      : {}),
  }))
  const since = sinceOf(body.value.find(one => typeof one.version === 'number')?.version)
  const change: ConsignmentChange = { kind: 'add', consignments }
  return changeConsignments(request, operations, { change, since, sent: body.value })
})

const changes = z.object({ ...place, lineItems: items.nullish(), shippingOptionId: z.string().nullish() })

/**
 * PUT /api/storefront/checkouts/:cartId/consignments/:consignmentId: 200, the checkout with another address or other items
 * of the consignment, or with a shipping option chosen, never both. 404 for an unknown one, 400 for an option that is not
 * offered, 409, 422. Source: dialects/bigcommerce.md 3.4.
 */
export const putConsignment = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, changes)
  if (!body.ok) return { problem: body.error }
  const change = changeOf(body.value, request.wire.params.consignmentId ?? '')
  if (!change.ok) return { problem: change.error }
  return changeConsignments(request, operations, {
    change: change.value,
    since: sinceOf(body.value.version),
    sent: [body.value],
  })
})

/** DELETE /api/storefront/checkouts/:cartId/consignments/:consignmentId: 200, the checkout; its lines go nowhere then. */
export const deleteConsignment = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, z.object({ version }))
  if (!body.ok) return { problem: body.error }
  const change = { kind: 'remove', find: named(request.wire.params.consignmentId ?? '') } as const
  return changeConsignments(request, operations, { change, since: sinceOf(body.value.version), sent: [] })
})

type Place = z.output<z.ZodObject<typeof place>>

async function changeConsignments(
  request: ShopperRequest,
  operations: Operations,
  wanted: {
    readonly change: ConsignmentChange
    readonly since: ReturnType<typeof sinceOf>
    readonly sent: readonly Pick<Place, 'address' | 'shippingAddress'>[]
  },
) {
  const { caller, session } = request
  return changeCheckoutBy(
    request,
    operations,
    async cart => {
      const changed = await operations.changeConsignments(caller, { cart, change: wanted.change, ...wanted.since })
      if (!changed.ok || session?.customerId === undefined) return changed
      for (const address of wanted.sent.map(sentAddress)) {
        if (address?.shouldSaveAddress !== true) continue
        const saved = await saveAddress(caller, operations, session.customerId, addressOf(address))
        if (!saved.ok) return saved
      }
      return changed
    },
    asBodyFault,
  )
}

/** A consignment by its id on the wire. */
function named(id: string): Extract<ConsignmentChange, { readonly kind: 'remove' }>['find'] {
  return consignment => consignmentId(consignment) === id
}

/** A shipping option by its id on the wire. */
function optionOf(id: string): Extract<ConsignmentChange, { readonly kind: 'choose_option' }>['matches'] {
  return (offer, consignment) => shippingOptionId(offer, consignment) === id
}

function changeOf(body: z.output<typeof changes>, id: string): Result<ConsignmentChange, Problem> {
  const find = named(id)
  const { shippingOptionId: optionId, lineItems } = body
  const hasDestination = isGiven(sentAddress(body)) || isGiven(body.pickupOption)
  const hasPlace = hasDestination || isGiven(lineItems)
  if (hasPlace === isGiven(optionId)) {
    return refuse(invalid({ shippingOptionId: hasPlace ? 'must not stand beside an address or items' : 'required' }))
  }
  if (isGiven(optionId)) {
    return ok({ kind: 'choose_option', find, matches: optionOf(optionId) })
  }
  return ok({
    kind: 'change',
    find,
    ...(hasDestination ? { destination: destinationOf(body) } : {}),
    ...(isGiven(lineItems) ? { items: lineItems } : {}),
  })
}

/** Older documents say `shippingAddress`. Who picks goods up needs no address. */
function destinationOf(body: Place): WantedDestination {
  const sent = sentAddress(body)
  const { pickupOption } = body
  if (isGiven(pickupOption)) {
    const receiver = sent === undefined ? {} : { receiver: addressOf(sent) }
    return { kind: 'pickup_method', integerId: pickupOption.pickupMethodId, ...receiver }
  }
  return { kind: 'address', address: sent === undefined ? {} : addressOf(sent) }
}

function sentAddress({
  address,
  shippingAddress,
}: Pick<Place, 'address' | 'shippingAddress'>): SentAddress | undefined {
  return address ?? shippingAddress ?? undefined
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}

/** An item that is not there is a fault of the body here, not of the path. */
function asBodyFault(problem: Problem): Problem {
  const isItem = problem.status === 404 && problem.sentence === 'The cart has no such item.'
  return isItem ? { ...problem, status: 422, code: 'invalid' } : problem
}
