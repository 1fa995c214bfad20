import type { ErrorOf } from '../../core/errors.js'
import type { CartProblem } from '../../core/pricing/priced-cart.js'
import { renderCalculationErrors, renderViolations } from './render/problems.js'
import { violation } from './validation.js'
import { applicationError, type Place, type WixError, type Worded } from './wix-error.js'

/** Nothing is chosen, or there is nowhere to send it. */
export const noShippingOption = applicationError(
  428,
  'NO_SELECTED_CARRIER_SERVICE_OPTION',
  'A shipping option must be selected, and an address to ship to be given.',
)

const subscriptionCodes = {
  one_line_only: ['SUBSCRIPTION_WITH_SEVERAL_LINE_ITEMS', 'A subscription must be the only item.'],
  no_gift_card: ['SUBSCRIPTION_WITH_GIFT_CARD', 'A subscription cannot be paid by gift card.'],
  total_above_zero: ['SUBSCRIPTION_WITH_ZERO_TOTAL', 'A subscription must cost something.'],
} as const

function subscriptionError(reason: keyof typeof subscriptionCodes): WixError {
  const [code, description] = subscriptionCodes[reason]
  return applicationError(428, code, description)
}

/** What of several problems is told: the platform names one, in this order. Source: dialects/wix.md 3.11. */
const problemOrder: readonly CartProblem['code'][] = [
  'line_not_found',
  'line_no_price',
  'line_out_of_stock',
  'coupon_invalid',
  'gift_card_invalid',
  'shipping_option_gone',
  'not_deliverable',
  'shipping_option_missing',
  'line_unassigned',
  'country_unknown',
  'subscription_terms',
  'threshold',
  'taxes_unknown',
  'payment_method_unknown',
  'payment_short',
]

/** The first of a cart's problems, in the order in which the platform names them. */
export function cartInvalid({ problems }: ErrorOf<'cart_invalid'>): Worded {
  return place => {
    const [first] = problems.toSorted((a, b) => problemOrder.indexOf(a.code) - problemOrder.indexOf(b.code))
    return first === undefined ? outOfStock(true) : problemError(first, problems, place)
  }
}

/** Goods that are gone: some of them, or all. */
export function outOfStock(isPartial: boolean): WixError {
  return isPartial
    ? applicationError(428, 'PARTIAL_OUT_OF_STOCK', 'Some items are no longer available.')
    : applicationError(428, 'FULL_OUT_OF_STOCK', 'The items are no longer available.')
}

function problemError(problem: CartProblem, problems: readonly CartProblem[], place: Place): WixError {
  switch (problem.code) {
    case 'line_not_found':
    case 'line_no_price':
    case 'line_out_of_stock':
      return outOfStock(true)
    case 'threshold':
      return applicationError(428, 'VIOLATIONS_WITH_ERROR_SEVERITY', 'The checkout breaks rules of the site.', {
        violations: renderViolations(problems),
      })
    case 'coupon_invalid':
    case 'gift_card_invalid':
    case 'taxes_unknown':
      return calculationError(problems)
    case 'shipping_option_gone':
      return applicationError(
        428,
        'SELECTED_CARRIER_SERVICE_OPTION_NO_LONGER_AVAILABLE',
        'The selected shipping option is no longer available.',
      )
    case 'not_deliverable':
      return problems.some(one => one.code === 'shipping_option_gone')
        ? problemError({ ...problem, code: 'shipping_option_gone', optionId: '' }, problems, place)
        : calculationError(problems)
    case 'shipping_option_missing':
    case 'line_unassigned':
      return noShippingOption
    case 'country_unknown':
      return { violations: [violation(countryField(problem.part), 'FORMAT', 'is not a valid country')] }
    case 'subscription_terms':
      return subscriptionError(problem.reason)
    case 'payment_method_unknown':
    case 'payment_short':
      return applicationError(428, 'PAYMENT_PROVIDER_IS_NOT_AVAILABLE_ON_SITE', 'The site has no such way to pay.')
  }
}

const calculationError = (problems: readonly CartProblem[]): WixError =>
  applicationError(428, 'CALCULATION_ERROR', 'The checkout has calculation errors.', renderCalculationErrors(problems))

/** Where the country of an address stands. */
export function countryField(part: 'billing' | 'shipping'): string {
  return part === 'billing' ? 'billingInfo.address.country' : 'shippingInfo.shippingDestination.address.country'
}
