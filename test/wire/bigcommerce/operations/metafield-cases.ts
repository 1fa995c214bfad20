import { expect } from 'vitest'
import { brewer } from '../management.js'
import { type Ask, type OperationCase, type World, wrong } from './operation-case.js'

const field = { permission_set: 'app_only', namespace: 'Sales', key: 'Staff', value: 'Sam' }
const fieldsOf = '/stores/:storeHash/v3/carts/:cartId/metafields'
/** A request about a new cart. */
const ofCart =
  (body?: object) =>
  async ({ api }: World): Promise<Ask> => {
    const { id } = await api.newCart([brewer])
    return { path: `/v3/carts/${id}/metafields`, ...(body === undefined ? {} : { body }) }
  }
/** A request about a metafield that was written before. */
const ofField =
  (body?: object) =>
  async ({ api }: World): Promise<Ask> => {
    const { id } = await api.newCart([brewer])
    const made = await api.send('POST', `/v3/carts/${id}/metafields`, { body: field })
    expect(made.status, made.text).toBe(200)
    const path = `/v3/carts/${id}/metafields/${made.json.data.id}`
    return { path, ...(body === undefined ? {} : { body }) }
  }
/** Metafields of carts. Source: dialects/bigcommerce.md 1.2. */
export const metafieldCases: readonly OperationCase[] = [
  { route: `GET ${fieldsOf}`, status: 200, make: ofCart() },
  {
    route: `POST ${fieldsOf}`,
    status: 200,
    make: ofCart(field),
    refused: [
      wrong('no key', { ...field, key: '' }, { key: expect.any(String) }),
      wrong('another permission', { ...field, permission_set: 'all' }, { permission_set: expect.any(String) }),
      wrong('more than a cart keeps', { ...field, value: 'x'.repeat(40_000) }, { metafields: 'too many' }),
    ],
  },
  { route: `GET ${fieldsOf}/:metafieldId`, status: 200, make: ofField() },
  {
    route: `PUT ${fieldsOf}/:metafieldId`,
    status: 200,
    make: ofField({ value: 'Alex' }),
    refused: [wrong('no value', { value: '' }, { value: expect.any(String) })],
  },
  { route: `DELETE ${fieldsOf}/:metafieldId`, ignoresBody: true, status: 204, make: ofField() },
]
