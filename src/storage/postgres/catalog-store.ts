import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { Variant } from '../../core/catalog/variant.js'
import type { Coordinates } from '../../core/geography/distance.js'
import type { ChannelId, PromotionId, Sku } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import type { Coupon, GiftCard } from '../../core/pricing/facts.js'
import type { Promotion } from '../../core/promotions/promotion.js'
import type { CatalogStore, ChannelFacts, ChannelSettings, PostalPlace, VariantKey, VariantPage } from '../storage.js'
import { withStoredSettings } from './channel-settings-store.js'
import type { Database } from './database.js'
import { caseKey, postalKey } from './keys.js'
import type { Sql, SqlParameter, Statement } from './sql.js'
import { readTagged } from './tagged-json.js'

interface BodyRow {
  readonly body: unknown
}

interface ChannelRow extends BodyRow {
  readonly settings: Readonly<Record<string, ChannelSettings>>
}

const epoch: Statement = { name: 'catalog_epoch', shares: 'read', text: 'select epoch from catalog_epoch' }
const storedSettings = `coalesce(
  (select json_object_agg(s.name, s.body) from channel_settings s where s.channel = c.id), '{}'::json)`
const channels: Statement = {
  name: 'channels',
  text: `select c.body, ${storedSettings} as settings from channels c order by c.position`,
}

const ofChannel = (table: string) =>
  `coalesce((select json_agg(t.body order by t.position) from ${table} t where t.channel = c.id), '[]'::json)`
const channelFacts: Statement = {
  name: 'channel_facts',
  text: `select c.body as channel, ${storedSettings} as settings,
    coalesce((select json_agg(json_build_object('used', p.used, 'body', p.body) order by p.position)
      from promotions p where c.id = any(p.channels)), '[]'::json) as promotions,
    ${ofChannel('shipping_methods')} as shipping_methods, ${ofChannel('tax_zones')} as tax_zones,
    ${ofChannel('pickup_points')} as pickup_points, ${ofChannel('payment_methods')} as payment_methods,
    coalesce((select json_agg(s.body order by s.position) from sellers s), '[]'::json) as sellers
    from channels c where c.id = $1`,
}

const variants: Statement = {
  name: 'variants_by_sku',
  shares: 'read',
  text: 'select body from variants where sku = any($1::text[])',
}
const variantsById: Statement = {
  name: 'variants_by_id',
  shares: 'read',
  text: 'select body from variants where variant_id = any($1::bigint[]) order by variant_id',
}
const variantsByProductId: Statement = {
  name: 'variants_by_product_id',
  text: 'select body from variants where product_id = any($1::bigint[]) order by product_id, variant_id',
}
const variantsByProductSku: Statement = {
  name: 'variants_by_product_sku',
  text: 'select body from variants where product_sku = any($1::text[]) order by product_sku, variant_id',
}
const variantsByExternalId: Statement = {
  name: 'variants_by_external_id',
  shares: 'read',
  text: `select body from variants where sku in (
    select e.sku from variant_external_ids e where e.name = $1 and e.value = any($2::text[])) order by variant_id`,
}

const stock: Statement = {
  name: 'stock',
  shares: 'read',
  text: 'select sku, sum(available) as available from stock where sku = any($1::text[]) group by sku',
}

const codes: Statement = {
  name: 'codes',
  shares: 'read',
  text: `select 'coupon' as kind, c.body, c.used, u.used as used_by_customer, null::bigint as balance
    from coupons c join promotions p on p.id = c.promotion_id
      left join coupon_uses u on u.code_key = c.code_key and u.customer_id = $3
    where c.code_key = any($1::text[]) and $2::text = any(p.channels)
    union all
    select 'gift_card', g.body, null, null, g.balance
    from gift_cards g where g.code_key = any($1::text[]) and $2::text = any(g.channels)
    union all
    select 'store_credit', g.body, null, null, g.balance
    from gift_cards g where g.code_key = any($4::text[]) and g.customer_id is not null`,
}

const promotionUses: Statement = {
  name: 'promotion_uses',
  shares: 'read',
  text: `select p.id, p.used, coalesce(u.used, 0) as used_by_customer
    from promotions p left join promotion_uses u on u.promotion_id = p.id and u.customer_id = $2
    where p.id = any($1::text[])`,
}

const postalPlaces: Statement = {
  name: 'postal_places',
  text: `select country, postal_code, place, subdivision, subdivision_name, district, street, latitude, longitude
    from postal_places where country = $1 and postal_key = $2 order by place, district, street`,
}

