import type { OutboxEvent, OutboxStore, StoredEvent } from '../storage.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

/** Events as the JSON parameter of `emitWhere`. */
export function encodeEvents(events: readonly OutboxEvent[]): string {
  return JSON.stringify(events.map(({ type, subject, data }) => ({ type, subject, data })))
}

/** Part of a `with` list: writes the events in parameter `position` if the part named `source` has a row. */
export function emitWhere(source: string, position: number): string {
  return `emitted as (
    insert into outbox (type, subject, data)
    select e.type, e.subject, coalesce(e.data, 'null'::json)
    from json_to_recordset($${position}::json) as e(type text, subject text, data json)
    where exists (select 1 from ${source})
  )`
}

/** How long one process may take to deliver a batch before another one tries. */
const leaseSeconds = 60

/**
 * Claims subjects rather than events: whoever locks the oldest event of a subject gets all of that subject's, so that no
 * second process overtakes the first.
 */
const claim: Statement = {
  name: 'outbox_claim',
  text: `with heads as (
    select o.subject from outbox o
    where (o.claimed_until is null or o.claimed_until < now())
      and not exists (select 1 from outbox p where p.subject = o.subject and p.id < o.id)
    order by o.id limit $1::integer for update skip locked
  ), batch as (
    select o.id from outbox o join heads h on h.subject = o.subject order by o.id limit $1::integer
  )
  update outbox o set claimed_until = now() + make_interval(secs => ${leaseSeconds})
  from batch b where o.id = b.id
  returning o.id, o.type, o.subject, o.data, o.at`,
}

const acknowledge: Statement = {
  name: 'outbox_acknowledge',
  text: `with done as (delete from outbox where id = any($1::bigint[]) returning id)
  update outbox set claimed_until = null
  where id = any($2::bigint[]) and not exists (select 1 from done d where d.id = outbox.id)`,
}

/** Events that name a person are of use for minutes: a day later they go, fetched or not. */
const prune: Statement = {
  name: 'outbox_prune',
  text: `delete from outbox where id in (
    select id from outbox
    where at < $1::timestamptz or (type like 'customer.%' and at < now() - interval '1 day')
    order by id limit $2 for update skip locked)`,
}

const add: Statement = {
  name: 'outbox_add',
  text: 'insert into outbox (type, subject, data) values ($1, $2, $3::json)',
}

const oldest: Statement = {
  name: 'outbox_oldest',
  text: `select id, type, subject, data, at from outbox
    where $2::text is null or type = $2::text order by id limit $1::integer`,
}

/** Events of one subject go in their order, as `drain` has it: where one is still here, so are all later ones. */
const acknowledgeInOrder: Statement = {
  name: 'outbox_acknowledge_in_order',
  text: `with asked as (
    select id, subject from outbox where id = any($1::bigint[])
  ), stays as (
    select subject, min(id) as id from outbox
    where subject in (select subject from asked) and id not in (select id from asked) group by subject
  ), late as (
    select a.id from asked a join stays s on s.subject = a.subject and s.id < a.id
  ), done as (
    delete from outbox where id in (select id from asked) and id not in (select id from late) returning id
  )
  select (select count(*) from done) as deleted, (select count(*) from late) as waiting`,
}

const forget: Statement = {
  name: 'outbox_forget',
  text: "delete from outbox where subject = $1 and type like 'customer.%'",
}

/** Events on their way out; delivered at least once, those of one subject in order. */
export function createOutboxStore(database: Database): OutboxStore {
  return {
    drain: async (limit, deliver) => {
      const { rows } = await database.query<StoredEvent>(claim, [limit])
      if (rows.length === 0) return 0
      const events = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
      let delivered: readonly bigint[] = []
      try {
        delivered = await deliver(events)
      } finally {
        const left = events.map(event => event.id).filter(id => !delivered.includes(id))
        await database.query(acknowledge, [delivered.map(String), left.map(String)])
      }
      return delivered.length
    },
    add: async ({ type, subject, data }) => void (await database.query(add, [type, subject, JSON.stringify(data)])),
    oldest: async (limit, type) => (await database.query<StoredEvent>(oldest, [limit, type ?? null])).rows,
    acknowledge: async ids => {
      const { rows } = await database.query<Record<'deleted' | 'waiting', bigint>>(acknowledgeInOrder, [
        ids.map(String),
      ])
      return { deleted: Number(rows[0]?.deleted ?? 0), waiting: Number(rows[0]?.waiting ?? 0) }
    },
    forget: async subject => void (await database.query(forget, [subject])),
    prune: async (before, limit) => (await database.query(prune, [before, limit])).count,
  }
}
