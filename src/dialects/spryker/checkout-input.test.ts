import { describe, expect, it } from 'vitest'
import { type AddressByReference, checkoutViolations, readCheckout, shipmentFaults } from './checkout-input.js'

const address = {
  salutation: 'Mr',
  firstName: 'First',
  lastName: 'Last',
  address1: 'West road',
  address2: '212',
  zipCode: '61000',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '+380669455897',
}
const invoice = { paymentMethodName: 'invoice', paymentProviderName: 'DummyPayment' }
const whole = {
  idCart: 'cart',
  customer: { salutation: 'Mr', email: 'first@example.test' },
  billingAddress: address,
  shippingAddress: address,
  payments: [invoice],
  shipment: { idShipmentMethod: 1 },
}
const noReference: AddressByReference = () => false
const byId: AddressByReference = sent => typeof sent.id === 'string'

function details(attributes: object, kind: 'checkout' | 'checkout-data', isReference = noReference): readonly string[] {
  return checkoutViolations({ ...attributes }, kind, isReference).map(({ path, message }) => `${path} => ${message}`)
}

describe('field rules of a checkout', () => {
  it('let a whole request pass', () => {
    expect(details(whole, 'checkout')).toEqual([])
    expect(details({ idCart: 'cart' }, 'checkout-data')).toEqual([])
  })

  it('name everything that a purchase lacks at once', () => {
    expect(details({}, 'checkout')).toEqual([
      'idCart => This field is missing.',
      'billingAddress => This field is missing.',
      'payments => This field is missing.',
    ])
    expect(details({ idCart: '', billingAddress: null, payments: [] }, 'checkout')).toEqual([
      'idCart => This value should not be blank.',
      'billingAddress => This value should not be blank.',
      'payments => This value should not be blank.',
    ])
  })

  it('look into addresses: missing, blank and too short', () => {
    const { city: _, ...cityless } = address
    expect(details({ ...whole, billingAddress: cityless }, 'checkout')).toEqual([
      'billingAddress.city => This field is missing.',
    ])
    expect(details({ ...whole, shippingAddress: { ...address, city: '', firstName: null } }, 'checkout')).toEqual([
      'shippingAddress.firstName => This value should not be blank.',
      'shippingAddress.city => This value should not be blank.',
      'shippingAddress.city => This value is too short. It should have 3 characters or more.',
    ])
  })

  it('let an id stand for an address where it may', () => {
    const attributes = { ...whole, billingAddress: { id: 'stored' }, shippingAddress: { id: 'stored' } }
    expect(details(attributes, 'checkout', byId)).toEqual([])
    expect(details(attributes, 'checkout')).toHaveLength(16)
  })

  it('look into payments, shipment and customer', () => {
    const attributes = {
      ...whole,
      payments: [invoice, { paymentMethodName: '' }],
      shipment: { idShipmentMethod: 'fast' },
      customer: { email: 'nobody' },
    }
    expect(details(attributes, 'checkout')).toEqual([
      'customer.salutation => This field is missing.',
      'customer.email => Email is invalid.',
      'shipment.idShipmentMethod => This value should be of type numeric.',
      'payments.1.paymentMethodName => This value should not be blank.',
      'payments.1.paymentProviderName => This field is missing.',
    ])
  })

  it('look into split shipments; the method is needed to buy only', () => {
    const shipments = [
      { items: ['a'], shippingAddress: {} },
      { items: [], shippingAddress: address, idShipmentMethod: '2', requestedDeliveryDate: '21.11.2026' },
    ]
    const common = [
      'shipments.1.items => This value should not be blank.',
      'shipments.1.requestedDeliveryDate => This value is not a valid date.',
      'shipments.0.shippingAddress => This value should not be blank.',
    ]
    expect(details({ idCart: 'cart', shipments }, 'checkout-data')).toEqual(common)
    const { shipment: _shipment, shippingAddress: _address, ...rest } = whole
    expect(details({ ...rest, shipments }, 'checkout')).toEqual([
      'shipments.0.idShipmentMethod => This field is missing.',
      ...common,
    ])
  })

  it.each([{ idCart: 5 }, { idCart: 'cart', payments: 'invoice' }, { idCart: 'cart', shipments: [7] }])(
    'refuse values of another kind: %j',
    attributes => {
      expect(details(attributes, 'checkout-data').length).toBeGreaterThan(0)
    },
  )
})

describe('the two ways of shipping', () => {
  const split = { items: ['a'], shippingAddress: address, idShipmentMethod: 1 }

  it.each([
    [{ shipments: [split], shipment: { idShipmentMethod: 1 } }, 'mixed'],
    [{ shipments: [split], shippingAddress: address }, 'mixed'],
    [{}, 'missing'],
    [{ shipment: { idShipmentMethod: 1 } }, 'missing'],
    [{ shippingAddress: address }, 'missing'],
    [{ shipments: [] }, 'missing'],
    [{ shipments: [{ items: ['a'] }] }, 'address_missing'],
    [{ shipments: [{ ...split, shippingAddress: { ...address, phone: '' } }] }, 'address_invalid'],
  ])('do not mix and are complete: %j', (attributes, fault) => {
    expect(shipmentFaults(attributes, 'checkout')).toEqual([fault])
  })

  it('pass where they are right, an id standing for an address', () => {
    expect(shipmentFaults({ shipments: [split] }, 'checkout')).toEqual([])
    expect(shipmentFaults({ shipments: [{ ...split, shippingAddress: { id: 'x' } }] }, 'checkout')).toEqual([])
    expect(shipmentFaults({ shipment: { idShipmentMethod: 0 }, shippingAddress: address }, 'checkout')).toEqual([])
  })

  it('are only looked at for the mix when nothing is bought yet', () => {
    expect(shipmentFaults({ shipments: [{ items: ['a'] }] }, 'checkout-data')).toEqual([])
    expect(shipmentFaults({ shipments: [split], shippingAddress: address }, 'checkout-data')).toEqual(['mixed'])
  })
})

describe('reading a checkout', () => {
  it('takes numbers for texts, and reads a method id in any form', () => {
    const read = readCheckout({
      ...whole,
      billingAddress: { ...address, zipCode: 61000 },
      shipment: { idShipmentMethod: '2.0' },
    })
    expect(read.billingAddress?.zipCode).toBe('61000')
    expect(read.delivery).toMatchObject({ kind: 'single', methodId: '2' })
  })

  it('keeps what came along with a payment apart from its names', () => {
    const sent = { ...invoice, amount: 100, paymentSelection: 'x', dummyPaymentInvoice: { dateOfBirth: '08.04.1986' } }
    expect(readCheckout({ payments: [sent] }).payments).toEqual([
      {
        method: 'invoice',
        provider: 'DummyPayment',
        amount: 100n,
        extra: { dummyPaymentInvoice: { dateOfBirth: '08.04.1986' } },
      },
    ])
  })

  it('reads split shipments', () => {
    const shipments = [{ items: ['a', 'b'], shippingAddress: { id: 'x' }, requestedDeliveryDate: null }]
    expect(readCheckout({ shipments }).delivery).toEqual({
      kind: 'split',
      shipments: [{ items: ['a', 'b'], address: { id: 'x' } }],
    })
  })
})
