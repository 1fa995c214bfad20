import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import { runCli } from './run-cli.js'

/** The address of another database, or of another user. */
function changed(
  url: string,
  change: { readonly database?: string; readonly user?: string; readonly password?: string },
) {
  const address = new URL(url)
  if (change.database !== undefined) address.pathname = `/${change.database}`
  if (change.user !== undefined) address.username = change.user
  if (change.password !== undefined) address.password = change.password
  return address.href
}

describeOnPostgres('a database that refuses', () => {
  test('a database that is not there and a wrong password are said in a sentence, with what to do', async () => {
    const url = await requestDatabase()
    const missing = await runCli(['migrate'], { DATABASE_URL: changed(url, { database: 'no_such_shop' }) })
    expect(missing.err).toBe(
      'The database refuses: database "no_such_shop" does not exist (3D000)\n' +
        'Create it (createdb), or correct the name at the end of DATABASE_URL.\n',
    )
    const wrong = await runCli(['migrate'], { DATABASE_URL: changed(url, { password: 'wrong' }) })
    expect(wrong.err).toMatch(
      /^The database refuses: password authentication failed for user "\w+" \(28P01\)\nCheck user and password in DATABASE_URL\.\n$/,
    )
    expect([missing.code, wrong.code]).toEqual([1, 1])
    expect(wrong.err).not.toContain('wrong')
  })

  test('a user without rights is told so by every command', async () => {
    const url = await requestDatabase()
    const user = `reader_${randomUUID().replaceAll('-', '')}`
    const storage = await openStorage({ url, dataDirectory: '' })
    await storage.sql.query(`create role ${user} login password 'reads'`)
    await storage.close()
    const environment = { DATABASE_URL: changed(url, { user, password: 'reads' }), PORT: '0', HOST: '127.0.0.1' }
    for (const command of ['migrate', 'serve', 'export']) {
      const { code, err } = await runCli([command], environment)
      expect(err, command).toMatch(
        /^The database refuses: permission denied for .+ \(42501\)\nGive the user of DATABASE_URL the right to it/,
      )
      expect(err.split('\n'), command).toHaveLength(3)
      expect(code, command).toBe(1)
    }
  })

  test('doctor fails for a user who may read and not write', async () => {
    const url = await requestDatabase()
    const user = `watcher_${randomUUID().replaceAll('-', '')}`
    const storage = await openStorage({ url, dataDirectory: '' })
    await storage.sql.query(`create role ${user} login password 'reads'`)
    await storage.sql.query(`grant usage on schema public to ${user}`)
    await storage.sql.query(`grant select on all tables in schema public to ${user}`)
    const environment = { DATABASE_URL: changed(url, { user, password: 'reads' }), PORT: '0', HOST: '127.0.0.1' }
    const reader = await runCli(['doctor'], environment)
    expect(reader.out).toContain(
      'fail  This user may not write carts, orders.\n      Grant it, or take the user that owns',
    )
    expect(reader.code).toBe(1)
    await storage.sql.query(`grant insert, update, delete on all tables in schema public to ${user}`)
    await storage.close()
    const writer = await runCli(['doctor'], environment)
    expect(writer.out).not.toContain('may not write')
    expect(writer.code).toBe(0)
  })
})
