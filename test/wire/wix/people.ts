import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { expectAsSpecified } from './exchange-spec.js'

export const site = 'c0ffee00-0002-4a6b-9b61-000000000002'
export const clientId = 'c0ffee00-0001-4a6b-9b61-000000000001'
export const customerId = 'c0ffee00-0003-4a6b-9b61-000000000001'
export const secondId = 'c0ffee00-0003-4a6b-9b61-000000000002'
export const catalogAppId = '215238eb-22a5-4c36-9e7b-e7c08025e04e'
export const shirt = '7d3c0c3e-0001-4a6b-9b61-000000000001'

/** Somebody who sends requests. */
export interface Person {
  readonly headers: Readonly<Record<string, string>>
  /** Id on the wire; absent for nobody and for keys. */
  readonly id?: string
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
}

/** The site as its visitors, members and backends reach it. */
export interface Site {
  send(method: string, path: string, from?: Person, body?: object): Promise<TestAnswer>
  grant(body: object, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>
  visitor(): Promise<Person>
  /** Logged in by a backend that knows them. */
  member(id?: string): Promise<Person>
  key(secret?: string): Person
}

export const nobody: Person = { headers: {} }

export function personOf(accessToken: string, id?: string): Person {
  return { headers: { authorization: accessToken }, ...(id === undefined ? {} : { id }) }
}

export function siteOver(getServer: () => TestServer): Site {
  const send: Site['send'] = async (method, path, from = nobody, body) => {
    const answer = await getServer().request(method, path, {
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...from.headers },
      ...(body === undefined ? {} : { body }),
    })
    expectAsSpecified({ method, path, body, answer })
    return answer
  }
  const grant: Site['grant'] = (body, headers = {}) => send('POST', '/oauth2/token', { headers }, body)
  const key = (secret = 'demo-wix-key'): Person => ({ headers: { authorization: secret, 'wix-site-id': site } })
  const visitor = async () => {
    const answer = await grant({ clientId, grantType: 'anonymous' })
    return personOf(answer.json.access_token, idIn(answer.json.access_token))
  }
  return {
    send,
    grant,
    visitor,
    key,
    async member(id = customerId) {
      const guest = await visitor()
      const authorization = `${guest.headers.authorization},demo-wix-key`
      const answer = await grant({ grant_type: 'authorized_client', member_id: id }, { authorization })
      expect(answer.status).toBe(200)
      return personOf(answer.json.access_token, id)
    },
  }
}

/** Whose token it is, as the token itself says; clients do not look, a test may. */
export function idIn(accessToken: string): string {
  const [body = ''] = accessToken.split('.').slice(-2)
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')).sub
}

/** What a client makes before it sends somebody to log in. */
export function newChallenge(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** An error of the application, as clients read it. */
export function expectError(answer: TestAnswer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.json?.details?.applicationError?.code }).toEqual({ status, code })
  expect(answer.json.details.applicationError.data).toBeTypeOf('object')
  expect(answer.headers['x-wix-request-id']).not.toBe('')
}

/** Violated rules, by field. */
export function expectViolations(answer: TestAnswer, expected: Readonly<Record<string, string>>): void {
  const violations: { field: string; violatedRule: string }[] =
    answer.json?.details?.validationError?.fieldViolations ?? []
  const found = Object.fromEntries(violations.map(({ field, violatedRule }) => [field, violatedRule]))
  expect({ status: answer.status, ...found }).toEqual({ status: 400, ...expected })
}
