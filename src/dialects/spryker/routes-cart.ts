import type { Route } from '../dialect.js'

/** Carts, guest carts, codes, checkout and orders. */
export const cartRoutes = [] satisfies readonly Route[]
