import type { Cart } from '../cart/cart.js'
import { codeKey } from '../cart/code-key.js'
import type { CustomerId } from '../ids.js'
import { limits } from '../limits.js'
import type { CurrencyCode, Minor } from '../money.js'
import { least } from './amounts.js'
import type { Facts } from './facts.js'
import type { PricedCart, PricedGiftCard } from './priced-cart.js'

const prefix = 'store-credit-'

/**
 * The name of a customer's store credit in one currency: an account kept as a gift card's is, so that one ledger holds,
 * spends and gives back both. Nobody can type it: codes and accounts are looked up apart.
 */
export function storeCreditCode(customerId: CustomerId, currency: CurrencyCode): string {
  return `${prefix}${customerId}-${currency}`
}

/** Whether what an order holds is store credit rather than a gift card's money; no gift card may be called so. */
export function isStoreCredit(code: string): boolean {
  return codeKey(code).startsWith(prefix)
}

/** Whether an account can hold that much. */
export function isPossibleBalance(balance: Minor): boolean {
  return balance >= 0n && balance <= limits.orderMinor
}

/** The account of whoever owns the cart, in its currency; undefined for everybody who has no account. */
export function accountOf({ owner, currency }: Pick<Cart, 'owner' | 'currency'>): string | undefined {
  return owner.kind === 'member' ? storeCreditCode(owner.customerId, currency) : undefined
}

/** The account that this cart pays from. */
export function usedAccount(cart: Pick<Cart, 'owner' | 'currency' | 'usesStoreCredit'>): string | undefined {
  return cart.usesStoreCredit === true ? accountOf(cart) : undefined
}

/** Pays what gift cards left from the owner's store credit; nothing where it is used up or may not pay. */
export function payByStoreCredit(
  cart: Cart,
  { storeCredit }: Pick<Facts, 'storeCredit'>,
  isAllowed: boolean,
  left: Minor,
): readonly PricedGiftCard[] {
  const code = usedAccount(cart)
  const balance = code === undefined ? undefined : storeCredit?.get(code)
  if (code === undefined || balance === undefined || balance <= 0n || !isAllowed) return []
  const used = least(balance, left)
  const about = { code, integerId: 0, name: 'Store credit', isStoreCredit: true } as const
  return [{ ...about, status: 'applied', initial: balance, balance, used, remaining: balance - used }]
}

/** Gift cards alone. */
export function giftCardsAlone({ giftCards }: Pick<PricedCart, 'giftCards'>): readonly PricedGiftCard[] {
  return giftCards.filter(card => card.isStoreCredit !== true)
}

/** What store credit pays; undefined where it does not. */
export function storeCreditIn({ giftCards }: Pick<PricedCart, 'giftCards'>): PricedGiftCard | undefined {
  return giftCards.find(card => card.isStoreCredit === true)
}
