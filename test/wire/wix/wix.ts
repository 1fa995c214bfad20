import { randomUUID } from 'node:crypto'
import { signingSecretName, type TokenHolder, writeToken } from '../../../src/dialects/wix/tokens.js'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { expectAsSpecified } from './exchange-spec.js'

export const site = 'c0ffee00-0002-4a6b-9b61-000000000002'
export const appId = '215238eb-22a5-4c36-9e7b-e7c08025e04e'
export const demoKey = 'demo-wix-key'
export const readerKey = 'demo-wix-reader'
export const firstMember = 'c0ffee00-0003-4a6b-9b61-000000000001'
export const secondMember = 'c0ffee00-0003-4a6b-9b61-000000000002'

/** Goods of the demo store by their catalog item id. */
export const goods = {
  shirt: itemId(1),
  shoe: itemId(2),
  mug: itemId(18),
  tee: itemId(19),
  coffee: itemId(303),
  lastOne: itemId(900),
  twenty: itemId(901),
  nothing: itemId(999_999),
} as const

function itemId(product: number): string {
  return `7d3c0c3e-0001-4a6b-9b61-${product.toString().padStart(12, '0')}`
}

/** The monthly option of the coffee. */
export const monthly = '5d1c0a7e-0001-4a6b-9b61-000000000001'

/** An item of a request. */
export function item(catalogItemId: string, quantity = 1, options?: object) {
  return { quantity, catalogReference: { appId, catalogItemId, ...(options === undefined ? {} : { options }) } }
}

/** A place in New York, with whom to reach there. */
export const newYork = {
  address: { country: 'US', subdivision: 'US-NY', city: 'New York', postalCode: '10011', addressLine: '1 Test Street' },
  contactDetails: { firstName: 'Test', lastName: 'Buyer', phone: '+1 212 555 0100' },
}

/** Everything that a buyer fills in before the order. */
export const filledIn = {
  buyerInfo: { email: 'buyer@polytill.test' },
  shippingInfo: { shippingDestination: newYork },
  billingInfo: newYork,
}

/** A client of this dialect over a running server. */
export interface Wix {
  send(method: string, path: string, sent?: { readonly auth?: string; readonly body?: object }): Promise<TestAnswer>
  /** An access token of somebody new whom nobody knows. */
  visitor(): Promise<string>
  member(id: string): Promise<string>
}

export function wixOver(server: () => TestServer): Wix {
  const tokenOf = async (holder: TokenHolder) => {
    const secret = await server().operations.signingSecret(signingSecretName)
    return writeToken(holder, { use: 'access', site, ttlSeconds: 600 }, secret)
  }
  return {
    send: async (method, path, { auth, body } = {}) => {
      const headers = {
        ...(auth === undefined ? {} : { authorization: auth }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      const answer = await server().request(method, path, { headers, ...(body === undefined ? {} : { body }) })
      expectAsSpecified({ method, path, body, answer })
      return answer
    },
    visitor: () => tokenOf({ kind: 'visitor', id: randomUUID() }),
    member: id => tokenOf({ kind: 'member', id }),
  }
}

/** Code of the application error of an answer; the violated rules by field where there are some. */
export function fault(answer: TestAnswer): unknown {
  const { applicationError, validationError } = answer.json?.details ?? {}
  if (validationError === undefined) return [answer.status, applicationError?.code]
  const violations: readonly { readonly field: string; readonly violatedRule: string }[] =
    validationError.fieldViolations
  return [answer.status, ...violations.map(({ field, violatedRule }) => `${field} ${violatedRule}`)]
}
