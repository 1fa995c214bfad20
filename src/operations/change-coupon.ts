import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { ChannelId } from '../core/ids.js'
import { whyNotOwnCoupon } from '../core/promotions/own-coupon.js'
import { ok, refuse } from '../core/result.js'
import type { CouponRecord } from '../storage/storage.js'
import type { CouponTerms } from './create-coupon.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * Other terms for a coupon, from the next request on; uses counted so far stay. For keys that may write settings.
 *
 * @returns `coupon_unknown`; `invalid_input` where its promotion is not this coupon's and channel's alone, or the name is
 *   taken (rule `taken`)
 */
export async function changeCoupon(
  deps: Deps,
  caller: Caller,
  input: { readonly channel: ChannelId; readonly integerId: number; readonly terms: CouponTerms },
): Answer<CouponRecord> {
  const fault = missingRight(caller, 'settings:write')
  if (fault !== undefined) return refuse(fault)
  const { channel, integerId, terms } = input
  const { coupons } = deps.storage
  const found = await coupons.list({ channel, integerIds: [integerId], offset: 0, limit: 1 })
  const [record] = found.coupons
  if (record === undefined) return refuse({ code: 'coupon_unknown', couponCode: integerId.toString() })
  const shared = whyNotOwnCoupon(record, channel)
  if (shared !== undefined) return refuse(shared)
  const named = await coupons.list({ channel, name: terms.name, offset: 0, limit: 2 })
  if (named.coupons.some(one => one.coupon.integerId !== integerId)) {
    return refuse({ code: 'invalid_input', field: 'name', rule: 'taken' })
  }
  const { name, conditions, benefits, isActive, ...limitsOfCode } = terms
  const { used: _used, ...rule } = record.promotion
  const { code, promotionId } = record.coupon
  const promotion = { ...rule, name, conditions, benefits }
  const coupon = { code, promotionId, integerId, isActive, ...limitsOfCode }
  if (!(await coupons.save(promotion, coupon))) {
    return refuse({ code: 'coupon_unknown', couponCode: integerId.toString() })
  }
  const { used } = record.promotion
  return ok({ ...record, promotion: { ...promotion, used }, coupon: { ...coupon, used: record.coupon.used } })
}
