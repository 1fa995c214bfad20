import type { Flow, FlowStep, Shopper } from '../flow.js'
import { expectStatus, type HttpConnection } from '../http-connection.js'

interface SpreeState {
  readonly shopper: Shopper
  readonly number: string
  readonly token: string
}

const address = {
  firstname: 'Ada',
  lastname: 'Bench',
  address1: '7 Example street',
  city: 'Albany',
  zipcode: '12207',
  phone: '5550100',
  country_iso: 'US',
  state_name: 'NY',
}

const put = (name: string, body: (state: SpreeState) => object): FlowStep<SpreeState> => ({
  name,
  async run(connection, state) {
    await send(connection, 'PUT', `/api/checkouts/${state.number}`, state.token, body(state), 200)
    return state
  },
})

const steps: readonly FlowStep<SpreeState>[] = [
  {
    name: 'create with item 1',
    async run(connection, state) {
      return { ...state, ...(await create(connection, state.shopper.skus[0])) }
    },
  },
  {
    name: 'add item 2',
    async run(connection, state) {
      const line_items = [{ sku: state.shopper.skus[1], quantity: 1 }]
      await send(connection, 'PUT', `/api/orders/${state.number}`, state.token, { order: { line_items } }, 200)
      return state
    },
  },
  put('to address', () => ({})),
  put('addresses', ({ shopper }) => ({
    order: { email: `${shopper.id}@polytill.test`, bill_address: address, ship_address: address },
  })),
  put('delivery', () => ({})),
  put('pay by check', () => ({ order: { payments_attributes: [{ payment_method_id: 3 }] } })),
]

/** Guest checkout as the API's own guide walks it: one PUT per step, the last of which places the order. */
export const spreeFlow: Flow<SpreeState> = {
  dialect: 'spree',
  steps,
  begin: shopper => ({ shopper, number: '', token: '' }),
  async fillCart(connection, _shopperId, skus) {
    const { number, token } = await create(connection, skus[0] ?? '')
    const rest = skus.slice(1).map(sku => ({ sku, quantity: 1 }))
    if (rest.length > 0)
      await send(connection, 'PUT', `/api/orders/${number}`, token, { order: { line_items: rest } }, 200)
    return {
      async write(quantity) {
        const body = { line_item: { quantity } }
        await send(connection, 'PUT', `/api/orders/${number}/line_items/1`, token, body, 200)
      },
    }
  },
}

async function create(
  connection: HttpConnection,
  sku: string,
): Promise<{ readonly number: string; readonly token: string }> {
  const body = { order: { line_items: [{ sku, quantity: 1 }] } }
  const answer = await send(connection, 'POST', '/api/orders', undefined, body, 201)
  const number = /"number":"([^"]+)"/.exec(answer)?.[1]
  const token = /"token":"([^"]+)"/.exec(answer)?.[1]
  if (number === undefined || token === undefined) throw new Error(`The answer names no order: ${answer.slice(0, 500)}`)
  return { number, token }
}

async function send(
  connection: HttpConnection,
  method: 'POST' | 'PUT',
  path: string,
  token: string | undefined,
  body: object,
  status: number,
): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { 'x-spree-order-token': token }),
  }
  return expectStatus(await connection.send(method, path, { headers, body: JSON.stringify(body) }), status)
}
