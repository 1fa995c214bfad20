import { createHash } from 'node:crypto'
import type { Json } from '../../core/ids.js'
import type { WireResponse } from '../dialect.js'
import { answerHeaders, type ResponseContext, reasonOf } from './headers.js'

export type Attributes = { readonly [name: string]: Json }

/** One resource of an answer. Its relationships are only resolved when the request includes their type. */
export interface Resource {
  readonly type: string
  readonly id: string | null
  readonly attributes: Attributes
  /** Path below the base URL for nested resources, e.g. `/carts/1/items/2`; default `/<type>[/<id>]`. */
  readonly self?: string
  /** Counts into the entity tag besides the attributes, e.g. the cart's version. */
  readonly version?: number
  /** By resource type, which is also the relationship's name. */
  readonly relationships?: Readonly<Record<string, Related>>
}

export type Related = () => readonly Resource[] | Promise<readonly Resource[]>

/** What of a request decides how an answer is written. */
export interface AnswerContext extends ResponseContext {
  /** Resource type that the URL names. */
  readonly type: string
  readonly baseUrl: string
  readonly path: string
  readonly rawQuery: string
  readonly include: ReadonlySet<string>
  /** `fields[type]`: attributes to keep, by resource type. */
  readonly sparse: ReadonlyMap<string, ReadonlySet<string>>
}

export interface Page {
  readonly offset: number
  readonly limit: number
}

type WireResource = {
  readonly type: string
  readonly id: string | null
  readonly attributes: Attributes
  readonly links: { readonly self: string }
  readonly relationships?: Readonly<
    Record<string, { readonly data: readonly { readonly type: string; readonly id: string | null }[] }>
  >
}

interface Collected {
  readonly included: WireResource[]
  readonly seen: Set<string>
}

/** A single resource: a POST's answer, or a GET or PATCH with an id. */
export async function respondOne(
  context: AnswerContext,
  resource: Resource,
  options: { readonly status?: number; readonly meta?: Attributes } = {},
): Promise<WireResponse> {
  const collected: Collected = { included: [], seen: new Set([keyOf(resource)]) }
  const data = await writeResource(context, resource, collected)
  const document = withIncluded(withMeta({ data }, options.meta), collected)
  return written(context, options.status ?? 200, document, tagOfOne([resource]))
}

/** A collection, also of one or none. With `page` and `total` it gets paging links. */
export async function respondMany(
  context: AnswerContext,
  resources: readonly Resource[],
  options: { readonly page?: Page | undefined; readonly total?: number } = {},
): Promise<WireResponse> {
  const collected: Collected = { included: [], seen: new Set(resources.map(keyOf)) }
  const data: WireResource[] = []
  for (const resource of resources) data.push(await writeResource(context, resource, collected))
  const links = collectionLinks(context, options.page, options.total ?? resources.length)
  return written(context, 200, withIncluded({ data, links }, collected), tagOfOne(resources))
}

/** 204: no body and no content type, since clients parse what calls itself JSON. */
export function respondNothing(context: ResponseContext): WireResponse {
  const { 'Content-Type': _, ...headers } = answerHeaders(context)
  return { status: 204, headers }
}

/** The header of an answer that holds exactly one cart, as one resource or as a collection of one. */
function tagOfOne(resources: readonly Resource[]): Readonly<Record<string, string>> {
  const [only] = resources
  return resources.length === 1 && only?.type === 'carts' ? { ETag: entityTag(only) } : {}
}

/** Changes whenever the resource does, in whatever language it is read; quoted, as the header has it. */
export function entityTag(resource: Resource): string {
  const content = JSON.stringify([resource.id, resource.version ?? 0, resource.attributes], withoutMessages)
  return `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`
}

/** Messages are in the reader's language; what they say stands beside them in figures. */
function withoutMessages(name: string, value: unknown): unknown {
  return name === 'message' ? undefined : value
}

function written(
  context: ResponseContext,
  status: number,
  document: object,
  headers: Readonly<Record<string, string>>,
): WireResponse {
  return {
    status,
    ...reasonOf(status),
    headers: { ...answerHeaders(context), ...headers },
    body: JSON.stringify(document),
  }
}

