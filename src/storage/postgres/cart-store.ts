import type { CartOwner } from '../../core/access/caller.js'
import { present } from '../../core/assert.js'
import type { Cart } from '../../core/cart/cart.js'
import type { CartId, ChannelId, CustomerId, Sku } from '../../core/ids.js'
import type { CartKey, CartRead, CartStore, OutboxEvent } from '../storage.js'
import { decodeCart, encodeCart } from './cart-codec.js'
import type { Database } from './database.js'
import { ownerKey } from './keys.js'
import { emitWhere, encodeEvents } from './outbox-store.js'
import { isUniqueViolation, type Sql, type SqlParameter, type Statement } from './sql.js'

interface CartRow {
  readonly epoch: bigint
  readonly version: number | null
  readonly body: unknown
  /** By SKU and location. */
  readonly stock?: readonly (readonly [sku: Sku, available: number])[] | null
}

const shown = 'e.epoch, c.version, c.body'
/** With what tells a cart's SKUs without taking its body apart. */
const shownWithSkus = `${shown}, c.skus, c.skus_version`

const readBy = (column: string, columns: string): Statement => ({
  name: `cart_by_${column}`,
  shares: 'read',
  text: `select ${columns} from catalog_epoch e left join carts c on c.${column} = $1`,
})

const readByOwner = (columns: string): Statement => ({
  name: 'cart_by_owner',
  shares: 'read',
  text: `select ${columns} from catalog_epoch e left join lateral (
    select version, body, skus, skus_version from carts
    where owner_key = $1 and owner_kind = $2 and channel = $3 and status = 'open'
    order by is_default desc, created_at desc, integer_id desc limit 1
  ) c on true`,
})

/** The same read with the stock of the cart's lines and of the SKUs in the last parameter. */
const withStock = ({ name = '', text }: Statement, position: number): Statement => ({
  name: `${name}_with_stock`,
  shares: 'read',
  text: `select r.epoch, r.version, r.body, (
      select json_agg(json_build_array(s.sku, s.available)) from stock s
      where s.sku = any($${position}::text[] || case when r.skus_version = r.version then r.skus else array(
        select l->>'sku' from json_array_elements(r.body->'lineItems') l) end)
    ) as stock
    from (${text}) r`,
})
const cartById = readBy('id', shown)
const cartByNumber = readBy('number', shown)
const cartByIntegerId = readBy('integer_id', shown)
const cartByOwner = readByOwner(shown)
const cartByIdWithStock = withStock(readBy('id', shownWithSkus), 2)
const cartByNumberWithStock = withStock(readBy('number', shownWithSkus), 2)
const cartByIntegerIdWithStock = withStock(readBy('integer_id', shownWithSkus), 2)
const cartByOwnerWithStock = withStock(readByOwner(shownWithSkus), 4)

const listByOwner: Statement = {
  name: 'carts_of_owner',
  text: `select e.epoch, c.version, c.body from catalog_epoch e left join carts c
    on c.owner_key = $1 and c.owner_kind = $2 and c.channel = $3 and c.status = 'open'
    order by c.created_at, c.integer_id`,
}

/** Text is looked at before it is read: taking a body apart costs ten times as much. */
const naming: Statement = {
  name: 'carts_naming_customer',
  text: `select max(id) as last, array_agg(id order by id) filter (where names) as ids from (
    select id, status = 'open' and owner_kind <> 'member' and strpos(body::text, $1) > 0 as names
    from carts where id > $2 order by id limit $3
  ) slice`,
}

const insert: Statement = {
  name: 'cart_insert',
  shares: { locks: 'owner', keys: [7, 6, 4] },
  text: `with saved as (
    insert into carts (id, integer_id, number, version, channel, status, owner_kind, owner_key, is_default, is_sole,
      created_at, expires_at, expires_on, body, skus, skus_version)
    select $1, $2, $3, $4::integer, $5::text, $6, $7::text, $8::text, $9, $10::boolean, $11, $12::timestamptz,
      ($12::timestamptz at time zone 'UTC')::date, $13::json, $15::text[], $4::integer
    where not $10::boolean or not exists (
      select 1 from carts c
      where c.owner_key = $8::text and c.owner_kind = $7::text and c.channel = $5::text and c.status = 'open'
        and (c.is_default or not $9::boolean))
    on conflict do nothing returning id
  ), ${emitWhere('saved', 14)} select count(*)::integer as saved from saved`,
}

