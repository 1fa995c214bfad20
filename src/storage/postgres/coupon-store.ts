import { present } from '../../core/assert.js'
import type { Instant } from '../../core/ids.js'
import type { Coupon } from '../../core/pricing/facts.js'
import type { Promotion } from '../../core/promotions/promotion.js'
import type { CouponQuery, CouponRecord, CouponStore, NewCouponCode, NewCouponRule } from '../code-stores.js'
import type { Database } from './database.js'
import { caseKey } from './keys.js'
import { queryParts } from './query-parts.js'
import type { Sql, SqlParameter, Statement } from './sql.js'
import { readTagged, writeTagged } from './tagged-json.js'

const integerId = `(c.body->>'integerId')::bigint`

/** Moves first: whoever makes a code waits here for the one before, so that no integer id is given twice. */
export const moveEpoch: Statement = {
  name: 'codes_epoch',
  text: 'update catalog_epoch set epoch = epoch + 1',
}

const taken: Statement = {
  name: 'coupon_taken',
  text: `select exists (select 1 from coupons where code_key = $1) as code_taken,
    exists (select 1 from coupons c join promotions p on p.id = c.promotion_id
      where not c.is_gone and p.channels && $2::text[] and p.body->>'name' = $3) as name_taken,
    (select coalesce(max((body->>'integerId')::bigint), 0) + 1 from promotions) as promotion_id,
    (select coalesce(max((body->>'integerId')::bigint), 0) + 1 from coupons) as coupon_id`,
}

const insertPromotion: Statement = {
  name: 'coupon_insert_promotion',
  text: `insert into promotions (id, channels, usage_limit, usage_limit_per_customer, body)
    values ($1, $2::text[], $3, $4, $5::json)`,
}

const insertCoupon: Statement = {
  name: 'coupon_insert',
  text: `insert into coupons (code_key, promotion_id, usage_limit, usage_limit_per_customer, body)
    values ($1, $2, $3, $4, $5::json) returning created_at`,
}

const save: Statement = {
  name: 'coupon_save',
  text: `with code as (
      update coupons set usage_limit = $3, usage_limit_per_customer = $4, body = $5::json
      where code_key = $1 and promotion_id = $2 and not is_gone returning promotion_id
    ), rule as (
      update promotions p set body = $6::json from code where p.id = code.promotion_id returning p.id
    ), moved as (
      update catalog_epoch set epoch = epoch + 1 where exists (select 1 from rule)
    ) select count(*) as changed from rule`,
}

const remove: Statement = {
  name: 'coupons_remove',
  text: `with deleted as (
      delete from coupons where code_key = any($1::text[]) and used = 0 returning promotion_id
    ), kept as (
      update coupons set is_gone = true, body = (body::jsonb || '{"isActive":false}')::json
      where code_key = any($1::text[]) and used > 0 and not is_gone returning promotion_id
    ) select promotion_id from deleted union all select promotion_id from kept`,
}

const removeRules: Statement = {
  name: 'coupons_remove_rules',
  text: `delete from promotions p where p.id = any($1::text[]) and (p.body->>'needsCoupon')::boolean
    and not exists (select 1 from coupons c where c.promotion_id = p.id)`,
}

/** Coupons and their promotions, as a store makes them while it runs. */
export function createCouponStore(database: Database): CouponStore {
  return {
    list: query => list(database, query),
    insert: (promotion, coupon) => database.transaction(sql => insert(sql, promotion, coupon)),
    save: async (promotion, coupon) => {
      const parameters = [...couponColumns(coupon), writeTagged(coupon), writeTagged(promotion)]
      const { rows } = await database.query<{ changed: bigint }>(save, parameters)
      return rows[0]?.changed === 1n
    },
    remove: codes =>
      database.transaction(async sql => {
        const { rows } = await sql.query<{ promotion_id: string }>(remove, [codes.map(caseKey)])
        await sql.query(removeRules, [rows.map(row => row.promotion_id)])
        await sql.query(moveEpoch)
        return rows.length
      }),
  }
}

