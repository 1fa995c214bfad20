import type { Json } from '../core/ids.js'
import type { WireResponse } from '../dialects/dialect.js'

/** What the admin API says of a request it does not take: `{"errors": [{"code", "message"}]}`. */
export function refusal(status: number, code: string, message: string): WireResponse {
  return jsonAnswer(status, { errors: [{ code, message }] })
}

/** A JSON answer that no cache keeps. */
export function jsonAnswer(status: number, body: Json): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  }
}