function withMeta(document: object, meta: Attributes | undefined): object {
  return meta === undefined ? document : { ...document, meta }
}

function withIncluded(document: object, collected: Collected): object {
  return collected.included.length === 0 ? document : { ...document, included: collected.included }
}

/** Waits only where a relationship that was asked for has to be looked up: most resources of a large cart have none. */
function writeResource(
  context: AnswerContext,
  resource: Resource,
  collected: Collected,
): WireResource | Promise<WireResource> {
  const wanted = Object.entries(resource.relationships ?? {}).filter(([type]) => context.include.has(type))
  return wanted.length === 0 ? wireResource(context, resource, {}) : writeRelated(context, resource, wanted, collected)
}

async function writeRelated(
  context: AnswerContext,
  resource: Resource,
  wanted: readonly (readonly [string, NonNullable<Resource['relationships']>[string]])[],
  collected: Collected,
): Promise<WireResource> {
  const relationships: Record<string, { data: { type: string; id: string | null }[] }> = {}
  for (const [type, related] of wanted) {
    const resources = await related()
    for (const child of resources) {
      const waiting = includeResource(context, child, collected)
      if (waiting !== undefined) await waiting
    }
    if (resources.length > 0) relationships[type] = { data: resources.map(({ type, id }) => ({ type, id })) }
  }
  return wireResource(context, resource, relationships)
}

function wireResource(
  context: AnswerContext,
  resource: Resource,
  relationships: NonNullable<WireResource['relationships']>,
): WireResource {
  return {
    type: resource.type,
    id: resource.id,
    attributes: keptAttributes(resource, context.sparse.get(resource.type)),
    links: { self: selfLink(context, resource) },
    ...(Object.keys(relationships).length === 0 ? {} : { relationships }),
  }
}

/** Depth first: what a resource leads to stands before it; each once. */
function includeResource(context: AnswerContext, resource: Resource, collected: Collected): Promise<void> | undefined {
  const key = keyOf(resource)
  if (collected.seen.has(key)) return undefined
  collected.seen.add(key)
  const written = writeResource(context, resource, collected)
  if (written instanceof Promise) return written.then(done => void collected.included.push(done))
  collected.included.push(written)
  return undefined
}

function keyOf(resource: Resource): string {
  return `${resource.type}:${resource.id ?? ''}`
}

function keptAttributes(resource: Resource, kept: ReadonlySet<string> | undefined): Attributes {
  if (kept === undefined) return resource.attributes
  return Object.fromEntries(Object.entries(resource.attributes).filter(([name]) => kept.has(name)))
}

function selfLink(context: AnswerContext, resource: Resource): string {
  if (resource.self !== undefined) return context.baseUrl + resource.self
  const id = resource.id === null || resource.id === '' ? '' : `/${encodeURIComponent(resource.id)}`
  const query = resource.type === context.type ? queryOf(context) : ''
  return `${context.baseUrl}/${resource.type}${id}${query}`
}

function queryOf(context: AnswerContext): string {
  return context.rawQuery === '' ? '' : `?${context.rawQuery}`
}

function collectionLinks(context: AnswerContext, page: Page | undefined, total: number): Record<string, string> {
  const self = context.baseUrl + context.path + queryOf(context)
  if (page === undefined) return { self }
  const { offset, limit } = page
  const rest = context.rawQuery.split('&').filter(part => part !== '' && !/^page(\[|%5B)/i.test(part))
  const at = (start: number) =>
    `${context.baseUrl}${context.path}?${[...rest, `page[offset]=${start}`, `page[limit]=${limit}`].join('&')}`
  const last = total === 0 ? 0 : Math.floor((total - 1) / limit) * limit
  return {
    self,
    first: at(0),
    last: at(last),
    ...(offset > 0 ? { prev: at(Math.max(0, offset - limit)) } : {}),
    ...(offset + limit < total ? { next: at(offset + limit) } : {}),
  }
}
