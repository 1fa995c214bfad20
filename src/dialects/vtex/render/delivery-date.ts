import type { ShippingOffer } from '../../../core/pricing/priced-cart.js'

const day = 24 * 3_600_000

/** When the goods arrive if they are ordered now: ISO 8601 in UTC. Business days are Monday to Friday. */
export function deliveryDate(now: string, offer: Pick<ShippingOffer, 'deliveryDays' | 'daysAreBusinessDays'>): string {
  let at = Date.parse(now)
  let left = offer.deliveryDays ?? 0
  while (left > 0) {
    at += day
    if (offer.daysAreBusinessDays === false || isBusinessDay(at)) left -= 1
  }
  return new Date(at).toISOString()
}

function isBusinessDay(at: number): boolean {
  const weekday = new Date(at).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
