import { createHash } from 'node:crypto'
import type { Cart } from '../core/cart/cart.js'
import { emailKey } from '../core/customers/account.js'

/**
 * By whom the uses of a coupon are counted where it has a limit per customer: the member who buys, else whoever has the
 * guest's e-mail address, of which a hash is kept.
 *
 * @returns undefined for a guest who has not told an address yet: nobody can count for them
 */
export function couponHolder({ owner, buyer }: Pick<Cart, 'owner' | 'buyer'>): string | undefined {
  const customerId = owner.kind === 'member' ? owner.customerId : buyer.customerId
  if (customerId !== undefined) return customerId
  const email = emailKey(buyer.email ?? '')
  return email === '' ? undefined : `email:${createHash('sha256').update(email, 'utf8').digest('hex')}`
}
