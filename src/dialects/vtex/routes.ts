import type { Route } from '../dialect.js'
import { cartRoutes } from './routes-cart.js'

/** Every endpoint of this dialect. */
export const routes: readonly Route[] = [...cartRoutes]
