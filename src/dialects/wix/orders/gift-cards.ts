import { toDecimal } from '../../../core/money.js'
import type { SeenGiftCard } from '../../../operations/operations.js'
import { respondJson } from '../answers.js'
import { isPrivileged } from '../auth.js'
import { respondError, respondRefusal } from '../errors.js'
import { derivedGuid } from '../ids.js'
import { parseAmount } from '../money.js'
import { obfuscated } from '../render/discounts.js'
import { endpoint } from '../request.js'
import {
  decimal,
  type FieldViolation,
  guid,
  type JsonObject,
  object,
  objectAt,
  optional,
  required,
  text,
  textAt,
  violation,
} from '../validation.js'
import { applicationError } from '../wix-error.js'
import { respondDenied } from './orders.js'

/** Characters of a gift card's code. Source: dialects/wix.md 3.1 and 10. */
const code = text(20, 8)

/**
 * POST /ecom/v1/gift-cards/:code: a gift card's balance. 200 with `giftCard`; 400 for what can be no code, 403 for
 * everybody but keys with the permission, 404. Source: dialects/wix.md 1.3.
 */
export const getGiftCard = endpoint(
  { place: 'gift-card', scopes: ['ECOM.GIFT_CARD_READ'], fields: { appId: optional(guid) } },
  async (call, operations) => {
    const { wire, caller, channel } = call
    if (!isPrivileged(call.identity)) return respondDenied(call)
    const sent = wire.params.code ?? ''
    const violations = code(sent, 'code')
    if (violations.length > 0) return respondError(wire, { violations })
    const card = await operations.readGiftCard(caller, { channel: channel.id, code: sent })
    if (!card.ok) return respondRefusal(wire, card.error, call.place)
    return respondJson(wire, { giftCard: renderCard(card.value, channel.currency) })
  },
)

const states = { valid: 'VALID', expired: 'EXPIRED', disabled: 'DISABLED' } as const

function renderCard(card: SeenGiftCard, siteCurrency: string): JsonObject {
  const currency = card.currency === '' ? siteCurrency : card.currency
  return {
    obfuscatedCode: obfuscated(card.code),
    balance: { value: toDecimal(card.balance, currency), currency },
    status: states[card.state],
    appId: derivedGuid('app', 'gift-cards'),
    externalId: derivedGuid('gift-card', card.code.toLowerCase()),
  }
}

/**
 * POST /ecom/v1/gift-cards/redeem: takes an amount off a gift card without an order of this site. 200 with
 * `transactionId`; 400, 403, 404, 428 for a card that is empty (or holds less), expired or disabled.
 * Source: dialects/wix.md 1.3, 5.8.
 */
export const redeemGiftCard = endpoint(
  {
    place: 'gift-card',
    scopes: ['ECOM.GIFT_CARD_REDEEM'],
    fields: {
      code: required(code),
      amount: required(
        object({ value: required(decimal({ max: 10n ** 9n, scale: 5 })), currency: optional(text(3, 3)) }),
      ),
      appId: required(guid),
      orderId: optional(guid),
    },
  },
  async (call, operations) => {
    const { wire, caller, channel, body } = call
    if (!isPrivileged(call.identity)) return respondDenied(call)
    const amount = objectAt(body, 'amount')
    const currency = textAt(amount, 'currency')?.toUpperCase() ?? channel.currency
    const minor = parseAmount(textAt(amount, 'value') ?? '', currency)
    if (minor === undefined || minor <= 0n) return respondError(wire, { violations: [aboveZero] })
    const spent = await operations.spendGiftCard(caller, {
      channel: channel.id,
      code: textAt(body, 'code') ?? '',
      amount: minor,
      currency,
    })
    return spent.ok
      ? respondJson(wire, { transactionId: spent.value.transaction })
      : respondRefusal(wire, spent.error, call.place)
  },
)

const aboveZero: FieldViolation = violation('amount.value', 'DECIMAL_GT', 'must be above 0', { threshold: 0 })

/**
 * POST /ecom/v1/gift-cards/void: puts back what a redemption took; doing it again changes nothing. 200 with `{}`; 400,
 * 403, 404 for an unknown transaction. Source: dialects/wix.md 1.3.
 */
export const voidGiftCard = endpoint(
  {
    place: 'gift-card',
    scopes: ['ECOM.GIFT_CARD_TRANSACTION_VOID'],
    fields: { transactionId: required(text(100, 1)), appId: required(guid) },
  },
  async (call, operations) => {
    if (!isPrivileged(call.identity)) return respondDenied(call)
    const transaction = textAt(call.body, 'transactionId')?.toLowerCase() ?? ''
    const returned = await operations.returnGiftCard(call.caller, { transaction })
    if (returned.ok) return respondJson(call.wire, {})
    return returned.error.code === 'payment_not_found'
      ? respondError(call.wire, applicationError(404, 'TRANSACTION_NOT_FOUND', 'There is no such transaction.'))
      : respondRefusal(call.wire, returned.error, call.place)
  },
)
