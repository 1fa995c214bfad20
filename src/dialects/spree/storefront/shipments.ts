import { shippingAddressOf } from '../../../core/cart/checkout-steps.js'
import type { PricedConsignment } from '../../../core/pricing/priced-cart.js'
import { ok, refuse } from '../../../core/result.js'
import type { Operations, PurchaseView, WalkCheckout } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import {
  respondException,
  respondInvalid,
  respondJson,
  respondNotFound,
  respondUnauthorized,
  texts,
} from '../errors.js'
import { extrasOf, notedTracking, withTracking } from '../extras.js'
import { addressId, integerOf, namesShipment, orderNumberOfShipment, rateId } from '../ids.js'
import { readLineWishes, readQuantity } from '../line-wishes.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { integerText, isTree, textOf } from '../params.js'
import { contextOf, offersOf } from '../purchase-answer.js'
import { renderAddress } from '../render/address.js'
import { orderAdjustments } from '../render/adjustment.js'
import { renderOrderSummary } from '../render/order.js'
import { paymentsOf, renderNestedPayment } from '../render/payment.js'
import { renderShipment, shipmentState, shipmentsOf, shippingOf, stockLocation } from '../render/shipment.js'
import { cartRef, endpoint, purchaseRef, refused, type SpreeRequest } from '../request.js'

/** A shipment and the order that it belongs to. */
interface Found {
  readonly view: PurchaseView
  readonly entry: PricedConsignment
}

const missing = (name: string) => respondException(`param is missing or the value is empty: ${name}`)

/**
 * POST /api/shipments: puts pieces of a variant into an order's shipments; 200 with the shipment. Orders that are not
 * completed only. Source: dialects/spree.md 3.11.
 */
export const postShipment = endpoint('admin', async (request, operations) => {
  const { tree } = request
  const nested = isTree(tree.shipment) ? tree.shipment : {}
  const number = textOf(nested.order_id) ?? textOf(tree.order_id) ?? request.params.number
  if (number === undefined) return missing('order_id')
  if (textOf(tree.stock_location_id) === undefined) return missing('stock_location_id')
  if (textOf(tree.variant_id) === undefined) return missing('variant_id')
  const read = await operations.readPurchase(request.caller, purchaseRef(request, number))
  if (!read.ok) return refused(request, read.error)
  return changePieces(request, operations, read.value, 1)
})

/**
 * PUT /api/shipments/:shipment: another rate, tracking number or note; 200 with the shipment; 404 also for those who may
 * not. Source: dialects/spree.md 3.11.
 */
export const putShipment = endpoint('open', async (request, operations) =>
  withShipment(request, operations, async found => {
    const wanted = isTree(request.tree.shipment) ? request.tree.shipment : {}
    const tracking = textOf(wanted.tracking)
    const rate = integerText(wanted.selected_shipping_rate_id)
    const { view, entry } = found
    const offer = rate === undefined ? undefined : entry.offers.find(({ id }) => rateId(entry.consignment, id) === rate)
    if (rate !== undefined && offer === undefined) return respondNotFound()
    if (view.order !== undefined) {
      if (offer !== undefined && offer.id !== entry.selected?.id) return respondInvalid({ base: [texts.frozen] })
      return tracking === undefined
        ? respondShipment(request, operations, found)
        : noteTracking(request, operations, found, tracking)
    }
    const note = textOf(wanted.special_instructions)
    const optionId = offer?.id ?? entry.selected?.id
    return walkShipment(request, operations, found, {
      steps: 'none',
      plan: ({ cart }) =>
        ok({
          ...(optionId === undefined
            ? {}
            : {
                shippingOptions: [
                  { consignmentId: entry.consignment.id, optionId, ...(note === undefined ? {} : { note }) },
                ],
              }),
          ...(tracking === undefined
            ? {}
            : { extras: { spree: withTracking(extrasOf(cart), entry.consignment.id, tracking) } }),
        }),
    })
  }),
)

/** PUT /api/shipments/:shipment/ready: 200 once the order is paid; 422 before. */
export const putReady = endpoint('open', async (request, operations) =>
  withShipment(request, operations, async found => {
    const state = shipmentState(found.view, found.entry)
    return state === 'ready'
      ? respondShipment(request, operations, found)
      : respondJson(422, { error: texts.cannotReady })
  }),
)

/** PUT /api/shipments/:shipment/ship: 200, sent; a repeat changes the tracking number alone; 422 while the order is not paid. */
export const putShip = endpoint('open', async (request, operations) =>
  withShipment(request, operations, async found => {
    const { view, entry } = found
    const wanted = isTree(request.tree.shipment) ? request.tree.shipment : {}
    const told = textOf(wanted.tracking)
    if (shipmentState(view, entry) === 'shipped') {
      return told === undefined
        ? respondShipment(request, operations, found)
        : noteTracking(request, operations, found, told)
    }
    if (view.order === undefined) return respondCannot('ship')
    const tracking = told ?? notedTracking(extrasOf(view.order), entry.consignment.id)
    const sent = await operations.fulfillOrder(request.caller, {
      id: view.order.id,
      consignmentId: entry.consignment.id,
      onlyPaid: true,
      ...(entry.selected === undefined ? {} : { carrier: entry.selected.carrier }),
      ...(tracking === undefined ? {} : { trackingNumber: tracking }),
    })
    if (!sent.ok) return sent.error.code === 'order_state' ? respondCannot('ship') : refused(request, sent.error)
    return respondShipment(request, operations, { view: { ...view, order: sent.value.order }, entry })
  }),
)

