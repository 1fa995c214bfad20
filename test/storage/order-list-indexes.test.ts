import { afterAll, beforeAll, expect, it } from 'vitest'
import { externalOrderIdAt } from '../../src/dialects/bigcommerce/order-notes.js'
import { markAt } from '../../src/dialects/bigcommerce/order-status.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { listOrders, tallyOrders } from '../../src/storage/postgres/order-list.js'
import type { Sql } from '../../src/storage/postgres/sql.js'
import type { OrderPageQuery } from '../../src/storage/storage.js'
import { describeOnPglite } from '../support/databases.js'

/** An index serves only where a query says exactly what it says; the embedded database has one connection to be told so. */
describeOnPglite('the indexes of lists of orders', open => {
  let storage: OpenStorage
  const tell = (isOn: boolean) =>
    storage.sql.query(`select set_config('enable_seqscan', $1, false)`, [isOn ? 'on' : 'off'])
  beforeAll(async () => {
    storage = await open()
    await tell(false)
  })
  afterAll(() => tell(true))

  const planOf = (query: Partial<OrderPageQuery>): Promise<string> =>
    explained(sql => listOrders(sql, { offset: 0, limit: 50, isUncounted: true, ...query }))

  const explained = async (ask: (sql: Sql) => Promise<unknown>): Promise<string> => {
    const lines: string[] = []
    const explaining: Sql = {
      ...storage.sql,
      query: async (text, parameters) => {
        const { rows } = await storage.sql.query<Record<string, string>>(`explain ${text}`, parameters)
        lines.push(...rows.flatMap(row => Object.values(row)))
        return { rows: [], count: 0 }
      },
    }
    await ask(explaining)
    return lines.join('\n')
  }

  it.each<[string, Partial<OrderPageQuery>]>([
    ['orders_by_read_out', { sortBy: 'read_out', oldestFirst: true }],
    ['orders_by_read_out', { filter: { readOutFrom: 7, readOutTo: 9 } }],
    ['orders_by_change', { filter: { updatedFrom: '2026-01-05T10:00:00.000Z' } }],
    ['orders_by_mark', { filter: { annotation: { path: markAt, values: ['open:9'] } } }],
    ['orders_by_external_id', { filter: { annotation: { path: externalOrderIdAt, values: ['#7'] } } }],
  ])('%s', async (index, query) => {
    expect(await planOf(query)).toContain(index)
  })

  it('counting orders reads columns of what has become of them, and no body', async () => {
    const statuses = ['pending', 'confirmed'] as const
    const plan = await explained(sql => tallyOrders(sql, { statuses, annotationAt: markAt }))
    expect(plan).toMatch(/Group Key: .*orders\.standing.*orders\.mark/)
    expect(plan).not.toContain('body')
    await expect(tallyOrders(storage.sql, { statuses })).resolves.toEqual([])
  })
})
