import type { RouteRow } from '../../src/cli/route-index.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import type { Schema } from '../../src/pages/reference/openapi.js'
import type { RecordedExchange } from '../../test/support/record-exchanges.js'
import type { ApiFacts } from './apis.js'
import { pickExample } from './examples.js'
import { emptyShape, learn, type Shape, schemaOf } from './infer-schema.js'

/** What an OpenAPI document is made of. */
export interface ApiSource {
  readonly dialect: Pick<Dialect, 'name' | 'title'>
  readonly rows: readonly RouteRow[]
  readonly facts: ApiFacts
  readonly exchanges: readonly RecordedExchange[]
  readonly version: string
  readonly describe: (row: RouteRow) => string | undefined
}

interface Media {
  readonly schema: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>
}

/** What is written; the rest of it is open to whoever reads it. */
export interface OpenApiDocument extends Readonly<Record<string, unknown>> {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly components: Readonly<Record<string, object>>
}

/** What many endpoints have in common, learned while they are written. */
interface Shared {
  readonly shapes: Map<string, Shape>
  /** Whole bodies of a shared schema, by its name. */
  readonly bodies: Map<string, unknown[]>
}

/**
 * An OpenAPI 3.1 document: endpoints from the route tables, their words from the handlers, and the shapes of bodies from
 * what the tests sent and got.
 */
export function renderOpenApi(source: ApiSource): OpenApiDocument {
  const { dialect, facts, rows } = source
  const shared: Shared = { shapes: new Map(), bodies: new Map() }
  const paths = new Map<string, Record<string, object>>()
  const names = new Set<string>()
  for (const row of rows) {
    const path = templated(row.path, [...paths.keys()])
    const methods = paths.get(path) ?? {}
    methods[row.method.toLowerCase()] = {
      operationId: nameFor(row.method, path, names),
      ...operationOf(source, row, path, shared),
    }
    paths.set(path, methods)
  }
  const schemas = [...shared.shapes].sort(byName)
  const bodies = [...shared.bodies].sort(byName)
  return {
    openapi: '3.1.0',
    info: {
      title: `Polytill: ${dialect.title}`,
      version: source.version,
      description:
        'Endpoints come from the route tables, shapes and examples from what the tests send and get. A member that no test ' +
        'has seen is not listed.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(rows.map(row => row.surface))].map(name => ({ name })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(schemas.map(([name, shape]) => [name, schemaOf(shape, false)])),
      examples: Object.fromEntries(bodies.map(([name, values]) => [name, { value: pickExample(values) }])),
      securitySchemes: facts.securitySchemes,
    },
  }
}

/** `/a/:b` as `/a/{b}`; two paths that differ in the names of their parameters alone are one path. */
function templated(path: string, known: readonly string[]): string {
  const text = path.replaceAll(/:([A-Za-z]\w*)/g, '{$1}')
  const bare = (each: string) => each.replaceAll(/\{\w+\}/g, '{}')
  return known.find(each => bare(each) === bare(text)) ?? text
}

function operationOf(source: ApiSource, row: RouteRow, path: string, shared: Shared): object {
  const seen = source.exchanges.filter(each => each.method === row.method && each.path === row.path)
  const done = seen.filter(each => each.status < 400)
  const description = source.describe(row)
  const body = mediaOf(
    done.map(each => each.request),
    true,
    source,
    shared,
  )
  const security = source.facts.security[row.surface]
  return {
    tags: [row.surface],
    summary: summaryOf(row.handler),
    ...(description === undefined ? {} : { description }),
    ...(security === undefined ? {} : { security: security.map(asRequirement) }),
    parameters: parametersOf(path, done),
    ...(Object.keys(body).length === 0 ? {} : { requestBody: { content: body } }),
    responses: responsesOf(seen, source, shared),
    'x-coverage': row.coverage,
    'x-source': row.source,
  }
}

/** `GET /a/{b}/c-d` is `getABCD`; where two come to the same name, the later one is numbered. */
function nameFor(method: string, path: string, names: Set<string>): string {
  const words = path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_all, next: string) => next.toUpperCase())
  const name = method.toLowerCase() + words
  let free = name
  for (let count = 2; names.has(free); count += 1) free = `${name}${count}`
  names.add(free)
  return free
}

/** `putCartItem` reads `Put cart item`. */
function summaryOf(handler: string): string {
  const words = handler.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function asRequirement(names: string): object {
  return Object.fromEntries(names.split('+').map(name => [name, []]))
}

function parametersOf(path: string, done: readonly RecordedExchange[]): readonly object[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const names = [...new Set(done.flatMap(each => each.query))].filter(name => name !== '').sort()
  return [...inPath, ...names.map(name => ({ name, in: 'query', schema: { type: 'string' } }))]
}

function responsesOf(seen: readonly RecordedExchange[], source: ApiSource, shared: Shared): object {
  const statuses = [...new Set(seen.map(each => each.status))].sort()
  if (statuses.length === 0) return { default: { description: 'Not seen in the tests' } }
  const entries = statuses.map(status => {
    const bodies = seen.filter(each => each.status === status).map(each => each.response)
    const content = mediaOf(bodies, false, source, shared)
    return [
      String(status),
      { description: statusWord(status), ...(Object.keys(content).length === 0 ? {} : { content }) },
    ]
  })
  return Object.fromEntries(entries)
}

function statusWord(status: number): string {
  if (status < 300) return 'Done'
  return status < 400 ? 'Look elsewhere' : 'Refused'
}

function mediaOf(
  bodies: readonly RecordedExchange['request'][],
  isInput: boolean,
  { facts }: ApiSource,
  shared: Shared,
): Readonly<Record<string, Media>> {
  const types = [...new Set(bodies.flatMap(body => body.type ?? []))].sort()
  return Object.fromEntries(
    types.map(type => {
      const values = bodies.filter(body => body.type === type && 'json' in body).map(body => body.json)
      const shape = emptyShape()
      // What clients send is a part of what they get: shared schemas are those of answers.
      for (const value of values) learn(shape, value, isInput ? () => undefined : facts.nameOf, shared.shapes)
      const [name] = shape.kinds.size === 0 && shape.names.size === 1 ? shape.names : []
      if (name !== undefined) {
        shared.bodies.set(name, [...(shared.bodies.get(name) ?? []), ...values])
        return [
          type,
          { schema: schemaOf(shape, isInput), examples: { [name]: { $ref: `#/components/examples/${name}` } } },
        ]
      }
      const example = pickExample(values)
      return [type, { schema: schemaOf(shape, isInput), ...(example === undefined ? {} : { example }) }]
    }),
  )
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
