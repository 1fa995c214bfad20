import type { Route } from '../dialect.js'
import { endpointsV2 } from './cart-v2/endpoints.js'

/** Carts of V2: cart and checkout in one object. */
export const cartV2Routes: readonly Route[] = endpointsV2.map(route => ({
  surface: 'storefront',
  coverage: 'partial',
  source: 'dialects/wix.md 1, Cart V2; npm @wix/auto_sdk_ecom_cart-v-2 1.0.202',
  ...route,
}))
