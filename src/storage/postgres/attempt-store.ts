import type { AttemptCount, AttemptKey, AttemptStore } from '../attempt-store.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

/** Rows are locked in one order, so that no two statements wait for each other crosswise. */
const count: Statement = {
  name: 'failed_attempts_count',
  text: `insert into failed_attempts as a (kind, key_hash, failures, ends_at)
    select kind, key_hash, 1, ends_at from unnest($1::text[], $2::text[], $3::timestamptz[]) n(kind, key_hash, ends_at)
    order by 1, 2
    on conflict (kind, key_hash) do update set
      failures = case when a.ends_at <= $4::timestamptz then 1 else least(a.failures, 2147483646) + 1 end,
      ends_at = case when a.ends_at <= $4::timestamptz then excluded.ends_at else a.ends_at end
    returning kind, key_hash, failures, ends_at`,
}
const read: Statement = {
  name: 'failed_attempts_read',
  text: `select kind, key_hash, failures, ends_at from failed_attempts
    join unnest($1::text[], $2::text[]) n(kind, key_hash) using (kind, key_hash) where ends_at > $3`,
}
const takeBack: Statement = {
  name: 'failed_attempts_take_back',
  text: `with ours as (
    select kind, key_hash from failed_attempts join unnest($1::text[], $2::text[]) n(kind, key_hash) using (kind, key_hash)
    order by 1, 2 for update of failed_attempts
  )
  update failed_attempts a set failures = a.failures - 1 from ours
  where a.kind = ours.kind and a.key_hash = ours.key_hash and a.failures > 0`,
}
const forget: Statement = {
  name: 'failed_attempts_forget',
  text: 'delete from failed_attempts where kind = $1 and key_hash = $2',
}
const prune: Statement = {
  name: 'failed_attempts_prune',
  text: `delete from failed_attempts where (kind, key_hash) in (
    select kind, key_hash from failed_attempts where ends_at < $1 order by ends_at limit $2 for update skip locked)`,
}

interface AttemptRow {
  readonly kind: string
  readonly key_hash: string
  readonly failures: number
  readonly ends_at: string
}

/** Failed attempts as rows of `failed_attempts`. */
export function createAttemptStore(database: Database): AttemptStore {
  return {
    count: async (attempts, now) => {
      const ends = attempts.map(({ endsAt }) => endsAt)
      return (await database.query<AttemptRow>(count, [...columnsOf(attempts), ends, now])).rows.map(readCount)
    },
    read: async (keys, now) => (await database.query<AttemptRow>(read, [...columnsOf(keys), now])).rows.map(readCount),
    takeBack: async keys => void (await database.query(takeBack, columnsOf(keys))),
    forget: async ({ kind, keyHash }) => void (await database.query(forget, [kind, keyHash])),
    prune: async (now, limit) => (await database.query(prune, [now, limit])).count,
  }
}

function columnsOf(keys: readonly AttemptKey[]): [kinds: readonly string[], hashes: readonly string[]] {
  return [keys.map(({ kind }) => kind), keys.map(({ keyHash }) => keyHash)]
}

function readCount(row: AttemptRow): AttemptCount {
  return { kind: row.kind, keyHash: row.key_hash, failures: row.failures, endsAt: row.ends_at }
}