/** PUT /api/shipments/:shipment/add: more pieces of a variant; orders that are not completed only. */
export const putAdd = endpoint('open', async (request, operations) =>
  withShipment(request, operations, ({ view }) => changePieces(request, operations, view, 1)),
)

/** PUT /api/shipments/:shipment/remove: fewer pieces of a variant; orders that are not completed only. */
export const putRemove = endpoint('open', async (request, operations) =>
  withShipment(request, operations, ({ view }) => changePieces(request, operations, view, -1)),
)

/** POST /api/shipments/transfer_to_location: there is one location, so nothing can move to another; 422. */
export const postTransferToLocation = endpoint('admin', async (request, operations) => {
  const found = await originalShipment(request, operations)
  if (found === undefined) return respondNotFound()
  const quantity = readQuantity(request.tree.quantity ?? 1)
  if (!quantity.ok || quantity.value === 0) return respondException('Quantity must be greater than zero')
  if (integerText(request.tree.stock_location_id) !== stockLocation.id) return respondNotFound()
  return respondException('The target shipment is the same as the original shipment')
})

/** POST /api/shipments/transfer_to_shipment: pieces keep the shipment that their category needs; 422. */
export const postTransferToShipment = endpoint('admin', async (request, operations) => {
  const found = await originalShipment(request, operations)
  if (found === undefined) return respondNotFound()
  const quantity = readQuantity(request.tree.quantity ?? 1)
  if (!quantity.ok || quantity.value === 0) return respondException('Quantity must be greater than zero')
  const target = textOf(request.tree.target_shipment_number) ?? ''
  const other = shipmentsOf(found.view.cart).find(({ consignment }) =>
    namesShipment(target, found.view.cart.cart, consignment),
  )
  if (other === undefined) return respondNotFound()
  return respondException(
    other === found.entry
      ? 'The target shipment is the same as the original shipment'
      : 'The goods cannot go by the target shipment',
  )
})

/** GET /api/shipments/mine: shipments of the user's completed orders, newest first. */
export const getMyShipments = endpoint('user', async (request, operations) => {
  const listed = await operations.listPurchases(request.caller, {
    channel: request.channel.id,
    whose: 'own',
    conditions: [{ field: 'completed_at', test: 'not_null', values: [] }],
    sorts: [{ field: 'completed_at', isDescending: true }],
    offset: 0,
    limit: 500,
  })
  if (!listed.ok) return refused(request, listed.error)
  const all = listed.value.purchases.flatMap(view => shipmentsOf(view.cart).map(entry => ({ view, entry })))
  const page = pageOf(request)
  const rows = await Promise.all(pageFrom(all, page).map(found => renderOwn(request, operations, found)))
  return respondJson(200, { shipments: rows, ...envelope(rows.length, all.length, page) })
})

async function renderOwn(request: SpreeRequest, operations: Operations, { view, entry }: Found) {
  const context = await contextOf(request, view, operations)
  const {
    shipping_rates: _rates,
    manifest: _manifest,
    shipping_methods: _methods,
    adjustments: _own,
    ...rest
  } = renderShipment(view, entry, context.offers, 'nested')
  const { cart, currency } = view.cart
  const shipping = shippingAddressOf(cart)
  const billing = cart.billingAddress
  const state = rest.state === 'shipped' ? 'shipped' : 'on_hand'
  const units = entry.items.flatMap(({ lineItemId, quantity }) => {
    const line = view.cart.lines.find(({ item }) => item.id === lineItemId)
    return Array.from({ length: line === undefined ? 0 : quantity }, (_, index) => ({
      id: integerOf(`unit ${lineItemId} ${index}`),
      variant_id: line?.variant?.variantId ?? null,
      line_item_id: line?.item.sequence ?? null,
      state,
    }))
  })
  return {
    ...rest,
    inventory_units: units,
    order: {
      ...renderOrderSummary(view, context),
      bill_address: billing === undefined ? null : renderAddress(billing, addressId(cart, billing, 'bill')),
      ship_address: shipping === undefined ? null : renderAddress(shipping, addressId(cart, shipping, 'ship')),
      adjustments: orderAdjustments(view.cart, { type: 'Spree::Order', id: cart.integerId }),
      payments: paymentsOf(view, context.offers).map(payment =>
        renderNestedPayment(payment, currency, context.isAdmin),
      ),
    },
  }
}

