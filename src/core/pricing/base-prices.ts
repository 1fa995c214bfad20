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
  readonly taxClass?: string
  readonly unitPrice: Minor
  readonly price: Minor
}

interface UnitPrices {
  readonly listPrice: Minor
  readonly catalogPrice: Minor
  readonly unitPrice: Minor
}

/** Gives each line its unit price by origin, its amount by the policy, and its options their prices. */
export function basePrices(
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
  const quantity = BigInt(goods.item.quantity)
  const unitMultiplierMicros = goods.variant?.unitMultiplierMicros ?? ONE_MICROS
  const entered = unitPrices(goods, enteredHere)
  const options = goods.item.options.map(({ sku }) => {
    const option = findOption(goods.variant, sku)
    const price = option === undefined ? undefined : enteredHere(option.prices)
    const unitPrice = price === undefined ? undefined : asPaidThere(price.amount, option?.taxClass)
    const about: Omit<FoundOption, 'prices'> = option ?? { sku, name: sku, group: '' }
    return { ...about, unitPrice }
  })
  const isSold = entered !== undefined && options.every(option => option.unitPrice !== undefined)
  const hasPrice = isSold && goods.availability !== 'not_found'
  const unitPrice = hasPrice ? asPaidThere(entered.unitPrice, goods.taxClass) : 0n
  const price = lineAmounts[facts.channel.policy.lineAmount](unitPrice, quantity, unitMultiplierMicros)
  const pricedOptions = options.map(({ sku, name, group, taxClass, unitPrice: optionPrice }) => {
    const amount = hasPrice && goods.item.giftOf === undefined ? (optionPrice ?? 0n) : 0n
    const about = { sku, name, group, ...(taxClass === undefined ? {} : { taxClass }) }
    return { ...about, unitPrice: amount, price: amount * quantity }
  })
  return {
    ...goods,
    availability: goods.availability === 'not_found' || isSold ? goods.availability : 'no_price',
    unitMultiplierMicros,
    listPrice: hasPrice ? entered.listPrice : 0n,
    catalogPrice: hasPrice ? entered.catalogPrice : 0n,
    unitPrice,
    price,
    options: pricedOptions,
    subtotal: pricedOptions.reduce((sum, option) => sum + option.price, price),
    isDiscountable: hasPrice && goods.kind !== 'gift_certificate' && goods.item.giftOf === undefined,
  }
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

interface FoundOption {
  readonly sku: string
  readonly name: string
  readonly group: string
  readonly taxClass?: string
  readonly prices: readonly Price[]
}

function findOption(variant: Variant | undefined, sku: string): FoundOption | undefined {
  for (const group of variant?.optionGroups ?? []) {
    const option = group.options.find(one => one.sku === sku)
    if (option !== undefined) return { ...option, group: group.name }
  }
  return undefined
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
