import { z } from 'zod'
import type { Channel } from '../../../core/catalog/channel.js'
import { isKnownCountry } from '../../../core/geography/countries.js'
import type { Benefit, Condition, LineSelector } from '../../../core/promotions/promotion.js'
import { percent, type Rate } from '../../../core/rate.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CouponTerms, Operations } from '../../../operations/operations.js'
import { categoryName } from '../category-ids.js'
import { parseAmount } from '../money.js'
import { invalid, type Problem } from '../problem.js'
import { couponTypes } from '../render/coupon.js'
import { settingsOf } from '../settings.js'

const decimal = z.union([z.string(), z.number()])
const count = z.int().min(0).max(2_147_483_647).nullish()

/** A coupon as v2 writes it. Source: dialects/bigcommerce.md 3.9. */
export const couponBody = z.object({
  name: z.string().trim().min(1).max(100),
  type: z.enum(couponTypes),
  amount: decimal,
  min_purchase: decimal.nullish(),
  expires: z.string().nullish(),
  enabled: z.boolean().nullish(),
  code: z.string().regex(/^[A-Za-z0-9 _-]{1,50}$/, 'must be 1 to 50 letters, digits, spaces, dashes and underscores'),
  applies_to: z.object({
    entity: z.enum(['categories', 'products']),
    ids: z.array(z.int().min(0)).min(1),
  }),
  max_uses: count,
  max_uses_per_customer: count,
  restricted_to: z
    .union([z.object({ countries: z.union([z.string(), z.array(z.string())]).nullish() }), z.array(z.unknown()).max(0)])
    .nullish(),
  shipping_methods: z.array(z.union([z.string(), z.int()])).nullish(),
})

export type CouponBody = z.output<typeof couponBody>

/** What a free-shipping coupon's offer is called. Source: dialects/bigcommerce.md 4.8, G5. */
const freeShipping = 'Free Shipping'

/**
 * The terms of a coupon. A zero limit is none. Goods are named by their products, or by categories as far as the store
 * numbers them. 422 for what cannot be said.
 */
export async function termsOf(
  body: CouponBody,
  channel: Channel,
  operations: Operations,
): Promise<Result<CouponTerms, Problem>> {
  const goods = await selectorOf(body, channel, operations)
  if (!goods.ok) return goods
  const benefit = benefitOf(body, goods.value, channel)
  if (!benefit.ok) return benefit
  const conditions = await conditionsOf(body, goods.value, channel, operations)
  if (!conditions.ok) return conditions
  const endsAt = instantOf(body.expires)
  if (endsAt === null) return refuse(invalid({ expires: 'must be a date' }))
  return ok({
    name: body.name,
    isActive: body.enabled ?? true,
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(body.max_uses ? { usageLimit: body.max_uses } : {}),
    ...(body.max_uses_per_customer ? { usageLimitPerCustomer: body.max_uses_per_customer } : {}),
    benefits: [benefit.value],
    conditions: conditions.value,
  })
}

/** The goods that are named: categories, or SKUs of products (one query); undefined for all goods. */
async function selectorOf(
  { applies_to: { entity, ids } }: CouponBody,
  channel: Channel,
  operations: Operations,
): Promise<Result<LineSelector | undefined, Problem>> {
  if (ids.includes(0)) return ok(undefined)
  if (entity === 'categories') return categoriesOf(ids, channel)
  const found = await operations.findVariants({ channel: channel.id, key: { productIds: ids } })
  const absent = ids.find(id => !found.some(({ variant }) => variant.productId === id))
  if (absent !== undefined) return refuse(invalid({ 'applies_to.ids': `has no product ${absent.toString()}` }))
  return ok({ skus: found.map(({ variant }) => variant.sku) })
}

