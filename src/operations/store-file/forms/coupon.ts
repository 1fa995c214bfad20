import { z } from 'zod'
import type { Coupon } from '../../../core/pricing/facts.js'
import { type FieldsOf, form, mustFollow } from '../form.js'
import * as written from '../written.js'

/** A code as it is written under its promotion. */
export const couponOfPromotion = z.strictObject({
  code: written.code,
  integerId: written.integerId,
  isActive: z.boolean().default(true),
  startsAt: written.instant.exactOptional(),
  endsAt: written.instant.exactOptional(),
  usageLimit: written.positiveNumber.exactOptional(),
  usageLimitPerCustomer: written.positiveNumber.exactOptional(),
} satisfies FieldsOf<Coupon, 'promotionId' | 'used' | 'usedByCustomer'>)

export const couponForm = form(couponOfPromotion.extend({ promotionId: written.code }), (value, reading) => {
  mustFollow({ start: value.startsAt, end: value.endsAt }, ['endsAt'], reading)
  reading.refersTo('promotion', value.promotionId, ['promotionId'])
  return [{ kind: 'coupon', value }]
})
