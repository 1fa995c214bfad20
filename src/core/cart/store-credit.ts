import type { CheckoutError } from '../errors.js'
import { mayPayByGiftCard } from '../pricing/gift-card-use.js'
import { accountOf, usedAccount } from '../pricing/store-credit.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart } from './cart.js'
import { codeKey } from './code-key.js'
import type { DecisionContext } from './decision.js'

/**
 * Lets the owner's store credit pay what gift cards leave, or no longer. Its money is held when the order is placed, not
 * now; as gift cards it buys neither gift certificates nor subscriptions.
 *
 * @returns `sign_in_required` for carts of nobody with an account, `store_credit_empty` where there is none
 */
export function useStoreCredit(cart: Cart, uses: boolean, { facts }: DecisionContext): Result<Cart, CheckoutError> {
  if (!uses) return ok(withoutStoreCredit(cart))
  const account = accountOf(cart)
  if (account === undefined) return refuse({ code: 'sign_in_required' })
  if ((facts.storeCredit?.get(account) ?? 0n) <= 0n) return refuse({ code: 'store_credit_empty' })
  if (!mayPayByGiftCard(cart.lineItems)) return refuse({ code: 'gift_card_not_allowed', giftCardCode: account })
  return ok(cart.usesStoreCredit === true ? cart : { ...cart, usesStoreCredit: true })
}

export function withoutStoreCredit(cart: Cart): Cart {
  if (cart.usesStoreCredit !== true) return cart
  const { usesStoreCredit: _, ...rest } = cart
  return rest
}

/** Whether this names the store credit that the cart pays from, as clients see it among gift cards. */
export function isUsedAccount(cart: Cart, code: string): boolean {
  const account = usedAccount(cart)
  return account !== undefined && codeKey(account) === codeKey(code)
}