function categoriesOf(ids: readonly number[], channel: Channel): Result<LineSelector, Problem> {
  const { categoryIds } = settingsOf(channel)
  const named = ids.map(id => categoryName(id, categoryIds))
  const categories = named.filter(name => name !== undefined)
  return categories.length === named.length
    ? ok({ categories })
    : refuse(invalid({ 'applies_to.ids': 'has a category that the store does not number' }))
}

function benefitOf(
  { type, amount }: CouponBody,
  goods: LineSelector | undefined,
  { currency }: Channel,
): Result<Benefit, Problem> {
  const of = goods === undefined ? {} : { of: goods }
  if (type === 'promotion') return refuse(invalid({ type: 'cannot be promotion: that is no coupon of this API' }))
  if (type === 'free_shipping') return ok({ kind: 'free_shipping_option', name: freeShipping })
  if (type === 'percentage_discount') {
    const rate = percentageOf(amount)
    if (rate === undefined) return refuse(invalid({ amount: 'must be a percentage from 0 to 100' }))
    return ok({ kind: 'percent_off_lines', rate, ...of })
  }
  const minor = parseAmount(amount, currency)
  if (minor === undefined || minor <= 0n) return refuse(invalid({ amount: 'must be an amount above zero' }))
  const amounts = { [currency]: minor }
  if (type === 'per_item_discount') return ok({ kind: 'amount_off_lines', amount: amounts, ...of })
  return ok({ kind: type === 'per_total_discount' ? 'amount_off_order' : 'amount_off_shipping', amount: amounts })
}

function percentageOf(amount: string | number): Rate | undefined {
  const rate = percent(String(amount).trim())
  return rate === undefined || rate.micros <= 0n || rate.micros > 1_000_000n ? undefined : rate
}

async function conditionsOf(
  { type, min_purchase, restricted_to, shipping_methods }: CouponBody,
  goods: LineSelector | undefined,
  channel: Channel,
  operations: Operations,
): Promise<Result<readonly Condition[], Problem>> {
  const conditions: Condition[] = []
  const minimum = parseAmount(min_purchase ?? 0, channel.currency)
  if (minimum === undefined || minimum < 0n) return refuse(invalid({ min_purchase: 'must be an amount' }))
  if (minimum > 0n) conditions.push({ kind: 'subtotal', atLeast: { [channel.currency]: minimum } })
  const isOfLines = type === 'per_item_discount' || type === 'percentage_discount'
  if (!isOfLines && goods?.skus !== undefined) conditions.push({ kind: 'products', skus: goods.skus })
  if (!isOfLines && goods?.categories !== undefined) {
    conditions.push({ kind: 'categories', categories: goods.categories })
  }
  const countries = countriesOf(restricted_to)
  const unknown = countries.find(country => !isKnownCountry(country))
  if (unknown !== undefined) return refuse(invalid({ 'restricted_to.countries': `has no country ${unknown}` }))
  if (countries.length > 0) conditions.push({ kind: 'country', countries })
  if (!shipping_methods?.length) return ok(conditions)
  const offers = await operations.readOffers({ channel: channel.id })
  const methods = offers.ok ? offers.value.shippingMethods : []
  const chosen = shipping_methods
    .map(String)
    .map(name => methods.find(one => one.id === name || `${one.integerId}` === name))
  const options = chosen.flatMap(method => (method === undefined ? [] : [method.id]))
  if (options.length < chosen.length) return refuse(invalid({ shipping_methods: 'has a method that is not there' }))
  return ok([...conditions, { kind: 'shipping_option', options }])
}

function countriesOf(restricted: CouponBody['restricted_to']): readonly string[] {
  if (restricted === null || restricted === undefined || Array.isArray(restricted)) return []
  const { countries } = restricted
  const list = typeof countries === 'string' ? countries.split(',') : (countries ?? [])
  return list.map(one => one.trim().toUpperCase()).filter(one => one !== '')
}

/** Undefined: none; null: no date. Any form of a date that clients write. */
export function instantOf(text: string | null | undefined): string | null | undefined {
  if (text === null || text === undefined || text.trim() === '') return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
