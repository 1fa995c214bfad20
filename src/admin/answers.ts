import type { Json } from '../core/ids.js'
import type { WireRequest, WireResponse } from '../dialects/dialect.js'

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

/** The body of a request; undefined for what is no JSON. */
export function jsonOf({ body }: WireRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
