import type { WireRequest } from '../../dialect.js'
import { isObject } from '../body.js'

/**
 * Fields of a form, as pages and apps send it: encoded in one line, in parts, or as a JSON object; none where there is no body.
 * Undefined for what is no form.
 */
export async function readFields(wire: WireRequest): Promise<ReadonlyMap<string, string> | undefined> {
  if (wire.body.toString('latin1').trim() === '') return new Map()
  const contentType = wire.headers['content-type'] ?? 'application/x-www-form-urlencoded'
  try {
    const entries = /^application\/json\b/i.test(contentType)
      ? jsonEntries(wire.body)
      : [...(await new Response(new Uint8Array(wire.body), { headers: { 'Content-Type': contentType } }).formData())]
    // No stored text has a NUL in it, and no database takes one.
    return new Map(
      entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.replaceAll('\0', '')]] : [])),
    )
  } catch {
    return undefined
  }
}

function jsonEntries(body: Buffer): readonly (readonly [string, unknown])[] {
  const parsed: unknown = JSON.parse(body.toString('utf8'))
  if (!isObject(parsed)) throw new SyntaxError('no object')
  return Object.entries(parsed)
}

/** The first of these fields that says something. */
export function firstOf(fields: ReadonlyMap<string, string>, ...names: readonly string[]): string {
  return names.map(name => fields.get(name)?.trim() ?? '').find(value => value !== '') ?? ''
}
