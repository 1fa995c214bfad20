import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { ChannelId, Instant } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Benefit, Condition } from '../core/promotions/promotion.js'
import { ok, refuse } from '../core/result.js'
import type { CouponRecord } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** A code and what it does. */
export interface CouponTerms {
  /** For people; no two coupons of a channel share it. */
  readonly name: string
  readonly isActive: boolean
  readonly endsAt?: Instant
  readonly usageLimit?: number
  readonly usageLimitPerCustomer?: number
  readonly conditions: readonly Condition[]
  readonly benefits: readonly [Benefit, ...Benefit[]]
}

/**
 * A new coupon with a promotion of its own, which works in the next request. For keys that may write settings.
 *
 * @returns `invalid_input` with the rule `taken` where the code or the name is
 */
export async function createCoupon(
  deps: Deps,
  caller: Caller,
  input: CouponTerms & { readonly channel: ChannelId; readonly code: string },
): Answer<CouponRecord> {
  const fault = missingRight(caller, 'settings:write')
  if (fault !== undefined) return refuse(fault)
  const { channel, code, isActive, name, conditions, benefits, ...limitsOfCode } = input
  if (code.length > limits.codeLength) return refuse({ code: 'invalid_input', field: 'code', rule: 'too_long' })
  const id = `coupon-${deps.ids.uuid()}`
  const made = await deps.storage.coupons.insert(
    { id, name, channels: [channel], isActive: true, isExclusive: false, needsCoupon: true, conditions, benefits },
    { code, promotionId: id, isActive, ...limitsOfCode },
  )
  if (made === 'code_exists') return refuse({ code: 'invalid_input', field: 'code', rule: 'taken' })
  if (made === 'name_exists') return refuse({ code: 'invalid_input', field: 'name', rule: 'taken' })
  return ok(made)
}
