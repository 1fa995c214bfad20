import type { Route } from '../dialect.js'
import { checkoutRoutes } from './routes-checkout.js'

/** Every endpoint, under the one spelling that all others stand for (see `paths.ts`). */
export const routes: readonly Route[] = [...checkoutRoutes]