/** A degree of longitude is shorter the further from the equator. */
const nearestPostalPlace: Statement = {
  name: 'nearest_postal_place',
  text: `select country, postal_code, place, subdivision, subdivision_name, district, street, latitude, longitude
    from postal_places
    where latitude between $2::float8 - $3::float8 and $2::float8 + $3::float8 and longitude is not null
      and abs(longitude - $1::float8) * cos(radians($2::float8)) <= $3::float8
    order by (latitude - $2::float8) ^ 2 + ((longitude - $1::float8) * cos(radians($2::float8))) ^ 2,
      country, postal_key, place, district, street
    limit 1`,
}

/** Catalog, rules and codes. */
export function createCatalogStore(database: Database): CatalogStore {
  return {
    epoch: async () => present((await database.query<{ epoch: bigint }>(epoch)).rows[0], 'the epoch has a row').epoch,
    channels: async () => (await database.query<ChannelRow>(channels)).rows.map(readChannel),
    channelFacts: channel => readChannelFacts(database, channel),
    variants: skus => (skus.length === 0 ? none() : queryVariants(database, variants, [skus])),
    findVariants: key => findVariants(database, key),
    stock: skus => readStock(database, skus),
    codes: (wanted, channel, also) => readCodes(database, wanted, channel, also),
    promotionUses: (ids, holder) => readPromotionUses(database, ids, holder),
    listVariants: (channel, page) => listVariants(database, channel, page),
    postalPlaces: (country, postalCode) => readPostalPlaces(database, country, postalCode),
    nearestPostalPlace: (at, degrees) => readNearestPlace(database, at, degrees),
  }
}

async function none(): Promise<readonly Variant[]> {
  return []
}

function readChannel({ body, settings }: ChannelRow): Channel {
  return withStoredSettings(readTagged<Channel>(body), settings)
}

interface FactsRow {
  readonly channel: unknown
  readonly settings: ChannelRow['settings']
  readonly promotions: readonly { readonly used: number; readonly body: unknown }[]
  readonly shipping_methods: unknown
  readonly tax_zones: unknown
  readonly pickup_points: unknown
  readonly payment_methods: unknown
  readonly sellers: unknown
}

async function readChannelFacts(sql: Sql, channel: ChannelId): Promise<ChannelFacts | undefined> {
  const row = (await sql.query<FactsRow>(channelFacts, [channel])).rows[0]
  if (row === undefined) return undefined
  return {
    channel: readChannel({ body: row.channel, settings: row.settings }),
    promotions: row.promotions.map(({ used, body }) => ({ ...readTagged<Omit<Promotion, 'used'>>(body), used })),
    shippingMethods: readTagged(row.shipping_methods),
    taxZones: readTagged(row.tax_zones),
    pickupPoints: readTagged(row.pickup_points),
    paymentMethods: readTagged(row.payment_methods),
    sellers: readTagged(row.sellers),
  }
}

async function queryVariants(
  sql: Sql,
  statement: Statement,
  parameters: readonly SqlParameter[],
): Promise<readonly Variant[]> {
  return (await sql.query<BodyRow>(statement, parameters)).rows.map(row => readTagged<Variant>(row.body))
}

function findVariants(sql: Sql, key: VariantKey): Promise<readonly Variant[]> {
  if ('variantIds' in key) return queryVariants(sql, variantsById, [key.variantIds.filter(Number.isSafeInteger)])
  if ('productIds' in key) return queryVariants(sql, variantsByProductId, [key.productIds.filter(Number.isSafeInteger)])
  if ('productSkus' in key) return queryVariants(sql, variantsByProductSku, [key.productSkus])
  return queryVariants(sql, variantsByExternalId, [key.externalIds.name, key.externalIds.values])
}

