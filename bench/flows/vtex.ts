import type { Flow, FlowStep, Shopper } from '../flow.js'
import { expectStatus, type HttpConnection } from '../http-connection.js'

interface VtexState {
  readonly shopper: Shopper
  readonly orderFormId: string
  readonly orderGroup: string
  readonly transactionId: string
  readonly value: number
}

const headers = { accept: 'application/json', 'content-type': 'application/json' }

const address = {
  addressType: 'residential',
  receiverName: 'Ada Bench',
  postalCode: '22250040',
  city: 'Rio de Janeiro',
  state: 'RJ',
  country: 'BRA',
  street: 'Rua A',
  number: '7',
  neighborhood: 'Botafogo',
}

/** By invoice: what the demo store offers without a card. */
const promissory = 17

const steps: readonly FlowStep<VtexState>[] = [
  {
    name: 'orderForm',
    async run(connection, state) {
      return { ...state, orderFormId: await newOrderForm(connection) }
    },
  },
  { name: 'add item 1', run: (connection, state) => addItem(connection, state, state.shopper.skus[0]) },
  { name: 'add item 2', run: (connection, state) => addItem(connection, state, state.shopper.skus[1]) },
  {
    name: 'clientProfileData',
    async run(connection, state) {
      const person = { firstName: 'Ada', lastName: 'Bench', documentType: 'cpf', document: '52998224725' }
      const profile = { ...person, email: `${state.shopper.id}@polytill.test`, phone: '+5521999990000' }
      await post(connection, `${formPath(state)}/attachments/clientProfileData`, profile)
      return state
    },
  },
  {
    name: 'shippingData',
    async run(connection, state) {
      const logisticsInfo = [0, 1].map(itemIndex => ({ itemIndex, selectedSla: 'Normal' }))
      const body = { selectedAddresses: [address], logisticsInfo }
      const answer = await post(connection, `${formPath(state)}/attachments/shippingData`, body)
      return { ...state, value: numberIn(answer, 'value') }
    },
  },
  {
    name: 'paymentData',
    async run(connection, state) {
      const payments = [{ paymentSystem: promissory, referenceValue: state.value, installments: 1 }]
      await post(connection, `${formPath(state)}/attachments/paymentData`, { payments })
      return state
    },
  },
  {
    name: 'transaction',
    async run(connection, state) {
      const { orderFormId, value } = state
      const body = { referenceId: orderFormId, value, referenceValue: value, interestValue: 0 }
      const answer = await post(connection, `${formPath(state)}/transaction`, body)
      const transactionId = textIn(answer, 'transactionId')
      return { ...state, orderGroup: textIn(answer, 'orderGroup'), transactionId }
    },
  },
  {
    name: 'payments',
    async run(connection, state) {
      const { value, transactionId, orderGroup } = state
      const amounts = { currencyCode: 'BRL', value, referenceValue: value, installments: 1 }
      const transaction = { id: transactionId, merchantName: 'POLYTILL' }
      const body = [{ paymentSystem: promissory, ...amounts, fields: {}, transaction }]
      await post(connection, `/api/pub/transactions/${transactionId}/payments?orderId=${orderGroup}`, body, 201)
      return state
    },
  },
  {
    name: 'gatewayCallback',
    async run(connection, state) {
      const path = `/api/checkout/pub/gatewayCallback/${state.orderGroup}`
      const own = { ...headers, cookie: `checkout.vtex.com=__ofid=${state.orderFormId}` }
      // Who accepts scripts gets the emptied orderForm instead of an empty answer.
      const accept = 'application/json, text/javascript'
      expectStatus(await connection.send('POST', path, { headers: { ...own, accept }, body: '{}' }), 200)
      return state
    },
  },
]

/** A guest's checkout as a headless storefront does it: each answer is the whole orderForm. */
export const vtexFlow: Flow<VtexState> = {
  dialect: 'vtex',
  steps,
  begin: shopper => ({ shopper, orderFormId: '', orderGroup: '', transactionId: '', value: 0 }),
  async fillCart(connection, _shopperId, skus) {
    const path = `/api/checkout/pub/orderForm/${await newOrderForm(connection)}`
    await post(connection, `${path}/items`, { orderItems: skus.map(id => ({ id, quantity: 1, seller: '1' })) })
    return {
      async write(quantity) {
        await post(connection, `${path}/items/update`, { orderItems: [{ index: 0, quantity }] })
      },
    }
  },
}

function formPath({ orderFormId }: VtexState): string {
  return `/api/checkout/pub/orderForm/${orderFormId}`
}

async function newOrderForm(connection: HttpConnection): Promise<string> {
  return textIn(await post(connection, '/api/checkout/pub/orderForm?forceNewCart=true', {}), 'orderFormId')
}

async function addItem(connection: HttpConnection, state: VtexState, id: string): Promise<VtexState> {
  await post(connection, `${formPath(state)}/items`, { orderItems: [{ id, quantity: 1, seller: '1' }] })
  return state
}

async function post(connection: HttpConnection, path: string, body: object, status = 200): Promise<string> {
  return expectStatus(await connection.send('POST', path, { headers, body: JSON.stringify(body) }), status)
}

/** The first text of that name in an answer: reading the whole answer would measure this client. */
function textIn(answer: string, name: string): string {
  const found = new RegExp(`"${name}":"([^"]+)"`).exec(answer)?.[1]
  if (found === undefined) throw new Error(`The answer has no ${name}: ${answer.slice(0, 500)}`)
  return found
}

function numberIn(answer: string, name: string): number {
  const found = new RegExp(`"${name}":(\\d+)`).exec(answer)?.[1]
  if (found === undefined) throw new Error(`The answer has no ${name}: ${answer.slice(0, 500)}`)
  return Number(found)
}
