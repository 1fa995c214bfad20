import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.js'
import { requestTemplate } from '../support/databases.js'
import { runCli } from './run-cli.js'

const folder = await mkdtemp(join(tmpdir(), 'polytill-books-'))
/** Two processes are started in turn, on a machine that may be busy; milliseconds. */
const timeout = 120_000
const environment = { POLYTILL_DATA_DIR: folder }

beforeAll(async () => {
  await requestTemplate()
  const seeded = await runCli(['seed', 'demo'], environment)
  expect(seeded.code).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('doctor --books names each rule, and exits with 0 where they hold', { timeout }, async () => {
  const { code, out, err } = await runCli(['doctor', '--books'], environment)
  expect(err).toBe('')
  const lines = out.trimEnd().split('\n')
  expect(lines.at(-1)).toBe('The books balance.')
  expect(lines.slice(0, -1).filter(line => !line.startsWith('ok    '))).toEqual([])
  expect(lines).toContain('ok    gift card balances')
  expect(code).toBe(0)
})

test('doctor --books says what is wrong, never a whole code, and exits with 1', { timeout }, async () => {
  const storage = await openStorage({ url: undefined, dataDirectory: folder })
  await storage.sql.query(`update gift_cards set balance = balance + 1 where code_key = 'gift50demo'`)
  const { code: locked, err } = await runCli(['doctor', '--books'], environment)
  await storage.close()
  // A database in a folder has one user: the message says who it is.
  expect(locked).toBe(1)
  expect(err).toContain(String(process.pid))
  const { code, out } = await runCli(['doctor', '--books'], environment)
  expect(out).toContain('fail  gift card balances: 1\n      gift card ...demo has 5001, its ledger comes to 5000\n')
  expect(out).toMatch(/\n1 fault in the books\.\n$/)
  expect(out.toLowerCase()).not.toContain('gift50demo')
  expect(code).toBe(1)
})
