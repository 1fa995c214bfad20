import { mug } from '../management.js'
import { approved, newOrder, readyCart } from '../purchase.js'
import type { OperationCase } from './operation-case.js'

const v3 = '/stores/:storeHash/v3'

/** Payments between servers. Source: dialects/bigcommerce.md 1.3, 3.6. */
export const paymentCases: readonly OperationCase[] = [
  {
    route: `GET ${v3}/payments/methods`,
    status: 200,
    make: async ({ api }) => ({ path: `/v3/payments/methods?checkout_id=${(await api.newCart([mug])).id}` }),
    refused: [
      { what: 'neither id', path: '/v3/payments/methods', status: 422, says: { errors: { order_id: 'required' } } },
      { what: 'an unknown order', path: '/v3/payments/methods?order_id=424242', status: 404 },
    ],
  },
  {
    route: `POST ${v3}/payments/access_tokens`,
    status: 201,
    make: async ({ api }) => ({
      path: '/v3/payments/access_tokens',
      body: { order: { id: await newOrder(api, await readyCart(api, [mug])), is_recurring: false } },
    }),
    refused: [
      { what: 'an unknown order', body: { order: { id: 424_242 } }, status: 404, says: { code: 30_003 } },
      { what: 'no order', body: {}, status: 422, says: { code: 10_001 } },
    ],
  },
  {
    route: 'POST /stores/:storeHash/payments',
    status: 201,
    make: async ({ api }) => {
      const order = { id: await newOrder(api, await readyCart(api, [mug])) }
      const token = await api.send('POST', '/v3/payments/access_tokens', { body: { order } })
      const headers = { authorization: `PAT ${token.json.data.id}` }
      return { path: '/payments', body: { payment: approved }, headers }
    },
    refused: [
      { what: 'no method', body: { payment: {} }, status: 422, says: { code: 10_001 } },
      { what: 'another method', body: { payment: { payment_method_id: 'gold' } }, status: 422, says: { code: 30_000 } },
      {
        what: 'no card',
        body: { payment: { payment_method_id: 'bigpaypay.card' } },
        status: 422,
        says: { code: 10_001 },
      },
    ],
  },
]
