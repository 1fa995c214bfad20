import type { Route } from '../dialect.js'
import { cartRoutes } from './routes-cart.js'
import { cartAliasRoutes } from './routes-cart-alias.js'
import { checkoutRoutes } from './routes-checkout.js'

/** Every endpoint of this dialect; those of people and orders join with their tests. */
export const routes: readonly Route[] = [...checkoutRoutes, ...cartRoutes, ...cartAliasRoutes]
