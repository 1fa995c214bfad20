import type { Flow, FlowStep, Shopper } from '../flow.js'
import { expectStatus, type HttpConnection } from '../http-connection.js'

interface WixState {
  readonly shopper: Shopper
  readonly token: string
  readonly checkoutId: string
}

const appId = '215238eb-22a5-4c36-9e7b-e7c08025e04e'
const clientId = 'c0ffee00-0001-4a6b-9b61-000000000001'

const place = {
  address: { country: 'US', subdivision: 'US-NY', city: 'New York', postalCode: '10011', addressLine: '1 Test Street' },
  contactDetails: { firstName: 'Ada', lastName: 'Bench', phone: '+12125550100' },
}

const steps: readonly FlowStep<WixState>[] = [
  {
    name: 'token',
    run: async (connection, state) => ({ ...state, token: await newVisitor(connection) }),
  },
  {
    name: 'add item 1',
    run: (connection, state) => addItem(connection, state, state.shopper.skus[0]),
  },
  {
    name: 'add item 2',
    run: (connection, state) => addItem(connection, state, state.shopper.skus[1]),
  },
  {
    name: 'create-checkout',
    async run(connection, state) {
      const path = '/ecom/v1/carts/current/create-checkout'
      const answer = await send(connection, state.token, 'POST', path, { channelType: 'WEB' })
      return { ...state, checkoutId: memberOf(answer, 'checkoutId') }
    },
  },
  {
    name: 'update checkout',
    async run(connection, state) {
      const checkout = {
        buyerInfo: { email: `${state.shopper.id}@polytill.test` },
        billingInfo: place,
        shippingInfo: { shippingDestination: place },
      }
      await send(connection, state.token, 'PATCH', `/ecom/v1/checkouts/${state.checkoutId}`, { checkout })
      return state
    },
  },
  {
    name: 'create order',
    async run(connection, state) {
      const path = `/ecom/v1/checkouts/${state.checkoutId}/create-order-and-charge`
      memberOf(await send(connection, state.token, 'POST', path, { paymentToken: 'sandbox_approve' }), 'orderId')
      return state
    },
  },
]

/** Checkout of an anonymous visitor as the platform's SDK does it, paid by the test gateway in the last call. */
export const wixFlow: Flow<WixState> = {
  dialect: 'wix',
  steps,
  begin: shopper => ({ shopper, token: '', checkoutId: '' }),
  async fillCart(connection, shopperId, skus) {
    const first = skus[0] ?? ''
    const shopper: Shopper = { id: shopperId, skus: [first, first] }
    const state = { shopper, token: await newVisitor(connection), checkoutId: '' }
    for (const sku of skus) await addItem(connection, state, sku)
    return {
      async write(quantity) {
        const lineItems = [{ id: '00000000-0000-0000-0000-000000000001', quantity }]
        await send(connection, state.token, 'POST', '/ecom/v1/carts/current/update-line-items-quantity', { lineItems })
      },
    }
  },
}

async function newVisitor(connection: HttpConnection): Promise<string> {
  const answer = await send(connection, '', 'POST', '/oauth2/token', { clientId, grantType: 'anonymous' })
  return memberOf(answer, 'access_token')
}

async function addItem(connection: HttpConnection, state: WixState, catalogItemId: string): Promise<WixState> {
  const lineItems = [{ quantity: 1, catalogReference: { appId, catalogItemId } }]
  const answer = await send(connection, state.token, 'POST', '/ecom/v1/carts/current/add-to-cart', { lineItems })
  if (answer.includes('"NOT_FOUND"')) throw new Error(`The catalog does not know ${catalogItemId}`)
  return state
}

async function send(
  connection: HttpConnection,
  token: string,
  method: 'POST' | 'PATCH',
  path: string,
  body: object,
): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: token }) }
  return expectStatus(await connection.send(method, path, { headers, body: JSON.stringify(body) }), 200)
}

/** A text of an answer, by its name. */
function memberOf(answer: string, name: string): string {
  const value = new RegExp(`"${name}":"([^"]+)"`).exec(answer)?.[1]
  if (value === undefined) throw new Error(`The answer has no ${name}: ${answer.slice(0, 500)}`)
  return value
}
