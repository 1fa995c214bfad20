import { expect } from 'vitest'
import { listForm, ownShipmentForm, returnForm, shipmentForm } from '../forms.js'
import { type Case, type Contract, invalid, missing, notFound, unauthorized } from './case.js'
import { wantedReturn } from './stages.js'

// dialects/spree.md 3.11, 3.16.

/** Shipments are looked up among those that the caller may change: for everybody else they are not there. */
const hidden: readonly Case[] = [
  { is: 'is not there for users', at: 'complete', by: 'second', body: {}, status: 404, whole: notFound },
  { is: 'is not there for whoever holds the token', at: 'complete', body: {}, status: 404, whole: notFound },
  {
    is: 'knows no such shipment',
    by: 'admin',
    params: { shipment: 'H00000000000', number: 'R000000000' },
    body: {},
    status: 404,
    whole: notFound,
  },
]

const creates: readonly Case[] = [
  {
    is: 'puts pieces into the shipments',
    at: 'delivery',
    by: 'admin',
    body: ({ number }) => ({ shipment: { order_id: number }, stock_location_id: 1, variant_id: 2, quantity: 2 }),
    status: 200,
    form: shipmentForm,
    has: {
      state: 'pending',
      manifest: [
        { variant_id: 1, quantity: 3 },
        { variant_id: 2, quantity: 2 },
      ],
    },
  },
  ...(['stock_location_id', 'variant_id'] as const).map(
    (name): Case => ({
      is: `needs a ${name}`,
      at: 'delivery',
      by: 'admin',
      body: ({ number }) => ({
        shipment: { order_id: number },
        ...{ stock_location_id: 1, variant_id: 2, [name]: undefined },
      }),
      status: 422,
      whole: missing(name),
    }),
  ),
  {
    is: 'knows no such variant',
    at: 'delivery',
    by: 'admin',
    body: ({ number }) => ({ shipment: { order_id: number }, stock_location_id: 1, variant_id: 424242 }),
    status: 404,
    whole: notFound,
  },
  {
    is: 'refuses a quantity that is none',
    at: 'delivery',
    by: 'admin',
    body: ({ number }) => ({ shipment: { order_id: number }, stock_location_id: 1, variant_id: 2, quantity: 'abc' }),
    status: 422,
    whole: invalid({ quantity: ['must be an integer'] }),
  },
  {
    is: 'is for administrators',
    at: 'delivery',
    body: ({ number }) => ({ shipment: { order_id: number }, stock_location_id: 1, variant_id: 2 }),
    status: 401,
    whole: unauthorized,
  },
]

const puts: readonly Case[] = [
  {
    is: 'selects another rate',
    at: 'delivery',
    by: 'admin',
    body: ({ order }) => ({
      shipment: { selected_shipping_rate_id: order.shipments[0].shipping_rates[1].id, tracking: 'T1' },
      unlock: 'yes',
    }),
    status: 200,
    form: shipmentForm,
    has: { cost: '10.0', tracking: 'T1' },
    after: { ship_total: '10.0', total: '60.37' },
  },
  {
    is: 'notes a tracking number of a completed order',
    at: 'complete',
    by: 'admin',
    body: { shipment: { tracking: 'T2' } },
    status: 200,
    form: shipmentForm,
    has: { tracking: 'T2' },
  },
  {
    is: 'knows no such rate',
    at: 'delivery',
    by: 'admin',
    body: { shipment: { selected_shipping_rate_id: 1 } },
    status: 404,
    whole: notFound,
  },
  ...hidden,
]

const readies: readonly Case[] = [
  {
    is: 'is ready once it is paid for',
    at: 'paid',
    by: 'admin',
    status: 200,
    form: shipmentForm,
    has: { state: 'ready' },
  },
  {
    is: 'is not ready before',
    at: 'complete',
    by: 'admin',
    status: 422,
    whole: { error: 'Cannot ready shipment.' },
  },
  {
    is: 'is not ready while the order is open',
    at: 'delivery',
    by: 'admin',
    status: 422,
    whole: { error: 'Cannot ready shipment.' },
  },
  ...hidden,
]

