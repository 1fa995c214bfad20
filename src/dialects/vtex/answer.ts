import { randomUUID } from 'node:crypto'
import type { WireResponse } from '../dialect.js'
import type { ErrorText } from './error-texts.js'

/** One error of the API: its code, its English text, and the status that goes with it. */
export interface VtexError extends ErrorText {
  readonly status: number
  readonly code: string
  readonly headers?: Readonly<Record<string, string>>
}

const noStore = { 'Cache-Control': 'no-cache, no-store' }

/** Answers JSON. */
export function respondJson(
  body: unknown,
  options: { readonly status?: number; readonly cookies?: readonly string[] } = {},
): WireResponse {
  return {
    status: options.status ?? 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...noStore, ...cookieHeader(options.cookies) },
    body: JSON.stringify(body),
  }
}

/** Answers without a body. */
export function respondEmpty(status: number, cookies: readonly string[] = []): WireResponse {
  return { status, headers: { ...noStore, ...cookieHeader(cookies) } }
}

/** Answers text. */
export function respondText(
  status: number,
  text: string,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): WireResponse {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...noStore, ...headers }, body: text }
}

/** Answers an error in the envelope that all errors share. */
export function respondError(error: VtexError): WireResponse {
  const { status, code, message, headers } = error
  const response = {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...noStore, ...headers },
    body: JSON.stringify({ fields: {}, error: { code, message, exception: null }, operationId: randomUUID() }),
  }
  answered.set(response, error)
  return response
}

const answered = new WeakMap<WireResponse, VtexError>()

/** The error that a response tells; undefined where it tells none. */
export function errorOf(response: WireResponse): VtexError | undefined {
  return answered.get(response)
}

/** What an unknown path gets: no JSON, a small page. */
export function respondUnknownPath(): WireResponse {
  const text = 'The requested URL was not found on this server.'
  return {
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>${text}</p></body></html>`,
  }
}

function cookieHeader(cookies: readonly string[] = []): Readonly<Record<string, readonly string[]>> {
  return cookies.length === 0 ? {} : { 'Set-Cookie': cookies }
}
