import type { Route } from '../dialect.js'
import { serverRoutes } from './routes-server.js'

/** Every endpoint of this dialect, one table per surface. */
export const routes: readonly Route[] = [...serverRoutes]
