/** One request of a checkout that the start page runs before the reader's eyes. */
export interface LiveStep {
  readonly title: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** `{{name}}` stands for a value that an earlier answer gave. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text that is `{{name}}` and nothing else becomes the value itself, numbers as numbers. */
  readonly body?: unknown
  /** Values to keep from the answer: where they stand in it, such as `data.0.id`. */
  readonly keep?: Readonly<Record<string, string>>
}

/** A whole purchase in the demo store by one platform's API; the last step keeps `order`, the number of the order. */
export interface LiveCheckout {
  readonly dialect: string
  readonly story: string
  readonly steps: readonly LiveStep[]
}

const berlin = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Example',
  address1: 'Example street',
  address2: '7',
  zipCode: '10115',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '030123456',
}

const glue = { 'X-Anonymous-Customer-Unique-Id': 'start-page-{{shopper}}' }

const sprykerCheckout: LiveCheckout = {
  dialect: 'spryker',
  story: 'A guest in Berlin buys two laptops with a warranty, by invoice.',
  steps: [
    {
      title: 'Put goods into a guest cart',
      method: 'POST',
      path: '/guest-cart-items?include=guest-cart-items',
      headers: glue,
      body: {
        data: {
          type: 'guest-cart-items',
          attributes: {
            sku: '136_24425591',
            quantity: 2,
            productOptions: [{ sku: 'OP_2_year_waranty' }],
          },
        },
      },
      keep: { cart: 'data.id' },
    },
    {
      title: 'Ask what may be chosen',
      method: 'POST',
      path: '/checkout-data?include=shipment-methods,payment-methods',
      headers: glue,
      body: { data: { type: 'checkout-data', attributes: { idCart: '{{cart}}' } } },
    },
    {
      title: 'Place the order',
      method: 'POST',
      path: '/checkout?include=orders',
      headers: glue,
      body: {
        data: {
          type: 'checkout',
          attributes: {
            idCart: '{{cart}}',
            customer: { salutation: 'Ms', firstName: 'Ada', lastName: 'Example', email: 'ada@example.com' },
            billingAddress: berlin,
            shippingAddress: berlin,
            shipment: { idShipmentMethod: 1 },
            payments: [{ paymentMethodName: 'invoice', paymentProviderName: 'DummyPayment' }],
          },
        },
      },
      keep: { order: 'data.attributes.orderReference' },
    },
  ],
}

const form = '/api/checkout/pub/orderForm/{{cart}}'

const vtexCheckout: LiveCheckout = {
  dialect: 'vtex',
  story: 'A guest in Rio de Janeiro buys two mugs.',
  steps: [
    {
      title: 'Begin an orderForm',
      method: 'POST',
      path: '/api/checkout/pub/orderForm?forceNewCart=true',
      body: {},
      keep: { cart: 'orderFormId' },
    },
    {
      title: 'Add goods',
      method: 'POST',
      path: `${form}/items`,
      body: { orderItems: [{ id: '18', quantity: 2, seller: '1' }] },
    },
    {
      title: 'Say who buys',
      method: 'POST',
      path: `${form}/attachments/clientProfileData`,
      body: {
        email: 'ada@example.com',
        firstName: 'Ada',
        lastName: 'Example',
        documentType: 'cpf',
        document: '52998224725',
        phone: '+5521999990000',
      },
    },
    {
      title: 'Say where to',
      method: 'POST',
      path: `${form}/attachments/shippingData`,
      body: {
        selectedAddresses: [
          {
            addressType: 'residential',
            receiverName: 'Ada Example',
            postalCode: '22250040',
            city: 'Rio de Janeiro',
            state: 'RJ',
            country: 'BRA',
            street: 'Praia de Botafogo',
            number: '300',
            neighborhood: 'Botafogo',
          },
        ],
        logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal', selectedDeliveryChannel: 'delivery' }],
      },
      keep: { value: 'value' },
    },
    {
      title: 'Choose how to pay',
      method: 'POST',
      path: `${form}/attachments/paymentData`,
      body: { payments: [{ paymentSystem: 17, referenceValue: '{{value}}', value: '{{value}}', installments: 1 }] },
    },
    {
      title: 'Place the order',
      method: 'POST',
      path: `${form}/transaction`,
      body: { referenceId: '{{cart}}', value: '{{value}}', referenceValue: '{{value}}', interestValue: 0 },
      keep: {
        order: 'orderGroup',
        transaction: 'merchantTransactions.0.transactionId',
        merchant: 'merchantTransactions.0.id',
      },
    },
    {
      title: 'Send the payment',
      method: 'POST',
      path: '/api/pub/transactions/{{transaction}}/payments?orderId={{order}}',
      body: [
        {
          paymentSystem: 17,
          currencyCode: 'BRL',
          value: '{{value}}',
          referenceValue: '{{value}}',
          installments: 1,
          fields: {},
          transaction: { id: '{{transaction}}', merchantName: '{{merchant}}' },
        },
      ],
    },
    { title: 'Confirm', method: 'POST', path: '/api/checkout/pub/gatewayCallback/{{order}}', body: {} },
  ],
}

const austin = {
  first_name: 'Ada',
  last_name: 'Example',
  email: 'ada@example.com',
  address1: '7 Example street',
  city: 'Austin',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
}

const management = { 'X-Auth-Token': 'demo-bigcommerce-token', Accept: 'application/json' }
const checkout = '/stores/demo/v3/checkouts/{{cart}}'

