import { z } from 'zod'
import type { Address } from '../../../core/cart/address.js'
import type { Cart } from '../../../core/cart/cart.js'
import { ok, refuse } from '../../../core/result.js'
import type { Answer, CartView, Operations } from '../../../operations/operations.js'
import { readBody, version } from '../body.js'
import { billingAddressId } from '../ids.js'
import { sinceOf } from '../server-request.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { changeCheckoutBy } from './checkouts.js'
import { addressOf, addressSchema, type SentAddress } from './parse-address.js'

const versioned = z.object({ version })
const billing = z.intersection(addressSchema, versioned)

/**
 * POST /api/storefront/checkouts/:cartId/billing-address: 200, the checkout. Nothing is demanded yet: the platform's client
 * begins with an e-mail address alone. Replaces what is there. 404, 409, 422. Source: dialects/bigcommerce.md 3.4.
 */
export const postBillingAddress = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, billing)
  if (!body.ok) return { problem: body.error }
  return changeCheckoutBy(request, operations, cart =>
    storeAddress(request, operations, {
      cart,
      ...sinceOf(body.value.version),
      sent: body.value,
      place: () => addressOf(body.value),
    }),
  )
})

/**
 * PUT /api/storefront/checkouts/:cartId/billing-address/:addressId: 200, the checkout; members that are not sent stay. 404
 * also for an address that is not there; but a customer's first one may come with its id in their address book, as
 * older releases of the platform's client send it. Source: dialects/bigcommerce.md 3.4; the latter seen with 1.234.0.
 */
export const putBillingAddress = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, billing)
  if (!body.ok) return { problem: body.error }
  return changeCheckoutBy(request, operations, cart =>
    storeAddress(request, operations, {
      cart,
      ...sinceOf(body.value.version),
      sent: body.value,
      place: present => {
        const isFirst = present.billingAddress === undefined && request.session?.customerId !== undefined
        if (isFirst) return addressOf(body.value)
        const isThere =
          present.billingAddress !== undefined && request.wire.params.addressId === billingAddressId(present.id)
        return isThere ? mergedAddress(present.billingAddress, body.value) : undefined
      },
    }),
  )
})

/** The address in one write, the buyer's e-mail address with it; into the address book too, where that was asked. */
async function storeAddress(
  { caller, session }: ShopperRequest,
  operations: Operations,
  wanted: {
    readonly cart: Parameters<Operations['editCart']>[1]['cart']
    readonly since?: number
    readonly sent: SentAddress
    /** The address as it shall stand; undefined where there is none to change. */
    readonly place: (cart: Cart) => Address | undefined
  },
): Answer<CartView> {
  const { cart, since, sent, place } = wanted
  const stored = await operations.editCart(caller, {
    cart,
    ...(since === undefined ? {} : { since }),
    plan: desk => {
      const billingAddress = place(desk.cart)
      if (billingAddress === undefined) return refuse({ code: 'address_not_found', addressId: '' })
      const { email } = billingAddress
      const changes = { billingAddress, ...(email === undefined ? {} : { buyer: { email } }) }
      return desk.edit([{ kind: 'fill_in', changes }])
    },
  })
  if (stored.ok && sent.shouldSaveAddress === true && session?.customerId !== undefined) {
    const saved = await saveAddress(caller, operations, session.customerId, addressOf(sent))
    if (!saved.ok) return saved
  }
  return stored
}

/** Into the customer's address book, once: an address that is in it already is not added again. */
export async function saveAddress(
  caller: ShopperRequest['caller'],
  operations: Operations,
  customerId: string,
  { email: _email, ...address }: Address,
): Answer<null> {
  const customer = await operations.readCustomer(caller, { id: customerId })
  if (!customer.ok) return customer
  const names = ['firstName', 'lastName', 'line1', 'line2', 'city', 'postalCode', 'subdivision', 'country'] as const
  const isPresent = customer.value.addresses.some(known => names.every(name => known[name] === address[name]))
  if (isPresent) return ok(null)
  const entry = { ...address, isDefaultShipping: false, isDefaultBilling: false }
  const added = await operations.addAddress(caller, { customerId, address: entry })
  return added.ok ? ok(null) : added
}

/** The members that were sent, laid over those that are there; an empty text takes one away. */
function mergedAddress(present: Address, sent: SentAddress): Address {
  // A state alone is one of the country that is there.
  const given = addressOf({ ...sent, countryCode: sent.countryCode ?? present.country })
  const cleared = (names: readonly (keyof SentAddress)[]) => names.some(name => sent[name] !== undefined)
  const kept = Object.entries(present).filter(([name]) => !cleared(sentNames[name] ?? []))
  return { ...Object.fromEntries(kept), ...given }
}

/** By which of the sent members each of the kept ones is replaced. */
const sentNames: Readonly<Record<string, readonly (keyof SentAddress)[]>> = {
  firstName: ['firstName'],
  lastName: ['lastName'],
  company: ['company'],
  line1: ['address1'],
  streetNumber: ['address1'],
  line2: ['address2'],
  line3: ['address2'],
  city: ['city'],
  postalCode: ['postalCode'],
  subdivision: ['stateOrProvince', 'stateOrProvinceCode', 'countryCode'],
  subdivisionName: ['stateOrProvince', 'stateOrProvinceCode', 'countryCode'],
  country: ['countryCode'],
  phone: ['phone'],
  email: ['email'],
  customFields: ['customFields'],
}
