import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { CheckoutError } from '../core/errors.js'
import type { ChannelId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { GiftCardRecord } from '../storage/storage.js'
import { pause } from './change-cart.js'
import { type GiftCardTerms, whyNotTerms } from './create-gift-card.js'
import type { Deps } from './deps.js'
import { type KnownGiftCard, known } from './list-gift-cards.js'
import type { Answer } from './operations.js'

/**
 * Other terms for a gift card. A new balance is an entry of its ledger; what an order takes at the same moment is not lost:
 * `change` is asked again then. For keys that may write payments.
 *
 * @returns `gift_card_unknown`; `invalid_input` (rule `shared`) for a card of the store file, which other channels may have
 *   too; and what `change` and `createGiftCard` refuse
 */
export async function changeGiftCard(
  deps: Deps,
  caller: Caller,
  input: {
    readonly channel: ChannelId
    readonly integerId: number
    readonly change: (record: GiftCardRecord) => Result<GiftCardTerms, CheckoutError>
  },
): Answer<KnownGiftCard> {
  const fault = missingRight(caller, 'payments:write')
  if (fault !== undefined) return refuse(fault)
  const { channel, integerId, change } = input
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const found = await deps.storage.giftCards.list({ channel, integerIds: [integerId], offset: 0, limit: 1 })
    const [record] = found.cards
    if (record === undefined) return refuse({ code: 'gift_card_unknown', giftCardCode: integerId.toString() })
    if (record.details === undefined) return refuse({ code: 'invalid_input', field: 'id', rule: 'shared' })
    const changed = change(record)
    if (!changed.ok) return changed
    const wrong = whyNotTerms(changed.value)
    if (wrong !== undefined) return refuse(wrong)
    const { details, ...terms } = changed.value
    const { code, name } = record.card
    const bought = record.details.order === undefined ? {} : { order: record.details.order }
    const next = { card: { code, name, integerId, ...terms }, details: { ...details, ...bought } }
    const saved = await deps.storage.giftCards.save(next, record.card.balance, deps.ids.uuid())
    if (saved === 'saved') return ok(known(deps, next))
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}
