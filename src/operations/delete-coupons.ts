import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { ChannelId } from '../core/ids.js'
import { whyNotOwnCoupon } from '../core/promotions/own-coupon.js'
import { ok, refuse } from '../core/result.js'
import type { CouponRecord } from '../storage/storage.js'
import type { Deps } from './deps.js'
import { everyPage } from './every-page.js'
import type { Answer } from './operations.js'

/**
 * Takes coupons back: carts lose them with their next change, orders keep what they got. For keys that may write settings.
 *
 * @param input.integerIds absent: all that are this channel's alone
 * @returns how many; `coupon_unknown` for an id that is none, `invalid_input` for a coupon that other channels share
 */
export async function deleteCoupons(
  deps: Deps,
  caller: Caller,
  input: { readonly channel: ChannelId; readonly integerIds?: readonly number[] },
): Answer<number> {
  const fault = missingRight(caller, 'settings:write')
  if (fault !== undefined) return refuse(fault)
  const { channel, integerIds } = input
  const remove = (coupons: readonly CouponRecord[]) => deps.storage.coupons.remove(coupons.map(one => one.coupon.code))
  if (integerIds === undefined) {
    const taken = await everyPage(
      async page => (await deps.storage.coupons.list({ channel, ...page })).coupons,
      one => one.coupon.integerId,
      coupons => remove(coupons.filter(one => whyNotOwnCoupon(one, channel) === undefined)),
    )
    return ok(taken)
  }
  const { coupons } = await deps.storage.coupons.list({ channel, integerIds, offset: 0, limit: integerIds.length })
  const found = new Set(coupons.map(one => one.coupon.integerId))
  const absent = integerIds.find(id => !found.has(id))
  if (absent !== undefined) return refuse({ code: 'coupon_unknown', couponCode: absent.toString() })
  for (const one of coupons) {
    const why = whyNotOwnCoupon(one, channel)
    if (why !== undefined) return refuse(why)
  }
  return ok(await remove(coupons))
}
