import type { Caller } from '../../core/access/caller.js'
import type { CheckoutError } from '../../core/errors.js'
import type { CartRef, Operations } from '../../operations/operations.js'

/**
 * Takes off the cart the codes for which it has just been refused: they are not shown any more, so nobody could take them
 * off. The refusal tells of them once; what is ordered next is ordered without them. Source: dialects/bigcommerce.md 5.6.
 */
export async function dropRefusedCodes(
  caller: Caller,
  cart: CartRef,
  error: CheckoutError,
  operations: Operations,
): Promise<void> {
  const faults = error.code === 'cart_invalid' ? error.problems : []
  for (const fault of faults) {
    if (fault.code === 'coupon_invalid') await operations.removeCoupon(caller, { cart, code: fault.couponCode })
    if (fault.code === 'gift_card_invalid') await operations.removeGiftCard(caller, { cart, code: fault.giftCardCode })
  }
}
