import fc from 'fast-check'
import type { Cart, Consignment, LineItem, PriceMode } from '../../src/core/cart/cart.js'
import type { Price } from '../../src/core/catalog/variant.js'
import type { Facts, TaxRate } from '../../src/core/pricing/facts.js'
import type { PricingPolicy } from '../../src/core/pricing/policy.js'
import type { Benefit, Condition, Promotion } from '../../src/core/promotions/promotion.js'
import { cart, facts, giftCard, line, paymentMethod, shippingMethod, variant } from './builders.js'

/** Random policies, carts and stores: small amounts, where rounding bites, in currencies of 0, 2 and 3 digits. */

const currencies = ['JPY', 'EUR', 'KWD'] as const
const skus = ['a', 'b', 'c', 'd', 'e'] as const
const taxClasses = ['standard', 'reduced', 'exempt'] as const
const shippingIds = ['slow', 'fast'] as const

const amount = fc.oneof(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 99_999n }))
const rates = fc.oneof(
  fc.constantFrom(50_000n, 70_000n, 82_500n, 100_000n, 190_000n, 500_000n, 1_000_000n),
  fc.bigInt({ min: 0n, max: 1_000_000n }),
)

export const policies: fc.Arbitrary<PricingPolicy> = fc.record({
  lineAmount: fc.constantFrom('price_times_quantity', 'unit_multiplier'),
  rounding: fc.constantFrom('half_away', 'half_even', 'down'),
  discounts: fc.record({
    percent: fc.constantFrom('per_line', 'carried'),
    spread: fc.constantFrom('largest_remainder', 'per_unit_carried'),
    spreadOverGiftCertificates: fc.boolean(),
    includesOptions: fc.boolean(),
    base: fc.constantFrom('undiscounted', 'reduced'),
    stacking: fc.constantFrom('all', 'best_per_target', 'lowest_total'),
    order: fc.constantFrom('larger_first', 'percent_first', 'amount_first', 'kind_first'),
    coupons: fc.constantFrom('with_automatic', 'after_automatic'),
    levels: fc.constantFrom('lines_first', 'together'),
  }),
  tax: fc.record({
    entry: fc.constantFrom('gross', 'net'),
    display: fc.constantFrom('gross', 'net'),
    rounding: fc.constantFrom('per_line', 'per_rate', 'carried'),
    place: fc.constantFrom('destination', 'billing', 'origin'),
    guestZone: fc.constant('guest'),
    orderDiscountsReduceTax: fc.boolean(),
    shipping: fc.constantFrom('taxed', 'untaxed'),
    replacesStoreTax: fc.boolean(),
    storeZone: fc.constant('store'),
  }),
  coupons: fc.constant({ max: 20, whenFull: 'refuse' as const }),
  giftCards: fc.constant({ max: 20, whenFull: 'refuse' as const }),
  excessQuantity: fc.constant('keep' as const),
  unavailableLines: fc.constant('keep' as const),
  defaultShippingOption: fc.constantFrom('none', 'first', 'cheapest'),
  shippingOrder: fc.constantFrom('position', 'price'),
})

const selector = fc.option(fc.record({ skus: fc.subarray([...skus], { minLength: 1 }) }, { requiredKeys: [] }), {
  nil: undefined,
})

function benefits(currency: string): fc.Arbitrary<Benefit> {
  const money = amount.map(minor => ({ [currency]: minor }))
  const rate = rates.map(micros => ({ micros }))
  const of = selector.map(one => (one === undefined ? {} : { of: one }))
  const build = <T extends object>(parts: fc.Arbitrary<T>) =>
    fc.tuple(parts, of).map(([benefit, lines]) => ({ ...benefit, ...lines }) as T)
  return fc.oneof(
    build(fc.record({ kind: fc.constant('percent_off_lines' as const), rate })),
    build(fc.record({ kind: fc.constant('amount_off_lines' as const), amount: money })),
    fc.record({ kind: fc.constant('percent_off_order' as const), rate }),
    fc.record({ kind: fc.constant('amount_off_order' as const), amount: money }),
    fc.record({ kind: fc.constant('percent_off_shipping' as const), rate }),
    fc.record({ kind: fc.constant('amount_off_shipping' as const), amount: money }),
    fc.record({ kind: fc.constant('free_shipping_option' as const), name: fc.constant('Free') }),
    fc.record({ kind: fc.constant('fixed_price' as const), price: money, of: fc.constant({}) }),
    build(
      fc.record({
        kind: fc.constant('buy_x_get_y' as const),
        buy: fc.integer({ min: 1, max: 3 }),
        get: fc.integer({ min: 1, max: 3 }),
        rate,
      }),
    ),
    fc.record({ kind: fc.constant('free_gift' as const), sku: fc.constantFrom(...skus), quantity: fc.constant(1) }),
    build(
      fc.record({
        kind: fc.constant('tiers' as const),
        by: fc.constantFrom('subtotal' as const, 'quantity' as const),
        tiers: fc.array(fc.record({ from: fc.oneof(money, fc.integer({ min: 0, max: 6 })), rate }), { maxLength: 3 }),
      }),
    ),
  )
}

