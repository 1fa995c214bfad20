import type { ErrorOf } from '../errors.js'
import type { ChannelId } from '../ids.js'
import type { Promotion } from './promotion.js'

/**
 * Why a channel may not change or take back a coupon through its code: its promotion holds in other channels too, which
 * this one has no say in, or without a code. Undefined where it may.
 */
export function whyNotOwnCoupon(
  { promotion }: { readonly promotion: Pick<Promotion, 'channels' | 'needsCoupon'> },
  channel: ChannelId,
): ErrorOf<'invalid_input'> | undefined {
  const isOwn = promotion.needsCoupon && promotion.channels.every(one => one === channel)
  return isOwn ? undefined : { code: 'invalid_input', field: 'id', rule: 'shared' }
}
