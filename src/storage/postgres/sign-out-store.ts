import type { SignOutStore, StoredSignOut } from '../sign-out-store.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

interface SignOutRow {
  readonly customer_id: string
  readonly number: bigint
  readonly version: number
  readonly at: string
}

const columns = 'customer_id, number, version, at'

/** The customer's row is written first, then the number: two at the same moment wait for each other in that order. */
const add: Statement = {
  name: 'sign_out_add',
  text: `with person as (
    update customers set version = version + 1 where id = $1 returning id, version
  ), secret as (
    insert into customer_passwords (customer_id, hash) select id, $3::text from person where $3::text is not null
    on conflict (customer_id) do update set hash = excluded.hash
  ), ended as (
    delete from credentials c using person p where c.subject = p.id and c.kind in ('refresh_token', 'session', 'single_use')
  ), counted as (
    insert into sign_out_numbers as n (name, number) select 'last', 1 from person
    on conflict (name) do update set number = n.number + 1 returning number
  )
  insert into sign_outs as s (${columns}) select p.id, c.number, p.version, $2::timestamptz from person p, counted c
  on conflict (customer_id) do update set number = excluded.number, version = excluded.version, at = excluded.at
  returning ${columns}`,
}

const since: Statement = {
  name: 'sign_outs_since',
  text: `select ${columns} from sign_outs where number > $1 order by number limit $2`,
}

const prune: Statement = {
  name: 'sign_outs_prune',
  text: `delete from sign_outs where customer_id in (
    select customer_id from sign_outs where at < $1 order by at limit $2 for update skip locked)`,
}

/** Sign-outs as rows of `sign_outs`. */
export function createSignOutStore(database: Database): SignOutStore {
  return {
    async add(customerId, { at, passwordHash }) {
      const { rows } = await database.query<SignOutRow>(add, [customerId, at, passwordHash ?? null])
      return rows[0] === undefined ? undefined : readSignOut(rows[0])
    },
    since: async (number, limit) => (await database.query<SignOutRow>(since, [number, limit])).rows.map(readSignOut),
    prune: async (at, limit) => (await database.query(prune, [at, limit])).count,
  }
}

function readSignOut({ customer_id: customerId, number, version, at }: SignOutRow): StoredSignOut {
  return { customerId, number, version, at }
}
