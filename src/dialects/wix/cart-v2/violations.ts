import type { CartProblem, PricedCart, UnmetThreshold } from '../../../core/pricing/priced-cart.js'
import { lineIdOf } from '../ids.js'
import type { MoneyContext } from '../money.js'
import { giftCardIdOf, obfuscated } from '../render/discounts.js'
import { calculationProblems } from '../render/problems.js'
import type { JsonObject } from '../validation.js'
import { renderPlainMoney } from './money.js'

type Problem<Code extends CartProblem['code']> = Extract<CartProblem, { readonly code: Code }>

/**
 * What is wrong with a cart. Clients of V2 look nowhere else: `calculationErrors` goes away. An error keeps the cart from
 * being ordered, a warning tells that a code does nothing. What is merely not filled in yet is none.
 * Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202, `V2Violation`.
 */
export function renderViolationsV2(priced: PricedCart, face: MoneyContext): readonly JsonObject[] {
  const sold = soldOut(priced)
  const others = calculationProblems(priced).flatMap((problem): readonly JsonObject[] => {
    const told = violationOf(problem, face)
    return told === undefined ? [] : [{ severity: priced.problems.includes(problem) ? 'ERROR' : 'WARNING', ...told }]
  })
  return sold === undefined ? others : [sold, ...others]
}

/** One for all items of which there are fewer than wanted. */
function soldOut({ problems, lines }: PricedCart): JsonObject | undefined {
  const short = problems.filter(problem => problem.code === 'line_out_of_stock')
  const named = lines.flatMap(({ item }) => {
    const problem = short.find(({ lineItemId }) => lineItemId === item.id)
    return problem === undefined ? [] : [{ id: lineIdOf(item), left: problem.available }]
  })
  if (named.length === 0) return undefined
  const descriptions = named.map(({ left }) => (left > 0 ? `Only ${left} are left.` : 'The item is sold out.'))
  return {
    severity: 'ERROR',
    scope: 'LINE_ITEM',
    code: 'LINE_ITEMS_OUT_OF_STOCK',
    description: [...new Set(descriptions)].join(' ').slice(0, 1000),
    lineItemsOutOfStockData: {
      lineItemIds: named.map(({ id }) => id),
      allLineItemsOutOfStock: named.length === lines.length && named.every(({ left }) => left === 0),
    },
  }
}

function violationOf(problem: CartProblem, face: MoneyContext): JsonObject | undefined {
  switch (problem.code) {
    case 'threshold':
      return thresholdViolation(problem.threshold, face)
    case 'coupon_invalid':
      return couponViolation(problem)
    case 'gift_card_invalid':
      return giftCardViolation(problem)
    case 'shipping_option_gone':
      return {
        scope: 'DELIVERY',
        code: 'DELIVERY_METHOD_NO_LONGER_AVAILABLE',
        description: 'The selected delivery method is no longer on offer.',
      }
    case 'not_deliverable':
      return { scope: 'DELIVERY', code: 'GENERAL_CODE', description: 'Nothing is delivered to this address.' }
    case 'taxes_unknown':
      // Before anybody knows where the goods go, taxes are not wrong but merely open.
      return problem.reason === 'no_destination'
        ? undefined
        : { scope: 'TAX', code: 'GENERAL_CODE', description: 'The taxes cannot be worked out now.' }
    default:
      return undefined
  }
}

function thresholdViolation({ kind, amount, delta, message }: UnmetThreshold, face: MoneyContext): JsonObject {
  if (kind === 'hard_maximum') {
    const target = { other: { name: 'OTHER_DEFAULT' } }
    return { scope: 'GLOBAL', code: 'CUSTOM_VALIDATION', description: message, customValidationData: { target } }
  }
  return {
    scope: 'GLOBAL',
    code: 'SUBTOTAL_BELOW_ORDER_MINIMUM',
    description: message,
    subtotalBelowOrderMinimumData: {
      minimumOrderSubtotal: renderPlainMoney(amount, face),
      remainingAmount: renderPlainMoney(delta, face),
    },
  }
}

const couponReasons = {
  applied: ['UNKNOWN_INVALID_COUPON_REASON', ''],
  unknown: ['UNKNOWN_INVALID_COUPON_REASON', 'There is no such coupon.'],
  expired: ['EXPIRED', 'The coupon has expired.'],
  not_started: ['INACTIVE', 'The coupon is not active yet.'],
  used_up: ['MAX_USAGE_EXCEEDED', 'The coupon was used as often as it may be.'],
  not_applicable: ['NOT_APPLICABLE_TO_SELECTED_LINE_ITEMS', 'The coupon takes nothing off these items.'],
  beaten: ['UNKNOWN_INVALID_COUPON_REASON', 'Another discount is better than the coupon.'],
} as const

function couponViolation({ couponCode, status }: Problem<'coupon_invalid'>): JsonObject {
  const [reason, description] = couponReasons[status]
  return status === 'unknown'
    ? { scope: 'DISCOUNT', code: 'INVALID_COUPON_CODE', description, invalidCouponCodeData: { couponCode } }
    : { scope: 'DISCOUNT', code: 'INVALID_COUPON_STATUS', description, invalidCouponStatusData: { couponCode, reason } }
}

const giftCardReasons = {
  applied: ['UNKNOWN_INVALID_GIFT_CARD_REASON', ''],
  unknown: ['UNKNOWN_INVALID_GIFT_CARD_REASON', 'There is no such gift card.'],
  empty: ['EMPTY_BALANCE', 'The gift card is empty.'],
  expired: ['EXPIRED', 'The gift card has expired.'],
  disabled: ['DISABLED', 'The gift card is disabled.'],
  other_currency: ['UNKNOWN_INVALID_GIFT_CARD_REASON', 'The gift card is in another currency.'],
  not_allowed: ['UNKNOWN_INVALID_GIFT_CARD_REASON', 'These items cannot be paid by gift card.'],
} as const

/** The code itself is money, so it is shown as the cart shows it. */
function giftCardViolation({ giftCardCode: code, status }: Problem<'gift_card_invalid'>): JsonObject {
  const [reason, description] = giftCardReasons[status]
  const card = { giftCardCode: obfuscated(code), giftCardId: giftCardIdOf(code) }
  return status === 'unknown' || status === 'other_currency'
    ? { scope: 'GIFT_CARD', code: 'INVALID_GIFT_CARD_CODE', description, invalidGiftCardCodeData: card }
    : {
        scope: 'GIFT_CARD',
        code: 'INVALID_GIFT_CARD_STATUS',
        description,
        invalidGiftCardStatusData: { ...card, reason },
      }
}
