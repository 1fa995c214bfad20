import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.js'
import type { RecordedExchange } from '../test/support/record-exchanges.js'
import { apiSources } from './openapi/api-sources.js'
import { renderOpenApi } from './openapi/render-openapi.js'

/**
 * Writes docs/openapi/*.json from what the tests exchange with the server. Runs them, which takes minutes, unless
 * POLYTILL_RECORD names a folder in which a run has written them down already.
 */
const given = process.env.POLYTILL_RECORD
const folder = given ?? mkdtempSync(join(tmpdir(), 'polytill-record-'))
if (given === undefined) {
  const suites = ['test/wire', 'test/clients', 'test/conformance/story.test.ts', 'test/conformance/crossing.test.ts']
  const env = { ...process.env, POLYTILL_RECORD: folder }
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...suites], { env, stdio: 'inherit' })
}
const exchanges = readdirSync(folder)
  .filter(file => file.endsWith('.jsonl'))
  .flatMap(file => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean))
  .map((line): RecordedExchange => JSON.parse(line))
if (given === undefined) rmSync(folder, { recursive: true })
mkdirSync('docs/openapi', { recursive: true })
for (const source of apiSources(process.cwd(), exchanges, readConfig({}, []).version)) {
  const text = `${JSON.stringify(renderOpenApi(source), undefined, 1)}\n`
  writeFileSync(`docs/openapi/${source.dialect.name}.json`, text)
  console.log(`docs/openapi/${source.dialect.name}.json: ${source.rows.length} endpoints, ${text.length} characters`)
}
