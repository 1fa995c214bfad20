import { z } from 'zod'
import type { Customer } from '../../../core/customers/customer.js'
import type { CartId } from '../../../core/ids.js'
import type { Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { endSession, guestOf, newGuestKey, openSession } from '../session.js'
import { refusedBy, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'

const credentials = z.object({ email: z.string(), password: z.string() })

/**
 * POST /internalapi/v1/checkout/customer: signs a customer in, 200. The browser's cart becomes the customer's, or joins
 * the one that the customer has already, which the answer then names; older releases of the platform's client, which do
 * not read that, go on asking for the former id and are given it under its new one. A new session begins, so that a cookie which
 * somebody planted beforehand opens nothing. 401 `invalid_login` for a wrong address as for a wrong password, 429 after
 * too many tries. Source: dialects/bigcommerce.md 3.7.7.
 */
export const postCustomer = shopperEndpoint('internal', async (request, operations) => {
  const body = readBody(request.wire, credentials)
  if (!body.ok) return { problem: body.error }
  const { email, password } = body.value
  const { wire, channel, session } = request
  const guest = session === undefined || session.customerId !== undefined ? undefined : guestOf(session)
  const before = await openCartId(request, operations)
  const customer = await operations.signIn({
    email,
    password,
    clientAddress: wire.clientAddress,
    ...(guest === undefined ? {} : { adoptCart: { guest, channel: channel.id } }),
  })
  if (!customer.ok) return refusedBy(customer.error)
  const after = await operations.readCart({ kind: 'member', customerId: customer.value.id }, { own: channel.id })
  const other = after.ok && after.value.cart.cart.id !== before ? after.value.cart.cart.id : undefined
  const signedIn = await signedInSession(request, operations, {
    customer: customer.value,
    ...(other === undefined || before === undefined ? {} : { formerCartId: before }),
  })
  const restored = other === undefined ? {} : { persistentCartRetrievalInformation: { id: other, isRestored: true } }
  return {
    status: 200,
    body: { data: { customer: { id: customer.value.integerId }, ...restored }, meta: {} },
    session: signedIn,
  }
})

/**
 * DELETE /internalapi/v1/checkout/customer: signs out, 200, whoever was signed in. The browser keeps its cart under the
 * same id, which the platform's client reads next, without anything of the customer's.
 * Source: dialects/bigcommerce.md 3.7.7; keeping the cart is ours (inferred from that client's next request).
 */
export const deleteCustomer = shopperEndpoint('internal', async (request, operations) => {
  const { session, caller, channel } = request
  const body = { data: {} }
  if (session?.customerId === undefined) return { status: 200, body }
  // The guest key that served before the sign-in may still name orders of the customer: the next shopper gets another.
  const next = { guestKey: newGuestKey() }
  const released = await operations.releaseCart(caller, { cart: { own: channel.id }, to: guestOf(next) })
  await endSession(operations, session)
  if (!released.ok) return { status: 200, body, session: 'ended' }
  return { status: 200, body, session: await openSession(operations, channel.id, next) }
})

/** A session of the customer for this browser; the one that it had before ends. */
export async function signedInSession(
  request: ShopperRequest,
  operations: Operations,
  { customer, ...rest }: { readonly customer: Pick<Customer, 'id' | 'version'>; readonly formerCartId?: CartId },
) {
  const { session, channel } = request
  const guestKey = session?.customerId === undefined && session !== undefined ? session.guestKey : newGuestKey()
  const whose = { customerId: customer.id, customerVersion: customer.version }
  const opened = await openSession(operations, channel.id, { guestKey, ...whose, ...rest })
  if (session !== undefined) await endSession(operations, session)
  return opened
}

async function openCartId({ caller, channel, session }: ShopperRequest, operations: Operations) {
  if (session === undefined) return undefined
  const read = await operations.readCart(caller, { own: channel.id })
  return read.ok ? read.value.cart.cart.id : undefined
}
