import type { Caller, CartOwner } from '../../core/access/caller.js'
import type { PriceMode } from '../../core/cart/cart.js'
import type { CheckoutChanges, NewLine } from '../../core/cart/changes.js'
import type { ChargeChanges } from '../../core/cart/charges.js'
import type { ConsignmentChange } from '../../core/cart/consignment-changes.js'
import type { LineRef } from '../../core/cart/line-reference.js'
import type { CheckoutError } from '../../core/errors.js'
import type { CartId, ChannelId, CustomerId } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import type { Result } from '../../core/result.js'
import type { CodeInput } from '../change-codes.js'

import type { LineChange } from '../change-line-items.js'
import type { EditCart, TryCart } from '../edit-cart.js'
import type { RevisionInput } from '../revise-cart.js'

import type { Answer, CartDesk, CartRef, CartSource, CartView, NewCart } from './views.js'

/** Carts: what is being bought. `cart_not_found` also stands for "not yours". */
export interface CartOperations {
  createCart(caller: Caller, input: NewCart & { readonly lines?: readonly NewLine[] }): Answer<CartView>
  /** `stock`: say of each line how much of it is there. */
  readCart(caller: Caller, input: CartRef, options?: { readonly stock?: boolean }): Answer<CartView>
  listCarts(
    caller: Caller,
    input: { readonly channel: ChannelId; readonly owner?: CartOwner },
  ): Answer<readonly CartView[]>
  /** Currency and price mode reprice every line; lines without a price there leave with a notice. */
  updateCart(
    caller: Caller,
    input: {
      readonly cart: CartRef
      readonly since?: number
      readonly currency?: string
      readonly priceMode?: PriceMode
      readonly locale?: string
      readonly name?: string
      readonly isDefault?: boolean
    },
  ): Answer<CartView>
  deleteCart(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly keepLast?: boolean },
  ): Answer<null>
  /** The member's cart becomes a guest's, without anything personal: signing out at a browser that keeps its cart. */
  releaseCart(caller: Caller, input: { readonly cart: CartRef; readonly to: CartOwner }): Answer<CartView>
  /** Another owner, or nobody but keys; for keys that administer carts. */
  assignCart(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly customerId: CustomerId | null },
  ): Answer<CartView>
  /** To whoever was handed its link, which the dialect has proven: their current cart from then on. */
  bindCart(input: {
    readonly id: CartId
    readonly channel: ChannelId
    readonly to: Extract<CartOwner, { readonly kind: 'member' | 'guest' }>
  }): Answer<CartView>
  addLineItems(
    caller: Caller,
    input: { readonly cart: CartSource; readonly since?: number; readonly lines: readonly NewLine[] },
  ): Answer<CartView>
  /** Quantity 0 removes the line. A unit price replaces the catalog's, for keys that administer carts. */
  changeLineItems(
    caller: Caller,
    input: {
      readonly cart: CartRef
      readonly since?: number
      readonly changes: readonly LineChange[]
    },
  ): Answer<CartView>
  /** Where goods go, by consignments with ids of their own; see `core/cart/consignment-changes.ts`. */
  changeConsignments(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly change: ConsignmentChange },
  ): Answer<CartView>
  /** Fees and discounts by hand, for keys that administer carts; see `core/cart/charges.ts`. */
  changeCharges(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly changes: ChargeChanges },
  ): Answer<CartView>
  removeLineItems(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly lineItems: readonly LineRef[] },
  ): Answer<CartView>
  /** Several changes of one cart, all or none, in one write; for clients that say many things at once. */
  editCart(caller: Caller, input: EditCart): Answer<CartView>
  /** As `editCart`, on a cart in memory: nothing is stored, and there need be no cart. */
  tryCart(caller: Caller, input: TryCart): Answer<CartView>
  applyCoupon(caller: Caller, input: CodeInput): Answer<CartView>
  removeCoupon(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  ): Answer<CartView>
  applyGiftCard(caller: Caller, input: CodeInput & { readonly limit?: Minor }): Answer<CartView>
  /** The owner's store credit pays what gift cards leave, or no longer; for carts of customers. */
  useStoreCredit(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly uses: boolean },
  ): Answer<CartView>
  removeGiftCard(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  ): Answer<CartView>
  /** A code of either kind. */
  applyCode(caller: Caller, input: CodeInput): Answer<CartView>
  removeCode(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  ): Answer<CartView>
  /** Stores what people filled in. `isAside`: the version that somebody holds stays good, since they are told of no other. */
  changeCheckout(
    caller: Caller,
    input: {
      readonly cart: CartRef
      readonly since?: number
      readonly changes: CheckoutChanges
      readonly isAside?: boolean
    },
  ): Answer<CartView>
  /** Several changes as one step, or a new cart with them. */
  reviseCart(caller: Caller, input: RevisionInput): Answer<CartView>
  /** What `reviseCart` would answer; nothing is stored. */
  quoteRevision(caller: Caller, input: RevisionInput & Pick<TryCart, 'leavesOut'>): Answer<CartView>
  /** The cart is done with; its order was made elsewhere. */
  closeCart(caller: Caller, input: { readonly cart: CartRef }): Answer<null>
  /** Looks at a copy of the cart, with any changes, as often as `plan` wants; one read, nothing is stored. */
  quoteCart<T>(
    caller: Caller,
    input: { readonly cart: CartRef; readonly plan: (desk: CartDesk) => Result<T, CheckoutError> },
  ): Answer<T>
}
