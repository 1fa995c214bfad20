import type { Facts } from '../../core/pricing/facts.js'
import type { ShippingOffer } from '../../core/pricing/priced-cart.js'

const dayMilliseconds = 86_400_000

/**
 * The day by which an offer says that goods arrive, as an instant; undefined where it says nothing. Business days are
 * Monday to Friday in the channel's time zone; holidays are not known.
 */
export function arrivalDay(
  { deliveryDays, daysAreBusinessDays }: Pick<ShippingOffer, 'deliveryDays' | 'daysAreBusinessDays'>,
  { now, channel }: Pick<Facts, 'now' | 'channel'>,
): string | undefined {
  if (deliveryDays === undefined) return undefined
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: channel.timeZone })
  const isFree = (time: number) => daysAreBusinessDays === true && /^S/.test(weekday.format(new Date(time)))
  let time = Date.parse(now)
  for (let left = deliveryDays; left > 0; left -= 1) {
    time += dayMilliseconds
    while (isFree(time)) time += dayMilliseconds
  }
  return new Date(time).toISOString()
}
