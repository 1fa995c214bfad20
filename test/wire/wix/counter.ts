import { expect } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { goods, item, type Wix } from './wix.js'

/** A checkout of a new visitor, and how it is talked to. */
export interface OpenCheckout {
  readonly auth: string
  readonly checkout: TestAnswer['json']
  readonly path: string
  /** A request below the checkout's own path. */
  send(method: string, more: string, sent?: object): Promise<TestAnswer>
}

export interface Counter {
  create(auth: string, body: object): Promise<TestAnswer>
  /** Three shirts and a shoe, unless the body says otherwise. */
  begin(body?: object): Promise<OpenCheckout>
}

/** Where checkouts of visitors are made. */
export function counterOf(wix: Wix): Counter {
  const create = (auth: string, body: object) =>
    wix.send('POST', '/ecom/v1/checkouts', { auth, body: { channelType: 'WEB', ...body } })
  return {
    create,
    async begin(body = {}) {
      const auth = await wix.visitor()
      const answer = await create(auth, { lineItems: [item(goods.shirt, 3), item(goods.shoe)], ...body })
      expect(answer.status).toBe(200)
      const { checkout } = answer.json
      const path = `/ecom/v1/checkouts/${checkout.id}`
      return {
        auth,
        checkout,
        path,
        send: (method, more, sent) =>
          wix.send(method, path + more, { auth, ...(sent === undefined ? {} : { body: sent }) }),
      }
    },
  }
}
