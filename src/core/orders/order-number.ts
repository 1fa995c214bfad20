import { invariant, unreachable } from '../assert.js'
import type { OrderNumberPattern } from '../catalog/channel.js'
import type { Order } from './order.js'

/** What a number is made from: the next of the channel's counter, random digits, or the cart's own number. */
export interface NumberSource {
  /** Counted numbers: the counter's value, `pattern.first` or more. */
  readonly count?: bigint
  /** Random numbers: at least `pattern.digits` (else 9) decimal digits. */
  readonly digits?: string
  /** `Cart.number` */
  readonly cartNumber?: string
  /** `Cart.purchase`: how often the cart was bought before. */
  readonly purchase?: number
}

/** Digits of a random number where the pattern names none. */
export const defaultDigits = 9

/**
 * The number that people read out, by the channel's pattern.
 *
 * @throws InvariantError when `source` lacks what the pattern needs
 */
export function orderNumber(pattern: OrderNumberPattern, source: NumberSource): string {
  switch (pattern.kind) {
    case 'counting': {
      const { count } = source
      invariant(count !== undefined && count >= BigInt(pattern.first), 'a counter starts at its first number')
      return `${pattern.prefix}${count}`
    }
    case 'random_digits': {
      const length = pattern.digits ?? defaultDigits
      const digits = (source.digits ?? '').slice(0, length)
      invariant(digits.length === length && /^\d+$/.test(digits), 'as many random digits as the pattern asks for')
      // A number that is all digits is read as one by some clients: it must not lose a leading zero.
      return `${pattern.prefix}${pattern.prefix === '' ? digits.replace(/^0/, '1') : digits}`
    }
    case 'cart_number':
      return `${pattern.prefix}${numberOfCart(source)}`
    default:
      return unreachable(pattern.kind)
  }
}

/** The cart's number; with a suffix where the cart was bought before, since that order has it. */
function numberOfCart({ cartNumber, purchase = 0 }: NumberSource): string {
  invariant(cartNumber !== undefined && cartNumber !== '', 'a cart has a number from its first call')
  return purchase === 0 ? cartNumber : `${cartNumber}-${purchase + 1}`
}

/**
 * Number of one seller's part: `<number>-01`, `<number>-02` where the channel numbers parts (also a single one), else
 * the order's own.
 *
 * @param position  from 0
 */
export function partNumber(pattern: Pick<OrderNumberPattern, 'groupSuffix'>, number: string, position: number): string {
  return pattern.groupSuffix ? `${number}-${String(position + 1).padStart(2, '0')}` : number
}

/** Above what counted numbers reach, and below 2^31 with any order's own integer. Ours. */
export const firstIntegerUnnumbered = 1_000_000_000

/** Whether an order's number is an integer, so that it needs no other. */
export function isNumberedByInteger({ number }: Pick<Order, 'number'>): boolean {
  return /^[1-9]\d{0,14}$/.test(number)
}

/**
 * The integer by which an order is read out where only integers are: its number, else the store's own, so far above the
 * numbers that no two orders have the same. `readOut` of the order list says so in SQL.
 */
export function readOutInteger(order: Pick<Order, 'number' | 'integerId'>): number {
  return isNumberedByInteger(order) ? Number(order.number) : firstIntegerUnnumbered + order.integerId
}
