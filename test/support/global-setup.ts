import { createServer, type Server } from 'node:http'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openStorage } from '../../src/storage/open-storage.js'
import { makeTemplate } from '../../src/storage/pglite/template.js'
import { type PostgresServer, startPostgres } from './postgres-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Loopback port at which test files ask for databases. */
    readonly databasePort: number
  }
}

/**
 * Hands out databases to the test files of one run. Nothing is started before the first file asks, so a run of pure
 * tests costs nothing. `POST /template`: makes sure that the PGlite template is there. `POST /database`: a new, migrated
 * database on one PostgreSQL server; answers its URL.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let template: Promise<unknown> | undefined
  let server: Promise<PostgresServer> | undefined
  let databases = 0
  // One after the other: a template can only be copied by one at a time.
  let last: Promise<unknown> = Promise.resolve()
  const answer = async (path: string): Promise<string> => {
    if (path === '/template') {
      template ??= makeTemplate()
      await template
      return ''
    }
    server ??= startWithTemplate()
    const started = await server
    databases += 1
    const created = createDatabase(started, `suite_${databases}`, last)
    last = created.catch(() => undefined)
    return created
  }
  const desk = createServer((request, response) => {
    answer(request.url ?? '').then(
      text => response.end(text),
      error => response.writeHead(500).end(String(error)),
    )
  })
  project.provide('databasePort', await listen(desk))
  return async () => {
    desk.close()
    const started = await server?.catch(() => undefined)
    await started?.stop()
  }
}

async function listen(desk: Server): Promise<number> {
  await new Promise<void>(resolve => desk.listen(0, '127.0.0.1', resolve))
  const address = desk.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const templateName = 'polytill_template'

async function startWithTemplate(): Promise<PostgresServer> {
  const server = await startPostgres({ isDurable: false })
  await command(server, `create database ${templateName}`)
  const storage = await openStorage({ url: server.url(templateName), dataDirectory: '' })
  await storage.migrate()
  await storage.close()
  return server
}

async function createDatabase(server: PostgresServer, name: string, after: Promise<unknown>): Promise<string> {
  await after
  await command(server, `create database ${name} template ${templateName}`)
  return server.url(name)
}

async function command(server: PostgresServer, text: string): Promise<void> {
  const client = new pg.Client(server.url('postgres'))
  await client.connect()
  await client.query(text).finally(() => client.end())
}
