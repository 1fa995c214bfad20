import { ok } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondException, respondJson, respondNothing } from '../errors.js'
import { withPastPayments } from '../extras.js'
import { chosenAsPast } from '../order-attributes.js'
import { isEmptyTree, moveOrder, orderSaid } from '../order-walk.js'
import { integerText, isTree } from '../params.js'
import { respondOrder } from '../purchase-answer.js'
import { cartRef, endpoint, purchaseRef, refused, type SpreeRequest } from '../request.js'
import { respondDone } from './checkouts.js'

/** GET /api/orders/:number: 200 with the order, in every state; 401; 404. Source: dialects/spree.md 3.4. */
export const getOrder = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  return read.ok ? respondOrder(request, operations, read.value) : refused(request, read.error)
})

/**
 * PUT /api/orders/:number: changes what is in the order, takes no step; 200 with the order, 422 with nothing saved.
 * Other lines or another shipping address send it back to `address`. Source: dialects/spree.md 3.5, 5.5.
 */
export const putOrder = endpoint('open', async (request, operations) => {
  const order = orderSaid(request)
  if (order === undefined || isEmptyTree(order)) {
    const read = await operations.readPurchase(request.caller, purchaseRef(request))
    return read.ok ? respondOrder(request, operations, read.value) : refused(request, read.error)
  }
  return moveOrder(request, operations, { steps: 'none', needsStock: false, order }, view =>
    respondDone(request, operations, view, order),
  )
})

/**
 * PUT /api/orders/:number/empty: 204; takes out everything, back to `cart`. 422 for a completed order.
 * Source: dialects/spree.md 3.7.
 */
export const putEmpty = endpoint('open', async (request, operations) => {
  const emptied = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: desk => {
      const quoted = desk.quote({})
      if (!quoted.ok) return quoted
      // What was chosen to pay with is still listed, but counts no longer.
      const past = chosenAsPast(quoted.value.cart, new Date().toISOString())
      return ok({ clears: true, extras: { spree: withPastPayments(desk.cart, past) } })
    },
  })
  if (emptied.ok) return respondNothing()
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  if (read.value.order === undefined) return refused(request, emptied.error)
  return respondException('Order has already been processed so it cannot be emptied')
})

/**
 * PUT /api/orders/:number/address: the form of the oldest clients: sets addresses, then takes one step.
 * Source: dialects/spree.md 3.13.
 */
export const putOrderAddress = endpoint('open', async (request, operations) => {
  const { tree } = request
  const billing = isTree(tree.billing_address) ? { bill_address_attributes: tree.billing_address } : {}
  const shipping = isTree(tree.shipping_address) ? { ship_address_attributes: tree.shipping_address } : {}
  return moveInOldForm(request, operations, { ...billing, ...shipping })
})

/**
 * PUT /api/orders/:number/delivery: the form of the oldest clients: chooses a shipping method for all shipments, then
 * takes one step; 422 for a method that is not offered. Source: dialects/spree.md 3.13.
 */
export const putOrderDelivery = endpoint('open', async (request, operations) => {
  const method = integerText(request.tree.shipping_method_id)
  const answer = await moveInOldForm(request, operations, { shipping_method_id: method ?? -1 })
  const isUnknown = answer.status === 422 && String(answer.body).includes('"shipping_method_id"')
  return isUnknown ? respondJson(422, { errors: ['Invalid shipping method specified.'] }) : answer
})

function moveInOldForm(
  request: SpreeRequest,
  operations: Operations,
  order: Readonly<Record<string, unknown>>,
): Promise<WireResponse> {
  return moveOrder(request, operations, { steps: 'one', needsStock: true, order }, view =>
    respondDone(request, operations, view, order),
  )
}
