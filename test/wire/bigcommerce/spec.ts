import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { deliberate } from './spec-differences.js'

/** As much of JSON Schema as the published descriptions use. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[] | boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

interface Answer {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Operation {
  readonly responses: Readonly<Record<string, Answer>>
}

export interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Published descriptions of the APIs, beside the project where somebody put them. Not part of the project. */
const folder = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url))

/** Which description is of which paths; the first that matches, with what it leaves out of them. */
const files: readonly { readonly paths: RegExp; readonly file: string; readonly base: RegExp }[] = [
  ...['checkouts', 'carts'].map(name => ({
    paths: new RegExp(`^/stores/[^/]+/v3/${name}(/|$)`),
    file: `${name}.v3`,
    base: /^\/stores\/[^/]+\/v3/,
  })),
  { paths: /\/v3\/payments\/methods$/, file: 'accepted-methods_payments.v3', base: /^\/stores\/[^/]+\/v3/ },
  { paths: /\/v3\/payments\/access_tokens$/, file: 'access-tokens_payments.v3', base: /^\/stores\/[^/]+\/v3/ },
  { paths: /^\/stores\/[^/]+\/payments$/, file: 'process_payments', base: /^\/stores\/[^/]+/ },
  { paths: /\/v2\/(coupons|gift_certificates)(\/|$)/, file: 'marketing.v2', base: /^\/stores\/[^/]+\/v2/ },
  { paths: /\/v2\/(orders|order_statuses)(\/|$)/, file: 'orders.v2.oas2', base: /^\/stores\/[^/]+\/v2/ },
  ...['checkouts', 'carts', 'orders', 'subscriptions'].map(name => ({
    paths: new RegExp(`^/api/storefront/${name}(/|$)`),
    file: `${name}.sf`,
    base: /^\/api\/storefront/,
  })),
  { paths: /^\/api\/storefront\/form-fields$/, file: 'form_fields.sf', base: /^\/api\/storefront/ },
  { paths: /^\/api\/storefront\/pickup-options$/, file: 'pickup_options.sf', base: /^\/api\/storefront/ },
  { paths: /^\/api\/storefront\/customers$/, file: 'customers.sf', base: /^\/api\/storefront/ },
]

const known = new Map<string, Spec | undefined>()

/** One description by its name; undefined where it is not there. */
export function specOf(name: string): Spec | undefined {
  if (known.has(name)) return known.get(name)
  const path = `${folder}bigcommerce-${name}.yml`
  const spec: Spec | undefined = existsSync(path) ? parse(readFileSync(path, 'utf8')) : undefined
  known.set(name, spec)
  return spec
}

export const areSpecsThere = existsSync(`${folder}bigcommerce-checkouts.v3.yml`)

/**
 * Where an answer is not what the descriptions say of its method, path and status, deliberate differences left out.
 * Empty for what they do not describe, and without them.
 */
export function specFaults(method: string, url: string, status: number, body: unknown): readonly string[] {
  const path = (url.split('?')[0] ?? '').replace(/\/$/, '')
  const entry = files.find(({ paths }) => paths.test(path))
  const spec = entry === undefined ? undefined : specOf(entry.file)
  if (entry === undefined || spec === undefined) return []
  const isDeliberate = (fault: string) =>
    deliberate.some(({ at, of }) => at.test(fault) && (of === undefined || of === entry.file))
  return answerFaults(method, path.replace(entry.base, ''), status, body, spec).filter(fault => !isDeliberate(fault))
}

/** As `specFaults`, of one description, with all differences. */
export function answerFaults(
  method: string,
  path: string,
  status: number,
  body: unknown,
  spec: Spec,
): readonly string[] {
  const verb = method.toLowerCase()
  const pattern = Object.keys(spec.paths)
    .filter(each => matches(each, path) && spec.paths[each]?.[verb])
    .sort((one, other) => one.split('{').length - other.split('{').length)[0]
  const responses = pattern === undefined ? undefined : spec.paths[pattern]?.[verb]?.responses
  const answer = responses?.[status.toString()]
  if (answer === undefined) {
    const isUnknownSuccess = responses !== undefined && status < 300
    return isUnknownSuccess ? [`${verb} ${pattern} has no answer ${status.toString()}`] : []
  }
  const { content } = resolved<Answer>(answer, spec)
  const schema = content?.['application/json']?.schema
  if (schema === undefined || body === undefined) return []
  return faultsOf(body, schema, '$', spec)
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
}

