import type { CheckoutError } from '../../../core/errors.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CouponQuery, CouponRecord, Operations } from '../../../operations/operations.js'
import type { Access } from '../auth.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { parseInteger } from '../ids.js'
import { pageOf } from '../page.js'
import { invalid, type Problem, problems } from '../problem.js'
import { benefitsOfTypes, couponDefinition, skusOf } from '../render/coupon-definition.js'
import { respond } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { type CouponBody, couponBody, termsOf } from './coupon-terms.js'

export const readsMarketing: Access = { scope: 'store_v2_marketing', right: 'read' }
export const modifiesMarketing: Access = { scope: 'store_v2_marketing', right: 'modify' }

/** A refusal of an operation on codes: 409 for what is taken, or shared with other channels. */
export function codeProblem(error: CheckoutError): Problem {
  if (error.code === 'coupon_unknown' || error.code === 'gift_card_unknown') return problems.notFound
  if (error.code !== 'invalid_input') return problemOf(error)
  const { field, rule } = error
  const errors = { [field]: rule }
  if (rule === 'taken') return { status: 409, sentence: `The ${field} is taken already.`, code: 'conflict', errors }
  if (rule !== 'shared') return problemOf(error)
  return {
    status: 409,
    sentence: 'This code came with the store and may belong to other channels too.',
    code: 'conflict',
    errors,
  }
}

/**
 * GET /v2/coupons: a page of coupons, by id; 204 when there are none. Filters: id, code, name, type, exclude_type, min_id,
 * max_id, page, limit (50, at most 250).
 */
export const listCoupons = serverEndpoint(
  readsMarketing,
  async (request, operations) => {
    const listed = await operations.listCoupons(request.caller, queryOf(request))
    if (!listed.ok) return respondProblem(codeProblem(listed.error), 'v2')
    const { coupons } = listed.value
    if (coupons.length === 0) return respond(204, undefined)
    return respond(200, await shown(coupons, request, operations))
  },
  'v2',
)

/** GET /v2/coupons/count: how many there are. */
export const countCoupons = serverEndpoint(
  readsMarketing,
  async (request, operations) => {
    const listed = await operations.listCoupons(request.caller, { channel: request.channel.id, offset: 0, limit: 0 })
    if (!listed.ok) return respondProblem(codeProblem(listed.error), 'v2')
    return respond(200, { count: listed.value.total })
  },
  'v2',
)

/** GET /v2/coupons/:couponId: 200 with one, or 404. */
export const getCoupon = serverEndpoint(
  readsMarketing,
  async (request, operations) => {
    const found = await readCoupon(request, operations)
    return found.ok ? respondOne(200, found.value, request, operations) : respondProblem(found.error, 'v2')
  },
  'v2',
)

/**
 * POST /v2/coupons: 201 with the coupon, which works at once. 409 where the code or the name is taken; 422 for what is
 * missing or cannot be said. Not covered: particular categories, the type `promotion`.
 */
export const postCoupons = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const body = readBody(request.wire, couponBody)
    if (!body.ok) return respondProblem(body.error, 'v2')
    const terms = await termsOf(body.value, request.channel, operations)
    if (!terms.ok) return respondProblem(terms.error, 'v2')
    const { code } = body.value
    const made = await operations.createCoupon(request.caller, { channel: request.channel.id, code, ...terms.value })
    if (!made.ok) return respondProblem(codeProblem(made.error), 'v2')
    return respondOne(201, made.value, request, operations)
  },
  'v2',
)

/**
 * PUT /v2/coupons/:couponId: 200 with the coupon as it is then; members that are absent stay. The code itself cannot be
 * changed (422): uses are counted by it.
 */
export const putCoupon = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const changes = readBody(request.wire, couponBody.partial())
    if (!changes.ok) return respondProblem(changes.error, 'v2')
    const found = await readCoupon(request, operations)
    if (!found.ok) return respondProblem(found.error, 'v2')
    const [before] = await shown([found.value], request, operations)
    const { code = found.value.coupon.code } = changes.value
    if (code.toLowerCase() !== found.value.coupon.code.toLowerCase()) {
      return respondProblem({ ...problems.badRequest, status: 422, sentence: 'code cannot be changed' }, 'v2')
    }
    const body: CouponBody = couponBody.parse({ ...before, ...changes.value })
    const terms = await termsOf(body, request.channel, operations)
    if (!terms.ok) return respondProblem(terms.error, 'v2')
    const changed = await operations.changeCoupon(request.caller, {
      channel: request.channel.id,
      integerId: found.value.coupon.integerId,
      terms: terms.value,
    })
    if (!changed.ok) return respondProblem(codeProblem(changed.error), 'v2')
    return respondOne(200, changed.value, request, operations)
  },
  'v2',
)

