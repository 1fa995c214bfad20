import type { Route } from '../dialect.js'
import * as codes from './storefront/cart-codes.js'
import * as items from './storefront/cart-items.js'
import * as carts from './storefront/carts.js'
import * as checkout from './storefront/checkout.js'
import * as checkoutData from './storefront/checkout-data.js'
import * as guest from './storefront/guest-carts.js'
import * as orderPayments from './storefront/order-payments.js'
import * as orders from './storefront/orders.js'

const surface = 'storefront'
const coverage = 'full'
/** Section numbers of the platform's document, e.g. 3.3: carts. */
const cartSource = 'dialects/spryker.md 3.3, 3.4'
const itemSource = 'dialects/spryker.md 3.5'
const codeSource = 'dialects/spryker.md 3.6'
const dataSource = 'seed 004 "Submitting Checkout Data"; dialects/spryker.md 3.7'
const placeSource = 'seed 004 "Placing Orders"; dialects/spryker.md 3.8'
const orderSource = 'dialects/spryker.md 3.11, 4.3'

const cartRows = [
  { method: 'GET', path: '/carts', handler: carts.getCarts, operation: 'list-carts', source: cartSource },
  { method: 'POST', path: '/carts', handler: carts.postCart, operation: 'create-cart', source: cartSource },
  { method: 'GET', path: '/carts/:cartId', handler: carts.getCart, operation: 'read-cart', source: cartSource },
  { method: 'PATCH', path: '/carts/:cartId', handler: carts.patchCart, operation: 'update-cart', source: cartSource },
  { method: 'DELETE', path: '/carts/:cartId', handler: carts.deleteCart, operation: 'delete-cart', source: cartSource },
  {
    method: 'GET',
    path: '/customers/:reference/carts',
    handler: carts.getCustomerCarts,
    operation: 'list-carts',
    source: cartSource,
  },
  {
    method: 'POST',
    path: '/carts/:cartId/items',
    handler: items.postItem,
    operation: 'add-line-items',
    source: itemSource,
  },
  {
    method: 'PATCH',
    path: '/carts/:cartId/items/:groupKey',
    handler: items.patchItem,
    operation: 'change-line-items',
    source: itemSource,
  },
  {
    method: 'DELETE',
    path: '/carts/:cartId/items/:groupKey',
    handler: items.deleteItem,
    operation: 'remove-line-items',
    source: itemSource,
  },
  {
    method: 'POST',
    path: '/carts/:cartId/cart-codes',
    handler: codes.postCartCode,
    operation: 'apply-code',
    source: codeSource,
  },
  {
    method: 'DELETE',
    path: '/carts/:cartId/cart-codes/:code',
    handler: codes.deleteCartCode,
    operation: 'remove-code',
    source: codeSource,
  },
  {
    method: 'POST',
    path: '/carts/:cartId/vouchers',
    handler: codes.postVoucher,
    operation: 'apply-coupon',
    source: codeSource,
  },
  {
    method: 'DELETE',
    path: '/carts/:cartId/vouchers/:code',
    handler: codes.deleteVoucher,
    operation: 'remove-coupon',
    source: codeSource,
  },
] as const

const guestRows = [
  { method: 'GET', path: '/guest-carts', handler: guest.getGuestCarts, operation: 'list-carts', source: cartSource },
  {
    method: 'GET',
    path: '/guest-carts/:cartId',
    handler: guest.getGuestCart,
    operation: 'read-cart',
    source: cartSource,
  },
  {
    method: 'PATCH',
    path: '/guest-carts/:cartId',
    handler: guest.patchGuestCart,
    operation: 'update-cart',
    source: cartSource,
  },
  {
    method: 'POST',
    path: '/guest-cart-items',
    handler: guest.postGuestCartItems,
    operation: 'add-line-items',
    source: itemSource,
  },
  {
    method: 'POST',
    path: '/guest-carts/:cartId/guest-cart-items',
    handler: guest.postItemToGuestCart,
    operation: 'add-line-items',
    source: itemSource,
  },
  {
    method: 'PATCH',
    path: '/guest-carts/:cartId/guest-cart-items/:groupKey',
    handler: guest.patchGuestItem,
    operation: 'change-line-items',
    source: itemSource,
  },
  {
    method: 'DELETE',
    path: '/guest-carts/:cartId/guest-cart-items/:groupKey',
    handler: guest.deleteGuestItem,
    operation: 'remove-line-items',
    source: itemSource,
  },
  {
    method: 'POST',
    path: '/guest-carts/:cartId/cart-codes',
    handler: guest.postGuestCartCode,
    operation: 'apply-code',
    source: codeSource,
  },
  {
    method: 'DELETE',
    path: '/guest-carts/:cartId/cart-codes/:code',
    handler: guest.deleteGuestCartCode,
    operation: 'remove-code',
    source: codeSource,
  },
  {
    method: 'POST',
    path: '/guest-carts/:cartId/vouchers',
    handler: guest.postGuestVoucher,
    operation: 'apply-coupon',
    source: codeSource,
  },
  {
    method: 'DELETE',
    path: '/guest-carts/:cartId/vouchers/:code',
    handler: guest.deleteGuestVoucher,
    operation: 'remove-coupon',
    source: codeSource,
  },
] as const

const checkoutRows = [
  {
    method: 'GET',
    path: '/checkout-data',
    handler: checkoutData.getCheckoutData,
    operation: 'none',
    source: dataSource,
  },
  {
    method: 'POST',
    path: '/checkout-data',
    handler: checkoutData.postCheckoutData,
    operation: 'quote-cart',
    source: dataSource,
  },
  { method: 'GET', path: '/checkout', handler: checkout.getCheckout, operation: 'none', source: placeSource },
  { method: 'POST', path: '/checkout', handler: checkout.postCheckout, operation: 'place-order', source: placeSource },
  {
    method: 'POST',
    path: '/order-payments',
    handler: orderPayments.postOrderPayment,
    operation: 'confirm-payment',
    source: 'seed 004 "Updating Payment Data"; dialects/spryker.md 3.10',
  },
  { method: 'GET', path: '/orders', handler: orders.getOrders, operation: 'list-orders', source: orderSource },
  {
    method: 'GET',
    path: '/orders/:reference',
    handler: orders.getOrder,
    operation: 'read-order',
    source: orderSource,
  },
  {
    method: 'GET',
    path: '/customers/:reference/orders',
    handler: orders.getCustomerOrders,
    operation: 'list-orders',
    source: orderSource,
  },
] as const

/** Carts, guest carts, codes, checkout and orders. */
export const cartRoutes = [...cartRows, ...guestRows, ...checkoutRows].map(row => ({
  surface,
  coverage,
  ...row,
})) satisfies readonly Route[]
