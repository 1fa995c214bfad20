import type { Route } from '../dialect.js'
import * as returns from './storefront/return-authorizations.js'
import * as shipments from './storefront/shipments.js'

const surface = 'storefront'
const coverage = 'full'

const shipmentRows = [
  {
    method: 'POST',
    path: '/api/shipments',
    handler: shipments.postShipment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/shipments/:shipment',
    handler: shipments.putShipment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PATCH',
    path: '/api/shipments/:shipment',
    handler: shipments.putShipment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/shipments/:shipment/ready',
    handler: shipments.putReady,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/shipments/:shipment/ship',
    handler: shipments.putShip,
    operation: 'fulfill-order',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/shipments/:shipment/add',
    handler: shipments.putAdd,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/shipments/:shipment/remove',
    handler: shipments.putRemove,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'POST',
    path: '/api/shipments/transfer_to_location',
    handler: shipments.postTransferToLocation,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'POST',
    path: '/api/shipments/transfer_to_shipment',
    handler: shipments.postTransferToShipment,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'GET',
    path: '/api/shipments/mine',
    handler: shipments.getMyShipments,
    operation: 'list-purchases',
    source: 'dialects/spree.md 3.11',
  },
] as const

const nestedRows = [
  {
    method: 'POST',
    path: '/api/orders/:number/shipments',
    handler: shipments.postShipment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/shipments/:shipment',
    handler: shipments.putShipment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PATCH',
    path: '/api/orders/:number/shipments/:shipment',
    handler: shipments.putShipment,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/shipments/:shipment/ready',
    handler: shipments.putReady,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/shipments/:shipment/ship',
    handler: shipments.putShip,
    operation: 'fulfill-order',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/shipments/:shipment/add',
    handler: shipments.putAdd,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/shipments/:shipment/remove',
    handler: shipments.putRemove,
    operation: 'walk-checkout',
    source: 'dialects/spree.md 3.11',
  },
] as const

const returnRows = [
  {
    method: 'GET',
    path: '/api/orders/:number/return_authorizations',
    handler: returns.getReturns,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'GET',
    path: '/api/orders/:number/return_authorizations/new',
    handler: returns.getNewReturn,
    operation: 'none',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'POST',
    path: '/api/orders/:number/return_authorizations',
    handler: returns.postReturn,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'GET',
    path: '/api/orders/:number/return_authorizations/:id',
    handler: returns.getReturn,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/return_authorizations/:id',
    handler: returns.putReturn,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'PATCH',
    path: '/api/orders/:number/return_authorizations/:id',
    handler: returns.putReturn,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'DELETE',
    path: '/api/orders/:number/return_authorizations/:id',
    handler: returns.deleteReturn,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/return_authorizations/:id/add',
    handler: returns.putReturnAdd,
    operation: 'read-purchase',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/return_authorizations/:id/cancel',
    handler: returns.putReturnCancel,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.16',
  },
  {
    method: 'PUT',
    path: '/api/orders/:number/return_authorizations/:id/receive',
    handler: returns.putReturnReceive,
    operation: 'annotate-order',
    source: 'dialects/spree.md 3.16',
  },
] as const

/** Shipments, by themselves and below their order, and goods that come back. */
export const shipmentRoutes = [...shipmentRows, ...nestedRows, ...returnRows].map(row => ({
  surface,
  coverage,
  ...row,
})) satisfies readonly Route[]
