import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { ChannelId, Instant } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { CurrencyCode, Minor } from '../core/money.js'
import { isStoreCredit } from '../core/pricing/store-credit.js'
import { ok, refuse } from '../core/result.js'
import type { GiftCardDetails } from '../storage/storage.js'
import type { Deps } from './deps.js'
import { drawnCode } from './gift-card-code.js'
import { type KnownGiftCard, known } from './list-gift-cards.js'
import type { Answer } from './operations.js'

/** What a shop says of a gift card. */
export interface GiftCardTerms {
  readonly currency: CurrencyCode
  /** Minor units; what was paid for it, and what is left. */
  readonly initial: Minor
  readonly balance: Minor
  readonly isActive: boolean
  readonly expiresAt?: Instant
  readonly details: GiftCardDetails
}

/** How often a code is drawn again that another card has. */
const draws = 5

/**
 * A new gift card, which pays from the next request on; its balance is the first entry of its ledger. For keys that may
 * write payments.
 *
 * @param input.code absent: one is drawn
 * @returns `invalid_input` where the code is taken (rule `taken`) or the amounts are none
 */
export async function createGiftCard(
  deps: Deps,
  caller: Caller,
  input: GiftCardTerms & { readonly channel: ChannelId; readonly code?: string },
): Answer<KnownGiftCard> {
  const fault = missingRight(caller, 'payments:write') ?? whyNotTerms(input)
  if (fault !== undefined) return refuse(fault)
  const { channel, code, details, ...terms } = input
  if (code !== undefined && isStoreCredit(code)) return refuse({ code: 'invalid_input', field: 'code', rule: 'taken' })
  for (let draw = 0; draw < draws; draw += 1) {
    const card = { ...terms, code: code ?? drawnCode(deps), name: 'Gift certificate' }
    const made = await deps.storage.giftCards.insert(channel, card, details)
    if (made !== 'code_exists') return ok(known(deps, made))
    if (code !== undefined) break
  }
  return refuse({ code: 'invalid_input', field: 'code', rule: 'taken' })
}

/** Amounts that a card can hold. */
export function whyNotTerms({ initial, balance }: Pick<GiftCardTerms, 'initial' | 'balance'>) {
  const isRight = (amount: Minor) => amount >= 0n && amount <= limits.orderMinor
  if (!isRight(initial) || initial === 0n) return { code: 'invalid_input', field: 'amount', rule: 'positive' } as const
  return isRight(balance) ? undefined : ({ code: 'invalid_input', field: 'balance', rule: 'positive' } as const)
}
