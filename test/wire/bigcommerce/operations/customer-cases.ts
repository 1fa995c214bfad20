import { tee } from '../management.js'
import { type OperationCase, withStoreCredit, wrong } from './operation-case.js'

const v3 = '/stores/:storeHash/v3'
const checkout = `${v3}/checkouts/:checkoutId`

/** Customers and their store credit between servers. */
export const customerCases: readonly OperationCase[] = [
  {
    route: `POST ${checkout}/store-credit`,
    status: 200,
    isVersioned: true,
    make: async world => {
      const customer_id = await withStoreCredit(world, 'second@polytill.test')
      const { id } = await world.api.newCart([tee], { customer_id })
      return { path: `/v3/checkouts/${id}/store-credit`, body: {} }
    },
  },
  {
    route: `DELETE ${checkout}/store-credit`,
    status: 200,
    isVersioned: true,
    make: async ({ api }) => ({ path: `/v3/checkouts/${(await api.newCart([tee])).id}/store-credit` }),
  },
  {
    route: `GET ${v3}/customers`,
    status: 200,
    make: async () => ({ path: '/v3/customers?email:in=customer@polytill.test,second@polytill.test' }),
    refused: [{ what: 'nobody', path: '/v3/customers', status: 422, says: { errors: { 'id:in': 'required' } } }],
  },
  {
    route: `PUT ${v3}/customers`,
    status: 200,
    make: async world => {
      const id = await withStoreCredit(world, 'second@polytill.test')
      return { path: '/v3/customers', body: [{ id, store_credit_amounts: [{ amount: 25 }] }] }
    },
    refused: [
      wrong('nobody', [], { body: 'must not be empty' }),
      wrong('an unknown customer', [{ id: 424_242 }], { '0.id': 'unknown' }),
      wrong('no amount', [{ id: 2, store_credit_amounts: [{ amount: -1 }] }]),
    ],
  },
]
