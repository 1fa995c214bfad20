import type { Cart, LineItem } from '../cart/cart.js'
import type { Channel, Wrapping } from '../catalog/channel.js'
import type { Minor } from '../money.js'
import type { BareFee } from './fees.js'

/** A wrapping as it is sold in the cart's currency; undefined where it is not, or not any more. */
export function wrappingOf(
  { wrappings = [] }: Pick<Channel, 'wrappings'>,
  wrappingId: number,
  currency: string,
): (Wrapping & { readonly price: Minor }) | undefined {
  const wrapping = wrappings.find(one => one.integerId === wrappingId)
  const price = wrapping?.prices.find(one => one.currency === currency)?.amount
  return wrapping === undefined || price === undefined ? undefined : { ...wrapping, price }
}

/** What wrapping costs, a fee per line: each piece is wrapped by itself. Taxed where the line goes. */
export function wrappingFees({ lineItems, currency }: Cart, channel: Channel): readonly BareFee[] {
  return lineItems.flatMap((item, line): readonly BareFee[] => {
    const wrapping = item.wrapping === undefined ? undefined : wrappingOf(channel, item.wrapping.wrappingId, currency)
    if (wrapping === undefined) return []
    return [
      {
        id: wrappingFeeId(item),
        kind: 'wrapping',
        name: wrapping.name,
        displayName: wrapping.name,
        price: wrapping.price * BigInt(item.quantity),
        line,
        ...(wrapping.taxClass === undefined ? {} : { taxClass: wrapping.taxClass }),
      },
    ]
  })
}

/** Names the fee of a line's wrapping. */
export function wrappingFeeId({ id }: Pick<LineItem, 'id'>): string {
  return `wrapping-${id}`
}
