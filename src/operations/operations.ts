import type { CartOperations } from './contracts/carts.js'
import type { CodeOperations } from './contracts/codes.js'
import type { CustomerOperations } from './contracts/customers.js'
import type { OrderOperations } from './contracts/orders.js'
import type { StoreOperations } from './contracts/store.js'
import type { StoredCardOperations } from './contracts/stored-cards.js'
import type { WalkOperations } from './contracts/walks.js'

export type { CheckoutChanges, LineChange, NewConsignment, NewLine, WalkChanges } from '../core/cart/changes.js'
export type { LineRef } from '../core/cart/line-reference.js'
export type {
  ChannelSettings,
  CouponQuery,
  CouponRecord,
  GiftCardQuery,
  GiftCardRecord,
  PostalPlace,
} from '../storage/storage.js'
export type { TaxEndpoint, TaxProtocol, WireTaxAnswer } from '../taxes/tax-service.js'
export type { CheckoutPass, PassUse } from './checkout-pass.js'
export type { NewAddress, NewCustomer } from './contracts/customers.js'
export type { CardToPayBy, PaidByCard } from './contracts/stored-cards.js'
export type {
  Answer,
  CartDesk,
  CartRef,
  CartSource,
  CartView,
  NewCart,
  OrderView,
  Placed,
  Placement,
  PlannedPlacement,
} from './contracts/views.js'
export type { CouponTerms } from './create-coupon.js'
export type { GiftCardTerms } from './create-gift-card.js'
export type { EditCart, EditDesk, Figure, TryCart } from './edit-cart.js'
export type { Profile } from './find-profile.js'
export type { CheckoutLink } from './link-checkout.js'
export type { KnownGiftCard } from './list-gift-cards.js'
export type { ListOrders, OrderFilter, OrderTally } from './list-orders.js'
export type { SeenGiftCard } from './read-gift-card.js'
export type { Offers } from './read-offers.js'
export type { PurchaseRef, PurchaseView } from './read-purchase.js'
export type { TenderForDraft } from './tender-for-draft.js'
export type { WalkCheckout, Walked } from './walk-checkout.js'

/**
 * Everything that somebody can do. One file each in this folder; dialects, admin and pages call these and nothing else.
 * All check what the caller may do; `cart_not_found` and `order_not_found` also stand for "not yours".
 */
export interface Operations
  extends CartOperations,
    OrderOperations,
    CustomerOperations,
    StoreOperations,
    CodeOperations,
    StoredCardOperations,
    WalkOperations {}
