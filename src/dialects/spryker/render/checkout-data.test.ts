import { describe, expect, it } from 'vitest'
import { address, channelWith, pricedCart } from '../../../../test/support/golden-cart.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import type { Resource } from '../json-api.js'
import { type CheckoutDataRequest, renderCheckoutData } from './checkout-data.js'

const customer: Customer = {
  id: '00000000-0000-4000-8000-0000000000cc',
  integerId: 21,
  reference: 'DE--21',
  email: 'customer@example.test',
  groups: [],
  acceptsMarketing: false,
  isConfirmed: true,
  addresses: [
    {
      ...address,
      id: '00000000-0000-4000-8000-0000000000ad',
      integerId: 1,
      isDefaultShipping: true,
      isDefaultBilling: false,
    },
  ],
  customFields: {},
  createdAt: '2026-11-21T08:00:00.000Z',
  updatedAt: '2026-11-21T08:00:00.000Z',
  version: 1,
}

const nothingSaid: CheckoutDataRequest = {
  isMember: false,
  payments: [],
  addressAt: () => undefined,
  sort: [],
  locale: 'en_US',
}

function view(changes: Partial<PricedCart> = {}, settings = {}): CartView {
  return { cart: { ...pricedCart, ...changes }, channel: channelWith({ spryker: settings }) }
}

async function related(resource: Resource, type: string): Promise<readonly Resource[]> {
  return (await resource.relationships?.[type]?.()) ?? []
}

const standard = {
  id: 1,
  name: 'Standard',
  carrierName: 'Spryker Dummy Shipment',
  price: 490,
  taxRate: null,
  deliveryTime: null,
  currencyIsoCode: 'EUR',
}
const express = { ...standard, id: 2, name: 'Express', price: 590 }
const unknownMethod = {
  id: null,
  name: null,
  carrierName: null,
  price: null,
  taxRate: null,
  deliveryTime: null,
  currencyIsoCode: null,
}
const unknownAddress = {
  id: null,
  salutation: null,
  firstName: null,
  lastName: null,
  address1: null,
  address2: null,
  address3: null,
  zipCode: null,
  city: null,
  country: null,
  iso2Code: null,
  company: null,
  phone: null,
  isDefaultBilling: null,
  isDefaultShipping: null,
  idCompanyBusinessUnitAddress: null,
}

describe('checkout data on the wire', () => {
  it('lists what can be chosen, and what was', () => {
    const payments = [{ method: 'INVOICE', provider: 'dummypayment', extra: {} }]
    expect(renderCheckoutData(view(), { ...nothingSaid, payments }).attributes).toEqual({
      addresses: [],
      paymentProviders: [
        {
          paymentProviderName: 'DummyPayment',
          paymentMethods: [
            {
              paymentMethodName: 'credit card',
              paymentProviderName: null,
              requiredRequestData: ['paymentMethod', 'paymentProvider', 'dummyPaymentCreditCard.cardNumber'],
            },
            {
              paymentMethodName: 'invoice',
              paymentProviderName: null,
              requiredRequestData: ['paymentMethod', 'paymentProvider', 'dummyPaymentInvoice.dateOfBirth'],
            },
          ],
        },
      ],
      shipmentMethods: [standard, express],
      selectedShipmentMethods: [standard],
      selectedPaymentMethods: [
        {
          paymentMethodName: 'invoice',
          paymentProviderName: 'DummyPayment',
          requiredRequestData: ['paymentMethod', 'paymentProvider', 'dummyPaymentInvoice.dateOfBirth'],
        },
      ],
    })
  })

  it('shows the address book with the country as an object', () => {
    const { addresses } = renderCheckoutData({ ...view(), customer }, { ...nothingSaid, isMember: true }).attributes
    expect(addresses).toEqual([
      {
        id: '00000000-0000-4000-8000-0000000000ad',
        salutation: 'Mr',
        firstName: 'First',
        lastName: 'Last',
        address1: 'West road',
        address2: '212',
        address3: '',
        zipCode: '61000',
        city: 'Berlin',
        country: {
          id_country: 60,
          iso2_code: 'DE',
          iso3_code: 'DEU',
          name: 'Germany',
          postal_code_mandatory: true,
          postal_code_regex: '\\d{5}',
          regions: [],
        },
        iso2Code: 'DE',
        company: 'Example',
        phone: '+380669455897',
        isDefaultBilling: false,
        isDefaultShipping: true,
        idCompanyBusinessUnitAddress: null,
      },
    ])
  })

  it('leaves the lists empty where the store shows them by include only', () => {
    const { attributes } = renderCheckoutData(view({}, { checkoutData: { inline: false } }), nothingSaid)
    expect(attributes).toMatchObject({ addresses: [], paymentProviders: [], shipmentMethods: [] })
    expect(attributes.selectedShipmentMethods).toEqual([standard])
  })

  it('offers nothing but the internal method when gift cards pay for everything', async () => {
    const totals = { ...pricedCart.totals, giftCards: 61877n, amountDue: 0n }
    const resource = renderCheckoutData(view({ totals, paymentMethods: [] }), nothingSaid)
    const required = ['paymentMethod', 'paymentProvider']
    expect(resource.attributes.paymentProviders).toEqual([
      {
        paymentProviderName: 'Nopayment',
        paymentMethods: [{ paymentMethodName: 'paid', paymentProviderName: null, requiredRequestData: required }],
      },
    ])
    expect(await related(resource, 'payment-methods')).toMatchObject([{ id: '0' }])
  })
})

