import type { Driver } from './driver.js'
import { bigcommerce } from './drivers/bigcommerce.js'
import { spree } from './drivers/spree.js'
import { spryker } from './drivers/spryker.js'
import { vtex } from './drivers/vtex.js'
import { wix } from './drivers/wix.js'

/** Every dialect that the story is told in. */
export const drivers: readonly Driver[] = [bigcommerce, spryker, vtex, wix, spree]
