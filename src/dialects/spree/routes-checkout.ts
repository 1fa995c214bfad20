import type { Route } from '../dialect.js'
import * as checkouts from './storefront/checkouts.js'
import * as lineItems from './storefront/line-items.js'
import * as newOrder from './storefront/new-order.js'
import * as orders from './storefront/orders.js'

const surface = 'storefront'
const coverage = 'full'
const createSource = 'seed 002 "Creating a new order"; dialects/spree.md 3.1'
const walkSource = 'seed 002; dialects/spree.md 3.2'
const stepSource = 'dialects/spree.md 3.3'
const showSource = 'dialects/spree.md 3.4, 3.5'
const oldSource = 'dialects/spree.md 3.13'
const lineSource = 'dialects/spree.md 3.9'

const checkoutRows = [
  {
    method: 'POST',
    path: '/api/checkouts',
    handler: newOrder.postCheckout,
    operation: 'create-cart',
    source: createSource,
  },
  {
    method: 'GET',
    path: '/api/checkouts/:number',
    handler: checkouts.getCheckout,
    operation: 'none',
    source: stepSource,
  },
  {
    method: 'PUT',
    path: '/api/checkouts/:number',
    handler: checkouts.putCheckout,
    operation: 'walk-checkout',
    source: walkSource,
  },
  {
    method: 'PATCH',
    path: '/api/checkouts/:number',
    handler: checkouts.putCheckout,
    operation: 'walk-checkout',
    source: walkSource,
  },
  {
    method: 'PUT',
    path: '/api/checkouts/:number/next',
    handler: checkouts.putNext,
    operation: 'walk-checkout',
    source: stepSource,
  },
  {
    method: 'PUT',
    path: '/api/checkouts/:number/advance',
    handler: checkouts.putAdvance,
    operation: 'walk-checkout',
    source: stepSource,
  },
  {
    method: 'PUT',
    path: '/api/checkouts/:number/complete',
    handler: checkouts.putComplete,
    operation: 'walk-checkout',
    source: stepSource,
  },
] as const

const orderRows = [
  { method: 'POST', path: '/api/orders', handler: newOrder.postOrder, operation: 'create-cart', source: createSource },
  {
    method: 'GET',
    path: '/api/orders/:number',
    handler: orders.getOrder,
    operation: 'read-purchase',
    source: showSource,
  },
  {
    method: 'PUT',
    path: '/api/orders/:number',
    handler: orders.putOrder,
    operation: 'walk-checkout',
    source: showSource,
  },
  {
    method: 'PATCH',
    path: '/api/orders/:number',
    handler: orders.putOrder,
    operation: 'walk-checkout',
    source: showSource,
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/empty',
    handler: orders.putEmpty,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.7',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/address',
    handler: orders.putOrderAddress,
    operation: 'walk-checkout',
    source: oldSource,
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/delivery',
    handler: orders.putOrderDelivery,
    operation: 'walk-checkout',
    source: oldSource,
  },
] as const

const lineRows = [
  {
    method: 'GET',
    path: '/api/orders/:number/line_items/new',
    handler: lineItems.getNewLineItem,
    operation: 'none',
    source: lineSource,
  },
  {
    method: 'POST',
    path: '/api/orders/:number/line_items',
    handler: lineItems.postLineItem,
    operation: 'walk-checkout',
    source: lineSource,
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/line_items/:id',
    handler: lineItems.putLineItem,
    operation: 'walk-checkout',
    source: lineSource,
  },
  {
    method: 'PATCH',
    path: '/api/orders/:number/line_items/:id',
    handler: lineItems.putLineItem,
    operation: 'walk-checkout',
    source: lineSource,
  },
  {
    method: 'DELETE',
    path: '/api/orders/:number/line_items/:id',
    handler: lineItems.deleteLineItem,
    operation: 'walk-checkout',
    source: lineSource,
  },
] as const

/** The walk of a checkout, orders and their lines. */
export const checkoutRoutes = [...checkoutRows, ...orderRows, ...lineRows].map(row => ({
  surface,
  coverage,
  ...row,
})) satisfies readonly Route[]
