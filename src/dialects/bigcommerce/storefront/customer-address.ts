import { readBody } from '../body.js'
import { invalid, problems } from '../problem.js'
import { storefrontAccount } from '../render/checkout.js'
import { refusedBy, shopperEndpoint } from '../shopper-endpoint.js'
import { saveAddress } from './billing-address.js'
import { addressOf, addressSchema } from './parse-address.js'

/**
 * POST /api/storefront/customer-address: 200, the customer with the address in the book; one that is in it already is not
 * added again. 401 for a guest, 422 for an address with nothing in it. Source: dialects/bigcommerce.md 3.7.9.
 */
export const postCustomerAddress = shopperEndpoint('storefront', async (request, operations) => {
  const { wire, session, caller, channel } = request
  const body = readBody(wire, addressSchema)
  if (!body.ok) return { problem: body.error }
  if (session?.customerId === undefined) return { problem: { ...problems.unauthorized, sentence: 'Please sign in.' } }
  const { email: _email, ...address } = addressOf(body.value)
  if (Object.keys(address).length === 0) return { problem: invalid({ address1: 'required' }) }
  const saved = await saveAddress(caller, operations, session.customerId, address)
  if (!saved.ok) return refusedBy(saved.error)
  const customer = await operations.readCustomer(caller, { id: session.customerId })
  return customer.ok
    ? { status: 200, body: storefrontAccount(customer.value, channel.currency) }
    : refusedBy(customer.error)
})
