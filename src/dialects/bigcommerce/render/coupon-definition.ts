import type { Channel } from '../../../core/catalog/channel.js'
import type { Minor } from '../../../core/money.js'
import type { AmountByCurrency, Benefit, Condition } from '../../../core/promotions/promotion.js'
import type { Rate } from '../../../core/rate.js'
import type { CouponRecord } from '../../../operations/operations.js'
import { categoryId } from '../category-ids.js'
import { toText } from '../money.js'
import { settingsOf } from '../settings.js'
import { mailTime } from '../time.js'
import type { CouponType } from './coupon.js'

/** Which kinds of benefits a type stands for; everything else is a `promotion`. */
export const benefitsOfTypes: Readonly<Record<Exclude<CouponType, 'promotion'>, readonly Benefit['kind'][]>> = {
  per_item_discount: ['amount_off_lines'],
  percentage_discount: ['percent_off_lines', 'percent_off_order'],
  per_total_discount: ['amount_off_order'],
  shipping_discount: ['amount_off_shipping'],
  free_shipping: ['free_shipping_option'],
}

/** The products behind SKUs; of one that is gone nothing is shown. */
export type ProductsBySku = ReadonlyMap<string, number>

/** SKUs that the terms of these coupons name. */
export function skusOf(records: readonly CouponRecord[]): readonly string[] {
  return records.flatMap(record => goodsOf(record) ?? [])
}

/** A coupon itself, as v2 shows it. Source: dialects/bigcommerce.md 3.9. */
export function couponDefinition(record: CouponRecord, channel: Channel, products: ProductsBySku) {
  const { coupon, promotion, createdAt } = record
  const { currency } = channel
  const [benefit] = promotion.benefits
  const conditionOf = <K extends Condition['kind']>(kind: K) =>
    promotion.conditions.find((one): one is Extract<Condition, { kind: K }> => one.kind === kind)
  const countries = conditionOf('country')?.countries
  return {
    id: coupon.integerId,
    name: promotion.name,
    type: typeOf(benefit),
    amount: amountOf(benefit, currency),
    min_purchase: textOf(conditionOf('subtotal')?.atLeast, currency),
    expires: coupon.endsAt === undefined ? '' : mailTime(coupon.endsAt),
    enabled: coupon.isActive && promotion.isActive,
    code: coupon.code,
    applies_to: appliesTo(record, channel, products),
    num_uses: coupon.used,
    max_uses: coupon.usageLimit ?? 0,
    max_uses_per_customer: coupon.usageLimitPerCustomer ?? 0,
    restricted_to: countries === undefined ? {} : { countries: countries.join(',') },
    shipping_methods: conditionOf('shipping_option')?.options ?? [],
    date_created: mailTime(createdAt),
  }
}

/** Products, or categories; 0 is all of them. A category that the store numbers no longer is left out. */
function appliesTo(record: CouponRecord, channel: Channel, products: ProductsBySku) {
  const skus = goodsOf(record)
  if (skus !== undefined) {
    return { entity: 'products', ids: [...new Set(skus.flatMap(sku => products.get(sku) ?? []))] }
  }
  const categories = categoriesOf(record)
  if (categories === undefined) return { entity: 'categories', ids: [0] }
  const { categoryIds } = settingsOf(channel)
  return { entity: 'categories', ids: categories.flatMap(name => categoryId(name, categoryIds) ?? []) }
}

function categoriesOf({ promotion }: CouponRecord): readonly string[] | undefined {
  const [benefit] = promotion.benefits
  if (benefit !== undefined && 'of' in benefit && benefit.of?.categories !== undefined) return benefit.of.categories
  return promotion.conditions.find(one => one.kind === 'categories')?.categories
}

function goodsOf({ promotion }: CouponRecord): readonly string[] | undefined {
  const [benefit] = promotion.benefits
  if (benefit !== undefined && 'of' in benefit && benefit.of?.skus !== undefined) return benefit.of.skus
  return promotion.conditions.find(one => one.kind === 'products')?.skus
}

function typeOf(benefit: Benefit | undefined): CouponType {
  const types = Object.keys(benefitsOfTypes) as readonly (keyof typeof benefitsOfTypes)[]
  return types.find(type => benefit !== undefined && benefitsOfTypes[type].includes(benefit.kind)) ?? 'promotion'
}

function amountOf(benefit: Benefit | undefined, currency: string): string {
  if (benefit === undefined) return textOf(undefined, currency)
  if ('rate' in benefit) return rateText(benefit.rate)
  return textOf('amount' in benefit ? benefit.amount : undefined, currency)
}

function textOf(amounts: AmountByCurrency | undefined, currency: string): string {
  const amount: Minor = amounts?.[currency] ?? 0n
  return toText(amount, currency)
}

/** Percent with four decimals: `"12.5000"`. */
function rateText({ micros }: Rate): string {
  const text = micros.toString().padStart(5, '0')
  return `${text.slice(0, -4)}.${text.slice(-4)}`
}
