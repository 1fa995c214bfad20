import type { Cart, LineItem } from '../../src/core/cart/cart.js'
import type { Channel } from '../../src/core/catalog/channel.js'
import type { Variant } from '../../src/core/catalog/variant.js'
import type { Order } from '../../src/core/orders/order.js'
import type { PaymentMethod } from '../../src/core/pricing/facts.js'
import type {
  AppliedDiscount,
  PricedCart,
  PricedConsignment,
  PricedLine,
  ShippingOffer,
} from '../../src/core/pricing/priced-cart.js'

/**
 * The published order of 61877 cents, priced by hand: two Chromebooks with a warranty, 10 % off items, free standard
 * delivery, 19 % in everything. For tests of what turns a priced cart into something else.
 * Source: seed 004 "Placing Orders", response sample.
 */
const at = '2026-11-21T09:14:16.274Z'
const vat = { micros: 190_000n }

export const address = {
  salutation: 'Mr',
  firstName: 'First',
  lastName: 'Last',
  line1: 'West road',
  streetNumber: '212',
  postalCode: '61000',
  city: 'Berlin',
  country: 'DE',
  company: 'Example',
  phone: '+380669455897',
} as const

export const lineItem: LineItem = {
  id: '00000000-0000-4000-8000-00000000000a',
  sequence: 1,
  sku: '136_24425591',
  seller: '1',
  quantity: 2,
  options: [{ sku: 'OP_2_year_waranty' }],
  origin: { kind: 'catalog' },
  attachments: [],
  isGift: false,
  addedAt: at,
}

export const invoice: PaymentMethod = {
  id: 'dummy-invoice',
  integerId: 2,
  name: 'invoice',
  providerName: 'DummyPayment',
  provider: 'manual',
  kind: 'invoice',
  position: 2,
  isActive: true,
  requiredData: ['dummyPaymentInvoice.dateOfBirth'],
  enforcesRequiredData: false,
}

export const creditCard: PaymentMethod = {
  ...invoice,
  id: 'dummy-card',
  integerId: 1,
  name: 'credit card',
  provider: 'sandbox',
  kind: 'card',
  position: 1,
  requiredData: ['dummyPaymentCreditCard.cardNumber'],
}

const none = { net: 0n, tax: 0n, gross: 0n }

export const standard: ShippingOffer = {
  id: 'standard',
  integerId: 1,
  name: 'Standard',
  carrier: 'Spryker Dummy Shipment',
  price: 490n,
  discountedPrice: 0n,
  amount: none,
  isRecommended: false,
}

export const express: ShippingOffer = { ...standard, id: 'express', integerId: 2, name: 'Express', price: 590n }

export const cart: Cart = {
  id: '00000000-0000-4000-8000-0000000000ca',
  integerId: 7,
  number: 'R123456789',
  accessToken: 'secret',
  version: 3,
  channel: 'de',
  currency: 'EUR',
  locale: 'en_US',
  priceMode: 'gross',
  status: 'open',
  purchase: 0,
  step: 'cart',
  owner: { kind: 'guest', guestKey: 'guest' },
  buyer: { email: 'first@example.test' },
  isDefault: true,
  lineItems: [lineItem],
  consignments: [
    {
      id: '00000000-0000-4000-8000-0000000000c0',
      sequence: 1,
      items: [],
      destination: { kind: 'address', address },
      selectedOption: 'standard',
    },
  ],
  billingAddress: address,
  addresses: [],
  couponCodes: [],
  giftCards: [],
  payments: [{ id: 'payment', method: 'dummy-invoice' }],
  marketing: {},
  preferences: {},
  customData: {},
  fees: [],
  manualDiscounts: [],
  notices: [],
  extras: {},
  createdAt: at,
  updatedAt: at,
  expiresAt: '2026-12-21T09:14:16.274Z',
}

export const variant: Variant = {
  sku: '136_24425591',
  variantId: 1361,
  productId: 136,
  productSku: '136',
  externalIds: {},
  name: 'Acer Chromebook C730-C8T7',
  imageUrl: '/images/chromebook.svg',
  kind: 'physical',
  taxClass: 'goods',
  categories: [],
  seller: '1',
  isActive: true,
  unitMultiplierMicros: 1_000_000n,
  measurementUnit: 'un',
  attributes: {},
  optionGroups: [],
  subscriptionOptions: [],
  attachments: [],
  prices: [],
}

const piece = { count: 1, price: 33265n, options: 1000n, optionDiscount: 0n, itemTax: 4780n, optionTax: 160n }

export const line: PricedLine = {
  item: lineItem,
  variant,
  name: variant.name,
  kind: 'physical',
  availability: 'available',
  quantity: 2,
  unitMultiplierMicros: 1_000_000n,
  listPrice: 33265n,
  catalogPrice: 33265n,
  unitPrice: 33265n,
  price: 66530n,
  options: [
    {
      sku: 'OP_2_year_waranty',
      name: 'Two (2) year limited warranty',
      group: 'Warranty',
      unitPrice: 1000n,
      price: 2000n,
      discount: 0n,
      taxRate: vat,
      taxes: [],
      amount: { net: 1680n, tax: 320n, gross: 2000n },
    },
  ],
  subtotal: 68530n,
  discounts: [{ discountId: 'ten', amount: 6653n }],
  discount: 6653n,
  fullDiscount: 6653n,
  taxRate: vat,
  taxes: [],
  amount: { net: 50317n, tax: 9560n, gross: 59877n },
  total: { net: 51997n, tax: 9880n, gross: 61877n },
  pieces: [
    { ...piece, discounts: [3327n], toPay: 30938n },
    { ...piece, discounts: [3326n], toPay: 30939n },
  ],
}

