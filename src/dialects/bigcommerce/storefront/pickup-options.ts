import { shopperEndpoint } from '../shopper-endpoint.js'

/**
 * POST /api/storefront/pickup-options: 200. No place is offered: points of pickup reach this API through shipping options.
 * Source: dialects/bigcommerce.md 1.4, reference/pickup_options.sf.yml.
 */
export const postPickupOptions = shopperEndpoint('storefront', async () => ({ status: 200, body: { results: [] } }))
