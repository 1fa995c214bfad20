import type { Caller } from '../../core/access/caller.js'
import type { CheckoutError } from '../../core/errors.js'
import type { ChannelId } from '../../core/ids.js'
import type { Result } from '../../core/result.js'
import type { CouponQuery, CouponRecord, GiftCardQuery, GiftCardRecord } from '../../storage/storage.js'
import type { CouponTerms } from '../create-coupon.js'
import type { GiftCardTerms } from '../create-gift-card.js'
import type { KnownGiftCard } from '../list-gift-cards.js'

import type { Answer } from './views.js'

/** Coupons and gift cards themselves, for the keys of a shop: `settings:...` for coupons, `payments:...` for gift cards. */
export interface CodeOperations {
  listCoupons(
    caller: Caller,
    query: CouponQuery,
  ): Answer<{ readonly coupons: readonly CouponRecord[]; readonly total: number }>
  createCoupon(
    caller: Caller,
    input: CouponTerms & { readonly channel: ChannelId; readonly code: string },
  ): Answer<CouponRecord>
  changeCoupon(
    caller: Caller,
    input: { readonly channel: ChannelId; readonly integerId: number; readonly terms: CouponTerms },
  ): Answer<CouponRecord>
  /** Without ids: all that are this channel's alone. */
  deleteCoupons(
    caller: Caller,
    input: { readonly channel: ChannelId; readonly integerIds?: readonly number[] },
  ): Answer<number>
  listGiftCards(
    caller: Caller,
    query: GiftCardQuery,
  ): Answer<{ readonly cards: readonly KnownGiftCard[]; readonly total: number }>
  createGiftCard(
    caller: Caller,
    input: GiftCardTerms & { readonly channel: ChannelId; readonly code?: string },
  ): Answer<KnownGiftCard>
  /** `change` may run more than once, each time on the newest card. */
  changeGiftCard(
    caller: Caller,
    input: {
      readonly channel: ChannelId
      readonly integerId: number
      readonly change: (record: GiftCardRecord) => Result<GiftCardTerms, CheckoutError>
    },
  ): Answer<KnownGiftCard>
  deleteGiftCards(
    caller: Caller,
    input: { readonly channel: ChannelId; readonly integerIds?: readonly number[] },
  ): Answer<number>
}
