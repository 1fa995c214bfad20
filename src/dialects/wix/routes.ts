import type { Route } from '../dialect.js'
import { cartRoutes } from './routes-cart.js'
import { checkoutRoutes } from './routes-checkout.js'

/** Every endpoint of this dialect. */
export const routes: readonly Route[] = [...checkoutRoutes, ...cartRoutes]
