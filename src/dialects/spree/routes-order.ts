import type { Route } from '../dialect.js'
import * as addresses from './storefront/addresses.js'
import * as coupons from './storefront/coupons.js'
import * as lists from './storefront/order-lists.js'
import * as actions from './storefront/payment-actions.js'
import * as payments from './storefront/payments.js'

const surface = 'storefront'
const coverage = 'full'

const orderRows = [
  {
    method: 'GET',
    path: '/api/orders',
    handler: lists.getOrders,
    operation: 'list-purchases',
    source: 'dialects/spree.md 3.6',
  },
  {
    method: 'GET',
    path: '/api/orders/current',
    handler: lists.getCurrentOrder,
    operation: 'list-purchases',
    source: 'dialects/spree.md 3.6',
  },
  {
    method: 'GET',
    path: '/api/orders/mine',
    handler: lists.getMyOrders,
    operation: 'list-purchases',
    source: 'dialects/spree.md 3.6',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/cancel',
    handler: lists.putCancel,
    operation: 'cancel-order',
    source: 'dialects/spree.md 3.7',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/approve',
    handler: lists.putApprove,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.7',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/apply_coupon_code',
    handler: coupons.putApplyCoupon,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.8',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/remove_coupon_code',
    handler: coupons.putRemoveCoupon,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.8',
  },
  {
    method: 'GET',
    path: '/api/orders/:number/addresses/:id',
    handler: addresses.getAddress,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.12',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/addresses/:id',
    handler: addresses.putAddress,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.12',
  },
  {
    method: 'PATCH',
    path: '/api/orders/:number/addresses/:id',
    handler: addresses.putAddress,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.12',
  },
] as const

const paymentRows = [
  {
    method: 'GET',
    path: '/api/orders/:number/payments',
    handler: payments.getPayments,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'GET',
    path: '/api/orders/:number/payments/new',
    handler: payments.getNewPayment,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'POST',
    path: '/api/orders/:number/payments',
    handler: payments.postPayment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'GET',
    path: '/api/orders/:number/payments/:payment',
    handler: payments.getPayment,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/payments/:payment',
    handler: payments.putPayment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PATCH',
    path: '/api/orders/:number/payments/:payment',
    handler: payments.putPayment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/payments/:payment/authorize',
    handler: actions.putAuthorize,
    operation: 'pay-ahead',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/payments/:payment/capture',
    handler: actions.putCapture,
    operation: 'capture-payment',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/payments/:payment/purchase',
    handler: actions.putPurchase,
    operation: 'capture-payment',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/payments/:payment/void',
    handler: actions.putVoid,
    operation: 'void-payment',
    source: 'dialects/spree.md 3.10',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/payments/:payment/credit',
    handler: actions.putCredit,
    operation: 'refund-payment',
    source: 'dialects/spree.md 3.10',
  },
] as const

/** Lists of orders, coupons, addresses and payments. */
export const orderRoutes = [...orderRows, ...paymentRows].map(row => ({
  surface,
  coverage,
  ...row,
})) satisfies readonly Route[]
