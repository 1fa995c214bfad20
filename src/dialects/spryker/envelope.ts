import { ok, type Result, refuse } from '../../core/result.js'
import type { WireRequest } from '../dialect.js'
import { fixed, type GlueError } from './fixed-errors.js'
import { isObject } from './validation.js'

/**
 * Attributes of a request body `{"data":{"type","attributes"}}`. The content type is never looked at: real clients
 * send JSON as `text/plain`.
 */
export function readEnvelope(request: WireRequest, type: string): Result<Readonly<Record<string, unknown>>, GlueError> {
  const body = parseJson(request.body)
  const data = isObject(body) ? body.data : undefined
  if (!isObject(data) || !Object.hasOwn(data, 'type')) return refuse(fixed.dataInvalid)
  const attributes = attributesOf(data.attributes)
  if (attributes === undefined) return refuse(fixed.dataInvalid)
  return data.type === type ? ok(attributes) : refuse(fixed.typeInvalid)
}

/** An empty list is how some clients write an empty object. */
function attributesOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (Array.isArray(value) && value.length === 0) return {}
  return isObject(value) ? value : undefined
}

/** The body as JSON; undefined when it is none, or holds a text that no database keeps (NUL, half a character). */
function parseJson(body: Buffer): unknown {
  const source = body.toString('utf8')
  try {
    const value: unknown = JSON.parse(source)
    return /\\u(?:0000|[dD][89a-fA-F])/.test(source) && !isStorable(value) ? undefined : value
  } catch {
    return undefined
  }
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\p{Cs}\0]/u.test(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, each]) => isStorable(name) && isStorable(each))
}
