import { expect } from 'vitest'
import { describeOnEachDatabase, type TestAnswer, type TestServer } from '../../support/test-server.js'

/** What a request of a client carries. */
export interface Sent {
  /** An object goes as JSON; a text as it is, with the content type of `headers`. */
  readonly body?: object | string
  /** `X-Spree-Order-Token`. */
  readonly token?: string
  /** `X-Spree-Token`. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A client of this dialect on a server with the demo store. */
export interface Shop {
  readonly server: () => TestServer
  send(method: string, path: string, sent?: Sent): Promise<TestAnswer>
  /** A guest's order with these lines, 201. */
  newOrder(lines?: readonly Line[], sent?: Sent): Promise<Shopper>
  /** `PUT /api/checkouts/:number` as its guest; 200 unless told otherwise. */
  put(shopper: Shopper, body?: object, status?: number): Promise<TestAnswer['json']>
  /** The order as it stands. */
  read(shopper: Shopper): Promise<TestAnswer['json']>
  /** Walks an order until the step that comes before `step` is done. */
  walkTo(step: 'address' | 'delivery' | 'payment' | 'confirm' | 'complete', lines?: readonly Line[]): Promise<Shopper>
}

export interface Line {
  readonly variant_id: number
  readonly quantity: number
}

/** Who knows an order's number and token. */
export interface Shopper {
  readonly number: string
  readonly token: string
}

export const admin = 'demo-spree-key'
export const customerKey = 'demo-spree-customer-key'
export const secondKey = 'demo-spree-second-key'

/** Variant ids of the demo store. */
export const tote = 1
export const bag = 2
export const mug = 3

export const threeTotes: readonly Line[] = [{ variant_id: tote, quantity: 3 }]

/** New York, as the platform's own guide sends it, with ids of this store. */
export const address = {
  firstname: 'Ann',
  lastname: 'Lee',
  address1: '1 Road',
  city: 'Albany',
  zipcode: '12207',
  phone: '5550100',
  country_id: 236,
  state_name: 'New York',
}

export const card = {
  number: '4111111111111111',
  month: '1',
  year: '2031',
  verification_value: '123',
  name: 'Ann Lee',
}

/** Payment methods of the demo store. */
export const creditCard = 1
export const check = 3

export const addresses = {
  order: { email: 'ann@example.com', bill_address_attributes: address, ship_address_attributes: address },
}

export function paidBy(source: object = card): object {
  return {
    order: { payments_attributes: [{ payment_method_id: String(creditCard) }] },
    payment_source: { [creditCard]: source },
  }
}

export const paidByCheck = { order: { payments_attributes: [{ payment_method_id: check }] } }

/** Runs the tests of `body` on each database, against a server of its own. */
export function describeShop(title: string, body: (shop: Shop) => void): void {
  describeOnEachDatabase(title, server => body(shopOver(server)))
}

/** A client of that server. */
export function shopOver(server: () => TestServer): Shop {
  const send = (method: string, path: string, sent: Sent = {}) =>
    server().request(method, path, {
      headers: {
        ...(typeof sent.body === 'object' ? { 'content-type': 'application/json' } : {}),
        ...(sent.token === undefined ? {} : { 'x-spree-order-token': sent.token }),
        ...(sent.key === undefined ? {} : { 'x-spree-token': sent.key }),
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    })
  const newOrder = async (lines: readonly Line[] = [], sent: Sent = {}): Promise<Shopper> => {
    const made = await send('POST', '/api/orders', { body: { order: { line_items: lines } }, ...sent })
    expect([made.status, made.json.state]).toEqual([201, 'cart'])
    return { number: made.json.number, token: made.json.token }
  }
  const put: Shop['put'] = async ({ number, token }, body, status = 200) => {
    const answer = await send('PUT', `/api/checkouts/${number}`, { token, ...(body === undefined ? {} : { body }) })
    expect({ status: answer.status, ...(answer.status === status ? {} : { body: answer.json }) }).toEqual({ status })
    return answer.json
  }
  const read: Shop['read'] = async ({ number, token }) => {
    const answer = await send('GET', `/api/orders/${number}`, { token })
    expect(answer.status).toBe(200)
    return answer.json
  }
  const walkTo: Shop['walkTo'] = async (step, lines = threeTotes) => {
    const shopper = await newOrder(lines)
    const bodies = [{}, addresses, {}, paidBy(), {}]
    const wanted = ['address', 'delivery', 'payment', 'confirm', 'complete'].indexOf(step)
    for (const body of bodies.slice(0, wanted + 1)) await put(shopper, body)
    return shopper
  }
  return { server, send, newOrder, put, read, walkTo }
}
