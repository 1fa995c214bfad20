import type { Address } from '../../../core/cart/address.js'
import type { Cart } from '../../../core/cart/cart.js'
import { shippingAddressOf } from '../../../core/cart/checkout-steps.js'
import { ok } from '../../../core/result.js'
import { addressErrors, readAddress } from '../address-fields.js'
import { amendOrder } from '../amend-completed.js'
import { respondException, respondInvalid, respondJson, respondUnauthorized } from '../errors.js'
import { addressId } from '../ids.js'
import { integerText, isTree } from '../params.js'
import { renderAddress } from '../render/address.js'
import { cartRef, endpoint, purchaseRef, refused, respondPlaced } from '../request.js'

/** One of an order's two addresses. */
interface Found {
  readonly role: 'bill' | 'ship'
  readonly address: Address
}

/** GET /api/orders/:number/addresses/:id: 200; 401 for an id that is not the order's. Source: dialects/spree.md 3.12. */
export const getAddress = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const found = addressNamed(read.value.cart.cart, integerText(request.params.id))
  return found === undefined
    ? respondUnauthorized()
    : respondJson(200, renderAddress(found.address, integerText(request.params.id) ?? 0))
})

/**
 * PUT /api/orders/:number/addresses/:id: 200 with the address, 422 with plain fields. What is not sent stays.
 * Source: dialects/spree.md 3.12.
 */
export const putAddress = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const id = integerText(request.params.id)
  const found = addressNamed(read.value.cart.cart, id)
  if (found === undefined) return respondUnauthorized()
  const { order } = read.value
  if (order !== undefined && !request.isAdmin) return respondPlaced(request, order)
  const { address: sent } = request.tree
  if (!isTree(sent) || Object.keys(sent).length === 0) {
    return respondException('param is missing or the value is empty: address')
  }
  const changed = readAddress(sent, found.address)
  const errors = addressErrors(changed, request.settings.rules.address, '')
  if (Object.keys(errors).length > 0) return respondInvalid(errors)
  if (order !== undefined) {
    const put = found.role === 'bill' ? { billingAddress: changed } : { shippingAddress: changed }
    const amended = await amendOrder(request, operations, order, put)
    if (!amended.ok) return amended.error
    return respondJson(200, renderAddress(changed, addressId(amended.value.snapshot.cart, changed, found.role)))
  }
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: () => ok(found.role === 'bill' ? { billingAddress: changed } : { shippingAddress: changed }),
  })
  if (!walked.ok) return refused(request, walked.error)
  const { cart } = walked.value.view.cart
  return respondJson(200, renderAddress(changed, addressId(cart, changed, found.role)))
})

function addressNamed(cart: Cart, id: number | undefined): Found | undefined {
  const billing = cart.billingAddress
  if (billing !== undefined && addressId(cart, billing, 'bill') === id) return { role: 'bill', address: billing }
  const shipping = shippingAddressOf(cart)
  if (shipping !== undefined && addressId(cart, shipping, 'ship') === id) return { role: 'ship', address: shipping }
  return undefined
}
