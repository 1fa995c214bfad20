import { z } from 'zod'
import { invariant } from '../../../core/assert.js'
import type { Json } from '../../../core/ids.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { pageOf } from '../page.js'
import { type Problem, problems } from '../problem.js'
import { respond, respondData } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { isoTime } from '../time.js'
import { cartRef, modifiesCarts, readsCarts } from './cart-access.js'
import { codeProblem } from './coupons.js'

const permissionSets = ['app_only', 'read', 'write', 'read_and_sf_access', 'write_and_sf_access'] as const

const fields = {
  permission_set: z.enum(permissionSets),
  namespace: z.string().min(1).max(64),
  key: z.string().min(1).max(64),
  value: z.string().min(1).max(65_535),
  description: z.string().max(255).nullish(),
}
const newField = z.object(fields)
const changes = z.object(fields).partial()

const stored = z.object({
  id: z.string(),
  owner: z.string(),
  permission_set: z.enum(permissionSets),
  namespace: z.string(),
  key: z.string(),
  value: z.string(),
  description: z.string(),
  created: z.string(),
  modified: z.string(),
})
type Metafield = z.output<typeof stored>

/** What is kept with a cart, among other things of this dialect. */
const kept = z.looseObject({ metafields: z.array(stored).default([]), lastMetafield: z.int().default(0) })
type Kept = z.output<typeof kept>

/** Most bytes that a cart keeps so: they are written with each of its changes. Ours. */
const mostBytes = 32_768

/** GET /carts/:cartId/metafields: 200 with those that this key may see, by id; `key`, `namespace`, `page`, `limit`. */
export const listMetafields = serverEndpoint(readsCarts, async (request, operations) => {
  const read = await readKept(request, operations)
  if (!read.ok) return respondProblem(read.error)
  const { query } = request.wire
  const is = (name: 'key' | 'namespace', field: Metafield) => (query.get(name) ?? field[name]) === field[name]
  const seen = read.value.metafields.filter(
    field => maySee(request, field) && is('key', field) && is('namespace', field),
  )
  const inOrder = query.get('direction')?.toLowerCase() === 'desc' ? seen.toReversed() : seen
  const { offset, limit } = pageOf(query)
  const data = inOrder.slice(offset, offset + limit).map(field => shown(field, request))
  const pagination = {
    ...{ total: seen.length, count: data.length, per_page: limit },
    ...{ current_page: offset / limit + 1, total_pages: Math.ceil(seen.length / limit) },
  }
  return respondData(data, 200, { pagination })
})

/** GET /carts/:cartId/metafields/:metafieldId: 200, or 404. */
export const getMetafield = serverEndpoint(readsCarts, async (request, operations) => {
  const read = await readKept(request, operations)
  if (!read.ok) return respondProblem(read.error)
  const found = read.value.metafields.find(field => field.id === request.params.metafieldId && maySee(request, field))
  return found === undefined ? respondProblem(problems.notFound) : respondData(shown(found, request))
})

/** POST /carts/:cartId/metafields: 200; 409 where this key has one of that namespace and key; 422. */
export const postMetafield = serverEndpoint(modifiesCarts, async (request, operations) => {
  const body = readBody(request.wire, newField)
  if (!body.ok) return respondProblem(body.error)
  const { description, ...rest } = body.value
  const changed = await changeKept(request, operations, (before, now) => {
    const id = (before.lastMetafield + 1).toString()
    const times = { created: now, modified: now }
    const made = { id, owner: keyOf(request), ...rest, description: description ?? '', ...times }
    if (isTaken(made, before)) return refuse(taken)
    const metafields = [...before.metafields, made]
    return ok({ field: made, next: { ...before, metafields, lastMetafield: before.lastMetafield + 1 } })
  })
  return changed.ok ? respondData(shown(changed.value, request)) : respondProblem(changed.error)
})

/** PUT /carts/:cartId/metafields/:metafieldId: 200; members that are absent stay. 403 for another app's, 404, 409, 422. */
export const putMetafield = serverEndpoint(modifiesCarts, async (request, operations) => {
  const body = readBody(request.wire, changes)
  if (!body.ok) return respondProblem(body.error)
  const { description, ...rest } = body.value
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const changed = await changeOne(request, operations, (before, field, now) => {
    const words = description == null ? {} : { description }
    const made: Metafield = { ...field, ...told, ...words, modified: now }
    if (isTaken(made, before)) return refuse(taken)
    return ok(before.metafields.map(each => (each === field ? made : each)))
  })
  return changed.ok ? respondData(shown(changed.value, request)) : respondProblem(changed.error)
})