function promotions(currency: string): fc.Arbitrary<readonly Promotion[]> {
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    amount.map(minor => ({ kind: 'subtotal' as const, atLeast: { [currency]: minor } })),
    fc.record({ kind: fc.constant('quantity' as const), atLeast: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constant('shipping_option' as const),
      options: fc.subarray([...shippingIds], { minLength: 1 }),
    }),
  )
  const one = fc.record({
    benefits: fc.array(benefits(currency), { minLength: 1, maxLength: 2 }),
    conditions: fc.array(condition, { maxLength: 1 }),
    isExclusive: fc.integer({ min: 0, max: 9 }).map(dice => dice === 0),
    needsCoupon: fc.boolean(),
    competesIn: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    priority: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  })
  return fc.array(one, { maxLength: 4 }).map(list =>
    list.map(({ competesIn, priority, ...rest }, index) => ({
      ...rest,
      id: `p${index}`,
      integerId: index + 1,
      name: `p${index}`,
      channels: ['shop'],
      isActive: true,
      used: 0,
      ...(competesIn === undefined ? {} : { competesIn }),
      ...(priority === undefined ? {} : { priority }),
    })),
  )
}

function prices(currency: string, gross: bigint): readonly Price[] {
  return (['gross', 'net'] as const).map(mode => ({ channel: 'shop', currency, mode, amount: gross }))
}

const lineItems: fc.Arbitrary<readonly LineItem[]> = fc
  .array(
    fc.record({
      sku: fc.constantFrom(...skus),
      quantity: fc.oneof(
        { weight: 19, arbitrary: fc.integer({ min: 1, max: 7 }) },
        { weight: 1, arbitrary: fc.integer({ min: 900, max: 1100 }) },
      ),
      options: fc.subarray([{ sku: 'wrap' }, { sku: 'engrave' }]),
      origin: fc.oneof(
        { weight: 5, arbitrary: fc.constant({ kind: 'catalog' as const }) },
        { weight: 1, arbitrary: amount.map(unitPrice => ({ kind: 'manual' as const, unitPrice })) },
        {
          weight: 1,
          arbitrary: amount.map(certificate => ({
            kind: 'gift_certificate' as const,
            amount: certificate,
            name: 'Certificate',
            sender: { name: 'A', email: 'a@example.com' },
            recipient: { name: 'B', email: 'b@example.com' },
          })),
        },
      ),
      giftOf: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, undefined, undefined, 'p0', 'p1'),
    }),
    { minLength: 0, maxLength: 6 },
  )
  .map(list =>
    list.map(({ giftOf, origin, options, ...rest }, index) =>
      line(rest.sku, rest.quantity, {
        id: `l${index}`,
        sequence: index + 1,
        origin,
        options: origin.kind === 'gift_certificate' ? [] : options,
        ...(giftOf === undefined ? {} : { giftOf }),
      }),
    ),
  )

const destinations: fc.Arbitrary<Consignment['destination']> = fc.oneof(
  fc.constantFrom('DE', 'FR', 'US').map(country => ({ kind: 'address' as const, address: { country } })),
  fc.constant({ kind: 'unknown' as const }),
)

function consignments(lines: readonly LineItem[]): fc.Arbitrary<readonly Consignment[]> {
  const option = fc.option(fc.constantFrom(...shippingIds, 'free-p0', 'gone'), { nil: undefined })
  const one = fc.record({
    items: fc.subarray(lines.map(item => ({ lineItemId: item.id, quantity: Math.ceil(item.quantity / 2) }))),
    destination: destinations,
    option,
  })
  return fc.array(one, { maxLength: 3 }).map(list =>
    list.map(({ items, destination, option: chosen }, index) => ({
      id: `c${index}`,
      sequence: index + 1,
      items,
      destination,
      ...(chosen === undefined ? {} : { selectedOption: chosen }),
    })),
  )
}

