import type { Caller } from '../core/access/caller.js'
import type { CartRevision } from '../core/cart/revision.js'
import type { Deps } from './deps.js'
import { type EditCart, type EditDesk, editCart, type TryCart, tryCart } from './edit-cart.js'
import type { Answer, CartSource, CartView } from './operations.js'

/** Several changes of one cart, or of a new one, as one step. */
export interface RevisionInput {
  readonly cart: CartSource
  readonly since?: number
  readonly revision: CartRevision
  readonly clientAddress?: string
}

/**
 * Changes lines, codes and what people filled in together: all or none, one read and one write. The answer tells of the
 * stock. A cart that is done with is told apart from one that is not there (`cart_locked` with `isClosed`).
 */
export function reviseCart(deps: Deps, caller: Caller, { revision, ...input }: RevisionInput): Answer<CartView> {
  return editCart(deps, caller, { ...input, ...planOf(revision), tellsClosed: true })
}

/** What the cart would be after a revision, with its stock; nothing is stored. One read. */
export function quoteRevision(
  deps: Deps,
  caller: Caller,
  { revision, ...input }: RevisionInput & Pick<TryCart, 'leavesOut'>,
): Answer<CartView> {
  // Nothing comes of it, so a backend may try prices that it could not set.
  return tryCart(deps, caller, { ...input, ...planOf(revision), pricesAreOpen: caller.kind === 'key' })
}

function planOf(revision: CartRevision): Pick<EditCart, 'skus' | 'codes' | 'plan'> {
  const { lines = [], coupon, giftCard } = revision
  return {
    skus: lines.map(line => line.sku),
    codes: [coupon, giftCard?.code].filter(code => typeof code === 'string'),
    plan: (desk: EditDesk) => desk.edit([{ kind: 'revise', revision }]),
  }
}
