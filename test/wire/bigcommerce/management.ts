import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { expectAsDescribed } from './expect-as-described.js'

/** What a request of a backend carries besides its path. */
export interface Sent {
  readonly body?: string | object
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** A backend that calls the server-to-server API of the demo store. */
export interface Management {
  readonly server: TestServer
  /** Any path below `/stores/demo`. */
  send(method: string, path: string, sent?: Sent): Promise<TestAnswer>
  /** A new cart with these goods; its `data`. */
  newCart(lines: readonly object[], more?: object): Promise<TestAnswer['json']>
  /** The checkout as it stands; its `data`. */
  checkout(id: string, include?: string): Promise<TestAnswer['json']>
}

export const demoToken = 'demo-bigcommerce-token'

export function managementOver(getServer: () => TestServer): Management {
  const send: Management['send'] = async (method, path, { body, token = demoToken, headers = {} } = {}) => {
    const url = `/stores/demo${path}`
    const answer = await getServer().request(method, url, {
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { 'x-auth-token': token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    expectAsDescribed(method, url, answer)
    return answer
  }
  const dataOf = (answer: TestAnswer, status: number) => {
    if (answer.status !== status) throw new Error(`${answer.status.toString()}: ${answer.text}`)
    return answer.json.data
  }
  return {
    get server() {
      return getServer()
    },
    send,
    newCart: async (lines, more = {}) =>
      dataOf(await send('POST', '/v3/carts', { body: { line_items: lines, ...more } }), 201),
    checkout: async (id, include) => {
      const query = include === undefined ? '' : `?include=${include}`
      return dataOf(await send('GET', `/v3/checkouts/${id}${query}`), 200)
    },
  }
}

export const brewer = { product_id: 86, variant_id: 66, quantity: 1 }
export const coffeemaker = { product_id: 88, variant_id: 67, quantity: 1 }
export const basket = { product_id: 97, variant_id: 69, quantity: 1 }
export const journal = { product_id: 189, variant_id: 360, quantity: 1 }
export const mug = { product_id: 18, variant_id: 18, quantity: 1 }
export const tee = { product_id: 19, variant_id: 19, quantity: 1 }

export const austin = {
  first_name: 'Ana',
  last_name: 'Ruiz',
  email: 'ana@example.com',
  company: '',
  address1: '9 Elm St',
  address2: '',
  city: 'Austin',
  state_or_province: 'Texas',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
  phone: '5125550100',
}

export const notThere = '00000000-0000-4000-8000-000000000000'
