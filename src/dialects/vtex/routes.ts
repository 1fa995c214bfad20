import type { Route } from '../dialect.js'
import { cartRoutes } from './routes-cart.js'
import { orderRoutes } from './routes-orders.js'

/** Every endpoint of this dialect. */
export const routes: readonly Route[] = [...cartRoutes, ...orderRoutes]
