import { describe, expect, it } from 'vitest'
import {
  cart,
  consignment,
  express,
  invoice as invoiceMethod,
  lineItem,
  pricedCart,
  standard,
} from '../../../test/support/golden-cart.js'
import type { PaymentMethod } from '../../core/pricing/facts.js'
import type { PricedCart } from '../../core/pricing/priced-cart.js'
import { readCheckout } from './checkout-input.js'
import {
  buyerOf,
  consignmentsOf,
  hasNamedMethods,
  isDeclinedByTestPayment,
  offeredOption,
  plannedPayments,
  plannedShipments,
} from './checkout-plan.js'

const address = {
  salutation: 'Mr',
  firstName: 'First',
  lastName: 'Last',
  address1: 'West road',
  address2: '212',
  zipCode: '61000',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '1',
}
const lines = ['A', 'B', 'C'].map((sku, index) => ({
  ...lineItem,
  id: `00000000-0000-4000-8000-00000000000${index.toString()}`,
  sequence: index + 1,
  sku,
  options: [],
  quantity: index + 1,
}))
const priced: PricedCart = { ...pricedCart, cart: { ...cart, lineItems: lines } }

function split(...shipments: readonly object[]) {
  return plannedShipments(readCheckout({ shipments }), priced.cart)
}

function skusOf(items: readonly { readonly lineItemId: string }[] = []): string {
  return items.map(item => lines.find(line => line.id === item.lineItemId)?.sku).join('')
}

describe('shipments of a request', () => {
  it('are one for everything when there is a single one', () => {
    const planned = plannedShipments(
      readCheckout({ shippingAddress: address, shipment: { idShipmentMethod: 2 } }),
      priced.cart,
    )
    expect(planned).toMatchObject([{ methodId: '2', address: { line1: 'West road', streetNumber: '212' } }])
    expect(planned[0]).not.toHaveProperty('items')
  })

  it('take whole lines', () => {
    expect(split({ items: ['C', 'A'], shippingAddress: address, idShipmentMethod: 1 })).toMatchObject([
      {
        items: [
          { lineItemId: lines[0]?.id, quantity: 1 },
          { lineItemId: lines[2]?.id, quantity: 3 },
        ],
      },
    ])
  })

  it('become one where address, method and date are the same', () => {
    const first = { items: ['A'], shippingAddress: address, idShipmentMethod: 1, requestedDeliveryDate: '2026-12-24' }
    const same = { ...first, items: ['B'], idShipmentMethod: '1' }
    const other = { ...first, items: ['C'], requestedDeliveryDate: null }
    expect(split(first, same, other).map(shipment => skusOf(shipment.items))).toEqual(['AB', 'C'])
  })

  it('give a line that two name to the last', () => {
    const first = { items: ['A', 'B'], shippingAddress: address, idShipmentMethod: 1 }
    const last = { ...first, items: ['B', 'C'], idShipmentMethod: 2 }
    expect(split(first, last).map(shipment => skusOf(shipment.items))).toEqual(['A', 'BC'])
  })

  it('fall away without a line of the cart, so that they never stand for everything', () => {
    expect(split({ items: ['fake'], shippingAddress: address, idShipmentMethod: 1 })).toEqual([])
  })
})

describe('consignments', () => {
  const shipment = { address: undefined, methodId: '2', requestedDate: undefined }

  it('go nowhere in a purchase and to the assumed country in a quote while there is no address', () => {
    expect(consignmentsOf([shipment], id => id)).toEqual([{ destination: { kind: 'unknown' }, selectedOption: '2' }])
    expect(consignmentsOf([shipment], id => id, 'DE')).toMatchObject([
      { destination: { kind: 'address', address: { country: 'DE' } } },
    ])
  })

  it('are quoted in the assumed country where theirs does not exist', () => {
    const lost = { ...shipment, address: { city: 'Nowhere', country: 'XX' } }
    expect(consignmentsOf([lost], id => id, 'DE')).toMatchObject([
      { destination: { address: { city: 'Nowhere', country: 'DE' } } },
    ])
    expect(consignmentsOf([lost], id => id)).toMatchObject([{ destination: { address: { country: 'XX' } } }])
  })

  it('select an option by its integer id as the quote offers it', () => {
    const optionOf = offeredOption(pricedCart)
    expect(optionOf('2', 0)).toBe('express')
    expect(optionOf('9', 0)).toBe('9')
    expect(optionOf('2', 5)).toBe('2')
  })

  it('are as named once the quote has selected that very method', () => {
    const quoted = { ...pricedCart, consignments: [{ ...consignment, selected: standard }] }
    expect(hasNamedMethods(quoted, [{ ...shipment, methodId: '1' }])).toBe(true)
    expect(hasNamedMethods(quoted, [{ ...shipment, methodId: '2' }])).toBe(false)
    expect(hasNamedMethods({ ...quoted, consignments: [{ ...consignment, selected: express }] }, [shipment])).toBe(true)
    expect(hasNamedMethods(quoted, [{ ...shipment, methodId: undefined }])).toBe(true)
  })
})

