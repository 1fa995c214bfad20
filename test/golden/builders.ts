import { present } from '../../src/core/assert.js'
import type { Cart, Consignment, LineItem, PriceMode } from '../../src/core/cart/cart.js'
import { codeKey } from '../../src/core/cart/code-key.js'
import type { Channel } from '../../src/core/catalog/channel.js'
import type { Price, Variant } from '../../src/core/catalog/variant.js'
import type {
  Coupon,
  Facts,
  GiftCard,
  PaymentMethod,
  ShippingMethod,
  TaxRate,
  TaxZone,
} from '../../src/core/pricing/facts.js'
import type { PricingPolicy } from '../../src/core/pricing/policy.js'
import { presets } from '../../src/core/pricing/presets.js'
import type { Benefit, Promotion } from '../../src/core/promotions/promotion.js'
import type { Rate } from '../../src/core/rate.js'

/** Small builders of carts and facts; everything that a test does not name has a plain value. */

const at = '2026-11-21T08:00:00.000Z'

/** A rate by its percentage: `rate('8.25')`. */
export function rate(percentage: string): Rate {
  return { micros: BigInt(Math.round(Number(percentage) * 10_000)) }
}

export function preset(name: string): PricingPolicy {
  return present(presets[name], `there is a preset ${name}`)
}

/** The same price in gross and net mode of the channel `shop`. */
export function prices(amount: bigint, currency = 'EUR', list?: bigint): readonly Price[] {
  return (['gross', 'net'] as const).map(mode => ({
    channel: 'shop',
    currency,
    mode,
    amount,
    ...(list === undefined ? {} : { list }),
  }))
}

export function variant(sku: string, amount: bigint, more: Partial<Variant> & { currency?: string } = {}): Variant {
  const { currency = 'EUR', ...rest } = more
  return {
    sku,
    variantId: 1,
    productId: 1,
    productSku: sku,
    externalIds: {},
    name: sku,
    kind: 'physical',
    taxClass: 'standard',
    categories: [],
    seller: '1',
    isActive: true,
    unitMultiplierMicros: 1_000_000n,
    measurementUnit: 'un',
    attributes: {},
    optionGroups: [],
    subscriptionOptions: [],
    attachments: [],
    prices: prices(amount, currency),
    ...rest,
  }
}

export function line(sku: string, quantity: number, more: Partial<LineItem> = {}): LineItem {
  return {
    id: `line-${sku}`,
    sequence: 1,
    sku,
    seller: '1',
    quantity,
    options: [],
    origin: { kind: 'catalog' },
    attachments: [],
    isGift: false,
    addedAt: at,
    ...more,
  }
}

/** To `country`, everything that goes nowhere else, by `option`. */
export function consignment(option?: string, more: Partial<Consignment> & { country?: string } = {}): Consignment {
  const { country = 'DE', ...rest } = more
  return {
    id: 'consignment',
    sequence: 1,
    items: [],
    destination: { kind: 'address', address: { country } },
    ...(option === undefined ? {} : { selectedOption: option }),
    ...rest,
  }
}

export function cart(lineItems: readonly LineItem[], more: Partial<Cart> = {}): Cart {
  return {
    id: 'cart',
    integerId: 1,
    number: 'R000000001',
    accessToken: 'secret',
    version: 1,
    channel: 'shop',
    currency: 'EUR',
    locale: 'en_US',
    priceMode: 'gross',
    status: 'open',
    purchase: 0,
    step: 'cart',
    owner: { kind: 'holder' },
    buyer: {},
    isDefault: true,
    lineItems,
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
    createdAt: at,
    updatedAt: at,
    expiresAt: at,
    ...more,
  }
}

/** A cart of so much money in one currency, without tax in its prices. */
export function netCart(currency: string, lineItems: readonly LineItem[], more: Partial<Cart> = {}): Cart {
  return cart(lineItems, { currency, priceMode: 'net', ...more })
}