const save: Statement = {
  name: 'cart_save',
  shares: { locks: 'cart', keys: [0] },
  text: `with saved as (
    update carts set version = $2::integer + 1, channel = $3, status = $4::text, owner_kind = $5::text,
      owner_key = $6::text, is_default = $7, expires_at = $8::timestamptz,
      expires_on = ($8::timestamptz at time zone 'UTC')::date,
      is_sole = is_sole and owner_kind = $5::text and owner_key is not distinct from $6::text
        and (status = 'open' or $4::text <> 'open'),
      body = $9::json, skus = $11::text[], skus_version = $2::integer + 1
    where id = $1 and version = $2::integer returning id
  ), ${emitWhere('saved', 10)} select count(*)::integer as saved from saved`,
}

const remove: Statement = {
  name: 'cart_remove',
  text: `with saved as (
    delete from carts where id = $1 and version = $2 returning id
  ), ${emitWhere('saved', 3)} select count(*)::integer as saved from saved`,
}

const lockBoth: Statement = {
  name: 'carts_lock',
  text: 'select id from carts where id in ($1, $2) order by id for update',
}

const prune: Statement = {
  name: 'carts_prune',
  text: `delete from carts where id in (
    select id from carts
    where expires_on <= ($1::timestamptz at time zone 'UTC')::date and expires_at < $1::timestamptz and status <> 'placing'
    order by expires_on limit $2 for update skip locked)`,
}

/** Carts as rows of `carts`. */
export function createCartStore(database: Database): CartStore {
  return {
    read: (key, stockOf) => readCart(database, key, stockOf),
    list: (owner, channel) => listCarts(database, owner, channel),
    naming: (customerId, slice) => cartsNaming(database, customerId, slice),
    insert: (cart, { soleOfOwner, events }) => insertCart(database, cart, soleOfOwner, events),
    save: (cart, since, events) => saveCart(database, cart, since, events),
    remove: (id, since, events) => won(database, remove, [id, since, encodeEvents(events)]),
    merge: (into, from, events) => mergeCarts(database, into, from, events),
    prune: async (now, limit) => (await database.query(prune, [now, limit])).count,
  }
}

async function readCart(sql: Sql, key: CartKey, stockOf: readonly Sku[] | undefined): Promise<CartRead> {
  const { rows } = await queryByKey(sql, key, stockOf)
  const row = present(rows[0], 'the epoch has a row')
  return {
    cart: row.version === null ? undefined : decodeCart(row.body, row.version),
    epoch: row.epoch,
    ...(stockOf === undefined ? {} : { stock: piecesOf(row.stock ?? []) }),
  }
}

/** By SKU alone. */
function piecesOf(stock: readonly (readonly [Sku, number])[]): ReadonlyMap<Sku, number> {
  const pieces = new Map<Sku, number>()
  for (const [sku, available] of stock) pieces.set(sku, (pieces.get(sku) ?? 0) + available)
  return pieces
}

function queryByKey(sql: Sql, key: CartKey, stockOf: readonly Sku[] | undefined) {
  const query = (plain: Statement, stocked: Statement, parameters: readonly SqlParameter[]) =>
    stockOf === undefined
      ? sql.query<CartRow>(plain, parameters)
      : sql.query<CartRow>(stocked, [...parameters, stockOf])
  if ('id' in key) return query(cartById, cartByIdWithStock, [key.id])
  if ('number' in key) return query(cartByNumber, cartByNumberWithStock, [key.number])
  if ('integerId' in key) return query(cartByIntegerId, cartByIntegerIdWithStock, [key.integerId])
  return query(cartByOwner, cartByOwnerWithStock, [ownerKey(key.owner), key.owner.kind, key.channel])
}

