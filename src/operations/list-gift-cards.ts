import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import { giftCardState } from '../core/pricing/gift-card-use.js'
import { ok, refuse } from '../core/result.js'
import type { GiftCardQuery, GiftCardRecord } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** A gift card as the shop sees it, and whether it may be used now. */
export interface KnownGiftCard extends GiftCardRecord {
  readonly state: ReturnType<typeof giftCardState>
}

/** A page of the gift cards of a channel, for keys that may read payments. */
export async function listGiftCards(
  deps: Deps,
  caller: Caller,
  query: GiftCardQuery,
): Answer<{ readonly cards: readonly KnownGiftCard[]; readonly total: number }> {
  const fault = missingRight(caller, 'payments:read')
  if (fault !== undefined) return refuse(fault)
  const { cards, total } = await deps.storage.giftCards.list(query)
  return ok({ cards: cards.map(record => known(deps, record)), total })
}

export function known(deps: Pick<Deps, 'clock'>, record: GiftCardRecord): KnownGiftCard {
  return { ...record, state: giftCardState(record.card, deps.clock()) }
}