const cannotShip = invalid({ state: ['cannot transition via "ship"'] })
const ships: readonly Case[] = [
  {
    is: 'is sent',
    at: 'paid',
    by: 'admin',
    body: { shipment: { tracking: 'Z9' } },
    status: 200,
    form: shipmentForm,
    has: { state: 'shipped', tracking: 'Z9', shipped_at: expect.any(String) },
    after: { shipment_state: 'shipped' },
  },
  { is: 'is sent once', at: 'shipped', by: 'admin', status: 200, form: shipmentForm, has: { state: 'shipped' } },
  { is: 'is not sent unpaid', at: 'complete', by: 'admin', status: 422, whole: cannotShip },
  { is: 'is not sent while the order is open', at: 'delivery', by: 'admin', status: 422, whole: cannotShip },
  ...hidden,
]

const pieces = (has: object, quantity: number, total: string): readonly Case[] => [
  {
    is: 'changes how many pieces there are',
    at: 'delivery',
    by: 'admin',
    body: { variant_id: 1, quantity },
    status: 200,
    form: shipmentForm,
    has,
    after: { item_total: total },
  },
  { is: 'needs a variant', at: 'delivery', by: 'admin', body: {}, status: 422, whole: missing('variant_id') },
  {
    is: 'knows no such variant',
    at: 'delivery',
    by: 'admin',
    body: { variant_id: 424242 },
    status: 404,
    whole: notFound,
  },
  {
    is: 'refuses a quantity that is none',
    at: 'delivery',
    by: 'admin',
    body: { variant_id: 1, quantity: -1 },
    status: 422,
    whole: invalid({ quantity: ['must be greater than or equal to 0'] }),
  },
  ...hidden,
]

const adds = pieces({ manifest: [{ variant_id: 1, quantity: 5 }] }, 2, '79.95')
const removes = pieces({ manifest: [{ variant_id: 1, quantity: 1 }] }, 2, '15.99')

const transfers = (target: object): readonly Case[] => [
  {
    is: 'is for administrators',
    at: 'paid',
    body: ({ order }) => ({ original_shipment_number: order.shipments[0].number, variant_id: 1, ...target }),
    status: 401,
    whole: unauthorized,
  },
  {
    is: 'knows no such shipment',
    by: 'admin',
    body: { original_shipment_number: 'H00000000000', variant_id: 1, quantity: 1, ...target },
    status: 404,
    whole: notFound,
  },
  {
    is: 'moves more than none',
    at: 'paid',
    by: 'admin',
    body: ({ order }) => ({
      original_shipment_number: order.shipments[0].number,
      variant_id: 1,
      quantity: -1,
      stock_location_id: 1,
      target_shipment_number: order.shipments[0].number,
    }),
    status: 422,
    whole: { exception: expect.any(String) },
  },
  {
    is: 'moves nothing to where it is',
    at: 'paid',
    by: 'admin',
    body: ({ order }) => ({
      original_shipment_number: order.shipments[0].number,
      variant_id: 1,
      quantity: 1,
      stock_location_id: 1,
      target_shipment_number: order.shipments[0].number,
    }),
    status: 422,
    whole: { exception: 'The target shipment is the same as the original shipment' },
  },
]

const noReturn: readonly Case[] = [
  { is: 'is for administrators', at: 'returned', status: 401, whole: unauthorized },
  { is: 'knows no such return', at: 'returned', by: 'admin', params: { id: '9' }, status: 404, whole: notFound },
  { is: 'knows no such order', by: 'admin', params: { number: 'R000000000' }, status: 404, whole: notFound },
]

const putsReturn: readonly Case[] = [
  {
    is: 'changes what is noted',
    at: 'returned',
    by: 'admin',
    body: { return_authorization: { memo: 'Too big', amount: '1.5' } },
    status: 200,
    form: returnForm,
    has: { memo: 'Too big', amount: '1.5', reason: 'size' },
  },
  {
    is: 'refuses an amount that is none',
    at: 'returned',
    by: 'admin',
    body: { return_authorization: { amount: 'much' } },
    status: 422,
    whole: invalid({ amount: ['is not a number'] }),
  },
  ...noReturn,
]

const movesReturn = (state: string): readonly Case[] => [
  { is: `is ${state}`, at: 'returned', by: 'admin', status: 200, form: returnForm, has: { state } },
  ...noReturn,
]

