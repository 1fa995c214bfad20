import { expect } from 'vitest'
import { austin, brewer, mug, tee } from '../management.js'
import { readyCart } from '../purchase.js'
import { type Ask, type OperationCase, type World, wrong } from './operation-case.js'

const v3 = '/stores/:storeHash/v3'
const cartsOf = `${v3}/carts`
const checkoutsOf = `${v3}/checkouts`
const checkout = `${checkoutsOf}/:checkoutId`

type Cart = Awaited<ReturnType<World['api']['newCart']>>

/** A request about a new cart with two lines. */
const ofCart =
  (path: (cart: Cart) => string, body?: (cart: Cart) => object) =>
  async ({ api }: World): Promise<Ask> => {
    const cart = await api.newCart([brewer, { ...tee, quantity: 2 }])
    return { path: path(cart), ...(body === undefined ? {} : { body: body(cart) }) }
  }
/** Ids of its lines, in their order. */
const lineIds = (cart: Cart): readonly string[] => cart.line_items.physical_items.map((line: { id: string }) => line.id)
const itemsOf = (cart: Cart) => [{ item_id: lineIds(cart)[0], quantity: 1 }]

/** A request about a checkout that was changed by another one before. */
const after =
  (change: (cart: Cart) => readonly [path: string, body: object], ask: (cart: Cart, answer: Cart) => Ask) =>
  async ({ api }: World): Promise<Ask> => {
    const cart = await api.newCart([brewer, { ...tee, quantity: 2 }])
    const [path, body] = change(cart)
    const include = '?include=consignments.available_shipping_options'
    const answer = await api.send('POST', `/v3/checkouts/${cart.id}/${path}${include}`, { body })
    expect(answer.status, answer.text).toBe(200)
    return ask(cart, answer.json.data)
  }
const fee = { type: 'custom_fee', name: 'gift', display_name: 'Gift fee', cost: 2, source: 'AA' }
const settingsCases = (folder: string, good: object, bad: object, bodyErrors: object): readonly OperationCase[] =>
  ['/settings', '/settings/channels/:channelId'].flatMap(path => {
    const asked = `/v3${folder}${path.replace(':channelId', '1')}`
    const unknown = { channelId: 422 }
    return [
      { route: `GET ${v3}${folder}${path}`, status: 200, unknown, make: async () => ({ path: asked }) },
      {
        route: `PUT ${v3}${folder}${path}`,
        status: 200,
        unknown,
        make: async () => ({ path: asked, body: good }),
        refused: [wrong('another kind', bad, bodyErrors)],
      },
    ]
  })

const settings: readonly OperationCase[] = [
  ...settingsCases(
    '/carts',
    { allow_purchasing: true },
    { allow_purchasing: 'maybe' },
    {
      allow_purchasing: expect.any(String),
    },
  ),
  ...settingsCases(
    '/checkouts',
    { custom_checkout_sri_hash: 'x' },
    { custom_checkout_sri_hash: 7 },
    {
      custom_checkout_sri_hash: expect.any(String),
    },
  ),
]

