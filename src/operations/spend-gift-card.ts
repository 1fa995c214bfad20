import type { Caller } from '../core/access/caller.js'
import type { ChannelId } from '../core/ids.js'
import type { CurrencyCode, Minor } from '../core/money.js'
import { whyNotSpendable } from '../core/pricing/gift-card-use.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { deniedUnless, readGiftCard } from './read-gift-card.js'

/**
 * Takes an amount off a gift card without an order of ours, e.g. at a shop's counter. All of the amount or nothing.
 *
 * @returns the transaction's id, by which it may be given back; `gift_card_empty` when the card holds less
 */
export async function spendGiftCard(
  deps: Deps,
  caller: Caller,
  input: {
    readonly channel: ChannelId
    readonly code: string
    /** Minor units of `currency`. */
    readonly amount: Minor
    readonly currency: CurrencyCode
  },
): Answer<{ readonly transaction: string }> {
  const denied = deniedUnless(caller, 'payments:write')
  if (denied !== undefined) return refuse(denied)
  const card = await readGiftCard(deps, { kind: 'system' }, input)
  if (!card.ok) return card
  const fault = whyNotSpendable(card.value, input.amount, input.currency, deps.clock())
  if (fault !== undefined) return refuse(fault)
  const transaction = deps.ids.uuid()
  // Whoever was faster may have left less than was read: the guarded update has the last word.
  const spent = await deps.storage.giftCards.spend(input.code, input.amount, transaction)
  return spent === 'saved' ? ok({ transaction }) : refuse({ code: 'gift_card_empty', giftCardCode: input.code })
}