export const shipmentContract: Contract = {
  'POST /api/shipments': creates,
  'PUT /api/shipments/:shipment': puts,
  'PATCH /api/shipments/:shipment': puts,
  'PUT /api/shipments/:shipment/ready': readies,
  'PUT /api/shipments/:shipment/ship': ships,
  'PUT /api/shipments/:shipment/add': adds,
  'PUT /api/shipments/:shipment/remove': removes,
  'POST /api/shipments/transfer_to_location': transfers({ quantity: 1, stock_location_id: 1 }),
  'POST /api/shipments/transfer_to_shipment': transfers({ quantity: 1, target_shipment_number: 'H00000000000' }),
  'GET /api/shipments/mine': [
    {
      is: "lists a user's shipments",
      by: 'customer',
      status: 200,
      form: listForm('shipments', ownShipmentForm),
      has: { current_page: 1 },
    },
    { is: 'is for users', by: 'nobody', status: 401, whole: unauthorized },
  ],
  'POST /api/orders/:number/shipments': creates,
  'PUT /api/orders/:number/shipments/:shipment': puts,
  'PATCH /api/orders/:number/shipments/:shipment': puts,
  'PUT /api/orders/:number/shipments/:shipment/ready': readies,
  'PUT /api/orders/:number/shipments/:shipment/ship': ships,
  'PUT /api/orders/:number/shipments/:shipment/add': adds,
  'PUT /api/orders/:number/shipments/:shipment/remove': removes,
  'GET /api/orders/:number/return_authorizations': [
    {
      is: 'lists returns',
      at: 'returned',
      by: 'admin',
      status: 200,
      form: listForm('return_authorizations', returnForm),
      has: { count: 1, current_page: 1, pages: 1 },
    },
    { is: 'is for administrators', at: 'returned', status: 401, whole: unauthorized },
  ],
  'GET /api/orders/:number/return_authorizations/new': [
    {
      is: 'names its attributes',
      at: 'returned',
      by: 'admin',
      status: 200,
      whole: {
        attributes: ['id', 'number', 'state', 'order_id', 'memo', 'created_at', 'updated_at', 'amount', 'reason'],
        required_attributes: ['stock_location_id'],
      },
    },
    { is: 'is for administrators', at: 'returned', status: 401, whole: unauthorized },
  ],
  'POST /api/orders/:number/return_authorizations': [
    {
      is: 'authorizes a return of what was shipped',
      at: 'shipped',
      by: 'admin',
      body: wantedReturn,
      status: 201,
      form: returnForm,
      has: { id: 1, state: 'authorized', memo: 'Too small', reason: 'size', amount: '5.5' },
    },
    {
      is: 'authorizes none before',
      at: 'paid',
      by: 'admin',
      body: wantedReturn,
      status: 422,
      whole: invalid({ base: ['order must have shipped units'] }),
    },
    {
      is: 'needs a place that goods come back to',
      at: 'shipped',
      by: 'admin',
      body: { return_authorization: { memo: 'x' } },
      status: 422,
      whole: invalid({ stock_location: ["can't be blank"] }),
    },
    { is: 'needs a return', at: 'shipped', by: 'admin', body: {}, status: 422, whole: missing('return_authorization') },
    { is: 'is for administrators', at: 'shipped', body: wantedReturn, status: 401, whole: unauthorized },
  ],
  'GET /api/orders/:number/return_authorizations/:id': [
    { is: 'shows a return', at: 'returned', by: 'admin', status: 200, form: returnForm, has: { id: 1 } },
    ...noReturn,
  ],
  'PUT /api/orders/:number/return_authorizations/:id': putsReturn,
  'PATCH /api/orders/:number/return_authorizations/:id': putsReturn,
  'DELETE /api/orders/:number/return_authorizations/:id': [
    { is: 'takes a return out', at: 'returned', by: 'admin', status: 204, whole: '' },
    ...noReturn,
  ],
  'PUT /api/orders/:number/return_authorizations/:id/add': movesReturn('authorized'),
  'PUT /api/orders/:number/return_authorizations/:id/cancel': movesReturn('canceled'),
  'PUT /api/orders/:number/return_authorizations/:id/receive': movesReturn('received'),
}
