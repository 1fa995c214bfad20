import type { Route } from '../dialect.js'
import * as checkouts from './storefront/checkouts.js'

const surface = 'storefront'
const coverage = 'full'
const source = 'seed 003; dialects/wix.md 3'

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
] as const

/** Checkouts. */
export const checkoutRoutes: readonly Route[] = rows.map(row => ({ surface, coverage, source, ...row }))
