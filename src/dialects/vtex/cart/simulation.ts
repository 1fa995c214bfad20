import type { Address } from '../../../core/cart/address.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import type { CheckoutError } from '../../../core/errors.js'
import { limits } from '../../../core/limits.js'
import { priceCart } from '../../../core/pricing/price-cart.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { withTaxesOf } from '../../../core/pricing/tax-question.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartView, EditDesk, Operations, TryCart } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { alpha2Of, defined, isOnGlobe, parseAddress, parseCoordinates, plainPostalCode } from '../address.js'
import { respondError, respondJson, type VtexError } from '../answer.js'
import { type Fields, isObject, objectsOf, textOf, wholeOf } from '../body.js'
import { refuseWith, respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { parseOrderFormId } from '../ids.js'
import { renderContextOf } from '../order-form-answer.js'
import type { RenderContext } from '../render/context.js'
import { renderSimulation } from '../render/simulation.js'
import { callerOf, type VtexRequest } from '../request.js'
import { findSkus } from '../skus.js'
import { readCodes } from './coupons.js'
import { told } from './item-plan.js'
import { marketingOf } from './marketing-data.js'

interface SimulatedItem {
  readonly id: string
  readonly quantity: number
  readonly seller: string
  readonly requestIndex: number
}

interface Simulation {
  /** Undefined: the items of `orderFormId`. */
  readonly items: readonly SimulatedItem[] | undefined
  readonly orderFormId: string | undefined
  readonly place: Address | undefined
  readonly country: string | undefined
  readonly codes: readonly string[]
  readonly marketing: Fields | undefined
  readonly payments: readonly Fields[]
  readonly slas: readonly { readonly itemIndex: number; readonly sla: string }[]
  readonly skipped: ReadonlySet<string>
}

/**
 * POST /api/checkout/pub/orderForms/simulation: 200, what items cost, whether and how they can be delivered and paid; no
 * cart needed, none is changed. 400 CHK0022, CHK0023, CHK0024, CHK0127, CHK0040.
 */
export async function simulate(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const read = readSimulation(request.body)
  if (!read.ok) return respondError(read.error)
  const simulation = read.value
  const { items = [], codes } = simulation
  const skus = await findSkus(
    request.channel.id,
    items.map(item => item.id),
    operations,
  )
  const cartId = simulation.items === undefined ? parseOrderFormId(simulation.orderFormId ?? '') : undefined
  const ignores = ignoredPromotions(request, simulation)
  const tried = await operations.tryCart(callerOf(request.identity, cartId), {
    cart: cartId === undefined ? { fresh: { channel: request.channel.id } } : { key: { id: cartId } },
    skus: [...new Set(skus.values())],
    codes,
    clientAddress: request.wire.clientAddress,
    ...(ignores === undefined ? {} : { ignores }),
    ...(simulation.skipped.has('taxData') ? { leavesOut: ['taxes'] } : {}),
    plan: desk => planned(desk, simulation, skus),
  })
  if (!tried.ok) return respondRefusal(tried.error)
  const context = await renderContextOf(request, operations, tried.value)
  const indexes = tried.value.cart.lines.map(({ item }, index) => requestIndexOf(item.extras) ?? index)
  const { place, country, skipped, slas } = simulation
  return respondJson(
    renderSimulation(context, slas.length > 0 ? context : unshipped(context, tried.value), {
      requestIndexes: indexes,
      country: country ?? null,
      place,
      isShippingChosen: slas.length > 0,
      skipsPayment: skipped.has('paymentData'),
      skipsDelivery: skipped.has('deliveryData'),
    }),
  )
}

/** What the items cost by themselves, while no way of shipping is chosen. */
function unshipped(context: RenderContext, { facts }: CartView): RenderContext {
  const cart = { ...context.priced.cart, consignments: [] }
  if (facts === undefined) return context
  const priced = priceCart(cart, withTaxesOf(context.priced, facts))
  return { ...context, priced: { ...priced, ...quoteOf(context.priced) } }
}

function quoteOf({ taxQuote }: PricedCart): Pick<PricedCart, 'taxQuote'> {
  return taxQuote === undefined ? {} : { taxQuote }
}

function requestIndexOf(extras: Readonly<Record<string, unknown>> | undefined): number | undefined {
  return wholeOf(extras?.requestIndex)
}

function ignoredPromotions({ query }: VtexRequest, { skipped }: Simulation): TryCart['ignores'] {
  if (skipped.has('promotionData')) return 'promotions'
  return query.get('RnbBehavior') === '1' ? 'order_amounts' : undefined
}

function planned(
  desk: EditDesk,
  simulation: Simulation,
  skus: ReadonlyMap<string, string>,
): Result<EditDesk, CheckoutError> {
  let next: Result<EditDesk, CheckoutError> = ok(desk)
  for (const item of simulation.items ?? []) {
    if (!next.ok) return next
    next = withItem(next.value, item, skus.get(item.id))
  }
  if (!next.ok) return next
  const { lineItems } = next.value.cart
  const edits: CartEdit[] = [{ kind: 'set_coupons', codes: simulation.codes }]
  const marketing = simulation.marketing
  if (marketing !== undefined) edits.push({ kind: 'fill_in', changes: { marketing: marketingOf(marketing, []) } })
  const isDelivered = simulation.place !== undefined && !simulation.skipped.has('deliveryData')
  const wishes = simulation.slas.flatMap(({ itemIndex, sla }) => {
    const line = lineItems[itemIndex]
    return line === undefined ? [] : [{ lineItemId: line.id, option: sla }]
  })
  const destination = isDelivered ? simulation.place : null
  if (destination !== undefined) edits.push({ kind: 'ship_lines', shipping: { destination, wishes } })
  const filled = next.value.edit(edits)
  if (!filled.ok) return filled
  const paid = filled.value.edit(paymentEdits(filled.value, simulation.payments))
  return paid.ok ? paid.value.edit([{ kind: 'note_problems' }]) : paid
}

function paymentEdits({ facts }: EditDesk, payments: readonly Fields[]): readonly CartEdit[] {
  const selections = payments.flatMap(({ paymentSystem, installments }) => {
    const method = facts.paymentMethods.find(one => one.integerId === wholeOf(paymentSystem))
    return method === undefined ? [] : [{ method: method.id, installments: wholeOf(installments) ?? 1 }]
  })
  return [{ kind: 'fill_in', changes: { payments: selections } }]
}

function withItem(desk: EditDesk, item: SimulatedItem, sku: string | undefined): Result<EditDesk, CheckoutError> {
  const { facts } = desk
  if (!facts.sellers.has(item.seller)) return refuseWith(fixed.invalidSeller)
  const { id, requestIndex, quantity, seller } = item
  const variant = sku === undefined ? undefined : facts.variants.get(sku)
  if (sku === undefined || variant === undefined) return told(desk, 'line_unavailable', { id, reason: 'unknown' })
  const added = desk.edit([
    {
      kind: 'add_line',
      line: { sku, quantity, seller, extras: { requestIndex }, onPresent: 'separate', components: [] },
    },
  ])
  // What is known and not sold here is told, and left out.
  if (!added.ok) return told(desk, 'line_removed', { id, sku, name: variant.name }, 'error')
  const got = added.value.cart.lineItems.at(-1)?.quantity ?? quantity
  return got < quantity ? told(added.value, 'quantity_reduced', { id, sku, name: variant.name }) : added
}

function readSimulation(value: unknown): Result<Simulation, VtexError> {
  const body = isObject(value) ? value : {}
  const items = readItems(body)
  if (!items.ok) return items
  const place = readPlace(body)
  if (!place.ok) return place
  const marketing = isObject(body.marketingData) ? body.marketingData : undefined
  const paymentData = isObject(body.paymentData) ? body.paymentData : {}
  const shippingData = isObject(body.shippingData) ? body.shippingData : {}
  const skipped = Array.isArray(body.allowedOutdatedData)
    ? body.allowedOutdatedData.filter(one => typeof one === 'string')
    : []
  const slas = (objectsOf(shippingData.logisticsInfo) ?? []).flatMap(entry => {
    const [itemIndex, sla] = [wholeOf(entry.itemIndex), textOf(entry.selectedSla)]
    return itemIndex === undefined || sla === undefined ? [] : [{ itemIndex, sla }]
  })
  return ok({
    items: items.value,
    orderFormId: textOf(body.orderFormId),
    place: place.value,
    country: textOf(body.country ?? selectedAddress(body).country)?.toUpperCase(),
    codes: readCodes(marketing?.coupon) ?? [],
    marketing,
    payments: objectsOf(paymentData.payments) ?? [],
    slas,
    skipped: new Set(skipped),
  })
}

function readItems({ items, orderFormId }: Fields): Result<readonly SimulatedItem[] | undefined, VtexError> {
  if ((items === undefined || items === null) && textOf(orderFormId) !== undefined) return ok(undefined)
  const entries = objectsOf(items)
  if (entries === undefined) return refuse(fixed.badRequest)
  if (entries.length > limits.linesPerRequest) return refuse(fixed.maxItems(limits.linesPerRequest))
  const read: SimulatedItem[] = []
  for (const [requestIndex, entry] of entries.entries()) {
    const id = textOf(entry.id)
    if (id === undefined || id.length > limits.nameLength) return refuse(fixed.invalidItemId)
    const quantity = wholeOf(entry.quantity)
    if (quantity === undefined || quantity < 1) return refuse(fixed.invalidQuantity)
    const seller = textOf(entry.seller)
    if (seller === undefined) return refuse(fixed.invalidSeller)
    read.push({ id, quantity, seller, requestIndex })
  }
  return ok(read)
}

const forbidden = /[<>?+";%*]/

/**
 * Where goods would go: what the body itself names, else the first selected address. Coordinates win over a postal code;
 * each needs a country.
 */
function readPlace(body: Fields): Result<Address | undefined, VtexError> {
  const named = placeIn(body, body.country)
  if (!named.ok || named.value !== undefined) return named
  const address = selectedAddress(body)
  const selected = { ...address, country: address.country ?? body.country }
  const place = placeIn(selected, selected.country)
  if (!place.ok || place.value === undefined) return place
  return ok(parseAddress(selected))
}

function selectedAddress({ shippingData }: Fields): Fields {
  const [selected = {}] = objectsOf(isObject(shippingData) ? shippingData.selectedAddresses : undefined) ?? []
  return selected
}

function placeIn({ geoCoordinates, postalCode: code }: Fields, named: unknown): Result<Address | undefined, VtexError> {
  const coordinates = parseCoordinates(geoCoordinates)
  const postalCode = textOf(code)
  const wanted = textOf(named)
  const country = wanted === undefined ? undefined : alpha2Of(wanted)
  if (wanted !== undefined && country === undefined) return refuse(fixed.invalidCountry)
  if (coordinates === undefined && postalCode === undefined) return ok(undefined)
  if (country === undefined) return refuse(fixed.invalidCountry)
  if (postalCode !== undefined && forbidden.test(postalCode)) return refuse(fixed.postalCodeCharacters)
  if (coordinates !== undefined && !isOnGlobe(coordinates)) return refuse(fixed.sellerUnreachable)
  return ok(
    defined({
      country,
      kind: 'search',
      postalCode: postalCode === undefined ? undefined : plainPostalCode(postalCode),
      longitude: coordinates?.[0],
      latitude: coordinates?.[1],
    }),
  )
}
