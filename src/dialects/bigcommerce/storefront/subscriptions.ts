import { z } from 'zod'
import { refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { refusedBy, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { readOwnCart } from './own-cart.js'

const consent = z.object({
  email: z
    .string()
    .trim()
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address')
    .max(255),
  acceptsMarketingNewsletter: z.boolean().nullish(),
  acceptsAbandonedCartEmails: z.boolean().nullish(),
})

/**
 * POST /api/storefront/subscriptions: 200, what was agreed to. Kept with the browser's cart, and with the customer's
 * account where it is theirs; a browser without either is answered, and nothing is kept of an address that it does not
 * own. 422 without a usable e-mail address. Source: dialects/bigcommerce.md 3.7.10, reference/subscriptions.sf.yml.
 */
export const postSubscriptions = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, consent)
  if (!body.ok) return { problem: body.error }
  const { email } = body.value
  const acceptsMarketingNewsletter = body.value.acceptsMarketingNewsletter === true
  const acceptsAbandonedCartEmails = body.value.acceptsAbandonedCartEmails === true
  const kept = await keep(request, operations, { email, newsletter: acceptsMarketingNewsletter })
  if (!kept.ok && kept.error.code !== 'cart_not_found') return refusedBy(kept.error)
  return { status: 200, body: { email, acceptsMarketingNewsletter, acceptsAbandonedCartEmails } }
})

async function keep(
  request: ShopperRequest,
  operations: Operations,
  agreed: { readonly email: string; readonly newsletter: boolean },
) {
  const { caller, session } = request
  if (session?.customerId !== undefined) {
    const customer = await operations.readCustomer(caller, { id: session.customerId })
    if (customer.ok && customer.value.email.toLowerCase() === agreed.email.toLowerCase()) {
      const changes = { acceptsMarketing: agreed.newsletter }
      const changed = await operations.updateCustomer(caller, { id: session.customerId, changes })
      if (!changed.ok) return changed
    }
  }
  const read = await readOwnCart(request, operations, undefined)
  if (!read.ok) return refuse(read.error)
  const { cart } = read.value.cart
  const preferences = { ...cart.preferences, newsletter: agreed.newsletter }
  // The answer tells of no version: a page that holds one goes on with it.
  return operations.changeCheckout(caller, { cart: { key: { id: cart.id } }, changes: { preferences }, isAside: true })
}
