import { randomInt, randomUUID } from 'node:crypto'
import type { Cart, LineItem } from '../../src/core/cart/cart.js'
import type { Channel } from '../../src/core/catalog/channel.js'
import type { Variant } from '../../src/core/catalog/variant.js'
import type { Holds, Order } from '../../src/core/orders/order.js'
import type { Payment } from '../../src/core/payments/payment.js'
import type { PricedCart } from '../../src/core/pricing/priced-cart.js'
import type { StoreRecord } from '../../src/storage/import-store.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import type { PrepareOrder } from '../../src/storage/storage.js'

export const now = '2026-11-21T08:00:00.000Z'
export const later = '2026-12-21T08:00:00.000Z'

export function sampleLine(overrides: Partial<LineItem> = {}): LineItem {
  return {
    id: randomUUID(),
    sequence: 1,
    sku: 'MUG-1',
    seller: 'main',
    quantity: 1,
    options: [],
    origin: { kind: 'catalog' },
    attachments: [],
    isGift: false,
    addedAt: now,
    ...overrides,
  }
}

export function sampleCart(overrides: Partial<Cart> = {}): Cart {
  return {
    id: randomUUID(),
    integerId: randomInt(1, 2 ** 31),
    number: `R${randomInt(1e9).toString().padStart(9, '0')}`,
    accessToken: randomUUID(),
    version: 1,
    channel: 'de',
    currency: 'EUR',
    locale: 'en_US',
    priceMode: 'gross',
    status: 'open',
    purchase: 0,
    step: 'cart',
    owner: { kind: 'guest', guestKey: randomUUID() },
    buyer: {},
    isDefault: false,
    lineItems: [],
    consignments: [],
    addresses: [],
    couponCodes: [],
    giftCards: [],
    payments: [],
    marketing: {},
    preferences: {},
    customData: {},
    fees: [],
    manualDiscounts: [],
    notices: [],
    extras: {},
    createdAt: now,
    updatedAt: now,
    expiresAt: later,
    ...overrides,
  }
}

const zero = { net: 0n, tax: 0n, gross: 0n }

export function sampleSnapshot(cart: Cart): PricedCart {
  return {
    cart,
    currency: cart.currency,
    lines: [],
    consignments: [],
    fees: [],
    discounts: [],
    losing: [],
    taxes: [],
    coupons: [],
    giftCards: [],
    thresholds: [],
    totals: {
      ...{ subtotal: 1250n, itemDiscount: 0n, shippingDiscount: 0n, discount: 0n, shipping: 0n, fees: 0n },
      ...{ items: { net: 1250n, tax: 0n, gross: 1250n }, shippingAmount: zero, feesAmount: zero },
      ...{ tax: 0n, grandTotal: 1250n, giftCards: 0n, amountDue: 1250n },
    },
    paymentMethods: [],
    payments: [],
    problems: [],
  }
}

export function sampleOrder(cart: Cart, overrides: Partial<Order> = {}): Order {
  return {
    id: randomUUID(),
    integerId: 0,
    number: randomUUID(),
    channel: cart.channel,
    cartId: cart.id,
    purchase: cart.purchase,
    status: 'pending',
    paymentStatus: 'pending',
    fulfillmentStatus: 'unfulfilled',
    owner: cart.owner,
    accessToken: randomUUID(),
    currency: cart.currency,
    grandTotal: 1250n,
    amountDue: 1250n,
    snapshot: sampleSnapshot(cart),
    parts: [{ number: '', seller: 'main', lines: [0], total: 1250n }],
    holds: { stock: [], coupons: [], giftCards: [] },
    fulfillments: [],
    extras: {},
    placedAt: now,
    updatedAt: now,
    version: 1,
    ...overrides,
  }
}

