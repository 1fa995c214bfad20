import type { Route } from '../dialect.js'
import { cartRoutes } from './routes-cart.js'
import { cartAliasRoutes } from './routes-cart-alias.js'
import { cartV2Routes } from './routes-cart-v2.js'
import { checkoutRoutes } from './routes-checkout.js'
import { identityRoutes } from './routes-identity.js'
import { orderRoutes } from './routes-orders.js'

/** Every endpoint of this dialect. */
export const routes: readonly Route[] = [
  ...identityRoutes,
  ...checkoutRoutes,
  ...cartRoutes,
  ...cartAliasRoutes,
  ...cartV2Routes,
  ...orderRoutes,
]
