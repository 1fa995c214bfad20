import { expect } from 'vitest'
import { describeOnEachDatabase, type TestServer } from '../../support/test-server.js'
import { specFaults } from './glue-spec.js'

/** One answer, read whole. `json` is undefined where there is no body. */
export type GlueAnswer = Awaited<ReturnType<TestServer['request']>>

export interface Sent {
  /** Resource type and attributes of a JSON:API body. */
  readonly data?: { readonly type: string; readonly attributes: object }
  /** A body as it is, instead of `data`. */
  readonly body?: string
  readonly token?: string
  readonly guest?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A client of the Spryker dialect on a server with the demo store; holds every answer against the specification. */
export interface Glue {
  readonly baseUrl: () => string
  readonly server: () => TestServer
  send(method: string, path: string, sent?: Sent): Promise<GlueAnswer>
  /** Registers a customer that no other test knows, and signs in. */
  newCustomer(): Promise<Shopper>
  signIn(email: string, password: string): Promise<{ readonly accessToken: string; readonly refreshToken: string }>
}

export interface Shopper {
  readonly email: string
  readonly password: string
  readonly reference: string
  readonly token: string
  readonly refreshToken: string
}

/** Runs the tests of `body` on each database, against a server of its own. */
export function describeGlue(title: string, body: (glue: Glue) => void): void {
  describeOnEachDatabase(title, server => body(glueOver(server)))
}

const password = 'Change123!change'
let customersSoFar = 0

/** Attributes of a registration that is accepted. */
export function registration(email: string): Readonly<Record<string, unknown>> {
  return {
    salutation: 'Ms',
    firstName: 'Ada',
    lastName: 'Tester',
    gender: 'Female',
    email,
    password,
    confirmPassword: password,
    acceptedTerms: true,
  }
}

/** An e-mail address that no other test uses. */
export function newEmail(): string {
  customersSoFar += 1
  return `shopper-${process.pid}-${customersSoFar}@polytill.test`
}

/** A client of that server. */
export function glueOver(server: () => TestServer): Glue {
  async function send(method: string, path: string, sent: Sent = {}): Promise<GlueAnswer> {
    const text = sent.body ?? (sent.data === undefined ? undefined : JSON.stringify({ data: sent.data }))
    const answer = await server().request(method, path, {
      headers: {
        accept: '*/*',
        'content-type': 'application/json',
        ...(sent.token === undefined ? {} : { authorization: `Bearer ${sent.token}` }),
        ...(sent.guest === undefined ? {} : { 'x-anonymous-customer-unique-id': sent.guest }),
        ...sent.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    })
    expect(specFaults(method, path, answer.status, answer.json)).toEqual([])
    return answer
  }

  async function signIn(username: string, ownPassword: string) {
    const attributes = { username, password: ownPassword }
    const answer = await send('POST', '/access-tokens', { data: { type: 'access-tokens', attributes } })
    expect(answer.status).toBe(201)
    return answer.json.data.attributes as { readonly accessToken: string; readonly refreshToken: string }
  }

  async function newCustomer(): Promise<Shopper> {
    const email = newEmail()
    const made = await send('POST', '/customers', { data: { type: 'customers', attributes: registration(email) } })
    expect(made.status).toBe(201)
    const { accessToken, refreshToken } = await signIn(email, password)
    return { email, password, reference: made.json.data.id, token: accessToken, refreshToken }
  }

  return { baseUrl: () => server().baseUrl, server, send, newCustomer, signIn }
}

/** The whole answer is this one error, with the headers and reason phrase that go with it. */
export function expectError(answer: GlueAnswer, status: number, code: string | undefined, detail: string): void {
  expect(answer.json).toEqual({ errors: [{ ...(code === undefined ? {} : { code }), detail, status }] })
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/vnd.api+json')
  if (status === 422) expect(answer.reason).toBe('Unprocessable Content')
}

/** The whole answer is these field errors, in any order. */
export function expectFieldErrors(answer: GlueAnswer, details: readonly string[]): void {
  expect(answer.status).toBe(422)
  expect(answer.reason).toBe('Unprocessable Content')
  const errors = details.map(detail => ({ code: '901', detail, status: 422 }))
  expect(answer.json.errors).toHaveLength(errors.length)
  expect(answer.json.errors).toEqual(expect.arrayContaining(errors))
}

/** 204 has neither body nor content type. */
export function expectNothing(answer: GlueAnswer): void {
  expect(answer.status).toBe(204)
  expect(answer.text).toBe('')
  expect(answer.headers['content-type']).toBeUndefined()
}

/** The errors that every endpoint behind a customer's token answers. */
export async function expectCustomerOnly(glue: Glue, method: string, path: string, sent: Sent = {}): Promise<void> {
  expectError(await glue.send(method, path, sent), 403, '002', 'Missing access token.')
  expectError(await glue.send(method, path, { ...sent, token: 'bad' }), 401, '001', 'Invalid access token.')
  const both = { ...sent, token: 'bad', guest: 'guest' }
  const clash = "Headers request error. A user can't act as logged and not logged user at the same time."
  expectError(await glue.send(method, path, both), 400, '005', clash)
}