/** DELETE /carts/:cartId/metafields/:metafieldId: 204; 403 for another app's, 404. */
export const deleteMetafield = serverEndpoint(modifiesCarts, async (request, operations) => {
  const changed = await changeOne(request, operations, ({ metafields }, field) =>
    ok(metafields.filter(each => each !== field)),
  )
  return changed.ok ? respond(204, undefined) : respondProblem(changed.error)
})

const taken: Problem = codeProblem({ code: 'invalid_input', field: 'key', rule: 'taken' })

function isTaken(field: Metafield, { metafields }: Kept): boolean {
  return metafields.some(
    one =>
      one.id !== field.id && one.owner === field.owner && one.namespace === field.namespace && one.key === field.key,
  )
}

/** Which app asks: what it writes is its own. */
function keyOf({ caller }: Pick<ServerRequest, 'caller'>): string {
  return caller.kind === 'key' ? caller.keyId : ''
}

function maySee(request: ServerRequest, { owner, permission_set }: Metafield): boolean {
  return owner === keyOf(request) || permission_set !== 'app_only'
}

function mayWrite(request: ServerRequest, { owner, permission_set }: Metafield): boolean {
  return owner === keyOf(request) || permission_set.startsWith('write')
}

/** What cannot be read is never taken for nothing: the next write would lose it. */
function keptIn(extras: Json | undefined): Kept {
  const parsed = kept.safeParse(extras ?? {})
  invariant(parsed.success, 'metafields are kept in the form in which they were written')
  return parsed.data
}

async function readKept(request: ServerRequest, operations: Operations): Promise<Result<Kept, Problem>> {
  const cart = cartRef(request.params.cartId)
  const read = cart === undefined ? undefined : await operations.readCart(request.caller, cart)
  if (read === undefined) return refuse(problems.cartNotFound)
  return read.ok ? ok(keptIn(read.value.cart.cart.extras.bigcommerce)) : refuse(problemOf(read.error))
}

type Decided = Result<{ readonly field: Metafield; readonly next: Kept }, Problem>

/** Changes what is kept in one write, on the newest cart. */
async function changeKept(
  request: ServerRequest,
  operations: Operations,
  decide: (before: Kept, now: string) => Decided,
): Promise<Result<Metafield, Problem>> {
  const cart = cartRef(request.params.cartId)
  if (cart === undefined) return refuse(problems.cartNotFound)
  let decided: Decided | undefined
  const changed = await operations.editCart(request.caller, {
    cart,
    plan: desk => {
      decided = decide(keptIn(desk.cart.extras.bigcommerce), desk.facts.now)
      if (!decided.ok) return ok(desk)
      // Parsed from JSON and written by the schema above: nothing in it is anything else.
      const bigcommerce = decided.value.next as unknown as Json
      if (JSON.stringify(bigcommerce).length > mostBytes) {
        return refuse({ code: 'limit_reached', limit: 'metafields', maximum: mostBytes })
      }
      return desk.edit([{ kind: 'fill_in', changes: { extras: { bigcommerce } } }])
    },
  })
  if (!changed.ok) return refuse(problemOf(changed.error))
  if (decided === undefined) return refuse(problems.notFound)
  return decided.ok ? ok(decided.value.field) : decided
}

function changeOne(
  request: ServerRequest,
  operations: Operations,
  change: (before: Kept, field: Metafield, now: string) => Result<readonly Metafield[], Problem>,
): Promise<Result<Metafield, Problem>> {
  const { metafieldId } = request.params
  return changeKept(request, operations, (before, now) => {
    const field = before.metafields.find(each => each.id === metafieldId && maySee(request, each))
    if (field === undefined) return refuse(problems.notFound)
    if (!mayWrite(request, field)) return refuse(problems.forbidden)
    const metafields = change(before, field, now)
    if (!metafields.ok) return metafields
    const after = metafields.value.find(({ id }) => id === field.id) ?? field
    return ok({ field: after, next: { ...before, metafields: [...metafields.value] } })
  })
}

function shown(field: Metafield, { params }: ServerRequest) {
  const { id, owner, created, modified, ...rest } = field
  return {
    id,
    ...rest,
    resource_type: 'cart',
    resource_id: (params.cartId ?? '').toLowerCase(),
    date_created: isoTime(created),
    date_modified: isoTime(modified),
    owner_client_id: owner,
  }
}
