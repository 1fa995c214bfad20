import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { isObject, type Schema, schemaFaults } from '../../support/schema-faults.js'
import { deliberate } from './spec-differences.js'

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
  return schemaFaults(body, schema, '$', { resolve: reference => targetOf<Schema>(reference, spec) })
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
}

function resolved<T extends { readonly $ref?: string }>(value: T, spec: Spec): T {
  return value.$ref === undefined ? value : resolved(targetOf<T>(value.$ref, spec), spec)
}

/** What stands in the description where a reference points. */
function targetOf<T>(reference: string, spec: Spec): T {
  const target = reference
    .slice(2)
    .split('/')
    .map(part => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, part) => (isObject(found) ? found[part] : undefined), spec)
  if (!isTarget<T>(target)) throw new Error(`the description has no ${reference}`)
  return target
}

function isTarget<T>(value: unknown): value is T {
  return isObject(value)
}