const bigcommerceCheckout: LiveCheckout = {
  dialect: 'bigcommerce',
  story: 'A backend buys a mug for a guest in Austin, paid on delivery.',
  steps: [
    {
      title: 'Create a cart',
      method: 'POST',
      path: '/stores/demo/v3/carts',
      headers: management,
      body: { line_items: [{ product_id: 86, variant_id: 66, quantity: 1 }] },
      keep: { cart: 'data.id', line: 'data.line_items.physical_items.0.id' },
    },
    {
      title: 'Add a billing address',
      method: 'POST',
      path: `${checkout}/billing-address`,
      headers: management,
      body: austin,
    },
    {
      title: 'Add a consignment',
      method: 'POST',
      path: `${checkout}/consignments?include=consignments.available_shipping_options`,
      headers: management,
      body: [{ address: austin, line_items: [{ item_id: '{{line}}', quantity: 1 }] }],
      keep: { consignment: 'data.consignments.0.id', option: 'data.consignments.0.available_shipping_options.0.id' },
    },
    {
      title: 'Choose a shipping option',
      method: 'PUT',
      path: `${checkout}/consignments/{{consignment}}`,
      headers: management,
      body: { shipping_option_id: '{{option}}' },
    },
    {
      title: 'Create the order',
      method: 'POST',
      path: `${checkout}/orders`,
      headers: management,
      body: {},
      keep: { order: 'data.id' },
    },
    {
      title: 'Ask for a payment token',
      method: 'POST',
      path: '/stores/demo/v3/payments/access_tokens',
      headers: management,
      body: { order: { id: '{{order}}' } },
      keep: { token: 'data.id' },
    },
    {
      title: 'Pay',
      method: 'POST',
      path: '/stores/demo/payments',
      headers: { ...management, Authorization: 'PAT {{token}}' },
      body: { payment: { payment_method_id: 'offline.cod' } },
    },
  ],
}

const albany = {
  firstname: 'Ada',
  lastname: 'Example',
  address1: '7 Example street',
  city: 'Albany',
  zipcode: '12207',
  phone: '5550100',
  country_iso: 'US',
  state_name: 'NY',
}

const order = { 'X-Spree-Order-Token': '{{token}}' }

const spreeCheckout: LiveCheckout = {
  dialect: 'spree',
  story: 'A guest in Albany buys three totes, by check: one PUT per step.',
  steps: [
    {
      title: 'Begin with goods',
      method: 'POST',
      path: '/api/orders',
      body: { order: { line_items: [{ variant_id: 1, quantity: 3 }] } },
      keep: { order: 'number', token: 'token' },
    },
    { title: 'To the address', method: 'PUT', path: '/api/checkouts/{{order}}', headers: order, body: {} },
    {
      title: 'Addresses',
      method: 'PUT',
      path: '/api/checkouts/{{order}}',
      headers: order,
      body: { order: { email: 'ada@example.com', bill_address: albany, ship_address: albany } },
    },
    { title: 'Delivery, as offered', method: 'PUT', path: '/api/checkouts/{{order}}', headers: order, body: {} },
    {
      title: 'Pay by check, and complete',
      method: 'PUT',
      path: '/api/checkouts/{{order}}',
      headers: order,
      body: { order: { payments_attributes: [{ payment_method_id: 3 }] } },
      keep: { order: 'number' },
    },
  ],
}

const newYork = {
  address: { country: 'US', subdivision: 'US-NY', city: 'New York', postalCode: '10011', addressLine: '1 Test Street' },
  contactDetails: { firstName: 'Ada', lastName: 'Example', phone: '+12125550100' },
}

const visitor = { Authorization: '{{token}}' }

const wixCheckout: LiveCheckout = {
  dialect: 'wix',
  story: 'A visitor in New York buys a shirt, by card.',
  steps: [
    {
      title: 'Become a visitor',
      method: 'POST',
      path: '/oauth2/token',
      body: { clientId: 'c0ffee00-0001-4a6b-9b61-000000000001', grantType: 'anonymous' },
      keep: { token: 'access_token' },
    },
    {
      title: 'Add goods to the current cart',
      method: 'POST',
      path: '/ecom/v1/carts/current/add-to-cart',
      headers: visitor,
      body: {
        lineItems: [
          {
            quantity: 1,
            catalogReference: {
              appId: '215238eb-22a5-4c36-9e7b-e7c08025e04e',
              catalogItemId: '7d3c0c3e-0001-4a6b-9b61-000000000001',
            },
          },
        ],
      },
    },
    {
      title: 'Make a checkout of it',
      method: 'POST',
      path: '/ecom/v1/carts/current/create-checkout',
      headers: visitor,
      body: { channelType: 'WEB' },
      keep: { cart: 'checkoutId' },
    },
    {
      title: 'Say who buys, and where to',
      method: 'PATCH',
      path: '/ecom/v1/checkouts/{{cart}}',
      headers: visitor,
      body: {
        checkout: {
          buyerInfo: { email: 'ada@example.com' },
          billingInfo: newYork,
          shippingInfo: { shippingDestination: newYork },
        },
      },
    },
    {
      title: 'Order and charge',
      method: 'POST',
      path: '/ecom/v1/checkouts/{{cart}}/create-order-and-charge',
      headers: visitor,
      body: { paymentToken: 'sandbox_approve' },
      keep: { order: 'orderId' },
    },
  ],
}

/** A purchase by each of the five APIs, as `docs/dialects` describes them. */
export const liveCheckouts: readonly LiveCheckout[] = [
  bigcommerceCheckout,
  sprykerCheckout,
  vtexCheckout,
  wixCheckout,
  spreeCheckout,
]