const zoneRates = fc
  .array(
    fc.record({
      rate: fc.constantFrom(50_000n, 70_000n, 82_500n, 190_000n, 166_667n).map(micros => ({ micros })),
      taxClasses: fc.subarray(['standard', 'reduced'], { minLength: 1 }),
      priority: fc.integer({ min: 1, max: 2 }),
      isIncluded: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map((list): readonly TaxRate[] =>
    list.map((rate, index) => ({ ...rate, id: `r${index}`, integerId: index, name: `r${index}` })),
  )

interface Catalog {
  readonly prices: readonly bigint[]
  readonly classes: readonly string[]
  readonly multipliers: readonly bigint[]
  readonly options: readonly bigint[]
}

const catalogs: fc.Arbitrary<Catalog> = fc.record({
  prices: fc.array(amount, { minLength: skus.length, maxLength: skus.length }),
  classes: fc.array(fc.constantFrom(...taxClasses), { minLength: skus.length, maxLength: skus.length }),
  multipliers: fc.array(fc.constantFrom(1_000_000n, 300_000n, 2_500_000n), {
    minLength: skus.length,
    maxLength: skus.length,
  }),
  options: fc.array(amount, { minLength: 2, maxLength: 2 }),
})

function variantsOf(catalog: Catalog, currency: string): Facts['variants'] {
  const optionGroups = [
    {
      name: 'Extras',
      options: ['wrap', 'engrave'].map((sku, index) => ({
        sku,
        name: sku,
        taxClass: index === 0 ? 'standard' : 'reduced',
        prices: prices(currency, catalog.options[index] ?? 0n),
      })),
    },
  ]
  const made = skus.map((sku, index) =>
    variant(sku, 0n, {
      prices: prices(currency, catalog.prices[index] ?? 0n),
      taxClass: catalog.classes[index] ?? 'standard',
      unitMultiplierMicros: catalog.multipliers[index] ?? 1_000_000n,
      kind: sku === 'e' ? 'digital' : 'physical',
      optionGroups,
    }),
  )
  return new Map(made.map(one => [one.sku, one]))
}

export interface Scenario {
  readonly cart: Cart
  readonly facts: Facts
}

/** A cart and a store whose channel follows `policy`. */
export function scenarios(policy: fc.Arbitrary<PricingPolicy> = policies): fc.Arbitrary<Scenario> {
  return fc
    .record({ policy, currency: fc.constantFrom(...currencies), lines: lineItems })
    .chain(({ policy: chosen, currency, lines }) =>
      fc
        .record({
          catalog: catalogs,
          promotions: promotions(currency),
          consignments: consignments(lines),
          zones: fc.tuple(zoneRates, zoneRates, zoneRates),
          shipping: fc.tuple(amount, amount),
          mode: fc.constantFrom<PriceMode>('gross', 'net'),
          fee: fc.option(amount, { nil: undefined }),
          byHand: fc.array(fc.record({ amount, onLine: fc.boolean() }), { maxLength: 2 }),
          cards: fc.array(fc.record({ balance: amount, limit: fc.option(amount, { nil: undefined }) }), {
            maxLength: 2,
          }),
          pays: fc.array(fc.option(amount, { nil: undefined }), { maxLength: 2 }),
        })
        .map(parts => scenario(chosen, currency, lines, parts)),
    )
}

interface Parts {
  readonly catalog: Catalog
  readonly promotions: readonly Promotion[]
  readonly consignments: readonly Consignment[]
  readonly zones: readonly (readonly TaxRate[])[]
  readonly shipping: readonly [bigint, bigint]
  readonly mode: PriceMode
  readonly fee: bigint | undefined
  readonly byHand: readonly { readonly amount: bigint; readonly onLine: boolean }[]
  readonly cards: readonly { readonly balance: bigint; readonly limit: bigint | undefined }[]
  readonly pays: readonly (bigint | undefined)[]
}

function scenario(policy: PricingPolicy, currency: string, lines: readonly LineItem[], parts: Parts): Scenario {
  const [store = [], abroad = [], guest = []] = parts.zones
  const coupons = parts.promotions
    .filter(one => one.needsCoupon)
    .map((one, index) => ({ code: `C${index}`, integerId: index, promotionId: one.id, isActive: true, used: 0 }))
  return {
    cart: cart(lines, {
      currency,
      priceMode: parts.mode,
      consignments: parts.consignments,
      couponCodes: coupons.map(one => one.code),
      giftCards: parts.cards.map(({ limit }, index) => ({
        code: `G${index}`,
        ...(limit === undefined ? {} : { limit }),
      })),
      payments: parts.pays.map((pay, index) => ({
        id: `pay${index}`,
        method: 'card',
        installments: 3,
        ...(pay === undefined ? {} : { amount: pay }),
      })),
      fees:
        parts.fee === undefined
          ? []
          : [{ id: 'fee', name: 'fee', displayName: 'Fee', amount: parts.fee, taxClass: 'standard' }],
      manualDiscounts: parts.byHand.map(({ amount: off, onLine }, index) => ({
        id: `m${index}`,
        name: 'By hand',
        amount: off,
        ...(onLine ? { lineItemId: 'l0' } : {}),
      })),
    }),
    facts: {
      ...facts({
        policy,
        coupons,
        promotions: parts.promotions,
        giftCards: parts.cards.map(({ balance }, index) => giftCard(`G${index}`, balance)),
        shippingMethods: shippingIds.map((id, index) =>
          shippingMethod(id, parts.shipping[index] ?? 0n, { currency, position: index }),
        ),
        taxZones: [
          { id: 'store', name: 'store', areas: [{ country: 'DE' }], rates: store },
          { id: 'abroad', name: 'abroad', areas: [{ country: 'FR' }], rates: abroad },
          { id: 'guest', name: 'guest', areas: [], rates: guest },
        ],
        paymentMethods: [
          paymentMethod('card', { kind: 'card', installments: [{ count: 3, interestRate: { micros: 20_000n } }] }),
          paymentMethod('free', { kind: 'free' }),
        ],
      }),
      variants: variantsOf(parts.catalog, currency),
    },
  }
}