const carts: readonly OperationCase[] = [
  {
    route: `POST ${cartsOf}`,
    status: 201,
    make: async () => ({ path: '/v3/carts', body: { line_items: [mug] } }),
    refused: [
      wrong('no items', {}, { line_items: 'required' }),
      wrong(
        'no variant of a product that has several',
        { line_items: [{ product_id: 424_242, quantity: 1 }] },
        {
          'line_items.0.product_id': 'unknown',
        },
      ),
      wrong('more than there is', { line_items: [{ ...mug, quantity: 1001 }] }),
      wrong('no quantity', { line_items: [{ product_id: 18 }] }, { 'line_items.0.quantity': 'required' }),
      { what: 'another currency', body: { line_items: [mug], currency: { code: 'JPY' } }, status: 400 },
      wrong('an unknown customer', { line_items: [mug], customer_id: 424_242 }, { customer_id: expect.any(String) }),
      wrong('an unknown channel', { line_items: [mug], channel_id: 424_242 }, { channel_id: 'unknown' }),
      wrong(
        'a custom item without a name',
        { custom_items: [{ sku: 'x', quantity: 1, list_price: 1 }] },
        {
          'custom_items.0.name': 'required',
        },
      ),
    ],
  },
  { route: `GET ${cartsOf}/:cartId`, status: 200, make: ofCart(({ id }) => `/v3/carts/${id}`) },
  {
    route: `PUT ${cartsOf}/:cartId`,
    status: 201,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/carts/${id}`,
      () => ({ customer_id: 1 }),
    ),
    refused: [
      wrong('no customer', {}, { customer_id: 'required' }),
      wrong('an unknown customer', { customer_id: 424_242 }, { customer_id: expect.any(String) }),
    ],
  },
  { route: `DELETE ${cartsOf}/:cartId`, status: 204, make: ofCart(({ id }) => `/v3/carts/${id}`) },
  {
    route: `POST ${cartsOf}/:cartId/items`,
    status: 201,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/carts/${id}/items`,
      () => ({ line_items: [mug] }),
    ),
    refused: [
      wrong('no items', {}, { line_items: 'required' }),
      wrong('more than there is', { line_items: [{ ...mug, quantity: 1001 }] }),
    ],
  },
  {
    route: `PUT ${cartsOf}/:cartId/items/:itemId`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      cart => `/v3/carts/${cart.id}/items/${lineIds(cart)[0]}`,
      () => ({ line_item: { product_id: 86, quantity: 3 } }),
    ),
    refused: [
      wrong('no line', {}, { line_item: 'required' }),
      wrong('less than nothing', { line_item: { product_id: 86, quantity: -1 } }),
      wrong('more than there is', { line_item: { product_id: 86, quantity: 1001 } }),
    ],
  },
  {
    route: `DELETE ${cartsOf}/:cartId/items/:itemId`,
    status: 200,
    isVersioned: true,
    make: ofCart(cart => `/v3/carts/${cart.id}/items/${lineIds(cart)[0]}`),
  },
  {
    route: `POST ${cartsOf}/:cartId/redirect_urls`,
    status: 201,
    make: ofCart(
      ({ id }) => `/v3/carts/${id}/redirect_urls`,
      () => ({ query_params: { a: 'b' } }),
    ),
    refused: [wrong('parameters of another kind', { query_params: 7 }, { query_params: expect.any(String) })],
  },
]