interface CouponRow {
  readonly coupon: unknown
  readonly used: number
  readonly created_at: Instant
  readonly promotion: unknown
  readonly promotion_used: number
}

async function list(sql: Sql, query: CouponQuery) {
  const parts = queryParts()
  parts.require(place => `not c.is_gone and ${place}::text = any(p.channels)`, query.channel)
  parts.requireIf(place => `${integerId} = any(${place}::bigint[])`, query.integerIds)
  parts.requireIf(place => `${integerId} >= ${place}::bigint`, query.fromIntegerId)
  parts.requireIf(place => `${integerId} <= ${place}::bigint`, query.toIntegerId)
  parts.requireIf(place => `c.code_key = any(${place}::text[])`, query.codes?.map(caseKey))
  parts.requireIf(place => `p.body->>'name' = ${place}`, asStored(query.name))
  parts.requireIf(place => `p.body #>> '{benefits,0,kind}' = any(${place}::text[])`, query.benefits)
  parts.requireIf(place => `p.body #>> '{benefits,0,kind}' <> all(${place}::text[])`, query.otherThan)
  const from = `from coupons c join promotions p on p.id = c.promotion_id where ${parts.where()}`
  const page = [...parts.parameters(), query.limit, query.offset]
  const counted = await sql.query<{ total: bigint }>(`select count(*) as total ${from}`, parts.parameters())
  const { rows } = await sql.query<CouponRow>(
    `select c.body as coupon, c.used, c.created_at, p.body as promotion, p.used as promotion_used ${from}
      order by ${integerId}, c.code_key limit $${(page.length - 1).toString()} offset $${page.length.toString()}`,
    page,
  )
  return { coupons: rows.map(readCoupon), total: Number(present(counted.rows[0], 'a count has a row').total) }
}

/** Texts that begin with a hash have one more in storage. */
function asStored(text: string | undefined): string | undefined {
  return text?.startsWith('#') ? `#${text}` : text
}

function readCoupon(row: CouponRow): CouponRecord {
  return {
    coupon: { ...readTagged<Omit<Coupon, 'used'>>(row.coupon), used: row.used },
    promotion: { ...readTagged<Omit<Promotion, 'used'>>(row.promotion), used: row.promotion_used },
    createdAt: row.created_at,
  }
}

async function insert(
  sql: Sql,
  rule: NewCouponRule,
  code: NewCouponCode,
): Promise<CouponRecord | 'code_exists' | 'name_exists'> {
  await sql.query(moveEpoch)
  interface TakenRow {
    readonly code_taken: boolean
    readonly name_taken: boolean
    readonly promotion_id: bigint
    readonly coupon_id: bigint
  }
  const asked = await sql.query<TakenRow>(taken, [caseKey(code.code), rule.channels, asStored(rule.name)])
  const next = present(asked.rows[0], 'a question without tables has an answer')
  if (next.code_taken) return 'code_exists'
  if (next.name_taken) return 'name_exists'
  const promotion = { ...rule, integerId: Number(next.promotion_id) }
  const coupon = { ...code, integerId: Number(next.coupon_id) }
  await sql.query(insertPromotion, [promotion.id, promotion.channels, undefined, undefined, writeTagged(promotion)])
  const made = await sql.query<{ created_at: Instant }>(insertCoupon, [...couponColumns(coupon), writeTagged(coupon)])
  const createdAt = present(made.rows[0], 'an insert returns its row').created_at
  return { coupon: { ...coupon, used: 0 }, promotion: { ...promotion, used: 0 }, createdAt }
}

/** Key, promotion and both limits. */
function couponColumns(coupon: NewCouponCode): readonly SqlParameter[] {
  return [caseKey(coupon.code), coupon.promotionId, coupon.usageLimit, coupon.usageLimitPerCustomer]
}
