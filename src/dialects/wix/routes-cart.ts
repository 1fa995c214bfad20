import type { Route } from '../dialect.js'
import * as carts from './storefront/carts.js'
import * as current from './storefront/current-cart.js'
import * as totals from './storefront/totals.js'

const surface = 'storefront'
const coverage = 'full'
const source = 'dialects/wix.md 1.2, 3.12'

const currentRows = [
  { method: 'GET', path: '/ecom/v1/carts/current', handler: current.getCurrentCart, operation: 'read-cart' },
  { method: 'PATCH', path: '/ecom/v1/carts/current', handler: current.updateCurrentCart, operation: 'revise-cart' },
  { method: 'DELETE', path: '/ecom/v1/carts/current', handler: current.deleteCurrentCart, operation: 'delete-cart' },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/add-to-cart',
    handler: current.addToCurrentCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/update-line-items-quantity',
    handler: current.updateCurrentQuantities,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/remove-line-items',
    handler: current.removeCurrentLines,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/remove-coupon',
    handler: current.removeCurrentCoupon,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/estimate-totals',
    handler: current.estimateCurrentCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/create-checkout',
    handler: current.createCheckoutFromCurrentCart,
    operation: 'revise-cart',
  },
] as const

const namedRows = [
  { method: 'POST', path: '/ecom/v1/carts', handler: carts.createCart, operation: 'revise-cart' },
  { method: 'GET', path: '/ecom/v1/carts/:id', handler: carts.getCart, operation: 'read-cart' },
  { method: 'PATCH', path: '/ecom/v1/carts/:id', handler: carts.updateCart, operation: 'revise-cart' },
  { method: 'DELETE', path: '/ecom/v1/carts/:id', handler: carts.deleteCart, operation: 'delete-cart' },
  {
    method: 'GET',
    path: '/ecom/v1/carts/by-checkout-id/:id',
    handler: carts.getCartByCheckoutId,
    operation: 'read-cart',
  },
  { method: 'POST', path: '/ecom/v1/carts/:id/add-to-cart', handler: carts.addToCart, operation: 'revise-cart' },
  {
    method: 'POST',
    path: '/ecom/v1/carts/:id/update-line-items-quantity',
    handler: carts.updateCartQuantities,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/:id/remove-line-items',
    handler: carts.removeCartLines,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/:id/remove-coupon',
    handler: carts.removeCartCoupon,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/:id/estimate-totals',
    handler: carts.estimateCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/:id/create-checkout',
    handler: carts.createCheckoutFromCart,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/carts/:id/remove-business-location',
    handler: carts.removeBusinessLocation,
    operation: 'revise-cart',
  },
] as const

const totalsRows = [
  {
    method: 'POST',
    path: '/ecom/v1/calculate-totals',
    handler: totals.calculateTotals,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/_api/totals-calculator/v1/calculate-totals',
    handler: totals.calculateTotals,
    operation: 'revise-cart',
  },
] as const

/** Carts. */
export const cartRoutes: readonly Route[] = [...currentRows, ...namedRows, ...totalsRows].map(row => ({
  surface,
  coverage,
  source,
  ...row,
}))
