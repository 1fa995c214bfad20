import { expect } from 'vitest'
import { mug } from '../management.js'
import { newOrder, readyCart } from '../purchase.js'
import type { OperationCase, Refused, World } from './operation-case.js'

const v2 = '/stores/:storeHash/v2'

const refusal = (what: string, body: string | object, details: object, status = 422): Refused => ({
  what,
  body,
  status,
  says: [{ status, message: expect.any(String), details }],
})

const ofOrder =
  (part = '', body?: object) =>
  async ({ api }: World) => {
    const order = await newOrder(api, await readyCart(api, [mug]))
    return { path: `/v2/orders/${order}${part}`, ...(body === undefined ? {} : { body }) }
  }

/** The first of a list of an order, or something of it. */
const partOf =
  (list: string, more = '') =>
  async (world: World) => {
    const { path } = await ofOrder(`/${list}`)(world)
    const [first] = (await world.api.send('GET', path)).json
    return { path: `${path}/${first.id}${more}` }
  }

let codes = 0
function couponBody() {
  codes += 1
  const code = `OPS${process.pid}X${codes}`
  return {
    name: code,
    code,
    type: 'percentage_discount',
    amount: '5',
    applies_to: { entity: 'categories', ids: [0] },
  }
}
const person = { name: 'Ada', email: 'ada@example.test' }
const certificateBody = {
  to_name: person.name,
  to_email: person.email,
  from_name: person.name,
  from_email: person.email,
  amount: '10',
}
const made =
  (folder: string, body: () => object, change?: object) =>
  async ({ api }: World) => {
    const answer = await api.send('POST', `/v2${folder}`, { body: body() })
    expect(answer.status, answer.text).toBe(201)
    return { path: `/v2${folder}/${answer.json.id}`, ...(change === undefined ? {} : { body: change }) }
  }
const listed = (folder: string, body: () => object) => async (world: World) => {
  await made(folder, body)(world)
  return { path: `/v2${folder}` }
}
/** Only those that are named, so that other tests keep theirs. */
const several = (folder: string, body: () => object) => async (world: World) => {
  const { path } = await made(folder, body)(world)
  return { path: `/v2${folder}?id:in=${path.split('/').at(-1)}` }
}

const orders: readonly OperationCase[] = [
  {
    route: `GET ${v2}/orders`,
    status: 200,
    make: async world => {
      await ofOrder()(world)
      return { path: '/v2/orders' }
    },
  },
  { route: `GET ${v2}/orders/count`, status: 200, make: async () => ({ path: '/v2/orders/count' }) },
  { route: `GET ${v2}/orders/:orderId`, status: 200, make: ofOrder() },
  {
    route: `PUT ${v2}/orders/:orderId`,
    status: 200,
    make: ofOrder('', { status_id: 5 }),
    refused: [
      refusal('a status that is none', { status_id: 15 }, { status_id: expect.any(String) }),
      refusal('one that money makes', { status_id: 4 }, { status_id: 'follows from the payments' }),
    ],
  },
  { route: `GET ${v2}/orders/:orderId/products`, status: 200, make: ofOrder('/products') },
  { route: `GET ${v2}/orders/:orderId/shipping_addresses`, status: 200, make: ofOrder('/shipping_addresses') },
  { route: `GET ${v2}/orders/:orderId/products/:productId`, status: 200, make: partOf('products') },
  { route: `GET ${v2}/orders/:orderId/shipping_addresses/:addressId`, status: 200, make: partOf('shipping_addresses') },
  {
    route: `GET ${v2}/orders/:orderId/shipping_addresses/:addressId/shipping_quotes`,
    status: 204,
    make: partOf('shipping_addresses', '/shipping_quotes'),
  },
  {
    route: `GET ${v2}/orders/:orderId/consignments/shipping/:addressId/shipping_quotes`,
    status: 204,
    make: async world => {
      const { path } = await partOf('shipping_addresses', '/shipping_quotes')(world)
      return { path: path.replace('shipping_addresses', 'consignments/shipping') }
    },
  },
  { route: `GET ${v2}/orders/:orderId/coupons`, status: 204, make: ofOrder('/coupons') },
  { route: `GET ${v2}/orders/:orderId/taxes`, status: 200, make: ofOrder('/taxes') },
  { route: `GET ${v2}/orders/:orderId/fees`, status: 204, make: ofOrder('/fees') },
  { route: `GET ${v2}/orders/:orderId/consignments`, status: 200, make: ofOrder('/consignments') },
  { route: `GET ${v2}/order_statuses`, status: 200, make: async () => ({ path: '/v2/order_statuses' }) },
  { route: `GET ${v2}/order_statuses/:statusId`, status: 200, make: async () => ({ path: '/v2/order_statuses/11' }) },
]

