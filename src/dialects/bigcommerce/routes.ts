import type { Route } from '../dialect.js'
import { internalRoutes } from './routes-internal.js'
import { legacyRoutes } from './routes-legacy.js'
import { marketingRoutes } from './routes-marketing.js'
import { serverRoutes } from './routes-server.js'
import { storefrontRoutes } from './routes-storefront.js'

/** Every endpoint of this dialect, one table per surface. */
export const routes: readonly Route[] = [
  ...serverRoutes,
  ...legacyRoutes,
  ...marketingRoutes,
  ...storefrontRoutes,
  ...internalRoutes,
]
