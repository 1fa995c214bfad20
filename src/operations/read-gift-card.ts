import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { CheckoutError } from '../core/errors.js'
import type { ChannelId } from '../core/ids.js'
import type { GiftCard } from '../core/pricing/facts.js'
import { giftCardState } from '../core/pricing/gift-card-use.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** A gift card, and whether it may be used now. */
export interface SeenGiftCard extends GiftCard {
  readonly state: ReturnType<typeof giftCardState>
}

/** A gift card by its code, for backends that may see payments; `gift_card_unknown` also for one of another channel. */
export async function readGiftCard(
  deps: Deps,
  caller: Caller,
  input: { readonly channel: ChannelId; readonly code: string },
): Answer<SeenGiftCard> {
  const denied = deniedUnless(caller, 'payments:read')
  if (denied !== undefined) return refuse(denied)
  const { giftCards } = await deps.storage.catalog.codes([input.code], input.channel)
  const [card] = giftCards
  if (card === undefined) return refuse({ code: 'gift_card_unknown', giftCardCode: input.code })
  return ok({ ...card, state: giftCardState(card, deps.clock()) })
}

/** Why the caller may not look at gift cards themselves, or spend them without an order. */
export function deniedUnless(
  caller: Caller,
  permission: 'payments:read' | 'payments:write',
): CheckoutError | undefined {
  return hasPermission(caller, permission) ? undefined : { code: 'forbidden', permission }
}
