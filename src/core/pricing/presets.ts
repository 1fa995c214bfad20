import type { PricingPolicy } from './policy.js'

/**
 * Prices hold their tax; every rounding hands its lost fraction on: percentages over lines, discounts over pieces, taxes
 * through lines, options and expenses. Discounts leave options alone, are taken of the undiscounted price and all combine
 * unless one is exclusive. The country assumed before an address is known is a channel's to change.
 */
const grossCarried: PricingPolicy = {
  lineAmount: 'price_times_quantity',
  rounding: 'half_away',
  discounts: {
    percent: 'carried',
    spread: 'per_unit_carried',
    spreadOverGiftCertificates: true,
    includesOptions: false,
    base: 'undiscounted',
    stacking: 'all',
    order: 'larger_first',
    coupons: 'with_automatic',
    levels: 'together',
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
}

/**
 * Goods sold by measure: price x multiplier x quantity, cut to whole units and spread over the pieces. No tax. Later
 * discounts work on what earlier ones left; of those that exclude each other the set with the lowest total applies.
 */
const unitMultiplierZeroTax: PricingPolicy = {
  lineAmount: 'unit_multiplier',
  rounding: 'half_away',
  discounts: {
    percent: 'per_line',
    spread: 'largest_remainder',
    spreadOverGiftCertificates: true,
    includesOptions: false,
    base: 'reduced',
    stacking: 'lowest_total',
    order: 'kind_first',
    coupons: 'with_automatic',
    levels: 'together',
  },
  tax: {
    entry: 'net',
    display: 'net',
    rounding: 'per_line',
    place: 'destination',
    orderDiscountsReduceTax: true,
    shipping: 'untaxed',
    replacesStoreTax: false,
  },
  coupons: { max: 20, whenFull: 'refuse' },
  giftCards: { max: 20, whenFull: 'refuse' },
  excessQuantity: 'cap',
  unavailableLines: 'keep',
  defaultShippingOption: 'cheapest',
  shippingOrder: 'price',
}

/**
 * Prices without tax; each rate is rounded once over the whole cart and shared out. Discounts stack, automatic ones
 * before coupons, an order discount is spread over all goods. Carts without an address fall into the zone `guest`. The
 * cheapest shipping option stands first; none is chosen unasked.
 */
const netPerRate: PricingPolicy = {
  lineAmount: 'price_times_quantity',
  rounding: 'half_away',
  discounts: {
    percent: 'per_line',
    spread: 'largest_remainder',
    spreadOverGiftCertificates: true,
    includesOptions: true,
    base: 'reduced',
    stacking: 'all',
    order: 'larger_first',
    coupons: 'after_automatic',
    levels: 'lines_first',
  },
  tax: {
    entry: 'net',
    display: 'net',
    rounding: 'per_rate',
    place: 'destination',
    guestZone: 'guest',
    orderDiscountsReduceTax: true,
    shipping: 'taxed',
    replacesStoreTax: false,
  },
  coupons: { max: 1, whenFull: 'refuse' },
  giftCards: { max: 20, whenFull: 'refuse' },
  excessQuantity: 'refuse',
  unavailableLines: 'keep',
  defaultShippingOption: 'none',
  shippingOrder: 'price',
  shippingChoice: 'while_offers_stay',
}

/** As `netPerRate` for prices that hold the store's own tax: it is taken out and the destination's put in. */
const grossPerRate: PricingPolicy = {
  ...netPerRate,
  tax: { ...netPerRate.tax, entry: 'gross', display: 'gross', replacesStoreTax: true, storeZone: 'store' },
}

/**
 * Prices without tax, each line and shipment rounded alone. Of the promotions on one line, one shipment or the order only
 * the best counts; order discounts leave the taxable amount as it is. The cheapest shipping option is preselected.
 */
const netPerLine: PricingPolicy = {
  lineAmount: 'price_times_quantity',
  rounding: 'half_away',
  discounts: {
    percent: 'per_line',
    spread: 'largest_remainder',
    spreadOverGiftCertificates: true,
    includesOptions: true,
    base: 'undiscounted',
    stacking: 'best_per_target',
    order: 'larger_first',
    coupons: 'with_automatic',
    levels: 'lines_first',
  },
  tax: {
    entry: 'net',
    display: 'net',
    rounding: 'per_line',
    place: 'destination',
    orderDiscountsReduceTax: false,
    shipping: 'taxed',
    replacesStoreTax: false,
  },
  coupons: { max: 20, whenFull: 'refuse' },
  giftCards: { max: 20, whenFull: 'refuse' },
  excessQuantity: 'refuse',
  unavailableLines: 'keep',
  defaultShippingOption: 'cheapest',
  shippingOrder: 'price',
}

/** As `netPerLine` for prices that hold the tax of the zone `store`, wherever the buyer is in no other zone. */
const grossPerLine: PricingPolicy = {
  ...netPerLine,
  tax: {
    ...netPerLine.tax,
    entry: 'gross',
    display: 'gross',
    replacesStoreTax: true,
    storeZone: 'store',
    unmatchedZone: 'store',
  },
}

/**
 * Prices without tax, each line rounded alone; automatic discounts stack, one coupon works on what they leave. What cannot
 * be had stays in the cart with a status, larger quantities are cut to the stock.
 */
const netPerLineStacked: PricingPolicy = {
  ...netPerRate,
  tax: {
    entry: 'net',
    display: 'net',
    rounding: 'per_line',
    place: 'destination',
    orderDiscountsReduceTax: true,
    shipping: 'taxed',
    replacesStoreTax: false,
  },
  coupons: { max: 1, whenFull: 'replace' },
  giftCards: { max: 1, whenFull: 'replace' },
  excessQuantity: 'cap',
  defaultShippingOption: 'first',
  shippingOrder: 'position',
  shippingChoice: 'while_offered',
  goneShippingOption: 'default',
}

/** Combinations of choices by what they are for; plain data that a channel takes and changes. */
export const presets: Readonly<Record<string, PricingPolicy>> = {
  grossCarried,
  unitMultiplierZeroTax,
  netPerRate,
  grossPerRate,
  netPerLine,
  grossPerLine,
  netPerLineStacked,
}
