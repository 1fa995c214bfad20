import type { CartProblem, PricedCart } from '../../../core/pricing/priced-cart.js'
import { lineIdOf } from '../ids.js'
import type { JsonObject } from '../validation.js'

/**
 * What is wrong with a calculation, without failing it; it keeps the order from being made. Of the three that tell of
 * shipping at most one. Source: dialects/wix.md 4.9.
 */
export function renderCalculationErrors(problems: readonly CartProblem[]): JsonObject {
  const parts: Record<string, unknown> = {}
  for (const problem of problems) Object.assign(parts, calculationErrorOf(problem))
  if ('selectedShippingOptionError' in parts) delete parts.generalShippingCalculationError
  return { ...parts, orderValidationErrors: [] }
}

const couponErrors = {
  applied: ['', ''],
  unknown: ['ERROR_COUPON_DOES_NOT_EXIST', 'There is no such coupon.'],
  expired: ['ERROR_COUPON_HAS_EXPIRED', 'The coupon has expired.'],
  not_started: ['ERROR_COUPON_IS_NOT_ACTIVE_YET', 'The coupon is not active yet.'],
  used_up: ['ERROR_COUPON_USAGE_EXCEEDED', 'The coupon was used as often as it may be.'],
  not_applicable: ['ERROR_COUPON_NOT_APPLICABLE', 'The coupon takes nothing off these items.'],
  beaten: ['ERROR_COUPON_NOT_APPLICABLE', 'Another discount is better than the coupon.'],
} as const

const giftCardErrors = {
  applied: ['', ''],
  unknown: ['GIFT_CARD_NOT_FOUND', 'There is no such gift card.'],
  empty: ['GIFT_CARD_IS_EMPTY', 'The gift card is empty.'],
  expired: ['GIFT_CARD_EXPIRED', 'The gift card has expired.'],
  disabled: ['GIFT_CARD_DISABLED', 'The gift card is disabled.'],
  other_currency: ['GIFT_CARD_NOT_FOUND', 'The gift card is in another currency.'],
  not_allowed: ['GIFT_CARD_NOT_ALLOWED', 'These items cannot be paid by gift card.'],
} as const

function calculationErrorOf(problem: CartProblem): JsonObject {
  switch (problem.code) {
    case 'coupon_invalid':
      return { couponCalculationError: details(couponErrors[problem.status]) }
    case 'gift_card_invalid':
      return { giftCardCalculationError: details(giftCardErrors[problem.status]) }
    case 'shipping_option_gone':
      return {
        selectedShippingOptionError: details([
          'SELECTED_CARRIER_SERVICE_OPTION_NO_LONGER_AVAILABLE',
          'The selected shipping option is no longer on offer.',
        ]),
      }
    case 'not_deliverable':
      return {
        generalShippingCalculationError: details([
          'SHIPPING_REGION_NOT_FOUND',
          'Nothing is delivered to this address.',
        ]),
      }
    case 'taxes_unknown':
      // Before anybody knows where the goods go, taxes are not wrong but merely open.
      return problem.reason === 'no_destination'
        ? {}
        : { taxCalculationError: details(['TAX_CALCULATION_ERROR', 'The taxes cannot be worked out now.']) }
    default:
      return {}
  }
}

function details([code, description]: readonly [string, string]): JsonObject {
  return { applicationError: { code, description, data: {} } }
}

/** What an idle coupon is told as: it keeps nobody from ordering, but does nothing. */
export function calculationProblems(priced: PricedCart): readonly CartProblem[] {
  const idle = priced.coupons
    .filter(coupon => coupon.status === 'not_applicable' || coupon.status === 'beaten')
    .map(({ code, status }): CartProblem => ({ code: 'coupon_invalid', couponCode: code, status }))
  return [...priced.problems, ...idle]
}

/** Rules of the store that the cart breaks. Source: dialects/wix.md 4.9. */
export function renderViolations(problems: readonly CartProblem[], priced?: PricedCart): readonly JsonObject[] {
  return problems.flatMap((problem): readonly JsonObject[] => {
    if (problem.code === 'threshold') {
      return [
        { severity: 'ERROR', target: { other: { name: 'OTHER_DEFAULT' } }, description: problem.threshold.message },
      ]
    }
    if (problem.code !== 'line_out_of_stock') return []
    const line = priced?.lines.find(one => one.item.id === problem.lineItemId)
    if (line === undefined) return []
    const id = lineIdOf(line.item)
    const description = problem.available > 0 ? `Only ${problem.available} are left.` : 'The item is sold out.'
    return [{ severity: 'WARNING', target: { lineItem: { name: 'LINE_ITEM_DEFAULT', id } }, description }]
  })
}
