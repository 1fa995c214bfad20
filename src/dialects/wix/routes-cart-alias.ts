import type { Route } from '../dialect.js'
import * as carts from './storefront/carts.js'
import * as current from './storefront/current-cart.js'

const surface = 'storefront'
const coverage = 'full'
const source = 'dialects/wix.md 1.3, second path family'

const rows = [
  { method: 'GET', path: '/_api/ecom-cart/v1/carts/current', handler: current.getCurrentCart, operation: 'read-cart' },
  {
    method: 'PATCH',
    path: '/_api/ecom-cart/v1/carts/current',
    handler: current.updateCurrentCart,
    operation: 'revise-cart',
  },
  {
    method: 'DELETE',
    path: '/_api/ecom-cart/v1/carts/current',
    handler: current.deleteCurrentCart,
    operation: 'delete-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/current/add-to-cart',
    handler: current.addToCurrentCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/current/update-line-items-quantity',
    handler: current.updateCurrentQuantities,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/current/remove-line-items',
    handler: current.removeCurrentLines,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/current/remove-coupon',
    handler: current.removeCurrentCoupon,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/current/estimate-totals',
    handler: current.estimateCurrentCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/current/create-checkout',
    handler: current.createCheckoutFromCurrentCart,
    operation: 'revise-cart',
  },

  { method: 'POST', path: '/_api/ecom-cart/v1/carts', handler: carts.createCart, operation: 'revise-cart' },
  { method: 'GET', path: '/_api/ecom-cart/v1/carts/:id', handler: carts.getCart, operation: 'read-cart' },
  { method: 'PATCH', path: '/_api/ecom-cart/v1/carts/:id', handler: carts.updateCart, operation: 'revise-cart' },
  { method: 'DELETE', path: '/_api/ecom-cart/v1/carts/:id', handler: carts.deleteCart, operation: 'delete-cart' },
  {
    method: 'GET',
    path: '/_api/ecom-cart/v1/carts/by-checkout-id/:id',
    handler: carts.getCartByCheckoutId,
    operation: 'read-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/add-to-cart',
    handler: carts.addToCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/update-line-items-quantity',
    handler: carts.updateCartQuantities,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/remove-line-items',
    handler: carts.removeCartLines,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/remove-coupon',
    handler: carts.removeCartCoupon,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/estimate-totals',
    handler: carts.estimateCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/create-checkout',
    handler: carts.createCheckoutFromCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/ecom-cart/v1/carts/:id/remove-business-location',
    handler: carts.removeBusinessLocation,
    operation: 'revise-cart',
  },
] as const

/** Carts by the paths of a client that was built with a host of its own. */
export const cartAliasRoutes: readonly Route[] = rows.map(row => ({ surface, coverage, source, ...row }))