describe('what hangs on checkout data', () => {
  it('a shipment is there before anything is known', async () => {
    const [consignment] = pricedCart.consignments
    const { selected: _, ...undecided } = consignment as NonNullable<typeof consignment>
    const [shipment] = await related(renderCheckoutData(view({ consignments: [undecided] }), nothingSaid), 'shipments')
    expect(shipment?.id).toMatch(/^[0-9a-f]{32}$/)
    expect(shipment?.attributes).toEqual({
      items: [expect.stringMatching(/^136_24425591-/)],
      requestedDeliveryDate: null,
      shippingAddress: unknownAddress,
      selectedShipmentMethod: unknownMethod,
    })
    expect(shipment && (await related(shipment, 'shipment-methods'))).toMatchObject([{ id: '1' }, { id: '2' }])
  })

  it('a shipment shows address and method once they are known, under an id of its own', async () => {
    const request = { ...nothingSaid, addressAt: () => address }
    const [shipment] = await related(renderCheckoutData(view(), request), 'shipments')
    const [before] = await related(renderCheckoutData(view(), nothingSaid), 'shipments')
    expect(shipment?.id).not.toBe(before?.id)
    expect(shipment?.attributes).toMatchObject({
      shippingAddress: { firstName: 'First', address2: '212', iso2Code: 'DE', country: null },
      selectedShipmentMethod: { ...standard, taxRate: '19.00' },
    })
  })

  it('an empty cart has no shipment', async () => {
    expect(await related(renderCheckoutData(view({ lines: [] }), nothingSaid), 'shipments')).toEqual([])
  })

  it.each([
    [[{ field: 'shipment-methods.price', isDescending: true }], ['2', '1']],
    [[{ field: 'shipment-methods.name', isDescending: false }], ['2', '1']],
    [[{ field: 'shipment-methods.name', isDescending: true }], ['1', '2']],
    [[{ field: 'shipment-methods.unknown', isDescending: true }], ['1', '2']],
  ])('methods are sorted as asked: %j', async (sort, ids) => {
    const methods = await related(renderCheckoutData(view(), { ...nothingSaid, sort }), 'shipment-methods')
    expect(methods.map(method => method.id)).toEqual(ids)
  })

  it('the cart is a customer cart for customers and a guest cart for guests', async () => {
    const member = renderCheckoutData(view(), { ...nothingSaid, isMember: true })
    const guest = renderCheckoutData(view(), nothingSaid)
    expect(await related(member, 'carts')).toMatchObject([{ type: 'carts' }])
    expect(await related(member, 'guest-carts')).toEqual([])
    expect(await related(guest, 'carts')).toEqual([])
    expect(await related(guest, 'guest-carts')).toMatchObject([{ type: 'guest-carts' }])
  })
})
