import type { LineItemId } from '../ids.js'
import type { Minor } from '../money.js'
import type { PricedCart } from '../pricing/priced-cart.js'

/** A gift card that an order buys: it is made when the order is confirmed, and pays once the order is paid. */
export interface BoughtGiftCard {
  readonly code: string
  readonly lineItemId: LineItemId
  readonly amount: Minor
  readonly recipient: { readonly name: string; readonly email: string }
  readonly sender: { readonly name: string; readonly email: string }
  readonly message?: string
  readonly theme?: string
}

/** How many gift cards a cart buys: one for each piece of every gift certificate in it. */
export function boughtGiftCardCount({ lines }: Pick<PricedCart, 'lines'>): number {
  return lines.reduce((sum, { item }) => (item.origin.kind === 'gift_certificate' ? sum + item.quantity : sum), 0)
}

/** One card for each piece of every gift certificate in the cart. */
export function boughtGiftCards(
  { lines }: Pick<PricedCart, 'lines'>,
  newCode: () => string,
): readonly BoughtGiftCard[] {
  return lines.flatMap(({ item }) => {
    const { id, origin, quantity } = item
    if (origin.kind !== 'gift_certificate') return []
    const { amount, recipient, sender, message, theme } = origin
    return Array.from({ length: quantity }, () => ({
      code: newCode(),
      lineItemId: id,
      ...{ amount, recipient, sender },
      ...(message === undefined ? {} : { message }),
      ...(theme === undefined ? {} : { theme }),
    }))
  })
}
