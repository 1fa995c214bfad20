import { z } from 'zod'
import { readBody } from '../body.js'
import { signedInSession } from '../internal/customer.js'
import { invalid, problems } from '../problem.js'
import { guestOf } from '../session.js'
import { refusedBy, shopperEndpoint } from '../shopper-endpoint.js'
import { isGoodPassword, passwordRules, storefrontSettingsOf } from '../storefront-settings.js'

/** Customers of every dialect share one row of numbers; theirs begin like the platform's. */
const referencePrefix = 'BC-'

const account = z.object({
  firstName: z.string().trim().min(1),
  lastName: z.string().trim().min(1),
  email: z.string().trim().min(1),
  password: z.string().min(1),
  acceptsMarketingEmails: z.boolean().nullish(),
})

/**
 * POST /api/storefront/customers, and /customer as the platform's client calls it: makes an account and signs it in; the
 * browser's cart becomes the customer's. 204 and 200 with an empty object. 409 when the e-mail address is taken, 422 when a
 * field is missing or the password too weak, 403 when the store makes no accounts.
 * Source: dialects/bigcommerce.md 1.4, 3.7.8, reference/customers.sf.yml.
 */
export const postCustomers = shopperEndpoint('storefront', async (request, operations) => {
  const { caller, session, channel, wire } = request
  const settings = storefrontSettingsOf(channel)
  if (!settings.accountCreation)
    return { problem: { ...problems.forbidden, sentence: 'This store makes no accounts.' } }
  const body = readBody(wire, account)
  if (!body.ok) return { problem: body.error }
  const { firstName, lastName, email, password, acceptsMarketingEmails } = body.value
  if (!isGoodPassword(password, settings)) {
    return { problem: { ...invalid({ password: 'is too weak' }), sentence: passwordRules(settings).description } }
  }
  const guest = session === undefined || session.customerId !== undefined ? undefined : guestOf(session)
  const customer = await operations.registerCustomer(caller, {
    firstName,
    lastName,
    email,
    password,
    acceptsMarketing: acceptsMarketingEmails === true,
    referencePrefix,
    ...(guest === undefined ? {} : { adoptCart: { guest, channel: channel.id } }),
  })
  if (!customer.ok) return refusedBy(customer.error)
  const signedIn = await signedInSession(request, operations, { customer: customer.value })
  return wire.path.endsWith('/customers')
    ? { status: 204, session: signedIn }
    : { status: 200, body: {}, session: signedIn }
})
