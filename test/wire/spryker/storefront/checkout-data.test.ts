import { describe, expect, it } from 'vitest'
import { address, checkoutData, customerBasket, guestBasket, included, invoice, newGuest, notebook } from '../basket.js'
import { describeGlue, expectError, expectFieldErrors } from '../glue.js'

const unknown = '00000000-0000-4000-8000-000000000000'
const dummy = 'Spryker Dummy Shipment'
const drone = 'Spryker Drone Shipment'

function method(id: number, name: string, carrierName: string, price: number, currencyIsoCode = 'EUR'): object {
  return { id, name, carrierName, price, taxRate: null, deliveryTime: null, currencyIsoCode }
}

const methods = [
  method(1, 'Standard', dummy, 490),
  method(2, 'Express', dummy, 590),
  method(3, 'Air Standard', drone, 500),
  method(4, 'Air Sonic', drone, 1000),
  method(5, 'Air Light', drone, 1500),
]

const named = ['paymentMethod', 'paymentProvider']
const cardData = ['cardType', 'cardNumber', 'nameOnCard', 'cardExpiresMonth', 'cardExpiresYear', 'cardSecurityCode']
const invoiceData = [...named, 'dummyPaymentInvoice.dateOfBirth']
const creditCardData = [...named, ...cardData.map(name => `dummyPaymentCreditCard.${name}`)]

const paymentProviders = [
  {
    paymentProviderName: 'DummyPayment',
    paymentMethods: [
      { paymentMethodName: 'invoice', paymentProviderName: null, requiredRequestData: invoiceData },
      { paymentMethodName: 'credit card', paymentProviderName: null, requiredRequestData: creditCardData },
    ],
  },
]