export const consignment: PricedConsignment = {
  consignment: {
    id: '00000000-0000-4000-8000-0000000000c0',
    sequence: 1,
    items: [],
    destination: { kind: 'address', address },
    selectedOption: 'standard',
  },
  items: [{ lineItemId: lineItem.id, quantity: 2 }],
  offers: [standard, express],
  selected: standard,
  price: 490n,
  discounts: [{ discountId: 'free', amount: 490n }],
  discount: 490n,
  taxRate: vat,
  taxes: [],
  amount: none,
  lineShares: [none],
}

export const tenPercent: AppliedDiscount = {
  id: 'ten',
  integerId: 1,
  source: 'promotion',
  name: '10% Discount for all orders above',
  description: 'Ten percent.',
  target: 'lines',
  isPercent: true,
  rate: { micros: 100_000n },
  isExclusive: false,
  endsAt: '2027-12-31T00:00:00.000Z',
  amount: 6653n,
}

export const freeDelivery: AppliedDiscount = {
  id: 'free',
  integerId: 2,
  source: 'promotion',
  name: 'Free standard delivery',
  target: 'shipping',
  isPercent: true,
  isExclusive: false,
  amount: 490n,
}

export const pricedCart: PricedCart = {
  cart,
  currency: 'EUR',
  lines: [line],
  consignments: [consignment],
  fees: [],
  discounts: [tenPercent, freeDelivery],
  losing: [],
  taxes: [],
  coupons: [],
  giftCards: [],
  thresholds: [],
  totals: {
    subtotal: 68530n,
    itemDiscount: 6653n,
    shippingDiscount: 490n,
    discount: 7143n,
    shipping: 490n,
    fees: 0n,
    items: { net: 51997n, tax: 9880n, gross: 61877n },
    shippingAmount: none,
    feesAmount: none,
    tax: 9880n,
    grandTotal: 61877n,
    giftCards: 0n,
    amountDue: 61877n,
  },
  paymentMethods: [creditCard, invoice],
  payments: [{ selection: { id: 'payment', method: 'dummy-invoice' }, method: invoice, amount: 61877n, interest: 0n }],
  problems: [],
}

export const order: Order = {
  id: '00000000-0000-4000-8000-0000000000dd',
  integerId: 3,
  number: 'DE--3',
  channel: 'de',
  cartId: cart.id,
  purchase: 0,
  status: 'confirmed',
  paymentStatus: 'pending',
  fulfillmentStatus: 'unfulfilled',
  owner: cart.owner,
  accessToken: cart.accessToken,
  currency: 'EUR',
  grandTotal: 61877n,
  amountDue: 61877n,
  snapshot: pricedCart,
  parts: [{ number: 'DE--3', seller: '1', lines: [0], total: 61877n }],
  holds: { stock: [], coupons: [], giftCards: [] },
  fulfillments: [],
  extras: {},
  placedAt: at,
  updatedAt: at,
  version: 1,
}

/** As much of a channel as a dialect reads; pricing is not asked here. */
export function channelWith(settings: Channel['settings']): Channel {
  return {
    id: 'de',
    name: 'Germany',
    currency: 'EUR',
    currencies: ['EUR', 'CHF'],
    locale: 'en_US',
    locales: ['en_US', 'de_DE'],
    countries: ['DE'],
    defaultCountry: 'DE',
    timeZone: 'Europe/Berlin',
    priceMode: 'gross',
    policy: {
      lineAmount: 'price_times_quantity',
      rounding: 'half_away',
      discounts: {
        percent: 'carried',
        spread: 'per_unit_carried',
        spreadOverGiftCertificates: false,
        includesOptions: false,
        base: 'undiscounted',
        stacking: 'all',
        order: 'larger_first',
        coupons: 'with_automatic',
      },
      tax: {
        entry: 'gross',
        display: 'gross',
        rounding: 'carried',
        place: 'destination',
        defaultCountry: 'DE',
        orderDiscountsReduceTax: true,
        shipping: 'taxed',
        replacesStoreTax: false,
      },
      coupons: { max: 20, whenFull: 'refuse' },
      giftCards: { max: 20, whenFull: 'refuse' },
      excessQuantity: 'refuse',
      unavailableLines: 'keep',
      defaultShippingOption: 'none',
    },
    orderNumbers: { prefix: 'DE--', kind: 'counting', first: 1, groupSuffix: false },
    paymentDeadlineSeconds: 1800,
    thresholds: [],
    storesAnonymousAddresses: true,
    urls: {},
    allowedOrigins: [],
    settings,
  }
}
