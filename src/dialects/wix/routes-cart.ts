import type { Route } from '../dialect.js'
import * as current from './storefront/current-cart.js'

const surface = 'storefront'
const coverage = 'full'
const source = 'dialects/wix.md 3.12'

const rows = [
  { method: 'GET', path: '/ecom/v1/carts/current', handler: current.getCurrentCart, operation: 'read-cart' },
  {
    method: 'POST',
    path: '/ecom/v1/carts/current/add-to-cart',
    handler: current.addToCurrentCart,
    operation: 'revise-cart',
  },
] as const

/** Carts, by both path families: a client with a host of its own has other prefixes. Source: dialects/wix.md 1.3. */
export const cartRoutes: readonly Route[] = rows
  .flatMap(row => [row, { ...row, path: row.path.replace('/ecom/v1', '/_api/ecom-cart/v1') }])
  .map(row => ({ surface, coverage, source, ...row }))
