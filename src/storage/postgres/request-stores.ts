import { present } from '../../core/assert.js'
import type { Json } from '../../core/ids.js'
import type { IdempotencyStore, SettingStore } from '../storage.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

/** A request that has not answered by then is taken to have died with its process. */
const leaseSeconds = 60

/**
 * One row: what the key's state was, or that it is ours now. No row: somebody inserted it in the same moment. Leases go by the
 * database's clock, the one that all processes share; keys expire by the program's, which said until when they are kept.
 */
const claim: Statement = {
  name: 'idempotency_claim',
  text: `with claimed as (
    insert into idempotency_keys as k (key, body_hash, leased_until, expires_at)
    values ($1, $2, now() + make_interval(secs => ${leaseSeconds}), $3)
    on conflict (key) do update set body_hash = excluded.body_hash, is_answered = false, answer = null,
      leased_until = excluded.leased_until, expires_at = excluded.expires_at
    where k.expires_at < $4::timestamptz
      or (not k.is_answered and k.leased_until < now() and k.body_hash = excluded.body_hash)
    returning key
  )
  select true as is_ours, false as is_answered, true as is_same, null::json as answer from claimed
  union all
  select false, k.is_answered, k.body_hash = $2, k.answer from idempotency_keys k
  where k.key = $1 and not exists (select 1 from claimed)`,
}
const answer: Statement = {
  name: 'idempotency_answer',
  text: 'update idempotency_keys set is_answered = true, answer = $2::json where key = $1',
}
const release: Statement = {
  name: 'idempotency_release',
  text: 'delete from idempotency_keys where key = $1 and not is_answered',
}
const prune: Statement = {
  name: 'idempotency_prune',
  text: `delete from idempotency_keys where key in (
    select key from idempotency_keys where expires_at < $1 order by expires_at limit $2 for update skip locked)`,
}

interface ClaimRow {
  readonly is_ours: boolean
  readonly is_answered: boolean
  readonly is_same: boolean
  readonly answer: Json
}

/** First answers by key. */
export function createIdempotencyStore(database: Database): IdempotencyStore {
  return {
    claim: async (key, bodyHash, { now, expiresAt }) => {
      const row = (await database.query<ClaimRow>(claim, [key, bodyHash, expiresAt, now])).rows[0]
      if (row === undefined) return { kind: 'busy' }
      if (row.is_ours) return { kind: 'claimed' }
      if (!row.is_same) return { kind: 'mismatch' }
      return row.is_answered ? { kind: 'answered', answer: row.answer } : { kind: 'busy' }
    },
    answer: async (key, value) => void (await database.query(answer, [key, JSON.stringify(value)])),
    release: async key => void (await database.query(release, [key])),
    prune: async (now, limit) => (await database.query(prune, [now, limit])).count,
  }
}

const createSetting: Statement = {
  name: 'setting_create',
  text: 'insert into settings (name, value) values ($1, $2) on conflict (name) do nothing',
}
const readSetting: Statement = { name: 'setting_read', text: 'select value from settings where name = $1' }

/** Secrets of this store by name. */
export function createSettingStore(database: Database): SettingStore {
  const read = async (name: string) => (await database.query<{ value: string }>(readSetting, [name])).rows[0]?.value
  return {
    readOrCreate: async (name, create) => {
      const known = await read(name)
      if (known !== undefined) return known
      await database.query(createSetting, [name, create()])
      return present(await read(name), 'a setting that was created is there')
    },
  }
}
