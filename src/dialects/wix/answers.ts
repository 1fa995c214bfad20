import type { WireRequest, WireResponse } from '../dialect.js'

/** An answer as JSON, with the request's id. Success is always 200 and always JSON. Source: dialects/wix.md 2.5, 3.0. */
export function respondJson(wire: Pick<WireRequest, 'requestId'>, body: unknown, status = 200): WireResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Wix-Request-Id': wire.requestId },
    body: JSON.stringify(body),
  }
}

/** A failure of ours: sent without a word, on purpose. */
export function respondFailure(wire: Pick<WireRequest, 'requestId'>, status: number): WireResponse {
  return respondJson(wire, { message: '', details: {} }, status)
}
