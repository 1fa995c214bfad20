import { z } from 'zod'
import type { Address } from '../../../core/cart/address.js'
import { refuse } from '../../../core/result.js'
import type { WireResponse } from '../../dialect.js'
import { readBody, version } from '../body.js'
import { billingAddressId } from '../ids.js'
import { invalid, type Problem } from '../problem.js'
import { respondProblem, type ServerRequest, serverEndpoint, sinceOf } from '../server-request.js'
import { addressOf, addressSchema, type SentAddress } from '../storefront/parse-address.js'
import { changeCheckout, modifiesCheckouts } from './checkouts.js'

const billing = z.intersection(addressSchema, z.object({ version }))

/**
 * POST /checkouts/:checkoutId/billing-address: 200 with the checkout. Needs an e-mail address and a country; a country code
 * that is none is kept empty. One that is there already is replaced and keeps its id.
 */
export const postBillingAddress = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, billing)
  if (!body.ok) return respondProblem(body.error)
  return missingParts(body.value) ?? storeBillingAddress(request, operations, body.value, () => true)
})

/** PUT /checkouts/:checkoutId/billing-address/:addressId: the same; 404 for another id than the address has. */
export const putBillingAddress = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, billing)
  if (!body.ok) return respondProblem(body.error)
  const { addressId } = request.params
  return (
    missingParts(body.value) ?? storeBillingAddress(request, operations, body.value, present => present === addressId)
  )
})

function missingParts(sent: SentAddress): WireResponse | undefined {
  const problem = addressProblem(sent, '')
  return problem === undefined ? undefined : respondProblem(problem)
}

/** What an address of this API must at least have. */
export function addressProblem(sent: SentAddress, path: string): Problem | undefined {
  const errors = {
    ...(sent.email ? {} : { [`${path}email`]: 'required' }),
    ...(sent.countryCode === undefined ? { [`${path}country_code`]: 'required' } : {}),
  }
  return Object.keys(errors).length === 0 ? undefined : invalid(errors)
}

async function storeBillingAddress(
  request: ServerRequest,
  operations: Parameters<Parameters<typeof serverEndpoint>[1]>[1],
  sent: SentAddress & { readonly version?: number | null | undefined },
  isMeant: (presentId: string | undefined) => boolean,
): Promise<WireResponse> {
  const billingAddress: Address = addressOf(sent)
  const { email } = billingAddress
  return changeCheckout(request, operations, cart =>
    operations.editCart(request.caller, {
      cart,
      ...sinceOf(sent.version),
      plan: desk => {
        const present = desk.cart.billingAddress === undefined ? undefined : billingAddressId(desk.cart.id)
        if (!isMeant(present)) return refuse({ code: 'address_not_found', addressId: '' })
        const changes = { billingAddress, ...(email === undefined ? {} : { buyer: { email } }) }
        return desk.edit([{ kind: 'fill_in', changes }])
      },
    }),
  )
}
