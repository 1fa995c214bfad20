import type { Flow, FlowStep, Shopper } from '../flow.js'
import { expectStatus, type HttpConnection } from '../http-connection.js'

interface SprykerState {
  readonly shopper: Shopper
  readonly cartId: string
}

/** The wire of a Spryker Glue storefront: a guest is who names itself in this header. */
const guestHeaders = (shopperId: string): Readonly<Record<string, string>> => ({
  accept: 'application/vnd.api+json',
  'content-type': 'application/json',
  'x-anonymous-customer-unique-id': shopperId,
})

const address = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Bench',
  address1: 'Example street',
  address2: '7',
  zipCode: '10115',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '030123456',
}

const steps: readonly FlowStep<SprykerState>[] = [
  {
    name: 'add item 1',
    async run(connection, state) {
      const answer = await addItem(connection, state, '/guest-cart-items', state.shopper.skus[0])
      return { ...state, cartId: cartIdOf(answer) }
    },
  },
  {
    name: 'add item 2',
    async run(connection, state) {
      await addItem(connection, state, `/guest-carts/${state.cartId}/guest-cart-items`, state.shopper.skus[1])
      return state
    },
  },
  {
    name: 'checkout-data',
    async run(connection, state) {
      const include = 'shipments,shipment-methods,payment-methods,guest-carts'
      await post(
        connection,
        state,
        `/checkout-data?include=${include}`,
        'checkout-data',
        checkoutAttributes(state),
        200,
      )
      return state
    },
  },
  {
    name: 'checkout',
    async run(connection, state) {
      const answer = await post(
        connection,
        state,
        '/checkout?include=orders',
        'checkout',
        checkoutAttributes(state),
        201,
      )
      if (!answer.includes('"orderReference":"DE--')) throw new Error('No order reference was answered')
      return state
    },
  },
]

/** Guest checkout as a Glue storefront does it; the addresses travel with both checkout calls, nothing is kept between. */
export const sprykerFlow: Flow<SprykerState> = {
  dialect: 'spryker',
  steps,
  begin: shopper => ({ shopper, cartId: '' }),
  async fillCart(connection, shopperId, skus) {
    const first = skus[0]
    const state = { shopper: { id: shopperId, skus: [first ?? '', first ?? ''] as const }, cartId: '' }
    let cartId = ''
    for (const sku of skus) cartId = cartIdOf(await addItem(connection, state, '/guest-cart-items', sku))
    return {
      async write(quantity) {
        const body = JSON.stringify({ data: { type: 'guest-cart-items', attributes: { quantity } } })
        const path = `/guest-carts/${cartId}/guest-cart-items/${first}?include=guest-cart-items`
        expectStatus(await connection.send('PATCH', path, { headers: guestHeaders(shopperId), body }), 200)
      },
    }
  },
}

function checkoutAttributes(state: SprykerState): object {
  return {
    idCart: state.cartId,
    customer: { salutation: 'Ms', firstName: 'Ada', lastName: 'Bench', email: `${state.shopper.id}@polytill.test` },
    billingAddress: address,
    shippingAddress: address,
    shipment: { idShipmentMethod: 1 },
    payments: [{ paymentMethodName: 'invoice', paymentProviderName: 'DummyPayment' }],
  }
}

function addItem(connection: HttpConnection, state: SprykerState, path: string, sku: string): Promise<string> {
  return post(connection, state, `${path}?include=guest-cart-items`, 'guest-cart-items', { sku, quantity: 1 }, 201)
}

async function post(
  connection: HttpConnection,
  state: SprykerState,
  path: string,
  type: string,
  attributes: object,
  status: number,
): Promise<string> {
  const body = JSON.stringify({ data: { type, attributes } })
  return expectStatus(await connection.send('POST', path, { headers: guestHeaders(state.shopper.id), body }), status)
}

/** The id of the cart that an answer is about: the only one of its type in it. */
function cartIdOf(answer: string): string {
  const id = /"type":"guest-carts","id":"([^"]+)"/.exec(answer)?.[1]
  if (id === undefined) throw new Error(`The answer names no cart: ${answer.slice(0, 500)}`)
  return id
}
