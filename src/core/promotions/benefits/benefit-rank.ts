import type { Benefit } from '../promotion.js'

/**
 * Place of each kind of benefit where promotions apply by kind, lower first: steps by quantity or value; percentages of
 * the order, then of lines; amounts off the order, then off lines; goods bought together; prices that goods have at
 * most; percentages of shipping, then amounts; shipping and goods for nothing.
 */
export const benefitRank: Readonly<Record<Benefit['kind'], number>> = {
  tiers: 1,
  percent_off_order: 2,
  percent_off_lines: 3,
  amount_off_order: 4,
  amount_off_lines: 5,
  buy_x_get_y: 6,
  fixed_price: 7,
  percent_off_shipping: 8,
  amount_off_shipping: 9,
  free_shipping_option: 10,
  free_gift: 11,
  gift_choice: 11,
}
