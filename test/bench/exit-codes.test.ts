import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it.each(['scripts/soak.ts', 'bench/run.ts'])('%s ends with 1 when it fails, so that CI sees it', script => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, '--no-such-option'], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([1, expect.stringContaining('--no-such-option')])
})