/** Shipments are looked up among those that the caller may change: for everybody else they are not there. */
async function withShipment(
  request: SpreeRequest,
  operations: Operations,
  answer: (found: Found) => Promise<WireResponse>,
): Promise<WireResponse> {
  const { shipment = '' } = request.params
  const found = request.isAdmin ? await find(request, operations, shipment) : undefined
  if (found !== undefined) return answer(found)
  if (request.token !== undefined && !request.isAdmin) {
    const number = request.params.number ?? textOf(request.tree.order_id) ?? textOf(request.tree.order_number)
    const read =
      number === undefined ? undefined : await operations.readPurchase(request.caller, purchaseRef(request, number))
    if (read?.ok === false) return respondUnauthorized()
  }
  return respondNotFound()
}

async function find(request: SpreeRequest, operations: Operations, name: string): Promise<Found | undefined> {
  const number = request.params.number ?? orderNumberOfShipment(name)
  if (number === undefined) return undefined
  const read = await operations.readPurchase(request.caller, purchaseRef(request, number))
  if (!read.ok) return undefined
  const { cart: priced } = read.value
  const entry = shipmentsOf(priced).find(({ consignment }) => namesShipment(name, priced.cart, consignment))
  return entry === undefined ? undefined : { view: read.value, entry }
}

function originalShipment(request: SpreeRequest, operations: Operations): Promise<Found | undefined> {
  return find(request, operations, textOf(request.tree.original_shipment_number) ?? '')
}

/** More or fewer pieces; the delivery is planned anew, so the shipment has another number afterwards. */
async function changePieces(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  sign: 1 | -1,
): Promise<WireResponse> {
  const { tree } = request
  if (textOf(tree.variant_id) === undefined) return missing('variant_id')
  const quantity = readQuantity(tree.quantity ?? 1)
  if (!quantity.ok) return respondInvalid({ quantity: [quantity.error] })
  if (view.order !== undefined) return respondInvalid({ base: [texts.frozen] })
  const variantId = integerText(tree.variant_id)
  const { number } = view.cart.cart
  const wishes = await readLineWishes(request, operations, [{ variant_id: tree.variant_id ?? '' }], number)
  const sku = !wishes.ok || variantId === undefined ? undefined : wishes.value.skuOf.get(variantId)
  if (sku === undefined) return respondNotFound()
  const ref = cartRef(request, number)
  const walked = await operations.walkCheckout(request.caller, {
    cart: ref,
    rules: request.settings.rules,
    steps: 'one',
    skus: [sku],
    plan: ({ cart }) => {
      const line = cart.lineItems.find(item => item.sku === sku)
      if (sign === 1) return ok({ lines: [{ add: { sku, quantity: quantity.value } }] })
      if (line === undefined) return refuse({ code: 'product_not_found', sku })
      return ok({ lines: [{ lineItem: { id: line.id }, quantity: Math.max(0, line.quantity - quantity.value) }] })
    },
  })
  if (!walked.ok) return refused(request, walked.error)
  const after: PurchaseView = { ...walked.value.view, payments: [] }
  const entry = shipmentsOf(after.cart)[0]
  if (entry !== undefined) return respondShipment(request, operations, { view: after, entry })
  return walked.value.fault === undefined ? respondNotFound() : refused(request, walked.value.fault, true)
}

async function walkShipment(
  request: SpreeRequest,
  operations: Operations,
  { view, entry }: Found,
  walk: Pick<WalkCheckout, 'steps' | 'plan'>,
): Promise<WireResponse> {
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request, view.cart.cart.number),
    rules: request.settings.rules,
    ...walk,
  })
  if (!walked.ok) return refused(request, walked.error)
  const after: PurchaseView = { ...walked.value.view, payments: [] }
  const same = shipmentsOf(after.cart).find(({ consignment }) => consignment.id === entry.consignment.id)
  return same === undefined ? respondNotFound() : respondShipment(request, operations, { view: after, entry: same })
}

async function noteTracking(
  request: SpreeRequest,
  operations: Operations,
  { view, entry }: Found,
  tracking: string,
): Promise<WireResponse> {
  const id = view.order?.id ?? ''
  const consignmentId = entry.consignment.id
  const noted = await (shippingOf(view.order, entry) === undefined
    ? operations.annotateOrder(request.caller, {
        id,
        dialect: 'spree',
        note: order => ok(withTracking(extrasOf(order), consignmentId, tracking)),
      })
    : operations.changeTracking(request.caller, { id, consignmentId, trackingNumber: tracking }))
  if (!noted.ok) return refused(request, noted.error)
  return respondShipment(request, operations, { view: { ...view, order: noted.value.order }, entry })
}

async function respondShipment(
  _request: SpreeRequest,
  operations: Operations,
  { view, entry }: Found,
): Promise<WireResponse> {
  return respondJson(200, renderShipment(view, entry, await offersOf(view, operations), 'full'))
}

function respondCannot(event: string): WireResponse {
  return respondInvalid({ state: [`cannot transition via "${event}"`] })
}
