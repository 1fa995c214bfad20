import type { ServerResponse } from 'node:http'
import type { WireResponse } from '../dialects/dialect.js'

/** Statuses that have no body by definition, RFC 9110 6.4.1. */
const bodyless = new Set([204, 205, 304])

/**
 * Writes an answer as the dialect worded it: status, reason phrase, headers, body, and nothing besides
 * `Content-Length` and what HTTP itself needs.
 *
 * @param isHead  the headers of a GET without its body
 * @throws Error when a header or the reason phrase cannot be sent; nothing is written then
 */
export function writeResponse(target: ServerResponse, response: WireResponse, isHead: boolean): void {
  if (target.destroyed || target.headersSent) return
  const isBodyless = bodyless.has(response.status)
  // A text goes over the wire in one piece with the headers.
  const body = isBodyless ? '' : (response.body ?? '')
  const headers: Record<string, string | string[] | number> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (isBodyless && /^content-(type|length)$/i.test(name)) continue
    headers[name] = typeof value === 'string' ? value : [...value]
  }
  if (!isBodyless) headers['content-length'] = Buffer.byteLength(body)
  if (response.reason === undefined) target.writeHead(response.status, headers)
  else target.writeHead(response.status, response.reason, headers)
  target.end(isHead ? undefined : body)
}
