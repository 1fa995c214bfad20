import type { CheckoutError } from '../../core/errors.js'
import type { PricedCart } from '../../core/pricing/priced-cart.js'
import type { WireResponse } from '../../dialects/dialect.js'
import { goTo, type Look, type PageCall } from './page-call.js'
import type { FieldError } from './render/fields.js'
import { renderGone } from './render/gone.js'

/** What becomes of a form whose change was refused as a whole: on to where the cart stands, or a kind word. */
export function respondRefusal(call: PageCall, error: CheckoutError): WireResponse {
  switch (error.code) {
    case 'cart_locked':
    case 'cart_already_ordered':
    case 'payment_unknown':
      return goTo(call.path('order'))
    case 'busy':
    case 'store_credit_empty':
    case 'version_conflict':
      return renderGone(call.wire, 503, 'failed', { 'retry-after': '1' })
    case 'too_many_attempts':
      return renderGone(call.wire, 429, 'tooMany', { 'retry-after': String(error.retryAfterSeconds) })
    default:
      return renderGone(call.wire, 404, 'link')
  }
}

/** What a shopper is told about a refusal of the whole cart, without a field of its own; one entry per reason. */
export function wordRefusal(error: CheckoutError, cart: PricedCart, look: Look): readonly FieldError[] {
  const { words, formats } = look
  const { notice } = words
  const say = (message: string): readonly FieldError[] => [{ field: '', message }]
  switch (error.code) {
    case 'insufficient_stock':
      return say(shortText(error.name, error.available, look))
    case 'cart_invalid':
      return error.problems.flatMap(problem => wordProblem(problem, cart, look))
    case 'total_changed':
      return say(notice.totalChanged(formats.money(error.expected), formats.money(error.actual)))
    case 'coupon_used_up':
    case 'coupon_expired':
    case 'coupon_unknown':
    case 'coupon_not_started':
      return say(notice.couponGone(error.couponCode))
    case 'gift_card_empty':
      return say(notice.giftCardShort(error.giftCardCode))
    case 'gift_card_expired':
    case 'gift_card_disabled':
    case 'gift_card_unknown':
      return say(notice.giftCardGone(error.giftCardCode))
    case 'too_many_attempts':
      return say(notice.tooMany)
    case 'busy':
    case 'version_conflict':
      return say(notice.busy)
    case 'cart_empty':
      return say(notice.empty)
    case 'threshold_unmet':
      return say(error.message === '' ? notice.threshold : error.message)
    default:
      return say(notice.refused)
  }
}

type Problem = Extract<CheckoutError, { readonly code: 'cart_invalid' }>['problems'][number]

function wordProblem(problem: Problem, cart: PricedCart, look: Look): readonly FieldError[] {
  const { words } = look
  const name = (lineItemId: string) => cart.lines.find(({ item }) => item.id === lineItemId)?.name ?? ''
  const say = (message: string): readonly FieldError[] => [{ field: '', message }]
  switch (problem.code) {
    case 'line_out_of_stock':
      return say(shortText(name(problem.lineItemId), problem.available, look))
    case 'line_not_found':
    case 'line_no_price':
      return say(`${name(problem.lineItemId)}: ${words.summary.unavailable}`)
    case 'coupon_invalid':
      return say(words.notice.couponGone(problem.couponCode))
    case 'gift_card_invalid':
      return say(words.notice.giftCardGone(problem.giftCardCode))
    case 'threshold':
      return say(problem.threshold.message === '' ? words.notice.threshold : problem.threshold.message)
    case 'shipping_option_missing':
    case 'shipping_option_gone':
      return say(words.errors.option)
    case 'not_deliverable':
      return say(words.delivery.none)
    case 'payment_method_unknown':
    case 'payment_short':
      return say(words.errors.method)
    default:
      return say(words.notice.refused)
  }
}

function shortText(name: string, available: number, { words, formats }: Look): string {
  return available > 0 ? words.notice.fewer(name, formats.number(available)) : words.notice.soldOut(name)
}
