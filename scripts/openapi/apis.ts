import type { NameOf } from './infer-schema.js'

/** What is said of an API that its routes do not say themselves. */
export interface ApiFacts {
  /** What callers prove themselves with, by name; OpenAPI's security schemes. */
  readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Which of them a surface takes, any one of them (`a+b`: both together); some endpoints need none. */
  readonly security: Readonly<Record<string, readonly string[]>>
  readonly nameOf: NameOf
}

/** Names an object by the members that only its kind has; a list that ends with `only` names all that it has. */
function byMembers(kinds: Readonly<Record<string, readonly string[]>>): NameOf {
  const known = Object.entries(kinds).map(([name, marks]) => ({
    name,
    members: marks.filter(mark => mark !== only),
    isWhole: marks.at(-1) === only,
  }))
  return value => {
    const count = Object.keys(value).length
    return known.find(
      ({ members, isWhole }) =>
        members.every(member => member in value) && (!isWhole || count === members.length) && count > 0,
    )?.name
  }
}

const only = '*'

const header = (name: string) => ({ type: 'apiKey', in: 'header', name })
const cookie = (name: string) => ({ type: 'apiKey', in: 'cookie', name })
const bearer = { type: 'http', scheme: 'bearer' }

/** By dialect name. */
export const apiFacts: Readonly<Record<string, ApiFacts>> = {
  admin: {
    securitySchemes: { adminKey: bearer },
    security: { admin: ['adminKey'] },
    nameOf: () => undefined,
  },
  bigcommerce: {
    securitySchemes: { apiToken: header('X-Auth-Token'), session: cookie('SHOP_SESSION_TOKEN') },
    security: { server: ['apiToken'], storefront: ['session'], internal: ['session'] },
    nameOf: byMembers({
      Problem: ['status', 'title', 'type'],
      CompleteOrder: ['callbackUrl', 'coupon', 'currency', 'customerCanBeCreated'],
      Coupon: ['max_uses', 'applies_to', 'code'],
      GiftCertificate: ['from_email', 'from_name', 'balance'],
      Customer: ['storeCredit', 'firstName', 'email'],
      CheckoutV3: ['grand_total', 'consignments', 'cart'],
      Checkout: ['grandTotal', 'consignments', 'cart'],
      CartV3: ['line_items', 'base_amount', 'cart_amount'],
      Cart: ['lineItems', 'baseAmount', 'cartAmount'],
      OrderV2: ['status_id', 'total_inc_tax', 'billing_address'],
      Order: ['orderId', 'orderAmount', 'lineItems'],
      ConsignmentV3: ['line_item_ids', 'shipping_cost_inc_tax'],
      Consignment: ['lineItemIds', 'shippingCost'],
    }),
  },
  spree: {
    securitySchemes: { apiKey: header('X-Spree-Token'), orderToken: header('X-Spree-Order-Token') },
    security: { storefront: ['apiKey', 'orderToken'] },
    nameOf: byMembers({
      Refusal: ['error'],
      Order: ['number', 'item_total', 'total', 'line_items'],
      OrderSummary: ['number', 'item_total', 'total'],
      LineItem: ['variant_id', 'quantity', 'single_display_amount'],
      Shipment: ['tracking', 'shipping_rates', 'stock_location_name'],
      Variant: ['sku', 'option_values', 'is_master'],
      Address: ['firstname', 'address1', 'zipcode', 'country_id'],
      Payment: ['avs_response', 'payment_method_id'],
      Product: ['available_on', 'classifications', 'master'],
    }),
  },
  spryker: {
    securitySchemes: { accessToken: bearer, anonymousCustomer: header('X-Anonymous-Customer-Unique-Id') },
    security: { storefront: ['accessToken', 'anonymousCustomer'] },
    nameOf: byMembers({
      Refusal: ['errors', only],
      Resource: ['type', 'id', 'attributes'],
    }),
  },
  vtex: {
    securitySchemes: {
      appKey: header('X-VTEX-API-AppKey'),
      appToken: header('X-VTEX-API-AppToken'),
      session: cookie('checkout.vtex.com'),
      shopper: cookie('VtexIdclientAutCookie'),
    },
    security: { cart: ['session', 'shopper', 'appKey+appToken'], orders: ['session', 'shopper', 'appKey+appToken'] },
    nameOf: byMembers({
      Refusal: ['error', only],
      OrderForm: ['orderFormId', 'items', 'totalizers', 'shippingData'],
      Simulation: ['items', 'ratesAndBenefitsData', 'logisticsInfo', 'paymentData'],
      OrderDetails: ['orderId', 'orderGroup', 'items', 'totals'],
      Item: ['uniqueId', 'sellingPrice', 'seller'],
      LogisticsInfo: ['itemIndex', 'slas', 'deliveryChannels'],
      PickupPoint: ['pickupHolidays', 'businessHours'],
    }),
  },
  wix: {
    securitySchemes: { authorization: header('Authorization') },
    security: { storefront: ['authorization'], orders: ['authorization'], identity: [] },
    nameOf: byMembers({
      Refusal: ['message', 'details', only],
      CartAnswer: ['cart', only],
      CheckoutAnswer: ['checkout', only],
      OrderAnswer: ['order', only],
      CalculatedCart: ['calculatedLineItems', 'priceSummary', 'cart'],
      CartV2: ['businessInfo', 'customerInfo', 'lineItems'],
      SummaryV2: ['paymentSummary', 'deliverySummary', 'lineItems'],
      LineItemV2: ['deliveryConfig', 'paymentConfig', 'modifierGroups'],
      Address: ['countryFullname', 'subdivisionFullname'],
      Order: ['priceSummary', 'paymentStatus', 'fulfillmentStatus'],
      Checkout: ['cartId', 'lineItems', 'priceSummary', 'payNow'],
      Cart: ['lineItems', 'buyerInfo', 'currency', 'taxIncludedInPrices'],
      LineItem: ['productName', 'quantity', 'catalogReference'],
      MultiCurrencyPrice: ['amount', 'convertedAmount', 'formattedAmount'],
    }),
  },
}
