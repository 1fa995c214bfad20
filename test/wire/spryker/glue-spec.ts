import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** As much of JSON Schema as the machine-readable facts use. */
interface Schema {
  readonly $ref?: string
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

interface Spec {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Answer>> }>>>
  >
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

/** Public facts about the API, beside the project where somebody put them. Not part of the project. */
export const specPath = fileURLToPath(new URL('../../../../shared/specs/spryker-glue.openapi.json', import.meta.url))

export const spec: Spec | undefined = existsSync(specPath) ? JSON.parse(readFileSync(specPath, 'utf8')) : undefined

/** Where an answer is not what the specification says; empty without one, and for what it does not name. */
export function specFaults(
  method: string,
  url: string,
  status: number,
  body: unknown,
  facts: Spec | undefined = spec,
): readonly string[] {
  const path = url.split('?')[0] ?? ''
  if (facts === undefined || path.includes('//') || path.endsWith('/')) return []
  const pattern = Object.keys(facts.paths).find(
    each => matches(each, path) && facts.paths[each]?.[method.toLowerCase()],
  )
  const answers = pattern === undefined ? undefined : facts.paths[pattern]?.[method.toLowerCase()]?.responses
  if (answers === undefined) return []
  // The specification names few of the errors; every one has the same form. A few are plain text.
  if (status >= 400) return body === undefined ? [] : faultsOf(body, resolved('Errors', facts), '$', facts)
  const answer = answers[status.toString()]
  if (answer === undefined) return [`${method} ${pattern} does not answer ${status.toString()}`]
  const schema = Object.values(answer.content ?? {})[0]?.schema
  if (schema === undefined)
    return body === undefined ? [] : [`${method} ${pattern} has no body with ${status.toString()}`]
  return [...faultsOf(body, schema, '$', facts), ...includedFaults(body, facts)]
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
}

/** Included resources by the schema of their own type, where there is one. */
function includedFaults(body: unknown, facts: Spec): readonly string[] {
  const included = isObject(body) && Array.isArray(body.included) ? body.included : []
  return included.flatMap((resource: unknown, index) => {
    const type = isObject(resource) && typeof resource.type === 'string' ? resource.type : ''
    const schema = facts.components.schemas[`Resource_${type.replaceAll('-', '_')}`]
    return schema === undefined ? [] : faultsOf(resource, schema, `$.included.${index.toString()}`, facts)
  })
}

function faultsOf(value: unknown, schema: Schema, at: string, facts: Spec): readonly string[] {
  if (schema.$ref !== undefined) return faultsOf(value, resolved(schema.$ref, facts), at, facts)
  if (value === null && schema.nullable === true) return []
  const { oneOf } = schema
  if (oneOf !== undefined) {
    return oneOf.some(each => faultsOf(value, each, at, facts).length === 0) ? [] : [`${at} is none of its forms`]
  }
  return [
    ...(schema.allOf ?? []).flatMap(each => faultsOf(value, each, at, facts)),
    ...(isOfType(value, schema.type) ? [] : [`${at} is no ${schema.type ?? ''}: ${JSON.stringify(value)}`]),
    ...(schema.enum === undefined || schema.enum.includes(value) ? [] : [`${at} is not in its list: ${String(value)}`]),
    ...(isObject(value) ? memberFaults(value, schema, at, facts) : []),
    ...(Array.isArray(value) ? elementFaults(value, schema, at, facts) : []),
  ]
}

function resolved(reference: string, facts: Spec): Schema {
  const schema = facts.components.schemas[reference.split('/').at(-1) ?? '']
  if (schema === undefined) throw new Error(`the specification has no ${reference}`)
  return schema
}

function memberFaults(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  at: string,
  facts: Spec,
): readonly string[] {
  const missing = (schema.required ?? []).filter(name => !Object.hasOwn(value, name))
  const own = Object.entries(value).flatMap(([name, member]) => {
    const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
    const known = schema.properties?.[name] ?? rest
    return known === undefined ? [] : faultsOf(member, known, `${at}.${name}`, facts)
  })
  return [...missing.map(name => `${at}.${name} is missing`), ...own]
}

function elementFaults(value: readonly unknown[], schema: Schema, at: string, facts: Spec): readonly string[] {
  const { items, minItems = 0 } = schema
  return [
    ...(value.length < minItems ? [`${at} has too few elements`] : []),
    ...(items === undefined
      ? []
      : value.flatMap((each, index) => faultsOf(each, items, `${at}.${index.toString()}`, facts))),
  ]
}

function isOfType(value: unknown, type: Schema['type']): boolean {
  switch (type) {
    case undefined:
      return true
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
