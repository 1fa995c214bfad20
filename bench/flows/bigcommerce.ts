import type { Flow, FlowStep, Shopper } from '../flow.js'
import { expectStatus, type HttpConnection } from '../http-connection.js'

interface BigCommerceState {
  readonly shopper: Shopper
  readonly cartId: string
  readonly lines: readonly string[]
  readonly consignmentId: string
  readonly optionId: string
  readonly orderId: number
}

const headers = {
  accept: 'application/json',
  'content-type': 'application/json',
  'x-auth-token': 'demo-bigcommerce-token',
}

const store = '/stores/demo'
/** Goods of the runs are numbered from here, see `goods.ts`. */
const firstProduct = 5_000_000

const address = {
  first_name: 'Ada',
  last_name: 'Bench',
  email: 'ada@polytill.test',
  address1: '7 Example street',
  city: 'Austin',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
}

const include = 'include=consignments.available_shipping_options'

const steps: readonly FlowStep<BigCommerceState>[] = [
  {
    name: 'create cart',
    async run(connection, state) {
      const cart = await send(connection, 'POST', '/v3/carts', { line_items: [lineOf(state.shopper.skus[0])] }, 201)
      return { ...state, cartId: cart.id }
    },
  },
  {
    name: 'add item 2',
    async run(connection, state) {
      const body = { line_items: [lineOf(state.shopper.skus[1])] }
      const cart = await send(connection, 'POST', `/v3/carts/${state.cartId}/items`, body, 201)
      const lines: readonly { readonly id: string }[] = cart.line_items.physical_items
      return { ...state, lines: lines.map(line => line.id) }
    },
  },
  {
    name: 'billing address',
    async run(connection, state) {
      await send(connection, 'POST', `/v3/checkouts/${state.cartId}/billing-address`, address, 200)
      return state
    },
  },
  {
    name: 'consignment',
    async run(connection, state) {
      const body = [{ address, line_items: state.lines.map(item_id => ({ item_id, quantity: 1 })) }]
      const checkout = await send(
        connection,
        'POST',
        `/v3/checkouts/${state.cartId}/consignments?${include}`,
        body,
        200,
      )
      const { id, available_shipping_options: options } = checkout.consignments[0]
      return { ...state, consignmentId: id, optionId: options[0].id }
    },
  },
  {
    name: 'shipping option',
    async run(connection, state) {
      const path = `/v3/checkouts/${state.cartId}/consignments/${state.consignmentId}`
      await send(connection, 'PUT', path, { shipping_option_id: state.optionId }, 200)
      return state
    },
  },
  {
    name: 'order',
    async run(connection, state) {
      const order = await send(connection, 'POST', `/v3/checkouts/${state.cartId}/orders`, {}, 200)
      return { ...state, orderId: order.id }
    },
  },
  {
    name: 'pay',
    async run(connection, state) {
      const token = await send(connection, 'POST', '/v3/payments/access_tokens', { order: { id: state.orderId } }, 201)
      const body = JSON.stringify({ payment: { payment_method_id: 'offline.cod' } })
      const authorized = { ...headers, authorization: `PAT ${token.id}` }
      expectStatus(await connection.send('POST', `${store}/payments`, { headers: authorized, body }), 201)
      return state
    },
  },
]

/** A guest's checkout as a backend does it by the server-to-server API, paid on delivery. */
export const bigcommerceFlow: Flow<BigCommerceState> = {
  dialect: 'bigcommerce',
  steps,
  begin: shopper => ({ shopper, cartId: '', lines: [], consignmentId: '', optionId: '', orderId: 0 }),
  async fillCart(connection, _shopperId, skus) {
    const cart = await send(connection, 'POST', '/v3/carts', { line_items: skus.slice(0, 1).map(lineOf) }, 201)
    const path = `/v3/carts/${cart.id}/items`
    for (const sku of skus.slice(1)) await send(connection, 'POST', path, { line_items: [lineOf(sku)] }, 201)
    const [first] = cart.line_items.physical_items
    return {
      async write(quantity) {
        await send(connection, 'PUT', `${path}/${first.id}`, { line_item: { quantity } }, 200)
      },
    }
  },
}

function lineOf(sku: string): object {
  const id = firstProduct + Number(sku.slice(-4)) - 1
  return { product_id: id, variant_id: id, quantity: 1 }
}

/** `data` of the answer, of any shape: a step that looks where nothing is fails by that. */
async function send(
  connection: HttpConnection,
  method: string,
  path: string,
  body: object,
  status: number,
): Promise<ReturnType<typeof JSON.parse>> {
  const answer = await connection.send(method, store + path, { headers, body: JSON.stringify(body) })
  return JSON.parse(expectStatus(answer, status)).data
}
