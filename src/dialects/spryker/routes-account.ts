import type { Route } from '../dialect.js'

/** Tokens, customers, addresses, stores and products. */
export const accountRoutes = [] satisfies readonly Route[]
