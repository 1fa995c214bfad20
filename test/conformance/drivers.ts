import type { Driver } from './driver.js'
import { bigcommerce } from './drivers/bigcommerce.js'
import { page } from './drivers/page.js'
import { spree } from './drivers/spree.js'
import { spryker } from './drivers/spryker.js'
import { vtex } from './drivers/vtex.js'
import { wix } from './drivers/wix.js'

/** Every dialect that the story is told in, and our own page. */
export const drivers: readonly Driver[] = [bigcommerce, spryker, vtex, wix, spree, page]
