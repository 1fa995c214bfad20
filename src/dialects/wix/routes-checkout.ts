import type { Route } from '../dialect.js'
import * as lines from './storefront/checkout-lines.js'
import * as page from './storefront/checkout-page.js'
import * as checkouts from './storefront/checkouts.js'
import * as order from './storefront/create-order.js'

const surface = 'storefront'
const coverage = 'full'
const source = 'seed 003; dialects/wix.md 1.1, 3.1 to 3.11'

const rows = [
  { method: 'POST', path: '/ecom/v1/checkouts', handler: checkouts.createCheckout, operation: 'revise-cart' },
  { method: 'GET', path: '/ecom/v1/checkouts/:id', handler: checkouts.getCheckout, operation: 'read-cart' },
  { method: 'PATCH', path: '/ecom/v1/checkouts/:id', handler: checkouts.updateCheckout, operation: 'revise-cart' },
  {
    method: 'GET',
    path: '/ecom/v1/checkouts/by-cart-id/:id',
    handler: checkouts.getCheckoutByCartId,
    operation: 'read-cart',
  },
  {
    method: 'GET',
    path: '/ecom/v1/checkouts/:id/checkout-url',
    handler: page.getCheckoutUrl,
    operation: 'read-cart',
  },
  {
    method: 'GET',
    path: '/ecom/v1/checkouts/:id/wix-checkout-url',
    handler: page.getHostedCheckoutUrl,
    operation: 'read-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/add-to-checkout',
    handler: lines.addToCheckout,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/update-line-items-quantity',
    handler: lines.updateCheckoutQuantities,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/remove-line-items',
    handler: lines.removeCheckoutLines,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/remove-coupon',
    handler: lines.removeCheckoutCoupon,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/remove-gift-card',
    handler: lines.removeCheckoutGiftCard,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/remove-override-checkout-url',
    handler: lines.removeOverrideUrl,
    operation: 'revise-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/mark-as-completed',
    handler: page.markAsCompleted,
    operation: 'close-cart',
  },
  {
    method: 'GET',
    path: '/ecom/v1/checkouts/mark-checkout-as-completed-and-redirect-to-url',
    handler: page.markCompletedAndRedirect,
    operation: 'close-cart',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/create-order',
    handler: order.createOrder,
    operation: 'place-order',
  },
  {
    method: 'POST',
    path: '/ecom/v1/checkouts/:id/create-order-and-charge',
    handler: order.createOrderAndCharge,
    operation: 'place-order',
  },
] as const

/** Checkouts. */
export const checkoutRoutes: readonly Route[] = rows.map(row => ({ surface, coverage, source, ...row }))
