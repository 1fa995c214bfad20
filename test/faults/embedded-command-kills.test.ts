import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openPglite } from '../../src/storage/pglite/pglite-driver.js'
import { createDatabase } from '../../src/storage/postgres/database.js'
import { useEmbeddedShop } from './embedded-shop.js'
import { killedGoods } from './killed-goods.js'

// The directory has one user.
const shop = useEmbeddedShop({ isClosed: true })
const products = 1_500

it('an embedded database that is killed in the middle of an import has imported nothing, and all after its end', async () => {
  const file = shop.beside('goods.jsonl')
  await writeFile(file, killedGoods(products))
  const imported = () =>
    shop.withStorage(async ({ sql }) => {
      const { rows } = await sql.query(
        `select count(*)::integer as n, (select count(*)::integer from stock where sku like 'KILLED-%') as stock
          from variants where sku like 'KILLED-%'`,
      )
      return rows[0]
    })
  for (const point of ['before import_stock', 'before import_epoch', 'before commit']) {
    await shop.killCommandAt(point, ['import', file])
    expect(await imported()).toEqual({ n: 0, stock: 0 })
  }
  const whole = await shop.run(['import', file])
  expect(whole, whole.output).toMatchObject({ code: 0, output: expect.stringContaining(`imported ${products}`) })
  expect(await imported()).toEqual({ n: products, stock: products })
  await shop.expectBalance()
}, 300_000)

it('and in the middle of a migration, has migrated nothing, and migrates at the next start', async () => {
  // As the version before left it: without the last migration.
  await shop.withStorage(async ({ sql }) => {
    await sql.query('drop trigger orders_issue_gift_cards on orders')
    await sql.query('drop function issue_gift_cards_1')
    await sql.query('delete from schema_migrations where number = 13')
  })
  for (const point of ['before -- Uses per customer', 'before insert into schema_migrations', 'before commit']) {
    await shop.killCommandAt(point, ['doctor', '--books'])
    expect(await migrated()).toEqual({ noted: 0, triggers: 0 })
  }
  await shop.killCommandAt('after commit', ['doctor', '--books'])
  expect(await migrated()).toEqual({ noted: 1, triggers: 1 })
  await shop.expectBalance()
}, 300_000)

/** What is there of the migration. Asks the files themselves: whoever opens them as the program does, migrates them. */
async function migrated() {
  const driver = await openPglite({ dataDirectory: join(shop.beside('data'), 'pgdata'), description: 'the files' })
  const database = createDatabase(driver)
  try {
    const { rows } = await database.query<{ noted: number; triggers: number }>(
      `select (select count(*)::integer from schema_migrations where number = 13) as noted,
        (select count(*)::integer from pg_trigger where tgname = 'orders_issue_gift_cards') as triggers`,
    )
    return rows[0]
  } finally {
    await database.close()
  }
}
