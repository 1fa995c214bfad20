import type { Route } from '../dialect.js'
import { postBillingAddress, putBillingAddress } from './storefront/billing-address.js'
import {
  deleteCartItem,
  deleteCheckoutItem,
  postCartItems,
  putCartItem,
  putCheckoutItem,
} from './storefront/cart-items.js'
import { deleteCart, getCarts, postCartCurrency, postCarts } from './storefront/carts.js'
import { getCheckoutExtensions, postCheckoutEvent } from './storefront/checkout-extensions.js'
import { getCheckoutSettings } from './storefront/checkout-settings.js'
import {
  deleteStoreCredit,
  getCheckout,
  postSpamProtection,
  postStoreCredit,
  putCheckout,
} from './storefront/checkouts.js'
import { deleteCoupon, deleteGiftCertificate, postCoupon, postGiftCertificate } from './storefront/codes.js'
import { deleteConsignment, postConsignments, putConsignment } from './storefront/consignments.js'
import { postCustomerAddress } from './storefront/customer-address.js'
import { postCustomers } from './storefront/customers.js'
import { getFormFields } from './storefront/form-fields.js'
import { getOrder } from './storefront/orders.js'
import { getPayment, getPayments } from './storefront/payments.js'
import { postPickupOptions } from './storefront/pickup-options.js'
import { postSubscriptions } from './storefront/subscriptions.js'

const storefront = { surface: 'storefront', coverage: 'full' } as const
const carts = { ...storefront, source: 'bigcommerce/docs reference/carts.sf.yml; dialects/bigcommerce.md 3.3' } as const
const checkouts = {
  ...storefront,
  source: 'bigcommerce/docs reference/checkouts.sf.yml; dialects/bigcommerce.md 3.4',
} as const
const forms = {
  ...storefront,
  source: 'bigcommerce/docs reference/form_fields.sf.yml; dialects/bigcommerce.md 1.4',
} as const
const orders = {
  ...storefront,
  source: 'bigcommerce/docs reference/orders.sf.yml; dialects/bigcommerce.md 3.5',
} as const
const people = {
  ...storefront,
  source: 'bigcommerce/docs reference/customers.sf.yml; dialects/bigcommerce.md 3.7.8',
} as const
const sdk = { ...storefront, source: '@bigcommerce/checkout-sdk; dialects/bigcommerce.md 3.7' } as const

const cartRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/storefront/carts', handler: getCarts, operation: 'read-cart', ...carts },
  { method: 'POST', path: '/api/storefront/carts', handler: postCarts, operation: 'add-line-items', ...carts },
  { method: 'DELETE', path: '/api/storefront/carts/:cartId', handler: deleteCart, operation: 'delete-cart', ...carts },
  {
    method: 'POST',
    path: '/api/storefront/carts/:cartId/items',
    handler: postCartItems,
    operation: 'add-line-items',
    ...carts,
  },
  {
    method: 'PUT',
    path: '/api/storefront/carts/:cartId/items/:itemId',
    handler: putCartItem,
    operation: 'change-line-items',
    ...carts,
  },
  {
    method: 'DELETE',
    path: '/api/storefront/carts/:cartId/items/:itemId',
    handler: deleteCartItem,
    operation: 'remove-line-items',
    ...carts,
  },
  {
    method: 'POST',
    path: '/api/storefront/carts/:cartId/currency',
    handler: postCartCurrency,
    operation: 'update-cart',
    ...carts,
  },
]

const checkoutRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/storefront/checkouts/:cartId',
    handler: getCheckout,
    operation: 'read-cart',
    ...checkouts,
  },
  {
    method: 'GET',
    path: '/api/storefront/checkout/:cartId',
    handler: getCheckout,
    operation: 'read-cart',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/api/storefront/checkouts/:cartId',
    handler: putCheckout,
    operation: 'change-checkout',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/api/storefront/checkout/:cartId',
    handler: putCheckout,
    operation: 'change-checkout',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/event',
    handler: postCheckoutEvent,
    operation: 'none',
    ...sdk,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkout/:cartId/event',
    handler: postCheckoutEvent,
    operation: 'none',
    ...sdk,
  },
  {
    method: 'PUT',
    path: '/api/storefront/checkouts/:checkoutId/carts/:cartId/items/:itemId',
    handler: putCheckoutItem,
    operation: 'change-line-items',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/api/storefront/checkouts/:checkoutId/carts/:cartId/items/:itemId',
    handler: deleteCheckoutItem,
    operation: 'remove-line-items',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/billing-address',
    handler: postBillingAddress,
    operation: 'edit-cart',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/api/storefront/checkouts/:cartId/billing-address/:addressId',
    handler: putBillingAddress,
    operation: 'edit-cart',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/consignments',
    handler: postConsignments,
    operation: 'change-consignments',
    ...checkouts,
  },
  {
    method: 'PUT',
    path: '/api/storefront/checkouts/:cartId/consignments/:consignmentId',
    handler: putConsignment,
    operation: 'change-consignments',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/api/storefront/checkouts/:cartId/consignments/:consignmentId',
    handler: deleteConsignment,
    operation: 'change-consignments',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/coupons',
    handler: postCoupon,
    operation: 'apply-coupon',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/api/storefront/checkouts/:cartId/coupons/:code',
    handler: deleteCoupon,
    operation: 'remove-coupon',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/gift-certificates',
    handler: postGiftCertificate,
    operation: 'apply-gift-card',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/api/storefront/checkouts/:cartId/gift-certificates/:code',
    handler: deleteGiftCertificate,
    operation: 'remove-gift-card',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/store-credit',
    handler: postStoreCredit,
    operation: 'use-store-credit',
    ...checkouts,
  },
  {
    method: 'DELETE',
    path: '/api/storefront/checkouts/:cartId/store-credit',
    handler: deleteStoreCredit,
    operation: 'use-store-credit',
    ...checkouts,
  },
  {
    method: 'POST',
    path: '/api/storefront/checkouts/:cartId/spam-protection',
    handler: postSpamProtection,
    operation: 'read-cart',
    ...checkouts,
  },
]

const pageRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/storefront/form-fields', handler: getFormFields, operation: 'read-channel', ...forms },
  {
    method: 'POST',
    path: '/api/storefront/customers',
    handler: postCustomers,
    operation: 'register-customer',
    ...people,
  },
  {
    method: 'POST',
    path: '/api/storefront/customer',
    handler: postCustomers,
    operation: 'register-customer',
    ...people,
  },
  {
    method: 'POST',
    path: '/api/storefront/subscriptions',
    handler: postSubscriptions,
    operation: 'change-checkout',
    ...sdk,
  },
  {
    method: 'POST',
    path: '/api/storefront/pickup-options',
    handler: postPickupOptions,
    operation: 'find-places',
    ...forms,
  },
  {
    method: 'GET',
    path: '/api/storefront/checkout-settings',
    handler: getCheckoutSettings,
    operation: 'read-cart',
    ...sdk,
  },
  {
    method: 'POST',
    path: '/api/storefront/customer-address',
    handler: postCustomerAddress,
    operation: 'add-address',
    ...people,
  },
  { method: 'GET', path: '/api/storefront/orders/:orderId', handler: getOrder, operation: 'read-order', ...orders },
  { method: 'GET', path: '/api/storefront/order/:orderId', handler: getOrder, operation: 'read-order', ...orders },
  { method: 'GET', path: '/api/storefront/payments', handler: getPayments, operation: 'read-cart', ...sdk },
  { method: 'GET', path: '/api/storefront/payments/:methodId', handler: getPayment, operation: 'read-cart', ...sdk },
  {
    method: 'GET',
    path: '/api/storefront/checkout-extensions',
    handler: getCheckoutExtensions,
    operation: 'none',
    ...sdk,
  },
]

/** What a shopper's browser calls on the store's own origin, without any token. Source: dialects/bigcommerce.md 1.4. */
export const storefrontRoutes: readonly Route[] = [...cartRoutes, ...checkoutRoutes, ...pageRoutes]
