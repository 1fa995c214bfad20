import type { Route } from '../dialect.js'
import { addItems, patchItems, removeAllItems, updateItems } from './cart/items.js'
import { currentOrderForm, orderFormById } from './cart/order-form.js'
import { cartEndpoint, endpoint } from './request.js'

const surface = 'checkout'
const source = 'VTEX Checkout API, cart'
const form = '/api/checkout/pub/orderForm'
const one = `${form}/:orderFormId`

/** Carts: making, reading and filling them. */
export const cartRoutes: readonly Route[] = [
  {
    surface,
    method: 'GET',
    path: form,
    handler: endpoint(currentOrderForm),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'POST',
    path: form,
    handler: endpoint(currentOrderForm),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'GET',
    path: one,
    handler: cartEndpoint(orderFormById),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'POST',
    path: one,
    handler: cartEndpoint(orderFormById),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'POST',
    path: `${one}/items`,
    handler: cartEndpoint(addItems),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'PATCH',
    path: `${one}/items`,
    handler: cartEndpoint(patchItems),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'POST',
    path: `${one}/items/update`,
    handler: cartEndpoint(updateItems),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
  {
    surface,
    method: 'POST',
    path: `${one}/items/removeAll`,
    handler: cartEndpoint(removeAllItems),
    operation: 'edit-cart',
    coverage: 'full',
    source,
  },
]
