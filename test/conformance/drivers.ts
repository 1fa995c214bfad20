import type { Driver } from './driver.js'
import { spree } from './drivers/spree.js'
import { spryker } from './drivers/spryker.js'

/** Every dialect that the story is told in. */
export const drivers: readonly Driver[] = [spryker, spree]
