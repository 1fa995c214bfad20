import type { Route } from '../dialect.js'
import { checkoutRoutes } from './routes-checkout.js'
import { orderRoutes } from './routes-order.js'
import { shipmentRoutes } from './routes-shipment.js'
import { storeRoutes } from './routes-store.js'

/** Every endpoint, under the one spelling that all others stand for (see `paths.ts`). */
export const routes: readonly Route[] = [...checkoutRoutes, ...orderRoutes, ...shipmentRoutes, ...storeRoutes]
