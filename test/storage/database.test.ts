import { expect, it } from 'vitest'
import type { Statement } from '../../src/storage/postgres/sql.js'
import { describeOnEachDatabase, describeOnPostgres } from '../support/databases.js'

describeOnEachDatabase('a database', open => {
  it('reads every type that we store in the same form', async () => {
    const { sql } = await open()
    const { rows } = await sql.query(
      `select $1::bigint as int8, $2::integer as int4, $3::boolean as truth, $4::json as json, $5::jsonb as jsonb,
        $6::text[] as list, $7::timestamptz as instant, $8::text as text, $9::double precision as float, null as nothing`,
      [
        9_223_372_036_854_775_807n,
        -7,
        false,
        '{"b":1,"a":"\\u0000 \\\\u0000 \\ud800"}',
        '[1]',
        ['a "quoted", \\ {list}', '', 'null', 'b'],
        '2026-11-21T09:00:00.120+01:00',
        '5n',
        0.1,
      ],
    )
    expect(rows).toEqual([
      {
        int8: 9_223_372_036_854_775_807n,
        int4: -7,
        truth: false,
        // What is no character could be stored, but never looked at again.
        json: { b: 1, a: '\ufffd \\u0000 \ufffd' },
        jsonb: [1],
        list: ['a "quoted", \\ {list}', '', 'null', 'b'],
        instant: '2026-11-21T08:00:00.120Z',
        text: '5n',
        float: 0.1,
        nothing: null,
      },
    ])
  })

  it('keeps the order of keys in stored json', async () => {
    const { sql } = await open()
    const { rows } = await sql.query<{ body: object }>('select $1::json as body', ['{"zebra":1,"a":2,"mm":3}'])
    expect(Object.keys(rows[0]?.body ?? {})).toEqual(['zebra', 'a', 'mm'])
  })

  it('reports a refusal with its code and constraint and goes on working', async () => {
    const { sql } = await open()
    await sql.query("insert into settings (name, value) values ('a', 'b')")
    await expect(sql.query("insert into settings (name, value) values ('a', 'b')")).rejects.toMatchObject({
      name: 'SqlError',
      code: '23505',
      constraint: 'settings_pkey',
    })
    await expect(sql.query({ name: 'broken', text: 'selct 1' })).rejects.toMatchObject({ code: '42601' })
    expect((await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('reads a prepared statement alike each time, whether it has rows, columns or neither', async () => {
    const { sql } = await open()
    const read = {
      name: 'test_read',
      text: 'select $1::int as number, null::text as nothing, $2::json as value where $3',
    }
    const row = { number: 7, nothing: null, value: null }
    for (const isThere of [false, true, true, false, true]) {
      const { rows, count } = await sql.query(read, [7, 'null', isThere])
      expect({ rows, count }).toEqual(isThere ? { rows: [row], count: 1 } : { rows: [], count: 0 })
    }
    await sql.query('create temporary table prepared_twice (id int primary key)')
    const write = { name: 'test_write', text: 'insert into prepared_twice select $1::int where $2' }
    for (const [id, isThere] of [
      [1, true],
      [2, false],
      [3, true],
    ] as const) {
      expect(await sql.query(write, [id, isThere])).toEqual({ rows: [], count: isThere ? 1 : 0 })
    }
    await expect(sql.query(write, [1, true])).rejects.toMatchObject({ code: '23505' })
    await expect(sql.query(read, ['seven', 'null', true])).rejects.toMatchObject({ code: '22P02' })
    expect((await sql.query(read, [7, 'null', true])).rows).toEqual([row])
  })

  it('undoes a transaction whose work throws', async () => {
    const { sql } = await open()
    const work = sql.transaction(async tx => {
      await tx.query("insert into settings (name, value) values ('x', 'y')")
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect((await sql.query('select 1 from settings')).rows).toEqual([])
  })

  it('refuses a transaction handle after its transaction', async () => {
    const { sql } = await open()
    const leaked = await sql.transaction(async tx => tx)
    await expect(leaked.query('select 1')).rejects.toThrow('over')
  })

  it('repeats a transaction that the database asks to repeat, a bounded number of times', async () => {
    const { sql } = await open()
    const failing = (times: number) => {
      let runs = 0
      return sql.transaction(async tx => {
        runs += 1
        if (runs <= times) await tx.query("do $$ begin raise exception using errcode = '40001'; end $$")
        return runs
      })
    }
    expect(await failing(2)).toBe(3)
    await expect(failing(99)).rejects.toMatchObject({ code: '40001' })
  })

  it('serves transactions at the same time without losing an increment', async () => {
    const { sql } = await open()
    await sql.query("insert into settings (name, value) values ('n', '0')")
    const increment = () =>
      sql.transaction(async tx => {
        const { rows } = await tx.query<{ value: string }>("select value from settings where name = 'n' for update")
        await tx.query("update settings set value = $1 where name = 'n'", [String(Number(rows[0]?.value) + 1)])
      })
    await Promise.all(Array.from({ length: 50 }, increment))
    expect((await sql.query("select value from settings where name = 'n'")).rows).toEqual([{ value: '50' }])
  })

  it('does what may share a transaction for each alike, whatever becomes of the others', async () => {
    const { sql } = await open()
    const names = Array.from({ length: 24 }, (_, index) => `n${String(index).padStart(2, '0')}`)
    await sql.query("insert into settings (name, value) select unnest($1::text[]), '0'", [names])
    const add: Statement = {
      name: 'test_shared_add',
      shares: { locks: 'cart', keys: [0] },
      text: 'update settings set value = (value::integer + $2::integer)::text where name = $1 returning value',
    }
    const read: Statement = {
      name: 'test_shared_read',
      shares: 'read',
      text: 'select value from settings where name = $1',
    }
    const values = async () =>
      (await Promise.all(names.map(name => sql.query(read, [name])))).flatMap(({ rows }) => rows)
    const zero = names.map(() => ({ value: '0' }))
    expect(await values()).toEqual(zero)
    expect((await Promise.all(names.map(name => sql.query(add, [name, 0])))).flatMap(({ rows }) => rows)).toEqual(zero)
    const outcomes = await Promise.allSettled([
      ...names.toReversed().map(name => sql.query(add, [name, name === 'n07' ? 'x' : 1])),
      ...names.map(name => sql.query(add, [name, 2])),
      sql.query(read, ['absent']),
    ])
    const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    expect(refused).toEqual(['22P02'])
    expect(outcomes.at(-1)).toEqual({ status: 'fulfilled', value: { rows: [], count: 0 } })
    expect(await values()).toEqual(names.map(name => ({ value: name === 'n07' ? '2' : '3' })))
  })
})

describeOnPostgres('a database server', open => {
  it('is asked together what may go together, once it knows it, and what may not, apart', async () => {
    const { sql } = await open()
    const text = 'select pg_current_xact_id()::text as id'
    const transactionsOf = async (statement: Statement) => {
      await sql.query(statement)
      const answers = await Promise.all(Array.from({ length: 10 }, () => sql.query<{ id: string }>(statement)))
      return new Set(answers.map(({ rows }) => rows[0]?.id)).size
    }
    expect(await transactionsOf({ name: 'test_together', shares: 'read', text })).toBe(1)
    expect(await transactionsOf({ name: 'test_apart', text })).toBe(10)
  })

  it('refuses a second text under one name rather than run the first, together as alone', async () => {
    const { sql } = await open()
    const [first, second] = ["select 'first' as text", "select 'second' as text"].map(
      (text): Statement => ({ name: 'test_two_texts', shares: 'read', text }),
    )
    const ask = async (...statements: (Statement | undefined)[]) =>
      (await Promise.allSettled(statements.map(statement => sql.query(statement ?? '')))).map(outcome =>
        outcome.status === 'rejected' ? outcome.reason.code : outcome.value.rows[0]?.text,
      )
    expect(await ask(first)).toEqual(['first'])
    expect(await ask(second)).toEqual(['42P05'])
    expect(await ask(first, second, first)).toEqual(['first', '42P05', 'first'])
  })

  it('that gives up one statement does what went with it all the same, wherever it says so', async () => {
    const { sql } = await open()
    await sql.query(`create function test_refuse(code text) returns text language plpgsql as $$ begin
      if code = 'gone' then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(10); end if;
      if code <> '' then raise exception using errcode = code; end if;
      return code; end $$`)
    await sql.query('create table test_late (name text unique deferrable initially deferred)')
    const add: Statement = {
      name: 'test_add_unless',
      shares: { locks: 'cart', keys: [0] },
      text: 'insert into test_late (name) select $1::text where test_refuse($2::text) is not null',
    }
    const names = Array.from({ length: 12 }, (_, index) => `n${String(index).padStart(2, '0')}`)
    const kept = async () =>
      (await sql.query<{ name: string }>('select name from test_late order by name')).rows.map(({ name }) => name)
    const others = names.filter(name => name !== 'n07')
    try {
      const refusals = async (code: string, asked = names) => {
        await sql.query('truncate test_late')
        const outcomes = asked.map(name => sql.query(add, [name, name === 'n07' ? code : '']))
        return (await Promise.allSettled(outcomes)).flatMap(({ status }, at) =>
          status === 'rejected' ? [asked[at]] : [],
        )
      }
      for (const code of ['22023', '57014', '55P03', '53200', '40001']) {
        // Whatever connection serves next knows the statement then.
        await refusals('')
        expect([code, await refusals(code), await kept()]).toEqual([code, ['n07'], others])
      }
      expect([await refusals('', [...names, 'n03']).then(({ length }) => length), await kept()]).toEqual([1, names])
      await refusals('')
      // Nobody can know whether a server that goes away has committed before.
      expect([await refusals('gone'), await kept()]).toEqual([names, []])
      expect([await refusals(''), await kept()]).toEqual([[], names])
    } finally {
      await sql.query('drop table test_late')
      await sql.query('drop function test_refuse')
    }
  })
})
