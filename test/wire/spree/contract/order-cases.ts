import { expect } from 'vitest'
import { addressForm, listForm, orderForm, summaryForm } from '../forms.js'
import { type Case, type Contract, invalid, missing, noTransition, notFound, strangers, unauthorized } from './case.js'
import type { Stage } from './stages.js'

// dialects/spree.md 3.4, 3.6, 3.7, 3.12: orders that are read, listed, called off and approved, and their addresses.

/** Who may not do what administrators do. */
const onlyAdmins = (at: Stage): readonly Case[] => [
  { is: 'is for administrators, not for the order’s token', at, status: 401, whole: unauthorized },
  { is: 'is for administrators, not for users', at, by: 'second', status: 401, whole: unauthorized },
  {
    is: 'knows no order of that number',
    by: 'admin',
    params: { number: 'R000000000' },
    status: 404,
    whole: notFound,
  },
]

const puts: readonly Case[] = [
  {
    is: 'changes what is sent, and keeps the rest',
    at: 'delivery',
    query: '?address[city]=Troy',
    body: {},
    status: 200,
    form: addressForm,
    has: { city: 'Troy', firstname: 'Ann', state_text: 'NY' },
    after: { state: 'delivery', bill_address: { city: 'Troy' } },
  },
  {
    is: 'refuses half an address under plain names',
    at: 'delivery',
    body: { address: { address1: '', country_id: 424242 } },
    status: 422,
    whole: invalid({ address1: ["can't be blank"], country: ['is invalid'] }),
  },
  {
    is: 'refuses a zip code that the country has not',
    at: 'delivery',
    body: { address: { zipcode: 'x' } },
    status: 422,
    whole: invalid({ zipcode: ['is invalid'] }),
  },
  { is: 'needs an address', at: 'delivery', body: {}, status: 422, whole: missing('address') },
  {
    is: "is no address of another's",
    at: 'delivery',
    params: { id: '1' },
    body: { address: { city: 'Troy' } },
    status: 401,
    whole: unauthorized,
  },
  {
    is: 'changes no completed order',
    at: 'complete',
    body: { address: { city: 'Troy' } },
    status: 401,
    whole: unauthorized,
  },
  ...strangers('delivery', { address: { city: 'Troy' } }),
]

export const orderContract: Contract = {
  'GET /api/orders': [
    {
      is: 'lists orders without what they are made of',
      by: 'admin',
      query: '?per_page=2',
      status: 200,
      form: listForm('orders', summaryForm),
      has: { current_page: 1 },
    },
    {
      is: 'is empty behind the last page',
      by: 'admin',
      query: '?page=9999',
      status: 200,
      whole: { orders: [], count: 0, current_page: 9999, pages: expect.any(Number) },
    },
    {
      is: 'passes over what it does not know',
      by: 'admin',
      query: '?q[nothing_eq]=1&q[email_almost]=x&q[number_eq]=R000000000&page=x',
      status: 200,
      whole: { orders: [], count: 0, current_page: 1, pages: 0 },
    },
    { is: 'is for administrators', by: 'customer', status: 401, whole: unauthorized },
    { is: 'is not for guests', by: 'nobody', status: 401, whole: unauthorized },
  ],
  'GET /api/orders/current': [
    { is: 'is nothing for a guest', by: 'nobody', status: 204, whole: '' },
    { is: 'is nothing for a user without orders', by: 'second', status: 204, whole: '' },
    {
      is: 'knows no such key',
      query: '?token=wrong',
      by: 'nobody',
      status: 401,
      whole: { error: 'Invalid API key (wrong) specified.' },
    },
  ],
  'GET /api/orders/mine': [
    {
      is: "lists a user's orders whole",
      by: 'customer',
      query: '?per_page=3',
      status: 200,
      form: listForm('orders', orderForm),
    },
    { is: 'is for users', by: 'nobody', status: 401, whole: unauthorized },
  ],
  'GET /api/orders/:number': [
    ...(['cart', 'delivery', 'payment', 'confirm', 'complete', 'shipped'] as const).map(
      (at): Case => ({
        is: `shows an order that is ${at}`,
        at,
        status: 200,
        form: orderForm,
        has: ({ number, token }) => ({
          number,
          token,
          permissions: { can_update: !['complete', 'shipped'].includes(at) },
        }),
      }),
    ),
    {
      is: 'shows administrators any, with names at the gateway that stay unsaid',
      at: 'complete',
      by: 'admin',
      status: 200,
      form: orderForm,
      has: { payments: [{ source: { gateway_customer_profile_id: null, gateway_payment_profile_id: null } }] },
    },
    ...strangers('delivery'),
  ],
  'PUT /api/orders/:number/cancel': [
    {
      is: 'calls an order off, with goods and money back',
      at: 'complete',
      by: 'admin',
      status: 200,
      form: orderForm,
      has: {
        state: 'canceled',
        canceler_id: expect.any(Number),
        shipment_state: 'canceled',
        payment_state: 'void',
        payments: [{ state: 'void' }],
        shipments: [{ state: 'canceled' }],
      },
    },
    {
      is: 'calls off none that is not completed',
      at: 'delivery',
      by: 'admin',
      status: 422,
      whole: noTransition({ state: ['cannot transition via "cancel"'] }),
    },
    {
      is: 'calls off none that was shipped',
      at: 'shipped',
      by: 'admin',
      status: 422,
      whole: noTransition({ state: ['cannot transition via "cancel"'] }),
    },
    ...onlyAdmins('complete'),
  ],
  'PUT /api/orders/:number/approve': [
    {
      is: 'takes the mark of a risk off',
      at: 'complete',
      by: 'admin',
      status: 200,
      form: orderForm,
      has: { considered_risky: false },
    },
    {
      is: 'approves none that is not completed',
      at: 'delivery',
      by: 'admin',
      status: 422,
      whole: noTransition({ state: ['cannot transition via "approve"'] }),
    },
    ...onlyAdmins('complete'),
  ],
  'GET /api/orders/:number/addresses/:id': [
    {
      is: 'shows an address of the order',
      at: 'delivery',
      status: 200,
      form: addressForm,
      has: ({ order }) => order.bill_address,
    },
    { is: "is no address of another's", at: 'delivery', params: { id: '1' }, status: 401, whole: unauthorized },
    ...strangers('delivery'),
  ],
  'PUT /api/orders/:number/addresses/:id': puts,
  'PATCH /api/orders/:number/addresses/:id': puts,
}
