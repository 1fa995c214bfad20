import type { Route } from '../dialect.js'
import { accountRoutes } from './routes-account.js'
import { cartRoutes } from './routes-cart.js'

/**
 * Every endpoint of this dialect. Left out: `/payments`, `/payment-cancellations` and `/payment-customers`, which only
 * payment apps of the platform call (dialects/spryker.md 3.13, optional).
 */
export const routes: readonly Route[] = [...accountRoutes, ...cartRoutes]
