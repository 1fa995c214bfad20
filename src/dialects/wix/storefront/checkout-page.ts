import type { Operations } from '../../../operations/operations.js'
import type { Handler, WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { readCompletionToken } from '../completion-token.js'
import { respondError, respondRefusal } from '../errors.js'
import { extrasOf } from '../extras.js'
import { endpoint, guidParam, type WixCall } from '../request.js'
import { applicationError } from '../wix-error.js'
import { checkoutRef, readCheckoutView } from './checkouts.js'

const place = 'checkout'

/** GET /ecom/v1/checkouts/{id}/checkout-url: the hosted page, or the address that replaces it. 200. Source: 3.3. */
export const getCheckoutUrl = endpoint({ place, scopes: ['ECOM.READ_CHECKOUTS'] }, (call, operations) =>
  respondUrl(call, operations, true),
)

/** GET /ecom/v1/checkouts/{id}/wix-checkout-url: the hosted page in any case. 200. */
export const getHostedCheckoutUrl = endpoint({ place, scopes: ['ECOM.READ_CHECKOUTS'] }, (call, operations) =>
  respondUrl(call, operations, false),
)

async function respondUrl(call: WixCall, operations: Operations, mayReplace: boolean): Promise<WireResponse> {
  const read = await readCheckoutView(call, operations, guidParam(call, 'id'))
  if (!read.ok) return respondRefusal(call.wire, read.error, place)
  const { cart } = read.value.cart
  const replaced = mayReplace ? extrasOf(cart).overrideCheckoutUrl : undefined
  return respondJson(call.wire, { checkoutUrl: replaced ?? (await hostedUrl(call, cart.id, operations)) })
}

/** Where this checkout has its page: at the site's own address, else at the hosted checkout page, by a link good for a day. */
export async function hostedUrl(
  { settings, caller }: Pick<WixCall, 'settings' | 'caller'>,
  checkoutId: string,
  operations: Operations,
  ways: { readonly backUrl?: string; readonly doneUrl?: string } = {},
): Promise<string> {
  if (settings.checkoutUrl !== undefined) return `${settings.checkoutUrl}?checkoutId=${checkoutId}`
  const buyer = caller.kind === 'member' ? { customerId: caller.customerId } : {}
  return operations.linkCheckout({ cartId: checkoutId, ...buyer, ...ways })
}

/** POST /ecom/v1/checkouts/{id}/mark-as-completed: its order was made elsewhere. 200 `{}`, also again. Source: 3.9. */
export const markAsCompleted = endpoint({ place, scopes: ['ECOM.MODIFY_CHECKOUTS'] }, async (call, operations) => {
  const closed = await operations.closeCart(call.caller, { cart: checkoutRef(call) })
  return closed.ok ? respondJson(call.wire, {}) : respondRefusal(call.wire, closed.error, place)
})

/**
 * GET /ecom/v1/checkouts/mark-checkout-as-completed-and-redirect-to-url?token=: the same by a signed token, for a
 * browser: 302. A bad or expired token: 401. Source: dialects/wix.md 3.10.
 */
export const markCompletedAndRedirect: Handler = async (wire, operations) => {
  const completion = await readCompletionToken(wire.query.get('token') ?? '', operations)
  if (completion === undefined) {
    return respondError(wire, applicationError(401, 'UNAUTHENTICATED_TOKEN', 'The token is not valid.'))
  }
  const { checkoutId, url } = completion
  const holder = { kind: 'anonymous', heldCarts: [checkoutId] } as const
  const closed = await operations.closeCart(holder, { cart: { key: { id: checkoutId } } })
  if (!closed.ok) return respondRefusal(wire, closed.error, place)
  return { status: 302, headers: { Location: url, 'X-Wix-Request-Id': wire.requestId } }
}