const checkouts: readonly OperationCase[] = [
  { route: `GET ${checkout}`, status: 200, make: ofCart(({ id }) => `/v3/checkouts/${id}`) },
  {
    route: `PUT ${checkout}`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}`,
      () => ({ customer_message: 'Hello' }),
    ),
    refused: [
      wrong('no message', {}, { customer_message: 'required' }),
      wrong('a long one', { customer_message: 'x'.repeat(2001) }, { customer_message: expect.any(String) }),
    ],
  },
  {
    route: `POST ${checkout}/billing-address`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/billing-address`,
      () => austin,
    ),
    refused: [
      wrong('no e-mail', { ...austin, email: '' }, { email: 'required' }),
      wrong('no country', { ...austin, country_code: undefined }, { country_code: 'required' }),
    ],
  },
  {
    route: `PUT ${checkout}/billing-address/:addressId`,
    status: 200,
    isVersioned: true,
    make: after(
      () => ['billing-address', austin],
      ({ id }, answer) => ({
        path: `/v3/checkouts/${id}/billing-address/${answer.billing_address.id}`,
        body: { ...austin, city: 'Dallas' },
      }),
    ),
  },
  {
    route: `POST ${checkout}/consignments`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/consignments`,
      cart => [{ address: austin, line_items: itemsOf(cart) }],
    ),
    refused: [
      wrong('none', []),
      wrong('no items', [{ address: austin, line_items: [] }], { '0.line_items': 'must not be empty' }),
      wrong('an unknown item', [{ address: austin, line_items: [{ item_id: 'x', quantity: 1 }] }]),
      wrong('no country', [{ address: { email: 'a@example.com' }, line_items: [{ item_id: 'x', quantity: 1 }] }], {
        '0.address.country_code': 'required',
      }),
    ],
  },
  {
    route: `PUT ${checkout}/consignments/:consignmentId`,
    status: 200,
    isVersioned: true,
    make: after(
      cart => ['consignments', [{ address: austin, line_items: itemsOf(cart) }]],
      ({ id }, { consignments: [one] }) => ({
        path: `/v3/checkouts/${id}/consignments/${one.id}`,
        body: { shipping_option_id: one.available_shipping_options[0].id },
      }),
    ),
    refused: [
      wrong('nothing', {}, { shipping_option_id: 'required' }),
      wrong(
        'two kinds at once',
        { shipping_option_id: 'x', address: austin },
        {
          shipping_option_id: expect.any(String),
        },
      ),
      wrong(
        'an option that is not offered',
        { shipping_option_id: 'f'.repeat(32) },
        {
          shipping_option_id: 'unknown',
        },
      ),
    ],
  },
  {
    route: `DELETE ${checkout}/consignments/:consignmentId`,
    status: 200,
    isVersioned: true,
    make: after(
      cart => ['consignments', [{ address: austin, line_items: itemsOf(cart) }]],
      ({ id }, { consignments: [one] }) => ({ path: `/v3/checkouts/${id}/consignments/${one.id}` }),
    ),
  },
  {
    route: `POST ${checkout}/coupons`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/coupons`,
      () => ({ coupon_code: 'SAVE20' }),
    ),
    refused: [
      wrong('no code', {}, { coupon_code: 'required' }),
      wrong('an unknown one', { coupon_code: 'NOPE' }, { coupon_code: 'invalid' }),
      wrong('a long one', { coupon_code: 'x'.repeat(51) }, { coupon_code: expect.any(String) }),
    ],
  },
  {
    route: `DELETE ${checkout}/coupons/:couponCode`,
    status: 200,
    isVersioned: true,
    make: after(
      () => ['coupons', { coupon_code: 'SAVE20' }],
      ({ id }) => ({ path: `/v3/checkouts/${id}/coupons/SAVE20` }),
    ),
  },
  {
    route: `POST ${checkout}/gift-certificates`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/gift-certificates`,
      () => ({ gift_certificate_code: 'GIFT50DEMO' }),
    ),
    refused: [
      wrong('no code', {}, { gift_certificate_code: 'required' }),
      wrong('an unknown one', { gift_certificate_code: 'NOPE' }, { gift_certificate_code: 'invalid' }, 404),
    ],
  },
  {
    route: `DELETE ${checkout}/gift-certificates/:code`,
    status: 200,
    isVersioned: true,
    make: after(
      () => ['gift-certificates', { gift_certificate_code: 'GIFT50DEMO' }],
      ({ id }) => ({ path: `/v3/checkouts/${id}/gift-certificates/GIFT50DEMO` }),
    ),
  },
  {
    route: `POST ${checkout}/discounts`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/discounts`,
      () => ({ cart: { discounts: [{ discounted_amount: 10 }] } }),
    ),
    refused: [wrong('none', {}, { cart: 'required' })],
  },
  {
    route: `POST ${checkout}/fees`,
    status: 200,
    isVersioned: true,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/fees`,
      () => ({ fees: [fee] }),
    ),
    refused: [
      wrong('none', { fees: [] }, { fees: 'must not be empty' }),
      wrong('no name', { fees: [{ ...fee, name: '' }] }, { 'fees.0.name': expect.any(String) }),
      wrong('six of them', { fees: Array.from({ length: 6 }, () => fee) }),
    ],
  },
  {
    route: `PUT ${checkout}/fees`,
    status: 200,
    isVersioned: true,
    make: after(
      () => ['fees', { fees: [fee] }],
      ({ id }, { fees: [one] }) => ({
        path: `/v3/checkouts/${id}/fees`,
        body: { fees: [{ ...fee, id: one.id, cost: 3 }] },
      }),
    ),
    refused: [wrong('an unknown one', { fees: [{ ...fee, id: 'x' }] })],
  },
  {
    route: `DELETE ${checkout}/fees`,
    status: 200,
    isVersioned: true,
    make: after(
      () => ['fees', { fees: [fee] }],
      ({ id }, { fees: [one] }) => ({ path: `/v3/checkouts/${id}/fees`, body: { ids: [one.id] } }),
    ),
    refused: [wrong('an unknown one', { ids: ['x'] }), wrong('none', {}, { ids: 'required' })],
  },
  {
    route: `POST ${checkout}/orders`,
    status: 200,
    make: async ({ api }) => ({ path: `/v3/checkouts/${await readyCart(api, [mug])}/orders` }),
  },
  {
    route: `POST ${checkout}/token`,
    status: 200,
    make: ofCart(
      ({ id }) => `/v3/checkouts/${id}/token`,
      () => ({ maxUses: 1, ttl: 60 }),
    ),
    refused: [
      wrong('no time at all', { ttl: 0 }, { ttl: expect.any(String) }),
      wrong('more than thirty days', { ttl: 2_592_001 }, { ttl: expect.any(String) }),
    ],
  },
]

/** Carts and checkouts of v3. Source: dialects/bigcommerce.md 1.1, 1.2. */
export const serverCases: readonly OperationCase[] = [...settings, ...carts, ...checkouts]
