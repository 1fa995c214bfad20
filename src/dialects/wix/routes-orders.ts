import type { Route } from '../dialect.js'
import * as giftCards from './orders/gift-cards.js'
import * as orders from './orders/orders.js'
import * as payments from './orders/payments.js'

const rows = [
  {
    method: 'GET',
    path: '/ecom/v1/orders/:id',
    handler: orders.getOrder,
    operation: 'read-order',
    source: 'dialects/wix.md 3.15, 4.10',
  },
  {
    method: 'GET',
    path: '/_api/ecom-orders/v1/orders/:id',
    handler: orders.getOrder,
    operation: 'read-order',
    source: 'dialects/wix.md 3.15, 4.10',
  },
  {
    method: 'POST',
    path: '/ecom/v1/orders/search',
    handler: orders.searchOrders,
    operation: 'list-orders',
    source: 'dialects/wix.md 3.15',
  },
  {
    method: 'POST',
    path: '/_api/ecom-orders/v1/orders/search',
    handler: orders.searchOrders,
    operation: 'list-orders',
    source: 'dialects/wix.md 3.15',
  },
  {
    method: 'POST',
    path: '/ecom/v1/orders/:id/cancel',
    handler: orders.cancelOrder,
    operation: 'cancel-order',
    source: 'dialects/wix.md 1.3',
    coverage: 'partial',
  },
  {
    method: 'POST',
    path: '/_api/ecom-orders/v1/orders/:id/cancel',
    handler: orders.cancelOrder,
    operation: 'cancel-order',
    source: 'dialects/wix.md 1.3',
    coverage: 'partial',
  },
  {
    method: 'GET',
    path: '/ecom/v1/payments/orders/:orderId',
    handler: payments.getTransactions,
    operation: 'read-order',
    source: 'dialects/wix.md 3.15',
  },
  {
    method: 'GET',
    path: '/_api/ecom-payments/v1/payments/orders/:orderId',
    handler: payments.getTransactions,
    operation: 'read-order',
    source: 'dialects/wix.md 3.15',
  },
  {
    method: 'POST',
    path: '/ecom/v1/payments/list-by-ids',
    handler: payments.listTransactions,
    operation: 'read-order',
    source: '@wix/ecom listTransactionsForMultipleOrders',
  },
  {
    method: 'POST',
    path: '/_api/ecom-payments/v1/payments/list-by-ids',
    handler: payments.listTransactions,
    operation: 'read-order',
    source: '@wix/ecom listTransactionsForMultipleOrders',
  },
  {
    method: 'POST',
    path: '/ecom/v1/payments/orders/:orderId/add-payment',
    handler: payments.addPayments,
    operation: 'record-payment',
    source: 'dialects/wix.md 1.3',
    coverage: 'partial',
  },
  {
    method: 'POST',
    path: '/_api/ecom-payments/v1/payments/orders/:orderId/add-payment',
    handler: payments.addPayments,
    operation: 'record-payment',
    source: 'dialects/wix.md 1.3',
    coverage: 'partial',
  },
  {
    method: 'POST',
    path: '/ecom/v1/payments-collector/orders/:ecomOrderId/mark-as-paid',
    handler: payments.markAsPaid,
    operation: 'record-payment',
    source: 'dialects/wix.md 1.3',
  },
  {
    method: 'POST',
    path: '/_api/ecom-orders/v1/payments-collector/orders/:ecomOrderId/mark-as-paid',
    handler: payments.markAsPaid,
    operation: 'record-payment',
    source: 'dialects/wix.md 1.3',
  },
  {
    method: 'POST',
    path: '/ecom/v1/gift-cards/redeem',
    handler: giftCards.redeemGiftCard,
    operation: 'spend-gift-card',
    source: 'dialects/wix.md 1.3, 5.8',
  },
  {
    method: 'POST',
    path: '/ecom/v1/gift-cards/void',
    handler: giftCards.voidGiftCard,
    operation: 'return-gift-card',
    source: 'dialects/wix.md 1.3',
  },
  {
    method: 'POST',
    path: '/ecom/v1/gift-cards/:code',
    handler: giftCards.getGiftCard,
    operation: 'read-gift-card',
    source: 'dialects/wix.md 1.3',
  },
] as const

/** Orders, what was paid for them, and gift cards; also under the paths of a client that was built with a host of its own. */
export const orderRoutes: readonly Route[] = rows.map(row => ({ surface: 'orders', coverage: 'full', ...row }))
