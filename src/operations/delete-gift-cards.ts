import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { ChannelId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { GiftCardRecord } from '../storage/storage.js'
import type { Deps } from './deps.js'
import { everyPage } from './every-page.js'
import type { Answer } from './operations.js'

/**
 * Takes gift cards back: they pay no more, and what was known of people with them is gone; their ledgers and codes stay.
 * Cards that came with a store file are not the channel's to take back. For keys that may write payments.
 *
 * @param input.integerIds absent: all of the channel
 * @returns how many; `gift_card_unknown` for an id that is none
 */
export async function deleteGiftCards(
  deps: Deps,
  caller: Caller,
  input: { readonly channel: ChannelId; readonly integerIds?: readonly number[] },
): Answer<number> {
  const fault = missingRight(caller, 'payments:write')
  if (fault !== undefined) return refuse(fault)
  const { channel, integerIds } = input
  const remove = (cards: readonly GiftCardRecord[]) => deps.storage.giftCards.remove(cards.map(one => one.card.code))
  const ownOf = (cards: readonly GiftCardRecord[]) => cards.filter(one => one.details !== undefined)
  if (integerIds === undefined) {
    const taken = await everyPage(
      async page => (await deps.storage.giftCards.list({ channel, ...page })).cards,
      one => one.card.integerId,
      cards => remove(ownOf(cards)),
    )
    return ok(taken)
  }
  const listed = await deps.storage.giftCards.list({ channel, integerIds, offset: 0, limit: integerIds.length })
  const own = ownOf(listed.cards)
  const absent = integerIds.find(id => !own.some(one => one.card.integerId === id))
  if (absent !== undefined) return refuse({ code: 'gift_card_unknown', giftCardCode: absent.toString() })
  return ok(await remove(own))
}