async function listCarts(sql: Sql, owner: CartOwner, channel: ChannelId) {
  const { rows } = await sql.query<CartRow>(listByOwner, [ownerKey(owner), owner.kind, channel])
  const carts = rows.flatMap(row => (row.version === null ? [] : [decodeCart(row.body, row.version)]))
  return { carts, epoch: present(rows[0], 'the epoch has a row').epoch }
}

async function cartsNaming(
  sql: Sql,
  customerId: CustomerId,
  { after, limit }: { readonly after: string; readonly limit: number },
) {
  // As it stands in a text, without the quotes, behind which there may be one more sign.
  const written = JSON.stringify(customerId).slice(1, -1)
  const { rows } = await sql.query<{ last: CartId | null; ids: readonly CartId[] | null }>(naming, [
    written,
    after,
    limit,
  ])
  return { ids: rows[0]?.ids ?? [], last: rows[0]?.last ?? undefined }
}

async function won(sql: Sql, statement: Statement, parameters: readonly SqlParameter[]): Promise<'saved' | 'lost'> {
  const { rows } = await sql.query<{ saved: number }>(statement, parameters)
  return rows[0]?.saved === 1 ? 'saved' : 'lost'
}

async function insertCart(sql: Sql, cart: Cart, isSole: boolean, events: readonly OutboxEvent[]) {
  const outcome = await won(sql, insert, [
    cart.id,
    cart.integerId,
    cart.number,
    cart.version,
    cart.channel,
    cart.status,
    cart.owner.kind,
    ownerKey(cart.owner),
    cart.isDefault,
    isSole,
    cart.createdAt,
    cart.expiresAt,
    encodeCart(cart),
    encodeEvents(events),
    skusOf(cart),
  ])
  return outcome === 'saved' ? 'saved' : 'exists'
}

async function saveCart(sql: Sql, cart: Cart, since: number, events: readonly OutboxEvent[]) {
  return won(sql, save, [
    cart.id,
    since,
    cart.channel,
    cart.status,
    cart.owner.kind,
    ownerKey(cart.owner),
    cart.isDefault,
    cart.expiresAt,
    encodeCart(cart),
    encodeEvents(events),
    skusOf(cart),
  ])
}

/** Without what no text column can hold: nothing in stock is called that. */
function skusOf(cart: Cart): readonly Sku[] {
  return cart.lineItems.map(line => line.sku).filter(sku => !sku.includes('\u0000'))
}

/**
 * Not while an order of the purchase waits beside the cart. Whoever places one locks the cart before, and writes nothing where
 * it is gone (`place_order_3`): this must run under the same lock, in a statement of its own, to see every one that stands.
 */
const removeMerged: Statement = {
  name: 'cart_remove_merged',
  text: `delete from carts c where c.id = $1 and c.version = $2 and not exists (
    select 1 from orders o where o.cart_id = $1 and o.purchase = $3 and o.status = 'pending'
      and o.body->>'keepsCartOpen' = 'true')`,
}

/** Thrown to roll back what lost a race. */
class Lost extends Error {}

async function mergeCarts(
  database: Database,
  into: Parameters<CartStore['merge']>[0],
  from: Parameters<CartStore['merge']>[1],
  events: readonly OutboxEvent[],
): Promise<'saved' | 'lost'> {
  try {
    return await database.transaction(async sql => {
      await sql.query(lockBoth, [into.cart.id, from.id])
      const removed = await sql.query(removeMerged, [from.id, from.since, from.purchase])
      if (removed.count !== 1) throw new Lost()
      const outcome =
        into.since === undefined
          ? await insertCart(sql, into.cart, false, events)
          : await saveCart(sql, into.cart, into.since, events)
      if (outcome !== 'saved') throw new Lost()
      return outcome
    })
  } catch (error) {
    if (error instanceof Lost || isUniqueViolation(error)) return 'lost'
    throw error
  }
}

/** The columns of a cart that `write_cart_1` reads beside the body. */
export function cartColumns(cart: Cart): string {
  return JSON.stringify({
    id: cart.id,
    channel: cart.channel,
    status: cart.status,
    owner_kind: cart.owner.kind,
    owner_key: ownerKey(cart.owner),
    is_default: cart.isDefault,
    expires_at: cart.expiresAt,
  })
}