function resolved<T extends { readonly $ref?: string }>(value: T, spec: Spec): T {
  if (value.$ref === undefined) return value
  const target = value.$ref
    .slice(2)
    .split('/')
    .map(part => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, part) => (isObject(found) ? found[part] : undefined), spec)
  if (!isSchemaOrAnswer<T>(target)) throw new Error(`the description has no ${value.$ref}`)
  return resolved(target, spec)
}

function isSchemaOrAnswer<T>(value: unknown): value is T {
  return isObject(value)
}

function faultsOf(value: unknown, schema: Schema, at: string, spec: Spec): readonly string[] {
  if (schema.$ref !== undefined) return faultsOf(value, resolved(schema, spec), at, spec)
  if (value === null && schema.nullable === true) return []
  const choices = schema.oneOf ?? schema.anyOf
  if (choices !== undefined) {
    const found = choices.map(each => faultsOf(value, each, at, spec))
    if (found.some(faults => faults.length === 0)) return []
    // What the nearest form says is more of a help than that there is none.
    return [...found].sort((one, other) => one.length - other.length)[0] ?? []
  }
  const isRight = isOfType(value, schema.type)
  return [
    ...(schema.allOf ?? []).flatMap(each => faultsOf(value, each, at, spec)),
    ...(isRight ? [] : [`${at} is no ${String(schema.type)}: ${JSON.stringify(value)?.slice(0, 80)}`]),
    ...(isRight && schema.enum !== undefined && !schema.enum.includes(value)
      ? [`${at} is not in its list: ${String(value)}`]
      : []),
    ...(isRight ? limitFaults(value, schema, at) : []),
    ...(isObject(value) ? memberFaults(value, schema, at, spec) : []),
    ...(Array.isArray(value) && schema.items !== undefined ? elementFaults(value, schema.items, at, spec) : []),
  ]
}

function limitFaults(value: unknown, schema: Schema, at: string): readonly string[] {
  const size = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : undefined
  const isOver = (limit: number | undefined) => size !== undefined && limit !== undefined && size > limit
  const isOutside =
    typeof value === 'number' && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value))
  return [
    ...(isOver(schema.maxLength) || isOver(schema.maxItems) ? [`${at} is too long`] : []),
    ...(size !== undefined && size < (schema.minLength ?? 0) && typeof value === 'string'
      ? [`${at} is too short`]
      : []),
    ...(isOutside ? [`${at} is out of bounds: ${String(value)}`] : []),
  ]
}

function elementFaults(value: readonly unknown[], items: Schema, at: string, spec: Spec): readonly string[] {
  return value.flatMap((element, index) => faultsOf(element, items, `${at}.${index.toString()}`, spec))
}

function memberFaults(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  at: string,
  spec: Spec,
): readonly string[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  const missing = required.filter(name => !Object.hasOwn(value, name))
  const { additionalProperties: rest } = schema
  const own = Object.entries(value).flatMap(([name, member]) => {
    const one = schema.properties?.[name] ?? (typeof rest === 'object' ? rest : undefined)
    if (one !== undefined) return faultsOf(member, one, `${at}.${name}`, spec)
    return rest === false ? [`${at}.${name} is unknown`] : []
  })
  return [...missing.map(name => `${at}.${name} is missing`), ...own]
}

function isOfType(value: unknown, type: Schema['type']): boolean {
  if (Array.isArray(type)) return type.some(each => isOfType(value, each))
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'string':
      return typeof value === 'string'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'null':
      return value === null
    default:
      return true
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
