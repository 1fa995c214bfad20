import qs from 'qs'
import { ok, type Result, refuse } from '../../core/result.js'
import type { WireRequest } from '../dialect.js'

/** Parameters of a request: query, form and JSON body in one tree. */
export interface Tree {
  readonly [key: string]: unknown
}

/** Deepest nesting, and most parameters, that are read. Ours. */
const deepest = 12
const mostParameters = 5_000

/** Whether a value is a nested set of parameters. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Everything that the request says, in one tree; the body wins over the query, the path over both.
 *
 * @returns a text on why the body cannot be read
 */
export async function readParams(request: WireRequest): Promise<Result<Tree, string>> {
  const body = await readBody(request)
  if (!body.ok) return body
  return ok(merged(readPairs([...request.query]), body.value))
}

async function readBody({ headers, body }: WireRequest): Promise<Result<Tree, string>> {
  const text = body.toString('utf8')
  if (text.trim() === '') return ok({})
  const contentType = headers['content-type'] ?? ''
  if (/multipart\/form-data/i.test(contentType)) return readMultipart(body, contentType)
  const isJson = /json/i.test(contentType) || /^\s*[[{]/.test(text)
  if (!isJson) return ok(readPairs([...new URLSearchParams(text)]))
  try {
    const parsed: unknown = JSON.parse(text)
    return ok(isTree(parsed) ? parsed : {})
  } catch {
    return refuse('Error occurred while parsing request parameters')
  }
}

/** Files are no parameters and are left out. */
async function readMultipart(body: Buffer, contentType: string): Promise<Result<Tree, string>> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
    const pairs = [...form.entries()].flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    )
    return ok(readPairs(pairs))
  } catch {
    return refuse('Error occurred while parsing request parameters')
  }
}

/** Builds the tree that bracket keys mean: `a[b][]=1`, `a[0][b]=1`, `a[][b]=1`. */
function readPairs(pairs: readonly (readonly [string, string])[]): Tree {
  const encoded = numbered(pairs).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
  return qs.parse(encoded.join('&'), {
    depth: deepest,
    parameterLimit: mostParameters,
    arrayLimit: 100,
    // Numbers may be ids: `payment_source[3]` is what stands for method 3, not the first of a list.
    allowSparse: true,
    plainObjects: false,
    allowPrototypes: false,
  })
}

/** `a[][b]` begins a new element whenever its key comes again: elements get the numbers that this means. */
function numbered(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const lists = new Map<string, { index: number; seen: Set<string> }>()
  return pairs.map(([key, value]) => {
    const at = key.indexOf('[][')
    if (at < 0) return [key, value]
    const name = key.slice(0, at)
    const rest = key.slice(at + 2)
    const list = lists.get(name) ?? { index: 0, seen: new Set<string>() }
    lists.set(name, list)
    if (list.seen.has(rest)) {
      list.index += 1
      list.seen.clear()
    }
    list.seen.add(rest)
    return [`${name}[${list.index}]${rest}`, value]
  })
}

/** `over` laid over `under`, branch by branch. */
function merged(under: Tree, over: Tree): Tree {
  const result: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    if (key === '__proto__') continue
    const below = Object.hasOwn(result, key) ? result[key] : undefined
    result[key] = isTree(below) && isTree(value) ? merged(below, value) : value
  }
  return result
}

/** A text, also where a number or a truth value was sent; undefined for null, blank and nested values. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return text === '' ? undefined : text
}

/** A whole number, also as text; undefined for anything else. */
export function integerText(value: unknown): number | undefined {
  const text = textOf(value)
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return undefined
  return Number(text)
}

/** `true`, `"true"`, `1` and `"1"`. */
export function flagOf(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1'
}

/** A list, also as an object whose keys are indexes. Undefined where nothing of the kind was sent. */
export function listOf(value: unknown): readonly Tree[] | undefined {
  if (Array.isArray(value)) return value.filter(isTree)
  if (!isTree(value)) return undefined
  const keys = Object.keys(value)
  if (!keys.every(key => /^\d+$/.test(key))) return [value]
  return [...keys].sort((a, b) => Number(a) - Number(b)).flatMap(key => (isTree(value[key]) ? [value[key]] : []))
}

/** The value under a name or under its `_attributes` synonym. */
export function either(tree: Tree, name: string): unknown {
  return tree[`${name}_attributes`] ?? tree[name]
}
