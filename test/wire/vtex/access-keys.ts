import { expect } from 'vitest'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { clientOf, type VtexClient } from './shop.js'

export const adminKey = 'a-key-that-nobody-guesses'
const bearer = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
const authentication = '/api/vtexid/pub/authentication'
const urlEncoded = { 'content-type': 'application/x-www-form-urlencoded' }

export type Fields = Readonly<Record<string, string>>

/** A browser that began to sign in. */
export async function started(server: () => TestServer): Promise<VtexClient & { readonly token: string }> {
  const client = clientOf(server)
  const answer = await client.send('GET', `${authentication}/start?scope=polytill`)
  return { ...client, token: answer.json.authenticationToken }
}

/** Asks for a key, as the description of the API has it. */
export function askKey(client: VtexClient, email: string): Promise<TestAnswer> {
  return client.send('POST', `${authentication}/accesskey/send?email=${encodeURIComponent(email)}`)
}

/** Brings a key, in a form of one line. */
export function bringKey(client: VtexClient, login: string, accessKey: string): Promise<TestAnswer> {
  return sendForm(client, 'validate', { login, accessKey })
}

/** A step by a form of one line. */
export function sendForm(client: VtexClient, step: 'send' | 'validate', fields: Fields): Promise<TestAnswer> {
  return client.send('POST', `${authentication}/accesskey/${step}`, new URLSearchParams(fields).toString(), urlEncoded)
}

/** A step by a form in parts. */
export async function sendParts(client: VtexClient, step: 'send' | 'validate', fields: Fields): Promise<TestAnswer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  return client.send('POST', `${authentication}/accesskey/${step}`, await encoded.text(), headers)
}

/** A step by a JSON object. */
export function sendJson(client: VtexClient, step: 'send' | 'validate', fields: Fields): Promise<TestAnswer> {
  return client.send('POST', `${authentication}/accesskey/${step}`, fields)
}

/** What waits for the store's own mailer. */
export async function signInEvents(server: () => TestServer): Promise<ReturnType<typeof JSON.parse>> {
  const answer = await server().request('GET', '/admin/v1/events?type=customer.sign_in_requested', { headers: bearer })
  expect(answer.status).toBe(200)
  return answer.json.events
}

/** The mailer asks for the key of a request. */
export function makeKey(server: () => TestServer, codeRequest: unknown): Promise<TestAnswer> {
  return server().request('POST', '/admin/v1/sign-in-codes', { headers: bearer, body: { codeRequest } })
}

/** The key that came by e-mail: the mailer has seen to the newest event. */
export async function keyFrom(server: () => TestServer): Promise<string> {
  const made = await makeKey(server, (await signInEvents(server)).at(-1).data.codeRequest)
  expect(made.status).toBe(201)
  return made.json.code
}

/** A key that is not that one. */
export function otherThan(key: string): string {
  return `${(Number(key) + 1) % 1_000_000}`.padStart(6, '0')
}

/** What a step says that does not end with a token. */
export function outcome(authStatus: string) {
  return {
    authStatus,
    promptMFA: false,
    lastAttemptAvailable: null,
    clientToken: null,
    authCookie: null,
    accountAuthCookie: null,
    expiresIn: 0,
    userId: null,
    phoneNumber: null,
    scope: null,
  }
}
