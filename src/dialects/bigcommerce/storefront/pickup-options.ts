import { z } from 'zod'
import type { NearbyPickupPoint } from '../../../core/geography/pickup-search.js'
import type { PickupPoint, ShippingMethod } from '../../../core/pricing/facts.js'
import type { Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { collectionInstructions, collectionTimes } from '../render/pickup.js'
import { refusedBy, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { looseInteger } from './parse-goods.js'

const kilometersPerUnit = { KM: 1, MI: 1.609344 } as const

const search = z.object({
  searchArea: z.object({
    radius: z.object({ value: z.number().positive(), unit: z.enum(['KM', 'MI']) }),
    coordinates: z.object({ latitude: z.number(), longitude: z.number() }),
  }),
  items: z
    .array(z.object({ variantId: looseInteger, quantity: looseInteger.pipe(z.int().min(1)) }))
    .max(500)
    .nullish(),
})
type Items = readonly { readonly variantId: number; readonly quantity: number }[]

/** Most options of one answer, as documented. */
const mostOptions = 10

/**
 * POST /api/storefront/pickup-options: 200, where all of these items can be collected within the radius, nearest first, ten
 * at the most; what is there is there at every place. 422 for an area that is none. Source: reference/pickup_options.sf.yml.
 */
export const postPickupOptions = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, search)
  if (!body.ok) return { problem: body.error }
  const { coordinates, radius } = body.value.searchArea
  const channel = request.channel.id
  const near = await operations.findPickupPoints({
    channel,
    near: coordinates,
    radiusKilometers: radius.value * kilometersPerUnit[radius.unit],
  })
  if (!near.ok) return refusedBy(near.error)
  const facts = await operations.readChannelFacts({ channel })
  if (!facts.ok) return refusedBy(facts.error)
  const items = body.value.items ?? []
  if (!(await areThere(items, request, operations))) return { status: 200, body: { results: [] } }
  const { shippingMethods, pickupPoints } = facts.value
  const options = near.value
    .flatMap(found => methodsOf(found, shippingMethods, request.channel.currency))
    .slice(0, mostOptions)
    .map(({ method, point }) => ({
      pickupMethod: {
        id: method.integerId,
        locationId: pickupPoints.findIndex(each => each.id === point.id) + 1,
        displayName: method.name.slice(0, 250),
        collectionInstructions: collectionInstructions(point, method.description),
        collectionTimeDescription: collectionTimes(point),
      },
      availableItems: items,
    }))
  return { status: 200, body: { results: options.length === 0 ? [] : [{ pickupOptions: options }] } }
})

/** Ways of collecting goods there that have a price. */
function methodsOf(
  { point }: NearbyPickupPoint,
  methods: readonly ShippingMethod[],
  currency: string,
): readonly { readonly method: ShippingMethod; readonly point: PickupPoint }[] {
  return methods
    .filter(({ isActive, pickupPointIds = [] }) => isActive && pickupPointIds.includes(point.id))
    .filter(({ prices }) => prices.some(price => price.currency === currency))
    .map(method => ({ method, point }))
}

/** Whether all of them can be had; named twice, they add up. */
async function areThere(items: Items, { channel }: ShopperRequest, operations: Operations): Promise<boolean> {
  if (items.length === 0) return true
  const wanted = new Map<number, number>()
  for (const { variantId, quantity } of items) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity)
  const key = { variantIds: [...wanted.keys()] }
  const found = await operations.findVariants({ channel: channel.id, key })
  const stock = new Map(found.map(({ variant, stock: pieces }) => [variant.variantId, pieces]))
  return [...wanted].every(([id, quantity]) => {
    const pieces = stock.get(id)
    return pieces !== undefined && (channel.tracksStock === false || pieces >= quantity)
  })
}
