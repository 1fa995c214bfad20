import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import type { Benefit, Condition, Promotion } from '../../../core/promotions/promotion.js'
import type { StoreRecord } from '../../../storage/import-store.js'
import { channelOf, type FieldsOf, form, mustFollow, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import { writeAmounts, writePercentage } from '../write-amounts.js'
import * as written from '../written.js'
import { benefit, condition } from './conditions.js'
import { couponOfPromotion } from './coupon.js'

const promotionSchema = z.strictObject({
  id: written.code,
  integerId: written.integerId,
  name: written.name,
  description: written.text.exactOptional(),
  channels: z.array(written.code).min(1, 'must name at least one channel'),
  isActive: z.boolean().default(true),
  startsAt: written.instant.exactOptional(),
  endsAt: written.instant.exactOptional(),
  priority: z.int('must be a whole number').exactOptional(),
  isExclusive: z.boolean().default(false),
  competesIn: written.name.exactOptional(),
  needsCoupon: z.boolean().exactOptional(),
  conditions: z.array(condition).default([]),
  benefits: z.array(benefit).min(1, 'must have at least one'),
  usageLimit: written.positiveNumber.exactOptional(),
  usageLimitPerCustomer: written.positiveNumber.exactOptional(),
  coupons: z.array(couponOfPromotion).default([]),
} satisfies FieldsOf<Promotion, 'used'>)

/** A promotion and the codes nested in it; one with codes needs a code unless it says otherwise. */
export const promotionForm = form(promotionSchema, ({ coupons, needsCoupon, ...rest }, reading) => {
  rest.channels.forEach((id, index) => {
    channelOf(id, ['channels', index], reading)
  })
  rest.benefits.forEach((one, index) => {
    referTo(one, rest.channels, ['benefits', index], reading)
  })
  rest.conditions.forEach((one, index) => {
    if (one.kind === 'shipping_option') referToMethods(one.options, rest.channels, ['conditions', index], reading)
  })
  if (rest.benefits.filter(one => one.kind === 'gift_choice').length > 1) {
    reading.problem(['benefits'], 'must have at most one gift_choice')
  }
  mustFollow({ start: rest.startsAt, end: rest.endsAt }, ['endsAt'], reading)
  coupons.forEach(({ startsAt, endsAt }, index) => {
    mustFollow({ start: startsAt, end: endsAt }, ['coupons', index, 'endsAt'], reading)
  })
  return [
    { kind: 'promotion', value: { ...rest, needsCoupon: needsCoupon ?? coupons.length > 0 } },
    ...coupons.map((coupon): StoreRecord => ({ kind: 'coupon', value: { ...coupon, promotionId: rest.id } })),
  ]
})

/** Shipping methods and gifts that a benefit names must exist, the methods in one of the promotion's channels. */
function referTo(one: Benefit, channels: readonly string[], path: Path, reading: Reading): void {
  if (one.kind === 'free_gift') reading.refersToSku(one.sku, [...path, 'sku'])
  if (one.kind === 'gift_choice') {
    one.skus.forEach((sku, index) => {
      reading.refersToSku(sku, [...path, 'skus', index])
    })
  }
  if (one.kind !== 'percent_off_shipping' && one.kind !== 'amount_off_shipping') return
  referToMethods(one.options ?? [], channels, path, reading)
}

function referToMethods(ids: readonly string[], channels: readonly string[], path: Path, reading: Reading): void {
  const [channel] = channels
  if (channels.length > 1 || channel === undefined) return
  ids.forEach((id, index) => {
    reading.refersTo('shipping_method', id, [...path, 'options', index], channel)
  })
}

export function writePromotion(promotion: Omit<Promotion, 'used'>): Readonly<Record<string, Json>> {
  const { conditions, benefits, ...rest } = promotion
  return { ...rest, conditions: conditions.map(writeCondition), benefits: benefits.map(writeBenefit) }
}

function writeCondition(one: Condition): Readonly<Record<string, Json>> {
  if (one.kind === 'subtotal') {
    const { atLeast, atMost, ...rest } = one
    return {
      ...rest,
      ...(atLeast === undefined ? {} : { atLeast: writeAmounts(atLeast) }),
      ...(atMost === undefined ? {} : { atMost: writeAmounts(atMost) }),
    }
  }
  if (one.kind !== 'quantity') return one
  const { of, ...rest } = one
  return of === undefined ? rest : { ...rest, of: { ...of } }
}

function writeBenefit(one: Benefit): Readonly<Record<string, Json>> {
  switch (one.kind) {
    case 'amount_off_lines':
    case 'amount_off_order':
    case 'amount_off_shipping':
      return plain({ ...one, amount: writeAmounts(one.amount) })
    case 'fixed_price':
      return plain({ ...one, price: writeAmounts(one.price) })
    case 'tiers':
      return plain({
        ...one,
        tiers: one.tiers.map(({ from, rate }) => ({
          from: typeof from === 'number' ? from : writeAmounts(from),
          rate: writePercentage(rate),
        })),
      })
    case 'free_shipping_option':
    case 'free_gift':
    case 'gift_choice':
      return one
    default:
      return plain({ ...one, rate: writePercentage(one.rate) })
  }
}

/** Selectors are interfaces; this makes them JSON for the compiler. */
function plain(value: object): Readonly<Record<string, Json>> {
  return JSON.parse(JSON.stringify(value)) as Record<string, Json>
}