export function channel(policy: PricingPolicy, more: Partial<Channel> = {}): Channel {
  return {
    id: 'shop',
    name: 'Shop',
    currency: 'EUR',
    currencies: ['EUR'],
    locale: 'en_US',
    locales: ['en_US'],
    countries: ['DE', 'US'],
    defaultCountry: 'DE',
    timeZone: 'UTC',
    priceMode: policy.tax.entry,
    policy,
    orderNumbers: { prefix: '', kind: 'counting', first: 1, groupSuffix: false },
    paymentDeadlineSeconds: 300,
    thresholds: [],
    storesAnonymousAddresses: true,
    urls: {},
    allowedOrigins: [],
    settings: {},
    ...more,
  }
}

export interface FactsInput extends Partial<Omit<Facts, 'variants' | 'channel' | 'coupons' | 'giftCards'>> {
  readonly policy: PricingPolicy
  readonly variants?: readonly Variant[]
  readonly coupons?: readonly Coupon[]
  readonly giftCards?: readonly GiftCard[]
  readonly shop?: Partial<Channel>
}

export function facts({ policy, variants = [], coupons = [], giftCards = [], shop, ...more }: FactsInput): Facts {
  return {
    now: at,
    channel: channel(policy, shop),
    variants: new Map(variants.map(one => [one.sku, one])),
    promotions: [],
    coupons: new Map(coupons.map(one => [codeKey(one.code), one])),
    giftCards: new Map(giftCards.map(one => [codeKey(one.code), one])),
    shippingMethods: [],
    taxZones: [],
    pickupPoints: [],
    paymentMethods: [],
    sellers: new Map(),
    ...more,
  }
}

export function taxRate(percentage: string, more: Partial<TaxRate> = {}): TaxRate {
  return {
    id: `rate-${percentage}`,
    integerId: 1,
    name: `${percentage} %`,
    rate: rate(percentage),
    taxClasses: ['standard'],
    priority: 1,
    ...more,
  }
}

/** A zone of whole countries (`DE`) and subdivisions (`US-TX`). */
export function zone(id: string, areas: readonly string[], rates: readonly TaxRate[]): TaxZone {
  return {
    id,
    name: id,
    areas: areas.map(area => {
      const [country = '', subdivision] = area.split('-')
      return { country, ...(subdivision === undefined ? {} : { subdivision }) }
    }),
    rates,
  }
}

export function shippingMethod(
  id: string,
  amount: bigint,
  more: Partial<ShippingMethod> & { currency?: string } = {},
): ShippingMethod {
  const { currency = 'EUR', ...rest } = more
  return {
    id,
    integerId: 1,
    name: id,
    carrier: 'Carrier',
    position: 1,
    taxClass: 'standard',
    isActive: true,
    zones: [],
    prices: (['gross', 'net'] as const satisfies readonly PriceMode[]).map(mode => ({ currency, mode, amount })),
    ...rest,
  }
}

let made = 0

/** An automatic promotion of `shop` with one benefit and no condition. */
export function promotion(benefit: Benefit, more: Partial<Promotion> = {}): Promotion {
  made += 1
  return {
    id: `promotion-${made}`,
    integerId: made,
    name: `Promotion ${made}`,
    channels: ['shop'],
    isActive: true,
    isExclusive: false,
    needsCoupon: false,
    conditions: [],
    benefits: [benefit],
    used: 0,
    ...more,
  }
}

/** A promotion that a code of the same name activates. */
export function withCode(
  code: string,
  benefit: Benefit,
  more: Partial<Promotion> = {},
  about: Partial<Coupon> = {},
): { readonly promotion: Promotion; readonly coupon: Coupon } {
  const made = promotion(benefit, { id: `of-${code}`, name: code, needsCoupon: true, ...more })
  return {
    promotion: made,
    coupon: { code, integerId: 1, promotionId: made.id, isActive: true, used: 0, ...about },
  }
}

export function giftCard(code: string, balance: bigint, more: Partial<GiftCard> = {}): GiftCard {
  return {
    code,
    integerId: 1,
    name: 'Gift card',
    currency: '',
    initial: balance,
    balance,
    isActive: true,
    ...more,
  }
}

export function paymentMethod(id: string, more: Partial<PaymentMethod> = {}): PaymentMethod {
  return {
    id,
    integerId: 1,
    name: id,
    providerName: 'Provider',
    provider: 'manual',
    kind: 'invoice',
    position: 1,
    isActive: true,
    requiredData: [],
    enforcesRequiredData: false,
    ...more,
  }
}