async function readStock(sql: Sql, skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> {
  if (skus.length === 0) return new Map()
  const { rows } = await sql.query<{ sku: string; available: bigint }>(stock, [skus])
  return new Map(rows.map(row => [row.sku, Number(row.available)]))
}

interface CodeRow {
  readonly kind: 'coupon' | 'gift_card' | 'store_credit'
  readonly body: unknown
  readonly used: number | null
  readonly used_by_customer: number | null
  readonly balance: bigint | null
}

async function readCodes(
  sql: Sql,
  wanted: readonly string[],
  channel: ChannelId,
  { couponHolder: holder, accounts = [] }: Parameters<CatalogStore['codes']>[2] = {},
): ReturnType<CatalogStore['codes']> {
  const coupons: Coupon[] = []
  const giftCards: GiftCard[] = []
  const storeCredit = new Map<string, Minor>()
  if (wanted.length === 0 && accounts.length === 0) return { coupons, giftCards, storeCredit }
  const parameters = [wanted.map(caseKey), channel, holder, accounts.map(caseKey)]
  const { rows } = await sql.query<CodeRow>(codes, parameters)
  for (const row of rows) {
    if (row.kind === 'coupon') {
      coupons.push({
        ...readTagged<Omit<Coupon, 'used'>>(row.body),
        used: row.used ?? 0,
        ...(holder === undefined ? {} : { usedByCustomer: row.used_by_customer ?? 0 }),
      })
    } else {
      const balance = present(row.balance, 'a gift card has a balance')
      const card = { ...readTagged<Omit<GiftCard, 'balance'>>(row.body), balance }
      if (row.kind === 'store_credit') storeCredit.set(card.code, balance)
      else giftCards.push(card)
    }
  }
  return { coupons, giftCards, storeCredit }
}

async function readPromotionUses(sql: Sql, ids: readonly PromotionId[], holder: string | undefined) {
  interface UsesRow {
    readonly id: PromotionId
    readonly used: number
    readonly used_by_customer: number
  }
  const { rows } = await sql.query<UsesRow>(promotionUses, [ids, holder])
  return new Map(rows.map(row => [row.id, { used: row.used, usedByCustomer: row.used_by_customer }]))
}

const inChannel = 'from variant_channels s join variants v on v.sku = s.sku where s.channel = $1'
const countAll: Statement = {
  name: 'variants_count',
  text: 'select count(*) as total from variant_channels where channel = $1',
}
const pageAll: Statement = {
  name: 'variants_page',
  text: `select v.body ${inChannel} order by s.product_id, s.variant_id limit $2 offset $3`,
}
const countMatching: Statement = {
  name: 'variants_count_matching',
  text: `select count(*) as total ${inChannel} and position($2 in v.search_text) > 0`,
}
const pageMatching: Statement = {
  name: 'variants_page_matching',
  text: `select v.body ${inChannel} and position($4 in v.search_text) > 0
    order by s.product_id, s.variant_id limit $2 offset $3`,
}

const countProducts: Statement = {
  name: 'products_count',
  text: `select count(distinct s.product_id) as total ${inChannel} and ($2 = '' or position($2 in v.search_text) > 0)`,
}
const pageProducts: Statement = {
  name: 'products_page',
  text: `with page as (
      select distinct s.product_id ${inChannel} and ($4 = '' or position($4 in v.search_text) > 0)
      order by s.product_id limit $2 offset $3)
    select v.body ${inChannel} and s.product_id in (select product_id from page) order by s.product_id, s.variant_id`,
}

async function listVariants(
  sql: Sql,
  channel: ChannelId,
  page: VariantPage,
): Promise<{ readonly variants: readonly Variant[]; readonly total: number }> {
  if (page.by === 'product') {
    const words = caseKey(page.text ?? '')
    const { rows } = await sql.query<{ total: bigint }>(countProducts, [channel, words])
    const variants = await queryVariants(sql, pageProducts, [channel, page.limit, page.offset, words])
    return { variants, total: Number(present(rows[0], 'a count has a row').total) }
  }
  const text = page.text === undefined || page.text === '' ? [] : [caseKey(page.text)]
  const { rows } = await sql.query<{ total: bigint }>(text.length === 0 ? countAll : countMatching, [channel, ...text])
  const found = await queryVariants(sql, text.length === 0 ? pageAll : pageMatching, [
    channel,
    page.limit,
    page.offset,
    ...text,
  ])
  return { variants: found, total: Number(present(rows[0], 'a count has a row').total) }
}

interface PlaceRow {
  readonly country: string
  readonly postal_code: string
  readonly place: string
  readonly subdivision: string
  readonly subdivision_name: string
  readonly district: string
  readonly street: string
  readonly latitude: number | null
  readonly longitude: number | null
}

async function readPostalPlaces(sql: Sql, country: string, postalCode: string): Promise<readonly PostalPlace[]> {
  const { rows } = await sql.query<PlaceRow>(postalPlaces, [country, postalKey(postalCode)])
  return rows.map(readPostalPlace)
}

async function readNearestPlace(sql: Sql, at: Coordinates, degrees: number): Promise<PostalPlace | undefined> {
  const { rows } = await sql.query<PlaceRow>(nearestPostalPlace, [at.longitude, at.latitude, degrees])
  return rows[0] === undefined ? undefined : readPostalPlace(rows[0])
}

/** Reads one row of `postal_places`. */
export function readPostalPlace(row: PlaceRow): PostalPlace {
  return {
    country: row.country,
    postalCode: row.postal_code,
    place: row.place,
    subdivision: row.subdivision,
    subdivisionName: row.subdivision_name,
    ...(row.district === '' ? {} : { district: row.district }),
    ...(row.street === '' ? {} : { street: row.street }),
    ...(row.latitude === null ? {} : { latitude: row.latitude }),
    ...(row.longitude === null ? {} : { longitude: row.longitude }),
  }
}
