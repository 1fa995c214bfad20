import type { Address } from '../../../core/cart/address.js'
import type { Customer, CustomerAddress } from '../../../core/customers/customer.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import { writeAddress } from '../address.js'
import type { SentPayment } from '../checkout-input.js'
import { countryObject } from '../countries.js'
import type { Attributes, Resource } from '../json-api.js'
import { settingsOf } from '../settings.js'
import { renderCart } from './cart.js'
import { renderAddress } from './customer.js'
import { customerFace, guestFace } from './item.js'
import {
  choiceNamed,
  paymentChoices,
  paymentProviders,
  renderPaymentMethod,
  selectedPaymentMethod,
} from './payment-methods.js'
import { offersOf, renderShipmentMethods, renderShipments, type Sort, shipmentMethod } from './shipments.js'

/** What besides the quoted cart decides what `/checkout-data` answers. */
export interface CheckoutDataRequest {
  readonly isMember: boolean
  readonly payments: readonly SentPayment[]
  /** Address of the consignment at that position, as far as it is known. */
  readonly addressAt: (position: number) => Address | undefined
  readonly sort: Sort
  readonly locale: string
}

/** The `checkout-data` resource: what can be chosen, and what was. */
export function renderCheckoutData(view: CartView, request: CheckoutDataRequest): Resource {
  const { cart: priced, customer } = view
  const offers = offersOf(priced)
  const choices = paymentChoices(priced)
  return {
    type: 'checkout-data',
    id: null,
    attributes: attributes(view, request),
    relationships: {
      shipments: () => (priced.lines.length === 0 ? [] : renderShipments(priced, request.addressAt, request.sort)),
      'shipment-methods': () => renderShipmentMethods(offers, priced.currency, request.sort),
      'payment-methods': () => choices.map(renderPaymentMethod),
      addresses: () =>
        customer === undefined ? [] : customer.addresses.map(each => renderAddress(customer.reference, each)),
      carts: () => (request.isMember ? [renderCart(view, customerFace, request.locale)] : []),
      'guest-carts': () => (request.isMember ? [] : [renderCart(view, guestFace, request.locale)]),
    },
  }
}

function attributes({ cart: priced, channel, customer }: CartView, request: CheckoutDataRequest): Attributes {
  const { inline } = settingsOf(channel).checkoutData
  const choices = paymentChoices(priced)
  return {
    addresses: inline ? addresses(customer) : [],
    paymentProviders: inline ? paymentProviders(choices) : [],
    shipmentMethods: inline ? offersOf(priced).map(offer => shipmentMethod(offer, priced.currency)) : [],
    selectedShipmentMethods: selectedShipmentMethods(priced),
    selectedPaymentMethods: request.payments.flatMap(sent => {
      const choice = choiceNamed(choices, sent)
      return choice === undefined ? [] : [selectedPaymentMethod(choice)]
    }),
  }
}

function selectedShipmentMethods(priced: PricedCart): readonly Attributes[] {
  const selected = priced.consignments.flatMap(each => each.selected ?? [])
  const byId = new Map(selected.map(offer => [offer.id, offer]))
  return [...byId.values()].map(offer => shipmentMethod(offer, priced.currency))
}

function addresses(customer: Customer | undefined): readonly Attributes[] {
  return (customer?.addresses ?? []).map(address)
}

/** A stored address with the country as an object, in the platform's older spelling of its members. */
function address(stored: CustomerAddress): Attributes {
  const parts = writeAddress(stored)
  return {
    id: stored.id,
    salutation: parts.salutation,
    firstName: parts.firstName,
    lastName: parts.lastName,
    address1: parts.address1,
    address2: parts.address2,
    address3: parts.address3,
    zipCode: parts.zipCode,
    city: parts.city,
    country: countryObject(parts.iso2Code),
    iso2Code: parts.iso2Code,
    company: stored.company ?? null,
    phone: stored.phone ?? null,
    isDefaultBilling: stored.isDefaultBilling,
    isDefaultShipping: stored.isDefaultShipping,
    idCompanyBusinessUnitAddress: null,
  }
}
