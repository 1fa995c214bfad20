import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import { ok, refuse } from '../core/result.js'
import type { CouponQuery, CouponRecord } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** A page of the coupons of a channel with their rules, for keys that may read settings. */
export async function listCoupons(
  deps: Deps,
  caller: Caller,
  query: CouponQuery,
): Answer<{ readonly coupons: readonly CouponRecord[]; readonly total: number }> {
  const fault = missingRight(caller, 'settings:read')
  return fault === undefined ? ok(await deps.storage.coupons.list(query)) : refuse(fault)
}