const blank = {
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

describeGlue('checkout data', glue => {
  describe('what can be chosen, POST /checkout-data,', () => {
    it('is told to a guest who names the cart and nothing else', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const answer = await checkoutData(glue, who, { idCart: cartId })
      expect(answer.status).toBe(200)
      expect(answer.json).toEqual({
        data: {
          type: 'checkout-data',
          id: null,
          attributes: {
            addresses: [],
            paymentProviders,
            shipmentMethods: methods,
            selectedShipmentMethods: [],
            selectedPaymentMethods: [],
          },
          links: { self: `${glue.baseUrl()}/checkout-data` },
        },
      })
    })

    it('has prices in the currency of the cart', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const data = { type: 'guest-carts', attributes: { currency: 'CHF' } }
      await glue.send('PATCH', `/guest-carts/${cartId}`, { ...who, data })
      const answer = await checkoutData(glue, who, { idCart: cartId })
      expect(answer.json.data.attributes.shipmentMethods).toEqual([
        method(1, 'Standard', dummy, 560, 'CHF'),
        method(2, 'Express', dummy, 680, 'CHF'),
        method(3, 'Air Standard', drone, 580, 'CHF'),
        method(4, 'Air Sonic', drone, 1200, 'CHF'),
        method(5, 'Air Light', drone, 1700, 'CHF'),
      ])
    })

    it('shows a customer the address book', async () => {
      const { token } = await glue.newCustomer()
      const own = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const attributes = { ...address, isDefaultBilling: true, isDefaultShipping: true }
      const stored = await glue.send('POST', `/customers/${own.reference}/addresses`, {
        ...own.who,
        data: { type: 'addresses', attributes },
      })
      const { id } = stored.json.data
      const answer = await checkoutData(glue, own.who, { idCart: own.cartId }, '?include=addresses')
      expect(answer.json.data.attributes.addresses).toEqual([
        {
          ...attributes,
          id,
          country: {
            id_country: 60,
            iso2_code: 'DE',
            iso3_code: 'DEU',
            name: 'Germany',
            postal_code_mandatory: true,
            postal_code_regex: '\\d{5}',
            regions: [],
          },
          idCompanyBusinessUnitAddress: null,
        },
      ])
      expect(included(answer, 'addresses')).toMatchObject([{ id, attributes: { country: 'Germany' } }])
      const foreign = await checkoutData(glue, { token }, { idCart: own.cartId })
      expectError(foreign, 422, '1103', 'Cart not found.')
    })

    it('hangs on it by include: shipments with methods, sorted as asked, payments and the cart', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const query = '?include=shipments,shipment-methods,payment-methods,carts,guest-carts&sort=-shipment-methods.price'
      const answer = await checkoutData(glue, who, { idCart: cartId }, query)
      const [shipment] = included(answer, 'shipments')
      expect(shipment).toEqual({
        type: 'shipments',
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        attributes: {
          items: [notebook],
          requestedDeliveryDate: null,
          shippingAddress: blank,
          selectedShipmentMethod: {
            id: null,
            name: null,
            carrierName: null,
            price: null,
            taxRate: null,
            deliveryTime: null,
            currencyIsoCode: null,
          },
        },
        links: { self: `${glue.baseUrl()}/shipments/${shipment?.id}` },
        relationships: {
          'shipment-methods': { data: ['5', '4', '2', '3', '1'].map(id => ({ type: 'shipment-methods', id })) },
        },
      })
      expect(included(answer, 'shipment-methods').map(({ id }) => id)).toEqual(['5', '4', '2', '3', '1'])
      expect(included(answer, 'shipment-methods')[4]?.attributes).toEqual({
        name: 'Standard',
        carrierName: dummy,
        deliveryTime: null,
        price: 490,
        currencyIsoCode: 'EUR',
      })
      expect(included(answer, 'payment-methods').map(({ attributes }) => attributes)).toEqual([
        {
          paymentMethodName: 'invoice',
          paymentProviderName: 'DummyPayment',
          priority: 1,
          requiredRequestData: invoiceData,
          paymentMethodAppConfiguration: null,
        },
        {
          paymentMethodName: 'credit card',
          paymentProviderName: 'DummyPayment',
          priority: 2,
          requiredRequestData: creditCardData,
          paymentMethodAppConfiguration: null,
        },
      ])
      expect(included(answer, 'guest-carts')).toMatchObject([{ id: cartId }])
      expect(included(answer, 'carts')).toEqual([])
      expect(answer.json.data.links.self).toBe(`${glue.baseUrl()}/checkout-data${query}`)
    })
  })

  describe('what was chosen', () => {
    it('comes back, and the included cart has the shipment in its totals; nothing is stored', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const attributes = {
        idCart: cartId,
        billingAddress: address,
        shippingAddress: address,
        payments: [{ paymentMethodName: 'Invoice', paymentProviderName: 'dummypayment' }],
        shipment: { idShipmentMethod: '2' },
      }
      const answer = await checkoutData(glue, who, attributes, '?include=guest-carts,shipments')
      expect(answer.json.data.attributes).toMatchObject({
        selectedShipmentMethods: [method(2, 'Express', dummy, 590)],
        selectedPaymentMethods: [
          { paymentMethodName: 'invoice', paymentProviderName: 'DummyPayment', requiredRequestData: invoiceData },
        ],
      })
      expect(included(answer, 'guest-carts')[0]?.attributes.totals).toEqual({
        expenseTotal: 590,
        discountTotal: 3327,
        taxTotal: 4874,
        subtotal: 33265,
        grandTotal: 30528,
        priceToPay: 30528,
        shipmentTotal: 590,
      })
      expect(included(answer, 'shipments')[0]?.attributes).toMatchObject({
        shippingAddress: { ...blank, ...address },
        selectedShipmentMethod: { ...method(2, 'Express', dummy, 590), taxRate: '19.00' },
      })
      const stored = await glue.send('GET', `/guest-carts/${cartId}`, { ...who })
      expect(stored.json.data.attributes.totals).toMatchObject({ expenseTotal: 0, shipmentTotal: 0 })
    })

    it('is free where the cart is worth enough', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const attributes = { idCart: cartId, shipment: { idShipmentMethod: 1 } }
      const answer = await checkoutData(glue, who, attributes, '?include=guest-carts')
      expect(included(answer, 'guest-carts')[0]?.attributes).toMatchObject({
        totals: { expenseTotal: 490, discountTotal: 3817, grandTotal: 29938, shipmentTotal: 490 },
        discounts: [{ amount: 3327 }, { displayName: 'Free standard delivery', amount: 490 }],
      })
    })

    it('splits into shipments by address, method and date', async () => {
      const canon = '005_30663301'
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 2 }, { sku: canon, quantity: 1 })
      const shipments = [
        { items: [notebook], shippingAddress: address, idShipmentMethod: 2, requestedDeliveryDate: '2026-12-24' },
        { items: [canon] },
      ]
      const answer = await checkoutData(glue, who, { idCart: cartId, shipments }, '?include=shipments,guest-carts')
      expect(included(answer, 'shipments').map(({ attributes }) => attributes)).toMatchObject([
        { items: [notebook], requestedDeliveryDate: '2026-12-24', selectedShipmentMethod: { id: 2 } },
        { items: [canon], requestedDeliveryDate: null, shippingAddress: blank, selectedShipmentMethod: { id: null } },
      ])
      expect(included(answer, 'guest-carts')[0]?.attributes.totals).toMatchObject({ shipmentTotal: 590 })
    })
  })

  describe('content is not judged', () => {
    it.each([
      ['an unknown country', { billingAddress: { ...address, iso2Code: 'XX' } }],
      ['an unknown country to ship to', { shippingAddress: { ...address, iso2Code: 'XX' } }],
      ['an unknown shipment method', { shipment: { idShipmentMethod: 99 } }],
      ['shipment method 0', { shipment: { idShipmentMethod: 0 } }],
      ['an unknown payment', { payments: [{ paymentMethodName: 'x', paymentProviderName: 'y' }] }],
    ])('%s is answered with 200 and a hint', async (_what, attributes) => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const answer = await checkoutData(glue, who, { idCart: cartId, ...attributes })
      expect(answer.status).toBe(200)
      expect(answer.json.data.attributes).toMatchObject({
        shipmentMethods: methods,
        selectedShipmentMethods: [],
        selectedPaymentMethods: [],
      })
      expect(answer.json.meta).toEqual({
        hints: [{ pointer: expect.stringMatching(/^\/data\/attributes\//), detail: expect.any(String) }],
      })
    })

    it('nor is an empty cart', async () => {
      const { who, cartId } = await customerBasket(glue)
      const answer = await checkoutData(glue, who, { idCart: cartId }, '?include=shipments,carts')
      expect(answer.status).toBe(200)
      expect(included(answer, 'shipments')).toEqual([])
      expect(answer.json.meta).toEqual({ hints: [{ pointer: '/data/attributes/idCart', detail: 'Cart is empty.' }] })
    })
  })

  describe('what is refused', () => {
    it('nobody, a bad token, and both at once', async () => {
      const attributes = { idCart: unknown }
      const data = { type: 'checkout-data', attributes }
      const detail = 'One of Authorization or X-Anonymous-Customer-Unique-Id headers is required.'
      expectError(await glue.send('POST', '/checkout-data', { data }), 400, '1105', detail)
      const empty = await glue.send('POST', '/checkout-data', { data, headers: { authorization: '' }, guest: '' })
      expectError(empty, 400, '1105', detail)
      expectError(await checkoutData(glue, { token: 'bad' }, attributes), 401, '001', 'Invalid access token.')
    })

    it('a cart that is unknown or not the caller’s', async () => {
      const { cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      for (const idCart of [unknown, 'fake', cartId]) {
        expectError(await checkoutData(glue, newGuest(), { idCart }), 422, '1103', 'Cart not found.')
      }
    })

    it('fields that break a rule, all at once and before the cart is looked up', async () => {
      const attributes = {
        idCart: '',
        billingAddress: { ...address, city: 'B' },
        payments: [{ paymentMethodName: '' }],
        shipment: {},
      }
      expectFieldErrors(await checkoutData(glue, newGuest(), attributes), [
        'idCart => This value should not be blank.',
        'billingAddress.city => This value is too short. It should have 3 characters or more.',
        'shipment.idShipmentMethod => This field is missing.',
        'payments.0.paymentMethodName => This value should not be blank.',
        'payments.0.paymentProviderName => This field is missing.',
      ])
      expectFieldErrors(await checkoutData(glue, newGuest(), {}), ['idCart => This field is missing.'])
    })

    it('several payments, and single and split shipments together', async () => {
      const several = { idCart: unknown, payments: [invoice, invoice] }
      expectError(await checkoutData(glue, newGuest(), several), 400, '1107', 'Multiple payments are not allowed.')
      const shipments = [{ items: [notebook], shippingAddress: address, idShipmentMethod: 1 }]
      const mixed = { idCart: unknown, shipments, shipment: { idShipmentMethod: 1 } }
      const detail = 'Single and multiple shipments attributes are not allowed in the same request.'
      expectError(await checkoutData(glue, newGuest(), mixed), 422, '4301', detail)
    })

    it('a split delivery that leaves a line out', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 }, { sku: 'MUG-1', quantity: 1 })
      const shipments = [{ items: [notebook, 'fake'], shippingAddress: address, idShipmentMethod: 1 }]
      const detail = 'No shipment selected for the cart item MUG-1.'
      expectError(await checkoutData(glue, who, { idCart: cartId, shipments }), 422, '1101', detail)
    })

    it('more than an order may be worth', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 31 })
      const answer = await checkoutData(glue, who, { idCart: cartId })
      expect(answer.json.errors).toMatchObject([{ code: '1101', status: 422 }])
    })
  })

  it('GET /checkout-data is an empty collection', async () => {
    const answer = await glue.send('GET', '/checkout-data')
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ data: [], links: { self: `${glue.baseUrl()}/checkout-data` } })
  })
})
