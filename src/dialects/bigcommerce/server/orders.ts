import { readOutInteger } from '../../../core/orders/order-number.js'
import { dropRefusedCodes } from '../drop-codes.js'
import { asMadeByServer } from '../order-notes.js'
import { problems } from '../problem.js'
import { respondData } from '../respond.js'
import { respondProblem, respondRefusal, serverEndpoint } from '../server-request.js'
import { cartRef } from './cart-access.js'
import { modifiesCheckouts } from './checkouts.js'

/**
 * POST /checkouts/:checkoutId/orders: 200 with the id of a new order of status Incomplete; each call makes another one of the
 * same cart, and one of them can be paid. 422 while an address or a shipping option is missing, or goods are sold out.
 */
export const postOrders = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const cart = cartRef(request.params.checkoutId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const drafted = await operations.draftOrder(request.caller, {
    cart,
    requires: ['complete_addresses', 'shipping_option'],
    note: { dialect: 'bigcommerce', of: asMadeByServer },
  })
  if (!drafted.ok) {
    await dropRefusedCodes(request.caller, cart, drafted.error, operations)
    return respondRefusal(drafted.error)
  }
  return respondData({ id: readOutInteger(drafted.value.order) })
})
