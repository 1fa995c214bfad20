import { afterAll, beforeAll } from 'vitest'
import { type ServerProcess, startServer } from '../../bench/server-process.js'
import { openStorage } from '../../src/storage/open-storage.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import { exchange, startTestServer, type TestServer } from '../support/test-server.js'
import { defineDialectRaces } from './dialect-races.js'

/** Each request goes to one process or the other in turn: they share nothing but the database. */
describeOnPostgres('through every dialect and two processes', () => {
  let here: TestServer | undefined
  let there: ServerProcess | undefined
  let both: TestServer | undefined

  beforeAll(async () => {
    const url = await requestDatabase()
    const server = await startTestServer({ storage: await openStorage({ url, dataDirectory: '', poolSize: 8 }) })
    here = server
    const other = await startServer({ DATABASE_URL: url, LOG_LEVEL: 'error' })
    there = other
    const port = Number(new URL(other.baseUrl).port)
    let count = 0
    both = {
      ...server,
      request: (method, path, options = {}) => {
        count += 1
        return count % 2 === 0 ? server.request(method, path, options) : exchange(port, method, path, options)
      },
    }
  })
  afterAll(async () => {
    await there?.stop()
    await here?.close()
  })

  defineDialectRaces(() => {
    if (both === undefined) throw new Error('the servers start before the first test')
    return both
  })
})
