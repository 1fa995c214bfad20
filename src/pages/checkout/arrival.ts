import type { Facts } from '../../core/pricing/facts.js'
import type { ShippingOffer } from '../../core/pricing/priced-cart.js'

const hourMilliseconds = 3_600_000
const dayMilliseconds = 24 * hourMilliseconds

/**
 * The day by which an offer says that goods arrive, as an instant; undefined where it says nothing. Business days are
 * Monday to Friday in the channel's time zone; holidays are not known.
 */
export function arrivalDay(
  { deliveryDays, daysAreBusinessDays }: Pick<ShippingOffer, 'deliveryDays' | 'daysAreBusinessDays'>,
  { now, channel }: Pick<Facts, 'now' | 'channel'>,
): string | undefined {
  if (deliveryDays === undefined) return undefined
  const { timeZone } = channel
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone })
  const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone })
  const isFree = (time: number) => daysAreBusinessDays === true && /^S/.test(weekday.format(new Date(time)))
  // Counted around noon: a day of 23 or 25 hours shifts that, but into no other day.
  let time = Date.parse(now) + (12 - Number(hour.format(new Date(now)))) * hourMilliseconds
  for (let left = deliveryDays; left > 0; left -= 1) {
    time += dayMilliseconds
    while (isFree(time)) time += dayMilliseconds
  }
  return new Date(time).toISOString()
}