/** DELETE /v2/coupons/:couponId: 204; 404 for one that is not there, 409 for one that other channels share. */
export const deleteCoupon = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const id = parseInteger(request.params.couponId ?? '')
    if (id === undefined) return respondProblem(problems.notFound, 'v2')
    const input = { channel: request.channel.id, integerIds: [id] }
    const gone = await operations.deleteCoupons(request.caller, input)
    return gone.ok ? respond(204, undefined) : respondProblem(codeProblem(gone.error), 'v2')
  },
  'v2',
)

/** DELETE /v2/coupons: 204; those named by `id:in`, else all that are this channel's alone. 422 for an id that is none. */
export const deleteCoupons = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const named = namedIds(request.wire.query)
    if (!named.ok) return respondProblem(named.error, 'v2')
    const input = { channel: request.channel.id, ...named.value }
    const gone = await operations.deleteCoupons(request.caller, input)
    return gone.ok ? respond(204, undefined) : respondProblem(codeProblem(gone.error), 'v2')
  },
  'v2',
)

/** What `id:in` names; nothing where it is not there. Whoever names nothing, or what can be none, means something else. */
function namedIds(query: URLSearchParams): Result<{ readonly integerIds?: readonly number[] }, Problem> {
  const named = query.get('id:in')
  if (named === null) return ok({})
  const ids = named.split(',').map(text => parseInteger(text.trim()))
  const integerIds = ids.filter(id => id !== undefined)
  return integerIds.length === ids.length
    ? ok({ integerIds })
    : refuse(invalid({ 'id:in': 'must be whole numbers, separated by commas' }))
}

function queryOf({ wire: { query }, channel }: ServerRequest): CouponQuery {
  const integer = (name: string) => parseInteger(query.get(name) ?? '')
  const text = (name: string) => query.get(name) || undefined
  const [id, from, to] = [integer('id'), integer('min_id'), integer('max_id')]
  const [code, name] = [text('code'), text('name')]
  return {
    channel: channel.id,
    ...pageOf(query),
    ...(id === undefined ? {} : { integerIds: [id] }),
    ...(from === undefined ? {} : { fromIntegerId: from }),
    ...(to === undefined ? {} : { toIntegerId: to }),
    ...(code === undefined ? {} : { codes: [code] }),
    ...(name === undefined ? {} : { name }),
    ...kindsOf(query.get('type'), 'wanted'),
    ...kindsOf(query.get('exclude_type'), 'unwanted'),
  }
}

/** Conditions on the type, in the core's words; `promotion` is whatever no other type stands for. */
function kindsOf(type: string | null, how: 'wanted' | 'unwanted'): Pick<CouponQuery, 'benefits' | 'otherThan'> {
  if (type === null || type === '') return {}
  if (type === 'promotion') {
    const others = Object.values(benefitsOfTypes).flat()
    return how === 'wanted' ? { otherThan: others } : { benefits: others }
  }
  const kinds = Object.entries(benefitsOfTypes).find(([name]) => name === type)?.[1] ?? []
  return how === 'wanted' ? { benefits: kinds } : { otherThan: kinds }
}

async function readCoupon(
  { params, caller, channel }: ServerRequest,
  operations: Operations,
): Promise<Result<CouponRecord, Problem>> {
  const id = parseInteger(params.couponId ?? '')
  if (id === undefined) return refuse(problems.notFound)
  const listed = await operations.listCoupons(caller, { channel: channel.id, integerIds: [id], offset: 0, limit: 1 })
  if (!listed.ok) return refuse(codeProblem(listed.error))
  const [record] = listed.value.coupons
  return record === undefined ? refuse(problems.notFound) : ok(record)
}

async function respondOne(status: number, record: CouponRecord, request: ServerRequest, operations: Operations) {
  const [body] = await shown([record], request, operations)
  return respond(status, body)
}

/** Coupons with the products that they name: one query for all. */
async function shown(records: readonly CouponRecord[], { channel }: ServerRequest, operations: Operations) {
  const skus = skusOf(records)
  const found = skus.length === 0 ? [] : await operations.findVariants({ channel: channel.id, key: { skus } })
  const products = new Map(found.map(({ variant }) => [variant.sku, variant.productId]))
  return records.map(record => couponDefinition(record, channel, products))
}
