import { shopperEndpoint } from '../shopper-endpoint.js'

/** GET /api/storefront/checkout-extensions: 200, none. Source: dialects/bigcommerce.md 3.7.11. */
export const getCheckoutExtensions = shopperEndpoint('storefront', async () => ({ status: 200, body: [] }))

/** POST /api/storefront/checkout/:cartId/event: 204; what the platform's client measures is not kept. Source: 1.4. */
export const postCheckoutEvent = shopperEndpoint('storefront', async () => ({ status: 204 }))
