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
  if (email === '') return undefined
  const known = holders.get(buyer)
  if (known !== undefined) return known
  const holder = `email:${createHash('sha256').update(email, 'utf8').digest('hex')}`
  holders.set(buyer, holder)
  return holder
}

/** Asked several times for one cart; who buys is a value that nobody changes. */
const holders = new WeakMap<Cart['buyer'], string>()
