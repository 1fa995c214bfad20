import { unreachable } from '../../assert.js'
import type { DiscountLevel, Take } from '../../pricing/discount-ledger.js'
import type { Benefit, Promotion } from '../promotion.js'
import { amountOffLines, amountOffOrder, fixedPrice } from './amount-off.js'
import { buyXGetY } from './buy-x-get-y.js'
import type { Desk } from './desk.js'
import { offShipping } from './off-shipping.js'
import { percentOffLines, percentOffOrder, tiers } from './percent-off.js'

/** What a benefit asks for at this moment; free options and gifts take nothing. */
export function benefitTakes(desk: Desk, promotion: Promotion, benefit: Benefit): readonly Take[] {
  switch (benefit.kind) {
    case 'percent_off_lines':
      return percentOffLines(desk, promotion, benefit.rate, benefit.of)
    case 'amount_off_lines':
      return amountOffLines(desk, benefit.amount, benefit.of)
    case 'percent_off_order':
      return percentOffOrder(desk, promotion, benefit.rate)
    case 'amount_off_order':
      return amountOffOrder(desk, benefit.amount[desk.currency] ?? 0n, promotion)
    case 'percent_off_shipping':
    case 'amount_off_shipping':
      return offShipping(desk, promotion, benefit)
    case 'fixed_price':
      return fixedPrice(desk, benefit)
    case 'buy_x_get_y':
      return buyXGetY(desk, benefit)
    case 'tiers':
      return tiers(desk, promotion, benefit)
    case 'free_shipping_option':
    case 'free_gift':
    case 'gift_choice':
      return []
    default:
      return unreachable(benefit)
  }
}

/** What a benefit works on. */
export function levelOf(benefit: Benefit): DiscountLevel {
  switch (benefit.kind) {
    case 'percent_off_order':
    case 'amount_off_order':
      return 'order'
    case 'percent_off_shipping':
    case 'amount_off_shipping':
    case 'free_shipping_option':
      return 'shipping'
    default:
      return 'lines'
  }
}

/** Does something although it takes nothing from what is in the cart now: an offer, a gift, or shipping yet to be chosen. */
export function worksWithoutTaking(benefit: Benefit, desk: Desk): boolean {
  if (['free_shipping_option', 'free_gift', 'gift_choice'].includes(benefit.kind)) return true
  return levelOf(benefit) === 'shipping' && desk.chosen.every(offer => offer === undefined)
}