const coupons: readonly OperationCase[] = [
  { route: `GET ${v2}/coupons`, status: 200, make: listed('/coupons', couponBody) },
  {
    route: `POST ${v2}/coupons`,
    status: 201,
    make: async () => ({ path: '/v2/coupons', body: couponBody() }),
    refused: [
      refusal('no name', { ...couponBody(), name: undefined }, { name: 'required' }),
      refusal('no code', { ...couponBody(), code: undefined }, { code: 'required' }),
      refusal('another type', { ...couponBody(), type: 'gold' }, { type: expect.any(String) }),
      refusal('no amount', { ...couponBody(), amount: undefined }, { amount: 'required' }),
      refusal('nothing that it applies to', { ...couponBody(), applies_to: undefined }, { applies_to: 'required' }),
    ],
  },
  {
    route: `DELETE ${v2}/coupons`,
    ignoresBody: true,
    status: 204,
    make: several('/coupons', couponBody),
    refused: [
      { what: 'an id that is none', path: '/v2/coupons?id:in=5,abc', status: 422 },
      { what: 'no id', path: '/v2/coupons?id:in=', status: 422 },
    ],
  },
  { route: `GET ${v2}/coupons/count`, status: 200, make: async () => ({ path: '/v2/coupons/count' }) },
  { route: `GET ${v2}/coupons/:couponId`, status: 200, make: made('/coupons', couponBody) },
  {
    route: `PUT ${v2}/coupons/:couponId`,
    status: 200,
    make: made('/coupons', couponBody, { amount: '6' }),
    refused: [{ what: 'another code', body: { code: 'OTHER' }, status: 422 }],
  },
  { route: `DELETE ${v2}/coupons/:couponId`, ignoresBody: true, status: 204, make: made('/coupons', couponBody) },
]

const certificates: readonly OperationCase[] = [
  { route: `GET ${v2}/gift_certificates`, status: 200, make: listed('/gift_certificates', () => certificateBody) },
  {
    route: `POST ${v2}/gift_certificates`,
    status: 201,
    make: async () => ({ path: '/v2/gift_certificates', body: certificateBody }),
    refused: [
      refusal('nobody to have it', { ...certificateBody, to_email: undefined }, { to_email: 'required' }),
      refusal('no amount', { ...certificateBody, amount: '0' }, { amount: expect.any(String) }),
    ],
  },
  {
    route: `DELETE ${v2}/gift_certificates`,
    ignoresBody: true,
    status: 204,
    make: async () => ({ path: '/v2/gift_certificates' }),
  },
  {
    route: `GET ${v2}/gift_certificates/:certificateId`,
    status: 200,
    make: made('/gift_certificates', () => certificateBody),
  },
  {
    route: `PUT ${v2}/gift_certificates/:certificateId`,
    status: 200,
    make: made('/gift_certificates', () => certificateBody, { message: 'Soon' }),
    refused: [{ what: 'another code', body: { code: 'OTHER' }, status: 422 }],
  },
  {
    route: `DELETE ${v2}/gift_certificates/:certificateId`,
    ignoresBody: true,
    status: 204,
    make: made('/gift_certificates', () => certificateBody),
  },
]

/** The v2 APIs. Source: dialects/bigcommerce.md 1.3, 3.9. */
export const legacyCases: readonly OperationCase[] = [...orders, ...coupons, ...certificates]
