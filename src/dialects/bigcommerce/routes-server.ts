import type { Route } from '../dialect.js'
import { postBillingAddress, putBillingAddress } from './server/billing-address.js'
import { deleteCartItem, postCartItems, putCartItem } from './server/cart-items.js'
import { getCartSettings, putCartSettings } from './server/cart-settings.js'
import { deleteCart, getCart, postCarts, putCart } from './server/carts.js'
import { deleteFees, postDiscounts, postFees, putFees } from './server/charges.js'
import { getServerCheckoutSettings, putServerCheckoutSettings } from './server/checkout-settings.js'
import { getCheckout, putCheckout } from './server/checkouts.js'
import {
  deleteCoupon,
  deleteGiftCertificate,
  deleteStoreCredit,
  postCoupon,
  postGiftCertificate,
  postStoreCredit,
} from './server/codes.js'
import { deleteConsignment, postConsignments, putConsignment } from './server/consignments.js'
import { postCheckoutToken, postRedirectUrls } from './server/links.js'
import { deleteMetafield, getMetafield, listMetafields, postMetafield, putMetafield } from './server/metafields.js'
import { postOrders } from './server/orders.js'
import { getPaymentMethods, postPayment, postPaymentToken } from './server/payments.js'

const server = { surface: 'server', coverage: 'full' } as const
const cartsSource = 'bigcommerce/docs reference/carts.v3.yml; dialects/bigcommerce.md 3.1'
const checkoutsSource = 'bigcommerce/docs reference/checkouts.v3.yml; dialects/bigcommerce.md 3.2'
const carts = { ...server, source: cartsSource } as const
const checkouts = { ...server, source: checkoutsSource } as const

const payments = {
  ...server,
  source: 'bigcommerce/docs reference/payments/*.yml; dialects/bigcommerce.md 3.6',
} as const

/** What backends call with `X-Auth-Token`. */
export const serverRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/carts/settings',
    handler: getCartSettings,
    operation: 'read-channel',
    ...carts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/carts/settings',
    handler: putCartSettings,
    operation: 'channel-settings',
    ...carts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/carts/settings/channels/:channelId',
    handler: getCartSettings,
    operation: 'read-channel',
    ...carts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/carts/settings/channels/:channelId',
    handler: putCartSettings,
    operation: 'channel-settings',
    ...carts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/checkouts/settings',
    handler: getServerCheckoutSettings,
    operation: 'read-channel',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/checkouts/settings',
    handler: putServerCheckoutSettings,
    operation: 'channel-settings',
    ...checkouts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/checkouts/settings/channels/:channelId',
    handler: getServerCheckoutSettings,
    operation: 'read-channel',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/checkouts/settings/channels/:channelId',
    handler: putServerCheckoutSettings,
    operation: 'channel-settings',
    ...checkouts,
  },
  { method: 'POST', path: '/stores/:storeHash/v3/carts', handler: postCarts, operation: 'create-cart', ...carts },
  { method: 'GET', path: '/stores/:storeHash/v3/carts/:cartId', handler: getCart, operation: 'read-cart', ...carts },
  { method: 'PUT', path: '/stores/:storeHash/v3/carts/:cartId', handler: putCart, operation: 'assign-cart', ...carts },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/carts/:cartId',
    handler: deleteCart,
    operation: 'delete-cart',
    ...carts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/carts/:cartId/items',
    handler: postCartItems,
    operation: 'add-line-items',
    ...carts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/carts/:cartId/items/:itemId',
    handler: putCartItem,
    operation: 'change-line-items',
    ...carts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/carts/:cartId/items/:itemId',
    handler: deleteCartItem,
    operation: 'remove-line-items',
    ...carts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/carts/:cartId/metafields',
    handler: listMetafields,
    operation: 'read-cart',
    ...carts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/carts/:cartId/metafields',
    handler: postMetafield,
    operation: 'edit-cart',
    ...carts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/carts/:cartId/metafields/:metafieldId',
    handler: getMetafield,
    operation: 'read-cart',
    ...carts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/carts/:cartId/metafields/:metafieldId',
    handler: putMetafield,
    operation: 'edit-cart',
    ...carts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/carts/:cartId/metafields/:metafieldId',
    handler: deleteMetafield,
    operation: 'edit-cart',
    ...carts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId',
    handler: getCheckout,
    operation: 'read-cart',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId',
    handler: putCheckout,
    operation: 'change-checkout',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/billing-address',
    handler: postBillingAddress,
    operation: 'edit-cart',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/billing-address/:addressId',
    handler: putBillingAddress,
    operation: 'edit-cart',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/consignments',
    handler: postConsignments,
    operation: 'change-consignments',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/consignments/:consignmentId',
    handler: putConsignment,
    operation: 'change-consignments',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/consignments/:consignmentId',
    handler: deleteConsignment,
    operation: 'change-consignments',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/coupons',
    handler: postCoupon,
    operation: 'apply-coupon',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/coupons/:couponCode',
    handler: deleteCoupon,
    operation: 'remove-coupon',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/gift-certificates',
    handler: postGiftCertificate,
    operation: 'apply-gift-card',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/gift-certificates/:code',
    handler: deleteGiftCertificate,
    operation: 'remove-gift-card',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/store-credit',
    handler: postStoreCredit,
    operation: 'use-store-credit',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/store-credit',
    handler: deleteStoreCredit,
    operation: 'use-store-credit',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/orders',
    handler: postOrders,
    operation: 'draft-order',
    ...checkouts,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/payments/methods',
    handler: getPaymentMethods,
    operation: 'read-cart',
    ...payments,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/payments/access_tokens',
    handler: postPaymentToken,
    operation: 'read-order',
    ...payments,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/payments',
    handler: postPayment,
    operation: 'place-draft',
    ...payments,
    coverage: 'partial',
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/carts/:cartId/redirect_urls',
    handler: postRedirectUrls,
    operation: 'issue-credential',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/token',
    handler: postCheckoutToken,
    operation: 'issue-credential',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/fees',
    handler: postFees,
    operation: 'change-charges',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/fees',
    handler: putFees,
    operation: 'change-charges',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/fees',
    handler: deleteFees,
    operation: 'change-charges',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v3/checkouts/:checkoutId/discounts',
    handler: postDiscounts,
    operation: 'change-charges',
    ...checkouts,
    coverage: 'partial',
  },
]