describe('payments of a request', () => {
  const card = {
    paymentMethodName: 'Credit Card',
    paymentProviderName: 'dummypayment',
    dummyPaymentCreditCard: {
      cardType: 'Visa',
      cardNumber: '4111111111111111',
      nameOnCard: 'First Last',
      cardExpiresMonth: 12,
      cardExpiresYear: '2030',
      cardSecurityCode: '123',
    },
  }
  const invoice = {
    id: '2',
    priority: 1,
    paymentMethodName: 'Invoice',
    paymentProviderName: 'DummyPayment',
    dummyPaymentInvoice: { dateOfBirth: '08.04.1986' },
    dummyPaymentCreditCard: card.dummyPaymentCreditCard,
  }

  it('name the store methods in any case; a card goes to the gateway and nowhere else', () => {
    const planned = plannedPayments(readCheckout({ payments: [card] }), pricedCart, false)
    expect(planned.payments).toEqual([{ method: 'dummy-card' }])
    expect(planned.instruments).toEqual([
      {
        brand: 'Visa',
        number: '4111111111111111',
        holder: 'First Last',
        expiryMonth: '12',
        expiryYear: '2030',
        securityCode: '123',
      },
    ])
  })

  it('keep only what the method asks for, never a card number sent to another method', () => {
    const { payments } = plannedPayments(readCheckout({ payments: [invoice] }), pricedCart, false)
    expect(payments).toEqual([
      { method: 'dummy-invoice', data: { dummyPaymentInvoice: { dateOfBirth: '08.04.1986' } } },
    ])
    const unknown = { ...card, paymentMethodName: 'unknown' }
    expect(plannedPayments(readCheckout({ payments: [unknown] }), pricedCart, false).payments).toEqual([
      { method: 'dummypayment/unknown' },
    ])
  })

  it('decline for the last name of the platform test store', () => {
    const declined = (lastName: string, payment: object = invoice) =>
      isDeclinedByTestPayment(readCheckout({ payments: [payment], billingAddress: { ...address, lastName } }))
    expect(declined('Invalid')).toBe(true)
    expect(declined('invalid')).toBe(false)
    expect(declined('Invalid', { ...invoice, paymentProviderName: 'other' })).toBe(false)
  })

  it('are none where nothing is to be paid, unless the store has a method for that', () => {
    const nothing = { paymentMethodName: 'paid', paymentProviderName: 'Nopayment' }
    const paid = { ...pricedCart, totals: { ...pricedCart.totals, amountDue: 0n }, paymentMethods: [] }
    const input = readCheckout({ payments: [nothing] })
    expect(plannedPayments(input, paid, false)).toEqual({ payments: [], instruments: [] })
    const free: PaymentMethod = { ...invoiceMethod, id: 'free', name: 'paid', providerName: 'Nopayment', kind: 'free' }
    expect(plannedPayments(input, { ...paid, paymentMethods: [free] }, false).payments).toMatchObject([
      { method: 'free' },
    ])
    expect(plannedPayments(input, pricedCart, false).payments).toEqual([{ method: 'Nopayment/paid' }])
  })

  it('have amounts only where several are allowed', () => {
    const input = readCheckout({ payments: [{ ...invoice, amount: 500 }] })
    expect(plannedPayments(input, pricedCart, true).payments[0]).toMatchObject({ amount: 500n })
    expect(plannedPayments(input, pricedCart, false).payments[0]).not.toHaveProperty('amount')
  })
})

describe('the buyer', () => {
  it('is named by the customer object, else by the billing address', () => {
    const customer = { salutation: 'Ms', email: 'first@example.test', firstName: 'Ada' }
    expect(buyerOf(readCheckout({ customer, billingAddress: address }))).toEqual({
      email: 'first@example.test',
      salutation: 'Ms',
      firstName: 'Ada',
      lastName: 'Last',
    })
    expect(buyerOf(readCheckout({}))).toEqual({})
  })
})