export function samplePayment(order: Order, overrides: Partial<Payment> = {}): Payment {
  return {
    id: randomUUID(),
    integerId: 0,
    orderId: order.id,
    method: 'invoice',
    provider: 'manual',
    state: 'created',
    amount: order.grandTotal,
    currency: order.currency,
    captured: 0n,
    refunded: 0n,
    idempotencyKey: randomUUID(),
    display: {},
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...overrides,
  }
}

/** What places an order that holds `holds`, with numbers `DE--1`, `DE--2`, ... */
export function samplePlacing(
  cart: Cart,
  holds: Partial<Holds> = {},
  overrides: Partial<PrepareOrder> = {},
): PrepareOrder {
  const order = sampleOrder(cart, { holds: { stock: [], coupons: [], giftCards: [], ...holds } })
  return {
    order,
    number: { kind: 'counted', prefix: 'DE--', first: 1, partSuffix: false },
    payments: [samplePayment(order)],
    events: [{ type: 'order.placed', subject: order.id, data: {} }],
    ...overrides,
  }
}

export function sampleVariant(overrides: Partial<Variant> = {}): Variant {
  return {
    sku: 'MUG-1',
    variantId: 18,
    productId: 18,
    productSku: 'MUG',
    externalIds: {},
    name: 'Mug',
    kind: 'physical',
    taxClass: 'exempt',
    categories: [],
    seller: 'main',
    isActive: true,
    unitMultiplierMicros: 1_000_000n,
    measurementUnit: 'piece',
    attributes: {},
    optionGroups: [],
    subscriptionOptions: [],
    attachments: [],
    prices: [{ channel: 'de', currency: 'EUR', mode: 'gross', amount: 1250n }],
    ...overrides,
  }
}

export function sampleChannel(overrides: Partial<Channel> = {}): Channel {
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
        ...{ percent: 'per_line', spread: 'largest_remainder', spreadOverGiftCertificates: false },
        ...{ includesOptions: false, base: 'undiscounted', stacking: 'all', order: 'larger_first' },
        coupons: 'with_automatic',
      },
      tax: {
        ...{ entry: 'gross', display: 'gross', rounding: 'per_line', place: 'destination' },
        ...{ orderDiscountsReduceTax: true, shipping: 'taxed', replacesStoreTax: false },
      },
      coupons: { max: 5, whenFull: 'refuse' },
      giftCards: { max: 5, whenFull: 'refuse' },
      excessQuantity: 'refuse',
      unavailableLines: 'keep',
      defaultShippingOption: 'none',
    },
    orderNumbers: { prefix: 'DE--', kind: 'counting', first: 1, groupSuffix: false },
    paymentDeadlineSeconds: 1800,
    thresholds: [{ kind: 'hard_maximum', currency: 'EUR', amount: 1_000_000n, message: 'too much' }],
    storesAnonymousAddresses: true,
    urls: {},
    allowedOrigins: [],
    settings: {},
    ...overrides,
  }
}

/** Puts records into the store in one import. */
export async function put(storage: OpenStorage, ...records: readonly StoreRecord[]): Promise<void> {
  await storage.imports.run(write => write(records))
}

/** A channel with one variant of each SKU and so much of it in stock, at as many locations as there are numbers. */
export async function putStock(
  storage: OpenStorage,
  stock: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  await put(storage, { kind: 'channel', value: sampleChannel() })
  await put(
    storage,
    ...Object.keys(stock).map(
      (sku, index): StoreRecord => ({
        kind: 'variant',
        value: sampleVariant({ sku, variantId: 100 + index }),
      }),
    ),
    ...Object.entries(stock).flatMap(([sku, amounts]) =>
      amounts.map(
        (available, index): StoreRecord => ({
          kind: 'stock',
          value: { sku, location: `place-${index + 1}`, available },
        }),
      ),
    ),
  )
}

/** Puts a cart in the store and returns it. */
export async function insertCart(storage: OpenStorage, overrides: Partial<Cart> = {}): Promise<Cart> {
  const cart = sampleCart(overrides)
  await storage.carts.insert(cart, { soleOfOwner: false, events: [] })
  return cart
}
