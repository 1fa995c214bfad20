import type { Cart } from '../cart/cart.js'
import type { Price, Variant } from '../catalog/variant.js'
import { divide, type Minor } from '../money.js'
import { ONE_MICROS } from '../rate.js'
import type { Facts, TaxZone } from './facts.js'
import type { Goods } from './goods.js'
import { lineAmounts } from './line-amount.js'
import { type RateBook, ratesFor } from './tax-rates.js'
import type { TaxPlaces } from './tax-zones.js'

/** A line with its prices before anything is taken off; amounts in the cart's price mode. */
export interface BaseLine extends Goods {
  readonly unitMultiplierMicros: bigint
  readonly listPrice: Minor
  readonly catalogPrice: Minor
  readonly unitPrice: Minor
  readonly price: Minor
  readonly options: readonly BaseOption[]
  readonly subtotal: Minor
  /** Promotions may take something off it: no gift certificate, no gift, has a price. */
  readonly isDiscountable: boolean
}

export interface BaseOption {
  readonly sku: string
  readonly name: string
  readonly group: string
  /** Undefined: never taxed. */
  readonly taxClass: string | undefined
  readonly unitPrice: Minor
  readonly price: Minor
}

interface UnitPrices {
  readonly listPrice: Minor
  readonly catalogPrice: Minor
  readonly unitPrice: Minor
}

/** Gives each line its unit price by origin, its amount by the policy, and its options their prices. */
export function linePrices(
  cart: Cart,
  facts: Facts,
  goods: readonly Goods[],
  places: TaxPlaces,
  book: RateBook,
): readonly BaseLine[] {
  const enteredHere = (prices: readonly Price[]) =>
    prices.find(
      price => price.channel === cart.channel && price.currency === cart.currency && price.mode === cart.priceMode,
    )
  return goods.map((one, line) => {
    const zone = places.lines[line]
    const asPaidThere = (amount: Minor, taxClass: string | undefined) =>
      facts.channel.policy.tax.replacesStoreTax ? replaceStoreTax(amount, taxClass, zone, places.store, book) : amount
    return priceLine(one, facts, enteredHere, asPaidThere)
  })
}

function priceLine(
  goods: Goods,
  facts: Facts,
  enteredHere: (prices: readonly Price[]) => Price | undefined,
  asPaidThere: (amount: Minor, taxClass: string | undefined) => Minor,
): BaseLine {
  const { item, variant, name, kind, taxClass, availability, available, needsShipping } = goods
  const quantity = BigInt(item.quantity)
  const unitMultiplierMicros = variant?.unitMultiplierMicros ?? ONE_MICROS
  const entered = unitPrices(goods, enteredHere)
  const options = item.options.map(({ sku }) => optionOf(variant, sku, quantity, enteredHere, asPaidThere))
  const isSold = entered !== undefined && options.every(option => option !== undefined)
  const hasPrice = isSold && availability !== 'not_found'
  const isGift = item.giftOf !== undefined
  const unitPrice = hasPrice ? asPaidThere(entered.unitPrice, taxClass) : 0n
  const price = lineAmounts[facts.channel.policy.lineAmount](unitPrice, quantity, unitMultiplierMicros)
  const charged = hasPrice && !isGift ? options : item.options.map(({ sku }, index) => free(sku, options[index]))
  const priced = charged.filter(option => option !== undefined)
  return {
    item,
    variant,
    name,
    kind,
    taxClass,
    availability: availability === 'not_found' || isSold ? availability : 'no_price',
    available,
    needsShipping,
    unitMultiplierMicros,
    listPrice: hasPrice ? entered.listPrice : 0n,
    catalogPrice: hasPrice ? entered.catalogPrice : 0n,
    unitPrice,
    price,
    options: priced,
    subtotal: priced.reduce((sum, option) => sum + option.price, price),
    isDiscountable: hasPrice && kind !== 'gift_certificate' && !isGift,
  }
}

/** Undefined: the variant has no such option, or none with a price. */
function optionOf(
  variant: Variant | undefined,
  sku: string,
  quantity: bigint,
  enteredHere: (prices: readonly Price[]) => Price | undefined,
  asPaidThere: (amount: Minor, taxClass: string | undefined) => Minor,
): BaseOption | undefined {
  for (const group of variant?.optionGroups ?? []) {
    const option = group.options.find(one => one.sku === sku)
    const entered = option && enteredHere(option.prices)
    if (option === undefined || entered === undefined) continue
    const unitPrice = asPaidThere(entered.amount, option.taxClass)
    const { name, taxClass } = option
    return { sku, name, group: group.name, taxClass, unitPrice, price: unitPrice * quantity }
  }
  return undefined
}

function free(sku: string, option: BaseOption | undefined): BaseOption {
  const { name, group, taxClass } = option ?? { name: sku, group: '', taxClass: undefined }
  return { sku, name, group, taxClass, unitPrice: 0n, price: 0n }
}

/** Undefined: the catalog has no price for the cart's channel, currency and mode. A free gift costs nothing. */
function unitPrices(
  goods: Goods,
  enteredHere: (prices: readonly Price[]) => Price | undefined,
): UnitPrices | undefined {
  const { origin, giftOf } = goods.item
  if (origin.kind === 'gift_certificate') return same(origin.amount)
  if (origin.kind === 'custom') return { ...same(origin.unitPrice), listPrice: origin.listPrice ?? origin.unitPrice }
  const price = goods.variant === undefined ? undefined : enteredHere(goods.variant.prices)
  const catalog = price && {
    listPrice: price.list ?? price.amount,
    catalogPrice: price.amount,
    unitPrice: price.amount,
  }
  if (giftOf !== undefined) return { ...(catalog ?? same(0n)), unitPrice: 0n }
  if (origin.kind === 'catalog') return catalog
  return { ...(catalog ?? same(origin.unitPrice)), unitPrice: origin.unitPrice }
}

function same(amount: Minor): UnitPrices {
  return { listPrice: amount, catalogPrice: amount, unitPrice: amount }
}

/** Takes the store's tax out of an amount that holds it, and puts the tax of `zone` in. */
export function replaceStoreTax(
  amount: Minor,
  taxClass: string | undefined,
  zone: TaxZone | undefined,
  store: TaxZone | undefined,
  book: RateBook,
): Minor {
  if (store === undefined || zone === store) return amount
  const taken = ratesFor(book, store, taxClass).includedFactor
  const put = ratesFor(book, zone, taxClass).includedFactor
  return divide(amount * put.num * taken.den, put.den * taken.num, 'half_away')
}
