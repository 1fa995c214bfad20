import type { PriceMode } from '../cart/cart.js'
import { divide, type Minor, type Rounding } from '../money.js'
import { ONE_MICROS, type Rate } from '../rate.js'
import type { Amount } from './priced-cart.js'

/**
 * Without and with tax, what `part` of something is that is taxed as `whole`: in the proportion in which `whole` came out
 * after rounding, so that parts and whole agree; by `rate` where nothing is left of `whole`.
 *
 * @param part  in price mode `mode`
 */
export function bothModes(part: Minor, whole: Amount, mode: PriceMode, rate: Rate, rounding: Rounding): Amount {
  const hasProportion = whole.net > 0n && whole.gross > 0n
  const net = hasProportion ? whole.net : ONE_MICROS
  const gross = hasProportion ? whole.gross : ONE_MICROS + rate.micros
  if (mode === 'net') {
    const full = divide(part * gross, net, rounding)
    return { net: part, tax: full - part, gross: full }
  }
  const bare = divide(part * net, gross, rounding)
  return { net: bare, tax: part - bare, gross: part }
}
