import type { Route } from '../dialect.js'
import { putLegacyOrder } from './server/change-order.js'
import { countLegacyOrders, listLegacyOrders } from './server/legacy-order-list.js'
import {
  getLegacyConsignmentQuotes,
  getLegacyConsignments,
  getLegacyFees,
  getLegacyOrder,
  getLegacyOrderCoupons,
  getLegacyProduct,
  getLegacyProducts,
  getLegacyShippingAddress,
  getLegacyShippingAddresses,
  getLegacyShippingQuotes,
  getLegacyTaxes,
  getOrderStatus,
  listOrderStatuses,
} from './server/legacy-orders.js'

const legacy = {
  surface: 'server',
  coverage: 'full',
  source: 'bigcommerce/docs reference/orders.v2.oas2.yml; dialects/bigcommerce.md 3.9',
} as const

/** What backends read of orders, in the older API. */
export const legacyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders',
    handler: listLegacyOrders,
    operation: 'list-orders',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/count',
    handler: countLegacyOrders,
    operation: 'list-orders',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId',
    handler: getLegacyOrder,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v2/orders/:orderId',
    handler: putLegacyOrder,
    operation: 'cancel-order',
    ...legacy,
    coverage: 'partial',
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/products',
    handler: getLegacyProducts,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/products/:productId',
    handler: getLegacyProduct,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/shipping_addresses',
    handler: getLegacyShippingAddresses,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/shipping_addresses/:addressId',
    handler: getLegacyShippingAddress,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/shipping_addresses/:addressId/shipping_quotes',
    handler: getLegacyShippingQuotes,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/coupons',
    handler: getLegacyOrderCoupons,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/taxes',
    handler: getLegacyTaxes,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/fees',
    handler: getLegacyFees,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/consignments',
    handler: getLegacyConsignments,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/orders/:orderId/consignments/shipping/:addressId/shipping_quotes',
    handler: getLegacyConsignmentQuotes,
    operation: 'read-order',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/order_statuses',
    handler: listOrderStatuses,
    operation: 'none',
    ...legacy,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/order_statuses/:statusId',
    handler: getOrderStatus,
    operation: 'none',
    ...legacy,
  },
]
