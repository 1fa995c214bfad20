import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { longest } from '../support/longest-first.js'
import { root } from './source-files.js'

test('the files that a run begins with are there', () => {
  expect(longest.filter(file => !existsSync(join(root, file)))).toEqual([])
  expect(new Set(longest).size).toBe(longest.length)
})
