import { bigcommerceDialect } from './bigcommerce/index.js'
import type { Dialect } from './dialect.js'
import { spreeDialect } from './spree/index.js'
import { sprykerDialect } from './spryker/index.js'
import { vtexDialect } from './vtex/index.js'
import { wixDialect } from './wix/index.js'

/** Every platform's API that this server speaks, in the order in which they are asked. A new one is a line here. */
export const dialects: readonly Dialect[] = [
  bigcommerceDialect(),
  sprykerDialect(),
  vtexDialect(),
  wixDialect(),
  spreeDialect(),
]
